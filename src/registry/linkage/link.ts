/**
 * Linking a set of records: blocks, patterns of the pairs, estimation, weights. Pure and in memory: for what a supply touched, and the
 * definition of what link-columns.ts does with a whole register.
 */
import { type BlockingRule, type Blocks, blocksOf, eachPair, type Keys, sharesBlock } from './blocking.ts';
import { Comparer, type Field } from './comparison.ts';
import { type Evidence, estimate, type Pass } from './estimate.ts';
import { type Frequencies, type Model, probabilityOf, Weigher } from './model.ts';
import type { RuleCount } from './rule-count.ts';

/** How records of one kind are linked. */
export interface Linkage<R> {
  readonly fields: readonly Field<R>[];
  readonly keys: Keys<R>;
  readonly rules: readonly BlockingRule[];
  /** The prior before anything is known, as expected pairs that are one person. */
  readonly expectedMatches: number;
  /** How many times more or less than guessed an m may become; no bound where absent (estimate.ts). */
  readonly reach?: number;
  readonly threshold: number;
  /** Pairs that are not to be compared: of one entry, or known to be one person. */
  excludes?(a: R, b: R): boolean;
  frequencies(records: readonly R[]): Frequencies;
}

/** Pairs compared: numbers of records and patterns, in arrays that grow. */
export class Pairs {
  #a = new Int32Array(1 << 16);
  #b = new Int32Array(1 << 16);
  #patterns = new Float64Array(1 << 16);
  length = 0;

