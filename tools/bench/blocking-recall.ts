/** How many of the pairs that are one person blocking brings to be compared at all, whatever the comparison makes of them. */
import type { Client } from '../../src/platform/db/pool.ts';
import { ruleOf } from '../../src/registry/linkage/block-keys.ts';
import { listBlocks } from '../../src/registry/linkage/linkage.sql.ts';
import { readRules } from '../../src/registry/linkage/policy.ts';
import { listCommonKeys } from './linkage.sql.ts';

/**
 * The share of the pairs that have a block in common, of those blocks that their rules allow.
 * @param pairs "COMUNE:ID_SOGGETTO COMUNE:ID_SOGGETTO", of a register that is linked
 */
export async function blockingRecall(db: Client, pairs: readonly string[]): Promise<number> {
  const common = await listCommonKeys(db, pairs);
  const rules = readRules();
  const keys = [...new Set(common.map((c) => c.block_key))];
  const blocks = await listBlocks(
    db,
    keys,
    keys.map((key) => rules[ruleOf(key)]!.most),
  );
  const used = new Set(blocks.map((block) => block.block_key));
  const met = new Set(common.filter((c) => used.has(c.block_key)).map((c) => c.pair));
  return met.size / pairs.length;
}
