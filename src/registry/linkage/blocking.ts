/**
 * Which pairs are compared at all: those that share a block. Rules are data: each names the keys whose values, put together, make
 * the block; records without one of them are in no block of the rule. Blocks are told by a hash of 32 bits: two that share one by
 * chance cost a few comparisons, and find nothing. Pure.
 */
import { z } from 'zod';

/** A rule of a policy file (blocking-rules.json). */
export const blockingRule = z.strictObject({
  /** As a person reads it. */
  name: z.string().min(1),
  /** Names of keys, each known to the records that are linked. */
  keys: z.array(z.string().min(1)).min(1),
  /** Blocks of more records than this are left out: what they hold must be found by another rule. */
  most: z.number().int().min(2),
  /** Fields that the keys settle: a pass of the estimation over these blocks learns the others alone. No list: no pass. */
  settles: z.array(z.string()).optional(),
});
export type BlockingRule = z.infer<typeof blockingRule>;

/** The value of each key, for one kind of record; null or '' where the record has none. */
export type Keys<R> = Readonly<Record<string, (record: R) => string | null>>;

/** @throws RangeError where a rule names a key that the records do not have */
export function checkRules<R>(rules: readonly BlockingRule[], keys: Keys<R>): void {
  for (const rule of rules)
    for (const key of rule.keys)
      if (!Object.hasOwn(keys, key))
        throw new RangeError(
          `blocking rule "${rule.name}": no key "${key}" (${Object.keys(keys).join(', ')})`,
        );
}

/** No block. */
export const NO_BLOCK = 0;

/** The hash of a record's block under a rule, 1 to 2^32 - 1; NO_BLOCK where it is in none. (FNV-1a, finished as MurmurHash3 is.) */
export function blockHash<R>(rule: BlockingRule, keys: Keys<R>, record: R): number {
  let hash = 0x811c9dc5;
  for (const key of rule.keys) {
    const value = keys[key]!(record);
    if (value === null || value === '') return NO_BLOCK;
    for (let i = 0; i < value.length; i++) hash = Math.imul(hash ^ value.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0 || 1;
}

/** The records of a rule by block. */
export interface Blocks {
  readonly rule: BlockingRule;
  /** Hash of the block of each record; NO_BLOCK also where it is left out. */
  readonly hashes: Uint32Array;
  /** Numbers of the records that are in a block, one block after the other, hashes ascending; blocks of one and those left out too. */
  readonly order: Int32Array;
  /** Where the blocks that are used begin and end in `order`: from, to, from, to … */
  readonly bounds: Int32Array;
  /** Pairs within the blocks used, before pairs that several rules give are counted once. */
  readonly pairs: number;
  /** Blocks left out, and the records of the largest. */
  readonly leftOut: number;
  readonly largest: number;
}

const MOST_RECORDS = 2 ** 21;

/**
 * Puts records into the blocks of a rule.
 * @throws RangeError beyond two million records: hash and number of a record must fit a double
 */
export function blocksOf<R>(rule: BlockingRule, keys: Keys<R>, records: readonly R[]): Blocks {
  if (records.length > MOST_RECORDS) throw new RangeError(`more than ${MOST_RECORDS} records`);
  const hashes = new Uint32Array(records.length);
  let within = 0;
  for (let i = 0; i < records.length; i++) {
    hashes[i] = blockHash(rule, keys, records[i]!);
    if (hashes[i] !== NO_BLOCK) within++;
  }
  const sorted = new Float64Array(within);
  for (let i = 0, at = 0; i < records.length; i++)
    if (hashes[i] !== NO_BLOCK) sorted[at++] = hashes[i]! * MOST_RECORDS + i;
  sorted.sort();
  const order = Int32Array.from(sorted, (value) => value % MOST_RECORDS);
  return bounded(rule, hashes, order);
}

/** Finds the blocks in the order, and leaves out what is alone or too many. */
function bounded(rule: BlockingRule, hashes: Uint32Array, order: Int32Array): Blocks {
  const bounds: number[] = [];
  let pairs = 0;
  let leftOut = 0;
  let largest = 0;
  for (let from = 0; from < order.length; ) {
    const hash = hashes[order[from]!]!;
    let to = from + 1;
    while (to < order.length && hashes[order[to]!] === hash) to++;
    const size = to - from;
    if (size > rule.most) {
      leftOut++;
      largest = Math.max(largest, size);
      for (let i = from; i < to; i++) hashes[order[i]!] = NO_BLOCK;
    } else if (size > 1) {
      bounds.push(from, to);
      pairs += (size * (size - 1)) / 2;
    }
    from = to;
  }
  return { rule, hashes, order, bounds: Int32Array.from(bounds), pairs, leftOut, largest };
}

/** Do the two records share a block of the rule that is used? */
export const sharesBlock = ({ hashes }: Blocks, a: number, b: number): boolean =>
  hashes[a] !== NO_BLOCK && hashes[a] === hashes[b];

function sharesAny(blocks: readonly Blocks[], a: number, b: number): boolean {
  for (let i = 0; i < blocks.length; i++) if (sharesBlock(blocks[i]!, a, b)) return true;
  return false;
}

/**
 * Every pair that shares a block, once: a pair that an earlier rule gives too is passed over.
 * @param own how many of the first records there are of whose pairs alone is asked
 * @param visit record numbers, the lower first, and the number of the rule
 */
export function eachPair(
  blocks: readonly Blocks[],
  own: number,
  visit: (a: number, b: number, rule: number) => void,
): void {
  for (let rule = 0; rule < blocks.length; rule++) {
    const earlier = blocks.slice(0, rule);
    const { order, bounds } = blocks[rule]!;
    for (let block = 0; block < bounds.length; block += 2) {
      const to = bounds[block + 1]!;
      for (let i = bounds[block]!; i < to; i++) {
        const a = order[i]!;
        // Numbers ascend within a block.
        if (a >= own) break;
        for (let j = i + 1; j < to; j++) {
          const b = order[j]!;
          if (!sharesAny(earlier, a, b)) visit(a, b, rule);
        }
      }
    }
  }
}
