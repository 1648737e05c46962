/** The numbers of tokens that were used, kept until they expire (security.md 38): one table for all processes. */
import { createHash } from 'node:crypto';
import type { Client } from '../../platform/db/pool.ts';

/**
 * @param now what has expired by now is forgotten on the way, a few at a time
 * @returns true the first time
 */
export async function useToken(
  db: Client,
  issuer: string,
  number: string,
  until: Date,
  now: Date,
): Promise<boolean> {
  const digest = createHash('sha256')
    .update(JSON.stringify([issuer, number]))
    .digest();
  const { rowCount } = await db.query({
    name: 'use-token',
    text: `with forgotten as (
             delete from access.used_tokens where digest in (select digest from access.used_tokens where expires_at < $3 limit 10)
           )
           insert into access.used_tokens (digest, expires_at) values ($1, $2) on conflict (digest) do nothing`,
    values: [digest, until, now],
  });
  return rowCount === 1;
}
