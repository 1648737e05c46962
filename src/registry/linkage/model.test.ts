/** Fellegi and Sunter's weights, and their estimation without labels from pairs whose truth is known to the test alone. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Comparer, type Field, NONE } from './comparison.ts';
import { estimate } from './estimate.ts';
import { bits, countTerms, frequencyOf, type Model, probabilityOf, Weigher } from './model.ts';

/** A record is what a pair is to come out as: compared with another it gives its own levels. */
type Levels = readonly number[];
const field = (
  name: string,
  at: number,
  values: readonly (readonly [m: number, u: number])[],
): Field<Levels> => ({
  name,
  levels: values.map(([m, u], i) => ({ name: String(i), m, u })),
  compare: (a) => a[at]!,
  agreed: (_a, b, level) => (at === 0 && level === 0 ? [{ kind: 'name', value: String(b[3] ?? '') }] : []),
});
const FIELDS = [
  field('name', 0, [
    [0.9, 0.01],
    [0.06, 0.02],
    [0.04, 0.97],
  ]),
  field('birth', 1, [
    [0.95, 0.001],
    [0.05, 0.999],
  ]),
  field('place', 2, [
    [0.8, 0.1],
    [0.2, 0.9],
  ]),
];
const fields = FIELDS.map(({ name, levels }) => ({ name, levels }));
const model: Model = { fields, prior: 0.0001, threshold: 0.5, frequencies: {} };

describe('weights', () => {
  it('are log2(m/u), add up, and are nothing where one of the two does not say', () => {
    const weigher = new Weigher(FIELDS, model);
    const told = weigher.explain([0, 1, NONE], [], Int8Array.of(0, 1, NONE));
    expect(told.map((f) => f.weight)).toEqual([bits(0.9, 0.01), bits(0.05, 0.999), 0]);
    expect(weigher.weight([0, 1, NONE], [], Int8Array.of(0, 1, NONE))).toBeCloseTo(
      Math.log2(90) + Math.log2(0.05 / 0.999),
      12,
    );
  });
  it('of a rare name are more than of a frequent one, by log2 of their shares', () => {
    const frequencies = {
      name: countTerms([...Array<string>(90).fill('5'), ...Array<string>(10).fill('7')]),
    };
    const weigher = new Weigher(FIELDS, { ...model, frequencies });
    const of = (name: number): number => weigher.weight([0, 0, 0], [0, 0, 0, name], Int8Array.of(0, 0, 0));
    expect(of(7) - of(5)).toBeCloseTo(Math.log2(9), 12);
    expect(frequencyOf(frequencies, { kind: 'name', value: '1' })).toBe(0.02);
  });
  it('and probabilities are those of an independent program', () => {
    const cases = [0, 1, 2].flatMap((a) => [0, 1].flatMap((b) => [0, 1].map((c): Levels => [a, b, c])));
    const ours = cases.map((levels) => {
      const weight = new Weigher(FIELDS, model).weight(levels, [], Int8Array.from(levels));
      return [weight, probabilityOf(model.prior, weight)];
    });
    const python = spawnSync(
      'python3',
      [
        '-c',
        `import json, sys, math
given = json.load(sys.stdin)
out = []
for levels in given['cases']:
    m = math.prod(given['mu'][i][l][0] for i, l in enumerate(levels))
    u = math.prod(given['mu'][i][l][1] for i, l in enumerate(levels))
    p = given['prior']
    out.append([math.log(m / u, 2), p * m / (p * m + (1 - p) * u)])
print(json.dumps(out))`,
      ],
      {
        input: JSON.stringify({
          cases,
          prior: model.prior,
          mu: fields.map((f) => f.levels.map((l) => [l.m, l.u])),
        }),
        encoding: 'utf8',
      },
    );
    if (python.status !== 0) {
      console.warn('weights: no python3 to compare with, skipped');
      return;
    }
    const theirs = JSON.parse(python.stdout) as number[][];
    ours.forEach((pair, i) => {
      expect(pair[0]).toBeCloseTo(theirs[i]![0]!, 9);
      expect(pair[1]).toBeCloseTo(theirs[i]![1]!, 12);
    });
  });
});

describe('estimation without labels', () => {
  /** Expected counts of every pattern, for so many pairs of which a share is one person. */
  function patterns(comparer: Comparer<Levels>, pairs: number, share: number): Map<number, number> {
    const found = new Map<number, number>();
    for (const a of [0, 1, 2])
      for (const b of [0, 1])
        for (const c of [0, 1]) {
          const of = (l: 'm' | 'u'): number =>
            [a, b, c].reduce((p, level, i) => p * fields[i]!.levels[level]![l], 1);
          found.set(comparer.compare([a, b, c], []), pairs * (share * of('m') + (1 - share) * of('u')));
        }
    return found;
  }
  it('finds the m, u and prior by which the pairs were made, from a guess that is far from them', () => {
    const comparer = new Comparer(FIELDS);
    const guess = fields.map((f) => ({
      name: f.name,
      levels: f.levels.map((l, i) => ({
        ...l,
        m: i === 0 ? 0.7 : 0.3 / (f.levels.length - 1),
        u: i === 0 ? 0.05 : 0.95 / (f.levels.length - 1),
      })),
    }));
    const all = 1e7;
    const compared = patterns(comparer, all, 0.0005);
    const estimated = estimate(comparer, guess, 0.0001, {
      random: patterns(comparer, 1e6, 0.0005),
      compared,
      passes: [
        { histogram: compared, settled: ['name'] },
        { histogram: compared, settled: ['birth', 'place'] },
      ],
      allPairs: all,
    });
    expect(estimated.prior).toBeGreaterThan(0.00045);
    expect(estimated.prior).toBeLessThan(0.00055);
    estimated.fields.forEach((f, i) => {
      f.levels.forEach((l, j) => {
        expect(l.m).toBeCloseTo(fields[i]!.levels[j]!.m, 1);
        expect(l.u).toBeCloseTo(fields[i]!.levels[j]!.u, 2);
      });
    });
  });
  it('does not leave the guess by more than it may: three duplicates are not taken at their word', () => {
    const comparer = new Comparer(FIELDS);
    const odd = new Map([[comparer.compare([0, 1, 0], []), 1e5]]);
    const evidence = { random: odd, compared: odd, passes: [{ histogram: odd, settled: [] }], allPairs: 1e7 };
    const birth = estimate(comparer, fields, 0.5, evidence, 2).fields[1]!.levels;
    expect(birth[1]!.m).toBeLessThanOrEqual(0.11);
  });
});
