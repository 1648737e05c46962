/**
 * Statements on columns (DuckDB): records put into blocks, the pairs of the blocks, each once, and what is agreed on how often. The
 * rules are those of blocking.ts, whose functions make the hashes; blocking.ts is their definition, and a test holds the two together.
 */
import type { ColumnStore, ColumnWriter } from '../../platform/columns/column-store.ts';
import type { BlockingRule } from './blocking.ts';
import { RARE } from './model.ts';
import { RECORD_COLUMNS } from './record-columns.ts';
import type { RuleCount } from './rule-count.ts';

const numbered = (rules: readonly BlockingRule[]): readonly { rule: BlockingRule; h: string; i: number }[] =>
  rules.map((rule, i) => ({ rule, h: `h${i}`, i }));

/** The table `records`: a row is `columnsOf` (record-columns.ts). */
export async function beginRecords(
  store: ColumnStore,
  rules: readonly BlockingRule[],
): Promise<ColumnWriter> {
  const columns = Object.entries(RECORD_COLUMNS).map(([name, type]) => `"${name}" ${type}`);
  await store.run(
    `create table records (${[...columns, ...numbered(rules).map(({ h }) => `${h} uinteger`)].join(', ')})`,
  );
  return store.append('records');
}

/** Writes rows of linkage_keys in COPY's text format, keys ascending, so that the index grows at its end; an entry once a key. Of blocks left out too: other entries may leave them. */
export async function writeKeys(
  store: ColumnStore,
  rules: readonly BlockingRule[],
  path: string,
): Promise<void> {
  const keys = numbered(rules).map(
    ({ h, i }) =>
      `select ${i}::bigint * 4294967296 + ${h} as block_key, entry_id from records where ${h} is not null`,
  );
  await store.run(
    `copy (select distinct block_key, entry_id from (${keys.join(' union all ')}) order by all) to '${path.replaceAll("'", "''")}' (format csv, header false, delimiter '\t')`,
  );
}

const SIZES = (h: string): string =>
  `select ${h} as hash, count(*) as n from records where ${h} is not null group by ${h}`;

/**
 * The table `pairs`: every pair that shares a block, once, the lower number first, with a bit for each rule of which something is
 * learnt that has both in a block; those known to be one person too.
 */
export async function makePairs(store: ColumnStore, rules: readonly BlockingRule[]): Promise<RuleCount[]> {
  const all = numbered(rules);
  await store.run('create table large (rule integer, hash uinteger)');
  for (const { h, i, rule } of all)
    await store.run(`insert into large select ${i}, hash from (${SIZES(h)}) where n > ${rule.most}`);
  const used = all.map(
    ({ h, i }) =>
      `case when ${h} in (select hash from large where rule = ${i}) then null else ${h} end as ${h}`,
  );
  await store.run(`create table blocks as select record, ${used.join(', ')} from records;
    create table pairs (a integer, b integer, learning integer)`);
  const learning = all
    .filter(({ rule }) => rule.settles !== undefined)
    .map(({ h }, bit) => `case when a.${h} = b.${h} then ${1 << bit} else 0 end`);
  const counts: RuleCount[] = [];
  for (const { h, i, rule } of all) {
    const earlier = all.slice(0, i).map((e) => `and (a.${e.h} = b.${e.h}) is not true`);
    const fresh = await store.run(
      `insert into pairs select a.record, b.record, ${['0', ...learning].join(' + ')}
         from blocks a join blocks b on a.${h} = b.${h} and a.record < b.record
        where true ${earlier.join(' ')}`,
    );
    const [size] = await store.rows<{ pairs: number; left_out: number; largest: number }>(
      `select coalesce(sum(n * (n - 1) // 2) filter (n <= ${rule.most}), 0)::double as pairs,
              (count(*) filter (n > ${rule.most}))::double as left_out, coalesce(max(n) filter (n > ${rule.most}), 0)::double as largest
         from (${SIZES(h)})`,
    );
    counts.push({
      rule: rule.name,
      pairs: size!.pairs,
      fresh,
      leftOut: size!.left_out,
      largest: size!.largest,
    });
  }
  return counts;
}

/** The table `random_pairs`, filled by whoever chooses them. */
export async function beginRandomPairs(store: ColumnStore): Promise<ColumnWriter> {
  await store.run('create table random_pairs (a integer, b integer, learning integer)');
  return store.append('random_pairs');
}

/** What terms are counted of, by kind (entry-fields.ts, entryFrequencies). */
const TERMS = {
  cognome: 'surname_key',
  nome: 'given_key',
  nomi: 'both_names',
  luogo: `nullif(birth_comune, '')`,
} as const;

/** The tables `terms`, values borne by more than RARE, and `totals`. */
export async function makeTerms(store: ColumnStore): Promise<void> {
  await store.run(
    'create table terms (kind varchar, value varchar, n double); create table totals (kind varchar, total double)',
  );
  for (const [kind, column] of Object.entries(TERMS))
    await store.run(
      `insert into terms select '${kind}', ${column}, count(*) from records where ${column} is not null group by ${column} having count(*) > ${RARE};
       insert into totals select '${kind}', count(${column}) from records`,
    );
}

export const listTotals = (store: ColumnStore): Promise<{ kind: string; total: number }[]> =>
  store.rows('select kind, total from totals');

/** In a fixed order, so that linking again gives the same model, text by text. */
export const termBatches = (
  store: ColumnStore,
): AsyncGenerator<{ kind: string; value: string; n: number }[]> =>
  store.batches('select kind, value, n from terms order by kind, value');
