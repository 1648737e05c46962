/**
 * The parameters, without labels: u from pairs taken at random, m by expectation and maximisation (Dempster, Laird and Rubin, 1977)
 * over the pairs of one blocking rule after the other, each pass leaving aside the fields that its rule settles, so that each field
 * gets its m from the passes of other rules; the prior from all pairs compared. What the first guess says counts as so many pairs
 * (PRIOR_MATCHES, PRIOR_RANDOM), so that a register of two hundred people is not taken at its three duplicates' word. Pure.
 */
import { type Comparer, type Level, NONE } from './comparison.ts';
import { bits, type FieldModel, probabilityOf } from './model.ts';

/** Pairs of one pass, by pattern. */
export type Histogram = ReadonlyMap<number, number>;

export interface Pass {
  readonly histogram: Histogram;
  /** Names of the fields that the rule settles. */
  readonly settled: readonly string[];
}

export interface Evidence {
  /** Pairs taken at random. */
  readonly random: Histogram;
  readonly passes: readonly Pass[];
  /** Every pair compared, once. */
  readonly compared: Histogram;
  /** How many pairs there are, compared or not. */
  readonly allPairs: number;
}

export interface Estimated {
  readonly fields: readonly FieldModel[];
  readonly prior: number;
}

/** What the first guess counts for, in pairs. */
const PRIOR_MATCHES = 20;
const PRIOR_RANDOM = 500;
const ROUNDS = 4;
const STEPS = 40;
const SETTLED = 1e-4;

interface Pattern {
  readonly levels: Int8Array;
  readonly count: number;
}

/** Numbers of each level of each field. */
type Table = Float64Array[];

const tableOf = (fields: readonly FieldModel[], of: (level: Level) => number): Table =>
  fields.map((field) => Float64Array.from(field.levels, of));
const zeros = (fields: readonly FieldModel[]): Table => tableOf(fields, () => 0);

/**
 * @param guess the levels before anything is known; those that are `fixed` stay
 * @param prior a first guess of it
 * @param reach how many times more or less than guessed an m may become: where hardly anybody is registered twice, what homonyms have
 *   in common would be learnt instead
 */
export function estimate<R>(
  comparer: Comparer<R>,
  guess: readonly FieldModel[],
  prior: number,
  evidence: Evidence,
  reach = Number.POSITIVE_INFINITY,
): Estimated {
  const patternsOf = (histogram: Histogram): Pattern[] =>
    [...histogram].map(([pattern, count]) => ({ levels: comparer.levelsOf(pattern), count }));
  const random = patternsOf(evidence.random);
  const compared = patternsOf(evidence.compared);
  const passes = evidence.passes.map((pass) => ({
    patterns: patternsOf(pass.histogram),
    free: guess.map((field) => !pass.settled.includes(field.name)),
  }));
  let fields = guess;
  let now = prior;
  for (let round = 0; round < ROUNDS; round++) {
    fields = withU(fields, guess, randomCounts(random, fields, now));
    const matches = zeros(fields);
    for (const pass of passes)
      addTo(matches, matchesOfPass(pass.patterns, pass.free, fields, guess, now, reach));
    fields = withM(fields, guess, matches, reach);
    now = priorFrom(compared, fields, now, prior, evidence.allPairs);
  }
  return { fields, prior: now };
}

function addTo(sum: Table, more: Table): void {
  for (let i = 0; i < sum.length; i++) for (let l = 0; l < sum[i]!.length; l++) sum[i]![l]! += more[i]![l]!;
}

/** How many of the pairs taken at random, the few that are one person aside, are on each level. */
function randomCounts(random: readonly Pattern[], fields: readonly FieldModel[], prior: number): Table {
  const counts = zeros(fields);
  const weights = tableOf(fields, (l) => bits(l.m, l.u));
  for (const { levels, count } of random)
    addLevels(counts, levels, count * (1 - probabilityOf(prior, weightOf(levels, weights))));
  return counts;
}

function addLevels(counts: Table, levels: Int8Array, by: number): void {
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i]!;
    if (level !== NONE) counts[i]![level]! += by;
  }
}

function weightOf(levels: Int8Array, weights: Table): number {
  let weight = 0;
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i]!;
    if (level !== NONE) weight += weights[i]![level]!;
  }
  return weight;
}

