/** Which registers know somebody: what rights ask of an answer. */
import type { Client } from '../../platform/db/pool.ts';

/** Of each person, the comuni that have an entry of theirs. @param persons P123, by their own number or that of any entry of theirs */
export async function listComuniOfPersons(db: Client, persons: readonly string[]): Promise<string[][]> {
  const { rows } = await db.query<{ comuni: string[] }>(
    `select array_agg(distinct e.comune) as comuni from person_entries p join entries e using (entry_id)
      where p.person_id in (select person_id from person_entries where entry_id = any($1::bigint[])) group by p.person_id`,
    [persons.map((p) => p.slice(1))],
  );
  return rows.map((r) => r.comuni);
}
