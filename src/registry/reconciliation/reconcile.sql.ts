/**
 * Statements of the reconciliation: whom a supply concerns, which findings are open, and writing. Set-wise over the
 * entries that the supply touched (scale.md); the whole register only for a refresh.
 */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { AGREED_DAYS } from '../transfers.ts';
import { findingKey, type WantedFinding } from './finding.ts';

/** Which entries a supply touched: those named, and of a first full supply those numbered above one and up to another. */
export interface Touched {
  readonly entries: readonly number[];
  readonly above: number;
  readonly upTo: number;
  /**
   * The first full supply of a register: nobody in another register names its numbers, and of its halves only those from
   * this day on count. null: a later supply.
   */
  readonly halvesFrom: Day | null;
}

// $1 entries, $2 above, $3 up to.
const TOUCHED = `
  with touched as materialized (
    select unnest($1::bigint[]) as entry_id
    union select entry_id from entries where entry_id > $2 and entry_id <= $3
  ), of_person as materialized (
    select t.entry_id, p.person_id from touched t join person_entries p using (entry_id)
  ), shared as materialized (
    select distinct o.person_id from of_person o join person_entries q on q.person_id = o.person_id and q.entry_id <> o.entry_id
  )`;

/** Open, and of somebody who has a spouse (T1 2, 6): the predicate of the indexes civil_statuses_spouse_…. */
const BOUND = `c.valid_to = 'infinity' and c.stato_civile in ('2', '6')`;

/** Those of whom two registers may tell, or one awaits another, or of whom something was found. */
const CONCERNED = `${TOUCHED}
  select person_id from shared
  union
  select o.person_id from of_person o join registrations r using (entry_id)
   where (r.comune_provenienza is not null and r.valid_from >= $4::date)
      or (r.comune_destinazione is not null and r.valid_to >= $4::date)
  union
  select p.person_id from touched t
    join reconciliation_findings f on f.entry_id = t.entry_id and f.closed_at is null
    join person_entries p on p.entry_id = f.entry_id
  union
  select p.person_id from touched t
    join reconciliation_findings f on f.other_entry_id = t.entry_id and f.closed_at is null
    join person_entries p on p.entry_id = f.entry_id`;

/** Those who name a spouse of another register, or are named by one; by number only where the person named is in two. */
const SPOUSES = `${TOUCHED}
  select o.person_id from of_person o join civil_statuses c using (entry_id)
   where ${BOUND} and c.id_coniuge is null and c.cf_coniuge is not null
  union
  select p.person_id from touched t
    join person_keys k using (entry_id)
    join civil_statuses c on c.cf_coniuge = k.codice_fiscale and c.id_coniuge is null
     and ${BOUND}
    join person_entries p on p.entry_id = c.entry_id
  union
  select p.person_id
    from (select q.entry_id from shared s join person_entries q using (person_id)
          union select entry_id from touched where $4) named
    join entries n using (entry_id)
    join civil_statuses c on c.id_coniuge = n.id_soggetto and ${BOUND}
    join entries e on e.entry_id = c.entry_id and e.comune = n.comune
    join person_entries p on p.entry_id = c.entry_id
  union
  select o.person_id from of_person o join civil_statuses c using (entry_id)
    join entries e using (entry_id)
    join register_numbers r on r.comune = e.comune and r.id_soggetto = c.id_coniuge
    join person_entries p on p.entry_id = r.entry_id
   where $4 and ${BOUND}
     and exists (select from person_entries q where q.person_id = p.person_id and q.entry_id <> p.entry_id)`;

/** Children in two registers who name a touched parent. */
const CHILDREN = `${TOUCHED}, key as (
    select k.codice_fiscale as key from touched t join person_keys k using (entry_id)
    union all
    select e.comune || ':' || e.id_soggetto from touched t join entries e using (entry_id) where $4
  ), child as (
    select p.entry_id from key join parents p on p.father_key = key.key
    union
    select p.entry_id from key join parents p on p.mother_key = key.key
  )
  select o.person_id from child c join person_entries o using (entry_id)
   where exists (select from person_entries q where q.person_id = o.person_id and q.entry_id <> o.entry_id)`;

/** The persons that a supply may have opened or closed a finding of. */
export async function findConcernedPersons(db: Client, touched: Touched): Promise<Set<number>> {
  const range = [touched.entries, touched.above, touched.upTo];
  const persons = new Set<number>();
  const later = touched.halvesFrom === null;
  const add = async (text: string, last: unknown): Promise<void> => {
    const { rows } = await db.query<{ person_id: number }>(text, [...range, last]);
    for (const r of rows) persons.add(r.person_id);
  };
  await add(CONCERNED, touched.halvesFrom ?? '-infinity');
  await add(SPOUSES, later);
  await add(CHILDREN, later);
  return persons;
}

/** The persons of these entries. */
export async function findPersons(db: Client, entries: readonly number[]): Promise<number[]> {
  if (entries.length === 0) return [];
  const { rows } = await db.query<{ person_id: number }>(
    'select distinct person_id from person_entries where entry_id = any($1::bigint[])',
    [entries],
  );
  return rows.map((r) => r.person_id);
}

