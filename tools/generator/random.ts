/**
 * Seeded chance. The same words give the same stream on every machine: 32-bit integer arithmetic only, no Math.random.
 * A unit of the province (a family, a move between two comuni) has a stream of its own, found from its words alone,
 * so that two comuni that know the same people draw them alike without knowing of each other.
 */

/** A 32-bit hash of numbers and texts (FNV-1a steps, murmur3 finish); equal words, equal hash. */
export function hash(...words: readonly (number | string)[]): number {
  let h = 0x811c9dc5;
  for (const word of words) {
    if (typeof word === 'string') {
      for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
    } else {
      h = Math.imul(h ^ (word & 0xffff), 0x01000193);
      h = Math.imul(h ^ (word >>> 16), 0x01000193);
    }
    h = Math.imul(h ^ 0x9e3779b9, 0x01000193);
    h ^= h >>> 15;
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in [0, 1) from words, for one decision that needs no stream. */
export const fraction = (...words: readonly (number | string)[]): number => hash(...words) / 4294967296;

/** A stream of numbers (sfc32). */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;

  constructor(seed: number) {
    this.reseed(seed);
  }

  reseed(seed: number): void {
    this.a = seed | 0;
    this.b = Math.imul(seed, 0x9e3779b1) | 0;
    this.c = Math.imul(seed ^ 0x5bd1e995, 0x85ebca6b) | 0;
    this.d = 1;
    for (let i = 0; i < 8; i++) this.next();
  }

  /** An integer in [0, 2^32). */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return t >>> 0;
  }

  /** A number in [0, 1). */
  float(): number {
    return this.next() / 4294967296;
  }

  /** True with probability `p`. */
  chance(p: number): boolean {
    return this.next() < p * 4294967296;
  }

  /** An integer from `low` to `high`, both included; `low` where they are the wrong way round. */
  int(low: number, high: number): number {
    return high <= low ? low : low + Math.floor(this.float() * (high - low + 1));
  }

  /** Bell-shaped (the sum of three uniforms), within `mean` ± 3 `deviation`. */
  bell(mean: number, deviation: number): number {
    return mean + (this.float() + this.float() + this.float() - 1.5) * 2 * deviation;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.float() * items.length)]!;
  }
}

/** Values with weights, drawn in constant time (Walker's alias method). */
export class Weighted<T> {
  private readonly values: readonly T[];
  private readonly cut: Float64Array;
  private readonly alias: Uint32Array;

  constructor(entries: readonly (readonly [T, number])[]) {
    const total = entries.reduce((sum, entry) => sum + entry[1], 0);
    const n = entries.length;
    this.values = entries.map((entry) => entry[0]);
    this.cut = new Float64Array(n).fill(1);
    this.alias = new Uint32Array(n);
    const share = entries.map((entry) => (entry[1] * n) / total);
    const small: number[] = [];
    const large: number[] = [];
    share.forEach((value, i) => {
      (value < 1 ? small : large).push(i);
    });
    while (small.length > 0 && large.length > 0) {
      const s = small.pop()!;
      const l = large.pop()!;
      this.cut[s] = share[s]!;
      this.alias[s] = l;
      share[l] = share[l]! + share[s]! - 1;
      (share[l]! < 1 ? small : large).push(l);
    }
  }

  draw(random: Random): T {
    const at = random.float() * this.values.length;
    const i = Math.floor(at);
    return this.values[at - i < this.cut[i]! ? i : this.alias[i]!]!;
  }
}

/** Weights from "name weight, name weight …"; a missing weight is 1. */
export function weightedWords(text: string): Weighted<string> {
  return new Weighted(
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => {
        const match = /^(.*?)\s+(\d+(?:\.\d+)?)$/.exec(part);
        return match === null ? ([part, 1] as const) : ([match[1]!, Number(match[2])] as const);
      }),
  );
}
