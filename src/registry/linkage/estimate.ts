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
 */
export function estimate<R>(
  comparer: Comparer<R>,
  guess: readonly FieldModel[],
  prior: number,
  evidence: Evidence,
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
    for (const pass of passes) addTo(matches, matchesOfPass(pass.patterns, pass.free, fields, guess));
    fields = withM(fields, guess, matches);
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

/** Expectation and maximisation within the blocks of one rule. @returns the expected matches on each level of the free fields */
function matchesOfPass(
  patterns: readonly Pattern[],
  free: readonly boolean[],
  start: readonly FieldModel[],
  guess: readonly FieldModel[],
): Table {
  const total = patterns.reduce((sum, p) => sum + p.count, 0);
  let fields = start;
  let share = 0.1;
  let matches = zeros(fields);
  for (let step = 0; step < STEPS && total > 0; step++) {
    const weights = tableOf(fields, (l) => bits(l.m, l.u));
    for (let i = 0; i < free.length; i++) if (free[i] !== true) weights[i]!.fill(0);
    matches = zeros(fields);
    let found = 0;
    for (const { levels, count } of patterns) {
      const expected = count * probabilityOf(share, weightOf(levels, weights));
      found += expected;
      addLevels(matches, levels, expected);
    }
    const next = Math.min(0.999, Math.max(1e-9, found / total));
    const moved = Math.abs(next - share) / share;
    share = next;
    fields = withM(fields, guess, matches);
    if (moved < SETTLED) break;
  }
  for (let i = 0; i < free.length; i++) if (free[i] !== true) matches[i]!.fill(0);
  return matches;
}

/** Shares of the counts, the guess counting as so many; levels that are fixed keep theirs, the others share the rest. */
function shares(
  guess: readonly Level[],
  counts: Float64Array,
  strength: number,
  of: (level: Level) => number,
): number[] {
  const rest = guess.reduce((left, level) => (level.fixed === true ? left - of(level) : left), 1);
  let total = 0;
  const raw = guess.map((level, i) => {
    if (level.fixed === true) return 0;
    const value = counts[i]! + strength * of(level);
    total += value;
    return value;
  });
  return guess.map((level, i) => (level.fixed === true ? of(level) : (raw[i]! / total) * rest));
}

const withM = (fields: readonly FieldModel[], guess: readonly FieldModel[], counts: Table): FieldModel[] =>
  fields.map((field, i) => {
    const m = shares(guess[i]!.levels, counts[i]!, PRIOR_MATCHES, (l) => l.m);
    return { name: field.name, levels: field.levels.map((level, l) => ({ ...level, m: m[l]! })) };
  });

const withU = (fields: readonly FieldModel[], guess: readonly FieldModel[], counts: Table): FieldModel[] =>
  fields.map((field, i) => {
    const u = shares(guess[i]!.levels, counts[i]!, PRIOR_RANDOM, (l) => l.u);
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
