/** Issue 4, figures: linkage without labels of the published cases, read in place; labels are looked at when all is done. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accuracyAt, bestAccuracy } from '../../../test/support/linkage-accuracy.ts';
import { type CsvRecord, fake1000, febrl3, truePairs } from '../../../test/support/published-linkage.ts';
import { comparePairs, estimateModel, type Linkage, scorePairs } from './link.ts';

const cases = resolve(import.meta.dirname, '../../../../shared/cases/linkage');
const present = existsSync(cases);
if (!present) console.warn('published linkage cases skipped: ../shared/cases/linkage is not there');

function linked({ records, linkage }: { records: CsvRecord[]; linkage: Linkage<CsvRecord> }) {
  const compared = comparePairs(linkage, records);
  const model = estimateModel(linkage, records, compared);
  const same = (a: number, b: number): boolean => records[a]!.label === records[b]!.label;
  const pairs = scorePairs(linkage, model, records, compared.pairs, 0).map((s) => ({
    probability: s.probability,
    right: same(s.a, s.b),
  }));
  const all = truePairs(records);
  return { pairs, all, model, blockingRecall: pairs.filter((p) => p.right).length / all };
}

describe.skipIf(!present)('published cases, no label used', () => {
  it('febrl3: F1 of at least 0.995 at the default threshold, pairs in no common block counted as missed', () => {
    const { pairs, all, model, blockingRecall } = linked(febrl3(`${cases}/febrl3.csv`));
    const { f1, precision, recall } = accuracyAt(pairs, all, model.threshold);
    console.log(
      `febrl3: blocking recall ${blockingRecall.toFixed(4)}, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`,
    );
    expect(all).toBe(6538);
    expect(f1).toBeGreaterThanOrEqual(0.995);
    expect(blockingRecall).toBeGreaterThanOrEqual(0.995);
  });
  it('fake_1000: best F1 of at least 0.87, at least 0.80 at the default threshold, missed blocks counted', () => {
    const { pairs, all, model, blockingRecall } = linked(fake1000(`${cases}/fake_1000.csv`));
    const best = bestAccuracy(pairs, all);
    const { f1 } = accuracyAt(pairs, all, model.threshold);
    console.log(
      `fake_1000: blocking recall ${blockingRecall.toFixed(4)}, best F1 ${best.f1.toFixed(4)} at ${best.threshold.toFixed(3)}, F1 ${f1.toFixed(4)} at ${model.threshold}`,
    );
    expect(all).toBe(2031);
    expect(best.f1).toBeGreaterThanOrEqual(0.87);
    expect(f1).toBeGreaterThanOrEqual(0.8);
    expect(blockingRecall).toBeGreaterThanOrEqual(0.9);
  });
});
