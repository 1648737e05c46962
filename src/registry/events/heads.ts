/** Families whose head died or left, and nobody has been named since (EF008, tracciato.md 3). Pure. */
import { type Day, firstDay } from '../../kernel/day.ts';
import type { EntryState, HouseholdState } from '../claims/entry-state.ts';
import { identitySpells } from '../claims/identity-spells.ts';
import type { AppliedEvent } from './engine.ts';
import { HEAD } from './moving.ts';
import { membershipSpells, type WorkingRegister } from './working-register.ts';

/** Far enough for whatever is known to have happened. */
const AT_LAST = '9999-12-31' as Day;

export interface HeadlessFamily {
  readonly household: HouseholdState;
  /** The oldest of them acts as head; ties by id_soggetto. */
  readonly members: readonly EntryState[];
}

const birthOf = (entry: EntryState): string => {
  const born = identitySpells(entry.identities).at(-1)?.value.data_nascita;
  return born === undefined ? AT_LAST : firstDay(born);
};

/** The oldest; of two born on one day, the one whose number comes first. */
export function oldest(members: readonly EntryState[]): EntryState | undefined {
  return [...members].sort((a, b) => {
    const x = birthOf(a);
    const y = birthOf(b);
    if (x !== y) return x < y ? -1 : 1;
    return a.idSoggetto < b.idSoggetto ? -1 : 1;
  })[0];
}

export interface Heads {
  readonly members: number;
  readonly heads: number;
}

/** How many are in the household, and how many head it, as things stand at last. */
export function headsOf(register: WorkingRegister, household: HouseholdState): Heads {
  const members = register.membersOn(household.householdId, AT_LAST);
  return { members: members.length, heads: members.filter((m) => m.tie.value.relazione === HEAD).length };
}

/** Families that this event left, or made, without a head, as things stand at the end of the supply. */
export function leftHeadless(register: WorkingRegister, event: AppliedEvent): HeadlessFamily[] {
  const found: HeadlessFamily[] = [];
  const day = event.event.decorrenza;
  for (const householdId of headedBy(register, event, day)) {
    const household = register.householdById(householdId);
    if (household === undefined || household.kind !== 'famiglia') continue;
    const members = register.membersOn(householdId, AT_LAST);
    if (members.length === 0 || members.some((m) => m.tie.value.relazione === HEAD)) continue;
    found.push({ household, members: members.map((m) => m.entry) });
  }
  return found;
}

/** Families that this event gave a head beside another, as things stand at the end of the supply (EF009). */
export function twiceHeaded(register: WorkingRegister, event: AppliedEvent): HouseholdState[] {
  const found: HouseholdState[] = [];
  for (const householdId of event.households) {
    const household = register.householdById(householdId);
    const heads = register.membersOn(householdId, AT_LAST).filter((m) => m.tie.value.relazione === HEAD);
    if (household === undefined || heads.length < 2) continue;
    if (heads.some((m) => m.tie.eventId === event.eventId)) found.push(household);
  }
  return found;
}

/**
 * Did the event end what the entry was in? Others of the same day did not: EF008 stands on the line of the event by which the
 * head died or left. What an annulment or a SCHEDA ends bears no claim of its own.
 */
function endedBy({ eventId, event }: AppliedEvent, entry: EntryState): boolean {
  if (event.tipo === 'A' || event.operazione === 'SCHEDA') return true;
  const { deaths, departures, memberships, registrations } = entry;
  return [deaths, departures, memberships, registrations].some((claims) =>
    claims.some((claim) => claim.eventId === eventId),
  );
}

/** Households that somebody touched by the event headed until that very day, or that begin with it. */
function headedBy(register: WorkingRegister, event: AppliedEvent, day: Day): Set<number> {
  const households = new Set<number>();
  for (const id of event.households)
    if (register.householdById(id)?.eventId === event.eventId) households.add(id);
  for (const entryId of event.entries) {
    const entry = register.entryById(entryId);
    if (entry === undefined || !endedBy(event, entry)) continue;
    for (const spell of membershipSpells(entry))
      if (spell.value.relazione === HEAD && spell.to !== null && firstDay(spell.to) === day)
        households.add(spell.value.householdId);
  }
  return households;
}
