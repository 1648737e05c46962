/**
 * Sign-in by password and second factor, and the sessions that follow (security.md, "Keys", "Sessions": 8, 10, 11, 13, 14, 15). Every failure says
 * and takes the same, whether the user exists or not; after some of them one waits.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../kernel/app-error.ts';
import type { SecretBox } from '../../platform/crypto/secret-box.ts';
import type { Database } from '../../platform/db/pool.ts';
import { type LastUse, listLastUses, putLastUse } from '../accounts/accounts.sql.ts';
import { findHolder } from '../accounts/holder.ts';
import { isPassword } from '../keys/passwords.ts';
import { totpStep } from '../keys/totp.ts';
import type { Holder } from '../rights/authorise.ts';
import { SESSION_POLICY, type SessionPolicy } from './policy.ts';
import {
  addFailures,
  clearFailures,
  countFailures,
  endSession,
  findPassword,
  findTotp,
  forgetSessions,
  type KeyKind,
  putSession,
  type SessionRow,
  useSession,
  useTotpStep,
} from './sessions.sql.ts';

export interface SessionContext {
  readonly db: Database;
  now(): Date;
  /** Opens the secrets of second factors. */
  readonly box: SecretBox;
  readonly policy?: SessionPolicy;
}

export interface SignIn {
  readonly userId: string;
  readonly password: string;
  /** Six digits; null where the user has no second factor yet. */
  readonly code: string | null;
  readonly address: string;
}

/** What the browser keeps: a word in a cookie that scripts cannot read, and one that every change must repeat. */
export interface OpenedSession {
  readonly word: string;
  readonly csrf: string;
  /** The access before this one (control 13); null for the first. */
  readonly lastUse: Pick<LastUse, 'used_at' | 'address'> | null;
  /** The password must be changed before anything else (control 8). */
  readonly mustChange: boolean;
  readonly secondFactor: boolean;
}

/** Who asks, by a session. */
export interface SessionCaller {
  readonly holder: Holder;
  readonly session: SessionRow;
}

const WORD_BYTES = 32;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const userFailures = (userId: string): Buffer => digest(`user ${userId.toUpperCase()}`);
const addressFailures = (address: string): Buffer => digest(`address ${address}`);

/** The one thing that is said of whatever fails (control 11). */
export const notSignedIn = (cause?: unknown): AppError =>
  new AppError(
    'unauthenticated',
    'accesso non riconosciuto: controllare identificativo, password e codice; dopo alcuni tentativi si attende un quarto d’ora',
    'not signed in: check identifier, password and code; after some attempts one waits a quarter of an hour',
    cause,
  );

/** @throws AppError unauthenticated, whatever failed */
export async function signIn(context: SessionContext, given: SignIn): Promise<OpenedSession> {
  const { db } = context;
  const policy = context.policy ?? SESSION_POLICY;
  const now = context.now();
  const since = new Date(now.getTime() - policy.window);
  const [ofUser, ofAddress] = [userFailures(given.userId), addressFailures(given.address)];
  const [byUser = 0, byAddress = 0] = await countFailures(db, [ofUser, ofAddress], since);
  const locked = byUser >= policy.failures || byAddress >= policy.addressFailures;
  const kept = await findPassword(db, given.userId);
  // The password is hashed also for who is locked out or unknown: time tells nothing.
  const right = await isPassword(kept?.hash ?? null, given.password);
  const holder = await findHolder(db, given.userId);
  const factor = await checkFactor(context, given, now);
  if (locked || !right || kept === null || holder?.state !== 'active' || factor === 'wrong') {
    if (!locked) await addFailures(db, [ofUser, ofAddress], now, since);
    throw notSignedIn();
  }
  await clearFailures(db, ofUser);
  return openSession(context, given.userId, given.address, {
    kind: 'password',
    secondFactor: factor === 'right',
    certificate: false,
    mustChange: kept.must_change,
  });
}

/** Nobody without a second factor is asked for one; who has one is never let in without. */
async function checkFactor(
  context: SessionContext,
  { userId, code }: SignIn,
  now: Date,
): Promise<'none' | 'right' | 'wrong'> {
  const held = await findTotp(context.db, userId);
  if (held === null || !held.confirmed) return code === null ? 'none' : 'wrong';
  const secret = context.box.open(userId, held.box);
  if (secret === null || code === null) return 'wrong';
  const step = await totpStep(secret.toString('utf8'), code, held.last_step, now);
  if (step === null) return 'wrong';
  return (await useTotpStep(context.db, userId, step)) ? 'right' : 'wrong';
}

export interface SessionKey {
  readonly kind: KeyKind;
  readonly secondFactor: boolean;
  readonly certificate: boolean;
  readonly mustChange: boolean;
}

/** Opens a session for a holder whose key was checked, and ends the one before it. */
export async function openSession(
  context: SessionContext,
  holderId: string,
  address: string,
  key: SessionKey,
): Promise<OpenedSession> {
  const [word, csrf] = [randomBytes(WORD_BYTES), randomBytes(WORD_BYTES)].map((bytes) =>
    bytes.toString('base64url'),
  );
  const now = context.now().toISOString();
  if (word === undefined || csrf === undefined) throw new Error('no words');
  return context.db.transaction(async (db) => {
    const [lastUse = null] = await listLastUses(db, [holderId]);
    await putSession(db, {
      digest: digest(word),
      holder_id: holderId,
      key_kind: key.kind,
      second_factor: key.secondFactor,
      certificate: key.certificate,
      must_change: key.mustChange,
      csrf,
      address,
      made_at: now,
    });
    await putLastUse(db, holderId, now, address);
    return { word, csrf, lastUse, mustChange: key.mustChange, secondFactor: key.secondFactor };
  });
}

/** The caller of a session's word; null where it is none, idle too long, too old, or its holder is not active any more. */
export async function callerOf(context: SessionContext, word: string): Promise<SessionCaller | null> {
  const policy = context.policy ?? SESSION_POLICY;
  const now = context.now();
  const session = await useSession(
    context.db,
    digest(word),
    now,
    new Date(now.getTime() - policy.idle),
    new Date(now.getTime() - policy.absolute),
  );
  if (session === null) return null;
  const holder = await findHolder(context.db, session.holder_id);
  return holder?.state === 'active' ? { holder, session } : null;
}

/** Does the request repeat the word that only our own page knows (control 17, CSRF)? */
export function repeatsCsrf(session: SessionRow, repeated: string | undefined): boolean {
  const [held, told] = [Buffer.from(session.csrf), Buffer.from(repeated ?? '')];
  return held.length === told.length && timingSafeEqual(held, told);
}

/** Ends a session, on the server (control 15). */
export async function signOut(context: SessionContext, word: string): Promise<string | null> {
  return endSession(context.db, digest(word));
}

/** Forgets sessions that are over; called now and then. */
export function forgetOver(context: SessionContext): Promise<void> {
  const policy = context.policy ?? SESSION_POLICY;
  const now = context.now().getTime();
  return forgetSessions(context.db, new Date(now - policy.idle), new Date(now - policy.absolute));
}
