/** The queue: pairs that the linkage proposes, and pairs that operators decided of, as known at an instant. */
import type { Client } from '../../platform/db/pool.ts';
import type { KnownAt } from '../answers/known-at.ts';
import { IS_SEALED_SINCE, SEALED_SINCE } from '../linkage/seals.sql.ts';
import type { EntryKey } from './review.sql.ts';

/** How one field of a pair weighs, as the linkage found it; level null: one of the two does not say. */
export interface FieldWeight {
  readonly field: string;
  readonly level: string | null;
  readonly weight: number;
}

/** A pair to judge: a candidate of the linkage, or one of which an operator decided without one. */
export interface PairRow {
  readonly candidate_id: number | null;
  readonly entry_a: number;
  readonly entry_b: number;
  readonly comune_a: string;
  readonly comune_b: string;
  readonly id_a: string;
  readonly id_b: string;
  readonly weight: number | null;
  readonly probability: number | null;
  readonly fields: readonly FieldWeight[];
  /** When the pair first came up. */
  readonly since: string;
}

/**
 * What is sealed is proposed to the profile that names the court order alone (registry.md, Sealed), also as known before the seal came;
 * what a seal of now may hide is not proposed either, until linkage has looked.
 */
const PROPOSED = `
  select c.candidate_id, c.entry_a, c.entry_b, c.weight, c.probability, c.fields,
         (select min(f.found_recorded) from linkage_candidates f where f.candidate_id = c.candidate_id) as since
    from linkage_candidates c
   ${SEALED_SINCE}
   where not c.sealed and not ${IS_SEALED_SINCE} and c.found_recorded <= $1::timestamptz and (c.gone_recorded is null or c.gone_recorded > $1::timestamptz)`;

const named = (pairs: string): string => `
  select p.candidate_id, p.entry_a, p.entry_b, a.comune as comune_a, b.comune as comune_b, a.id_soggetto as id_a,
         b.id_soggetto as id_b, p.weight, p.probability, p.fields, p.since
    from (${pairs}) p join entries a on a.entry_id = p.entry_a join entries b on b.entry_id = p.entry_b`;

/** Pairs of which nothing was ever decided by then, the likeliest first. $2 a comune, $3 the comune of both, $4 of two. */
const UNDECIDED = `${named(`${PROPOSED}
     and not exists (select from linkage_decisions d where d.entry_id = c.entry_a and d.other_entry_id = c.entry_b
                        and d.recorded_from <= $1::timestamptz)`)}
   where ($2::text is null or $2 in (a.comune, b.comune))
     and ($3::text is null or (a.comune = $3 and b.comune = $3)) and (not $4 or a.comune <> b.comune)
   order by p.weight desc, p.entry_a, p.entry_b
   limit $5`;

/** Pairs of which something was decided, undone or not; not those that a seal alone brings together. */
const DECIDED = named(`
  select k.candidate_id, d.entry_id as entry_a, d.other_entry_id as entry_b, k.weight, k.probability,
         coalesce(k.fields, '[]'::jsonb) as fields, coalesce(k.since, d.since) as since
    from (select entry_id, other_entry_id, min(recorded_from) as since from linkage_decisions
           where recorded_from <= $1::timestamptz
             and not exists (select from linkage_candidates c
                              where c.entry_a = entry_id and c.entry_b = other_entry_id and c.sealed)
             and (entry_id, other_entry_id) not in (
                   select c.entry_a, c.entry_b
                     from linkage_candidates c
                     join person_entries a on a.entry_id = c.entry_a join person_entries b on b.entry_id = c.entry_b
                     ${SEALED_SINCE}
                    where c.gone_recorded is null and ${IS_SEALED_SINCE} and a.person_id <> b.person_id)
           group by 1, 2) d
    left join (${PROPOSED}) k on k.entry_a = d.entry_id and k.entry_b = d.other_entry_id`);

/** Which undecided pairs. */
export interface UndecidedQuery {
  /** One of the two is of this comune. */
  readonly comune: string | null;
  /** Both are of this comune. */
  readonly within: string | null;
  /** They are of two comuni. */
  readonly across: boolean;
  readonly limit: number;
}

export async function listUndecided(db: Client, query: UndecidedQuery, at: KnownAt): Promise<PairRow[]> {
  const { rows } = await db.query<PairRow>(UNDECIDED, [
    at,
    query.comune,
    query.within,
    query.across,
    query.limit,
  ]);
  return rows;
}

export async function listDecided(db: Client, at: KnownAt): Promise<PairRow[]> {
  const { rows } = await db.query<PairRow>(`${DECIDED} order by p.since, p.entry_a, p.entry_b`, [at]);
  return rows;
}

/** A candidate by its number, also one that the linkage no longer proposes; null where there is none. */
export async function findCandidatePair(
  db: Client,
  candidateId: number,
): Promise<readonly [EntryKey, EntryKey] | null> {
  const { rows } = await db.query<{ comune_a: string; id_a: string; comune_b: string; id_b: string }>(
    `select a.comune as comune_a, a.id_soggetto as id_a, b.comune as comune_b, b.id_soggetto as id_b
       from (select * from linkage_candidates where candidate_id = $1 order by found_recorded desc limit 1) c
       join entries a on a.entry_id = c.entry_a join entries b on b.entry_id = c.entry_b
       ${SEALED_SINCE}
      where not c.sealed and not ${IS_SEALED_SINCE}`,
    [candidateId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return [
    { comune: row.comune_a, id_soggetto: row.id_a },
    { comune: row.comune_b, id_soggetto: row.id_b },
  ];
}

/** What the linkage found of a pair, as known then; null: it did not propose it. */
export async function findProposed(
  db: Client,
  pair: readonly [number, number],
  at: KnownAt,
): Promise<PairRow | null> {
  const { rows } = await db.query<PairRow>(`${named(PROPOSED)} where p.entry_a = $2 and p.entry_b = $3`, [
    at,
    ...pair,
  ]);
  return rows[0] ?? null;
}
