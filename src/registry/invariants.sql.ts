/**
 * The invariants of registry.md that no constraint says, checked set-wise before the commit over the entries that a
 * supply wrote. A B-tree in the order of the check makes it one ordered pass (docs/adr/0007).
 */
import type { Client } from '../platform/db/pool.ts';

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

/** Two spells of one kind of one entry that share a day (invariant 1). Empty spells share none. */
function overlapQuery(table: string): string {
  return `select '${table} overlap' as rule, entry_id as id from (
      select entry_id, valid_to, lead(valid_from) over (partition by entry_id order by valid_from) as next
        from ${table} where entry_id > $1 and entry_id <= $2 and valid_from < valid_to) spells
    where next < valid_to limit 1`;
}

/** A membership outside its household's life (invariant 2), where whole dates say so: a partial one may mean a day within. */
const OUTSIDE = `
  select 'membership outside household' as rule, m.entry_id as id
    from memberships m
    left join (select household_id, min(valid_from) as born, max(valid_to) as closed,
                      bool_and(from_text is null) as born_whole, bool_and(to_text is null) as closed_whole
                 from households where household_id > $3 and household_id <= $4 group by 1) h using (household_id)
   where m.entry_id > $1 and m.entry_id <= $2 and m.valid_from < m.valid_to
     and (h.household_id is null
          or (m.from_text is null and h.born_whole and m.valid_from < h.born)
          or (m.to_text is null and h.closed_whole and m.valid_to > h.closed)) limit 1`;

/**
 * @returns the first violation of each rule; the caller refuses the whole transaction
 */
export async function findViolations(
  db: Client,
  entries: readonly [above: number, upTo: number],
  households: readonly [above: number, upTo: number],
): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const table of SPELLS) found.push(...(await db.query<Violation>(overlapQuery(table), entries)).rows);
  found.push(...(await db.query<Violation>(OUTSIDE, [...entries, ...households])).rows);
  return found;
}
