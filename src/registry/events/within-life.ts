/**
 * Nobody is in a household before it began or after it ended (registry.md, invariant 2): an event that would put somebody
 * there is set aside, "any other E … under the row's own code" for the rows of a SCHEDA (SIP-109), and as not applicable to
 * the state otherwise (SIP-204; tracciato.md 3). Pure.
 */
import { firstDay, type PartialDate } from '../../kernel/day.ts';
import type { EntryState, HouseholdState, MembershipValue } from '../claims/entry-state.ts';
import { lifeSpells } from '../claims/household-rows.ts';
import type { Spell } from '../claims/timeline.ts';
import type { EventFault } from './applier.ts';
import { outsideOf } from './why-not.ts';
import { type Changes, membershipSpells, type WorkingRegister } from './working-register.ts';

/** Somebody who would be in a household outside its life. */
export interface Stray {
  readonly entry: EntryState;
  readonly household: HouseholdState;
}

type Tie = Spell<MembershipValue>;

const isWhole = (date: PartialDate): boolean => date.length === 10;

/** Does the life hold the tie? A partial date may mean a day within, and breaks nothing. */
function holds(life: readonly Spell<object>[], tie: Tie): boolean {
  const born = life[0]?.from;
  if (born === undefined) return false;
  if (isWhole(tie.from) && isWhole(born) && tie.from < born) return false;
  if (life.some((spell) => spell.to === null)) return true;
  const closed = life.map((spell) => spell.to!).sort((a, b) => (firstDay(a) < firstDay(b) ? 1 : -1))[0]!;
  if (!isWhole(closed)) return true;
  return tie.to === null || !isWhole(tie.to) ? tie.to !== null : tie.to <= closed;
}

const lasts = (tie: Tie): boolean => tie.to === null || firstDay(tie.from) < firstDay(tie.to);

/** The households as the changes would leave them; those that may have become shorter. */
function households(changes: Changes): {
  readonly after: ReadonlyMap<number, HouseholdState>;
  readonly shorter: ReadonlySet<number>;
} {
  const after = new Map<number, HouseholdState>();
  const shorter = new Set<number>();
  for (const list of [changes.newHouseholds, changes.replacedHouseholds ?? []])
    for (const household of list) after.set(household.householdId, household);
  for (const household of changes.replacedHouseholds ?? []) shorter.add(household.householdId);
  for (const change of changes.households) {
    if (change.kind !== 'attributes') continue;
    const id = change.household.householdId;
    const held = after.get(id) ?? change.household;
    after.set(id, { ...held, attributes: [...held.attributes, change.claim] });
    if (change.claim.statedTo !== null) shorter.add(id);
  }
  return { after, shorter };
}

/** Entries whose ties the changes speak of, as they would be, each with the ties to look at. */
function tied(changes: Changes): Map<number, { readonly entry: EntryState; readonly ties: readonly Tie[] }> {
  const found = new Map<number, { readonly entry: EntryState; readonly ties: readonly Tie[] }>();
  for (const list of [changes.newEntries, changes.replacedEntries ?? []])
    for (const entry of list) found.set(entry.entryId, { entry, ties: membershipSpells(entry) });
  const more = new Map<EntryState, EntryState>();
  for (const change of changes.entries) {
    const { entry, kind } = change;
    if (kind !== 'memberships' && kind !== 'registrations') continue;
    const after = more.get(entry) ?? entry;
    more.set(entry, { ...after, [kind]: [...after[kind], change.claim] });
  }
  for (const [entry, after] of more) {
    const before = new Set(entry.memberships.map((m) => m.eventId));
    const ties = membershipSpells(after).filter((tie) => !before.has(tie.eventId));
    found.set(entry.entryId, { entry, ties });
  }
  return found;
}

/** Whom the changes would leave in a household outside its life. */
export function straying(register: WorkingRegister, changes: Changes): Stray[] {
  const { after, shorter } = households(changes);
  const entries = tied(changes);
  const lives = new Map<number, readonly Spell<object>[]>();
  const found: Stray[] = [];
  const look = (entry: EntryState, ties: readonly Tie[]): void => {
    for (const tie of ties) {
      if (!lasts(tie)) continue;
      const id = tie.value.householdId;
      const household = after.get(id) ?? register.householdById(id);
      if (household === undefined) continue;
      const life = lives.get(id) ?? lifeSpells(household, null);
      lives.set(id, life);
      if (!holds(life, tie) && !found.some((f) => f.entry === entry && f.household === household))
        found.push({ entry, household });
    }
  };
  for (const { entry, ties } of entries.values()) look(entry, ties);
  for (const id of shorter)
    for (const member of register.everMembers(id)) {
      if (entries.has(member.entryId)) continue;
      const ties = membershipSpells(member).filter((tie) => tie.value.householdId === id);
      look(member, ties);
    }
  return found;
}

export const strayFault = (codice: 'SIP-109' | 'SIP-204', { entry, household }: Stray): EventFault => ({
  codice,
  id_soggetto: entry.idSoggetto,
  id_famiglia: household.idHousehold,
  campo: household.kind === 'famiglia' ? 'id_famiglia' : 'id_convivenza',
  valore: household.idHousehold,
  ...(codice === 'SIP-204' ? { perche: outsideOf(household) } : {}),
});
