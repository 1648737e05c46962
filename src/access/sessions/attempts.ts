/** Attempts that failed, counted by who was tried and by where from (security.md, 11): after some of them one waits. */
import { createHash } from 'node:crypto';
import type { Client } from '../../platform/db/pool.ts';
import { SESSION_POLICY, type SessionPolicy } from './policy.ts';
import { addFailures, clearFailures, countFailures } from './sessions.sql.ts';

interface AttemptContext {
  readonly db: Client;
  now(): Date;
  readonly policy?: SessionPolicy;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const byUser = (userId: string): Buffer => digest(`user ${userId.toUpperCase()}`);
const byAddress = (address: string): Buffer => digest(`address ${address}`);

const since = (context: AttemptContext): Date =>
  new Date(context.now().getTime() - (context.policy ?? SESSION_POLICY).window);

/** Must one wait? @param userId who is tried, existing or not; null where nobody is named */
export async function isLocked(
  context: AttemptContext,
  userId: string | null,
  address: string,
): Promise<boolean> {
  const policy = context.policy ?? SESSION_POLICY;
  const digests = [byAddress(address), ...(userId === null ? [] : [byUser(userId)])];
  const [ofAddress = 0, ofUser = 0] = await countFailures(context.db, digests, since(context));
  return ofAddress >= policy.addressFailures || ofUser >= policy.failures;
}

export async function noteFailure(
  context: AttemptContext,
  userId: string | null,
  address: string,
): Promise<void> {
  const digests = [byAddress(address), ...(userId === null ? [] : [byUser(userId)])];
  await addFailures(context.db, digests, context.now(), since(context));
}

/** Who is in has failed no more; where they came from is not forgotten. */
export async function forgetFailures(context: AttemptContext, userId: string): Promise<void> {
  await clearFailures(context.db, byUser(userId));
}
