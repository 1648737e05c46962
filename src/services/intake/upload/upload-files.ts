/** The bytes of uploads on the disk: a folder each, under a number that we gave; the file keeps its own name, which is held to be harmless. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../kernel/app-error.ts';
import { isDiskFull } from '../worker-failure.ts';

/** No path, no hidden file, nothing that a shell or a spreadsheet would read otherwise. */
export const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/;

const UPLOAD_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface UploadPlace {
  /** The folder of one upload: a number of ours. */
  readonly folder: string;
  readonly path: string;
}

/** @param root the folder of all uploads @param uploadId a UUID that we gave */
export function uploadPlace(root: string, uploadId: string, fileName: string): UploadPlace {
  if (!UPLOAD_ID.test(uploadId) || !FILE_NAME.test(fileName)) throw new Error('not a place of an upload');
  const folder = join(root, uploadId);
  return { folder, path: join(folder, fileName) };
}

const noRoom = (cause: unknown): AppError =>
  new AppError(
    'disk-full',
    'non c’è spazio per ricevere la fornitura',
    'there is no room to receive the supply',
    cause,
  );

/**
 * Writes a piece at its place and waits until it is on the disk. What a piece that broke off wrote is written over by the next.
 * @returns its length and SHA-256 in base64
 * @throws AppError too-large beyond `most` bytes, disk-full
 */
export async function writePiece(
  place: UploadPlace,
  offset: number,
  bytes: Readable,
  most: number,
): Promise<{ readonly length: number; readonly sha256: string }> {
  const digest = createHash('sha256');
  let length = 0;
  try {
    await mkdir(place.folder, { recursive: true, mode: 0o700 });
    const file = await open(place.path, offset === 0 ? 'w' : 'r+', 0o600);
    try {
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        if (length + chunk.length > most) throw tooLong();
        for (let at = 0; at < chunk.length; )
          at += (await file.write(chunk, at, chunk.length - at, offset + length + at)).bytesWritten;
        digest.update(chunk);
        length += chunk.length;
      }
      await file.truncate(offset + length);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw isDiskFull(error) ? noRoom(error) : error;
  }
  return { length, sha256: digest.digest('base64') };
}

const tooLong = (): AppError =>
  new AppError(
    'too-large',
    'il pezzo è più lungo di quanto annunciato',
    'the piece is longer than was announced',
  );

/** SHA-256 of the whole, in hexadecimal, by the block. */
export async function sha256Of(path: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), digest);
  return digest.digest('hex');
}

export const removeUpload = ({ folder }: UploadPlace): Promise<void> =>
  rm(folder, { recursive: true, force: true });

/** The uploads that have a folder. @param root of all uploads, which may not be there yet */
export async function uploadsIn(root: string): Promise<string[]> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  return (await readdir(root)).filter((name) => UPLOAD_ID.test(name));
}
