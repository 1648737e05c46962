/** Statements about events: what was applied, whom it touched, what stands set aside. */
import { streetKey } from '../../kernel/text-keys.ts';
import type { Client } from '../../platform/db/pool.ts';

/** An event as it stands in the tables. */
export interface StoredEvent {
  readonly event_id: number;
  readonly supply_id: number;
  readonly progressivo: number;
  /** Of the supply that brought it. */
  readonly recorded_at: string;
  readonly riga: number | null;
  readonly id_evento: string | null;
  readonly operazione: string;
  readonly tipo: 'N' | 'R' | 'A';
  readonly data_evento: string | null;
  readonly decorrenza: string | null;
  readonly registrazione: string | null;
  readonly pratica: string | null;
  readonly riferimento: unknown;
  readonly dati: unknown;
  readonly rank_day: string | null;
  readonly rank_event: number | null;
  readonly root_event: number | null;
  readonly root_fact: string | null;
  readonly digest: string | null;
  /** The event with which it fell (SIP-206), null where it stands: the annulment of a correction lets stand again what had fallen with it. */
  readonly fallen_by: number | null;
}

const COLUMNS = `e.event_id, e.supply_id, s.progressivo, s.recorded_at, e.riga, e.id_evento, e.operazione, e.tipo, e.data_evento, e.decorrenza,
  e.registrazione, e.pratica, e.riferimento, e.dati, e.rank_day, e.rank_event, e.root_event, e.root_fact, e.digest,
  (select x.fallen_by from fallen_events x join events r on r.event_id = x.fallen_by
    where x.event_id = e.event_id
      and not (r.tipo = 'R' and exists (select from events a where a.root_event = r.root_event and a.tipo = 'A'
                                           and a.event_id > r.event_id and a.riferimento->>'id_evento' = r.id_evento))
  ) as fallen_by`;

/** Events of a comune by their own ids, in no order: to give one, a plan made while there were few events read all of them. */
export async function findEventsById(
  db: Client,
  comune: string,
  ids: readonly string[],
): Promise<StoredEvent[]> {
  const { rows } = await db.query<StoredEvent>({
    name: 'events-by-id',
    text: `select ${COLUMNS} from events e join supplies s using (supply_id)
            where e.comune = $1 and e.id_evento = any($2::text[])`,
    values: [comune, ids],
  });
  return rows;
}

/** Every correction and annulment of the root events, in no order. */
export async function findVersions(db: Client, roots: readonly number[]): Promise<StoredEvent[]> {
  const { rows } = await db.query<StoredEvent>({
    name: 'event-versions',
    text: `select ${COLUMNS} from events e join supplies s using (supply_id)
            where e.root_event = any($1::bigint[])`,
    values: [roots],
  });
  return rows;
}

/** The event that an accepted full supply is, with the instant from which what it said was known. */
export interface SupplyEvent {
  readonly progressivo: number;
  readonly event_id: number;
  readonly just_after: string;
}

/** The full supplies of a comune up to a progressivo, the latest first. */
export async function findSupplyEvents(
  db: Client,
  comune: string,
  progressivo: number,
): Promise<SupplyEvent[]> {
  const { rows } = await db.query<SupplyEvent>({
    name: 'supply-events',
    text: `select s.progressivo, e.event_id, s.recorded_at + interval '1 microsecond' as just_after
             from supplies s join events e using (supply_id)
            where s.comune = $1 and s.progressivo <= $2 and s.esito <> 'RIFIUTATA' and e.operazione = 'COMPLETA'
            order by s.progressivo desc`,
    values: [comune, progressivo],
  });
  return rows;
}

/**
 * The first of some moments: just before events, just after full supplies (given by their events).
 * @returns null where none is earlier than `before` (null: now)
 */
