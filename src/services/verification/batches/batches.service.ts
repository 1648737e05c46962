/** Batches as their owner sees them: begun from a file, followed, read as far as they have come, cancelled. */
import { createHash } from 'node:crypto';
import { AppError } from '../../../kernel/app-error.ts';
import { type Day, romeDay } from '../../../kernel/day.ts';
import { readCsv } from '../../../platform/csv/read-csv.ts';
import type { Client, Database } from '../../../platform/db/pool.ts';
import { getKnownAt } from '../../../registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../../registry/answers/known-at.ts';
import {
  type BatchRecord,
  cancelBatch,
  findBatch,
  insertBatch,
  insertChunks,
  listAnswers,
  type NewChunk,
  type Progress,
} from './batches.sql.ts';
import { type Column, readHeader } from './columns.ts';
import { type BatchRow, headerLine } from './row.ts';

/** Rows of one file. */
export const MOST_ROWS = 100_000;
/** Rows answered at once: each of their persons stands in one leaf of the audit, which holds a thousand at most. */
export const CHUNK_ROWS = 250;
/** Chunks handed out in one answer. */
export const MOST_CHUNKS = 400;
/** Days that a batch is kept: then it goes with everything in it (security.md 36). */
const KEPT_DAYS = 30;
const DAY = 86_400_000;
const CHUNKS_AT_ONCE = 40;

/** Who begins a batch, and by what key. */
export interface Owner {
  readonly user: string;
  readonly body: { readonly id: string | null; readonly name: string };
  readonly address: string;
  readonly certificate: boolean;
  readonly secondFactor: boolean;
  readonly purpose: string | null;
  readonly file: string | null;
}

export interface BatchQuestion {
  readonly csv: string;
  readonly al: Day | null;
  readonly notoAl: KnownAt | null;
}

const refused = (it: string, en: string): AppError => new AppError('invalid-request', it, en);

/** The header and the rows of a file. @throws AppError invalid-request for a header that cannot be read, no rows, or too many */
async function readFile(
  csv: string,
): Promise<{ readonly columns: readonly Column[]; readonly rows: readonly BatchRow[] }> {
  let columns: readonly Column[] | null = null;
  const rows: BatchRow[] = [];
  for await (const row of readCsv(csv)) {
    if (columns === null) {
      columns = readHeader(row.cells ?? []);
      continue;
    }
    if (rows.length === MOST_ROWS)
      throw refused(
        `il file ha più di ${MOST_ROWS} righe: dividerlo`,
        `the file has more than ${MOST_ROWS} rows: split it`,
      );
    rows.push(row);
  }
  if (columns === null || rows.length === 0)
    throw refused(
      'il file non ha righe: la prima porta i nomi delle colonne, le altre una dichiarazione ciascuna',
      'the file has no rows: the first holds the names of the columns, the others a declaration each',
    );
  return { columns, rows };
}

const chunksOf = (rows: readonly BatchRow[]): NewChunk[] =>
  Array.from({ length: Math.ceil(rows.length / CHUNK_ROWS) }, (_, i) => {
    const own = rows.slice(i * CHUNK_ROWS, (i + 1) * CHUNK_ROWS);
    return { rows: own.length, input: JSON.stringify(own.map(({ line, cells }) => [line, cells])) };
  });

/**
 * Takes a file; it is answered in the background. @returns the batch's name
 * @throws AppError invalid-request; usage, for a reference day that lies in the future
 */
export async function beginBatch(
  db: Database,
  owner: Owner,
  { csv, al, notoAl }: BatchQuestion,
  now: Date,
): Promise<{ readonly batchId: string; readonly rows: number }> {
  const today = romeDay(now);
  const day = al ?? today;
  if (day > today)
    throw refused(
      `la data di riferimento ${day} è nel futuro`,
      `the reference day ${day} lies in the future`,
    );
  const { columns, rows } = await readFile(csv);
  const chunks = chunksOf(rows);
  const known_at = await getKnownAt(db, notoAl);
  const batchId = await db.transaction(async (client) => {
    const id = await insertBatch(client, {
      user_id: owner.user,
      body_id: owner.body.id,
      body_name: owner.body.name,
      address: owner.address,
      certificate: owner.certificate,
      second_factor: owner.secondFactor,
      purpose: owner.purpose,
      file: owner.file,
      al: day,
      known_at,
      columns,
      rows: rows.length,
      input_digest: createHash('sha256').update(csv).digest('hex'),
      made_at: now,
      expires_at: new Date(now.getTime() + KEPT_DAYS * DAY),
    });
    for (let at = 0; at < chunks.length; at += CHUNKS_AT_ONCE)
      await insertChunks(client, id, at, chunks.slice(at, at + CHUNKS_AT_ONCE));
    return id;
  });
  return { batchId, rows: rows.length };
}

export type BatchState = 'in_coda' | 'in_corso' | 'finito' | 'annullato' | 'fermato';

export function stateOf({ cancelled_at, stopped, ended_at, done }: BatchRecord & Progress): BatchState {
  if (cancelled_at !== null) return 'annullato';
  if (stopped !== null) return 'fermato';
  if (ended_at !== null) return 'finito';
  return done === 0 ? 'in_coda' : 'in_corso';
}

/** Somebody else's batch is, to the caller, none. @throws AppError not-found */
export async function getBatch(
  db: Client,
  batchId: string,
  userId: string | null,
): Promise<BatchRecord & Progress> {
  const batch = await findBatch(db, batchId, userId);
  if (batch !== null) return batch;
  throw new AppError(
    'not-found',
    'nessun lotto con questo nome tra i propri: è di un altro, o è scaduto dopo 30 giorni',
    'no batch of that name among your own: it is another’s, or it expired after 30 days',
  );
}

/** Cancels it: what was answered stays, what waits is dropped. @throws AppError not-found */
export async function cancelOwnBatch(
  db: Database,
  batchId: string,
  userId: string | null,
  now: Date,
): Promise<BatchRecord & Progress> {
  await getBatch(db, batchId, userId);
  await db.transaction((client) => cancelBatch(client, batchId, now));
  return getBatch(db, batchId, userId);
}

export interface BatchResults {
  readonly csv: string;
  readonly rows: number;
  /** The chunk to go on from; null where the file is whole, and will not grow. */
  readonly next: number | null;
}

/** The rows answered so far, in their order, from a chunk on; the header stands before the first. */
export async function readResults(
  db: Client,
  batch: BatchRecord & Progress,
  from: number,
): Promise<BatchResults> {
  const answers = await listAnswers(db, batch.batch_id, from, MOST_CHUNKS);
  const next = (answers.at(-1)?.chunk ?? from - 1) + 1;
  const whole = next * CHUNK_ROWS >= batch.rows;
  const running = stateOf(batch) === 'in_coda' || stateOf(batch) === 'in_corso';
  const rows = answers.reduce(
    (sum, { chunk }) => sum + Math.min(CHUNK_ROWS, batch.rows - chunk * CHUNK_ROWS),
    0,
  );
  return {
    csv: `${from === 0 ? headerLine(batch.columns) : ''}${answers.map(({ output }) => output).join('')}`,
    rows,
    next: whole || (!running && answers.length < MOST_CHUNKS) ? null : next,
  };
}
