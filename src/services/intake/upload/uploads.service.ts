/**
 * Supplies that come over HTTP, piece by piece (security.md, "Input"): announced with their size, received at offsets that are told again to
 * who lost the thread, complete when all is there; then they wait for the loader (run-queue.service.ts). A kill loses nothing that was answered:
 * a piece is on the disk before its length is in the database, and in the database before it is answered.
 */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AppError } from '../../../kernel/app-error.ts';
import type { Client, Database } from '../../../platform/db/pool.ts';
import type { Door } from '../../../registry/supplies/supply-record.ts';
import { type Declared, supplyNamed } from '../delivery.ts';
import { findPackage, listPackages } from '../mapped/packages.ts';
import {
  removeUpload,
  sha256Of,
  type UploadPlace,
  uploadPlace,
  uploadsIn,
  writePiece,
} from './upload-files.ts';
import {
  abandonUntouched,
  abandonUpload,
  countOpen,
  findUpload,
  insertUpload,
  listOver,
  lockBody,
  lockUpload,
  markReceived,
  queueUpload,
  type UploadRow,
  type UploadState,
} from './uploads.sql.ts';

/** Largest supply, in bytes: capped before anything of it is opened. */
export const MOST_BYTES = 4 * 1024 ** 3;
/** Largest piece: what one request sends within its time. */
export const MOST_PIECE = 8 * 1024 ** 2;
/** Uploads that a body may have under way, and their bytes. */
const MOST_OPEN = 20;
const MOST_OPEN_BYTES = 2 * MOST_BYTES;

export interface UploadContext {
  readonly db: Database;
  now(): Date;
  /** Where uploads lie, on the disk of the data folder. */
  readonly uploads: string;
}

/** Whose uploads: nobody's of another body are found, whatever number is given. */
export interface Sender {
  readonly body: string;
  readonly holder: string;
}

export interface Announced {
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string | null;
  readonly door: Door;
  readonly declared: Declared | null;
  readonly mapping: string | null;
}

const placeOf = (context: UploadContext, row: Pick<UploadRow, 'upload_id' | 'file_name'>): UploadPlace =>
  uploadPlace(context.uploads, row.upload_id, row.file_name);

const conflict = (italian: string, english: string): AppError => new AppError('conflict', italian, english);
const wrong = (italian: string, english: string): AppError =>
  new AppError('invalid-request', italian, english);

/** Why an upload in this state is not gone on with or given up, and what to do instead. */
const STANDS: Readonly<Record<Exclude<UploadState, 'receiving'>, readonly [string, string]>> = {
  queued: [
    'l’invio è completo e in coda: attendere che sia caricato, o abbandonarlo',
    'the upload is complete and waits: wait until it is loaded, or abandon it',
  ],
  loading: [
    'l’invio è in caricamento: attendere l’esito',
    'the upload is being loaded: wait for its outcome',
  ],
  done: [
    'l’invio è già registrato: leggerne la ricevuta; per correggerlo inviare un’altra fornitura',
    'the upload is recorded already: read its receipt; to correct it send another supply',
  ],
  failed: [
    'l’invio è completo, e il caricamento non è riuscito: chiedere di nuovo il caricamento, o abbandonarlo',
    'the upload is complete, and could not be loaded: complete it again to have it tried again, or abandon it',
  ],
  abandoned: ['l’invio è stato abbandonato: cominciarne un altro', 'the upload was abandoned: begin another'],
};

const notNow = (state: Exclude<UploadState, 'receiving'>): AppError => conflict(...STANDS[state]);

/** The comune that a supply says it is of, before it is opened. @throws AppError invalid-request where neither name nor words say it */
export function comuneAnnounced({ fileName, door, declared, mapping }: Announced): string {
  if (door !== 'SIPOP' && declared === null)
    throw wrong(
      'a questa porta servono comune, progressivo e situazione_al',
      'this door wants comune, progressivo and situazione_al',
    );
  if (mapping !== null && findPackage(mapping) === null)
    throw wrong(
      `nessuna mappatura «${mapping}»: ci sono ${listPackages().join(', ')}`,
      `no mapping "${mapping}": there are ${listPackages().join(', ')}`,
    );
  const { comune } = supplyNamed(fileName, declared);
  if (comune !== '') return comune;
  throw wrong(
    'il nome del file non è SIPOP_CCCCCC_NNNNNN_COMPLETA.zip o …_VARIAZIONI.zip',
    'the name of the file is not SIPOP_CCCCCC_NNNNNN_COMPLETA.zip or …_VARIAZIONI.zip',
  );
}

/** @throws AppError conflict where the body has too much under way */
export async function announceUpload(
  context: UploadContext,
  sender: Sender,
  announced: Announced,
): Promise<UploadRow> {
  const comune = comuneAnnounced(announced);
  const uploadId = randomUUID();
  return context.db.transaction(async (db) => {
    await lockBody(db, sender.body);
    const open = await countOpen(db, sender.body);
    if (open.n >= MOST_OPEN || open.bytes + announced.size > MOST_OPEN_BYTES)
      throw conflict(
        `l’ente ha già ${open.n} invii in corso o non riusciti: completarli o abbandonarli prima di cominciarne altri`,
        `the body has ${open.n} uploads under way or failed: complete or abandon them before beginning others`,
      );
    await insertUpload(
      db,
      {
        upload_id: uploadId,
        body_id: sender.body,
        holder_id: sender.holder,
        comune,
        file_name: announced.fileName,
        door: announced.door,
        declared: announced.declared,
        mapping: announced.mapping,
        size: announced.size,
        sha256: announced.sha256,
      },
      context.now(),
    );
    return getUpload({ ...context, db: context.db }, sender, uploadId, db);
  });
}

