/**
 * The first use of an account (security.md, 8 and 10): who holds the invitation's word chooses a passkey, or a password with the code of an app. It is the one time
 * that a second factor is taken on the word of an invitation, and the same way goes who lost their keys (control 12).
 */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { AppError } from '../../kernel/app-error.ts';
import { findHolder } from '../accounts/holder.ts';
import type { UserRow } from '../accounts/tables.ts';
import { getInvited, putOwnPassword, useInvited } from '../accounts/users.service.ts';
import type { Holder } from '../rights/authorise.ts';
import { operationRight } from '../rights/operations.ts';
import { beginPasskey, checkNewPasskey, keepPasskey } from './passkeys.service.ts';
import { beginTotp, confirmTotpIn, type Enrolment } from './second-factor.service.ts';
import { type OpenedSession, openSession, type SessionContext } from './sign-in.service.ts';

export interface FirstUse {
  readonly user: UserRow;
  /** For the app of codes. */
  readonly totp: Enrolment;
  /** What the browser is asked for a passkey; null where passkeys are not turned on. */
  readonly passkey: PublicKeyCredentialCreationOptionsJSON | null;
}

/** What is needed to choose; the invitation is not used up. @throws AppError unauthenticated */
export async function beginFirstUse(context: SessionContext, word: string): Promise<FirstUse> {
  const user = await getInvited(context, word);
  const totp = await beginTotp(context, user.user_id);
  return { user, totp, passkey: context.site == null ? null : await beginPasskey(context, user) };
}

export type FirstKeys =
  | { readonly kind: 'passkey'; readonly name: string; readonly response: RegistrationResponseJSON }
  /** @property code the app's first code; null for a password alone, where no person is ever seen with it */
  | { readonly kind: 'password'; readonly password: string; readonly code: string | null };

/** The key that an account was given, by which it may be opened at once. */
export interface FirstKey {
  readonly userId: string;
  readonly kind: FirstKeys['kind'];
  readonly secondFactor: boolean;
}

/** Uses the invitation up and gives the account its keys. @throws AppError unauthenticated, invalid-request */
export async function takeFirstKeys(
  context: SessionContext,
  word: string,
  keys: FirstKeys,
  address: string,
): Promise<FirstKey> {
  const { user_id: userId } = await getInvited(context, word);
  const now = context.now();
  if (keys.kind === 'passkey') {
    const passkey = await checkNewPasskey(context, userId, keys.response);
    await useInvited(context, word, address, (db) => keepPasskey(db, userId, keys.name, passkey, now));
    return { userId, kind: 'passkey', secondFactor: true };
  }
  const { password, code } = keys;
  if (code === null && needsSecondFactor(await findHolder(context.db, userId))) throw secondFactorMissing();
  await useInvited(context, word, address, async (db, user) => {
    await putOwnPassword(db, user, password, { secondFactor: code !== null, at: now.toISOString() });
    if (code !== null) await confirmTotpIn({ ...context, db }, userId, code);
  });
  return { userId, kind: 'password', secondFactor: code !== null };
}

/** The same, and opens the account's first session. @throws AppError unauthenticated, invalid-request */
export async function endFirstUse(
  context: SessionContext,
  word: string,
  keys: FirstKeys,
  address: string,
): Promise<OpenedSession & { readonly userId: string }> {
  const { userId, ...key } = await takeFirstKeys(context, word, keys, address);
  return { ...(await openSession(context, userId, address, { ...key, mustChange: false })), userId };
}

/** Control 10: who administers, and who sees persons; also who has no profile yet, which may turn out to be one of these. */
export function needsSecondFactor(holder: Holder | null): boolean {
  if (holder === null || holder.account === 'administration' || holder.grants.length === 0) return true;
  return holder.grants.some(({ profile }) =>
    profile.operations.some((id) => operationRight(id)?.persons !== false),
  );
}

const secondFactorMissing = (): AppError =>
  new AppError(
    'invalid-request',
    'questo accesso vuole una passkey, o la password con il codice dell’app (secondo fattore)',
    'this access wants a passkey, or the password with the app’s code (second factor)',
  );
