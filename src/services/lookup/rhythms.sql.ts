/** Every how many days each comune delivers, as its agreement says. */

import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';

export async function listRhythms(
  db: Client,
  today: Day,
): Promise<readonly { readonly comune: string; readonly every_days: number }[]> {
  const { rows } = await db.query<{ comune: string; every_days: number }>({
    name: 'lookup-rhythms',
    text: `select b.comune, min(a.every_days) as every_days
             from access.bodies b join access.agreements a on a.body_id = b.body_id
            where b.recorded_to = 'infinity' and a.recorded_to = 'infinity' and not b.ended and b.comune is not null
              and a.every_days is not null and a.valid_from <= $1::date and (a.valid_to is null or a.valid_to > $1::date)
            group by b.comune`,
    values: [today],
  });
  return rows;
}
