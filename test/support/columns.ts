/** Columns for a test, in a folder that is gone when it ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ColumnStore } from '../../src/platform/columns/column-store.ts';
import type { EntryRecord } from '../../src/registry/linkage/entry-record.ts';
import { comparePairs, estimateModel, type Linkage, scorePairs } from '../../src/registry/linkage/link.ts';
import { type Linked, linkColumns, RecordsIn } from '../../src/registry/linkage/link-columns.ts';
import type { Model } from '../../src/registry/linkage/model.ts';

export async function withColumns<T>(
  megabytes: number,
  work: (store: ColumnStore, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sipop-columns-'));
  const store = await ColumnStore.open({ folder, megabytes, threads: 2 });
  try {
    return await work(store, folder);
  } finally {
    store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Links in columns what is linked in memory elsewhere. */
export async function linkedInColumns(
  store: ColumnStore,
  linkage: Linkage<EntryRecord>,
  records: readonly EntryRecord[],
  atOnce?: number,
): Promise<Linked> {
  const into = await RecordsIn.begin(store, linkage);
  for (const record of records) into.add(record);
  into.close();
  return linkColumns(store, linkage, records.length, atOnce);
}

/** The same by the pure functions, which say what is right. */
export function linkedInMemory(linkage: Linkage<EntryRecord>, records: readonly EntryRecord[]) {
  const compared = comparePairs(linkage, records);
  const model = estimateModel(linkage, records, compared);
  return {
    model,
    counts: compared.counts,
    pairs: compared.pairs.length,
    scored: scorePairs(linkage, model, records, compared.pairs),
  };
}

/** Room for linking the whole register of a test. */
export const linkageRoom = { workFolder: join(tmpdir(), 'sipop-linkage'), megabytes: 256 };

const rounded = (x: number): number => Number(x.toPrecision(9));

/** A model as it can be compared with another whose sums were made in another order. */
export const roundedModel = ({ fields, prior, threshold, frequencies }: Model) => ({
  fields: fields.map((f) => ({
    ...f,
    levels: f.levels.map((l) => ({ ...l, m: rounded(l.m), u: rounded(l.u) })),
  })),
  prior: rounded(prior),
  threshold,
  frequencies,
});

/** Pairs, levels and weights, in one order. */
export const roundedScores = (linked: Pick<Linked, 'scored'>) =>
  linked.scored
    .map(({ a, b, levels, weight, probability }) => ({
      pair: `${a} ${b}`,
      levels: [...levels],
      weight: rounded(weight),
      probability: rounded(probability),
    }))
    .sort((x, y) => (x.pair < y.pair ? -1 : 1));
