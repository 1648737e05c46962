/** Keys of blocks as they are stored (linkage_keys): the number of the rule and the hash of the block in one whole number. Pure. */
import { type BlockingRule, type Blocks, blockHash, NO_BLOCK } from './blocking.ts';
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

const LINES = 4096;

/** Rows of linkage_keys in COPY's text format, keys ascending, so that the index grows at its end; an entry once a key. */
export function* keyLines(
  blocks: readonly Blocks[],
  records: readonly EntryRecord[],
  rules: readonly BlockingRule[],
): Generator<string> {
  let text = '';
  let lines = 0;
  for (let rule = 0; rule < blocks.length; rule++) {
    let key = -1;
    let entries = new Set<number>();
    for (const i of blocks[rule]!.order) {
      const record = records[i]!;
      // Those of blocks left out too: other entries may leave the block.
      const hash = blocks[rule]!.hashes[i]! || blockHash(rules[rule]!, ENTRY_KEYS, record);
      if (blockKey(rule, hash) !== key) {
        key = blockKey(rule, hash);
        entries = new Set();
      }
      if (entries.has(record.entryId)) continue;
      entries.add(record.entryId);
      text += `${key}\t${record.entryId}\n`;
      if (++lines % LINES !== 0) continue;
      yield text;
      text = '';
    }
  }
  yield text;
}
