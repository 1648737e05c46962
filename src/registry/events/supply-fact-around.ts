/**
 * What had ended or begun with a fact of a full supply that is corrected or annulled, beside the subject's own claims:
 * "memberships, dwellings, a family left with nobody … moves with it"; the widowhood of the survivor "falls with an
 * annulment" (tracciato.md 3, R and A, What follows from an event). Pure.
 */
import { addDays, type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import type { EntryState, HouseholdState } from '../claims/entry-state.ts';
import type { Operazione } from './event-records.ts';
import { names, spouseOf, statusOn } from './leaving.ts';
import { findSupplyFact } from './supply-fact.ts';
import type { WorkingRegister } from './working-register.ts';

/** The day of an end, and whom it concerned. */
export interface EndedFact {
  readonly entry: EntryState;
  readonly operazione: Operazione;
  readonly supplyEvent: number;
  /** The day as the full supply told it. */
  readonly old: PartialDate;
}

/** The end that the reference speaks of; undefined where the fact is no end. */
export function endedFact(
  entry: EntryState,
  supplyEvent: number,
  operazione: Operazione,
  dal: PartialDate | null,
): EndedFact | undefined {
  if (operazione !== 'MORTE' && operazione !== 'CANCELLAZIONE') return undefined;
  const claim = findSupplyFact(entry, [supplyEvent], operazione, dal);
  const old = operazione === 'MORTE' ? claim?.from : claim?.statedTo;
  return old == null ? undefined : { entry, operazione, supplyEvent, old };
}

/** The spouse whom the death left, as the same full supply told: from that day, after a marriage that names the dead. */
export function survivorTold(register: WorkingRegister, fact: EndedFact): EntryState | undefined {
  if (fact.operazione !== 'MORTE') return undefined;
  const day = firstDay(fact.old);
  const status = statusOn(fact.entry, addDays(day, -1)) ?? statusOn(fact.entry, day);
  const spouse = status === undefined ? undefined : spouseOf(register, status);
  return spouse !== undefined && widowhood(spouse, fact) !== undefined ? spouse : undefined;
}

/** T1: widowed, and free by death of the partner. */
const ENDED_BY_DEATH = new Set(['3', '7']);

function widowhood(spouse: EntryState, { entry, supplyEvent, old }: EndedFact) {
  const begun = spouse.civilStatuses.find(
    (c) => c.eventId === supplyEvent && c.from === old && ENDED_BY_DEATH.has(c.value.stato_civile),
  );
  const ended = spouse.civilStatuses.find(
    (c) => c.eventId === supplyEvent && c.statedTo === old && names(c.value, entry),
  );
  return begun === undefined || ended === undefined ? undefined : { begun, ended };
}

/** The survivor as he should have been. @param to the day of the death as corrected; null: annulled */
export function survivorMoved(spouse: EntryState, fact: EndedFact, to: PartialDate | null): EntryState {
  const told = widowhood(spouse, fact);
  if (told === undefined) return spouse;
  return {
    ...spouse,
    civilStatuses: spouse.civilStatuses.flatMap((c) => {
      if (c === told.begun) return to === null ? [] : [{ ...c, from: to }];
      return c === told.ended ? [{ ...c, statedTo: to }] : [c];
    }),
  };
}

/** Families told as closed on the day on which the subject left them: who is left last closes them (working-register.ts). */
export function familiesReopened(register: WorkingRegister, { entry, old }: EndedFact): HouseholdState[] {
  const reopen = <T extends { readonly statedTo: PartialDate | null }>(claim: T): T =>
    claim.statedTo === old ? { ...claim, statedTo: null } : claim;
  const left = new Set(
    entry.memberships.flatMap((m) => (endsOn(m.statedTo, old) ? [m.value.householdId] : [])),
  );
  return [...left].flatMap((id) => {
    const family = register.householdById(id);
    if (family?.kind !== 'famiglia' || !family.attributes.some((a) => a.statedTo === old)) return [];
    return [
      { ...family, attributes: family.attributes.map(reopen), addresses: family.addresses.map(reopen) },
    ];
  });
}

const earliest = (claims: readonly { readonly from: PartialDate }[]): PartialDate | undefined =>
  claims.map((c) => c.from).sort(byFirstDay)[0];

/**
 * Families told as begun on the day on which the subject came into them: they begin when he does, or when the first of
 * those who were in them does.
 * @param before the subject as the full supply told it; after: as it should have been
 */
export function familiesMoved(
  register: WorkingRegister,
  before: EntryState,
  after: EntryState,
): HouseholdState[] {
  return [...new Set(before.memberships.map((m) => m.value.householdId))].flatMap((id) => {
    const family = register.householdById(id);
    const within = (entry: EntryState) => entry.memberships.filter((m) => m.value.householdId === id);
    const old = earliest(within(before));
    const began = earliest(within(after));
    const born = earliest(family?.attributes ?? []);
    if (family?.kind !== 'famiglia' || old === undefined || began === undefined || born === undefined)
      return [];
    if (firstDay(old) !== firstDay(born) || firstDay(began) === firstDay(born)) return [];
    const others = [...register.everMembers(id)].filter((e) => e.entryId !== before.entryId).flatMap(within);
    // Whatever is said of a later day of the family holds from that day all the same.
    const later = [...family.attributes, ...family.addresses].filter(
      (c) => firstDay(c.from) !== firstDay(born),
    );
    const from = earliest([{ from: began }, ...others, ...later])!;
    const move = <T extends { readonly from: PartialDate }>(claim: T): T =>
      firstDay(claim.from) === firstDay(born) ? { ...claim, from } : claim;
    return [{ ...family, attributes: family.attributes.map(move), addresses: family.addresses.map(move) }];
  });
}

/**
 * A dwelling of the full supply that followed a family, corrected of one person alone: he lives there until the family
 * next moves, and moves with it.
 * @param before the subject as the full supply told it; after: with the dwelling as it should have been
 */
export function movingOn(
  register: WorkingRegister,
  before: EntryState,
  after: EntryState,
  supplyEvent: number,
  dal: PartialDate | null,
): EntryState {
  const told = findSupplyFact(before, [supplyEvent], 'CAMBIO_ABITAZIONE', dal);
  const old = before.dwellings.find((d) => d === told);
  const corrected = after.dwellings.find((d) => !before.dwellings.includes(d) && d.value.address !== null);
  if (old === undefined || old.value.follows === null || corrected === undefined) return after;
  const { follows } = old.value;
  const day = firstDay(corrected.from);
  const starts = (register.householdById(follows)?.addresses ?? []).map((a) => a.from).sort(byFirstDay);
  // The first is no move: it is where the family was.
  const moved = starts.slice(1).find((start) => firstDay(start) > day);
  const own = after.dwellings.some(
    (d) => moved !== undefined && firstDay(d.from) > day && firstDay(d.from) <= firstDay(moved),
  );
  if (moved === undefined || own) return after;
  const again = { ...corrected, from: moved, value: { follows, address: null } };
  return { ...after, dwellings: [...after.dwellings, again] };
}

const byFirstDay = (a: PartialDate, b: PartialDate): number => (firstDay(a) < firstDay(b) ? -1 : 1);

const endsOn = (end: PartialDate | null, day: PartialDate): boolean =>
  end !== null && (firstDay(end) as Day) === firstDay(day);
