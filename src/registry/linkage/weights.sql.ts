/**
 * Patterns of compared pairs counted, and weights by a model, in columns (DuckDB). The definition is model.ts and what entry-fields.ts
 * says is agreed on; link-columns.test.ts holds the weights against it.
 */
import type { ColumnStore, ColumnWriter } from '../../platform/columns/column-store.ts';
import { MOST_ADJUSTMENT, RARE } from './model.ts';

/** The number of the pattern of levels `l0`, `l1` …, as `Comparer` makes it. @param radix of each field */
const patternOf = (radix: readonly number[]): string =>
  radix.reduce((pattern, size, i) => `(${pattern} * ${size} + l.l${i} + 1)`, '0');

/** Patterns of the table `levels_NAME` with the bits of what is learnt from them, in a fixed order. */
export const countPatterns = (
  store: ColumnStore,
  pairs: string,
  radix: readonly number[],
): Promise<{ pattern: number; learning: number; n: number }[]> =>
  store.rows(
    `select ${patternOf(radix)}::integer as pattern, l.learning, count(*)::double as n
       from levels_${pairs} l group by all order by all`,
  );

/**
 * The table `hopeful`: patterns that may reach the threshold, each with its weight, frequencies aside, and the u of its levels of
 * surname, given name and place.
 */
export async function beginHopeful(store: ColumnStore): Promise<ColumnWriter> {
  await store.run(
    'create table hopeful (pattern integer, plain double, u_surname double, u_given double, u_place double)',
  );
  return store.append('hopeful');
}

/** What is agreed on may say up to so much more than its level (model.ts). */
const ADJUSTED = (field: string): string => `
  case when ${field}_share is null or u_${field} is null then 0
       else log2(u_${field} / greatest(${field}_share, u_${field} / ${2 ** MOST_ADJUSTMENT})) end`;

const SHARE = (n: string, total: string): string =>
  `greatest(coalesce(${n}, ${RARE}), ${RARE}) / greatest(${total}, ${RARE})`;
const TOTAL = (kind: string): string => `(select total from totals where kind = ${kind})`;

export interface ScoredRow {
  readonly a: number;
  readonly b: number;
  readonly pattern: number;
  readonly weight: number;
}

/** The table `scored`: the pairs that reach the threshold, by records and pattern. */
export async function scorePairs(
  store: ColumnStore,
  radix: readonly number[],
  { prior, threshold }: { readonly prior: number; readonly threshold: number },
): Promise<void> {
  await store.run(`
    create table scored as
    with agreed as (
      select l.a, l.b, h.pattern, h.plain, h.u_surname, h.u_given, h.u_place,
             case l.l0 when 0 then 'cognome' when 1 then 'nomi' when 2 then 'cognome' end as surname_kind,
             case l.l0 when 0 then a.surname_key
                       when 1 then case when a.surname_key = b.given_key and a.given_key = b.surname_key then a.both_names end
                       when 2 then s.contained end as surname_value,
             case when l.l1 = 0 and a.surname_key = b.surname_key then 'nomi' when l.l1 in (0, 1) then 'nome' end as given_kind,
             case when l.l1 = 0 and a.surname_key = b.surname_key then a.both_names
                  when l.l1 = 0 then a.given_key
                  when l.l1 = 1 then g.contained end as given_value,
             case when l.l1 = 0 and a.surname_key = b.surname_key then a.surname_key end as among_value,
             case when l.l4 = 0 then a.birth_comune end as place_value
        from levels_pairs l
        join hopeful h on h.pattern = ${patternOf(radix)}
        join records a on a.record = l.a
        join records b on b.record = l.b
        left join relations s on s.x = case when l.l0 = 2 then least(a.surname, b.surname) end and s.y = greatest(a.surname, b.surname)
        left join relations g on g.x = case when l.l1 = 1 then least(a.given, b.given) end and g.y = greatest(a.given, b.given)),
    shares as (
      select q.*,
             case when surname_value is not null then least(1, ${SHARE('s.n', TOTAL('surname_kind'))}) end as surname_share,
             case when given_value is null then null
                  when among_value is null then least(1, ${SHARE('g.n', TOTAL('given_kind'))})
                  else least(1, ${SHARE('g.n', TOTAL('given_kind'))} / least(1, ${SHARE('m.n', TOTAL("'cognome'"))})) end as given_share,
             case when place_value is not null then least(1, ${SHARE('p.n', TOTAL("'luogo'"))}) end as place_share
        from agreed q
        left join terms s on s.kind = surname_kind and s.value = surname_value
        left join terms g on g.kind = given_kind and g.value = given_value
        left join terms m on m.kind = 'cognome' and m.value = among_value
        left join terms p on p.kind = 'luogo' and p.value = place_value),
    weighed as (
      select a, b, pattern, plain + ${ADJUSTED('surname')} + ${ADJUSTED('given')} + ${ADJUSTED('place')} as weight from shares)
    select a, b, pattern, weight from weighed
     where (${prior / (1 - prior)}::double * pow(2, weight)) / (1 + ${prior / (1 - prior)}::double * pow(2, weight)) >= ${threshold}`);
}

export const scoredBatches = (store: ColumnStore): AsyncGenerator<ScoredRow[]> =>
  store.batches('select a, b, pattern, weight from scored order by a, b');

/** The records of the pairs scored. */
export const scoredRecordBatches = <R>(store: ColumnStore): AsyncGenerator<R[]> =>
  store.batches<R>('select * from records where record in (select a from scored union select b from scored)');
