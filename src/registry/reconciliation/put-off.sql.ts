/** Statements of putting findings off: acts as they are recorded. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { FindingRow } from './listing.sql.ts';

/** An entry by the number that its register gives it. */
export interface FindingEntry {
  readonly comune: string;
  readonly id_soggetto: string;
}

export async function findEntry(db: Client, { comune, id_soggetto }: FindingEntry): Promise<number | null> {
  const { rows } = await db.query<{ entry_id: number }>(
    'select entry_id from register_numbers where comune = $1 and id_soggetto = $2',
    [comune, id_soggetto],
  );
  return rows[0]?.entry_id ?? null;
}

/** What is said of a finding by whoever puts it off. @param until null: no longer */
export interface PuttingOff {
  readonly until: Day | null;
  readonly operator: string;
  readonly reason: string;
}

export async function insertPuttingOff(
  db: Client,
  findings: readonly Pick<FindingRow, 'entry_id' | 'finding_key' | 'opened_at'>[],
  { until, operator, reason }: PuttingOff,
): Promise<void> {
  await db.query(
    `insert into reconciliation_postponements (entry_id, finding_key, opened_at, until, operator, reason)
     select f.*, $4::date, $5, $6 from unnest($1::bigint[], $2::text[], $3::timestamptz[]) f`,
    [
      findings.map((f) => f.entry_id),
      findings.map((f) => f.finding_key),
      findings.map((f) => f.opened_at),
      until,
      operator,
      reason,
    ],
  );
}
