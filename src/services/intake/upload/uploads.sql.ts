/** Statements about supplies that come over HTTP: announced, received, waiting, loading, done (migrations/0026_uploads.sql). */
import type { Client } from '../../../platform/db/pool.ts';
import type { Door } from '../../../registry/supplies/supply-record.ts';
import type { Declared } from '../delivery.ts';

export type UploadState = 'receiving' | 'queued' | 'loading' | 'done' | 'failed' | 'abandoned';

/** Why a supply could not be loaded at all: a refusal, in both languages. */
export interface UploadFault {
  readonly code: string;
  readonly it: string;
  readonly en: string;
}

export interface UploadRow {
  readonly upload_id: string;
  readonly body_id: string;
  readonly holder_id: string;
  readonly comune: string;
  readonly file_name: string;
  readonly door: Door;
  readonly declared: Declared | null;
  readonly mapping: string | null;
  readonly size: number;
  readonly sha256: string | null;
  readonly received: number;
  readonly confirmed: boolean;
  readonly state: UploadState;
  readonly done_rows: number;
  readonly total_rows: number;
  readonly writing: boolean;
  /** How often the loader began with it since it was complete. */
  readonly attempts: number;
  readonly ricevuta: string | null;
  readonly error: UploadFault | null;
  readonly created_at: string;
  readonly queued_at: string | null;
  readonly changed_at: string;
}

const COLUMNS = `upload_id, body_id, holder_id, comune, file_name, door, declared, mapping, size, sha256, received, confirmed, state,
  done_rows, total_rows, writing, attempts, ricevuta, error, created_at, queued_at, changed_at`;

export type NewUpload = Pick<
  UploadRow,
  | 'upload_id'
  | 'body_id'
  | 'holder_id'
  | 'comune'
  | 'file_name'
  | 'door'
  | 'declared'
  | 'mapping'
  | 'size'
  | 'sha256'
>;

