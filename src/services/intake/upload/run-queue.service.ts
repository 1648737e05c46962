/**
 * Loads what waits: one process at a time, in the order in which supplies were complete. It works away from whoever answers requests, and keeps
 * how far it is in the database. Killed at any moment it begins the same supply again; one that was recorded meanwhile is told by its bytes.
 */
import { AppError, type AppErrorCode } from '../../../kernel/app-error.ts';
import type { Client, Database } from '../../../platform/db/pool.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type { Delivery } from '../delivery.ts';
import { type IntakeEvent, type IntakeResult, loadSupplies } from '../intake.service.ts';
import { findPackage } from '../mapped/packages.ts';
import { leaveQueue, takeQueue } from './queue-lock.sql.ts';
import { removeUpload, sha256Of, uploadPlace } from './upload-files.ts';
import type { UploadContext } from './uploads.service.ts';
import {
  findReceiptSince,
  listWaiting,
  markDone,
  markFailed,
  markLoading,
  markProgress,
  type UploadFault,
  type UploadProgress,
  type UploadRow,
} from './uploads.sql.ts';

export interface QueueContext extends UploadContext {
  /** Where private working folders are made. */
  readonly workFolder: string;
  readonly reference: Reference;
  /** Threads that check; 1 where absent: requests must be answered beside. */
  readonly threads?: number;
  /** Told what stopped a load, for the log. */
  readonly onFault?: (uploadId: string, error: AppError) => void;
}

/** How often progress is written down, in milliseconds. */
const PROGRESS_EVERY = 500;

/** How often the loader begins with one supply: one that ends its process each time keeps the others waiting no longer. */
export const MOST_ATTEMPTS = 3;

const ENDED_LOADER: UploadFault = {
  code: 'check-died',
  it: `il caricamento si è interrotto ${MOST_ATTEMPTS} volte senza arrivare in fondo: chiederlo di nuovo, e se non riesce comunicare il numero dell’invio a chi gestisce il servizio`,
  en: `the load broke off ${MOST_ATTEMPTS} times without coming to its end: complete it again, and if it fails give the number of the upload to who runs the service`,
};

/** Loads all that waits now. @returns how many; null where another process is at it */
export async function runQueue(
  context: QueueContext,
  stop: AbortSignal | null = null,
): Promise<number | null> {
  return context.db.withClient(async (session) => {
    if (!(await takeQueue(session))) return null;
    try {
      let loaded = 0;
      for (;;) {
        const [next] = await listWaiting(context.db);
        if (next === undefined || stop?.aborted === true) return loaded;
        await loadOne(context, next);
        loaded++;
      }
    } finally {
      await leaveQueue(session);
    }
  });
}

async function loadOne(context: QueueContext, row: UploadRow): Promise<void> {
  const { db } = context;
  const place = uploadPlace(context.uploads, row.upload_id, row.file_name);
  const found = row.state === 'loading' ? await receiptBefore(db, row, place.path) : null;
  if (found === null) {
    if (row.attempts >= MOST_ATTEMPTS) {
      const { it, en } = ENDED_LOADER;
      context.onFault?.(row.upload_id, new AppError('check-died', it, en));
      await markFailed(db, row.upload_id, ENDED_LOADER, context.now());
      return;
    }
    await markLoading(db, row.upload_id, context.now());
    const progress = new Progress(db, row.upload_id, context.now);
    const result = await load(context, row, place.path, progress.take);
    await progress.end();
    if ('error' in result) {
      // Its bytes stay: who sent them may have it tried again.
      context.onFault?.(row.upload_id, result.error);
      await markFailed(db, row.upload_id, faultOf(result.error), context.now());
      return;
    }
    await markDone(db, row.upload_id, result.receipt.ricevuta, context.now());
  } else await markDone(db, row.upload_id, found, context.now());
  await removeUpload(place);
}

/** What was recorded of it before a kill: since it was complete its bytes came once. */
async function receiptBefore(db: Client, row: UploadRow, path: string): Promise<string | null> {
  const { comune, queued_at } = row;
  if (queued_at === null) return null;
  const sha256 = await sha256Of(path).catch(() => null);
  return sha256 === null ? null : findReceiptSince(db, { comune, sha256, since: queued_at });
}

async function load(
  context: QueueContext,
  row: UploadRow,
  path: string,
  onEvent: (event: IntakeEvent) => void,
): Promise<IntakeResult> {
  const mapping = row.mapping === null ? null : findPackage(row.mapping);
  const delivery: Delivery = {
    paths: mapping === null ? [path] : [mapping, path],
    door: row.door,
    declared: row.declared,
  };
  try {
    const [result] = await loadSupplies(context.db, [delivery], {
      workFolder: context.workFolder,
      reference: context.reference,
      threads: context.threads ?? 1,
      now: context.now,
      // The comune was held to the sender's rights when it was announced: the manifest may name no other.
      allowedComuni: [row.comune],
      confirmed: new Set(row.confirmed ? [row.file_name] : []),
      onEvent,
    });
    if (result === undefined) throw new Error('a supply without its result');
    return result;
  } catch (error) {
    // A defect is of this supply alone: the others are not kept waiting by it.
    return { file: row.file_name, error: broken(error) };
  }
}

const broken = (cause: unknown): AppError =>
  new AppError(
    'check-died',
    'il caricamento si è interrotto per un errore inatteso: comunicare il numero dell’invio a chi gestisce il servizio',
    'the load broke off by an unexpected error: give the number of the upload to who runs the service',
    cause,
  );

/** Refusals of what was sent; others speak of the machine, to who runs it. */
const OUTWARD: ReadonlySet<AppErrorCode> = new Set(['usage', 'not-found', 'conflict', 'invalid-request']);

const faultOf = (error: AppError): UploadFault => {
  const { code, italian, english } = OUTWARD.has(error.code) ? error : broken(error);
  return { code, it: italian, en: english };
};

/** Writes progress down now and then; what fails of it is no reason to stop a load. */
class Progress {
  readonly #db: Database;
  readonly #uploadId: string;
  readonly #now: () => Date;
  #last = 0;
  #state: UploadProgress = { done: 0, total: 0, writing: false };
  #writing: Promise<void> = Promise.resolve();

  constructor(db: Database, uploadId: string, now: () => Date) {
    this.#db = db;
    this.#uploadId = uploadId;
    this.#now = now;
  }

  readonly take = (event: IntakeEvent): void => {
    if (event.kind === 'done') return;
    const writing = event.kind === 'writing';
    this.#state = writing
      ? { ...this.#state, writing }
      : { done: event.done, total: event.total, writing: false };
    const now = performance.now();
    if (!writing && now - this.#last < PROGRESS_EVERY) return;
    this.#last = now;
    const state = this.#state;
    this.#writing = this.#writing
      .then(() => markProgress(this.#db, this.#uploadId, state, this.#now()))
      .catch(() => undefined);
  };

  end(): Promise<void> {
    return this.#writing;
  }
}
