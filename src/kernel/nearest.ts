/** The names near one that was mistyped, for advice. */

/** Damerau-Levenshtein distance (optimal string alignment), for names of a few words. */
export function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      rows[i]![j] = best;
    }
  }
  return rows[a.length]![b.length]!;
}

const LONGEST = 60;

/** The name that is nearest to what was written, case aside; null where none is near. */
export function nearestName(written: string, names: Iterable<string>): string | null {
  const typed = written.slice(0, LONGEST).toLowerCase();
  let best: string | null = null;
  let least = Math.max(2, typed.length / 3) + 1;
  for (const name of names) {
    const apart = editDistance(typed, name.slice(0, LONGEST).toLowerCase());
    if (apart < least) [best, least] = [name, apart];
  }
  return best;
}
