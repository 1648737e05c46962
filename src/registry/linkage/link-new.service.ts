/**
 * What the job behind the loads does: links whatever is not linked yet, whoever recorded it and however long ago. What is to be done
 * is read from the register each time, and done in one transaction: a job that was killed, or never begun, leaves it to the next.
 */
import type { Database } from '../../platform/db/pool.ts';
import type { Reference } from '../../reference/load-reference.ts';
import { type LinkageReport, type LinkageRoom, linkAllIn, linkShareIn } from './linkage.service.ts';
import { countEntries, findWholeRun, lastLinked, listTouched, lockLinkage } from './linkage.sql.ts';
import { type Way, wayOf } from './policy.ts';

/**
 * Decided once the lock is held: what a run under way links while this one waits for it is not linked again.
 * @returns null where everything is linked already
 */
export async function linkNew(
  db: Database,
  reference: Reference,
  room: LinkageRoom,
): Promise<{ readonly way: Exclude<Way, 'nothing'>; readonly report: LinkageReport } | null> {
  return db.transaction(async (client) => {
    await lockLinkage(client);
    const since = await lastLinked(client);
    const whole = await findWholeRun(client);
    const touched = since === null ? 0 : (await listTouched(client, since)).length;
    const way = wayOf(since === null ? null : (whole?.entries ?? null), await countEntries(client), touched);
    if (way === 'nothing') return null;
    if (way === 'share' && since !== null)
      return { way, report: await linkShareIn(client, reference, { since }) };
    return { way: 'whole', report: await linkAllIn(db, client, reference, room) };
  });
}
