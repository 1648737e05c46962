/** What an applier is: a pure function from the register as it stands and one event to the changes it comes to, or to faults. */
import type { PartialDate } from '../../kernel/day.ts';
import type { ClaimKind, EntryState, HouseholdState } from '../claims/entry-state.ts';
import { sourceRow } from '../claims/source-row.ts';
import type { Claim, Rank } from '../claims/timeline.ts';
import type { EventHead, EventOf, HouseholdKey, Operazione } from './event-records.ts';
import type { Changes, EntryChange, WorkingRegister } from './working-register.ts';

/** A precise cause in words: Italian, English. */
export type Reason = readonly [it: string, en: string];

/** Why an event cannot be applied to the state (tracciato.md 4, Of events). The intake makes a finding of it. */
export interface EventFault {
  readonly codice:
    | 'EA036'
    | 'ES049'
    | 'ES092'
    | 'SIP-104'
    | 'SIP-107'
    | 'SIP-109'
    | 'SIP-123'
    | 'SIP-132'
    | 'SIP-134'
    | 'SIP-202'
    | 'SIP-203'
    | 'SIP-204'
    | 'SIP-205'
    | 'SIP-206'
    | 'SIP-210';
  readonly id_soggetto?: string;
  readonly id_famiglia?: string;
  readonly campo?: string;
  readonly valore?: string;
  /** Who or what else it is about. */
  readonly altro?: string;
  /** Which state forbids it, where that is known. */
  readonly perche?: Reason;
}

/** Gives numbers to what an event makes known. */
export interface Numbering {
  /** The one it had, where the number of the register was known and nothing of it is left; else a new one. */
  entry(idSoggetto: string): number;
  household(key: HouseholdKey): number;
}

/** Is a subject of the register set aside? An event about him waits (SIP-210). */
export type IsSetAside = (idSoggetto: string) => boolean;

/** What every applier may look at, whatever its event. */
export interface AnyContext {
  readonly register: WorkingRegister;
  readonly event: EventHead & { readonly operazione: Operazione };
  readonly eventId: number;
  readonly rank: Rank;
  readonly numbering: Numbering;
  readonly isSetAside: IsSetAside;
}

export interface EventContext<O extends Operazione> extends AnyContext {
  readonly event: EventOf<O>;
}

export type Applied = { readonly changes: Changes } | { readonly faults: readonly EventFault[] };

export type Applier<O extends Operazione> = (ctx: EventContext<O>) => Applied;

export const NO_CHANGES: Changes = { newEntries: [], newHouseholds: [], entries: [], households: [] };

export const refused = (...faults: EventFault[]): Applied => ({ faults });
export const applied = (changes: Partial<Changes>): Applied => ({ changes: { ...NO_CHANGES, ...changes } });

/** A claim of this event, from its decorrenza unless another day is given. */
export function claimOf<T>(
  ctx: Pick<AnyContext, 'event' | 'eventId' | 'rank'>,
  value: T,
  more: { readonly from?: PartialDate; readonly to?: PartialDate; readonly stated?: readonly string[] } = {},
): Claim<T> {
  return {
    from: more.from ?? ctx.event.decorrenza,
    statedTo: more.to ?? null,
    eventId: ctx.eventId,
    source: sourceRow('eventi.jsonl', ctx.event.riga),
    rank: ctx.rank,
    stated: more.stated ?? null,
    value,
  };
}

/** One more claim of one kind about an entry. */
export function change<K extends ClaimKind>(
  entry: EntryState,
  kind: K,
  claim: EntryState[K][number],
): EntryChange {
  return { entry, kind, claim } as EntryChange;
}

/** The entry that an event names, or the fault: waiting where it stands set aside, unknown otherwise. */
export function namedEntry(
  ctx: Pick<AnyContext, 'register' | 'isSetAside'>,
  idSoggetto: string,
): EntryState | EventFault {
  const entry = ctx.register.entry(idSoggetto);
  if (entry !== undefined) return entry;
  const codice = ctx.isSetAside(idSoggetto) ? 'SIP-210' : 'SIP-203';
  return { codice, id_soggetto: idSoggetto, campo: 'id_soggetto', valore: idSoggetto };
}

export function namedHousehold(
  ctx: Pick<AnyContext, 'register'>,
  key: HouseholdKey,
): HouseholdState | EventFault {
  const household = ctx.register.household(key);
  if (household !== undefined) return household;
  return {
    codice: 'SIP-203',
    campo: key.kind === 'famiglia' ? 'id_famiglia' : 'id_convivenza',
    valore: key.id,
  };
}

export const isFault = (x: EntryState | HouseholdState | EventFault): x is EventFault => 'codice' in x;

/** Not applicable to the state (SIP-204). @param perche which state (why-not.ts) */
export const notApplicable = (idSoggetto: string, perche: Reason): EventFault => ({
  codice: 'SIP-204',
  id_soggetto: idSoggetto,
  campo: 'id_soggetto',
  valore: idSoggetto,
  perche,
});
