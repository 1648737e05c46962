/**
 * Multiplies a loaded register inside PostgreSQL: whole tables by INSERT … SELECT, with numbers, comuni and codes of their own for each copy
 * (multiply.ts tells what is alike with a register that was loaded, and what is not).
 */
import type { Client, Database } from '../../src/platform/db/pool.ts';

/** What a copy adds to the numbers of the register it is made of, and what its comuni are called. */
export interface Shift {
  /** 1, 2, 3… */
  readonly copy: number;
  readonly entries: number;
  readonly households: number;
  readonly events: number;
  readonly supplies: number;
  /** ISTAT code of the register → ISTAT code of the copy. */
  readonly comuni: Readonly<Record<string, string>>;
}

/** Tables whose rows are copied; the archives, findings and messages of supplies are not. */
const TABLES = [
  'supplies',
  'events',
  'entries',
  'register_numbers',
  'person_entries',
  'person_keys',
  'identities',
  'registrations',
  'departures',
  'deaths',
  'dwellings',
  'memberships',
  'household_members',
  'civil_statuses',
  'citizenships',
  'parents',
  'documents',
  'permits',
  'declarations',
  'protections',
  'households',
  'household_addresses',
  'household_numbers',
] as const;

/** Read by the intake and the reconciliation alone. */
const NOT_ASKED = [
  'civil_statuses_spouse_number',
  'civil_statuses_spouse_code',
  'person_keys_omocodic',
  'household_addresses_street',
];

/** A literal of our own making. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Days by which the birth dates of a copy lie before those of the register. */
const DAYS_APART = 29;

/** The value of a column in a copy; columns not named stay as they are. */
function copied(column: string, shift: Shift): string {
  const plus = (by: number): string => `t.${column} + ${by}`;
  const comune = (code: string): string => {
    const spelled = `${quoted(JSON.stringify(shift.comuni))}::jsonb`;
    return `coalesce(${spelled} ->> ${code}, ${code})`;
  };
  // Another check character for each copy: no code is borne in two of them, and within one they still name each other.
  const code = `overlay(t.${column} placing chr(65 + (ascii(right(t.${column}, 1)) + ${shift.copy}) % 26) from length(t.${column}))`;
  const earlier = shift.copy * DAYS_APART;
  switch (column) {
    case 'entry_id':
    case 'person_id':
      return plus(shift.entries);
    case 'household_id':
    case 'follows':
      return plus(shift.households);
    case 'event_id':
    case 'end_event_id':
      return plus(shift.events);
    case 'supply_id':
      return plus(shift.supplies);
    case 'comune':
    case 'comune_provenienza':
    case 'comune_destinazione':
      return comune(`t.${column}`);
    case 'codice_fiscale':
    case 'cf_coniuge':
    case 'cf_padre':
    case 'cf_madre':
      return code;
    case 'father_key':
    case 'mother_key':
      // "036023:S1", or a codice fiscale.
      return `case when substr(t.${column}, 7, 1) = ':' then ${comune(`left(t.${column}, 6)`)} || substr(t.${column}, 7) else ${code} end`;
    case 'numero':
      return `t.numero || ${quoted(String(shift.copy))}`;
    case 'ricevuta':
      return `t.ricevuta || ${quoted(`-${shift.copy}`)}`;
    case 'birth_from':
    case 'birth_to':
      return `t.${column} - case when length(t.birth_text) = 10 then ${earlier} else 0 end`;
    case 'birth_text':
      return `case when length(t.birth_text) = 10 then (t.birth_from - ${earlier})::text else t.birth_text end`;
    default:
      return `t.${column}`;
  }
}

/** What was taken off a table before its rows came, as statements that put it back. */
export type PutBack = readonly string[];

/** Takes indexes and keys off, and makes tables that are never written to the log: they are copied from what can be copied again. */
export async function prepareTables(owner: Client): Promise<PutBack> {
  const back: string[] = [];
  for (const table of TABLES) {
    const { rows } = await owner.query<{ drop: string; make: string; name: string }>(
      `select c.relname as name,
              case when k.conname is null then format('drop index registry.%I', c.relname)
                   else format('alter table registry.${table} drop constraint %I', k.conname) end as drop,
              case when k.conname is null then pg_get_indexdef(c.oid)
                   else format('alter table registry.${table} add constraint %I %s', k.conname, pg_get_constraintdef(k.oid)) end as make
         from pg_index i join pg_class c on c.oid = i.indexrelid
         left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
        where i.indrelid = 'registry.${table}'::regclass order by k.conname is null, c.oid`,
    );
    for (const { drop, make, name } of rows) {
      await owner.query(drop);
      if (!NOT_ASKED.includes(name)) back.push(make);
    }
    await owner.query(`alter table registry.${table} set unlogged`);
  }
  return back;
}