export async function insertUpload(db: Client, u: NewUpload, at: Date): Promise<void> {
  await db.query(
    `insert into intake.uploads (upload_id, body_id, holder_id, comune, file_name, door, declared, mapping, size, sha256, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
    [
      ...[u.upload_id, u.body_id, u.holder_id, u.comune, u.file_name, u.door],
      ...[u.declared === null ? null : JSON.stringify(u.declared), u.mapping, u.size, u.sha256, at],
    ],
  );
}

/** An upload of a body; null where it has none of that number, whoever else may. */
export async function findUpload(db: Client, bodyId: string, uploadId: string): Promise<UploadRow | null> {
  const { rows } = await db.query<UploadRow>({
    name: 'upload',
    text: `select ${COLUMNS} from intake.uploads where upload_id = $1 and body_id = $2`,
    values: [uploadId, bodyId],
  });
  return rows[0] ?? null;
}

/** The same, locked until the end of the transaction: two pieces of one upload come one after the other. */
export async function lockUpload(db: Client, bodyId: string, uploadId: string): Promise<UploadRow | null> {
  const { rows } = await db.query<UploadRow>(
    `select ${COLUMNS} from intake.uploads where upload_id = $1 and body_id = $2 for update`,
    [uploadId, bodyId],
  );
  return rows[0] ?? null;
}

/** The newest first. @param before an instant of creation: those older */
export async function listUploads(
  db: Client,
  bodyId: string,
  before: string | null,
  limit: number,
): Promise<UploadRow[]> {
  const { rows } = await db.query<UploadRow>(
    `select ${COLUMNS} from intake.uploads
      where body_id = $1 and ($2::timestamptz is null or created_at < $2)
      order by created_at desc limit $3`,
    [bodyId, before, limit],
  );
  return rows;
}

/** Until the end of the transaction: of one body one upload at a time is announced, so that two together do not pass what it may hold. */
export async function lockBody(db: Client, bodyId: string): Promise<void> {
  await db.query(
    `select from access.bodies where body_id = $1 and recorded_to = 'infinity' for no key update`,
    [bodyId],
  );
}

/** Uploads whose bytes are on the disk or may come, those that failed too: what a body may hold of it is bounded. */
export async function countOpen(
  db: Client,
  bodyId: string,
): Promise<{ readonly n: number; readonly bytes: number }> {
  const { rows } = await db.query<{ n: number; bytes: number }>(
    `select count(*) as n, coalesce(sum(size), 0)::bigint as bytes from intake.uploads
      where body_id = $1 and state in ('receiving', 'queued', 'loading', 'failed')`,
    [bodyId],
  );
  return rows[0]!;
}

/** So many bytes are durable now. */
export async function markReceived(db: Client, uploadId: string, received: number, at: Date): Promise<void> {
  await db.query('update intake.uploads set received = $2, changed_at = $3 where upload_id = $1', [
    uploadId,
    received,
    at,
  ]);
}

export async function queueUpload(db: Client, uploadId: string, confirmed: boolean, at: Date): Promise<void> {
  await db.query(
    `update intake.uploads set state = 'queued', attempts = 0, confirmed = $2, error = null, queued_at = $3, changed_at = $3 where upload_id = $1`,
    [uploadId, confirmed, at],
  );
}

export async function abandonUpload(db: Client, uploadId: string, at: Date): Promise<void> {
  await db.query(
    `update intake.uploads set state = 'abandoned', error = null, changed_at = $2 where upload_id = $1`,
    [uploadId, at],
  );
}

/** Those to load, in the order in which they were complete; what a killed process was loading comes first. */
export async function listWaiting(db: Client): Promise<UploadRow[]> {
  const { rows } = await db.query<UploadRow>(
    `select ${COLUMNS} from intake.uploads where state in ('queued', 'loading') order by queued_at, upload_id`,
  );
  return rows;
}

export async function markLoading(db: Client, uploadId: string, at: Date): Promise<void> {
  await db.query(
    `update intake.uploads set state = 'loading', attempts = attempts + 1, done_rows = 0, total_rows = 0, writing = false, changed_at = $2 where upload_id = $1`,
    [uploadId, at],
  );
}

export interface UploadProgress {
  readonly done: number;
  readonly total: number;
  readonly writing: boolean;
}

export async function markProgress(
  db: Client,
  uploadId: string,
  { done, total, writing }: UploadProgress,
  at: Date,
): Promise<void> {
  await db.query(
    `update intake.uploads set done_rows = $2, total_rows = $3, writing = $4, changed_at = $5
      where upload_id = $1 and state = 'loading'`,
    [uploadId, done, total, writing, at],
  );
}

export async function markDone(db: Client, uploadId: string, ricevuta: string, at: Date): Promise<void> {
  await db.query(
    `update intake.uploads set state = 'done', ricevuta = $2, writing = false, changed_at = $3 where upload_id = $1`,
    [uploadId, ricevuta, at],
  );
}

export async function markFailed(db: Client, uploadId: string, error: UploadFault, at: Date): Promise<void> {
  await db.query(
    `update intake.uploads set state = 'failed', error = $2, writing = false, changed_at = $3 where upload_id = $1`,
    [uploadId, JSON.stringify(error), at],
  );
}

/** Abandons those that nobody went on with since; one that is complete meanwhile is left alone. @returns how many */
export async function abandonUntouched(db: Client, since: Date, at: Date): Promise<number> {
  const { rows } = await db.query(
    `update intake.uploads set state = 'abandoned', error = null, changed_at = $2
      where state in ('receiving', 'failed') and changed_at < $1 returning upload_id`,
    [since, at],
  );
  return rows.length;
}

/** Of the uploads given, those whose bytes nobody needs any more. */
export async function listOver(
  db: Client,
  uploadIds: readonly string[],
): Promise<Pick<UploadRow, 'upload_id' | 'file_name'>[]> {
  const { rows } = await db.query<Pick<UploadRow, 'upload_id' | 'file_name'>>(
    `select upload_id, file_name from intake.uploads where upload_id = any($1::uuid[]) and state in ('done', 'abandoned')`,
    [uploadIds],
  );
  return rows;
}

/** The receipt that the very bytes of an upload were given since an instant, where a kill came between it and the upload's end. */
export async function findReceiptSince(
  db: Client,
  given: { readonly comune: string; readonly sha256: string; readonly since: string },
): Promise<string | null> {
  const { rows } = await db.query<{ ricevuta: string }>(
    `select ricevuta from supplies where comune = $1 and sha256 = $2 and received_at >= $3::timestamptz
      order by received_at desc limit 1`,
    [given.comune, given.sha256, given.since],
  );
  return rows[0]?.ricevuta ?? null;
}
