/** Users over their life: invited, first use, suspended, ended; their keys go with them (security.md, 1 to 8 and 12). */
import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import { hashPassword, passwordFaults, refusedPassword } from '../keys/passwords.ts';
import {
  deleteKeys,
  findInvitation,
  insertInvitation,
  lockAccess,
  putLastUse,
  putPassword,
  takeIdentifier,
  useInvitation,
} from './accounts.sql.ts';
import { type AccessContext, change, changeOf, conflict, getNow } from './change.service.ts';
import { closeNow, findNow, listNow, putNow } from './history.sql.ts';
import { nextState, type Step } from './lifecycle.ts';
import { BODIES, GRANTS, USERS, type UserRow } from './tables.ts';

/** Days in which an invitation must be used. */
const INVITATION_DAYS = 7;
const DAY_MS = 86_400_000;

/** What an invited user receives, by hand or by post: it opens the account once, for some days. */
export interface Invitation {
  readonly user: UserRow;
  readonly word: string;
  readonly expiresAt: string;
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/**
 * What is kept of an invitation's word. That of a recovery has two halves, `word.code`: who asked keeps the word, of which the server has
 * a digest alone; the colleague who approves hands over the code (control 12).
 */
export function digestOf(word: string): Buffer {
  const [half = '', code] = word.split('.', 2);
  return code === undefined ? sha256(word) : recoveryDigest(sha256(half), code);
}

/** @param asked the digest of the word that who asked keeps */
export const recoveryDigest = (asked: Buffer, code: string): Buffer =>
  sha256(Buffer.concat([asked, Buffer.from(code.toUpperCase().replace(/[\s-]/g, ''))]));

/** A new invitation for a user; the ones before it are worthless from now on. */
export async function newInvitation(db: Client, context: AccessContext, user: UserRow): Promise<Invitation> {
  const word = randomBytes(24).toString('base64url');
  const expiresAt = new Date(context.now().getTime() + INVITATION_DAYS * DAY_MS).toISOString();
  await insertInvitation(db, { digest: digestOf(word), userId: user.user_id, expiresAt });
  return { user, word, expiresAt };
}

/** Invites a person: one account each, and one apart for who administers (security.md, 1 and 5). */
export function inviteUser(
  context: AccessContext,
  given: Omit<UserRow, 'user_id' | 'state' | 'reason'>,
): Promise<Invitation> {
  return change(context, async (db) => {
    const body = await getNow(db, BODIES, 'l’ente', given.body_id);
    if (body.ended) throw conflict(`${body.body_id} è cessato`, `${body.body_id} has ended`);
    const others = await listNow(db, USERS, { column: 'codice_fiscale', values: [given.codice_fiscale] });
    const same = others.find((u) => u.account === given.account && u.state !== 'ended');
    if (same !== undefined)
      throw conflict(
        `questa persona ha già l’accesso ${same.user_id} (${same.body_id}): uno per persona; farlo cessare prima di darne un altro`,
        `this person has the account ${same.user_id} (${same.body_id}) already: one a person; end it before giving another`,
      );
    const user: UserRow = {
      user_id: await takeIdentifier(db, 'user'),
      ...given,
      state: 'invited',
      reason: null,
    };
    await putNow(db, USERS, user, changeOf(context));
    return newInvitation(db, context, user);
  });
}

const notInvited = (): AppError =>
  new AppError(
    'unauthenticated',
    'l’invito non è valido, è già stato usato o è scaduto: chiederne un altro a chi amministra gli accessi',
    'the invitation is not valid, was used already or has expired: ask who administers access for another',
  );

/** Whom an invitation is for, without using it up. @throws AppError unauthenticated */
export async function getInvited(context: Omit<AccessContext, 'by'>, word: string): Promise<UserRow> {
  const { db } = context;
  const userId = await findInvitation(db, digestOf(word), context.now().toISOString());
  const user = userId === null ? null : await findNow(db, USERS, [userId]);
  if (user?.state !== 'invited') throw notInvited();
  return user;
}

/**
 * The first use of an account: uses the invitation up, and makes the account active with the keys that are put in the same transaction.
 * @param putKeys gives the user their keys; what it throws leaves the invitation as it was
 * @param address where from
 * @throws AppError unauthenticated
 */
export async function useInvited(
  context: Omit<AccessContext, 'by'>,
  word: string,
  address: string,
  putKeys: (db: Client, user: UserRow) => Promise<void>,
): Promise<UserRow> {
  const at = context.now().toISOString();
  return context.db.transaction(async (db) => {
    await lockAccess(db);
    const userId = await useInvitation(db, digestOf(word), at);
    const user = userId === null ? null : await findNow(db, USERS, [userId]);
    if (user?.state !== 'invited') throw notInvited();
    await putKeys(db, user);
    const active = await activate(db, user, at, address);
    await context.beforeCommit?.();
    return active;
  });
}

/** An invited account is in use from now on. In a transaction. */
export async function activate(db: Client, user: UserRow, at: string, address: string): Promise<UserRow> {
  const active: UserRow = { ...user, state: nextState(user.user_id, user.state, 'activate'), reason: null };
  await putNow(db, USERS, active, { by: user.user_id, at });
  await putLastUse(db, user.user_id, at, address);
  return active;
}

/** A password of one's own, by which nobody else ever knows it (security.md, 7 to 9). @throws AppError invalid-request, with all that is wrong */
export async function putOwnPassword(
  db: Client,
  user: UserRow,
  password: string,
  options: { readonly secondFactor: boolean; readonly at: string },
): Promise<void> {
  const faults = passwordFaults(password, ownerOf(user), options.secondFactor);
  if (faults.length > 0) throw refusedPassword(faults);
  const hash = await hashPassword(password);
  await putPassword(db, { userId: user.user_id, hash, at: options.at, mustChange: false });
}

/** The first use with a password alone; what it may open is decided by the rights (security.md, 10). @param address where from */
export function acceptInvitation(
  context: Omit<AccessContext, 'by'>,
  word: string,
  password: string,
  options: { readonly secondFactor: boolean; readonly address: string },
): Promise<UserRow> {
  return useInvited(context, word, options.address, (db, user) =>
    putOwnPassword(db, user, password, {
      secondFactor: options.secondFactor,
      at: context.now().toISOString(),
    }),
  );
}

const ownerOf = (user: UserRow) => ({
  userId: user.user_id,
  surname: user.surname,
  givenName: user.given_name,
  codiceFiscale: user.codice_fiscale,
});

/** Suspends or ends an account: its keys are taken away in the same moment (security.md, 4). */
export function stopUser(
  context: AccessContext,
  userId: string,
  step: 'suspend' | 'end',
  reason: string,
): Promise<UserRow> {
  return change(context, async (db) => {
    const user = await stepped(db, context, userId, step, reason);
    await deleteKeys(db, userId);
    if (step === 'end')
      for (const grant of await listNow(db, GRANTS, { column: 'holder_id', values: [userId] }))
        await closeNow(db, GRANTS, [userId, grant.profile_id], changeOf(context));
    return user;
  });
}

/** Opens an account anew, or gives other keys to who lost them: by an invitation, from another person of the body (12). */
export function inviteAgain(
  context: AccessContext,
  userId: string,
  step: 'resume' | 'invite-again',
): Promise<Invitation> {
  return change(context, async (db) => {
    if (context.by === userId)
      throw conflict('le chiavi le ridà un’altra persona', 'keys are given again by another person');
    return newInvitation(db, context, await takeKeysAway(db, context, userId, step));
  });
}

/** Takes every key away from a user who is to begin anew. In a transaction. */
export async function takeKeysAway(
  db: Client,
  context: AccessContext,
  userId: string,
  step: 'resume' | 'invite-again',
): Promise<UserRow> {
  const user = await stepped(db, context, userId, step, null);
  await deleteKeys(db, userId);
  return user;
}

async function stepped(
  db: Client,
  context: AccessContext,
  userId: string,
  step: Step,
  reason: string | null,
): Promise<UserRow> {
  const held = await getNow(db, USERS, 'l’utente', userId);
  const user: UserRow = { ...held, state: nextState(userId, held.state, step), reason };
  await putNow(db, USERS, user, changeOf(context));
  return user;
}
