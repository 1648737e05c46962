/**
 * Keys given again by another person of the body (security.md, 12). Who lost them asks, and keeps a word; a colleague with the right, who knows them,
 * compares the number that both see, approves, and hands over a code. Word and code together are an invitation: neither is enough, and no message of
 * the system carries either.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { insertInvitation } from '../accounts/accounts.sql.ts';
import { type AccessContext, change, conflict, unknown } from '../accounts/change.service.ts';
import { findNow } from '../accounts/history.sql.ts';
import { USERS } from '../accounts/tables.ts';
import { recoveryDigest, takeKeysAway } from '../accounts/users.service.ts';
import {
  decideRecovery,
  insertRecovery,
  listRecoveries,
  type WaitingRecovery,
} from '../keys/recoveries.sql.ts';
import { isLocked, noteFailure } from './attempts.ts';
import { SESSION_POLICY, type SessionPolicy } from './policy.ts';
import type { SessionContext } from './sign-in.service.ts';

/** Without letters and digits that are taken for each other (Crockford's base 32). */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 10;

const digestOf = (word: string): Buffer => createHash('sha256').update(word).digest();
/** What both see: eight digits of the digest, which tell nothing of the word. */
const numberOf = (digest: Buffer): string => String(digest.readUInt32BE() % 100_000_000).padStart(8, '0');

export interface AskedRecovery {
  readonly word: string;
  readonly number: string;
}

/** Asks. The answer is the same whether there is such a user or not (control 11), and the same for who asks too often. */
export async function askRecovery(
  context: SessionContext,
  userId: string,
  address: string,
): Promise<AskedRecovery> {
  const word = randomBytes(24).toString('base64url');
  const digest = digestOf(word);
  const number = numberOf(digest);
  const now = context.now();
  const life = (context.policy ?? SESSION_POLICY).recovery;
  if (!(await isLocked(context, null, address))) {
    await noteFailure(context, null, address);
    await insertRecovery(context.db, {
      digest,
      user_id: userId,
      number,
      address,
      asked_at: now.toISOString(),
      expires_at: new Date(now.getTime() + life).toISOString(),
    });
  }
  return { word, number };
}

/** Who decides: another person, of the same body. */
export interface Colleague {
  readonly userId: string;
  readonly bodyId: string;
}

interface DecisionContext extends AccessContext {
  readonly policy?: SessionPolicy;
}

/**
 * Approves: the keys that were lost open nothing from this moment, and neither does the session they opened.
 * @returns the code to be handed over
 * @throws AppError not-found, conflict for one's own keys, also those of one's other account
 */
export function approveRecovery(
  context: DecisionContext,
  colleague: Colleague,
  userId: string,
  number: string,
): Promise<{ readonly code: string; readonly expiresAt: string }> {
  return decide(context, colleague, userId, number, 'approved', async (db, recovery) => {
    await takeKeysAway(db, context, userId, 'invite-again');
    const code = Array.from({ length: CODE_LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');
    const life = (context.policy ?? SESSION_POLICY).recoveryCode;
    const expiresAt = new Date(context.now().getTime() + life).toISOString();
    await insertInvitation(db, { digest: recoveryDigest(recovery.digest, code), userId, expiresAt });
    return { code: `${code.slice(0, 5)}-${code.slice(5)}`, expiresAt };
  });
}

/** Refuses a request that nobody of the body made. @throws AppError not-found, conflict */
export function refuseRecovery(
  context: DecisionContext,
  colleague: Colleague,
  userId: string,
  number: string,
): Promise<void> {
  return decide(context, colleague, userId, number, 'refused', async () => {});
}

type Transaction = Parameters<Parameters<typeof change>[1]>[0];

function decide<T>(
  context: DecisionContext,
  colleague: Colleague,
  userId: string,
  number: string,
  state: 'approved' | 'refused',
  work: (db: Transaction, recovery: WaitingRecovery) => Promise<T>,
): Promise<T> {
  return change(context, async (db) => {
    const now = context.now();
    const waiting = await listRecoveries(db, colleague.bodyId, now);
    const recovery = waiting.find((r) => r.user_id === userId && r.number === number);
    if (recovery === undefined) throw unknown('la richiesta', `${userId} ${number}`);
    const self = await findNow(db, USERS, [colleague.userId]);
    if (userId === colleague.userId || self?.codice_fiscale === recovery.codice_fiscale)
      throw conflict('le chiavi le ridà un’altra persona', 'keys are given again by another person');
    if (!(await decideRecovery(db, recovery.digest, state, context.by, now)))
      throw unknown('la richiesta', `${userId} ${number}`);
    return work(db, recovery);
  });
}
