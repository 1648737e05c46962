/**
 * Which pairs are compared at all: those that share a block. Rules are data: each names the keys whose values, put together, make
 * the block; records without one of them are in no block of the rule. Pure.
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

/** The text that names a record's block; null where it is in none. */
export function blockText<R>(rule: BlockingRule, keys: Keys<R>, record: R): string | null {
  let text = '';
  for (const key of rule.keys) {
    const value = keys[key]!(record);
    if (value === null || value === '') return null;
    text += `${value}\u001f`;
  }
  return text;
}

/** Numbers that name the blocks of a rule, by record; 0: in no block, or in one that is left out. */
export interface Blocks {
  readonly rule: BlockingRule;
  readonly numbers: Int32Array;
  /** Records of each block that is used. */
  readonly members: readonly Int32Array[];
  /** Pairs within the blocks used, before pairs that several rules give are counted once. */
  readonly pairs: number;
  /** Blocks left out, and the records of the largest. */
  readonly leftOut: number;
  readonly largest: number;
}

/** Puts records into the blocks of a rule. */
export function blocksOf<R>(rule: BlockingRule, keys: Keys<R>, records: readonly R[]): Blocks {
  const ids = new Map<string, number>();
  const numbers = new Int32Array(records.length);
  const sizes: number[] = [0];
  for (let i = 0; i < records.length; i++) {
    const text = blockText(rule, keys, records[i]!);
    if (text === null) continue;
    let id = ids.get(text);
    if (id === undefined) {
      id = sizes.length;
      ids.set(text, id);
      sizes.push(0);
    }
    numbers[i] = id;
    sizes[id]!++;
  }
  return membersOf(rule, numbers, sizes);
}

/** Sorts record numbers by block and leaves out what is alone or too many. @param sizes by block, the first is none */
function membersOf(rule: BlockingRule, numbers: Int32Array, sizes: readonly number[]): Blocks {
  let pairs = 0;
  let leftOut = 0;
  let largest = 0;
  const members: Int32Array[] = [];
  const at = new Int32Array(sizes.length).fill(-1);
  for (let id = 1; id < sizes.length; id++) {
    const size = sizes[id]!;
    if (size < 2) continue;
    if (size > rule.most) {
      leftOut++;
      largest = Math.max(largest, size);
      continue;
    }
    at[id] = members.length;
    members.push(new Int32Array(size));
    pairs += (size * (size - 1)) / 2;
  }
  const filled = new Int32Array(members.length);
  for (let i = 0; i < numbers.length; i++) {
    const block = at[numbers[i]!]!;
    if (block < 0) numbers[i] = 0;
    else members[block]![filled[block]!++] = i;
  }
  return { rule, numbers, members, pairs, leftOut, largest };
}

/**
 * Every pair that shares a block, once: a pair that an earlier rule gives too is passed over.
 * @param visit record numbers, the lower first, and the number of the rule
 */
export function eachPair(
  blocks: readonly Blocks[],
  visit: (a: number, b: number, rule: number) => void,
): void {
  for (let rule = 0; rule < blocks.length; rule++) {
    const earlier = blocks.slice(0, rule).map((b) => b.numbers);
    for (const members of blocks[rule]!.members) {
      for (let i = 0; i < members.length; i++) {
        const a = members[i]!;
        for (let j = i + 1; j < members.length; j++) {
          const b = members[j]!;
          if (!sharesEarlier(earlier, a, b)) visit(a, b, rule);
        }
      }
    }
  }
}

function sharesEarlier(earlier: readonly Int32Array[], a: number, b: number): boolean {
  for (const numbers of earlier) {
    const block = numbers[a]!;
    if (block !== 0 && block === numbers[b]) return true;
  }
  return false;
}

/** Do the two records share a block of the rule that is used? */
export const sharesBlock = ({ numbers }: Blocks, a: number, b: number): boolean =>
  numbers[a] !== 0 && numbers[a] === numbers[b];
