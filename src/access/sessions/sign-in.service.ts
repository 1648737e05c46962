/**
 * Sign-in by password and second factor, and the sessions that follow (security.md, "Keys", "Sessions": 8, 10, 11, 13, 14, 15). Every failure says
 * and takes the same, whether the user exists or not; after some of them one waits.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../kernel/app-error.ts';
import { romeDay } from '../../kernel/day.ts';
import type { SecretBox } from '../../platform/crypto/secret-box.ts';
import type { Database } from '../../platform/db/pool.ts';
import { type LastUse, listLastUses, putLastUse } from '../accounts/accounts.sql.ts';
import { findHolder } from '../accounts/holder.ts';
import type { CertificateAuthorities } from '../keys/certificates.ts';
import type { OidcProvider } from '../keys/oidc.ts';
import type { PasskeySite } from '../keys/passkeys.ts';
import { hashPassword, isOutdated, isPassword } from '../keys/passwords.ts';
import { totpStep } from '../keys/totp.ts';
import { type Holder, isUnused } from '../rights/authorise.ts';
import { forgetFailures, isLocked, noteFailure } from './attempts.ts';
import { SESSION_POLICY, type SessionPolicy } from './policy.ts';
import {
  endSession,
  type FoundSessions,
  findPassword,
  findSessions,
  findTotp,
  forgetSessions,
  type KeyKind,
  markSeen,
  putSession,
  replaceHash,
  type SessionRow,
  useTotpStep,
} from './sessions.sql.ts';

export interface SessionContext {
  readonly db: Database;
  now(): Date;
  /** Opens the secrets of second factors. */
  readonly box: SecretBox;
  readonly policy?: SessionPolicy;
  /** Called last in the transaction of a change of one's own keys: what it throws undoes it. The leaf is made durable here. @param userId whose, where nobody was named before */
  readonly beforeCommit?: (userId?: string) => Promise<void>;
  /** The site that passkeys are made for; none where it is not configured. */
  readonly site?: PasskeySite | null;
  /** Who vouches for people by OpenID Connect. */
  readonly providers?: readonly OidcProvider[];
  /** Whose client certificates are taken, as the lists of revoked ones stand now; none where absent. */
  certificates?(): Promise<CertificateAuthorities>;
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

export const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

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
  const locked = await isLocked(context, given.userId, given.address);
  const kept = await findPassword(db, given.userId);
  // The password is hashed also for who is locked out or unknown: time tells nothing.
  const right = await isPassword(kept?.hash ?? null, given.password);
  const holder = await findHolder(db, given.userId);
  const factor = await checkFactor(context, given, now);
  const allRight = !locked && right && holder?.state === 'active' && factor.kind !== 'wrong';
  // Used up last: a code that came with a wrong password is still good with the right one.
  if (kept === null || !allRight || !(await takeFactor(db, given.userId, factor))) {
    if (!locked) await noteFailure(context, given.userId, given.address);
    throw notSignedIn();
  }
  await forgetFailures(context, given.userId);
  if (isOutdated(kept.hash))
    await replaceHash(db, given.userId, kept.hash, await hashPassword(given.password));
  return openSession(context, given.userId, given.address, {
    kind: 'password',
    secondFactor: factor.kind === 'right',
    mustChange: kept.must_change || isTooOld(kept.set_at, policy, now),
  });
}

const DAY_MS = 86_400_000;

/** The rotation of passwords, where the policy has one (control 8). */
const isTooOld = (setAt: string, { passwordDays }: SessionPolicy, now: Date): boolean =>
  passwordDays !== null && now.getTime() - Date.parse(setAt) >= passwordDays * DAY_MS;

type Factor = { readonly kind: 'none' | 'wrong' } | { readonly kind: 'right'; readonly step: number };

/** Nobody without a second factor is asked for one; who has one is never let in without. */
async function checkFactor(context: SessionContext, { userId, code }: SignIn, now: Date): Promise<Factor> {
  const held = await findTotp(context.db, userId);
  if (held === null || !held.confirmed) return { kind: code === null ? 'none' : 'wrong' };
  const secret = context.box.open(userId, held.box);
  if (secret === null || code === null) return { kind: 'wrong' };
  const step = await totpStep(secret.toString('utf8'), code, held.last_step, now);
  return step === null ? { kind: 'wrong' } : { kind: 'right', step };
}

/** A code is taken once, also by two requests at the same time. */
const takeFactor = async (db: Database, userId: string, factor: Factor): Promise<boolean> =>
  factor.kind === 'none' || (factor.kind === 'right' && (await useTotpStep(db, userId, factor.step)));

export interface SessionKey {
  readonly kind: KeyKind;
  readonly secondFactor: boolean;
  /** SHA-256 of the client certificate it is opened with; each request must come with it again. */
  readonly certificate?: Buffer;
  readonly mustChange: boolean;
}

/** Opens a session for a holder whose key was checked, and ends the one before it. @throws AppError unauthenticated, for an account that is disabled because unused */
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
    // An account unused for six months is disabled (control 6): its own key must not be what makes it used again, an invitation does.
    if (lastUse !== null && isUnused(romeDay(new Date(lastUse.used_at)), romeDay(context.now())))
      throw notSignedIn();
    await putSession(db, {
      digest: digest(word),
      holder_id: holderId,
      key_kind: key.kind,
      second_factor: key.secondFactor,
      certificate: key.certificate !== undefined,
      certificate_digest: key.certificate ?? null,
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
  const key = digest(word);
  const now = context.now();
  const { sessions } = await sessionsOf(context, [key], now);
  const session = sessions.get(key.toString('hex'));
  if (session === undefined) return null;
  await markSeen(context.db, key, session, now);
  const holder = await findHolder(context.db, session.holder_id);
  return holder?.state === 'active' ? { holder, session } : null;
}

/** Sessions by the digests of their words, as the policy lets them hold at an instant. */
export function sessionsOf(
  context: SessionContext,
  digests: readonly Buffer[],
  now: Date,
): Promise<FoundSessions> {
  const policy = context.policy ?? SESSION_POLICY;
  return findSessions(
    context.db,
    digests,
    new Date(now.getTime() - policy.idle),
    new Date(now.getTime() - policy.absolute),
  );
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
