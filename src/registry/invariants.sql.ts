/**
 * The invariants of registry.md that no constraint says, checked set-wise before the commit over the entries that a
 * supply wrote. A B-tree in the order of the check makes it one ordered pass (docs/adr/0007).
 */
import type { Client } from '../platform/db/pool.ts';
import { without } from './planner.sql.ts';

/** A rule that does not hold, with an entry or household on which it does not. */
export interface Violation {
  readonly rule: string;
  readonly id: number;
}

/** What a supply wrote: numbers given in blocks, or one by one. */
export type Written =
  | {
      readonly kind: 'blocks';
      readonly entries: readonly [above: number, upTo: number];
      readonly households: readonly [above: number, upTo: number];
    }
  | { readonly kind: 'listed'; readonly entries: readonly number[]; readonly households: readonly number[] };

const SPELLS = [
  'registrations',
  'dwellings',
  'memberships',
  'civil_statuses',
  'citizenships',
  'identities',
] as const;

type Scope = Readonly<Record<'entries' | 'households', string>>;

const SCOPES: Readonly<Record<Written['kind'], Scope>> = {
  blocks: {
    entries: 'entry_id > $1::bigint and entry_id <= $2::bigint',
    households: 'household_id > $3::bigint and household_id <= $4::bigint',
  },
  listed: { entries: 'entry_id = any($1::bigint[])', households: 'household_id = any($2::bigint[])' },
};

/** Two spells of one kind of one entry that share a day (invariant 1). Empty spells share none. */
const overlapping = (table: string, { entries }: Scope): string =>
  `(select '${table} overlap' as rule, entry_id as id from (
      select entry_id, valid_to, lead(valid_from) over (partition by entry_id order by valid_from) as next
        from ${table} where ${entries} and valid_from < valid_to) spells
    where next < valid_to limit 1)`;

/** A membership outside its household's life (invariant 2), where whole dates say so: a partial one may mean a day within. */
const outside = ({ entries, households }: Scope): string => `
  (select 'membership outside household' as rule, m.entry_id as id
    from (select * from memberships where ${entries} and valid_from < valid_to) m
    left join (select household_id, min(valid_from) as born, max(valid_to) as closed,
                      bool_and(from_text is null) as born_whole, bool_and(to_text is null) as closed_whole
                 from households where ${households} group by 1) h using (household_id)
   where h.household_id is null
      or (m.from_text is null and h.born_whole and m.valid_from < h.born)
      or (m.to_text is null and h.closed_whole and m.valid_to > h.closed) limit 1)`;

const statement = (scope: Scope): string =>
  [...SPELLS.map((table) => overlapping(table, scope)), outside(scope)].join(' union all ');

const STATEMENTS: Readonly<Record<Written['kind'], string>> = {
  blocks: statement(SCOPES.blocks),
  listed: statement(SCOPES.listed),
};

/**
 * @param written of `listed`, every household that the entries are or were members of
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
    name: 'violations',
    text,
    values: [written.entries, written.households],
  });
  return rows;
}
