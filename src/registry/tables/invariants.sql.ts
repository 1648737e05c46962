/**
 * The invariants of registry.md that no constraint says, checked set-wise before the commit over the entries that a
 * supply wrote. A B-tree in the order of the check makes it one ordered pass (docs/adr/0007).
 */
import type { Client } from '../../platform/db/pool.ts';
import { without } from './planner.sql.ts';

/** A rule that does not hold, with an entry or household on which it does not. */
export interface Violation {
  readonly rule: string;
  readonly id: number;
}

const SPELLS = [
  'registrations',
  'dwellings',
  'memberships',
  'civil_statuses',
  'citizenships',
  'identities',
] as const;

/** What a supply wrote: numbers given in blocks, or one by one. */
export type Written =
  | {
      readonly kind: 'blocks';
      readonly entries: readonly [above: number, upTo: number];
      readonly households: readonly [above: number, upTo: number];
    }
  | { readonly kind: 'listed'; readonly entries: readonly number[] }
  | {
      readonly kind: 'moved';
      /** By table, the entries of which rows came: without a new row nothing overlaps that did not. */
      readonly cameIn: (table: (typeof SPELLS)[number]) => readonly number[];
      /** Those whose ties, or whose households, may be others. */
      readonly tied: readonly number[];
    };

/** Of a block $1 and $2 bound the entries, $3 and $4 the households; else a parameter lists the entries. */
const BLOCK_ENTRIES = 'entry_id > $1::bigint and entry_id <= $2::bigint';
const listed = (parameter: number): string => `entry_id = any($${parameter}::bigint[])`;

const BLOCK_HOUSEHOLDS = 'household_id > $3::bigint and household_id <= $4::bigint';
const TIED = listed(SPELLS.length + 1);
/** Two spells of one kind of one entry that share a day (invariant 1). Empty spells share none. */
const overlapping = (table: string, entries: string): string =>
  `(select '${table} overlap' as rule, entry_id as id from (
      select entry_id, valid_to, lead(valid_from) over (partition by entry_id order by valid_from) as next
        from ${table} where ${entries} and valid_from < valid_to) spells
    where next < valid_to limit 1)`;

/** A membership outside its household's life (invariant 2), where whole dates say so: a partial one may mean a day within. */
const outside = (entries: string, households: string): string => `
  (select 'membership outside household' as rule, m.entry_id as id
    from (select * from memberships where ${entries} and valid_from < valid_to) m
    left join (select household_id, min(valid_from) as born, max(valid_to) as closed,
                      bool_and(from_text is null) as born_whole, bool_and(to_text is null) as closed_whole
                 from households where ${households} group by 1) h using (household_id)
   where (h.household_id is null
      or (m.from_text is null and h.born_whole and m.valid_from < h.born)
      or (m.to_text is null and h.closed_whole and m.valid_to > h.closed)) limit 1)`;

/** The same of listed entries, each of whose memberships looks its household up: joined, every one was compared with every other. */
const outsideListed = (entries: string): string => `
  (select 'membership outside household' as rule, m.entry_id as id
    from (select * from memberships where ${entries} and valid_from < valid_to offset 0) m
   cross join lateral (
     select count(*) as spells, min(valid_from) as born, max(valid_to) as closed,
            bool_and(from_text is null) as born_whole, bool_and(to_text is null) as closed_whole
       from households where household_id = m.household_id offset 0) h
   where h.spells = 0
      or (m.from_text is null and h.born_whole and m.valid_from < h.born)
      or (m.to_text is null and h.closed_whole and m.valid_to > h.closed) limit 1)`;

const overlaps = (entriesOf: (nth: number) => string): string[] =>
  SPELLS.map((table, i) => overlapping(table, entriesOf(i + 1)));

const STATEMENTS: Readonly<Record<Written['kind'], string>> = {
  blocks: [...overlaps(() => BLOCK_ENTRIES), outside(BLOCK_ENTRIES, BLOCK_HOUSEHOLDS)].join(' union all '),
  listed: [...overlaps(() => listed(1)), outsideListed(listed(1))].join(' union all '),
  moved: [...overlaps(listed), outsideListed(TIED)].join(' union all '),
};

/**
 * @returns the first violation of each rule; the caller refuses the whole transaction
 */
export async function findViolations(db: Client, written: Written): Promise<Violation[]> {
  const text = STATEMENTS[written.kind];
  if (written.kind === 'blocks')
    return without(
      db,
      ['nestloop'],
      async () => (await db.query<Violation>(text, [...written.entries, ...written.households])).rows,
    );
  const { rows } = await db.query<Violation>({
    name: `violations-${written.kind}`,
    text,
    values: written.kind === 'listed' ? [written.entries] : [...SPELLS.map(written.cameIn), written.tied],
  });
  return rows;
}

/**
 * Lets nothing be committed that breaks an invariant. The checks of a supply leave nothing to find here: what is found is a
 * bug, never a fault of the comune's data.
 * @throws Error naming the rules broken
 */
export async function refuseViolations(db: Client, fileName: string, written: Written): Promise<void> {
  const violations = await findViolations(db, written);
  if (violations.length > 0)
    throw new Error(`supply ${fileName} breaks invariants: ${JSON.stringify(violations)}`);
}
