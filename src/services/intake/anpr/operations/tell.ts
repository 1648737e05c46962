/** From a request to the events that it comes to: one reader for each kind of request, so that a new one does not compile without. */
import type { Day } from '../../../../kernel/day.ts';
import type { Finding } from '../../../../kernel/findings.ts';
import type { XmlElement } from '../../../../platform/xml/xml-records.ts';
import type { Reference } from '../../../../reference/load-reference.ts';
import type { EventLine } from '../../../../registry/events/event-line.ts';
import type { ToldAsEvents } from '../../../../registry/events/operation.service.ts';
import type { RegisterView } from '../../../../registry/events/register-view.ts';
import { readEvent } from '../../events/event-form.ts';
import { UnknownKeys } from '../../events/event-keys.ts';
import { finding } from '../../messages/messages.ts';
import { tell5012 } from './annulments.ts';
import { tell2001, tell2003 } from './cancellations.ts';
import type { Head } from './head.ts';
import { tell5001 } from './households.ts';
import { type OperationKind, REQUEST_KINDS } from './kinds.ts';
import { tell5014 } from './mends.ts';
import { tell5008 } from './mutations.ts';
import { tell1001, tell1002 } from './registrations.ts';
import { requestName } from './request.ts';
import { tell5005 } from './residence.ts';
import { type EventJson, Telling } from './telling.ts';

const TELL: Readonly<Record<OperationKind, (t: Telling) => Promise<void>>> = {
  '1001': tell1001,
  '1002': tell1002,
  '2001': tell2001,
  '2003': tell2003,
  '5001': tell5001,
  '5005': tell5005,
  '5008': tell5008,
  '5012': tell5012,
  '5014': tell5014,
};

/** A part that no request of the kind has is reported once and not read (SIP-020). */
export function unknownParts(kind: OperationKind, root: XmlElement): Finding[] {
  const { parts } = REQUEST_KINDS[kind];
  const names = new Set(root.children.map((part) => part.name).filter((name) => !Object.hasOwn(parts, name)));
  return [...names].map((campo) => finding('SIP-020', { file: requestName(kind), campo }));
}

/** The lines of the events, read by the reader of eventi.jsonl: one form, one set of checks, whichever door they came by. */
export function linesOf(events: readonly EventJson[], situazioneAl: Day, reference: Reference): EventLine[] {
  return events.map((event, i) =>
    readEvent(event, i + 1, JSON.stringify(event), { situazioneAl, reference }, new UnknownKeys()),
  );
}

export async function tellAsEvents(
  view: RegisterView,
  request: { readonly kind: OperationKind; readonly root: XmlElement; readonly head: Head },
  reference: Reference,
): Promise<ToldAsEvents> {
  const telling = new Telling(view, reference, request.root, request.head);
  await TELL[request.kind](telling);
  return { lines: linesOf(telling.events, telling.registrazione, reference), findings: telling.findings };
}
