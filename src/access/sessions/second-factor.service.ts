/** Enrolment of the second factor by code (security.md, 10): a secret shown once, held to be the user's by a first code. */
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import { newTotpSecret, totpStep, totpUri } from '../keys/totp.ts';
import { refuseUnproved } from './own-keys.ts';
import { deleteTotp, findTotp, putTotp, useTotpStep } from './sessions.sql.ts';
import type { SessionCaller, SessionContext } from './sign-in.service.ts';

export interface Enrolment {
  /** For who types it. */
  readonly secret: string;
  /** For who scans it. */
  readonly uri: string;
}

/**
 * A new secret for a user who has none confirmed: at first use, or by `beginOwnTotp`.
 * @throws AppError conflict, where there is one: it is taken away by another person of the body first (control 12)
 */
export async function beginTotp(context: SessionContext, userId: string): Promise<Enrolment> {
  if ((await findTotp(context.db, userId))?.confirmed === true)
    throw new AppError(
      'conflict',
      'il secondo fattore c’è già: per rifarlo va tolto da un amministratore dell’ente',
      'there is a second factor already: to make it anew an administrator of the body takes it away',
    );
  const secret = newTotpSecret();
  await putTotp(context.db, userId, context.box.seal(userId, Buffer.from(secret)), context.now());
  return { secret, uri: totpUri(secret, userId) };
}

/** Confirms the secret by a code of it. @throws AppError invalid-request, for a wrong code */
export const confirmTotp = (context: SessionContext, userId: string, code: string): Promise<void> =>
  confirmTotpIn(context, userId, code);

/** The same, within a transaction of the caller's. */
export async function confirmTotpIn(
  context: Pick<SessionContext, 'now' | 'box'> & { readonly db: Client },
  userId: string,
  code: string,
): Promise<void> {
  const held = await findTotp(context.db, userId);
  const secret = held === null ? null : context.box.open(userId, held.box);
  const step =
    secret === null
      ? null
      : await totpStep(secret.toString('utf8'), code, held?.last_step ?? null, context.now());
  if (step !== null && (await useTotpStep(context.db, userId, step))) return;
  throw new AppError(
    'invalid-request',
    'codice errato o già usato: attendere il prossimo e ripetere; controllare l’ora del telefono',
    'wrong or used code: wait for the next one and repeat; check the time of the phone',
  );
}

/** For who is signed in with another key that stands for a second factor. @throws AppError forbidden, conflict */
export function beginOwnTotp(
  context: SessionContext,
  { holder, session }: SessionCaller,
): Promise<Enrolment> {
  refuseUnproved(context, session);
  return beginTotp(context, holder.id);
}

/** @throws AppError forbidden, invalid-request */
export function confirmOwnTotp(
  context: SessionContext,
  { holder, session }: SessionCaller,
  code: string,
): Promise<void> {
  refuseUnproved(context, session);
  return context.db.transaction(async (db) => {
    await confirmTotpIn({ ...context, db }, holder.id, code);
    await context.beforeCommit?.();
  });
}

/** Takes a second factor away: by another person of the body, never by oneself (control 12). */
export async function removeTotp(context: SessionContext, userId: string, by: string): Promise<void> {
  if (userId === by)
    throw new AppError(
      'forbidden',
      'il secondo fattore lo toglie un’altra persona dell’ente',
      'a second factor is taken away by another person of the body',
    );
  await deleteTotp(context.db, userId);
}
