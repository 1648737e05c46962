/**
 * Statements of the reconciliation: whom a supply concerns, what is held of them, which findings are open, and writing.
 * Set-wise over the entries that the supply touched (scale.md); the whole register only for a refresh.
 */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { assemble, type EntryNumber, heldAt } from '../facts.sql.ts';
import type { EntryFacts, FactRow } from '../facts.ts';
import { AGREED_DAYS, type HalfSourceRow, halfSource, type TransferEvidence } from '../transfers.ts';
import { findingKey, type WantedFinding } from './finding.ts';

/** Which entries a supply touched: those named, and of a first full supply those numbered above one and up to another. */
export interface Touched {
  readonly entries: readonly number[];
  readonly above: number;
  readonly upTo: number;
}

/** Persons concerned, one number each, as `person_id` of any of their entries. */
type PersonIds = number[];

// $1 entries, $2 above, $3 up to, $4 the day from which halves of a full supply count (-infinity: all of them).
const TOUCHED_PERSONS = `
  with touched as materialized (
    select unnest($1::bigint[]) as entry_id
    union select entry_id from entries where entry_id > $2 and entry_id <= $3
  ), person as materialized (
    select distinct p.person_id from touched t join person_entries p using (entry_id)
  )
  select person_id from person
   where exists (select from person_entries q where q.person_id = person.person_id and q.entry_id <> person.person_id)
  union
  select p.person_id from touched t join person_entries p using (entry_id)
    join registrations r on r.entry_id = t.entry_id
   where (r.comune_provenienza is not null and r.valid_from >= $4::date)
      or (r.comune_destinazione is not null and r.valid_to >= $4::date)
  union
  select p.person_id from touched t join reconciliation_findings f using (entry_id) join person_entries p using (entry_id)
   where f.closed_at is null`;

/** The persons of touched entries of whom two registers may tell, or one awaits another. */
export async function findTouchedPersons(
  db: Client,
  touched: Touched,
  halvesFrom: Day | null,
): Promise<PersonIds> {
  const { rows } = await db.query<{ person_id: number }>(TOUCHED_PERSONS, [
    touched.entries,
    touched.above,
    touched.upTo,
    halvesFrom ?? '-infinity',
  ]);
  return rows.map((r) => r.person_id);
}

/** Those whom a link was made or undone with at this instant: the persons that they were and are. */
export async function findRelinkedPersons(
  db: Client,
  entries: readonly number[],
  instant: string,
): Promise<PersonIds> {
  const { rows } = await db.query<{ person_id: number }>(
    `select person_id from person_entries_past where entry_id = any($1::bigint[]) and recorded_to = $2::timestamptz
     union select person_id from person_entries where entry_id = any($1::bigint[])`,
    [entries, instant],
  );
  return rows.map((r) => r.person_id);
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
): Promise<PersonIds> {
  const { rows } = await db.query<{ person_id: number }>(
    `select distinct p.person_id
       from reconciliation_findings f join person_entries p using (entry_id)
      where f.owner = $1 and f.closed_at is null and f.waits_from is not null
        and ($2::date is null or f.waits_from between $2::date - ${AGREED_DAYS} and $3::date - ${AGREED_DAYS})`,
    [comune, before, told],
  );
  return rows.map((r) => r.person_id);
}

/** All persons of whom two registers may tell, or one awaits another, by number, `limit` of them above `after`. */
export async function listAllPersons(db: Client, after: number, limit: number): Promise<PersonIds> {
  const { rows } = await db.query<{ person_id: number }>(
    `select person_id from (
       select person_id from person_entries where entry_id <> person_id
       union
       select p.person_id from registrations r join person_entries p using (entry_id)
        where r.comune_provenienza is not null or r.comune_destinazione is not null
       union
       select p.person_id from reconciliation_findings f join person_entries p using (entry_id) where f.closed_at is null
     ) concerned where person_id > $1 order by person_id limit $2`,
    [after, limit],
  );
  return rows.map((r) => r.person_id);
}

/** A person as the rules see them. */
export interface Concerned {
  readonly personId: number;
  readonly entries: readonly EntryFacts[];
}

const OF_ENTRIES = 'f.entry_id = any($1::bigint[])';
const RULED = ['registrations', 'deaths'] as const;
const FACTS = RULED.map((t) => heldAt(t, OF_ENTRIES)).join('\nunion all\n');

/** What the rules need of these persons, as held at the instant. */
export async function loadConcerned(
  db: Client,
  persons: readonly number[],
  instant: string,
): Promise<Concerned[]> {
  const numbers = await db.query<EntryNumber>(
    `select p.entry_id, p.person_id, e.comune, e.id_soggetto
       from person_entries p join entries e using (entry_id) where p.person_id = any($1::bigint[])`,
    [persons],
  );
  const { rows } = await db.query<{ kind: string; fact: FactRow }>(FACTS, [
    numbers.rows.map((n) => n.entry_id),
    instant,
  ]);
  const byEntry = new Map(assemble(numbers.rows, rows).entries.map((e) => [e.entryId, e]));
  const people = new Map<number, EntryFacts[]>();
  for (const n of numbers.rows) {
    const entry = byEntry.get(n.entry_id)!;
    const known = people.get(n.person_id);
    if (known === undefined) people.set(n.person_id, [entry]);
    else known.push(entry);
  }
  return [...people].map(([personId, entries]) => ({ personId, entries }));
}

/** How far each comune has told its story, and where these events came from. */
export async function loadEvidence(db: Client, eventIds: readonly number[]): Promise<TransferEvidence> {
  const sources = await db.query<HalfSourceRow & { readonly event_id: number }>(
    `select v.event_id, v.operazione, v.registrazione, s.tipo, s.situazione_al
       from events v join supplies s using (supply_id) where v.event_id = any($1::bigint[])`,
    [eventIds],
  );
  const situations = await db.query<{ comune: string; situazione_al: Day }>(
    `select comune, max(situazione_al) as situazione_al from supplies where esito <> 'RIFIUTATA' group by comune`,
  );
  return {
    sources: new Map(sources.rows.map((r) => [r.event_id, halfSource(r)])),
    situations: new Map(situations.rows.map((r) => [r.comune, r.situazione_al])),
  };
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
