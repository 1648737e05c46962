/**
 * The secrets of the audit, in a file outside the database: who has the one cannot make what is sealed and signed with the other.
 * They are only ever added to: what was sealed and signed with an older one stays checkable.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { hmacSha256 } from '../../platform/crypto/hmac.ts';
import { errorCode } from '../../platform/db/errors.ts';
import { type Signer, signerOf, type Verifier } from './checkpoint.ts';
import { type Sealer, sealerOf } from './seal.ts';

const SECRET_BYTES = 32;

const KeyFile = z.strictObject({
  /** The name of this log in its checkpoints. */
  origin: z.string().regex(/^[^\s+]{1,100}$/),
  /** The newest last. */
  secrets: z.array(z.base64url()).min(1),
  signing: z.array(z.base64()).min(1),
});
type KeyFile = z.infer<typeof KeyFile>;

export interface AuditKeys {
  readonly origin: string;
  /** The newest first. */
  readonly sealers: readonly Sealer[];
  /** For commitments of subjects, the newest first. */
  readonly subjectSecrets: readonly Uint8Array[];
  readonly signer: Signer;
  readonly verifiers: readonly Verifier[];
}

function opened(file: KeyFile): AuditKeys {
  const secrets = file.secrets.map((secret) => hmacSha256(Buffer.from(secret, 'base64url'))).reverse();
  const signers = file.signing.map((key) => signerOf(file.origin, key)).reverse();
  return {
    origin: file.origin,
    sealers: secrets.map((secret) => sealerOf(secret('seal'))),
    subjectSecrets: secrets.map((secret) => secret('subjects')),
    signer: signers[0]!,
    verifiers: signers.map((signer) => signer.verifier),
  };
}

const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
const newSigning = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

function readKeyFile(path: string): KeyFile | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw unreadable(path, error);
  }
  try {
    return KeyFile.parse(JSON.parse(text));
  } catch (error) {
    throw unreadable(path, error);
  }
}

const unreadable = (path: string, cause: unknown): AppError =>
  new AppError(
    'audit-unavailable',
    `le chiavi dell’audit (${path}) non si leggono: rimettere la copia conservata. Senza, nessuno ottiene risposta`,
    `the keys of the audit (${path}) cannot be read: put the kept copy back. Without them nobody gets an answer`,
    cause,
  );

function written(path: string, file: KeyFile): string {
  // With a database of one's own nothing has made the folder yet.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flush: true });
  return unfinished;
}

/** The keys of a file. @returns null where there is none @throws AppError audit-unavailable */
export function findAuditKeys(path: string): AuditKeys | null {
  const file = readKeyFile(path);
  return file === null ? null : opened(file);
}

/** Makes the keys of a new log; where another process was faster, its ones. @throws AppError audit-unavailable */
export function makeAuditKeys(path: string): AuditKeys {
  const file = {
    origin: `sipop-audit-${randomBytes(4).toString('hex')}`,
    secrets: [newSecret()],
    signing: [newSigning()],
  };
  const unfinished = written(path, file);
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw unreadable(path, error);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return findAuditKeys(path) ?? opened(file);
}

/** Adds a new secret and a new signing key; the older ones stay, to check what was made with them. */
export function rotateAuditKeys(path: string): AuditKeys {
  const file = readKeyFile(path);
  if (file === null) return makeAuditKeys(path);
  const next = {
    ...file,
    secrets: [...file.secrets, newSecret()],
    signing: [...file.signing, newSigning()],
  };
  renameSync(written(path, next), path);
  return opened(next);
}
