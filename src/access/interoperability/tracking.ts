/**
 * The tracking evidence (security.md 40): who, inside the body that asks, made the request, and from where. Its SHA-256 must equal the digest in the
 * voucher, so the body cannot tell the platform one thing and us another. Source: AGID, pattern AUDIT_REST_02.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { JWTVerifyGetKey } from 'jose';
import { RefusedToken, readToken, type UsedTokens } from './token.ts';
import type { Voucher } from './voucher.ts';

export interface TrackingEvidence {
  /** The user as the body knows him. */
  readonly user: string;
  /** The place or workstation he asked from. */
  readonly location: string;
  /** Level of assurance of his sign-in, as the body states it. */
  readonly assurance: string;
}

export interface TrackingRules {
  readonly keys: JWTVerifyGetKey;
  readonly audience: string;
  readonly now: Date;
  readonly used: UsedTokens;
  readonly voucher: Voucher;
}

/**
 * @param token the header Agid-JWT-TrackingEvidence as it came
 * @throws RefusedToken when the voucher announced another evidence or none, or it is not signed by the voucher's client for its purpose
 */
export async function readTracking(token: string, rules: TrackingRules): Promise<TrackingEvidence> {
  const { voucher } = rules;
  const digest = createHash('sha256').update(token).digest();
  if (voucher.evidenceDigest === null) throw new RefusedToken('voucher without digest');
  if (!timingSafeEqual(digest, Buffer.from(voucher.evidenceDigest, 'hex')))
    throw new RefusedToken('evidence differs');
  const payload = await readToken(token, {
    ...rules,
    issuer: voucher.client,
    type: 'JWT',
    claims: ['purposeId', 'userID', 'userLocation', 'LoA'],
  });
  if (payload.purposeId !== voucher.purpose) throw new RefusedToken('another purpose');
  return { user: text(payload.userID), location: text(payload.userLocation), assurance: text(payload.LoA) };
}

function text(value: unknown): string {
  if (typeof value === 'string' && value !== '' && value.length <= 200) return value;
  throw new RefusedToken('evidence malformed');
}
