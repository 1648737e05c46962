/** What retention takes away of access and of the audit: one statement a kind. What belongs to services is theirs (entry/retention.ts). */
import type { Client } from '../../platform/db/pool.ts';
import { type Forget, RETENTION_RULES, type RetentionKind, type RetentionRow } from './retention.ts';

export type ServiceKind = 'uploads' | 'verification-batches';
export type AccessKind = Exclude<RetentionKind, ServiceKind>;

const deleting =
  (statement: string): Forget =>
  async (db, before) =>
    (await db.query(statement, [before])).rowCount;

export const FORGET_OF_ACCESS: Readonly<Record<AccessKind, Forget>> = {
  drafts: deleting('delete from access.drafts where written_at < $1'),
  'used-tokens': deleting('delete from access.used_tokens where expires_at < $1'),
  'sign-in-failures': deleting('delete from access.sign_in_failures where at < $1'),
  sessions: deleting('delete from access.sessions where made_at < $1'),
  'pending-steps': deleting('delete from access.pending_steps where expires_at < $1'),
  invitations: deleting('delete from access.invitations where least(used_at, expires_at) < $1'),
  recoveries: deleting('delete from access.recoveries where expires_at < $1'),
  'quota-uses': deleting(
    "delete from access.quota_uses where day < ($1::timestamptz at time zone 'Europe/Rome')::date",
  ),
  'audit-verifications': deleting('delete from audit.verifications where started_at < $1'),
};

export interface PastRule extends RetentionRow {
  readonly recorded_from: string;
  /** Null: it holds. */
  readonly recorded_to: string | null;
  readonly changed_by: string;
}

/** Every rule as it was and is, the latest first. */
export async function listRuleHistory(db: Client): Promise<PastRule[]> {
  const { rows } = await db.query<PastRule>(
    `select ${RETENTION_RULES.columns.join(', ')}, recorded_from, nullif(recorded_to, 'infinity') as recorded_to, changed_by
       from access.retention_rules order by rule_id, recorded_from desc`,
  );
  return rows;
}
