/** Batches and their chunks. A chunk is claimed by one process at a time, and free again when its lease is over. */
import type { Day } from '../../../kernel/day.ts';
import type { Client } from '../../../platform/db/pool.ts';
import type { KnownAt } from '../../../registry/answers/known-at.ts';
import type { Column } from './columns.ts';

export interface NewBatch {
  readonly user_id: string;
  readonly body_id: string | null;
  readonly body_name: string;
  readonly address: string;
  readonly certificate: boolean;
  readonly second_factor: boolean;
  readonly purpose: string | null;
  readonly file: string | null;
  readonly al: Day;
  readonly known_at: KnownAt;
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly input_digest: string;
  readonly made_at: Date;
  readonly expires_at: Date;
}

export interface BatchRecord extends Omit<NewBatch, 'made_at' | 'expires_at'> {
  readonly batch_id: string;
  readonly made_at: string;
  readonly ended_at: string | null;
  readonly cancelled_at: string | null;
  readonly stopped: string | null;
  readonly receipt: string | null;
  readonly disclosure: string | null;
}

export interface NewChunk {
  readonly rows: number;
  readonly input: string;
}

export async function insertBatch(db: Client, batch: NewBatch): Promise<string> {
  const { rows } = await db.query<{ batch_id: string }>({
    name: 'batch-insert',
    text: `insert into verification.batches (batch_id, user_id, body_id, body_name, address, certificate, second_factor, purpose, file,
             al, known_at, columns, rows, input_digest, made_at, expires_at)
           values ('L' || nextval('verification.batch_numbers'), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
           returning batch_id`,
    values: [
      batch.user_id,
      batch.body_id,
      batch.body_name,
      batch.address,
      batch.certificate,
      batch.second_factor,
      batch.purpose,
      batch.file,
      batch.al,
      batch.known_at,
      batch.columns,
      batch.rows,
      batch.input_digest,
      batch.made_at,
      batch.expires_at,
    ],
  });
  return rows[0]!.batch_id;
}

export async function insertChunks(
  db: Client,
  batchId: string,
  first: number,
  chunks: readonly NewChunk[],
): Promise<void> {
  await db.query({
    name: 'batch-chunks',
    text: `insert into verification.chunks (batch_id, chunk, rows, input)
           select $1, $2 + n - 1, rows, input from unnest($3::integer[], $4::text[]) with ordinality as c (rows, input, n)`,
    values: [batchId, first, chunks.map((c) => c.rows), chunks.map((c) => c.input)],
  });
}

const BATCH = `b.batch_id, b.user_id, b.body_id, b.body_name, b.address, b.certificate, b.second_factor, b.purpose, b.file, b.al, b.known_at,
  b.columns, b.rows, b.input_digest, b.made_at, b.ended_at, b.cancelled_at, b.stopped, b.receipt, b.disclosure`;

export interface Progress {
  readonly done: number;
  readonly S: number;
  readonly N: number;
  readonly A: number;
  readonly errori: number;
}
const PROGRESS = `coalesce(sum(c.rows) filter (where c.output is not null), 0)::int as done, coalesce(sum(c.confirmed), 0)::int as "S",
  coalesce(sum(c.denied), 0)::int as "N", coalesce(sum(c.undetermined), 0)::int as "A", coalesce(sum(c.wrong), 0)::int as errori`;

/** A batch of one owner; null where there is none of that owner. @param userId null for whoever's */
export async function findBatch(
  db: Client,
  batchId: string,
  userId: string | null,
): Promise<(BatchRecord & Progress) | null> {
  const { rows } = await db.query<BatchRecord & Progress>({
    name: 'batch-find',
    text: `select ${BATCH}, ${PROGRESS} from verification.batches b left join verification.chunks c on c.batch_id = b.batch_id
            where b.batch_id = $1 and ($2::text is null or b.user_id = $2) group by b.batch_id`,
    values: [batchId, userId],
  });
  return rows[0] ?? null;
}

/** The latest batches of one owner. */
export async function listBatches(
  db: Client,
  userId: string,
  most: number,
): Promise<(BatchRecord & Progress)[]> {
  const { rows } = await db.query<BatchRecord & Progress>({
    name: 'batch-list',
    text: `select ${BATCH}, ${PROGRESS} from verification.batches b left join verification.chunks c on c.batch_id = b.batch_id
            where b.batch_id in (select batch_id from verification.batches where user_id = $1 order by made_at desc limit $2)
            group by b.batch_id order by b.made_at desc`,
    values: [userId, most],
  });
  return rows;
}

export interface ClaimedChunk {
  readonly batch_id: string;
  readonly chunk: number;
  readonly input: string;
  /** This one included. */
  readonly attempts: number;
}

