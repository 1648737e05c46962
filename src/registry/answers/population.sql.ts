/**
 * Counts of the population, set-wise, at any two times (registry.md, Counting rules): residents are those with a
 * registration open on the day, sorted by the first days of partial dates.
 */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { KnownAt } from './known-at.ts';

/** Registrations open in one comune, by sex, age and citizenship. */
export interface PopulationCell {
  readonly comune: string;
  readonly sesso: string;
  /** Completed years, by the first day of a partial birth date. */
  readonly eta: number;
  readonly straniero: boolean;
  /** Open registrations. */
  readonly iscrizioni: number;
  /** Of them, those of people counted here once in the province: a double registration counts where it is the later. */
  readonly persone: number;
}

/** Households with somebody in them on the day; one with nobody is not counted. */
export interface HouseholdCell {
  readonly comune: string;
  readonly kind: 'famiglia' | 'convivenza';
  readonly numero: number;
  readonly componenti: number;
}

/** Facts of a kind that hold on $1 as known at $2: from what is held now, and from what was held once. */
const onDay = (table: string, columns: string, which = ''): string => `
  select ${columns} from ${table}
   where valid_from <= $1::date and valid_to > $1::date and recorded_from <= $2::timestamptz ${which}
  union all
  select ${columns} from ${table}_past
   where valid_from <= $1::date and valid_to > $1::date and recorded_from <= $2::timestamptz and $2::timestamptz < recorded_to
     ${which}`;

/** The one fact of a kind nearest the day, for an entry that says nothing of the day itself (registry.md, Who speaks). */
const nearest = (table: string, columns: string): string => `
  select ${columns} from (
    select t.* from ${table} t where t.entry_id = r.entry_id and t.recorded_from <= $2::timestamptz
  ) t order by t.valid_from limit 1`;

// 710,000 persons: three hash joins over what holds on the day. A comune alone goes by the index of its registrations.
const population = (which: string, each = ''): string => `
  with open as materialized (
    select entry_id, comune, valid_from from (${onDay('registrations', 'entry_id, comune, valid_from')}) r
     where ${which}
  ), of_person as (
    select o.*, coalesce(p.person_id, o.entry_id) as person_id
      from open o left join (
        select entry_id, person_id from person_entries where recorded_from <= $2::timestamptz ${each}
        union all
        select entry_id, person_id from person_entries_past
         where recorded_from <= $2::timestamptz and $2::timestamptz < recorded_to ${each}
      ) p using (entry_id)
  ), ranked as (
    select o.*, row_number() over (partition by person_id order by valid_from desc, comune) = 1 as speaks
      from of_person o
  ), counted as (
    select r.comune, r.speaks,
           coalesce(i.sesso, n.sesso) as sesso,
           coalesce(i.birth_from, n.birth_from) as birth_from,
           coalesce(c.stato, m.stato, '') <> '100' as straniero
      from ranked r
      left join (${onDay('identities', 'entry_id, sesso, birth_from', each)}) i using (entry_id)
      left join (${onDay('citizenships', 'entry_id, stato', each)}) c using (entry_id)
      left join lateral (${nearest('identities', 't.sesso, t.birth_from')}) n on i.sesso is null
      left join lateral (${nearest('citizenships', 't.stato')}) m on c.stato is null
  )
  select comune, sesso, greatest(0, extract(year from age($1::date, birth_from)))::int as eta, straniero,
         count(*)::int as iscrizioni, count(*) filter (where speaks)::int as persone
    from counted group by comune, sesso, eta, straniero
   order by comune, eta, sesso, straniero`;

const POPULATION = population('$3::text is null or comune = $3');
// Said of every table, so that none is read whole for a few entries.
const OF_ENTRIES = population('entry_id = any($3::bigint[])', 'and entry_id = any($3::bigint[])');

/** @param comune ISTAT code; null for the whole province */
export async function countPopulation(
  db: Client,
  comune: string | null,
  al: Day,
  knownAt: KnownAt,
): Promise<PopulationCell[]> {
  const { rows } = await db.query<PopulationCell>(POPULATION, [al, knownAt, comune]);
  return rows;
}

/** The part that these entries have in the population: all the entries of some persons. */
export async function countEntries(
  db: Client,
  entries: readonly number[],
  al: Day,
  knownAt: KnownAt,
): Promise<PopulationCell[]> {
  const { rows } = await db.query<PopulationCell>(OF_ENTRIES, [al, knownAt, entries]);
  return rows;
}

const HOUSEHOLDS = `
  with belonging as materialized (${onDay('memberships', 'entry_id, household_id')}),
  counted as (select household_id, count(*) as members from belonging group by household_id)
  select h.comune, h.kind, count(*)::int as numero, sum(c.members)::int as componenti
    from counted c
    join (${onDay('households', 'household_id, comune, kind')}) h using (household_id)
   where $3::text is null or h.comune = $3
   group by h.comune, h.kind order by h.comune, h.kind`;

/** @param comune ISTAT code; null for the whole province */
export async function countHouseholds(
  db: Client,
  comune: string | null,
  al: Day,
  knownAt: KnownAt,
): Promise<HouseholdCell[]> {
  const { rows } = await db.query<HouseholdCell>(HOUSEHOLDS, [al, knownAt, comune]);
  return rows;
}
