/** Loads households with those who are or may be in them on a day, as known at an instant: one round trip. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { assemble, type EntryNumber, heldAt, sealsOf } from './facts.sql.ts';
import {
  byStart,
  type FactRow,
  factFrom,
  type HouseholdAddressFact,
  type HouseholdFact,
  withoutShadowed,
} from './facts.ts';
import type { HouseholdFacts } from './family.ts';
import { knownAtExpression } from './known-at.sql.ts';
import type { KnownAt } from './known-at.ts';
import type { HouseholdName } from './person-state.ts';
import { unsealedApart } from './sealing.ts';

const OF_HOUSEHOLD = 'f.household_id = any($1::bigint[])';
const OF_MEMBERS = 'f.entry_id = any(array(select entry_id from present))';
/** A partial end may reach beyond its first day: the rules decide (certainty.ts). */
const AROUND_DAY = 'f.valid_from <= $3::date and (f.valid_to > $3::date or f.to_text is not null)';

const STAY = `f.entry_id = any(array(select entry_id from belonging)) and ${OF_HOUSEHOLD} and ${AROUND_DAY}
      and f.recorded_from <= $2::timestamptz`;

// Members are found through household_members, by number, and read by entry (scale.md: key → numbers → facts).
const HOUSEHOLD = `
  with belonging as materialized (
    select entry_id from household_members where household_id = any($1::bigint[])
  ), present as materialized (
    select f.entry_id, row_to_json(f) as fact from memberships f where ${STAY}
    union all
    select f.entry_id, row_to_json(f) from memberships_past f where ${STAY} and $2::timestamptz < f.recorded_to
  ), whose as materialized (
    select p.entry_id, p.person_id from person_entries p
     where p.entry_id = any(array(select entry_id from present)) and p.recorded_from <= $2::timestamptz
    union all
    select p.entry_id, p.person_id from person_entries_past p
     where p.entry_id = any(array(select entry_id from present)) and p.recorded_from <= $2::timestamptz and $2::timestamptz < p.recorded_to
  )
  select 'memberships' as kind, fact from present
  union all
  select 'number', json_build_object('entry_id', e.entry_id, 'person_id', p.person_id, 'comune', e.comune, 'id_soggetto', e.id_soggetto)
    from entries e join whose p on p.entry_id = e.entry_id where e.entry_id = any(array(select entry_id from present))
  union all ${heldAt('identities', OF_MEMBERS)}
  union all ${heldAt('protections', OF_MEMBERS)}
  union all ${sealsOf('array(select entry_id from present)')}
  union all ${heldAt('households', OF_HOUSEHOLD)}
  union all ${heldAt('household_addresses', OF_HOUSEHOLD)}`;

interface Row {
  readonly kind: string;
  readonly fact: FactRow;
}

const grouped = (rows: readonly Row[], kind: string): ReadonlyMap<number, FactRow[]> =>
  Map.groupBy(
    rows.flatMap((row) => (row.kind === kind ? [row.fact] : [])),
    (fact) => fact.household_id ?? 0,
  );

export async function loadHousehold(
  db: Client,
  householdId: number,
  d: Day,
  knownAt: KnownAt,
): Promise<HouseholdFacts> {
  const [household] = await loadHouseholds(db, [householdId], d, knownAt);
  return household ?? { householdId, lives: [], addresses: [], members: [], persons: new Map() };
}

/** Several households at once, in the order asked. A member bears the memberships of all of those asked. */
export async function loadHouseholds(
  db: Client,
  householdIds: readonly number[],
  d: Day,
  knownAt: KnownAt,
): Promise<HouseholdFacts[]> {
  if (householdIds.length === 0) return [];
  const { rows } = await db.query<Row>({
    name: 'household',
    text: HOUSEHOLD,
    values: [householdIds, knownAt, d],
  });
  const numbers = rows.filter((r) => r.kind === 'number').map((r) => r.fact as unknown as EntryNumber);
  const { entries, seals } = assemble(numbers, rows);
  const members = new Map(unsealedApart(entries, seals).map((entry) => [entry.entryId, entry]));
  const [lives, addresses, stays] = ['households', 'household_addresses', 'memberships'].map((kind) =>
    grouped(rows, kind),
  ) as [ReadonlyMap<number, FactRow[]>, ReadonlyMap<number, FactRow[]>, ReadonlyMap<number, FactRow[]>];
  const persons = new Map(numbers.map((n) => [n.entry_id, n.person_id]));
  return householdIds.map((householdId) => ({
    householdId,
    lives: withoutShadowed(
      (lives.get(householdId) ?? []).map((f) => factFrom<HouseholdFact>(f)).sort(byStart),
    ),
    addresses: withoutShadowed(
      (addresses.get(householdId) ?? []).map((f) => factFrom<HouseholdAddressFact>(f)).sort(byStart),
    ),
    members: [...new Set((stays.get(householdId) ?? []).map((f) => f.entry_id ?? 0))].flatMap(
      (entryId) => members.get(entryId) ?? [],
    ),
    persons,
  }));
}

/** The number of a household by what its comune calls it, and the instant of the answer; null when there is none. */
export async function findHousehold(
  db: Client,
  name: HouseholdName,
  notoAl: KnownAt | null,
): Promise<{ readonly householdId: number; readonly knownAt: KnownAt } | null> {
  const { rows } = await db.query<{ household_id: number; known_at: KnownAt }>({
    name: 'find-household',
    text: `select household_id, ${knownAtExpression('$4')} as known_at from household_numbers
            where comune = $1 and kind = $2 and id_household = $3`,
    values: [name.comune, name.tipo, name.id, notoAl],
  });
  const [row] = rows;
  return row === undefined ? null : { householdId: row.household_id, knownAt: row.known_at };
}
