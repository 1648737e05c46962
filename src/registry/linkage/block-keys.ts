/** Keys of blocks as they are stored (linkage_keys): the number of the rule and the hash of the block in one whole number. Pure. */
import { type BlockingRule, blockHash, NO_BLOCK } from './blocking.ts';
import { ENTRY_KEYS, type EntryRecord } from './entry-record.ts';

const SHIFT = 2 ** 32;

/** Below 2^53 for two million rules. */
export const blockKey = (rule: number, hash: number): number => rule * SHIFT + hash;
export const ruleOf = (key: number): number => Math.floor(key / SHIFT);

/** Keys of a record, rule by rule. */
export function keysOf(rules: readonly BlockingRule[], record: EntryRecord): number[] {
  const keys: number[] = [];
  for (let i = 0; i < rules.length; i++) {
    const hash = blockHash(rules[i]!, ENTRY_KEYS, record);
    if (hash !== NO_BLOCK) keys.push(blockKey(i, hash));
  }
  return keys;
}
