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
  const values: unknown[] = [notoAl, names.surnames];
  const where = ['f.surname_key = any($2::text[])'];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  if (names.givens !== null) where.push(`f.given_key = any(${parameter(names.givens)}::text[])`);
  if (birth !== null) where.push(bornIn(parameter(birth[0]), parameter(birth[1])));
  const of = comune === null ? null : parameter(comune);
  const held = (table: string, past: string): string => `
    select f.entry_id, f.surname_key, f.given_key from clock, ${table} f${of === null ? '' : ' join entries e on e.entry_id = f.entry_id'}
     where ${where.join(' and ')}${of === null ? '' : ` and e.comune = ${of}`} and f.recorded_from <= k${past}`;
  const { rows } = await db.query<SimilarHit>({
    name: `similar-${names.givens === null ? 0 : 1}${birth === null ? 0 : 1}${comune === null ? 0 : 1}`,
    text: `with clock as materialized (select ${knownAtExpression('$1')} as k)
      (${held('identities', '')} limit ${MOST_HITS})
      union
      (${held('identities_past', ' and k < f.recorded_to')} limit ${MOST_HITS})`,
    values,
  });
  return rows;
}
