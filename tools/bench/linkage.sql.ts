/** What the benchmark of linkage reads, and what it takes away to be found again. */
import type { Client } from '../../src/platform/db/pool.ts';

export interface PairOfNumbers {
  readonly a: string;
  readonly b: string;
}

/** Pairs proposed now, each entry as COMUNE:ID_SOGGETTO. */
export async function listProposed(db: Client): Promise<PairOfNumbers[]> {
  const { rows } = await db.query<PairOfNumbers>(
    `select a.comune || ':' || a.id_soggetto as a, b.comune || ':' || b.id_soggetto as b
       from linkage_candidates c join entries a on a.entry_id = c.entry_a join entries b on b.entry_id = c.entry_b
      where c.gone_recorded is null`,
  );
  return rows;
}

/** Takes what linkage knows of the entries of the last supply away, as if it had just come. @returns the instant before it, and how many entries it brought */
export async function forgetLastSupply(db: Client): Promise<{ since: string; entries: number }> {
  const { rows } = await db.query<{ entry_id: number; before: string }>(
    `select e.entry_id, s.recorded_at - interval '1 microsecond' as before
       from entries e join events v using (event_id)
       join (select supply_id, recorded_at from supplies order by recorded_at desc nulls last limit 1) s using (supply_id)`,
  );
  const entries = rows.map((r) => r.entry_id);
  await db.query('delete from linkage_keys where entry_id = any($1::bigint[])', [entries]);
  await db.query(
    'delete from linkage_candidates where entry_a = any($1::bigint[]) or entry_b = any($1::bigint[])',
    [entries],
  );
  return { since: rows[0]!.before, entries: entries.length };
}

/** Keys of blocks that the two entries of a pair both have. @param pairs "COMUNE:ID_SOGGETTO COMUNE:ID_SOGGETTO" */
export async function listCommonKeys(
  db: Client,
  pairs: readonly string[],
): Promise<{ pair: string; block_key: number }[]> {
  const { rows } = await db.query<{ pair: string; block_key: number }>(
    `select t.pair, k.block_key
       from unnest($1::text[]) as t (pair)
       join register_numbers a on a.comune = substr(split_part(t.pair, ' ', 1), 1, 6) and a.id_soggetto = substr(split_part(t.pair, ' ', 1), 8)
       join register_numbers b on b.comune = substr(split_part(t.pair, ' ', 2), 1, 6) and b.id_soggetto = substr(split_part(t.pair, ' ', 2), 8)
       join linkage_keys k on k.entry_id = a.entry_id
       join linkage_keys l on l.entry_id = b.entry_id and l.block_key = k.block_key`,
    [pairs],
  );
  return rows;
}
