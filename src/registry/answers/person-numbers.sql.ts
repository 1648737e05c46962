/** Whose entries these are, and which registers know somebody: what rights and audit ask of an answer. */
import type { Client } from '../../platform/db/pool.ts';
import type { EntryName } from './person-state.ts';

/** P123 of each entry, in no order; of one that is nobody's, nothing. */
export async function findPersonNumbers(db: Client, entries: readonly EntryName[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const { rows } = await db.query<{ person: string }>(
    `select distinct 'P' || p.person_id as person
       from unnest($1::text[], $2::text[]) n(comune, id_soggetto)
       join register_numbers r using (comune, id_soggetto) join person_entries p using (entry_id)`,
    [entries.map((e) => e.comune), entries.map((e) => e.id_soggetto)],
  );
  return rows.map((r) => r.person);
}

/** Of each person, the comuni that have an entry of theirs. @param persons P123 */
export async function listComuniOfPersons(db: Client, persons: readonly string[]): Promise<string[][]> {
  const { rows } = await db.query<{ comuni: string[] }>(
    `select array_agg(distinct e.comune) as comuni from person_entries p join entries e using (entry_id)
      where p.person_id = any($1::bigint[]) group by p.person_id`,
    [persons.map((p) => p.slice(1))],
  );
  return rows.map((r) => r.comuni);
}
