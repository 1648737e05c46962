/**
 * A box that only this installation opens: AES-256-GCM under a key kept in a file outside the database, so that who has the tables has not what is in
 * them. What a box is for is bound to it: one made for another use, or another owner, does not open.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { errorCode } from '../db/errors.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface SecretBox {
  /** @param owner whose it is; it opens for the same owner alone */
  seal(owner: string, secret: Uint8Array): Buffer;
  /** @returns null where it does not open */
  open(owner: string, box: Uint8Array): Buffer | null;
}

/** @param use what the boxes are for; each use has a key of its own */
export function secretBox(master: Uint8Array, use: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `sipop ${use}`, KEY_BYTES));
  return {
    seal(owner, secret) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
      return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
    },
    open(owner, box) {
      if (box.length < NONCE_BYTES + TAG_BYTES) return null;
      const bytes = Buffer.from(box);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}

/** The master key of a file, for its owner alone; made the first time, where another process was faster its one. */
export function masterKey(path: string): Buffer {
  const held = readKey(path);
  if (held !== null) return held;
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, {
    mode: 0o600,
    flush: true,
  });
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
  const made = readKey(path);
  if (made === null) throw new Error(`no key in ${path}`);
  return made;
}

function readKey(path: string): Buffer | null {
  try {
    const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url');
    if (key.length !== KEY_BYTES) throw new Error(`${path} holds no key of ${KEY_BYTES} bytes`);
    return key;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
