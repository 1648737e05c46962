/**
 * Events of one register that wait for a subject set aside (SIP-210, tracciato.md 3, Waiting), found by what they wait for:
 * a mended subject, or the event that they correct. Pure.
 */
import type { EventLine } from './event-line.ts';
import type { SetAsideEvent } from './events.sql.ts';
import { mention, nothingMentioned } from './mentioned.ts';

/** A line that waits, of an earlier supply or of this one. */
export interface WaitingLine {
  readonly line: EventLine;
  /** The row kept of it; null: it came with this very supply. */
  readonly stored: SetAsideEvent | null;
  readonly waitsFor: readonly string[];
  readonly order: number;
}

export class WaitingLines {
  readonly #byId = new Map<string, WaitingLine>();
  /** By the id of a subject or of an event that it may wait for. */
  readonly #bySubject = new Map<string, Set<WaitingLine>>();
  readonly #byReference = new Map<string, Set<WaitingLine>>();
  #order = 0;

  /** What waited under the same id waits no more: it was sent again with other content. */
  add(line: EventLine, stored: SetAsideEvent | null, waitsFor: readonly string[]): void {
    this.remove(line.idEvento);
    const waiting = { line, stored, waitsFor, order: this.#order++ };
    this.#byId.set(line.idEvento, waiting);
    for (const [map, key] of keysOf(waiting)) put(this.#map(map), key, waiting);
  }

  /** Was sent again, or is applied. */
  remove(idEvento: string): void {
    const waiting = this.#byId.get(idEvento);
    if (waiting === undefined) return;
    this.#byId.delete(idEvento);
    for (const [map, key] of keysOf(waiting)) this.#map(map).get(key)?.delete(waiting);
  }

  get(idEvento: string): WaitingLine | undefined {
    return this.#byId.get(idEvento);
  }

  /** Those that may apply once these subjects are known and these events applied, in the order in which they came. */
  concernedBy(subjects: Iterable<string>, events: Iterable<string>): WaitingLine[] {
    const found = new Set<WaitingLine>();
    for (const id of subjects) for (const waiting of this.#bySubject.get(id) ?? []) found.add(waiting);
    for (const id of events) for (const waiting of this.#byReference.get(id) ?? []) found.add(waiting);
    return [...found].sort((a, b) => a.order - b.order);
  }

  #map(kind: 'subject' | 'reference'): Map<string, Set<WaitingLine>> {
    return kind === 'subject' ? this.#bySubject : this.#byReference;
  }
}

/** An event may name more subjects than the one that it was found to wait for: whoever it names may be the next. */
function keysOf({ line, waitsFor }: WaitingLine): ['subject' | 'reference', string][] {
  const named = nothingMentioned();
  if (line.event !== null) mention(named, line.event);
  const riferimento = line.event?.riferimento;
  return [
    ...[...new Set([...named.soggetti, ...named.plainly, ...waitsFor])].map((id): ['subject', string] => [
      'subject',
      id,
    ]),
    ...(riferimento != null && 'id_evento' in riferimento
      ? [['reference', riferimento.id_evento] as ['reference', string]]
      : []),
  ];
}

function put(map: Map<string, Set<WaitingLine>>, key: string, waiting: WaitingLine): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, new Set([waiting]));
  else found.add(waiting);
}
