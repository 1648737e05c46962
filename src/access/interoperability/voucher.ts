/**
 * The voucher of the national platform (PDND) with which a system of a body asks (security.md 38): an access token `at+jwt` that names
 * the client and the purpose it was given for. Source: AGID, Linee guida PDND; RFC 9068.
 */
import type { JWTVerifyGetKey } from 'jose';
import { RefusedToken, readToken, type UsedTokens } from './token.ts';

export interface Voucher {
  /** The client's number on the platform; which body and profile it is, the agreement says. */
  readonly client: string;
  /** The purpose the platform granted. */
  readonly purpose: string;
  readonly number: string;
  /** SHA-256, in hexadecimal, of the tracking evidence that must come with the request; null where none was announced. */
  readonly evidenceDigest: string | null;
}

export interface VoucherRules {
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
  readonly now: Date;
  readonly used: UsedTokens;
}

/** @throws RefusedToken */
export async function readVoucher(token: string, rules: VoucherRules): Promise<Voucher> {
  const payload = await readToken(token, { ...rules, type: 'at+jwt', claims: ['purposeId'] });
  const client = payload.client_id ?? payload.sub;
  return {
    client: name(client, 'client_id'),
    purpose: name(payload.purposeId, 'purposeId'),
    number: payload.jti,
    evidenceDigest: payload.digest === undefined ? null : digestOf(payload.digest),
  };
}

function name(value: unknown, claim: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= 100) return value;
  throw new RefusedToken(claim);
}

function digestOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'alg' in value && 'value' in value)
    if (value.alg === 'SHA256' && typeof value.value === 'string' && /^[0-9a-f]{64}$/i.test(value.value))
      return value.value.toLowerCase();
  throw new RefusedToken('digest');
}
