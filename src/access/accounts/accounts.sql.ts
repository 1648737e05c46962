/** Statements about accounts that are no history: numbers, invitations, passwords, last uses. */
import type { Client } from '../../platform/db/pool.ts';

export type Numbered = 'body' | 'agreement' | 'user' | 'client';
const LETTERS: Readonly<Record<Numbered, string>> = { body: 'B', agreement: 'A', user: 'U', client: 'C' };

/** A new identifier, such as U12: a sequence never gives a number twice, also where it was not used (control 2). */
export async function takeIdentifier(db: Client, of: Numbered): Promise<string> {
  const { rows } = await db.query<{ n: number }>(`select nextval('access.${of}_numbers') as n`);
  return `${LETTERS[of]}${rows[0]!.n}`;
}

/** Makes those who change access wait for each other, until the end of the transaction. */
export async function lockAccess(db: Client): Promise<void> {
  await db.query('select pg_advisory_xact_lock($1)', [LOCK]);
}
/** "ACCES" in ASCII. */
const LOCK = 0x41_43_43_45_53;

export async function insertInvitation(
  db: Client,
  invitation: { readonly digest: Buffer; readonly userId: string; readonly expiresAt: string },
): Promise<void> {
  await db.query('delete from access.invitations where user_id = $1', [invitation.userId]);
  await db.query('insert into access.invitations (digest, user_id, expires_at) values ($1, $2, $3)', [
    invitation.digest,
    invitation.userId,
    invitation.expiresAt,
  ]);
}

/** @returns whose invitation it is; null where there is none, or it was used or has expired */
export async function findInvitation(db: Client, digest: Buffer, at: string): Promise<string | null> {
  const { rows } = await db.query<{ user_id: string }>(
    'select user_id from access.invitations where digest = $1 and used_at is null and expires_at > $2::timestamptz',
    [digest, at],
  );
  return rows[0]?.user_id ?? null;
}

/** Uses an invitation up. @returns whose it was; null where there is none, or it was used or has expired */
export async function useInvitation(db: Client, digest: Buffer, at: string): Promise<string | null> {
  const { rows } = await db.query<{ user_id: string }>(
    `update access.invitations set used_at = $2
      where digest = $1 and used_at is null and expires_at > $2::timestamptz returning user_id`,
    [digest, at],
  );
  return rows[0]?.user_id ?? null;
}

export async function putPassword(
  db: Client,
  password: {
    readonly userId: string;
    readonly hash: string;
    readonly at: string;
    readonly mustChange: boolean;
  },
): Promise<void> {
  await db.query(
    `insert into access.passwords (user_id, hash, set_at, must_change) values ($1, $2, $3, $4)
     on conflict (user_id) do update set hash = excluded.hash, set_at = excluded.set_at, must_change = excluded.must_change`,
    [password.userId, password.hash, password.at, password.mustChange],
  );
}

export async function deletePassword(db: Client, userId: string): Promise<void> {
  await db.query('delete from access.passwords where user_id = $1', [userId]);
}

/** Takes away every key of a user, what they were about to open with one, and the session. */
export async function deleteKeys(db: Client, userId: string): Promise<void> {
  for (const table of [
    'passwords',
    'second_factors',
    'passkeys',
    'bound_keys',
    'invitations',
    'pending_steps',
  ])
    await db.query(`delete from access.${table} where user_id = $1`, [userId]);
  await db.query(`delete from access.recoveries where user_id = $1 and state = 'waiting'`, [userId]);
  await db.query('delete from access.sessions where holder_id = $1', [userId]);
}

export interface LastUse {
  readonly holder_id: string;
  readonly used_at: string;
  readonly address: string;
}

export async function putLastUse(db: Client, holderId: string, at: string, address: string): Promise<void> {
  await db.query(
    `insert into access.last_uses (holder_id, used_at, address) values ($1, $2, $3)
     on conflict (holder_id) do update set used_at = excluded.used_at, address = excluded.address`,
    [holderId, at, address],
  );
}

export async function listLastUses(db: Client, holders: readonly string[]): Promise<LastUse[]> {
  const { rows } = await db.query<LastUse>(
    'select holder_id, used_at, address from access.last_uses where holder_id = any($1)',
    [holders],
  );
  return rows;
}

/** Whether anybody administers, or is invited to. */
export async function hasAdministrator(db: Client): Promise<boolean> {
  const { rows } = await db.query(
    `select from access.users where recorded_to = 'infinity' and account = 'administration' and state <> 'ended' limit 1`,
  );
  return rows.length > 0;
}

/** Every row a user has ever had, the oldest first: the history of an account. */
export async function listUserHistory(db: Client, userId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await db.query(
    `select state, body_id, office, reason, recorded_from, recorded_to, changed_by
       from access.users where user_id = $1 order by recorded_from`,
    [userId],
  );
  return rows;
}
