/** Passkeys of a user: made, used to sign in, named, taken away (security.md, "Keys", 10 and 11). Challenges are kept here, used once, for some minutes. */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import { findHolder } from '../accounts/holder.ts';
import type { UserRow } from '../accounts/tables.ts';
import {
  blockPasskey,
  deletePasskey,
  findPasskey,
  insertPasskey,
  listPasskeys,
  renamePasskey,
  usePasskey,
} from '../keys/passkeys.sql.ts';
import {
  checkedCreation,
  checkedUse,
  creationOptions,
  type Passkey,
  type PasskeySite,
  requestOptions,
} from '../keys/passkeys.ts';
import { putStep, type StepKind, takeStep } from '../keys/pending-steps.sql.ts';
import { isLocked, noteFailure } from './attempts.ts';
import { SESSION_POLICY } from './policy.ts';
import { findPassword } from './sessions.sql.ts';
import { notSignedIn, type OpenedSession, openSession, type SessionContext } from './sign-in.service.ts';

/** A user holds no more: each is a door. */
const MOST_PASSKEYS = 10;

function siteOf(context: SessionContext): PasskeySite {
  if (context.site != null) return context.site;
  throw new AppError(
    'not-found',
    'le passkey non sono attive su questo servizio',
    'passkeys are not turned on at this service',
  );
}

async function keepChallenge(
  context: SessionContext,
  kind: StepKind,
  userId: string | null,
  challenge: string,
): Promise<void> {
  const now = context.now();
  const until = new Date(now.getTime() + (context.policy ?? SESSION_POLICY).step);
  await putStep(context.db, challenge, { kind, userId, content: '' }, now, until);
}

/** Used up by the first answer that names it, right or wrong. */
const taking =
  (context: SessionContext, kind: StepKind, userId: string | null) =>
  async (challenge: string): Promise<boolean> =>
    (await takeStep(context.db, challenge, kind, userId, context.now())) !== null;

/** What a browser is asked for a new passkey of a user. @throws AppError conflict, for who has too many */
export async function beginPasskey(
  context: SessionContext,
  user: Pick<UserRow, 'user_id' | 'surname' | 'given_name'>,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const site = siteOf(context);
  const held = await listPasskeys(context.db, user.user_id);
  if (held.length >= MOST_PASSKEYS)
    throw new AppError(
      'conflict',
      `ci sono già ${MOST_PASSKEYS} passkey: toglierne una`,
      `there are ${MOST_PASSKEYS} passkeys already: remove one`,
    );
  const owner = { userId: user.user_id, name: `${user.given_name} ${user.surname}` };
  const options = await creationOptions(
    site,
    owner,
    held.map((row) => row.passkey_id),
  );
  await keepChallenge(context, 'passkey-registration', user.user_id, options.challenge);
  return options;
}

/** Checks the browser's answer, and uses its challenge up. @throws AppError invalid-request, whatever is wrong */
export async function checkNewPasskey(
  context: SessionContext,
  userId: string,
  response: RegistrationResponseJSON,
): Promise<Passkey> {
  const site = siteOf(context);
  const passkey = await checkedCreation(site, response, taking(context, 'passkey-registration', userId));
  if (passkey === null) throw notAPasskey();
  return passkey;
}

/** Keeps a passkey that was checked. @throws AppError invalid-request where it is there already */
export async function keepPasskey(
  db: Client,
  userId: string,
  name: string,
  passkey: Passkey,
  now: Date,
): Promise<void> {
  if (!(await insertPasskey(db, userId, name, passkey, now))) throw notAPasskey();
}

/** A new passkey of who is signed in. @throws AppError invalid-request, whatever is wrong */
export async function addOwnPasskey(
  context: SessionContext,
  userId: string,
  name: string,
  response: RegistrationResponseJSON,
): Promise<void> {
  const passkey = await checkNewPasskey(context, userId, response);
  await context.db.transaction(async (db) => {
    await keepPasskey(db, userId, name, passkey, context.now());
    await context.beforeCommit?.();
  });
}

const notAPasskey = (): AppError =>
  new AppError(
    'invalid-request',
    'la passkey non si è potuta registrare: ricominciare, entro pochi minuti e su questa pagina',
    'the passkey could not be registered: begin again, within some minutes and on this page',
  );

/** What a browser is asked to sign in: it names no user, and asks for none. */
export async function beginPasskeySignIn(
  context: SessionContext,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const options = await requestOptions(siteOf(context));
  await keepChallenge(context, 'passkey-sign-in', null, options.challenge);
  return options;
}

/** @throws AppError unauthenticated, whatever failed */
export async function signInWithPasskey(
  context: SessionContext,
  response: AuthenticationResponseJSON,
  address: string,
): Promise<OpenedSession & { readonly userId: string }> {
  const { db } = context;
  const site = siteOf(context);
  const locked = await isLocked(context, null, address);
  const held = locked ? null : await findPasskey(db, response.id);
  const userId = held === null ? null : await checkUse(context, site, held, response);
  const holder = userId === null ? null : await findHolder(db, userId);
  if (userId === null || holder?.state !== 'active') {
    if (!locked) await noteFailure(context, null, address);
    throw notSignedIn();
  }
  const opened = await openSession(context, userId, address, {
    kind: 'passkey',
    secondFactor: true,
    mustChange: false,
  });
  return { ...opened, userId };
}

/** @returns whose passkey it is; null where the answer is not of it. One whose counter went back was copied, and is blocked */
async function checkUse(
  context: SessionContext,
  site: PasskeySite,
  held: NonNullable<Awaited<ReturnType<typeof findPasskey>>>,
  response: AuthenticationResponseJSON,
): Promise<string | null> {
  const counter = await checkedUse(
    site,
    { id: held.passkey_id, publicKey: held.public_key, userId: held.user_id },
    response,
    taking(context, 'passkey-sign-in', null),
  );
  if (counter === null) return null;
  const now = context.now();
  if (await usePasskey(context.db, held.passkey_id, counter, now)) return held.user_id;
  await blockPasskey(context.db, held.passkey_id, now);
  return null;
}

const noSuchPasskey = (): AppError =>
  new AppError('not-found', 'questa passkey non c’è', 'there is no such passkey');

/** @throws AppError not-found */
export async function nameOwnPasskey(
  context: SessionContext,
  userId: string,
  id: string,
  name: string,
): Promise<void> {
  await context.db.transaction(async (db) => {
    if (!(await renamePasskey(db, userId, id, name))) throw noSuchPasskey();
    await context.beforeCommit?.();
  });
}

/** @throws AppError not-found; conflict, where it is the last key: who had none could not come back */
export async function removeOwnPasskey(context: SessionContext, userId: string, id: string): Promise<void> {
  await context.db.transaction(async (db) => {
    if (!(await deletePasskey(db, userId, id))) throw noSuchPasskey();
    const left = (await listPasskeys(db, userId)).filter((row) => row.blocked_at === null);
    if (left.length === 0 && (await findPassword(db, userId)) === null)
      throw new AppError(
        'conflict',
        'è l’ultima chiave: aggiungerne prima un’altra',
        'it is the last key: add another one first',
      );
    await context.beforeCommit?.();
  });
}