export async function findStart(
  db: Client,
  of: {
    readonly events: readonly number[];
    readonly supplies: readonly number[];
    readonly before: string | null;
  },
): Promise<string | null> {
  if (of.events.length === 0 && of.supplies.length === 0) return null;
  const { rows } = await db.query<{ start: string | null }>({
    name: 'refold-start',
    text: `select min(at) as start
             from (select recorded_from as at from events where event_id = any($1::bigint[])
                   union all
                   select recorded_from + interval '1 microsecond' from events where event_id = any($2::bigint[])) m
            where at < coalesce($3::timestamptz, 'infinity')`,
    values: [of.events, of.supplies, of.before],
  });
  return rows[0]!.start;
}

/** Instants at which the register is as it was just before a supply, and just after it. */
export async function aroundSupply(
  db: Client,
  supplyId: number,
): Promise<{ readonly before: string; readonly after: string }> {
  const { rows } = await db.query<{ before: string; after: string }>(
    `select recorded_at as before, recorded_at + interval '1 microsecond' as after from supplies where supply_id = $1`,
    [supplyId],
  );
  return rows[0]!;
}

/** Events recorded from an instant on that touched any of the entries or households. */
export async function findTouching(
  db: Client,
  entryIds: readonly number[],
  householdIds: readonly number[],
  since: string,
): Promise<StoredEvent[]> {
  const { rows } = await db.query<StoredEvent>({
    name: 'events-touching',
    text: `select ${COLUMNS} from events e join supplies s using (supply_id)
            where e.event_id in (select event_id from event_entries where entry_id = any($1::bigint[])
                                 union select event_id from event_households where household_id = any($2::bigint[]))
              and e.recorded_from >= $3::timestamptz order by e.event_id`,
    values: [entryIds, householdIds, since],
  });
  return rows;
}

/** Notes which events fell, and with which one; one that had fallen before, and stood again, falls with the later. */
export async function noteFallen(
  db: Client,
  fallen: readonly { readonly eventId: number; readonly by: number }[],
): Promise<void> {
  if (fallen.length === 0) return;
  await db.query(
    `insert into fallen_events (event_id, fallen_by) select * from unnest($1::bigint[], $2::bigint[])
     on conflict (event_id) do update set fallen_by = excluded.fallen_by`,
    [fallen.map((f) => f.eventId), fallen.map((f) => f.by)],
  );
}

/** Whom and what each of the events touched. */
export async function findTouched(
  db: Client,
  eventIds: readonly number[],
): Promise<{ event_id: number; entries: number[]; households: number[] }[]> {
  const { rows } = await db.query<{ event_id: number; entries: number[]; households: number[] }>({
    name: 'events-touched',
    text: `select v.event_id,
                  array(select entry_id from event_entries e where e.event_id = v.event_id) as entries,
                  array(select household_id from event_households h where h.event_id = v.event_id) as households
             from unnest($1::bigint[]) as v (event_id)`,
    values: [eventIds],
  });
  return rows;
}

/** Entries and households with an address that one of the renamings gave. */
export async function findReached(
  db: Client,
  eventIds: readonly number[],
): Promise<{ entries: number[]; households: number[] }> {
  const { rows } = await db.query<{ id: number; entry: boolean }>({
    name: 'renaming-reached',
    text: `select distinct entry_id as id, true as entry from dwellings
            where event_id = any($1::bigint[]) and comune = (select min(comune) from events where event_id = any($1::bigint[]))
           union all
           select distinct household_id, false from household_addresses where event_id = any($1::bigint[])`,
    values: [eventIds],
  });
  return {
    entries: rows.filter((r) => r.entry).map((r) => r.id),
    households: rows.filter((r) => !r.entry).map((r) => r.id),
  };
}

/** Renamings and cessions of a comune, corrections and annulments included, oldest first. */
export async function findStanding(db: Client, comune: string): Promise<StoredEvent[]> {
  const { rows } = await db.query<StoredEvent>({
    name: 'standing-events',
    text: `select ${COLUMNS} from events e join supplies s using (supply_id)
            where e.comune = $1 and e.operazione in ('TOPONOMASTICA', 'TERRITORIO') order by e.event_id`,
    values: [comune],
  });
  return rows;
}

