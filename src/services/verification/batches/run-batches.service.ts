/**
 * Answers batches in the background, a chunk at a time. A chunk is claimed, answered, its leaf made durable, and only then kept: who is killed leaves a chunk
 * without an answer, which the next one takes. The rights of the owner are asked again before each.
 */
import { createHash } from 'node:crypto';
import type { Caller } from '../../../access/audit/leaf.ts';
import { type AuditContext, withAudit } from '../../../access/audit/with-audit.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { romeDay } from '../../../kernel/day.ts';
import type { SigningKeys } from '../../../platform/crypto/signing-keys.ts';
import type { Database } from '../../../platform/db/pool.ts';
import { directReads } from '../reads.ts';
import { signReceipt } from '../receipts/receipt.ts';
import { type Asking, verifyMany } from '../verify.service.ts';
import { CHUNK_ROWS } from './batches.service.ts';
import {
  answerChunk,
  type BatchRecord,
  type ChunkAnswer,
  type ClaimedChunk,
  claimChunk,
  dropExpired,
  endBatch,
  findBatch,
  hasWaiting,
  listAnswers,
  listUnended,
  type Progress,
  stopBatch,
} from './batches.sql.ts';
import { answeredLine, type BatchRow, headerLine, readRow, wrongLine } from './row.ts';

/** What the owner of a batch may see now. */
export type BatchRights = Omit<Asking, 'when' | 'policy'>;

export interface BatchContext extends AuditContext {
  readonly db: Database;
  readonly keys: SigningKeys;
  /** @throws AppError forbidden, where the owner may not any more */
  rightsOf(batch: BatchRecord): Promise<BatchRights>;
  /** The ISTAT code of a comune written by code or name. */
  comune(text: string): string | null;
}

/** A chunk takes a second at most; whoever holds one longer was killed. */
export const LEASE = 20_000;
/** Kills are survived; what fails each time is a defect, and must not be tried for ever. */
const MOST_ATTEMPTS = 5;
const OPERATION = 'verifyBatch';
const FIELDS = ['esito', 'elementi'] as const;

const callerOf = (batch: BatchRecord): Caller => ({
  user: batch.user_id,
  client: null,
  body: batch.body_id,
  from: batch.address,
});

/**
 * Answers one chunk, of the given batch or of any.
 * @returns false where nothing waits
 */
export async function runOneChunk(context: BatchContext, batchId: string | null = null): Promise<boolean> {
  const { db } = context;
  const now = context.now();
  const claimed = await claimChunk(db, batchId, now, new Date(now.getTime() + LEASE));
  if (claimed === null) return false;
  const batch = await findBatch(db, claimed.batch_id, null);
  if (batch === null) return true;
  if (claimed.attempts > MOST_ATTEMPTS) {
    await stopBatch(db, batch.batch_id, 'unexpected');
    return true;
  }
  try {
    const answer = await answerOf(context, batch, claimed);
    await answerChunk(db, claimed, answer);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'forbidden') throw error;
    await stopBatch(db, batch.batch_id, error.code);
    return true;
  }
  if (!(await hasWaiting(db, batch.batch_id))) await endOne(context, batch.batch_id);
  return true;
}

async function answerOf(
  context: BatchContext,
  batch: BatchRecord,
  claimed: ClaimedChunk,
): Promise<ChunkAnswer> {
  const rows = (JSON.parse(claimed.input) as [number, string[] | null][]).map(
    ([line, cells]): BatchRow => ({ line, cells }),
  );
  const act = {
    caller: callerOf(batch),
    operation: OPERATION,
    kind: 'verified' as const,
    purpose: batch.purpose,
    file: batch.file,
    sought: [],
  };
  const released = await withAudit(context, act, async () => {
    const rights = await context.rightsOf(batch);
    const asking = { ...rights, when: { al: batch.al, notoAl: batch.known_at } };
    const { answer, subjects } = await judged(context, batch, rows, asking);
    return { answer, subjects, fields: FIELDS, count: rows.length };
  });
  return released.answer;
}

/** The lines of a chunk, in the order of its rows, and whom they are about. */
async function judged(
  { db, now, comune }: BatchContext,
  { columns }: BatchRecord,
  rows: readonly BatchRow[],
  asking: Asking,
): Promise<{ readonly answer: ChunkAnswer; readonly subjects: readonly string[] }> {
  const read = rows.map((row) => readRow(columns, row, comune));
  const questions = read.flatMap((one) => (one.kind === 'question' ? [one.question] : []));
  const answers = (await verifyMany(directReads(db), questions, asking, romeDay(now()))).values();
  const counts = { S: 0, N: 0, A: 0, errori: 0 };
  const subjects = new Set<string>();
  const lines = rows.map((row, i) => {
    const one = read[i]!;
    if (one.kind === 'wrong') {
      counts.errori++;
      return wrongLine(columns, row, one.text);
    }
    const answered = answers.next().value!;
    const [verdict] = answered.esiti;
    counts[verdict!.esito]++;
    if (answered.soggetto !== null) subjects.add(answered.soggetto);
    return answeredLine(columns, row, verdict!);
  });
  return { answer: { output: lines.join(''), ...counts }, subjects: [...subjects] };
}

/** Signs the receipt of a batch that is done: once, whoever comes to it. */
async function endOne(context: BatchContext, batchId: string): Promise<void> {
  const batch = await findBatch(context.db, batchId, null);
  if (batch === null || batch.ended_at !== null || batch.cancelled_at !== null) return;
  const now = context.now();
  const declared = {
    lotto: batchId,
    inviato_sha256: batch.input_digest,
    esiti_sha256: await digestOf(context, batch),
  };
  const { S, N, A, errori } = batch;
  const { ricevuta, dichiarato } = signReceipt(
    context.keys,
    {
      tipo: 'lotto',
      ente: batch.body_id === null ? batch.body_name : `${batch.body_name} (${batch.body_id})`,
      operatore: batch.user_id,
      scopo: batch.purpose,
      pratica: batch.file,
      al: batch.al,
      noto_al: batch.known_at,
      esiti: { S, N, A, errori },
    },
    declared,
    now,
  );
  await endBatch(context.db, batchId, { at: now, receipt: ricevuta, disclosure: dichiarato });
}

/** SHA-256 of the file of outcomes as it is handed out. */
async function digestOf({ db }: BatchContext, batch: BatchRecord & Progress): Promise<string> {
  const hash = createHash('sha256').update(headerLine(batch.columns));
  const chunks = Math.ceil(batch.rows / CHUNK_ROWS);
  for (let chunk = 0; chunk < chunks; chunk += 20)
    for (const { output } of await listAnswers(db, batch.batch_id, chunk, 20)) hash.update(output);
  return hash.digest('hex');
}

/** Answers everything that waits, of one batch or of all. @param signal stops it after the chunk at hand */
export async function runBatches(
  context: BatchContext,
  signal: AbortSignal,
  batchId: string | null = null,
  told: () => Promise<void> | void = () => {},
): Promise<void> {
  while (!signal.aborted && (await runOneChunk(context, batchId))) await told();
}

/** What a killed process left undone, and what is past its days. */
export async function tidyBatches(context: BatchContext): Promise<void> {
  await dropExpired(context.db, context.now());
  for (const batchId of await listUnended(context.db)) await endOne(context, batchId);
}
