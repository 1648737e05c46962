/**
 * Keeps the planner from ways of joining that are ruinous on rows written in the same transaction. Their numbers lie beyond
 * what the statistics know of a table, so that it takes a block of them for a few rows: a nested loop over two blocks, or a
 * whole table read for each, took minutes where the right plan takes a fraction of a second (docs/bench.md).
 */
import type { Client } from '../../platform/db/pool.ts';

type Way = 'nestloop' | 'hashjoin' | 'mergejoin' | 'seqscan';

/** Runs `work`, within a transaction, without the ways of planning named. */
export async function without<T>(db: Client, ways: readonly Way[], work: () => Promise<T>): Promise<T> {
  const set = (value: 'on' | 'off') =>
    db.query(`select ${ways.map((way) => `set_config('enable_${way}', '${value}', true)`).join(', ')}`);
  await set('off');
  const result = await work();
  await set('on');
  return result;
}
