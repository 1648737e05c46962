/** How right linkage is, against labels that it never saw. */

/** Precision, recall and F1 of the pairs that reach a threshold. */
export interface Accuracy {
  readonly threshold: number;
  readonly found: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** @param all true pairs, those that no block gives too */
export function accuracyAt(
  pairs: readonly { readonly probability: number; readonly right: boolean }[],
  all: number,
  threshold: number,
): Accuracy {
  const found = pairs.filter((p) => p.probability >= threshold);
  const right = found.filter((p) => p.right).length;
  return {
    threshold,
    found: found.length,
    precision: found.length === 0 ? 1 : right / found.length,
    recall: all === 0 ? 1 : right / all,
    f1: found.length + all === 0 ? 1 : (2 * right) / (found.length + all),
  };
}

/** The best F1 that any threshold gives, and that threshold. */
export function bestAccuracy(
  pairs: readonly { readonly probability: number; readonly right: boolean }[],
  all: number,
): Accuracy {
  let best = accuracyAt(pairs, all, 1);
  const sorted = pairs.toSorted((a, b) => b.probability - a.probability);
  let right = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i]!.right) right++;
    if (sorted[i + 1]?.probability === sorted[i]!.probability) continue;
    if ((2 * right) / (i + 1 + all) > best.f1) best = accuracyAt(pairs, all, sorted[i]!.probability);
  }
  return best;
}
