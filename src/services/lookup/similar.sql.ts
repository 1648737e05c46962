/** Who bears, or bore, one of the names near those typed: entries with the names by which they were hit (similar.ts ranks them). */
import type { Client } from '../../platform/db/pool.ts';
import { knownAtExpression } from '../../registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';

export interface SimilarHit {
  readonly entry_id: number;
  readonly surname_key: string;
  readonly given_key: string;
}

export interface SimilarNames {
  readonly surnames: readonly string[];
  readonly givens: readonly string[] | null;
}

/** Identities looked at for one order of the names. */
export const MOST_HITS = 3000;

interface Asked {
  readonly names: SimilarNames;
  readonly birth: readonly [from: string, to: string] | null;
  readonly comune: string | null;
  readonly notoAl: KnownAt | null;
}

/** Birth dates are written to the year at the least: one that may lie in the period begins a year before it, or later. */
export const bornIn = (from: string, to: string): string =>
  `f.birth_from >= ${from}::date - 366 and f.birth_from <= ${to}::date and f.birth_to >= ${from}::date`;

export async function findSimilarHits(
  db: Client,
  { names, birth, comune, notoAl }: Asked,
): Promise<SimilarHit[]> {
  if (names.surnames.length === 0 || names.givens?.length === 0) return [];
  const values: unknown[] = [names.surnames];
  const where = ['f.surname_key = any($1::text[])'];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  if (names.givens !== null) where.push(`f.given_key = any(${parameter(names.givens)}::text[])`);
  if (birth !== null) where.push(bornIn(parameter(birth[0]), parameter(birth[1])));
  const of =
    comune === null
      ? ''
      : `cross join lateral (select from entries e where e.entry_id = f.entry_id and e.comune = ${parameter(comune)} offset 0) e`;
  const held = (table: string, from = '', known = ''): string => `
    select f.entry_id, f.surname_key, f.given_key from ${from}${table} f ${of}
     where ${where.join(' and ')}${known} limit ${MOST_HITS}`;
  const shape = `${names.givens === null ? 0 : 1}${birth === null ? 0 : 1}${comune === null ? 0 : 1}`;
  if (notoAl === null) {
    // As held now: from the index of names alone.
    const { rows } = await db.query<SimilarHit>({
      name: `similar-now-${shape}`,
      text: held('identities'),
      values,
    });
    return rows;
  }
  const clock = parameter(notoAl);
  const { rows } = await db.query<SimilarHit>({
    name: `similar-${shape}`,
    text: `with clock as materialized (select ${knownAtExpression(clock)} as k)
      (${held('identities', 'clock cross join ', ' and f.recorded_from <= k')})
      union
      (${held('identities_past', 'clock cross join ', ' and f.recorded_from <= k and k < f.recorded_to')})`,
    values,
  });
  return rows;
}