/** The next chunk to answer, held until `until`. @param batchId of this batch alone; null for any */
export async function claimChunk(
  db: Client,
  batchId: string | null,
  now: Date,
  until: Date,
): Promise<ClaimedChunk | null> {
  const { rows } = await db.query<ClaimedChunk>({
    name: 'batch-claim',
    text: `update verification.chunks c set leased_until = $3, attempts = attempts + 1 from (
             select w.batch_id, w.chunk from verification.chunks w join verification.batches b on b.batch_id = w.batch_id
              where w.output is null and b.cancelled_at is null and b.stopped is null and ($1::text is null or w.batch_id = $1)
                and (w.leased_until is null or w.leased_until <= $2)
              order by w.chunk, w.batch_id limit 1 for update of w skip locked
           ) next where c.batch_id = next.batch_id and c.chunk = next.chunk
           returning c.batch_id, c.chunk, c.input, c.attempts`,
    values: [batchId, now, until],
  });
  return rows[0] ?? null;
}

export interface ChunkAnswer {
  readonly output: string;
  readonly S: number;
  readonly N: number;
  readonly A: number;
  readonly errori: number;
}

/** Keeps the answer and drops the question. @returns false where it was cancelled, or answered by another, meanwhile */
export async function answerChunk(
  db: Client,
  { batch_id, chunk }: Pick<ClaimedChunk, 'batch_id' | 'chunk'>,
  answer: ChunkAnswer,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'batch-answer',
    text: `update verification.chunks c set output = $3, confirmed = $4, denied = $5, undetermined = $6, wrong = $7, input = null, leased_until = null
             from verification.batches b
            where c.batch_id = $1 and c.chunk = $2 and c.output is null and b.batch_id = c.batch_id and b.cancelled_at is null`,
    values: [batch_id, chunk, answer.output, answer.S, answer.N, answer.A, answer.errori],
  });
  return (rowCount ?? 0) > 0;
}

/** Is anything left to do in it, by whomever? */
export async function hasWaiting(db: Client, batchId: string): Promise<boolean> {
  const { rows } = await db.query<{ waiting: boolean }>({
    name: 'batch-waiting',
    text: 'select exists (select from verification.chunks where batch_id = $1 and output is null) as waiting',
    values: [batchId],
  });
  return rows[0]?.waiting ?? false;
}

/** The answers from a chunk on, as far as they follow each other without a gap. */
export async function listAnswers(
  db: Client,
  batchId: string,
  from: number,
  most: number,
): Promise<{ readonly chunk: number; readonly output: string }[]> {
  const { rows } = await db.query<{ chunk: number; output: string }>({
    name: 'batch-answers',
    text: `select chunk, output from verification.chunks
            where batch_id = $1 and chunk >= $2 and chunk < $2 + $3::int
              and chunk < coalesce((select min(chunk) from verification.chunks
                                     where batch_id = $1 and chunk >= $2 and output is null), 2147483647)
            order by chunk`,
    values: [batchId, from, most],
  });
  return rows;
}

export async function cancelBatch(db: Client, batchId: string, now: Date): Promise<void> {
  await db.query({
    name: 'batch-cancel',
    text: 'update verification.batches set cancelled_at = $2 where batch_id = $1 and cancelled_at is null and ended_at is null',
    values: [batchId, now],
  });
  // What waits is not answered any more, so it is not kept: its rows stay counted as not done.
  await db.query({
    name: 'batch-cancel-chunks',
    text: 'delete from verification.chunks c using verification.batches b where b.batch_id = $1 and b.cancelled_at is not null and c.batch_id = b.batch_id and c.output is null',
    values: [batchId],
  });
}

export async function stopBatch(db: Client, batchId: string, reason: string): Promise<void> {
  await db.query({
    name: 'batch-stop',
    text: 'update verification.batches set stopped = $2 where batch_id = $1',
    values: [batchId, reason],
  });
}

export async function endBatch(
  db: Client,
  batchId: string,
  ended: { readonly at: Date; readonly receipt: string; readonly disclosure: string },
): Promise<void> {
  await db.query({
    name: 'batch-end',
    text: 'update verification.batches set ended_at = $2, receipt = $3, disclosure = $4 where batch_id = $1 and ended_at is null',
    values: [batchId, ended.at, ended.receipt, ended.disclosure],
  });
}

/** Batches whose every chunk is answered and that nobody ended: who answered the last one was killed. */
export async function listUnended(db: Client): Promise<string[]> {
  const { rows } = await db.query<{ batch_id: string }>({
    name: 'batch-unended',
    text: `select b.batch_id from verification.batches b where b.ended_at is null and b.cancelled_at is null and b.stopped is null
              and not exists (select from verification.chunks c where c.batch_id = b.batch_id and c.output is null)`,
  });
  return rows.map(({ batch_id }) => batch_id);
}

export async function dropExpired(db: Client, now: Date): Promise<void> {
  await db.query({
    name: 'batch-expire',
    text: 'delete from verification.batches where expires_at <= $1',
    values: [now],
  });
}

/** Takes away batches sent before, whatever their end (security.md, 36). @returns how many */
export async function dropSentBefore(db: Client, before: Date): Promise<number> {
  const { rowCount } = await db.query('delete from verification.batches where made_at < $1', [before]);
  return rowCount;
}
