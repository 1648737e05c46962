/** Findings without a bound, a page at a time: a supply in which every row is at fault has a million of them. */
import type { Client } from '../../platform/db/pool.ts';
import { FINDING, type StoredFinding } from './supplies.sql.ts';

/** Some 20 MB at most. */
const PAGE = 20_000;

/** Of one supply, or of all supplies of a comune; null where anything will do. */
export interface WantedFindings {
  readonly supplyId: number | null;
  readonly comune: string | null;
  readonly codice: string | null;
  readonly closedToo: boolean;
}

interface Keyed extends StoredFinding {
  readonly key_supply: number;
  readonly key_n: number;
}

/** The order of listFindings and listFindingsOfComune, as one key: what stands before any file or row comes first. */
const KEY = "(-f.supply_id, coalesce(f.file, ''), coalesce(f.riga, 0), f.codice, f.n)";

/** Every finding, the newest supply first, by file and row. @param page how many are read at a time */
export async function* everyFinding(
  db: Client,
  wanted: WantedFindings,
  page = PAGE,
): AsyncGenerator<StoredFinding, void, undefined> {
  let last: Keyed | undefined;
  for (;;) {
    const { rows }: { rows: Keyed[] } = await db.query<Keyed>(
      `select ${FINDING}, f.supply_id as key_supply, f.n as key_n
         from findings f join supplies s using (supply_id) left join supplies c on c.supply_id = f.chiusa_da
        where ($1::bigint is null or f.supply_id = $1) and ($2::text is null or f.comune = $2)
          and ($3::text is null or f.codice = $3) and ($4 or f.chiusa_da is null)
          and ($5::bigint is null or ${KEY} > (-$5::bigint, $6::text, $7::integer, $8::text, $9::integer))
        order by ${KEY} limit $10`,
      [
        ...[wanted.supplyId, wanted.comune, wanted.codice, wanted.closedToo, last?.key_supply ?? null],
        ...[last?.file ?? '', last?.riga ?? 0, last?.codice ?? '', last?.key_n ?? 0, page],
      ],
    );
    for (const { key_supply: _, key_n: __, ...finding } of rows) yield finding;
    last = rows.at(-1);
    if (rows.length < page) return;
  }
}
