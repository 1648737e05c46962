/** Sign-in by keys of others' making: a client certificate, a person of an OpenID provider (security.md, "Keys"). An administrator has tied each to its user. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { lockAccess } from '../accounts/accounts.sql.ts';
import { findNow } from '../accounts/history.sql.ts';
import { USERS } from '../accounts/tables.ts';
import { activate } from '../accounts/users.service.ts';
import { type BoundKey, listBoundUsers, markBoundKey } from '../keys/bound-keys.sql.ts';
import { checkCertificate } from '../keys/certificates.ts';
import { beginOidc, endOidc, type OidcProvider, type OidcReturn } from '../keys/oidc.ts';
import { putStep, takeStep } from '../keys/pending-steps.sql.ts';
import { isLocked, noteFailure } from './attempts.ts';
import { SESSION_POLICY } from './policy.ts';
import {
  notSignedIn,
  type OpenedSession,
  openSession,
  type SessionContext,
  type SessionKey,
} from './sign-in.service.ts';

export type OpenedByUser = OpenedSession & { readonly userId: string };

/**
 * By the certificate that the caller's connection was made with.
 * @param der null where there is none
 * @param wanted the account, where a person has two; null: the one there is
 * @throws AppError unauthenticated, whatever failed; ambiguous, where the person must say which account
 */
export async function signInWithCertificate(
  context: SessionContext,
  der: Uint8Array | null,
  wanted: string | null,
  address: string,
): Promise<OpenedByUser> {
  if (context.certificates === undefined) throw notTurnedOn('i certificati', 'certificates');
  return counted(context, address, async () => {
    const authorities = await context.certificates?.();
    const checked =
      der === null || authorities === undefined ? null : checkCertificate(authorities, der, context.now());
    return checked === null
      ? null
      : openBound(context, checked.keys, wanted, address, {
          kind: 'certificate',
          secondFactor: true,
          certificate: checked.digest,
          mustChange: false,
        });
  });
}

const STEP = z.object({
  provider: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  browser: z.string(),
  wanted: z.string().nullable(),
});
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface BegunOidc {
  /** Where to send the browser. */
  readonly address: string;
  /** For a cookie: who comes back must be who went. */
  readonly browser: string;
}

/** @throws AppError not-found, for a provider that the settings do not name; unavailable, for one that does not answer */
export async function beginOidcSignIn(
  context: SessionContext,
  providerId: string,
  wanted: string | null,
): Promise<BegunOidc> {
  const { address, state, step } = await beginOidc(providerOf(context, providerId));
  const browser = randomBytes(32).toString('base64url');
  const content = JSON.stringify({ ...step, browser: sha256(browser), wanted });
  const now = context.now();
  const until = new Date(now.getTime() + (context.policy ?? SESSION_POLICY).step);
  await putStep(context.db, state, { kind: 'oidc', userId: null, content }, now, until);
  return { address, browser };
}

function providerOf(context: SessionContext, id: string): OidcProvider {
  const provider = (context.providers ?? []).find((p) => p.id === id);
  if (provider === undefined) throw notTurnedOn(`il fornitore ${id}`, `provider ${id}`);
  return provider;
}

const notTurnedOn = (what: string, english: string): AppError =>
  new AppError(
    'not-found',
    `${what}: non attivi su questo servizio`,
    `${english}: not turned on at this service`,
  );

/** @param browser the cookie of the browser that went @throws AppError unauthenticated, whatever failed; ambiguous */
export function endOidcSignIn(
  context: SessionContext,
  given: OidcReturn,
  browser: string | null,
  address: string,
): Promise<OpenedByUser> {
  return counted(context, address, async () => {
    const content = await takeStep(context.db, given.state, 'oidc', null, context.now());
    if (content === null || browser === null) return null;
    const step = STEP.parse(JSON.parse(content));
    if (!timingSafeEqual(Buffer.from(sha256(browser)), Buffer.from(step.browser))) return null;
    const value = await endOidc(providerOf(context, step.provider), step, given);
    if (value === null) return null;
    return openBound(context, [{ kind: 'oidc', issuer: step.provider, value }], step.wanted, address, {
      kind: 'oidc',
      secondFactor: true,
      mustChange: false,
    });
  });
}

/** Failures are counted by where from: nobody is named before the end. */
async function counted(
  context: SessionContext,
  address: string,
  open: () => Promise<OpenedByUser | null>,
): Promise<OpenedByUser> {
  if (await isLocked(context, null, address)) throw notSignedIn();
  const opened = await open();
  if (opened !== null) return opened;
  await noteFailure(context, null, address);
  throw notSignedIn();
}

async function openBound(
  context: SessionContext,
  keys: readonly BoundKey[],
  wanted: string | null,
  address: string,
  session: SessionKey,
): Promise<OpenedByUser | null> {
  const { db } = context;
  const bound = await listBoundUsers(db, keys);
  const users = wanted === null ? bound : bound.filter((id) => id === wanted);
  const [userId] = users;
  if (userId === undefined) return null;
  if (users.length > 1)
    throw new AppError(
      'ambiguous',
      `la chiave apre più accessi (${users.join(', ')}): indicare quale`,
      `the key opens several accounts (${users.join(', ')}): say which`,
    );
  if (!(await isInUse(context, userId, address))) return null;
  await markBoundKey(db, userId, keys, context.now());
  return { ...(await openSession(context, userId, address, session)), userId };
}

/** An invited user whose key somebody tied to them has a key of their own already: its first use is the account's. */
function isInUse(context: SessionContext, userId: string, address: string): Promise<boolean> {
  return context.db.transaction(async (db) => {
    await lockAccess(db);
    const user = await findNow(db, USERS, [userId]);
    if (user?.state === 'invited') {
      await activate(db, user, context.now().toISOString(), address);
      await context.beforeCommit?.(userId);
    }
    return user?.state === 'invited' || user?.state === 'active';
  });
}
