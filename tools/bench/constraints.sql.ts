/** What each way of holding "no two spells of one entry share a day" costs a row, on spells like those of the register. */
import type { Client } from '../../src/platform/db/pool.ts';

/** Ways of holding it: what stands on the table while rows come, and what is asked once they are in. */
export interface Way {
  readonly name: string;
  /** Statements on `bench_ways.spells`, before any row. */
  readonly setUp: readonly string[];
  /** A check of all rows, once; null where the constraint checks each. */
  readonly check: string | null;
}

const KEY = 'alter table bench_ways.spells add primary key (entry_id, valid_from, event_id, source_row)';

export const WAYS: readonly Way[] = [
  { name: 'nothing', setUp: [], check: null },
  { name: 'B-tree key', setUp: [KEY], check: null },
  {
    name: 'B-tree key, unique open spell, set-wise check',
    setUp: [KEY, "create unique index on bench_ways.spells (entry_id) where valid_to = 'infinity'"],
    check: `select entry_id from (
        select entry_id, valid_to, lead(valid_from) over (partition by entry_id order by valid_from) as next
          from bench_ways.spells where valid_from < valid_to) s
      where next < valid_to limit 1`,
  },
  {
    name: 'GiST exclusion',
    setUp: [
      'alter table bench_ways.spells add exclude using gist (entry_id with =, daterange(valid_from, valid_to) with &&)',
    ],
    check: null,
  },
  {
    name: 'temporal key (WITHOUT OVERLAPS)',
    // An empty range is refused by a temporal key: spells that begin and end on one day would need a table of their own.
    setUp: [
      'alter table bench_ways.spells add column held daterange not null generated always as (daterange(valid_from, valid_to)) stored',
      'alter table bench_ways.spells add primary key (entry_id, held without overlaps)',
    ],
    check: null,
  },
];

/** An empty table of spells, and as many rows to put in it: four to an entry, end to end, the last one open. */
export async function makeSpells(owner: Client, rows: number): Promise<void> {
  await owner.query('drop schema if exists bench_ways cascade');
  await owner.query('create schema bench_ways');
  await owner.query('create extension if not exists btree_gist');
  await owner.query(
    `create unlogged table bench_ways.source as
     select n / 4 as entry_id, date '1980-01-01' + (n % 4)::int * 4000 as valid_from,
            case when n % 4 = 3 then date 'infinity' else date '1980-01-01' + (n % 4 + 1)::int * 4000 end as valid_to,
            1::bigint as event_id, n::int as source_row
       from generate_series(0, $1::bigint - 1) n`,
    [rows],
  );
}

export async function emptySpells(owner: Client, way: Way): Promise<void> {
  await owner.query('drop table if exists bench_ways.spells');
  await owner.query(
    `create table bench_ways.spells (entry_id bigint not null, valid_from date not null, valid_to date not null,
       event_id bigint not null, source_row integer not null)`,
  );
  for (const statement of way.setUp) await owner.query(statement);
}

export async function fillSpells(owner: Client): Promise<void> {
  await owner.query(
    `insert into bench_ways.spells (entry_id, valid_from, valid_to, event_id, source_row)
     select entry_id, valid_from, valid_to, event_id, source_row from bench_ways.source`,
  );
}

/** @throws Error where the spells overlap, which they do not */
export async function checkSpells(owner: Client, check: string): Promise<void> {
  const { rowCount } = await owner.query(check);
  if (rowCount > 0) throw new Error('spells that do not overlap were found to');
}

export async function dropSpells(owner: Client): Promise<void> {
  await owner.query('drop schema bench_ways cascade');
}
