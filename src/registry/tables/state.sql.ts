/** Reads the rows held of entries and households, and moves them: what a supply's events change is written here. */
import type { Client, Database } from '../../platform/db/pool.ts';
import { ENTRY_FACT_TABLES, type EntryHeader, type HeldRow, heldRow } from '../claims/state-rows.ts';
import { copyLine } from './copy-files.ts';
import { eachRecord } from './record-text.ts';
import { type CopyTable, columnsOf, type FactTable, type Row } from './tables.ts';

export const HOUSEHOLD_TABLES: readonly FactTable[] = ['households', 'household_addresses'];

/** The rows of a table as one text (record-text.ts), a row a line. */
const asText = (table: FactTable): string =>
  `string_agg(row(${columnsOf(table)
    .map((column) => `f.${column}`)
    .join(', ')})::text, e'\\n')`;

/** Rows of tables, those of each by numbers of their own ($1, $2, …). */
const heldNow = (tables: readonly FactTable[], key: string): string =>
  tables
    .map(
      (t, i) =>
        `select ${i} as nth, ${asText(t)} as rows from ${t} f where ${key} = any($${i + 1}::bigint[])`,
    )
    .join(' union all ');

/** The same as held just before an instant, the parameter after the last table's. */
function heldBefore(tables: readonly FactTable[], key: string): string {
  const instant = `$${tables.length + 1}::timestamptz`;
  return tables
    .map(
      (t, i) => `select ${i} as nth, ${asText(t)} as rows from ${t} f
            where ${key} = any($${i + 1}::bigint[]) and recorded_from < ${instant}
           union all select ${i}, ${asText(t)} from ${t}_past f
            where ${key} = any($${i + 1}::bigint[]) and recorded_from < ${instant} and ${instant} <= recorded_to`,
    )
    .join(' union all ');
}

const ENTRIES_NOW = heldNow(ENTRY_FACT_TABLES, 'entry_id');
const ENTRIES_BEFORE = heldBefore(ENTRY_FACT_TABLES, 'entry_id');
const HOUSEHOLDS_NOW = heldNow(HOUSEHOLD_TABLES, 'household_id');
const HOUSEHOLDS_BEFORE = heldBefore(HOUSEHOLD_TABLES, 'household_id');

/** What one branch of these statements gives: the rows of the nth table; null where there are none. */
interface TableRows {
  readonly nth: number;
  readonly rows: string | null;
}

function heldRows(found: readonly TableRows[], tables: readonly FactTable[]): HeldRow[] {
  const held: HeldRow[] = [];
  for (const { nth, rows } of found)
    if (rows !== null) for (const text of eachRecord(rows)) held.push(heldRow(tables[nth]!, text));
  return held;
}

/** @param wanted by table, of which entries; `before` null: what is held now, else what was held just before that instant */
export async function loadEntryRows(
  db: Client,
  wanted: ReadonlyMap<FactTable, readonly number[]>,
  before: string | null,
): Promise<HeldRow[]> {
  const ids = ENTRY_FACT_TABLES.map((table) => wanted.get(table) ?? []);
  const { rows } = await db.query<TableRows>(
    before === null
      ? { name: 'entry-rows-now', text: ENTRIES_NOW, values: ids }
      : { name: 'entry-rows-before', text: ENTRIES_BEFORE, values: [...ids, before] },
  );
  return heldRows(rows, ENTRY_FACT_TABLES);
}

export async function loadHouseholdRows(
  db: Client,
  householdIds: readonly number[],
  before: string | null,
): Promise<HeldRow[]> {
  const ids = HOUSEHOLD_TABLES.map(() => householdIds);
  const { rows } = await db.query<TableRows>(
    before === null
      ? { name: 'household-rows-now', text: HOUSEHOLDS_NOW, values: ids }
      : { name: 'household-rows-before', text: HOUSEHOLDS_BEFORE, values: [...ids, before] },
  );
  return heldRows(rows, HOUSEHOLD_TABLES);
}

export async function findEntries(
  db: Client,
  comune: string,
  ids: readonly string[],
): Promise<EntryHeader[]> {
  const { rows } = await db.query<EntryHeader>({
    name: 'entries-by-number',
    text: `select entry_id, e.comune, e.id_soggetto, e.event_id from register_numbers n join entries e using (entry_id)
            where n.comune = $1 and n.id_soggetto = any($2::text[])`,
    values: [comune, ids],
  });
  return rows;
}

export async function loadHeaders(db: Client, entryIds: readonly number[]): Promise<EntryHeader[]> {
  const { rows } = await db.query<EntryHeader>({
    name: 'entry-headers',
    text: 'select entry_id, comune, id_soggetto, event_id from entries where entry_id = any($1::bigint[])',
    values: [entryIds],
  });
  return rows;
}

/**
 * Entries of a comune that bear or bore a code: spouses named by it. The bearers are found first, by themselves: joined with
 * `entries`, the planner took every entry of the comune for each question where it had no statistics yet (33 ms for 1).
 */
export async function findByCode(
  db: Client,
  comune: string,
  codes: readonly string[],
): Promise<(EntryHeader & { readonly codice_fiscale: string })[]> {
  const { rows } = await db.query<EntryHeader & { codice_fiscale: string }>({
    name: 'entries-by-code',
    text: `select e.entry_id, e.comune, e.id_soggetto, e.event_id, k.codice_fiscale
             from (select entry_id, codice_fiscale from person_keys where codice_fiscale = any($2::text[]) offset 0) k
            cross join lateral (select * from entries where entry_id = k.entry_id offset 0) e
            where e.comune = $1 order by e.entry_id`,
    values: [comune, codes],
  });
  return rows;
}