/** How far the register's own numbers and rows go, before anything is copied. */
export interface Extent {
  readonly entries: number;
  readonly households: number;
  readonly events: number;
  readonly supplies: number;
  readonly comuni: readonly string[];
  /** Where the last row of each table stands, null where there is none: those to be copied stand before it or there. */
  readonly last: Readonly<Record<string, string | null>>;
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

export async function extentOf(owner: Client): Promise<Extent> {
  const { rows: numbers } = await owner.query<Record<string, number>>(
    `select (select max(entry_id) from registry.entries) as entries,
            (select max(household_id) from registry.households) as households,
            (select max(event_id) from registry.events) as events,
            (select max(supply_id) from registry.supplies) as supplies`,
  );
  const { rows: comuni } = await owner.query<{ comune: string }>(
    'select distinct comune from registry.supplies order by 1',
  );
  const last: Record<string, string | null> = {};
  const columns: Record<string, readonly string[]> = {};
  for (const table of TABLES) {
    const { rows } = await owner.query<{ last: string | null; columns: string[] }>(
      `select (select max(ctid)::text from registry.${table}) as last,
              (select array_agg(attname::text order by attnum) from pg_attribute
                where attrelid = 'registry.${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = '') as columns`,
    );
    last[table] = rows[0]!.last;
    columns[table] = rows[0]!.columns;
  }
  const { entries, households, events, supplies } = numbers[0]!;
  return {
    entries: entries!,
    households: households!,
    events: events!,
    supplies: supplies!,
    comuni: comuni.map(({ comune }) => comune),
    last,
    columns,
  };
}

/** Copies every table once, row after row as they lie, so that what lies together in the register lies together in the copy. */
export async function copyOnce(owner: Client, extent: Extent, shift: Shift): Promise<void> {
  const { last, columns } = extent;
  // Rows of copies go into room left among the register's own: the number tells whose a row is, the place only how far to read.
  const numbers = [
    ['entry_id', extent.entries],
    ['household_id', extent.households],
    ['event_id', extent.events],
    ['supply_id', extent.supplies],
  ] as const;
  for (const table of TABLES) {
    const end = last[table] ?? null;
    const names = columns[table]!;
    const number = numbers.find(([column]) => names.includes(column));
    if (end === null || number === undefined) continue;
    await owner.query(
      `insert into registry.${table} (${names.join(', ')})
       select ${names.map((column) => copied(column, shift)).join(', ')}
         from registry.${table} t where t.ctid <= ${quoted(end)}::tid and t.${number[0]} <= ${number[1]}`,
    );
  }
}

/** Puts the indexes back, and lets the numbers go on after the last copy. */
export async function finishTables(
  owner: Database,
  back: PutBack,
  extent: Extent,
  times: number,
): Promise<void> {
  await owner.withClient(async (client) => {
    await client.query("set maintenance_work_mem = '1GB'");
    for (const statement of back) await client.query(statement);
    await client.query('reset maintenance_work_mem');
    await client.query('vacuum (analyze)');
    // Last, for it tells that the register is whole.
    for (const [kind, last] of [
      ['entry', extent.entries],
      ['household', extent.households],
      ['event', extent.events],
      ['supply', extent.supplies],
    ] as const)
      await client.query('update registry.number_blocks set last = $1 where kind = $2', [last * times, kind]);
  });
}

/** Whether a register was multiplied to the end, and holds it still: a crash of the server empties its tables. */
export async function isWhole(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ whole: boolean }>(
    `select coalesce(c.relpersistence = 'u' and b.last = (select max(entry_id) from registry.entries), false) as whole
       from pg_class c, registry.number_blocks b where c.oid = 'registry.entries'::regclass and b.kind = 'entry'`,
  );
  return rows[0]!.whole;
}

/** Forgets the offices and the audit of an earlier run, and keeps what a new system begins with. */
export async function forgetAccess(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ tables: string }>(
    `select string_agg(oid::regclass::text, ', ') as tables from pg_class
      where relkind = 'r' and relnamespace in ('access'::regnamespace, 'audit'::regnamespace)
        and oid not in ('access.alert_rules'::regclass, 'access.epoch'::regclass)`,
  );
  await owner.query(`truncate ${rows[0]!.tables}`);
}