/** The other entries of those whom a link was made or undone with at this instant: of the persons that they were and are. */
export async function findRelinkedEntries(
  db: Client,
  entries: readonly number[],
  instant: string,
): Promise<number[]> {
  const { rows } = await db.query<{ entry_id: number }>(
    `with person as (
       select person_id from person_entries_past where entry_id = any($1::bigint[]) and recorded_to = $2::timestamptz
       union select person_id from person_entries where entry_id = any($1::bigint[])
     )
     select q.entry_id from person join person_entries q using (person_id)`,
    [entries, instant],
  );
  return rows.map((r) => r.entry_id);
}

/** The situazione_al of a comune before a supply; null where that is its first. */
export async function findSituationBefore(db: Client, comune: string, supplyId: number): Promise<Day | null> {
  const { rows } = await db.query<{ told: Day | null }>(
    `select max(situazione_al) as told from supplies where comune = $1 and supply_id <> $2 and esito <> 'RIFIUTATA'`,
    [comune, supplyId],
  );
  return rows[0]?.told ?? null;
}

/**
 * The persons whose pending transfer is over now that a comune has told of days up to `told`; all that await it, where it
 * told of none before.
 */
export async function findOverduePersons(
  db: Client,
  comune: string,
  before: Day | null,
  told: Day,
): Promise<number[]> {
  const { rows } = await db.query<{ person_id: number }>(
    `select distinct p.person_id
       from reconciliation_findings f join person_entries p using (entry_id)
      where f.owner = $1 and f.closed_at is null and f.waits_from is not null
        and ($2::date is null or f.waits_from between $2::date - ${AGREED_DAYS} and $3::date - ${AGREED_DAYS})`,
    [comune, before, told],
  );
  return rows.map((r) => r.person_id);
}

/** All persons of whom something may be found, by number, `limit` of them above `after`. */
export async function listAllPersons(db: Client, after: number, limit: number): Promise<number[]> {
  const { rows } = await db.query<{ person_id: number }>(
    `select person_id from (
       select person_id from person_entries where entry_id <> person_id
       union
       select p.person_id from registrations r join person_entries p using (entry_id)
        where r.comune_provenienza is not null or r.comune_destinazione is not null
       union
       select p.person_id from civil_statuses c join person_entries p using (entry_id)
        where ${BOUND} and c.id_coniuge is null and c.cf_coniuge is not null
       union
       select p.person_id
         from (select q.entry_id from person_entries s join person_entries q using (person_id) where s.entry_id <> s.person_id) named
         join entries n using (entry_id)
         join civil_statuses c on c.id_coniuge = n.id_soggetto and ${BOUND}
         join entries e on e.entry_id = c.entry_id and e.comune = n.comune
         join person_entries p on p.entry_id = c.entry_id
       union
       select p.person_id from reconciliation_findings f join person_entries p using (entry_id) where f.closed_at is null
     ) concerned where person_id > $1 order by person_id limit $2`,
    [after, limit],
  );
  return rows.map((r) => r.person_id);
}

/** An open finding as the comparison sees it. */
export interface OpenFinding {
  readonly entry_id: number;
  readonly kind: string;
  readonly finding_key: string;
  readonly about: Day;
}

export async function listOpenFindings(db: Client, entries: readonly number[]): Promise<OpenFinding[]> {
  const { rows } = await db.query<OpenFinding>(
    `select entry_id, kind, finding_key, about from reconciliation_findings
      where closed_at is null and entry_id = any($1::bigint[])`,
    [entries],
  );
  return rows;
}

export async function openFindings(
  db: Client,
  findings: readonly WantedFinding[],
  supplyId: number | null,
): Promise<void> {
  if (findings.length === 0) return;
  await db.query(
    `insert into reconciliation_findings
       (entry_id, other_entry_id, kind, finding_key, owner, other, about, waits_from, event_id, detail, opened_by)
     select *, $11::bigint from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[],
       $8::date[], $9::bigint[], $10::jsonb[])`,
    [
      findings.map((f) => f.entryId),
      findings.map((f) => f.otherEntryId),
      findings.map((f) => f.kind),
      findings.map(findingKey),
      findings.map((f) => f.owner),
      findings.map((f) => f.other),
      findings.map((f) => f.about),
      findings.map((f) => f.waitsFrom),
      findings.map((f) => f.eventId),
      findings.map((f) => JSON.stringify(f.detail)),
      supplyId,
    ],
  );
}

/** A finding that the facts do not ask for any more, with the event that settled it where that is known. */
export interface Closing {
  readonly entryId: number;
  readonly findingKey: string;
  readonly eventId: number | null;
}

/** Closes them; where the settling event is not one of this supply, it is the last of the supply that touched the entries. */
export async function closeFindings(
  db: Client,
  closings: readonly Closing[],
  supplyId: number | null,
): Promise<void> {
  if (closings.length === 0) return;
  await db.query(
    `with closing as (
       select * from unnest($1::bigint[], $2::text[], $3::bigint[]) as c (entry_id, finding_key, event_id)
     )
     update reconciliation_findings f
        set closed_at = recorded_now(), closed_by = $4::bigint,
            closing_event = coalesce(
              (select v.event_id from events v where v.event_id = c.event_id and v.supply_id = $4::bigint),
              (select max(t.event_id) from event_entries t join events v using (event_id)
                where v.supply_id = $4::bigint and t.entry_id in (f.entry_id, f.other_entry_id)))
       from closing c
      where f.entry_id = c.entry_id and f.finding_key = c.finding_key and f.closed_at is null`,
    [
      closings.map((c) => c.entryId),
      closings.map((c) => c.findingKey),
      closings.map((c) => c.eventId),
      supplyId,
    ],
  );
}
