/**
 * Linking more records than fit in memory: what link.ts does, on columns. Records go in one after the other; SQL makes the blocks, the
 * pairs and their levels; names.ts compares each two names that meet once; patterns, which are few, come back to be estimated from,
 * and the pairs that reach the threshold.
 */
import type { ColumnStore, ColumnWriter } from '../../platform/columns/column-store.ts';
import type { RecordAt } from './candidates.ts';
import {
  beginRandomPairs,
  beginRecords,
  listTotals,
  makePairs,
  makeTerms,
  termBatches,
} from './columns.sql.ts';
import type { EntryRecord } from './entry-record.ts';
import {
  appendRelations,
  askedBatches,
  comparePlainly,
  defineComparison,
  finishLevels,
  recordsAtOnce,
} from './levels.sql.ts';
import { eachRandomPair, type Linkage, modelOf, type Scored } from './link.ts';
import { type Frequencies, type Model, probabilityOf, Weigher } from './model.ts';
import { compareNames, containedKey, formOf, isRelated, NAME_RELATIONS, type NameForm } from './names.ts';
import { columnsOf, type RecordColumns, recordOfColumns } from './record-columns.ts';
import type { RuleCount } from './rule-count.ts';
import {
  beginHopeful,
  countPatterns,
  scoredBatches,
  scoredRecordBatches,
  scorePairs,
} from './weights.sql.ts';

/** Records being put in. */
export class RecordsIn {
  readonly #writer: ColumnWriter;
  readonly #linkage: Linkage<EntryRecord>;
  /** How many there are. */
  length = 0;

  private constructor(writer: ColumnWriter, linkage: Linkage<EntryRecord>) {
    this.#writer = writer;
    this.#linkage = linkage;
  }

  static async begin(store: ColumnStore, linkage: Linkage<EntryRecord>): Promise<RecordsIn> {
    return new RecordsIn(await beginRecords(store, linkage.rules), linkage);
  }

  add(record: EntryRecord): void {
    this.#writer.add(columnsOf(record, this.length++, this.#linkage.rules));
  }

  close(): void {
    this.#writer.close();
  }
}

export interface Linked {
  readonly model: Model;
  readonly counts: readonly RuleCount[];
  /** Pairs compared. */
  readonly pairs: number;
  readonly scored: readonly Scored[];
  /** Of the records of the pairs scored. */
  readonly recordAt: RecordAt;
}

/**
 * Links the records that were put in.
 * @param records how many
 * @param atOnce records whose pairs are compared at once; as many as the memory holds where absent
 */
export async function linkColumns(
  store: ColumnStore,
  linkage: Linkage<EntryRecord>,
  records: number,
  atOnce = recordsAtOnce(store.megabytes),
): Promise<Linked> {
  await defineComparison(store);
  const counts = await makePairs(store, linkage.rules);
  await comparePairs(store, 'pairs', records, atOnce);
  const random = await beginRandomPairs(store);
  eachRandomPair(records, (a, b) => random.add([a, b, 0]));
  random.close();
  await comparePairs(store, 'random_pairs', records, atOnce);
  const radix = linkage.fields.map((field) => field.levels.length + 1);
  const patterns = await countPatterns(store, 'pairs', radix);
  const model = modelOf(
    linkage,
    records,
    {
      ...histogramsOf(linkage, patterns),
      random: histogram(await countPatterns(store, 'random_pairs', radix)),
    },
    await frequenciesOf(store),
  );
  const scored = await scoredPairs(store, linkage, model, radix, patterns);
  return { model, counts, pairs: patterns.reduce((sum, { n }) => sum + n, 0), ...scored };
}

/** Levels of all pairs of a table: what SQL can say, then the names it asked about. */
async function comparePairs(
  store: ColumnStore,
  pairs: string,
  records: number,
  atOnce: number,
): Promise<void> {
  await comparePlainly(store, pairs, records, atOnce);
  const relations = await appendRelations(store);
  const forms = new Map<string, NameForm>();
  const form = (text: string): NameForm => {
    let known = forms.get(text);
    if (known === undefined) {
      if (forms.size >= MOST_FORMS) forms.clear();
      known = formOf(text);
      forms.set(text, known);
    }
    return known;
  };
  for await (const names of askedBatches(store, pairs))
    for (const { x, y } of names) {
      const [a, b] = [form(x), form(y)];
      relations.add([x, y, NAME_RELATIONS.indexOf(compareNames(a, b)), isRelated(a, b), containedKey(a, b)]);
    }
  relations.close();
  await finishLevels(store, pairs);
}

/** Forms kept at a time: beyond them some are made twice. */
const MOST_FORMS = 100_000;

type PatternCount = { readonly pattern: number; readonly learning: number; readonly n: number };

/** Counts by pattern. @param of those that count */
function histogram(
  counts: readonly PatternCount[],
  of: (count: PatternCount) => boolean = () => true,
): Map<number, number> {
  const found = new Map<number, number>();
  for (const count of counts)
    if (of(count)) found.set(count.pattern, (found.get(count.pattern) ?? 0) + count.n);
  return found;
}

const histogramsOf = (linkage: Linkage<EntryRecord>, counts: readonly PatternCount[]) => ({
  compared: histogram(counts),
  passes: linkage.rules
    .filter((rule) => rule.settles !== undefined)
    .map((rule, bit) => ({
      histogram: histogram(counts, ({ learning }) => (learning & (1 << bit)) !== 0),
      settled: rule.settles ?? [],
    })),
});

async function frequenciesOf(store: ColumnStore): Promise<Frequencies> {
  await makeTerms(store);
  const found: Record<string, { total: number; counts: Record<string, number> }> = {};
  for (const { kind, total } of await listTotals(store)) found[kind] = { total, counts: {} };
  for await (const terms of termBatches(store))
    for (const { kind, value, n } of terms) found[kind]!.counts[value] = n;
  return found;
}

/** Weighs the pairs whose pattern may reach the threshold. */
async function scoredPairs(
  store: ColumnStore,
  linkage: Linkage<EntryRecord>,
  model: Model,
  radix: readonly number[],
  patterns: readonly PatternCount[],
): Promise<Pick<Linked, 'scored' | 'recordAt'>> {
  const weigher = new Weigher(linkage.fields, model);
  const hopeful = await beginHopeful(store);
  const u = (field: string, levels: Int8Array): number | null => {
    const i = model.fields.findIndex(({ name }) => name === field);
    return model.fields[i]!.levels[levels[i]!]?.u ?? null;
  };
  for (const pattern of histogram(patterns).keys()) {
    const levels = weigher.comparer.levelsOf(pattern);
    if (!weigher.couldReach(levels, model.threshold)) continue;
    const plain = weigher.plainWeight(levels);
    hopeful.add([pattern, plain, u('cognome', levels), u('nome', levels), u('luogo di nascita', levels)]);
  }
  hopeful.close();
  await scorePairs(store, radix, model);
  const scored: Scored[] = [];
  for await (const pairs of scoredBatches(store))
    for (const { a, b, pattern, weight } of pairs) {
      const levels = weigher.comparer.levelsOf(pattern);
      scored.push({ a, b, levels, weight, probability: probabilityOf(model.prior, weight) });
    }
  const records = new Map<number, EntryRecord>();
  for await (const rows of scoredRecordBatches<RecordColumns>(store))
    for (const row of rows) records.set(row.record!, recordOfColumns(row));
  return { scored, recordAt: (number) => records.get(number)! };
}