export async function getUpload(
  context: Pick<UploadContext, 'db'>,
  { body }: Sender,
  uploadId: string,
  db: Pick<Database, 'query'> = context.db,
): Promise<UploadRow> {
  const row = await findUpload(db, body, uploadId);
  if (row === null) throw noUpload();
  return row;
}

const noUpload = (): AppError =>
  new AppError('not-found', 'nessun invio con questo numero', 'no upload of this number');

export interface Piece {
  readonly from: number;
  /** The last byte, included. */
  readonly to: number;
  readonly size: number;
  /** Base64. */
  readonly sha256: string;
  readonly bytes: Readable;
}

/** Uploads that a request of this process is writing: a second one at the same time would write into the first. */
const writing = new Set<string>();

/**
 * Takes a piece: the next, or one that is there already, which is then only read.
 * @returns the upload, with what it has now
 * @throws AppError conflict for a piece that is not the next, invalid-request where its bytes are not those announced
 */
export async function takePiece(
  context: UploadContext,
  sender: Sender,
  uploadId: string,
  piece: Piece,
): Promise<UploadRow> {
  const row = await getUpload(context, sender, uploadId);
  const length = piece.to - piece.from + 1;
  if (row.state !== 'receiving') throw notNow(row.state);
  if (piece.size !== row.size || length < 1 || length > MOST_PIECE || piece.to >= row.size)
    throw wrong(
      `Content-Range non corrisponde all’invio: al più ${MOST_PIECE} byte, di ${row.size}`,
      `Content-Range does not fit the upload: at most ${MOST_PIECE} bytes, of ${row.size}`,
    );
  if (piece.from !== row.received)
    throw conflict(
      `il prossimo pezzo comincia dal byte ${row.received}`,
      `the next piece begins at byte ${row.received}`,
    );
  if (writing.has(uploadId))
    throw conflict(
      'un altro pezzo di questo invio sta arrivando',
      'another piece of this upload is coming in',
    );
  writing.add(uploadId);
  try {
    const written = await writePiece(placeOf(context, row), piece.from, piece.bytes, length);
    if (written.length !== length || written.sha256 !== piece.sha256)
      throw wrong(
        `il pezzo non è quello annunciato (Digest, Content-Range): rimandarlo dal byte ${row.received}`,
        `the piece is not the one announced (Digest, Content-Range): send it again from byte ${row.received}`,
      );
    await markReceived(context.db, uploadId, piece.from + length, context.now());
  } finally {
    writing.delete(uploadId);
  }
  return getUpload(context, sender, uploadId);
}

/**
 * Hands a whole supply to the loader; asked again, it says how it stands, and tries again one that the machine could not load.
 * @param confirmed an operator's word that much may be set aside (SIP-014)
 * @throws AppError conflict where bytes are missing, invalid-request where they are not those announced: then it begins anew
 */
export async function completeUpload(
  context: UploadContext,
  sender: Sender,
  uploadId: string,
  confirmed: boolean,
): Promise<UploadRow> {
  const row = await getUpload(context, sender, uploadId);
  if (row.state === 'abandoned') throw notNow(row.state);
  if (row.state !== 'receiving' && row.state !== 'failed') return row;
  if (row.received < row.size)
    throw conflict(
      `mancano i byte da ${row.received} a ${row.size - 1}`,
      `the bytes from ${row.received} to ${row.size - 1} are missing`,
    );
  if (row.sha256 !== null && (await sha256Of(placeOf(context, row).path)) !== row.sha256) {
    await markReceived(context.db, uploadId, 0, context.now());
    throw wrong(
      'l’impronta SHA-256 dell’intero non è quella annunciata: rimandarlo dal byte 0',
      'the SHA-256 of the whole is not the one announced: send it again from byte 0',
    );
  }
  return context.db.transaction(async (db) => {
    const held = await lockUpload(db, sender.body, uploadId);
    if (held?.state === row.state) await queueUpload(db, uploadId, confirmed, context.now());
    return getUpload(context, sender, uploadId, db);
  });
}

/** Gives an upload up, before it is loaded or where it could not be. @throws AppError conflict where the loader has it already */
export async function giveUp(context: UploadContext, sender: Sender, uploadId: string): Promise<UploadRow> {
  const row = await context.db.transaction(async (db) => {
    const held = await lockUpload(db, sender.body, uploadId);
    if (held === null) throw noUpload();
    if (held.state === 'abandoned') return held;
    if (held.state === 'loading' || held.state === 'done') throw notNow(held.state);
    await abandonUpload(db, uploadId, context.now());
    return getUpload(context, sender, uploadId, db);
  });
  await removeUpload(placeOf(context, row));
  return row;
}

/** Abandons uploads that nobody went on with since (security.md, 36); their files go with `sweepUploads`. @returns how many */
export async function abandonForgotten(db: Client, since: Date, now: Date): Promise<number> {
  return abandonUntouched(db, since, now);
}

/** Removes the files of uploads that are over, also those that a kill left. @param folder of all uploads */
export async function sweepUploads(db: Client, folder: string): Promise<void> {
  for (const row of await listOver(db, await uploadsIn(folder)))
    await removeUpload(uploadPlace(folder, row.upload_id, row.file_name));
}
