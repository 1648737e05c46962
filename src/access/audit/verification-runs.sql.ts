/** Verifications that run behind: how far they are, and what they found. */
import type { Client } from '../../platform/db/pool.ts';

/** What a verification found, as it is kept and told. */
export interface KeptReport {
  readonly integro: boolean;
  readonly foglie: number;
  readonly radice: string;
  readonly firmate: number;
  readonly checkpoint: number;
  readonly sigilli: boolean;
  readonly guasti: readonly { readonly genere: string; readonly da: number; readonly a: number }[];
  readonly note_inutilizzabili: readonly { readonly da: string; readonly genere: string }[];
}

export interface RunRow {
  readonly run_id: string;
  readonly started_by: string;
  readonly started_at: string;
  readonly changed_at: string;
  readonly done: number;
  readonly total: number;
  readonly report: KeptReport | null;
  readonly failed: boolean;
}

const COLUMNS = 'run_id, started_by, started_at, changed_at, done, total, report, failed';

export async function insertRun(
  db: Client,
  run: { readonly runId: string; readonly by: string; readonly total: number },
  at: Date,
): Promise<void> {
  await db.query(
    'insert into audit.verifications (run_id, started_by, started_at, changed_at, total) values ($1, $2, $3, $3, $4)',
    [run.runId, run.by, at, run.total],
  );
}

export async function markRun(db: Client, runId: string, done: number, at: Date): Promise<void> {
  await db.query(
    'update audit.verifications set done = $2, total = greatest(total, $2), changed_at = $3 where run_id = $1',
    [runId, done, at],
  );
}

/** @param report null where it broke off */
export async function endRun(db: Client, runId: string, report: KeptReport | null, at: Date): Promise<void> {
  await db.query(
    `update audit.verifications set report = $2, failed = $3, changed_at = $4,
            done = case when $3 then done else ($2::jsonb ->> 'foglie')::bigint end,
            total = case when $3 then total else ($2::jsonb ->> 'foglie')::bigint end
      where run_id = $1`,
    [runId, report === null ? null : JSON.stringify(report), report === null, at],
  );
}

export async function findRun(db: Client, runId: string): Promise<RunRow | null> {
  const { rows } = await db.query<RunRow>(`select ${COLUMNS} from audit.verifications where run_id = $1`, [
    runId,
  ]);
  return rows[0] ?? null;
}

/** The newest first. */
export async function listRuns(db: Client, limit: number): Promise<RunRow[]> {
  const { rows } = await db.query<RunRow>(
    `select ${COLUMNS} from audit.verifications order by started_at desc limit $1`,
    [limit],
  );
  return rows;
}