/** What stands set aside under an event's id, or waits for a subject. */
export interface SetAsideEvent {
  readonly supply_id: number;
  readonly riga: number;
  readonly id_evento: string;
  readonly digest: string;
  readonly raw: string;
  readonly waits_for: readonly string[] | null;
}

/** At most so many events, entries and households can what waits in a register come to; 40 characters at least name one. */
export async function findWaitingRoom(
  db: Client,
  comune: string,
): Promise<{ readonly events: number; readonly things: number }> {
  const { rows } = await db.query<{ events: number; things: number }>({
    name: 'waiting-room',
    text: `select count(*) as events, coalesce(sum(length(raw) / 40 + 1), 0)::bigint as things from set_aside
            where comune = $1 and chiusa_da is null and id_evento is not null and waits_for is not null`,
    values: [comune],
  });
  return rows[0]!;
}

export async function findSetAsideEvents(
  db: Client,
  comune: string,
  ids: readonly string[],
): Promise<SetAsideEvent[]> {
  const { rows } = await db.query<SetAsideEvent>({
    name: 'set-aside-events',
    text: `select supply_id, riga, id_evento, digest, raw, waits_for from set_aside
            where comune = $1 and chiusa_da is null and id_evento is not null
              and (id_evento = any($2::text[]) or waits_for is not null) order by supply_id, riga`,
    values: [comune, ids],
  });
  return rows;
}

/** Which of the subjects stand set aside. */
export async function findSetAsideSubjects(
  db: Client,
  comune: string,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ id_soggetto: string }>({
    name: 'set-aside-subjects',
    text: `select distinct id_soggetto from set_aside
            where comune = $1 and chiusa_da is null and file = 'soggetti.csv' and id_soggetto = any($2::text[])`,
    values: [comune, ids],
  });
  return rows.map((r) => r.id_soggetto);
}

/** Lines that stand set aside and may have brought one of these subjects: their raw text names it, or may do so in escapes. */
export async function findLinesBringing(
  db: Client,
  comune: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.query<{ raw: string }>({
    name: 'lines-bringing',
    text: `select raw from set_aside
            where comune = $1 and chiusa_da is null and id_evento is not null and raw like '%"soggett%'
              and (strpos(raw, '\\u') > 0 or exists (select from unnest($2::text[]) as n (id) where strpos(raw, n.id) > 0))`,
    values: [comune, ids],
  });
  return rows.map((r) => r.raw);
}

/** Entries of a comune with an address among those that a renaming names, or in sections that are given away. */
export async function findAtAddress(
  db: Client,
  comune: string,
  columns: Readonly<Record<string, string | null>>,
  sezioni: readonly string[],
): Promise<{ entries: number[]; households: number[] }> {
  // Column names come from a closed list of the tracciato, never from the file.
  const names = [
    'specie',
    'toponimo',
    'civico',
    'esponente',
    'scala',
    'piano',
    'interno',
    'cap',
    'frazione',
    'sezione',
  ];
  const given = names.filter((name) => typeof columns[name] === 'string');
  const where = [
    ...given.map((name, i) => `upper(a.${name}) = upper($${i + 3})`),
    '(cardinality($2::text[]) = 0 or a.sezione = any($2::text[]))',
  ].join(' and ');
  const values = [comune, sezioni, ...given.map((name) => columns[name])];
  // A street named whole is found by its key: upper or lower case alone makes no other key.
  const { specie, toponimo } = columns;
  const street = specie == null || toponimo == null ? null : streetKey(`${specie} ${toponimo}`);
  const entries = await db.query<{ id: number }>(
    `select distinct entry_id as id from dwellings a
      where a.comune = $1 and ${where} ${street === null ? '' : `and a.street_key = $${values.length + 1}`}`,
    street === null ? values : [...values, street],
  );
  const households = await db.query<{ id: number }>(
    `select distinct household_id as id from household_addresses a
      where household_id in (select household_id from household_numbers where comune = $1) and ${where}`,
    values,
  );
  return { entries: entries.rows.map((r) => r.id), households: households.rows.map((r) => r.id) };
}