/**
 * Expectation and maximisation within the blocks of one rule. What is expected takes every field and the prior of the whole into
 * account: within blocks of people of the same names, a share and fields of their own would learn what homonyms have in common.
 * @returns the expected matches on each level of the free fields
 */
function matchesOfPass(
  patterns: readonly Pattern[],
  free: readonly boolean[],
  start: readonly FieldModel[],
  guess: readonly FieldModel[],
  prior: number,
  reach: number,
): Table {
  let fields = start;
  let before = -1;
  let matches = zeros(fields);
  for (let step = 0; step < STEPS; step++) {
    const weights = tableOf(fields, (l) => bits(l.m, l.u));
    matches = zeros(fields);
    let found = 0;
    for (const { levels, count } of patterns) {
      const expected = count * probabilityOf(prior, weightOf(levels, weights));
      found += expected;
      addLevels(matches, levels, expected);
    }
    const learnt = withM(fields, guess, matches, reach);
    fields = fields.map((field, i) => (free[i] === true ? learnt[i]! : field));
    if (Math.abs(found - before) <= SETTLED * found) break;
    before = found;
  }
  for (let i = 0; i < free.length; i++) if (free[i] !== true) matches[i]!.fill(0);
  return matches;
}

/** No level is taken for rarer than this: a few million pairs cannot tell. */
const LEAST = 1e-7;

/** Shares of the counts, the guess counting as so many; levels that are fixed keep theirs, the others share the rest. */
function shares(
  guess: readonly Level[],
  counts: Float64Array,
  strength: number,
  of: (level: Level) => number,
  isFixed: (level: Level) => boolean,
): number[] {
  let rest = 1;
  let total = 0;
  const raw = guess.map((level, i) => {
    if (isFixed(level)) {
      rest -= of(level);
      return 0;
    }
    const value = counts[i]! + strength * of(level);
    total += value;
    return value;
  });
  return guess.map((level, i) =>
    isFixed(level) ? of(level) : Math.max(LEAST, (raw[i]! / total) * Math.max(LEAST, rest)),
  );
}

const withM = (
  fields: readonly FieldModel[],
  guess: readonly FieldModel[],
  counts: Table,
  reach: number,
): FieldModel[] =>
  fields.map((field, i) => {
    const fixed = (l: Level): boolean => l.fixed !== undefined;
    const learnt = shares(guess[i]!.levels, counts[i]!, PRIOR_MATCHES, (l) => l.m, fixed);
    const within = learnt.map((m, l) => {
      const { m: guessed } = guess[i]!.levels[l]!;
      return Math.min(guessed * reach, Math.max(guessed / reach, m));
    });
    const m = shares(guess[i]!.levels, Float64Array.from(within), 0, (l) => l.m, fixed);
    return { name: field.name, levels: field.levels.map((level, l) => ({ ...level, m: m[l]! })) };
  });

const withU = (fields: readonly FieldModel[], guess: readonly FieldModel[], counts: Table): FieldModel[] =>
  fields.map((field, i) => {
    const fixed = (l: Level): boolean => l.fixed === 'both';
    const u = shares(guess[i]!.levels, counts[i]!, PRIOR_RANDOM, (l) => l.u, fixed);
    return { name: field.name, levels: field.levels.map((level, l) => ({ ...level, u: u[l]! })) };
  });

/** The prior that the pairs compared give by themselves; whoever is not compared is taken for somebody else. */
function priorFrom(
  compared: readonly Pattern[],
  fields: readonly FieldModel[],
  start: number,
  guess: number,
  allPairs: number,
): number {
  const weights = tableOf(fields, (l) => bits(l.m, l.u));
  const weighed = compared.map((p) => ({ weight: weightOf(p.levels, weights), count: p.count }));
  let prior = start;
  for (let step = 0; step < STEPS; step++) {
    let found = guess;
    for (const { weight, count } of weighed) found += count * probabilityOf(prior, weight);
    const next = Math.min(0.5, found / Math.max(1, allPairs));
    const moved = Math.abs(next - prior) / prior;
    prior = next;
    if (moved < SETTLED) break;
  }
  return prior;
}
