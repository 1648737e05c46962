/**
 * Statements of the reconciliation: whom a supply concerns, which findings are open, and writing. Set-wise over the
 * entries that the supply touched (scale.md); the whole register only for a refresh.
 */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { AGREED_DAYS } from '../answers/transfers.ts';
import { findingKey, type WantedFinding } from './finding.ts';

/**
 * Until the end of the transaction, or until it is called with false: joins by looking up, as everything here is written to be. In the first
 * hours of a register its tables have no statistics yet, and the planner would read them whole for each supply.
 */
export async function setLookups(db: Client, only: boolean): Promise<void> {
  const other = only ? 'off' : 'on';
  await db.query(
    `select set_config('enable_seqscan', $1, true), set_config('enable_hashjoin', $1, true), set_config('enable_mergejoin', $1, true)`,
    [other],
  );
}

/** Which entries a supply touched: those named, and of a first full supply those numbered above one and up to another. */
export interface Touched {
  readonly entries: readonly number[];
  /** Entries of which nothing changed but who is in a household with them: that bears on what is found of them alone. */
  readonly alongside?: readonly number[];
  /** Of the entries, those that are new or somebody else's, or whose identity is another; all of them where it is not said. */
  readonly identified?: readonly number[];
  readonly above: number;
  readonly upTo: number;
  /**
   * The first full supply of a register: nobody in another register names its numbers, and of its halves only those from
   * this day on count. null: a later supply.
   */
  readonly halvesFrom: Day | null;
}

/** Is it a touched entry? $1 lists the entries, of a first full supply $2 and $3 bound them. */
type IsTouched = (column: string) => string;
const inList: IsTouched = (column) => `${column} = any($1::bigint[])`;
const inListOrRange: IsTouched = (column) => `(${inList(column)} or (${column} > $2 and ${column} <= $3))`;

/** Open, and of somebody who has a spouse (T1 2, 6): the predicate of the indexes civil_statuses_spouse_…. */
const BOUND = `c.valid_to = 'infinity' and c.stato_civile in ('2', '6')`;

const SHARED = `exists (select from person_entries q where q.person_id = p.person_id and q.entry_id <> p.entry_id)`;

const SHARED_LISTED = `
  select p.person_id from person_entries p where p.entry_id = any($1::bigint[]) and ${SHARED}`;
// A new entry that is another person's bears their number: the range needs no look at other entries.
const SHARED_PERSONS = `
  select p.person_id from person_entries p where p.entry_id > $2 and p.entry_id <= $3 and p.person_id <> p.entry_id
  union ${SHARED_LISTED}`;

/** Those of whom, or beside whom, something was found. */
const foundOf = (touched: IsTouched): string => `
  select p.person_id from reconciliation_findings f join person_entries p using (entry_id)
   where f.closed_at is null and (${touched('f.entry_id')} or ${touched('f.other_entry_id')})`;
const FOUND_LISTED = foundOf(inList);

/** Those whom one register awaits from another since a day, of whom something was found, or whose spouse is named by code. */
const concernedBy = (touched: IsTouched, since: string): string => `
  select p.person_id from registrations r join person_entries p using (entry_id)
   where ${touched('r.entry_id')}
     and ((r.comune_provenienza is not null and r.valid_from >= ${since}::date)
       or (r.comune_destinazione is not null and r.valid_to >= ${since}::date))
  union
  ${foundOf(touched)}
  union
  select p.person_id from civil_statuses c join person_entries p using (entry_id)
   where ${touched('c.entry_id')} and ${BOUND} and c.id_coniuge is null and c.cf_coniuge is not null
  union
  select p.person_id
    from (select i.codice_fiscale from identities i where ${touched('i.entry_id')} and not i.sealed offset 0) i
   cross join lateral (select c.entry_id from civil_statuses c
                        where c.cf_coniuge = i.codice_fiscale and c.id_coniuge is null and ${BOUND} offset 0) c
    join person_entries p on p.entry_id = c.entry_id`;
const CONCERNED = concernedBy(inListOrRange, '$4');
const CONCERNED_LISTED = concernedBy(inList, "'-infinity'");

/** Those named as their spouse, by number, by touched entries and who are in two registers. */
const NAMING_SHARED = `
  select o.person_id from civil_statuses c
    join person_entries o using (entry_id) join entries e using (entry_id)
    join register_numbers r on r.comune = e.comune and r.id_soggetto = c.id_coniuge
    join person_entries p on p.entry_id = r.entry_id
   where c.entry_id = any($1::bigint[]) and ${BOUND} and ${SHARED}`;

/**
 * Those who name one of these entries as their spouse by number, within its register. The lateral query is a fence: how many
 * are married the planner learns late, and must not begin from them.
 */
const NAMING = `
  select p.person_id
    from (select comune, id_soggetto from entries where entry_id = any($1::bigint[]) offset 0) n
   cross join lateral (select c.entry_id from civil_statuses c where c.id_coniuge = n.id_soggetto and ${BOUND} offset 0) c
    join entries e on e.entry_id = c.entry_id and e.comune = n.comune
    join person_entries p on p.entry_id = c.entry_id`;

