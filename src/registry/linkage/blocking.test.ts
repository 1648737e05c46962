/** Blocks: every pair that shares a key is compared once, giant blocks are left out and counted, rules are data. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BlockingRule, blockHash, blocksOf, checkRules, eachPair, type Keys } from './blocking.ts';
import { readRules } from './policy.ts';

interface Row {
  readonly x: string | null;
  readonly y: string;
}
const KEYS: Keys<Row> = { x: (r) => r.x, y: (r) => r.y };
const rule = (keys: readonly string[], most = 100): BlockingRule => ({
  name: keys.join(),
  keys: [...keys],
  most,
});
const row = fc.record({
  x: fc.option(fc.constantFrom('', 'A', 'B', 'C')),
  y: fc.constantFrom('P', 'Q', 'R'),
});

describe('pairs of blocks', () => {
  it('are those that agree on every key of some rule, each once, the lower number first', () => {
    const rules = [rule(['x']), rule(['y', 'x']), rule(['y'], 4)];
    fc.assert(
      fc.property(fc.array(row, { maxLength: 14 }), fc.nat(14), (rows, own) => {
        const wanted: string[] = [];
        const alike = (r: BlockingRule, a: Row, b: Row) =>
          r.keys.every(
            (key) => KEYS[key]!(a) !== null && KEYS[key]!(a) !== '' && KEYS[key]!(a) === KEYS[key]!(b),
          );
        const small = (r: BlockingRule, a: Row) => rows.filter((b) => alike(r, a, b)).length <= r.most;
        rows.forEach((a, i) => {
          rows.forEach((b, j) => {
            if (i < j && i < own && rules.some((r) => alike(r, a, b) && small(r, a)))
              wanted.push(`${i} ${j}`);
          });
        });
        const found: string[] = [];
        eachPair(
          rules.map((r) => blocksOf(r, KEYS, rows)),
          own,
          (a, b) => found.push(`${a} ${b}`),
        );
        expect(found.sort()).toEqual(wanted.sort());
      }),
    );
  });
  it('of a block with too many records are left out, and told', () => {
    const rows = ['A', 'A', 'A', 'B', 'B'].map((x): Row => ({ x, y: '' }));
    const { pairs, leftOut, largest } = blocksOf(rule(['x'], 2), KEYS, rows);
    expect({ pairs, leftOut, largest }).toEqual({ pairs: 1, leftOut: 1, largest: 3 });
  });
  it('a record without one of the keys is in no block, and two values are not one that runs together', () => {
    expect(blockHash(rule(['x', 'y']), KEYS, { x: null, y: 'P' })).toBe(0);
    expect(blockHash(rule(['x', 'y']), KEYS, { x: 'AB', y: 'C' })).not.toBe(
      blockHash(rule(['x', 'y']), KEYS, { x: 'A', y: 'BC' }),
    );
  });
});

describe('rules', () => {
  it('of the policy file name keys that entries have', () => {
    expect(readRules().length).toBeGreaterThan(5);
  });
  it('with a key that records do not have are refused by name', () => {
    expect(() => checkRules([rule(['z'])], KEYS)).toThrow(/no key "z"/);
  });
});
