/**
 * Who is protected now, or lives with somebody who is, of several entries at once (security.md 23; registry.md: "protection in any entry protects the person"). A protection that was set
 * later than the instant of a question hides what was known before it, as a seal does.
 */
import type { Client } from '../../platform/db/pool.ts';
import type { EntryName } from './person-state.ts';

/** The name of an entry as a key: 036023:S1. */
export const entryKey = ({ comune, id_soggetto }: EntryName): string => `${comune}:${id_soggetto}`;

/** How a protection reaches somebody: it is their own, or that of somebody they live with now, whose address theirs is. */
export type Shield = 'own' | 'household';

/** Of those among the entries whose address may not be told, why; by key. */
export async function listShielded(
  db: Client,
  entries: readonly EntryName[],
): Promise<ReadonlyMap<string, Shield>> {
  if (entries.length === 0) return new Map();
  const { rows } = await db.query<EntryName & { readonly own: boolean }>({
    name: 'protected-now',
    text: `
      with asked as materialized (
        select n.comune, n.id_soggetto, r.entry_id
          from unnest($1::text[], $2::text[]) as n (comune, id_soggetto)
          join register_numbers r on r.comune = n.comune and r.id_soggetto = n.id_soggetto
      ), home as materialized (
        select a.entry_id, o.entry_id as housemate
          from asked a
          join memberships m on m.entry_id = a.entry_id and m.valid_to = 'infinity'
          join household_members b on b.household_id = m.household_id
          join memberships o on o.entry_id = b.entry_id and o.household_id = m.household_id and o.valid_to = 'infinity'
      ), concerned as (
        select entry_id, entry_id as whose from asked union select entry_id, housemate from home
      ), shield as (
        select c.entry_id, bool_or(c.entry_id = c.whose) as own
          from concerned c
         where exists (
           select from person_entries p
             join person_entries q on q.person_id = p.person_id
             join protections f on f.entry_id = q.entry_id
            where p.entry_id = c.whose and f.protetto and f.valid_to = 'infinity')
         group by c.entry_id
      )
      select a.comune, a.id_soggetto, s.own from asked a join shield s on s.entry_id = a.entry_id`,
    values: [entries.map((e) => e.comune), entries.map((e) => e.id_soggetto)],
  });
  return new Map(rows.map((row) => [entryKey(row), row.own ? 'own' : 'household']));
}
