/**
 * A second schema with the tables and functions of a first one, empty, as the catalogue tells them. Sessions work in it by
 * their search_path alone: no statement of the register names its schema (docs/adr/0011-replay.md).
 */
import pg from 'pg';
import { becomeLogin, becomeMigrator } from './migrate.sql.ts';
import type { Client } from './pool.ts';

/** The number of the lock that keeps two mirrors apart ("MIRRO" in ASCII). */
const MIRROR_LOCK = 0x4d_49_52_52_4f;
const quoted = (name: string): string => pg.escapeIdentifier(name);

/** Takes the lock for as long as the connection lasts. @returns false where somebody else has it */
export async function tryLockMirror(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
    MIRROR_LOCK,
  ]);
  return rows[0]!.taken;
}

export async function unlockMirror(client: Client): Promise<void> {
  await client.query('select pg_advisory_unlock($1)', [MIRROR_LOCK]);
}

/** Tables of a schema, in the order of their names. */
export async function listTables(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    [schema],
  );
  return rows.map((r) => r.name);
}

/** The columns of each table's primary key, by table; tables without one are not there. */
export async function listKeys(client: Client, schema: string): Promise<Map<string, readonly string[]>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by k.at) as columns
       from pg_catalog.pg_index i
       join pg_catalog.pg_class c on c.oid = i.indrelid
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       cross join lateral unnest(i.indkey) with ordinality as k(attnum, at)
       join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where n.nspname = $1 and i.indisprimary group by 1`,
    [schema],
  );
  return new Map(rows.map((r) => [r.name, r.columns]));
}

/** Functions written in a schema, as the statements that make them there. */
async function listFunctions(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `select pg_catalog.pg_get_functiondef(p.oid) as definition
       from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      where n.nspname = $1 and p.prokind = 'f' order by p.oid`,
    [schema],
  );
  return rows.map((r) => r.definition);
}

/** As the login first, which owns the database and may make schemas in it; the rest as their owner, sipop_migrator. */
async function asMigrator(client: Client, first: string, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await client.query(first);
    await becomeMigrator(client);
    await work();
    await becomeLogin(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

export async function dropMirror(client: Client, mirror: string): Promise<void> {
  await client.query(`drop schema if exists ${quoted(mirror)} cascade`);
}

/**
 * Makes the schema anew. Its tables are not logged: they are thrown away, and what is written there burdens neither WAL nor backups.
 * @param client of a login that may act as sipop_migrator, and not in a transaction
 * @param further statements to run in the mirror, with its schema first in the search path
 */
export async function createMirror(
  client: Client,
  schema: string,
  mirror: string,
  further: readonly string[],
): Promise<void> {
  await dropMirror(client, mirror);
  await asMigrator(client, `create schema ${quoted(mirror)} authorization sipop_migrator`, async () => {
    for (const table of await listTables(client, schema))
      await client.query(
        `create unlogged table ${quoted(mirror)}.${quoted(table)} (like ${quoted(schema)}.${quoted(table)} including all)`,
      );
    for (const definition of await listFunctions(client, schema))
      await client.query(definition.replaceAll(`${schema}.`, `${quoted(mirror)}.`));
    await client.query(`set local search_path = ${quoted(mirror)}, public`);
    for (const statement of further) await client.query(statement);
    await client.query(`grant usage on schema ${quoted(mirror)} to sipop_app`);
    await client.query(
      `grant select, insert, update, delete on all tables in schema ${quoted(mirror)} to sipop_app`,
    );
  });
}
