/** What a sign-in leaves open between its two steps: challenges and states, of which only digests are kept. */
import { createHash } from 'node:crypto';
import type { Client } from '../../platform/db/pool.ts';

export type StepKind = 'passkey-registration' | 'passkey-sign-in' | 'oidc';

export interface PendingStep {
  readonly kind: StepKind;
  /** For whom; null where that is found at the end. */
  readonly userId: string | null;
  readonly content: string;
}

const digest = (word: string): Buffer => createHash('sha256').update(word).digest();

/** @param word the challenge or state, which comes back with the second step */
export async function putStep(
  db: Client,
  word: string,
  step: PendingStep,
  now: Date,
  expiresAt: Date,
): Promise<void> {
  await db.query('delete from access.pending_steps where expires_at <= $1', [now]);
  await db.query(
    'insert into access.pending_steps (digest, kind, user_id, content, expires_at) values ($1, $2, $3, $4, $5)',
    [digest(word), step.kind, step.userId, step.content, expiresAt],
  );
}

/** Takes a step up, once: whoever comes second, or late, or with another kind or user, finds nothing. @returns its content */
export async function takeStep(
  db: Client,
  word: string,
  kind: StepKind,
  userId: string | null,
  now: Date,
): Promise<string | null> {
  const { rows } = await db.query<{ content: string }>(
    `delete from access.pending_steps
      where digest = $1 and kind = $2 and user_id is not distinct from $3 and expires_at > $4 returning content`,
    [digest(word), kind, userId, now],
  );
  return rows[0]?.content ?? null;
}
