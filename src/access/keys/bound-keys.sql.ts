/** Keys that others have made, tied to users: certificates, persons of OpenID providers. Statements. */
import type { Client } from '../../platform/db/pool.ts';

export type BoundKind = 'certificate' | 'certificate-person' | 'oidc';

/** What a key of somebody else's making is known by. */
export interface BoundKey {
  readonly kind: BoundKind;
  /** Of OpenID: the provider as the settings name it; empty else. */
  readonly issuer: string;
  readonly value: string;
}

export interface BoundKeyRow extends BoundKey {
  readonly user_id: string;
  readonly bound_by: string;
  readonly bound_at: string;
  readonly used_at: string | null;
}

/** @returns false where it is bound to that user already */
export async function insertBoundKey(
  db: Client,
  userId: string,
  key: BoundKey,
  by: string,
  at: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into access.bound_keys (user_id, kind, issuer, value, bound_by, bound_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [userId, key.kind, key.issuer, key.value, by, at],
  );
  return rowCount === 1;
}

export async function listBoundKeys(db: Client, userId: string): Promise<BoundKeyRow[]> {
  const { rows } = await db.query<BoundKeyRow>(
    `select user_id, kind, issuer, value, bound_by, bound_at, used_at
       from access.bound_keys where user_id = $1 order by bound_at, kind, value`,
    [userId],
  );
  return rows;
}

/** Whose a key is, by any of what it is known by: one person may have two accounts (security.md, 5). */
export async function listBoundUsers(db: Client, keys: readonly BoundKey[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ user_id: string }>(
    `select distinct b.user_id from access.bound_keys b
       join unnest($1::text[], $2::text[], $3::text[]) as k (kind, issuer, value)
         on b.kind = k.kind and b.issuer = k.issuer and b.value = k.value
      order by b.user_id`,
    [keys.map((k) => k.kind), keys.map((k) => k.issuer), keys.map((k) => k.value)],
  );
  return rows.map(({ user_id }) => user_id);
}

export async function markBoundKey(
  db: Client,
  userId: string,
  keys: readonly BoundKey[],
  now: Date,
): Promise<void> {
  await db.query(
    `update access.bound_keys b set used_at = $5
       from unnest($2::text[], $3::text[], $4::text[]) as k (kind, issuer, value)
      where b.user_id = $1 and b.kind = k.kind and b.issuer = k.issuer and b.value = k.value`,
    [userId, keys.map((k) => k.kind), keys.map((k) => k.issuer), keys.map((k) => k.value), now],
  );
}

/** @returns false where it is not bound to that user */
export async function deleteBoundKey(db: Client, userId: string, key: BoundKey): Promise<boolean> {
  const { rowCount } = await db.query(
    'delete from access.bound_keys where user_id = $1 and kind = $2 and issuer = $3 and value = $4',
    [userId, key.kind, key.issuer, key.value],
  );
  return rowCount === 1;
}
