/**
 * The integrity of a message (security.md 39): `Digest: SHA-256=…` of its body, and `Agid-JWT-Signature`, a token whose `signed_headers` repeats
 * the headers it covers, as an array of objects with one lower-case name each. On requests, and on our responses.
 * Source: AGID, Linee guida sull'interoperabilità tecnica, pattern INTEGRITY_REST_02.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type CryptoKey, type JWTVerifyGetKey, SignJWT } from 'jose';
import { ALGORITHM, RefusedToken, readToken, type UsedTokens } from './token.ts';

export type Headers = Readonly<Record<string, string | undefined>>;

/** Headers that a signature must cover whenever the message has them. */
const COVERED = ['digest', 'content-type', 'content-encoding'] as const;
/** Most headers one signature may name. */
const MOST_HEADERS = 20;

/** The value of the Digest header of a body. @param body its bytes as they travel */
export const digestHeader = (body: Uint8Array): string =>
  `SHA-256=${createHash('sha256').update(body).digest('base64')}`;

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

export interface IntegrityRules {
  readonly keys: JWTVerifyGetKey;
  /** The client that must have signed. */
  readonly issuer: string;
  readonly audience: string;
  readonly now: Date;
  readonly used: UsedTokens;
}

/**
 * Holds a request against its Digest and its signature.
 * @param headers the request's own, names in lower case
 * @throws RefusedToken when the body, a covered header or the signature is not what was signed
 */
export async function checkIntegrity(
  headers: Headers,
  body: Uint8Array,
  rules: IntegrityRules,
): Promise<void> {
  if (!same(headers['digest'] ?? '', digestHeader(body))) throw new RefusedToken('digest differs');
  await checkSignedHeaders(headers, rules);
}

/** The same of a message whose bytes are held against its Digest while they are read. @throws RefusedToken */
export async function checkSignedHeaders(headers: Headers, rules: IntegrityRules): Promise<void> {
  if (headers['digest'] === undefined) throw new RefusedToken('no digest');
  const token = headers['agid-jwt-signature'];
  if (token === undefined) throw new RefusedToken('no signature');
  const { signed_headers } = await readToken(token, { ...rules, type: 'JWT', claims: ['signed_headers'] });
  const signed = signedHeaders(signed_headers);
  for (const covered of COVERED)
    if (headers[covered] !== undefined && !signed.has(covered))
      throw new RefusedToken(`not signed: ${covered}`);
  for (const [header, value] of signed)
    if (headers[header] === undefined || !same(headers[header], value))
      throw new RefusedToken(`header differs: ${header}`);
}

function signedHeaders(claim: unknown): ReadonlyMap<string, string> {
  if (!Array.isArray(claim) || claim.length > MOST_HEADERS) throw new RefusedToken('signed_headers');
  const signed = new Map<string, string>();
  for (const entry of claim) {
    const pairs = typeof entry === 'object' && entry !== null ? Object.entries(entry) : [];
    const [name, value] = pairs[0] ?? [];
    // One header an object, in lower case, once: a second one of the same name could say something else.
    if (pairs.length !== 1 || name === undefined || typeof value !== 'string')
      throw new RefusedToken('signed_headers');
    if (name !== name.toLowerCase() || signed.has(name)) throw new RefusedToken('signed_headers');
    signed.set(name, value);
  }
  return signed;
}

export interface SigningKey {
  readonly key: CryptoKey;
  readonly kid: string;
}

export interface MessageToSign {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly issuer: string;
  readonly audience: string;
  readonly number: string;
  readonly now: Date;
  /** Seconds it may be used for. */
  readonly life: number;
}

/** @returns the headers to send with the body: Digest, Content-Type and Agid-JWT-Signature */
export async function signMessage(
  message: MessageToSign,
  { key, kid }: SigningKey,
): Promise<Record<string, string>> {
  const digest = digestHeader(message.body);
  const issued = Math.floor(message.now.getTime() / 1000);
  const signature = await new SignJWT({
    signed_headers: [{ digest }, { 'content-type': message.contentType }],
  })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid })
    .setIssuer(message.issuer)
    .setAudience(message.audience)
    .setJti(message.number)
    .setIssuedAt(issued)
    .setNotBefore(issued)
    .setExpirationTime(issued + message.life)
    .sign(key);
  return { Digest: digest, 'Content-Type': message.contentType, 'Agid-JWT-Signature': signature };
}
