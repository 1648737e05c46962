/**
 * The receipt of a verification (services.md): what a third party can check without an account. A JWS (ES256) that says who asked, when, for
 * what purpose and file, and the outcome; of what was declared it holds a digest alone. It is written as an SD-JWT (RFC 9901):
 * the declaration goes beside it, as a disclosure with a salt, and whoever shows both proves what the outcome is about. The receipt alone names
 * nobody: without the salt nobody can try codes against the digest. Pure but for the signature.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, errors, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { SIGNING_ALGORITHM, type SigningKeys, signCompact } from '../../../platform/crypto/signing-keys.ts';

/** A type of its own: no other token that this system signs can pass for a receipt. */
const TYPE = 'sipop-ricevuta+sd-jwt';
const ISSUER = 'sipop';
const SALT_BYTES = 16;
/** Characters of a receipt with its disclosure: twenty declarations of sixty members fit. */
export const LONGEST_RECEIPT = 200_000;

const OUTCOME = z.enum(['S', 'N', 'A']);
const count = z.number().int().nonnegative();
const text = (most: number) => z.string().max(most);

/** What a receipt says, and all that it says. */
export const RECEIPT = z.strictObject({
  iss: z.literal(ISSUER),
  /** Its number. */
  jti: text(40),
  /** When it was signed: seconds since 1970. */
  iat: z.number().int(),
  tipo: z.enum(['verifica', 'lotto']),
  /** The body that asked. */
  ente: text(60),
  /** Who asked for it, by identifier. */
  operatore: text(60),
  scopo: text(200).nullable(),
  pratica: text(200).nullable(),
  /** The reference day. */
  al: text(10),
  /** The recorded time of the data. */
  noto_al: text(40),
  /** One for each declaration, in their order; of a batch, how many of each. */
  esiti: z.union([z.array(OUTCOME).max(20), z.strictObject({ S: count, N: count, A: count, errori: count })]),
  _sd: z.array(text(60)).length(1),
  _sd_alg: z.literal('sha-256'),
});
export type Receipt = z.output<typeof RECEIPT>;

export type ReceiptFacts = Omit<Receipt, 'iss' | 'jti' | 'iat' | '_sd' | '_sd_alg'>;

export interface SignedReceipt {
  /** The receipt alone: what is given to anybody. */
  readonly ricevuta: string;
  /** The salted declaration, to be shown with it by who may. */
  readonly dichiarato: string;
}

const digestOf = (disclosure: string): string => createHash('sha256').update(disclosure).digest('base64url');

/** @param declared what was stated, as it was stated */
export function signReceipt(
  keys: SigningKeys,
  facts: ReceiptFacts,
  declared: unknown,
  now: Date,
): SignedReceipt {
  const salt = randomBytes(SALT_BYTES).toString('base64url');
  const dichiarato = Buffer.from(JSON.stringify([salt, 'dichiarato', declared])).toString('base64url');
  const receipt: Receipt = {
    iss: ISSUER,
    jti: randomUUID(),
    iat: Math.floor(now.getTime() / 1000),
    ...facts,
    _sd: [digestOf(dichiarato)],
    _sd_alg: 'sha-256',
  };
  return { ricevuta: signCompact(keys, TYPE, receipt), dichiarato };
}

export type CheckedReceipt =
  | {
      readonly kind: 'good';
      readonly receipt: Receipt;
      /** What was declared, where the disclosure came with it. */
      readonly declared: unknown;
    }
  /** Not a receipt; by no key of ours; changed after it was signed; with a declaration that is not the one it is about. */
  | { readonly kind: 'malformed' | 'unknown-key' | 'forged' | 'other-declaration' };

/** Splits `receipt`, or `receipt~declaration~` as RFC 9901 writes them together. */
function parts(text: string): { readonly token: string; readonly disclosure: string | null } | null {
  const [token = '', disclosure = '', ...rest] = text.trim().split('~');
  if (rest.some((part) => part !== '')) return null;
  return { token, disclosure: disclosure === '' ? null : disclosure };
}

/** Checks a receipt against the published keys; the register is not asked. */
export async function checkReceipt(text: string, published: JSONWebKeySet): Promise<CheckedReceipt> {
  const given = text.length > LONGEST_RECEIPT ? null : parts(text);
  if (given === null || !isReceiptHeader(given.token)) return { kind: 'malformed' };
  let payload: unknown;
  try {
    const verified = await compactVerify(given.token, createLocalJWKSet(published), {
      algorithms: [SIGNING_ALGORITHM],
    });
    payload = JSON.parse(new TextDecoder().decode(verified.payload));
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return { kind: 'unknown-key' };
    if (error instanceof errors.JWSSignatureVerificationFailed) return { kind: 'forged' };
    return { kind: 'malformed' };
  }
  const receipt = RECEIPT.safeParse(payload);
  if (!receipt.success) return { kind: 'malformed' };
  if (given.disclosure === null) return { kind: 'good', receipt: receipt.data, declared: null };
  if (digestOf(given.disclosure) !== receipt.data._sd[0]) return { kind: 'other-declaration' };
  const declared = disclosed(given.disclosure);
  return declared === undefined
    ? { kind: 'other-declaration' }
    : { kind: 'good', receipt: receipt.data, declared };
}

function isReceiptHeader(token: string): boolean {
  try {
    const { typ, alg } = decodeProtectedHeader(token);
    return typ === TYPE && alg === SIGNING_ALGORITHM;
  } catch {
    return false;
  }
}

function disclosed(disclosure: string): unknown {
  try {
    const [, name, value] = JSON.parse(Buffer.from(disclosure, 'base64url').toString('utf8'));
    return name === 'dichiarato' ? value : undefined;
  } catch {
    return undefined;
  }
}
