/** The key of a backup repository: 32 random bytes in a file, or made of a passphrase with scrypt (RFC 7914). */
import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { errorCode } from '../db/errors.ts';
import { backupError } from './vault.ts';

/** What the operator gives. */
export type BackupSecret =
  | { readonly kind: 'key'; readonly key: Buffer }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

/** How a repository's master key is found again, and how a wrong one is noticed at once. */
export interface KeyCheck {
  readonly kind: BackupSecret['kind'];
  /** scrypt's salt, hexadecimal; '' for a key file. */
  readonly salt: string;
  readonly check: string;
}

/** 128 MB and about a third of a second: OWASP's strongest setting for scrypt. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };
const KEY_LINE = /^[A-Za-z0-9_-]{43}$/;

function masterKey(secret: BackupSecret, salt: string): Buffer {
  if (secret.kind === 'key') return secret.key;
  return scryptSync(secret.passphrase.normalize('NFC'), Buffer.from(salt, 'hex'), 32, SCRYPT);
}

/** A code over a text that only the holder of the key can make. */
export function mac(master: Buffer, text: string): string {
  return createHmac('sha256', master).update(text).digest('hex');
}

const checkOf = (master: Buffer) => mac(master, 'sipop backup repository');

/** Chooses a salt, where one is needed, for a new repository. */
export function newKeyCheck(secret: BackupSecret): { readonly master: Buffer; readonly check: KeyCheck } {
  const salt = secret.kind === 'passphrase' ? randomBytes(32).toString('hex') : '';
  const master = masterKey(secret, salt);
  return { master, check: { kind: secret.kind, salt, check: checkOf(master) } };
}

/** The master key of an existing repository. @throws AppError backup, for the wrong key or passphrase */
export function openKey(secret: BackupSecret, check: KeyCheck): Buffer {
  const refuse = (italian: string, english: string) => backupError(italian, english);
  if (secret.kind !== check.kind)
    throw check.kind === 'key'
      ? refuse(
          'questa copia vuole un file di chiave (--key FILE)',
          'this backup wants a key file (--key FILE)',
        )
      : refuse(
          'questa copia vuole una frase segreta (SIPOP_BACKUP_PASSPHRASE)',
          'this backup wants a passphrase (SIPOP_BACKUP_PASSPHRASE)',
        );
  const master = masterKey(secret, check.salt);
  if (!timingSafeEqual(Buffer.from(checkOf(master)), Buffer.from(check.check.padEnd(64).slice(0, 64))))
    throw refuse(
      'la chiave o la frase segreta non è quella di questa copia',
      'the key or passphrase is not that of this backup',
    );
  return master;
}

/** Reads a key file. @throws AppError backup, where it is absent or holds no key */
export function readKeyFile(path: string): BackupSecret {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw backupError(
      `il file della chiave ${path} non si legge (${errorCode(error)})`,
      `the key file ${path} cannot be read (${errorCode(error)})`,
      error,
    );
  }
  if (!KEY_LINE.test(text))
    throw backupError(`${path} non contiene una chiave di SIPOP`, `${path} holds no SIPOP key`);
  return { kind: 'key', key: Buffer.from(text, 'base64url') };
}

/** Writes a new random key, readable by the owner alone; never over an existing file. */
export function makeKeyFile(path: string): BackupSecret {
  const key = randomBytes(32);
  writeFileSync(path, `${key.toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  return { kind: 'key', key };
}
