/**
 * Persons in the audit stand as commitments (security.md, control 25): the HMAC of the month under a key of the person's own.
 * Who has that key, which lies in the database, and the secret, which does not, finds all leaves of a person month by month;
 * who has the leaves alone cannot tell whom they are about, nor tie one month to the next. Deleting the key hides them for ever.
 */
import { hmacSha256 } from '../../platform/crypto/hmac.ts';

export const SUBJECT_KEY_BYTES = 32;
const COMMITMENT_BYTES = 16;

/** The month of an ISO instant, UTC: what a commitment is made of. */
const monthOf = (at: string): string => at.slice(0, 7);

/** How a subject stands in the leaves of one month. @param key the subject's own @param at ISO instant */
export function commitment(secret: Uint8Array, key: Uint8Array, at: string): string {
  const own = hmacSha256(secret)(key);
  return hmacSha256(own)(monthOf(at)).subarray(0, COMMITMENT_BYTES).toString('base64url');
}

/** Every commitment of a subject from one instant to another, both included, under each of the secrets. */
export function commitmentsOver(
  secrets: readonly Uint8Array[],
  key: Uint8Array,
  from: string,
  to: string,
): string[] {
  const found: string[] = [];
  const last = monthOf(to);
  const month = new Date(`${monthOf(from)}-01T00:00:00Z`);
  for (; monthOf(month.toISOString()) <= last; month.setUTCMonth(month.getUTCMonth() + 1))
    for (const secret of secrets) found.push(commitment(secret, key, month.toISOString()));
  return found;
}
