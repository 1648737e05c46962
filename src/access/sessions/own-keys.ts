/**
 * When somebody may change their own keys: a session with a second factor, opened a short while ago. Who found a password, or a browser left open,
 * must not be able to give themselves a key that stays (security.md, 10 and 12).
 */
import { AppError } from '../../kernel/app-error.ts';
import { SESSION_POLICY, type SessionPolicy } from './policy.ts';
import type { SessionRow } from './sessions.sql.ts';

/** @throws AppError forbidden */
export function refuseUnproved(
  context: { now(): Date; readonly policy?: SessionPolicy },
  session: Pick<SessionRow, 'second_factor' | 'must_change' | 'made_at'>,
): void {
  const { fresh } = context.policy ?? SESSION_POLICY;
  if (!session.second_factor)
    throw new AppError(
      'forbidden',
      'una nuova chiave si aggiunge solo con una che c’è già: entrare con passkey o secondo fattore, oppure chiedere il recupero a un collega',
      'a new key is added only with one that is there already: sign in with a passkey or second factor, or ask a colleague for recovery',
    );
  if (session.must_change)
    throw new AppError(
      'forbidden',
      'prima di ogni altra cosa va cambiata la password',
      'before anything else the password must be changed',
    );
  if (context.now().getTime() - Date.parse(session.made_at) > fresh)
    throw new AppError(
      'forbidden',
      'per cambiare le proprie chiavi occorre essere entrati da poco: uscire ed entrare di nuovo',
      'to change one’s own keys one must have signed in a short while ago: sign out and in again',
    );
}
