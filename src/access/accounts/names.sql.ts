/** How a user and the body are called, for the head of a page. */
import type { Client } from '../../platform/db/pool.ts';

/** Null where there is no user of that identifier. */
export async function findNames(
  db: Client,
  userId: string,
): Promise<{ readonly user: string; readonly body: string } | null> {
  const { rows } = await db.query<{ user: string; body: string }>(
    `select u.given_name || ' ' || u.surname as user, b.name as body
       from access.users u
       join access.bodies b on b.body_id = u.body_id and b.recorded_to = 'infinity'
      where u.user_id = $1 and u.recorded_to = 'infinity'`,
    [userId],
  );
  return rows[0] ?? null;
}
