/** Requests for new keys: statements. Of the word that the asker keeps only a digest is there. */
import type { Client } from '../../platform/db/pool.ts';

export interface Recovery {
  readonly digest: Buffer;
  readonly user_id: string;
  readonly number: string;
  readonly address: string;
  readonly asked_at: string;
  readonly expires_at: string;
}

/** A request, of whoever says to be that user, there or not; not the sixth that waits for one. */
export async function insertRecovery(db: Client, recovery: Recovery): Promise<void> {
  await db.query(`delete from access.recoveries where state = 'waiting' and expires_at <= $1`, [
    recovery.asked_at,
  ]);
  await db.query(
    `insert into access.recoveries (digest, user_id, number, address, asked_at, expires_at, state)
     select $1, $2, $3, $4, $5, $6, 'waiting'
      where (select count(*) from access.recoveries where user_id = $2 and state = 'waiting') < 5`,
    [
      recovery.digest,
      recovery.user_id,
      recovery.number,
      recovery.address,
      recovery.asked_at,
      recovery.expires_at,
    ],
  );
}

export interface WaitingRecovery extends Recovery {
  readonly surname: string;
  readonly given_name: string;
  readonly codice_fiscale: string;
}

/** Those that wait for somebody of a body, the latest first. */
export async function listRecoveries(db: Client, bodyId: string, now: Date): Promise<WaitingRecovery[]> {
  const { rows } = await db.query<WaitingRecovery>(
    `select r.digest, r.user_id, r.number, r.address, r.asked_at, r.expires_at,
            u.surname, u.given_name, u.codice_fiscale
       from access.recoveries r
       join access.users u on u.user_id = r.user_id and u.recorded_to = 'infinity' and u.state = 'active'
      where u.body_id = $1 and r.state = 'waiting' and r.expires_at > $2
      order by r.asked_at desc, r.number limit 200`,
    [bodyId, now],
  );
  return rows;
}

/** @returns false where somebody else decided first */
export async function decideRecovery(
  db: Client,
  digest: Buffer,
  state: 'approved' | 'refused',
  by: string,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update access.recoveries set state = $2, decided_by = $3, decided_at = $4 where digest = $1 and state = 'waiting'`,
    [digest, state, by, now],
  );
  return rowCount === 1;
}
