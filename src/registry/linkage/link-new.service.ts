/**
 * What the job behind the loads does: links whatever is not linked yet, whoever recorded it and however long ago. What is to be done
 * is read from the register each time, and done in one transaction: a job that was killed, or never begun, leaves it to the next.
 */
import type { Database } from '../../platform/db/pool.ts';
import type { Reference } from '../../reference/load-reference.ts';
import { type LinkageReport, type LinkageRoom, linkAll, linkShare } from './linkage.service.ts';
import { countEntries, findWholeRun, lastLinked, listTouched } from './linkage.sql.ts';
import { type Way, wayOf } from './policy.ts';

/** @returns null where everything is linked already */
export async function linkNew(
  db: Database,
  reference: Reference,
  room: LinkageRoom,
): Promise<{ readonly way: Exclude<Way, 'nothing'>; readonly report: LinkageReport } | null> {
  const since = await lastLinked(db);
  const whole = await findWholeRun(db);
  const touched = since === null ? 0 : (await listTouched(db, since)).length;
  const way = wayOf(since === null ? null : (whole?.records ?? null), await countEntries(db), touched);
  if (way === 'nothing') return null;
  if (way === 'share' && since !== null) return { way, report: await linkShare(db, reference, { since }) };
  return { way: 'whole', report: await linkAll(db, reference, room) };
}