  add(a: number, b: number, pattern: number): void {
    if (this.length === this.#a.length) this.#grow();
    this.#a[this.length] = a;
    this.#b[this.length] = b;
    this.#patterns[this.length++] = pattern;
  }

  a = (i: number): number => this.#a[i]!;
  b = (i: number): number => this.#b[i]!;
  pattern = (i: number): number => this.#patterns[i]!;

  #grow(): void {
    const size = Math.ceil(this.#a.length * 1.5);
    const [a, b, patterns] = [new Int32Array(size), new Int32Array(size), new Float64Array(size)];
    a.set(this.#a);
    b.set(this.#b);
    patterns.set(this.#patterns);
    this.#a = a;
    this.#b = b;
    this.#patterns = patterns;
  }
}

export interface Compared {
  readonly blocks: readonly Blocks[];
  readonly pairs: Pairs;
  readonly counts: readonly RuleCount[];
}

/**
 * Compares every pair that shares a block.
 * @param own the pairs of these first records alone, with each other and with the rest; all where absent
 */
export function comparePairs<R>(linkage: Linkage<R>, records: readonly R[], own?: number): Compared {
  const comparer = new Comparer(linkage.fields);
  const blocks = linkage.rules.map((rule) => blocksOf(rule, linkage.keys, records));
  const pairs = new Pairs();
  const fresh = new Array<number>(blocks.length).fill(0);
  eachPair(blocks, own ?? records.length, (a, b, rule) => {
    const [one, other] = [records[a]!, records[b]!];
    fresh[rule]!++;
    if (linkage.excludes?.(one, other) === true) return;
    pairs.add(a, b, comparer.compare(one, other));
  });
  const counts = blocks.map((block, i) => ({
    rule: block.rule.name,
    pairs: block.pairs,
    fresh: fresh[i]!,
    leftOut: block.leftOut,
    largest: block.largest,
  }));
  return { blocks, pairs, counts };
}

const RANDOM_PAIRS = 1_000_000;

/** A stream of chance that is the same for the same register: linking again gives the same model. (mulberry32) */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const count = (histogram: Map<number, number>, pattern: number): void => {
  histogram.set(pattern, (histogram.get(pattern) ?? 0) + 1);
};

/** Pairs taken at random among so many records, also one twice; of few records, all pairs. */
export function eachRandomPair(records: number, visit: (a: number, b: number) => void): void {
  if ((records * (records - 1)) / 2 <= RANDOM_PAIRS) {
    for (let i = 0; i < records; i++) for (let j = i + 1; j < records; j++) visit(i, j);
    return;
  }
  const random = chance(records);
  for (let i = 0; i < RANDOM_PAIRS; i++) {
    const a = Math.floor(random() * records);
    const b = Math.floor(random() * records);
    if (a !== b) visit(a, b);
  }
}

function randomHistogram<R>(linkage: Linkage<R>, records: readonly R[]): Map<number, number> {
  const comparer = new Comparer(linkage.fields);
  const histogram = new Map<number, number>();
  eachRandomPair(records.length, (i, j) => {
    const [a, b] = [records[i]!, records[j]!];
    if (linkage.excludes?.(a, b) !== true) count(histogram, comparer.compare(a, b));
  });
  return histogram;
}

/** Patterns of all pairs compared, and of those of each rule from whose blocks something is learnt. */
function histogramsOf({ blocks, pairs }: Compared): { compared: Map<number, number>; passes: Pass[] } {
  const compared = new Map<number, number>();
  const training = blocks.filter((b) => b.rule.settles !== undefined);
  const histograms = training.map(() => new Map<number, number>());
  for (let i = 0; i < pairs.length; i++) {
    const [a, b, pattern] = [pairs.a(i), pairs.b(i), pairs.pattern(i)];
    count(compared, pattern);
    for (let k = 0; k < training.length; k++)
      if (sharesBlock(training[k]!, a, b)) count(histograms[k]!, pattern);
  }
  const passes = training.map((block, k) => ({
    histogram: histograms[k]!,
    settled: block.rule.settles ?? [],
  }));
  return { compared, passes };
}

/** Estimates the model from the pairs compared. */
export function estimateModel<R>(linkage: Linkage<R>, records: readonly R[], compared: Compared): Model {
  const histograms = { ...histogramsOf(compared), random: randomHistogram(linkage, records) };
  return modelOf(linkage, records.length, histograms, linkage.frequencies(records));
}

/** The model of so many records, from the patterns of their pairs. */
export function modelOf<R>(
  linkage: Linkage<R>,
  records: number,
  histograms: Omit<Evidence, 'allPairs'>,
  frequencies: Frequencies,
): Model {
  const allPairs = (records * (records - 1)) / 2;
  const estimated = estimate(
    new Comparer(linkage.fields),
    linkage.fields.map(({ name, levels }) => ({ name, levels })),
    linkage.expectedMatches / Math.max(allPairs, linkage.expectedMatches * 10),
    { ...histograms, allPairs },
    linkage.reach,
  );
  return { ...estimated, threshold: linkage.threshold, frequencies };
}

/** A pair that may be one person. */
export interface Scored {
  /** Numbers of the records. */
  readonly a: number;
  readonly b: number;
  readonly levels: Int8Array;
  readonly weight: number;
  readonly probability: number;
}

/** The pairs that reach the model's threshold, or a probability of one's own. */
export function scorePairs<R>(
  linkage: Linkage<R>,
  model: Model,
  records: readonly R[],
  pairs: Pairs,
  threshold = model.threshold,
): Scored[] {
  const weigher = new Weigher(linkage.fields, model);
  const hopeful = new Map<number, Int8Array | null>();
  const found: Scored[] = [];
  for (let i = 0; i < pairs.length; i++) {
    const pattern = pairs.pattern(i);
    let levels = hopeful.get(pattern);
    if (levels === undefined) {
      const all = weigher.comparer.levelsOf(pattern);
      levels = weigher.couldReach(all, threshold) ? all : null;
      hopeful.set(pattern, levels);
    }
    if (levels === null) continue;
    const [a, b] = [pairs.a(i), pairs.b(i)];
    const weight = weigher.weight(records[a]!, records[b]!, levels);
    const probability = probabilityOf(model.prior, weight);
    if (probability >= threshold) found.push({ a, b, levels, weight, probability });
  }
  return found;
}
