/**
 * The form of a backup's files: AES-256-GCM in chunks, each authenticated, so that a file is written and read as a
 * stream and a byte changed, moved, added or cut off anywhere is noticed at the chunk where it happened.
 *
 *   "SIPOPBK1" · salt (32 bytes) · chunks of 1 MiB of text, encrypted, with their 16-byte tags; the last may be shorter
 *
 * The key of a file is HKDF-SHA256(master key, salt); the nonce of a chunk is its number and whether it is the last
 * (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption", 2015). The name of the
 * file is authenticated with every chunk, so that one file cannot stand for another.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { AppError } from '../../kernel/app-error.ts';

const MAGIC = Buffer.from('SIPOPBK1');
const SALT_BYTES = 32;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const CHUNK_BYTES = 2 ** 20;
const TAG_BYTES = 16;

export function backupError(italian: string, english: string, cause?: unknown): AppError {
  return new AppError('backup', italian, english, cause);
}

const damaged = (name: string) =>
  backupError(
    `la copia è danneggiata o alterata (${name}): usarne un'altra`,
    `the backup is damaged or was altered (${name}): use another`,
  );

function fileKey(master: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', master, salt, 'sipop backup file', 32));
}

function nonce(chunk: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(BigInt(chunk), 3);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

/** Gathers what comes in into pieces of `size` bytes; what is left at the end is the last piece, perhaps empty. */
class Pieces {
  readonly #size: number;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** Takes bytes and gives the pieces known not to be the last. */
  add(bytes: Buffer): Buffer[] {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    if (this.#length <= this.#size) return [];
    const all = Buffer.concat(this.#parts, this.#length);
    const pieces: Buffer[] = [];
    let at = 0;
    for (; all.length - at > this.#size; at += this.#size) pieces.push(all.subarray(at, at + this.#size));
    this.#parts = [all.subarray(at)];
    this.#length = all.length - at;
    return pieces;
  }

  rest(): Buffer {
    return Buffer.concat(this.#parts, this.#length);
  }
}

/** Encrypts what is written to it. @param name authenticated with the content, not stored */
export function sealing(master: Buffer, name: string): Transform {
  const salt = randomBytes(SALT_BYTES);
  const key = fileKey(master, salt);
  const header = Buffer.concat([MAGIC, salt, Buffer.from(name)]);
  const pieces = new Pieces(CHUNK_BYTES);
  let chunk = 0;
  const seal = (text: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(chunk++, last));
    cipher.setAAD(header);
    return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  };
  let started = false;
  function start(this: Transform): void {
    if (!started) this.push(Buffer.concat([MAGIC, salt]));
    started = true;
  }
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      start.call(this);
      for (const piece of pieces.add(bytes)) this.push(seal(piece, false));
      done();
    },
    flush(done) {
      start.call(this);
      this.push(seal(pieces.rest(), true));
      done();
    },
  });
}

/** Decrypts what is written to it. Fails with an AppError `backup` at the first chunk that is not as it was written. */
export function opening(master: Buffer, name: string): Transform {
  const pieces = new Pieces(CHUNK_BYTES + TAG_BYTES);
  let header = Buffer.alloc(0);
  let key: Buffer | null = null;
  let chunk = 0;
  const open = (sealed: Buffer, last: boolean) => {
    if (key === null || sealed.length < TAG_BYTES) throw damaged(name);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(chunk++, last));
    decipher.setAAD(Buffer.concat([header, Buffer.from(name)]));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
    } catch {
      throw damaged(name);
    }
  };
  /** Completes the header; what follows it. */
  const afterHeader = (bytes: Buffer): Buffer => {
    if (key !== null) return bytes;
    header = Buffer.concat([header, bytes]);
    if (header.length < HEADER_BYTES) return Buffer.alloc(0);
    const rest = header.subarray(HEADER_BYTES);
    header = header.subarray(0, HEADER_BYTES);
    if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(name);
    key = fileKey(master, header.subarray(MAGIC.length));
    return rest;
  };
  const attempt = (done: TransformCallback, work: () => void) => {
    try {
      work();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    done();
  };
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      attempt(done, () => {
        for (const piece of pieces.add(afterHeader(bytes))) this.push(open(piece, false));
      });
    },
    flush(done) {
      attempt(done, () => this.push(open(pieces.rest(), true)));
    },
  });
}
