/**
 * The model of Fellegi and Sunter (1969), JASA 64 (328): a level of a field weighs log2(m/u) bits, and the weights of all fields
 * add up. What was estimated is data (a row of linkage_models), so that a weight can be explained long after.
 */
import { Comparer, type Field, type Level, NONE, type Term } from './comparison.ts';

export interface FieldModel {
  readonly name: string;
  readonly levels: readonly Level[];
}

/** How many of the records bear each value, for those borne by several; see `frequencyOf`. */
export interface Frequencies {
  readonly [kind: string]: { readonly total: number; readonly counts: Readonly<Record<string, number>> };
}

export interface Model {
  readonly fields: readonly FieldModel[];
  /** The probability that two records taken at random are one person. */
  readonly prior: number;
  /** The least probability of a candidate. */
  readonly threshold: number;
  readonly frequencies: Frequencies;
}

/** A value borne by so few is not listed in the frequencies, and counts as borne by as many. */
export const RARE = 2;

/** The share of records that bear the value; of a rare one no less than what RARE records are. */
export function frequencyOf(frequencies: Frequencies, { kind, value, among }: Term): number | null {
  const whole = among === undefined ? 1 : frequencyOf(frequencies, among);
  const table = frequencies[kind];
  if (table === undefined || table.total === 0 || whole === null) return null;
  const count = Object.hasOwn(table.counts, value) ? table.counts[value]! : RARE;
  return Math.min(1, Math.max(count, RARE) / Math.max(table.total, RARE) / whole);
}

export function countTerms(values: Iterable<string | null>): Frequencies[string] {
  const counts = new Map<string, number>();
  let total = 0;
  for (const value of values) {
    if (value === null) continue;
    total++;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { total, counts: Object.fromEntries([...counts].filter(([, count]) => count > RARE)) };
}

/** One line of an explanation. */
export interface WeighedField {
  readonly field: string;
  /** null: one of the two does not say. */
  readonly level: string | null;
  /** Bits: positive speaks for one person, negative for two. */
  readonly weight: number;
}

export const bits = (m: number, u: number): number => Math.log2(m / u);

/** The probability that a weight gives, together with the prior. */
export function probabilityOf(prior: number, weight: number): number {
  const odds = (prior / (1 - prior)) * 2 ** weight;
  return odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds);
}

/** Weighs pairs by a model. */
export class Weigher<R> {
  readonly model: Model;
  readonly comparer: Comparer<R>;
  readonly #fields: readonly Field<R>[];
  readonly #weights: readonly Float64Array[];

  constructor(fields: readonly Field<R>[], model: Model) {
    this.model = model;
    this.comparer = new Comparer(fields);
    this.#fields = fields;
    this.#weights = model.fields.map((field) => Float64Array.from(field.levels, (l) => bits(l.m, l.u)));
  }

  /** The weight of a pattern, frequencies aside. */
  plainWeight(levels: Int8Array): number {
    let weight = 0;
    for (let i = 0; i < levels.length; i++) {
      const level = levels[i]!;
      if (level !== NONE) weight += this.#weights[i]![level]!;
    }
    return weight;
  }

  /** Could a pair with these levels reach a probability if all that it agrees on were as rare as can be? */
  couldReach(levels: Int8Array, probability: number): boolean {
    const adjustable = this.#fields.filter((f, i) => f.agreed !== undefined && levels[i] !== NONE).length;
    const most = this.plainWeight(levels) + adjustable * MOST_ADJUSTMENT;
    return probabilityOf(this.model.prior, most) >= probability;
  }

  /** Field by field, frequencies taken into account. */
  explain(a: R, b: R, levels: Int8Array): WeighedField[] {
    return this.#fields.map((field, i) => {
      const level = levels[i]!;
      if (level === NONE) return { field: field.name, level: null, weight: 0 };
      const { name, m, u } = this.model.fields[i]!.levels[level]!;
      return { field: field.name, level: name, weight: bits(m, this.#adjusted(field, a, b, level, u)) };
    });
  }

  weight(a: R, b: R, levels: Int8Array): number {
    let weight = this.plainWeight(levels);
    for (let i = 0; i < levels.length; i++) {
      const level = levels[i]!;
      const field = this.#fields[i]!;
      if (level === NONE || field.agreed === undefined) continue;
      const { u } = this.model.fields[i]!.levels[level]!;
      weight += bits(u, this.#adjusted(field, a, b, level, u));
    }
    return weight;
  }

  #adjusted(field: Field<R>, a: R, b: R, level: number, u: number): number {
    const terms = field.agreed?.(a, b, level) ?? [];
    if (terms.length === 0) return u;
    let adjusted = 1;
    for (const term of terms) {
      const frequency = frequencyOf(this.model.frequencies, term);
      if (frequency === null) return u;
      adjusted *= frequency;
    }
    return Math.max(adjusted, u / 2 ** MOST_ADJUSTMENT);
  }
}

/** Bits that the rarity of what is agreed on can add to a field: of a few thousand records rarity is half chance. */
export const MOST_ADJUSTMENT = 12;