/** Every omocodic code that somebody of the register bears or bore: a few in ten thousand. */
export async function findOmocodicCodes(db: Client, comune: string): Promise<string[]> {
  const { rows } = await db.query<{ codice_fiscale: string }>(
    `select distinct k.codice_fiscale from omocodic_keys k join entries e using (entry_id) where e.comune = $1`,
    [comune],
  );
  return rows.map((r) => r.codice_fiscale);
}

export async function findHouseholds(
  db: Client,
  comune: string,
  kind: string,
  ids: readonly string[],
): Promise<{ household_id: number; id_household: string }[]> {
  const { rows } = await db.query<{ household_id: number; id_household: string }>({
    name: 'households-by-number',
    text: `select household_id, id_household from household_numbers
            where comune = $1 and kind = $2 and id_household = any($3::text[])`,
    values: [comune, kind, ids],
  });
  return rows;
}

/** What the comune calls the households. */
export async function findHouseholdNumbers(
  db: Client,
  householdIds: readonly number[],
): Promise<{ household_id: number; kind: 'famiglia' | 'convivenza'; id_household: string }[]> {
  if (householdIds.length === 0) return [];
  const { rows } = await db.query<{
    household_id: number;
    kind: 'famiglia' | 'convivenza';
    id_household: string;
  }>({
    name: 'household-numbers',
    text: 'select household_id, kind, id_household from household_numbers where household_id = any($1::bigint[])',
    values: [householdIds],
  });
  return rows;
}

/** Everybody who ever belonged to the households, with the household. */
export async function listMembers(
  db: Client,
  householdIds: readonly number[],
): Promise<(EntryHeader & { readonly household_id: number })[]> {
  const { rows } = await db.query<EntryHeader & { household_id: number }>({
    name: 'members-of-households',
    text: `select m.household_id, e.entry_id, e.comune, e.id_soggetto, e.event_id
             from household_members m join entries e using (entry_id) where m.household_id = any($1::bigint[])`,
    values: [householdIds],
  });
  return rows;
}

/** The rank of each event among those of one day (timeline.ts). */
export async function loadRanks(
  db: Client,
  eventIds: readonly number[],
): Promise<{ event_id: number; rank_day: string | null; rank_event: number | null }[]> {
  const { rows } = await db.query<{ event_id: number; rank_day: string | null; rank_event: number | null }>({
    name: 'event-ranks',
    text: 'select event_id, rank_day, rank_event from events where event_id = any($1::bigint[])',
    values: [eventIds],
  });
  return rows;
}

/** The key of a row within its table. */
export interface RowKey {
  readonly owner: number;
  readonly validFrom: string;
  readonly eventId: number;
  readonly sourceRow: number;
  readonly closedBy: number;
}

/**
 * Takes rows out of what is held and keeps them as what was held until now. Those that came in this very transaction were
 * never known to anybody, and leave no trace.
 */
export async function retract(
  db: Client,
  table: FactTable,
  keys: readonly RowKey[],
  instant: string,
): Promise<void> {
  const owner = HOUSEHOLD_TABLES.includes(table) ? 'household_id' : 'entry_id';
  const columns = [...columnsOf(table), 'recorded_from'].join(', ');
  const shown = [...columnsOf(table), 'recorded_from'].map((c) => `f.${c}`).join(', ');
  await db.query({
    name: `retract-${table}`,
    text: `with key as (select * from unnest($1::bigint[], $2::date[], $3::bigint[], $4::integer[], $5::bigint[])
                        as k(owner, valid_from, event_id, source_row, closed_by)),
           gone as (delete from ${table} f using key k
                     where f.${owner} = k.owner and f.valid_from = k.valid_from and f.event_id = k.event_id
                       and f.source_row = k.source_row
                    returning ${shown}, k.closed_by)
           insert into ${table}_past (${columns}, recorded_to, closed_by)
           select ${columns}, $6::timestamptz, closed_by from gone where recorded_from < $6::timestamptz`,
    values: [
      keys.map((k) => k.owner),
      keys.map((k) => k.validFrom),
      keys.map((k) => k.eventId),
      keys.map((k) => k.sourceRow),
      keys.map((k) => k.closedBy),
      instant,
    ],
  });
}

/** Writes rows by COPY. */
export async function writeRows(
  db: Database,
  client: Client,
  table: CopyTable,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  // In one piece: a message of its own for each row took longer than the row.
  await db.copyFrom(client, table, columnsOf(table), Buffer.from(rows.map(copyLine).join('')));
}

/** Keys that may be there already. */
export async function addKeys(
  db: Client,
  table: 'person_keys' | 'household_members',
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const types = table === 'person_keys' ? ['text', 'bigint'] : ['bigint', 'bigint'];
  await db.query({
    name: `add-${table}`,
    text: `insert into ${table} (${columnsOf(table).join(', ')})
           select * from unnest($1::${types[0]}[], $2::${types[1]}[]) on conflict do nothing`,
    values: [rows.map((r) => r[0]), rows.map((r) => r[1])],
  });
}
