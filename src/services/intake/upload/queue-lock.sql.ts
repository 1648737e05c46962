/** One process loads the supplies that wait: a lock of its session, which ends with it however it ends. */
import type { Client } from '../../../platform/db/pool.ts';

/** "INTAK" in ASCII. */
const LOCK = 0x49_4e_54_41_4b;

/** @returns whether this session has it now */
export async function takeQueue(db: Client): Promise<boolean> {
  const { rows } = await db.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK]);
  return rows[0]?.taken === true;
}

export async function leaveQueue(db: Client): Promise<void> {
  await db.query('select pg_advisory_unlock($1)', [LOCK]);
}
