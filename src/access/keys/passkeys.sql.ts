/** Passkeys: statements. */
import type { Client } from '../../platform/db/pool.ts';
import type { Passkey } from './passkeys.ts';

export interface PasskeyRow {
  readonly passkey_id: string;
  readonly user_id: string;
  readonly name: string;
  readonly public_key: Buffer;
  readonly counter: number;
  readonly synced: boolean;
  readonly made_at: string;
  readonly used_at: string | null;
  readonly blocked_at: string | null;
}
const COLUMNS = 'passkey_id, user_id, name, public_key, counter, synced, made_at, used_at, blocked_at';

/** @returns false where there is one of that identifier already */
export async function insertPasskey(
  db: Client,
  userId: string,
  name: string,
  passkey: Passkey,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into access.passkeys (passkey_id, user_id, name, public_key, counter, transports, synced, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      passkey.id,
      userId,
      name,
      Buffer.from(passkey.publicKey),
      passkey.counter,
      passkey.transports,
      passkey.synced,
      now,
    ],
  );
  return rowCount === 1;
}

export async function findPasskey(db: Client, id: string): Promise<PasskeyRow | null> {
  const { rows } = await db.query<PasskeyRow>(
    `select ${COLUMNS} from access.passkeys where passkey_id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

export async function listPasskeys(db: Client, userId: string): Promise<PasskeyRow[]> {
  const { rows } = await db.query<PasskeyRow>(
    `select ${COLUMNS} from access.passkeys where user_id = $1 order by made_at, passkey_id`,
    [userId],
  );
  return rows;
}

/** Keeps the counter of a use. @returns false where it did not grow, or the passkey is blocked */
export async function usePasskey(db: Client, id: string, counter: number, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `update access.passkeys set counter = $2, used_at = $3
      where passkey_id = $1 and blocked_at is null and (counter < $2 or (counter = 0 and $2 = 0))`,
    [id, counter, now],
  );
  return rowCount === 1;
}

export async function blockPasskey(db: Client, id: string, now: Date): Promise<void> {
  await db.query('update access.passkeys set blocked_at = coalesce(blocked_at, $2) where passkey_id = $1', [
    id,
    now,
  ]);
}

/** @returns false where the user has none of that identifier */
export async function renamePasskey(db: Client, userId: string, id: string, name: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'update access.passkeys set name = $3 where user_id = $1 and passkey_id = $2',
    [userId, id, name],
  );
  return rowCount === 1;
}

/** @returns false where the user has none of that identifier */
export async function deletePasskey(db: Client, userId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from access.passkeys where user_id = $1 and passkey_id = $2', [
    userId,
    id,
  ]);
  return rowCount === 1;
}
