/**
 * Keys that sign for third parties (ES256), in a file outside the database. Only the newest signs; of the older ones the public half stays, and
 * stays published: what they signed can be checked for ever, and a stolen file signs nothing as of the past.
 */
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { errorCode } from '../db/errors.ts';

export const SIGNING_ALGORITHM = 'ES256';

const PublicKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.base64url().max(60),
  y: z.base64url().max(60),
  kid: z.string().max(60),
  alg: z.literal(SIGNING_ALGORITHM),
  use: z.literal('sig'),
});
const KeyFile = z.strictObject({
  /** The private half of the last of `keys`. */
  signing: z.base64url().max(60),
  /** The newest last. */
  keys: z.array(PublicKey).min(1),
});
type KeyFile = z.infer<typeof KeyFile>;

export interface SigningKeys {
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** Every key that ever signed, the newest first, as RFC 7517 publishes them. */
  readonly published: JSONWebKeySet;
}

const unreadable = (path: string, cause: unknown): AppError =>
  new AppError(
    'unavailable',
    `le chiavi di firma (${path}) non si leggono: rimettere la copia conservata`,
    `the signing keys (${path}) cannot be read: put the kept copy back`,
    cause,
  );

function readKeyFile(path: string): KeyFile | null {
  try {
    return KeyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw unreadable(path, error);
  }
}

function opened(file: KeyFile): SigningKeys {
  const newest = file.keys.at(-1)!;
  return {
    kid: newest.kid,
    privateKey: createPrivateKey({ key: { ...newest, d: file.signing }, format: 'jwk' }),
    published: { keys: [...file.keys].reverse() },
  };
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/**
 * A JWS in compact form (RFC 7515). Signed here and now: one signature takes 40 µs, and as much again where it is handed to another thread and
 * back, as Web Crypto does.
 * @param typ of what is signed, so that one kind never passes for another
 */
export function signCompact({ kid, privateKey }: SigningKeys, typ: string, payload: object): string {
  const signed = `${encoded({ alg: SIGNING_ALGORITHM, typ, kid })}.${encoded(payload)}`;
  // RFC 7518, 3.4: the two numbers end to end, not in DER.
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

async function withNewKey(older: KeyFile['keys']): Promise<KeyFile> {
  const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const { d, ...made } = await exportJWK(pair.privateKey);
  const kid = await calculateJwkThumbprint(made);
  const key = PublicKey.parse({ ...made, kid, alg: SIGNING_ALGORITHM, use: 'sig' });
  return { signing: d ?? '', keys: [...older, key] };
}

function written(path: string, file: KeyFile): string {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flush: true });
  return unfinished;
}

/** The keys of a file; the first time they are made. @throws AppError unavailable where the file cannot be read */
export async function openSigningKeys(path: string): Promise<SigningKeys> {
  const found = readKeyFile(path);
  if (found !== null) return opened(found);
  const unfinished = written(path, await withNewKey([]));
  try {
    linkSync(unfinished, path);
  } catch (error) {
    // Another process was faster: its keys hold.
    if (errorCode(error) !== 'EEXIST') throw unreadable(path, error);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return openSigningKeys(path);
}

/** Makes a new key sign from now on; the private half of the one before it is destroyed, the public one stays published. */
export async function rotateSigningKeys(path: string): Promise<SigningKeys> {
  const file = readKeyFile(path);
  if (file === null) return openSigningKeys(path);
  const next = await withNewKey(file.keys);
  renameSync(written(path, next), path);
  return opened(next);
}
