/**
 * Who is protected now, of several entries at once (security.md 23; registry.md: "protection in any entry protects the person"). A protection that was set
 * later than the instant of a question hides what was known before it, as a seal does.
 */
import type { Client } from '../../platform/db/pool.ts';
import type { EntryName } from './person-state.ts';

/** The name of an entry as a key: 036023:S1. */
export const entryKey = ({ comune, id_soggetto }: EntryName): string => `${comune}:${id_soggetto}`;

/** @returns keys of those among the entries whose person some register protects now */
export async function listProtected(db: Client, entries: readonly EntryName[]): Promise<ReadonlySet<string>> {
  if (entries.length === 0) return new Set();
  const { rows } = await db.query<EntryName>({
    name: 'protected-now',
    text: `select n.comune, n.id_soggetto
             from unnest($1::text[], $2::text[]) as n (comune, id_soggetto)
             join register_numbers r on r.comune = n.comune and r.id_soggetto = n.id_soggetto
            where exists (
              select from person_entries p
                join person_entries q on q.person_id = p.person_id
                join protections f on f.entry_id = q.entry_id
               where p.entry_id = r.entry_id and f.protetto and f.valid_to = 'infinity')`,
    values: [entries.map((e) => e.comune), entries.map((e) => e.id_soggetto)],
  });
  return new Set(rows.map(entryKey));
}
