/** String measures against their published values, their properties, and an independent program where there is one. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damerauLevenshtein, isOneSlip, jaro, jaroWinkler, levenshtein } from './measures.ts';

const name = fc.string({ unit: fc.constantFrom(...'ABCDEILMNORSTZ'), maxLength: 12 });

describe('published values', () => {
  it.each([
    ['MARTHA', 'MARHTA', 0.9444, 0.9611],
    ['DWAYNE', 'DUANE', 0.8222, 0.84],
    ['DIXON', 'DICKSONX', 0.7667, 0.8133],
    ['JONES', 'JOHNSON', 0.7905, 0.8324],
    ['ABROMS', 'ABRAMS', 0.8889, 0.9222],
  ])('%s and %s: Jaro %f, Jaro-Winkler %f (Winkler 1994, table 1)', (a, b, plain, boosted) => {
    expect(jaro(a, b)).toBeCloseTo(plain, 3);
    expect(jaroWinkler(a, b)).toBeCloseTo(boosted, 3);
  });
  it('distances of the textbook pairs', () => {
    expect(levenshtein('KITTEN', 'SITTING')).toBe(3);
    expect(levenshtein('CA', 'ABC')).toBe(3);
    // Unrestricted: CA, AC, ABC.
    expect(damerauLevenshtein('CA', 'ABC')).toBe(2);
    expect(damerauLevenshtein('ROSSI', 'RSOSI')).toBe(1);
  });
});

describe('properties', () => {
  it('similarities are symmetric, from 0 to 1, and 1 for a text and itself', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        for (const similarity of [jaro, jaroWinkler]) {
          expect(similarity(a, b)).toBeCloseTo(similarity(b, a), 12);
          expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
          expect(similarity(a, b)).toBeLessThanOrEqual(1);
          if (a !== '') expect(similarity(a, a)).toBe(1);
        }
        expect(jaroWinkler(a, b)).toBeGreaterThanOrEqual(jaro(a, b));
      }),
    );
  });
  it('distances are symmetric, bounded by the lengths, 0 for equal texts alone, and obey the triangle', () => {
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        for (const distance of [levenshtein, damerauLevenshtein]) {
          const ab = distance(a, b);
          expect(ab).toBe(distance(b, a));
          expect(ab === 0).toBe(a === b);
          expect(ab).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
          expect(ab).toBeLessThanOrEqual(Math.max(a.length, b.length));
          expect(distance(a, c)).toBeLessThanOrEqual(ab + distance(b, c));
        }
        expect(damerauLevenshtein(a, b)).toBeLessThanOrEqual(levenshtein(a, b));
      }),
    );
  });
  it('one slip is a Damerau distance of one, for near texts and for far ones', () => {
    const near = fc
      .tuple(name, fc.nat(12), fc.constantFrom('', 'A', 'R', 'RA'), fc.nat(2))
      .map(([a, at, put, off]) => [a, a.slice(0, at) + put + a.slice(at + off)] as const);
    fc.assert(
      fc.property(fc.oneof(near, fc.tuple(name, name)), ([a, b]) => {
        expect(isOneSlip(a, b)).toBe(damerauLevenshtein(a, b) === 1);
      }),
      { numRuns: 500 },
    );
  });
});

/** jellyfish (Debian's python3-jellyfish), which shares nothing with this program: one line of JSON in, one out. */
const ORACLE = `
import json, sys, warnings
warnings.simplefilter('ignore')
import jellyfish as j
print(json.dumps([[j.jaro_similarity(a, b), j.jaro_winkler_similarity(a, b), j.levenshtein_distance(a, b), j.damerau_levenshtein_distance(a, b)] for a, b in json.load(sys.stdin)]))
`;
const PYTHON = '/usr/bin/python3';
const oracle = spawnSync(PYTHON, ['-c', ORACLE], { input: '[]', encoding: 'utf8' });
const available = oracle.status === 0;
if (!available)
  console.warn(
    'string measures: no independent oracle (apt-get install python3-jellyfish), comparison skipped',
  );

describe.skipIf(!available)('against jellyfish', () => {
  it('gives the same for two thousand pairs of names, near and far', () => {
    const pairs = fc.sample(
      fc.oneof(
        fc.tuple(name, name),
        fc
          .tuple(name, fc.nat(11), fc.nat(11), fc.constantFrom('', 'E', 'SS'))
          .map(([a, i, j, put]): [string, string] => {
            const chars = [...a];
            [chars[i], chars[j]] = [chars[j] ?? '', chars[i] ?? ''];
            return [a, chars.join('').slice(0, i) + put + chars.join('').slice(i)];
          }),
      ),
      { numRuns: 2000, seed: 20_261_124 },
    );
    const { stdout } = spawnSync(PYTHON, ['-c', ORACLE], { input: JSON.stringify(pairs), encoding: 'utf8' });
    const theirs: unknown = JSON.parse(stdout);
    const ours = pairs.map(([a, b]) => [
      jaro(a, b),
      jaroWinkler(a, b),
      levenshtein(a, b),
      damerauLevenshtein(a, b),
    ]);
    const rounded = (rows: unknown): unknown =>
      Array.isArray(rows)
        ? rows.map((row: unknown) =>
            Array.isArray(row)
              ? row.map((x) => (typeof x === 'number' ? Math.round(x * 1e9) / 1e9 : x))
              : row,
          )
        : rows;
    expect(rounded(ours)).toEqual(rounded(theirs));
  });
});
