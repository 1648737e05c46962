/**
 * Signed checkpoints: the size and root of the tree at a moment, as a C2SP checkpoint (c2sp.org/tlog-checkpoint) in a C2SP
 * signed note (c2sp.org/signed-note) with Ed25519. A comune that keeps one can show later that the tree was rewritten. Pure.
 */
import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { Hash } from './merkle.ts';

export interface Checkpoint {
  /** Which log it is of. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** ISO 8601: when it was made, by the clock of the machine. */
  readonly at: string;
}

/** Who signs, and how others recognise it. */
export interface Signer {
  readonly verifier: Verifier;
  readonly privateKey: KeyObject;
}

export interface Verifier {
  readonly name: string;
  /** The first four bytes of SHA-256(name || "\n" || 0x01 || key). */
  readonly id: Buffer;
  /** 32 bytes. */
  readonly publicKey: Buffer;
}

const ED25519 = 0x01;
const ID_BYTES = 4;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;
const TIME_LINE = /^time (\S+)$/;

function verifierOf(name: string, publicKey: Buffer): Verifier {
  const algorithm = Buffer.concat([Buffer.of(ED25519), publicKey]);
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), algorithm]), 'buffer');
  return { name, id: id.subarray(0, ID_BYTES), publicKey };
}

/** @param pkcs8 an Ed25519 private key, DER in base64 */
export function signerOf(name: string, pkcs8: string): Signer {
  const privateKey = createPrivateKey({
    key: Buffer.from(pkcs8, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { verifier: verifierOf(name, Buffer.from(x ?? '', 'base64url')), privateKey };
}

/** The public key as C2SP writes it, to be given to witnesses: name+hash+key. */
export function verifierText(verifier: Verifier): string {
  const key = Buffer.concat([Buffer.of(ED25519), verifier.publicKey]).toString('base64');
  return `${verifier.name}+${verifier.id.toString('hex')}+${key}`;
}

/** Reads what `verifierText` wrote; null for anything else. */
export function parseVerifier(text: string): Verifier | null {
  const [, name, id, key] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? [];
  if (name === undefined || id === undefined || key === undefined) return null;
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 33 || bytes[0] !== ED25519) return null;
  const verifier = verifierOf(name, bytes.subarray(1));
  return verifier.id.toString('hex') === id ? verifier : null;
}

/** The signed note of a checkpoint, ending in a line feed. */
export function signCheckpoint(checkpoint: Checkpoint, { verifier, privateKey }: Signer): string {
  const { origin, size, root, at } = checkpoint;
  const text = `${origin}\n${size}\n${root.toString('base64')}\ntime ${at}\n`;
  const signature = Buffer.concat([verifier.id, sign(null, Buffer.from(text), privateKey)]);
  return `${text}\n— ${verifier.name} ${signature.toString('base64')}\n`;
}

export type OpenedNote =
  | { readonly kind: 'signed'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'malformed' }
  /** By nobody that is known. */
  | { readonly kind: 'unknown-key' }
  /** By a known name, but over something else. */
  | { readonly kind: 'forged' };

function parseText(text: string): Checkpoint | null {
  const [origin, size, root, time, ...rest] = text.split('\n');
  const at = TIME_LINE.exec(time ?? '')?.[1];
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size ?? '') || at === undefined || rest.join('') !== '')
    return null;
  const bytes = Buffer.from(root ?? '', 'base64');
  if (bytes.length !== 32 || bytes.toString('base64') !== root) return null;
  return { origin, size: Number(size), root: bytes, at };
}

function isSigned(text: string, signature: Buffer, verifier: Verifier): boolean {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: verifier.publicKey.toString('base64url') },
    format: 'jwk',
  });
  return verify(null, Buffer.from(text), key, signature);
}

/** Reads a note and checks its signature by any of the known keys. */
export function openCheckpoint(note: string, known: readonly Verifier[]): OpenedNote {
  const gap = note.lastIndexOf('\n\n');
  if (gap < 0 || !note.endsWith('\n')) return { kind: 'malformed' };
  const text = note.slice(0, gap + 1);
  const checkpoint = parseText(text);
  const signatures = note
    .slice(gap + 2, -1)
    .split('\n')
    .map((line) => SIGNATURE_LINE.exec(line));
  if (checkpoint === null || signatures.includes(null)) return { kind: 'malformed' };
  let recognised = false;
  for (const line of signatures) {
    const bytes = Buffer.from(line?.[2] ?? '', 'base64');
    for (const verifier of known) {
      if (verifier.name !== line?.[1] || !verifier.id.equals(bytes.subarray(0, ID_BYTES))) continue;
      recognised = true;
      if (isSigned(text, bytes.subarray(ID_BYTES), verifier)) return { kind: 'signed', checkpoint };
    }
  }
  return { kind: recognised ? 'forged' : 'unknown-key' };
}