/**
 * Children in two registers who name one of these entries as a parent. Whom two names mean changes only with those who are in
 * two registers or bear two codes (world.ts, sameMeant).
 */
const CHILDREN = `
  with key as materialized (
    select array_agg(key) as keys from (
      select e.comune || ':' || e.id_soggetto as key from entries e where e.entry_id = any($1::bigint[])
      union
      select i.codice_fiscale from identities i where i.entry_id = any($1::bigint[]) and not i.sealed
      union
      select i.codice_fiscale from identities_past i where i.entry_id = any($1::bigint[]) and not i.sealed
    ) k
  ), child as (
    select f.entry_id from parents f where f.father_key = any((select keys from key)::text[])
    union
    select f.entry_id from parents f where f.mother_key = any((select keys from key)::text[])
  )
  select p.person_id from child join person_entries p using (entry_id) where ${SHARED}`;

const TWO_CODES = `
  select i.entry_id from identities i
   where i.entry_id > $1 and i.entry_id <= $2 and not i.sealed and i.codice_fiscale is not null
   group by 1 having count(distinct i.codice_fiscale) > 1`;

/**
 * The persons that a supply may have opened or closed a finding of. In steps, each with the numbers that the one before found:
 * in one statement the planner, which cannot know how few they are, would read whole tables.
 */
export async function findConcernedPersons(db: Client, of: Touched): Promise<Set<number>> {
  const ask = async (text: string, values: readonly unknown[]): Promise<number[]> =>
    (await db.query<{ person_id: number }>(text, values)).rows.map((r) => r.person_id);
  const { shared, concerned, twoCodes } = await (of.upTo > 0
    ? askOfRange(db, ask, of)
    : askOfList(ask, of.entries, of.alongside ?? []));
  const sharing = await findEntries(db, shared);
  const naming = of.identified ?? of.entries;
  const parents =
    of.identified === undefined ? sharing : await findEntries(db, await findPersons(db, naming));
  const ofRange = of.upTo > 0 ? [...of.entries, ...twoCodes] : [];
  return new Set([
    ...shared,
    ...concerned,
    ...(await ask(NAMING_SHARED, [of.entries])),
    // Named by number is who has that number in the register of who names: known there alone, nothing is found of the couple (spouses.ts).
    ...(await ask(NAMING, [[...new Set([...sharing, ...ofRange])]])),
    ...(await ask(CHILDREN, [[...new Set([...naming, ...parents, ...twoCodes])]])),
  ]);
}

type Ask = (text: string, values: readonly unknown[]) => Promise<number[]>;

async function askOfList(ask: Ask, entries: readonly number[], alongside: readonly number[]) {
  return {
    shared: await ask(SHARED_LISTED, [[...entries, ...alongside]]),
    concerned: [
      ...(await ask(CONCERNED_LISTED, [entries])),
      ...(alongside.length === 0 ? [] : await ask(FOUND_LISTED, [alongside])),
    ],
    twoCodes: [],
  };
}

async function askOfRange(db: Client, ask: Ask, of: Touched) {
  const range = [of.entries, of.above, of.upTo];
  const bearers = await db.query<{ entry_id: number }>(TWO_CODES, [of.above, of.upTo]);
  return {
    shared: await ask(SHARED_PERSONS, range),
    concerned: await ask(CONCERNED, [...range, of.halvesFrom ?? '-infinity']),
    twoCodes: bearers.rows.map((r) => r.entry_id),
  };
}

/** The entries of these persons. */
async function findEntries(db: Client, persons: readonly number[]): Promise<number[]> {
  const { rows } = await db.query<{ entry_id: number }>(
    'select entry_id from person_entries where person_id = any($1::bigint[])',
    [persons],
  );
  return rows.map((r) => r.entry_id);
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

/** All persons of whom something may be found. */
export async function listAllPersons(db: Client): Promise<number[]> {
  const { rows } = await db.query<{ person_id: number }>(
    `select person_id from person_entries where entry_id <> person_id
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
     select p.person_id from reconciliation_findings f join person_entries p using (entry_id) where f.closed_at is null`,
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

/** With what findings appear and go: a supply, or the decision of an operator; neither: a refresh of the whole. */
export interface FindingCause {
  readonly supplyId: number | null;
  readonly decisionId: number | null;
}

export async function openFindings(
  db: Client,
  findings: readonly WantedFinding[],
  cause: FindingCause,
): Promise<void> {
  if (findings.length === 0) return;
  await db.query(
    `insert into reconciliation_findings
       (entry_id, other_entry_id, kind, finding_key, owner, other, about, waits_from, event_id, detail, opened_by, opened_by_decision)
     select *, $11::bigint, $12::bigint from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[],
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
      cause.supplyId,
      cause.decisionId,
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
  cause: FindingCause,
): Promise<void> {
  if (closings.length === 0) return;
  await db.query(
    `with closing as (
       select * from unnest($1::bigint[], $2::text[], $3::bigint[]) as c (entry_id, finding_key, event_id)
     )
     update reconciliation_findings f
        set closed_at = recorded_now(), closed_by = $4::bigint, closed_by_decision = $5::bigint,
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
      cause.supplyId,
      cause.decisionId,
    ],
  );
}
