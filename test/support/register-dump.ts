/**
 * The whole register as text, table by table, so that two databases can be compared: numbers are written as what they stand
 * for (a subject as comune and id_soggetto, an event as its supply and id_evento, an instant as the supply that gave it), since
 * a load that was broken off may have used some of them up, and clocks differ.
 */
import type { Database } from '../../src/platform/db/pool.ts';

/** By table: its rows, in an order of their own. */
export type RegisterDump = ReadonlyMap<string, readonly string[]>;

/** What is of the machine, not of the register: blocks of numbers, and the clock. */
const LEFT_OUT = new Set(['number_blocks', 'register_clock']);
/** When the bytes came, from which numbers on a supply was numbered, and a key made of columns that stand beside it. */
const LEFT_OUT_COLUMNS = new Set([
  'received_at',
  'entry_base',
  'household_base',
  'event_base',
  'finding_key',
]);

const ENTRY = ['entry_id', 'other_entry_id'];
const HOUSEHOLD = ['household_id', 'follows'];
const EVENT = [
  'event_id',
  'closed_by',
  'end_event_id',
  'root_event',
  'rank_event',
  'fallen_by',
  'closing_event',
];
const SUPPLY = ['supply_id', 'chiusa_da', 'opened_by'];
const INSTANT = ['recorded_from', 'recorded_to', 'recorded_at', 'opened_at', 'closed_at'];

async function names(db: Database, sql: string): Promise<Map<string, string>> {
  const { rows } = await db.query<{ key: string; name: string }>(sql);
  return new Map(rows.map((r) => [r.key, r.name]));
}

/** @param leftOut columns more that are not compared, of every table or of one (table.column) */
export async function dumpRegister(db: Database, leftOut: readonly string[] = []): Promise<RegisterDump> {
  const supply = "s.comune || '/' || s.progressivo || ' ' || s.esito";
  const entries = await names(
    db,
    "select entry_id::text as key, comune || ':' || id_soggetto as name from entries",
  );
  // A person is known by the first of its entries, whichever was numbered first.
  const persons = await names(
    db,
    `select person_id::text as key, min(comune || ':' || id_soggetto) as name
       from person_entries join entries using (entry_id) group by 1`,
  );
  const households = await names(
    db,
    "select household_id::text as key, comune || ':' || kind || ':' || id_household as name from household_numbers",
  );
  const events = await names(
    db,
    `select event_id::text as key, ${supply} || ' ' || coalesce(e.id_evento, e.operazione) as name
       from events e join supplies s using (supply_id)`,
  );
  const supplies = await names(db, `select supply_id::text as key, ${supply} as name from supplies s`);
  const instants = await names(
    db,
    `select to_jsonb(recorded_at) #>> '{}' as key, ${supply} as name from supplies s where recorded_at is not null`,
  );
  const meaning = new Map<string, ReadonlyMap<string, string>>([
    ...ENTRY.map((c) => [c, entries] as const),
    ['person_id', new Map([...entries, ...persons])],
    ...HOUSEHOLD.map((c) => [c, households] as const),
    ...EVENT.map((c) => [c, events] as const),
    ...SUPPLY.map((c) => [c, supplies] as const),
    ...INSTANT.map((c) => [c, instants] as const),
  ]);
  const tables = await db.query<{ path: string; name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as path, c.relname as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'platform')
        and n.nspname !~ '^pg_' order by 2`,
  );
  const dump = new Map<string, string[]>();
  for (const { path, name } of tables.rows) {
    if (LEFT_OUT.has(name)) continue;
    const { rows } = await db.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${path} t`,
    );
    // A finding of the reconciliation is closed by a supply; everything else by an event.
    const here =
      name === 'reconciliation_findings' ? new Map([...meaning, ['closed_by', supplies]]) : meaning;
    const out = leftOut.map((column) => column.replace(`${name}.`, ''));
    dump.set(name, rows.map(({ row }) => rowText(row, here, out)).sort());
  }
  return dump;
}

function rowText(
  row: Record<string, unknown>,
  meaning: ReadonlyMap<string, ReadonlyMap<string, string>>,
  leftOut: readonly string[],
): string {
  const cells = Object.entries(row)
    .filter(([column]) => !LEFT_OUT_COLUMNS.has(column) && !leftOut.includes(column))
    .map(([column, value]) => {
      const named = value === null ? undefined : meaning.get(column)?.get(String(value));
      // A number that stands for nothing is itself a difference.
      const text = meaning.has(column) && value !== null ? (named ?? `?${column}`) : value;
      return `${column}=${JSON.stringify(text)}`;
    });
  return cells.join(' ').slice(0, 2000);
}

/** Tables in which they differ, with the first rows that are in one alone; empty where they are the same. */
export function differences(a: RegisterDump, b: RegisterDump): string[] {
  const found: string[] = [];
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const [left, right] = [a.get(name) ?? [], b.get(name) ?? []];
    const [inLeft, inRight] = [new Set(left), new Set(right)];
    const onlyLeft = left.filter((row) => !inRight.has(row));
    const onlyRight = right.filter((row) => !inLeft.has(row));
    if (left.length !== right.length || onlyLeft.length > 0 || onlyRight.length > 0)
      found.push(
        `${name}: ${left.length} and ${right.length} rows`,
        ...onlyLeft.slice(0, 3).map((row) => `  - ${row}`),
        ...onlyRight.slice(0, 3).map((row) => `  + ${row}`),
      );
  }
  return found;
}
