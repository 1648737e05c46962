/**
 * What comparing two records gives: for each field a level, from equal to different, or none where one of the two does not say. The
 * levels of all fields together are a pattern, one whole number, so that millions of pairs are counted by it. Pure.
 */

/** One outcome of a comparison, and how likely it is before anything is estimated. */
export interface Level {
  readonly name: string;
  /** Probability among pairs that are one person, and among pairs that are two. */
  readonly m: number;
  readonly u: number;
  /** Not estimated, m or both: a rule says what it means, and the reason stands beside it. */
  readonly fixed?: 'm' | 'both';
}

/** What two records agree on: a rare name says more than a frequent one. */
export interface Term {
  /** Of which kind, as "cognome": the table of frequencies. */
  readonly kind: string;
  readonly value: string;
  /** Its share is that among the bearers of this one: of a given name among those of the surname. */
  readonly among?: Term;
}

export interface Field<R> {
  readonly name: string;
  /** From equal to different. */
  readonly levels: readonly Level[];
  /**
   * The level of a pair; NONE where one of the two does not say.
   * @param before levels of the fields before this one, for evidence that must not be counted twice
   */
  compare(a: R, b: R, before: Int8Array): number;
  /** Of a level whose u is that of what is agreed on, the terms; each one's frequency stands for its share of u. */
  agreed?(a: R, b: R, level: number): readonly Term[];
}

export const NONE = -1;

/** Compares by every field, and gives the pattern as one number. */
export class Comparer<R> {
  readonly fields: readonly Field<R>[];
  readonly #radix: readonly number[];
  readonly #levels: Int8Array;

  constructor(fields: readonly Field<R>[]) {
    this.fields = fields;
    this.#radix = fields.map((field) => field.levels.length + 1);
    this.#levels = new Int8Array(fields.length);
  }

  /** @returns below 2^53, whatever the fields: at most a dozen of at most ten levels */
  compare(a: R, b: R): number {
    const levels = this.#levels;
    let pattern = 0;
    for (let i = 0; i < this.fields.length; i++) {
      const level = this.fields[i]!.compare(a, b, levels);
      levels[i] = level;
      pattern = pattern * this.#radix[i]! + level + 1;
    }
    return pattern;
  }

  levelsOf(pattern: number): Int8Array {
    const levels = new Int8Array(this.fields.length);
    let rest = pattern;
    for (let i = this.fields.length - 1; i >= 0; i--) {
      const radix = this.#radix[i]!;
      levels[i] = (rest % radix) - 1;
      rest = Math.floor(rest / radix);
    }
    return levels;
  }
}
