/** A password changed by its owner (security.md, 7, 8 and 11): with the one that was, and a session that begins anew. */
import { AppError } from '../../kernel/app-error.ts';
import { findNow } from '../accounts/history.sql.ts';
import { USERS } from '../accounts/tables.ts';
import { putOwnPassword } from '../accounts/users.service.ts';
import { isPassword } from '../keys/passwords.ts';
import { forgetFailures, isLocked, noteFailure } from './attempts.ts';
import { endSessionsOf, findPassword, findTotp } from './sessions.sql.ts';
import {
  notSignedIn,
  type OpenedSession,
  openSession,
  type SessionCaller,
  type SessionContext,
} from './sign-in.service.ts';

/**
 * @param held the password that was
 * @returns the session that takes the place of the caller's
 * @throws AppError unauthenticated, after too many attempts: the session has ended; invalid-request
 */
export async function changePassword(
  context: SessionContext,
  { holder, session }: SessionCaller,
  held: string,
  next: string,
  address: string,
): Promise<OpenedSession> {
  const { db } = context;
  if (await isLocked(context, holder.id, address)) {
    await endSessionsOf(db, holder.id);
    throw notSignedIn();
  }
  const kept = await findPassword(db, holder.id);
  if (!(await isPassword(kept?.hash ?? null, held))) {
    await noteFailure(context, holder.id, address);
    throw refused('la password attuale non è giusta', 'the present password is not right');
  }
  if (held.normalize('NFKC') === next.normalize('NFKC'))
    throw refused('la password nuova è quella di prima', 'the new password is the one that was');
  const user = await findNow(db, USERS, [holder.id]);
  if (user === null) throw notSignedIn();
  const secondFactor = (await findTotp(db, holder.id))?.confirmed === true;
  const at = context.now().toISOString();
  await db.transaction(async (client) => {
    await putOwnPassword(client, user, next, { secondFactor, at });
    await context.beforeCommit?.();
  });
  await forgetFailures(context, holder.id);
  return openSession(context, holder.id, address, {
    kind: session.key_kind,
    secondFactor: session.second_factor,
    ...(session.certificate_digest === null ? {} : { certificate: session.certificate_digest }),
    mustChange: false,
  });
}

const refused = (italian: string, english: string): AppError =>
  new AppError('invalid-request', italian, english);
