/** Numbers of breaches. */
import type { Client } from '../../platform/db/pool.ts';

export async function nextBreachId(db: Client): Promise<string> {
  const { rows } = await db.query<{ id: string }>("select 'V' || nextval('access.breach_numbers') as id");
  return rows[0]!.id;
}
