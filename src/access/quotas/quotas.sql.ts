/** Quotas of the day: taken in blocks, so that a question costs no write of its own. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';

/**
 * Takes a share of what a user, a system or a body may still ask today, over all processes at once: `block`, and towards the end an eighth of what is
 * left, so that a process that ends with a share takes little of the day with it and others find some.
 * @param of which quota where the holder has none of its own: 'user' or 'body'
 * @returns how many were given: 0 where the quota is used up
 */
export async function takeBlock(
  db: Client,
  holderId: string,
  of: 'user' | 'body',
  day: Day,
  block: number,
): Promise<number> {
  const { rows } = await db.query<{ given: number }>({
    name: 'take-quota',
    text: `with quota as (
             select per_day from access.quotas where quota_id in ($1, $2) and recorded_to = 'infinity'
              order by quota_id = $1 desc limit 1
           )
           insert into access.quota_uses as u (holder_id, day, taken)
           select $1, $3, least($4::int, (per_day + 7) / 8) from quota
           on conflict (holder_id, day) do update
             set taken = u.taken + greatest(0, least($4::int, ((select per_day from quota) - u.taken + 7) / 8))
           returning new.taken - coalesce(old.taken, 0) as given`,
    values: [holderId, of, day, block],
  });
  return rows[0]?.given ?? 0;
}

/** Forgets the days before. */
export async function forgetUses(db: Client, before: Day): Promise<void> {
  await db.query('delete from access.quota_uses where day < $1', [before]);
}
