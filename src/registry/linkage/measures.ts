/**
 * How alike two texts are, by UTF-16 unit. Pure; texts are keys already (kernel/text-keys.ts), so that marks and case are gone.
 * Sources: Jaro (1989), JASA 84 (406); Winkler (1990), Proc. Section on Survey Research Methods, ASA, with the boost for
 * similarities above 0.7 alone; Damerau (1964), CACM 7 (3), unrestricted, as in Lowrance and Wagner (1975), JACM 22 (2).
 */

const SCRATCH = 64;
const flagsA = new Uint8Array(SCRATCH);
const flagsB = new Uint8Array(SCRATCH);

/** Jaro's similarity, 0 to 1; two empty texts are not alike: nothing is the same in them. */
export function jaro(a: string, b: string): number {
  const [n, m] = [a.length, b.length];
  if (n === 0 || m === 0) return 0;
  const takenA = n <= SCRATCH ? flagsA.fill(0, 0, n) : new Uint8Array(n);
  const takenB = m <= SCRATCH ? flagsB.fill(0, 0, m) : new Uint8Array(m);
  const reach = Math.max(0, (Math.max(n, m) >> 1) - 1);
  let common = 0;
  for (let i = 0; i < n; i++) {
    const unit = a.charCodeAt(i);
    const last = Math.min(m - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if (takenB[j] === 1 || b.charCodeAt(j) !== unit) continue;
      takenA[i] = 1;
      takenB[j] = 1;
      common++;
      break;
    }
  }
  if (common === 0) return 0;
  let outOfOrder = 0;
  for (let i = 0, j = 0; i < n; i++) {
    if (takenA[i] === 0) continue;
    while (takenB[j] === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) outOfOrder++;
    j++;
  }
  return (common / n + common / m + (common - (outOfOrder >> 1)) / common) / 3;
}

const PREFIX = 4;
const PREFIX_WEIGHT = 0.1;
const BOOSTED_ABOVE = 0.7;

/** Jaro-Winkler's similarity, 0 to 1: a common beginning of up to four characters counts for more. */
export function jaroWinkler(a: string, b: string): number {
  const plain = jaro(a, b);
  if (plain <= BOOSTED_ABOVE) return plain;
  const most = Math.min(PREFIX, a.length, b.length);
  let same = 0;
  while (same < most && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  return plain + same * PREFIX_WEIGHT * (1 - plain);
}

/** Insertions, deletions and substitutions that make one text the other. */
export function levenshtein(a: string, b: string): number {
  const m = b.length;
  const row = new Int32Array(m + 1);
  for (let j = 0; j <= m; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]!;
    row[0] = i;
    for (let j = 1; j <= m; j++) {
      const above = row[j]!;
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      row[j] = Math.min(above + 1, row[j - 1]! + 1, diagonal + (same ? 0 : 1));
      diagonal = above;
    }
  }
  return row[m]!;
}

/** The same with the exchange of two neighbours as one step, between which other steps may fall (Damerau, unrestricted). */
export function damerauLevenshtein(a: string, b: string): number {
  const [n, m] = [a.length, b.length];
  const width = m + 2;
  const most = n + m;
  const table = new Int32Array((n + 2) * width);
  const lastRow = new Map<number, number>();
  table[0] = most;
  for (let i = 0; i <= n; i++) {
    table[(i + 1) * width] = most;
    table[(i + 1) * width + 1] = i;
  }
  for (let j = 0; j <= m; j++) {
    table[j + 1] = most;
    table[width + j + 1] = j;
  }
  for (let i = 1; i <= n; i++) {
    const unit = a.charCodeAt(i - 1);
    let lastColumn = 0;
    for (let j = 1; j <= m; j++) {
      const other = b.charCodeAt(j - 1);
      const k = lastRow.get(other) ?? 0;
      const l = lastColumn;
      if (unit === other) lastColumn = j;
      table[(i + 1) * width + j + 1] = Math.min(
        table[i * width + j]! + (unit === other ? 0 : 1),
        table[(i + 1) * width + j]! + 1,
        table[i * width + j + 1]! + 1,
        table[k * width + l]! + (i - k - 1) + 1 + (j - l - 1),
      );
    }
    lastRow.set(unit, i);
  }
  return table[(n + 1) * width + m + 1]!;
}

/**
 * Is one text the other after one slip of the pen: a character more, less, or another, or two neighbours exchanged? Equal texts are
 * not. The same as a Damerau distance of 1, in one pass, for the millions of pairs of which it is asked.
 */
export function isOneSlip(a: string, b: string): boolean {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  const more = long.length - short.length;
  if (more > 1) return false;
  let at = 0;
  while (at < short.length && long.charCodeAt(at) === short.charCodeAt(at)) at++;
  if (at === long.length) return false;
  if (more === 1) return long.slice(at + 1) === short.slice(at);
  if (long.slice(at + 1) === short.slice(at + 1)) return true;
  return (
    long.charCodeAt(at) === short.charCodeAt(at + 1) &&
    long.charCodeAt(at + 1) === short.charCodeAt(at) &&
    long.slice(at + 2) === short.slice(at + 2)
  );
}
