/**
 * The peer of a load: the very rows it produced, copied by COPY from files of the server into tables without indexes,
 * then the same indexes and keys built on them. It parses nothing, checks nothing, and knows the rows beforehand.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, Database } from '../../src/platform/db/pool.ts';

interface TableIndexes {
  readonly name: string;
  readonly indexes: readonly string[];
}

/** The tables of the register that hold rows, each with the statements that made its indexes. */
async function listTables(db: Client): Promise<TableIndexes[]> {
  const { rows } = await db.query<TableIndexes>(
    `select c.relname as name,
            coalesce((select array_agg(pg_get_indexdef(i.indexrelid) order by i.indexrelid)
                        from pg_index i where i.indrelid = c.oid), '{}') as indexes
       from pg_class c where c.relnamespace = 'registry'::regnamespace and c.relkind = 'r' order by 1`,
  );
  const held: TableIndexes[] = [];
  for (const table of rows) {
    const found = await db.query(`select from registry.${table.name} limit 1`);
    if (found.rowCount > 0) held.push(table);
  }
  return held;
}

/** A literal of a path of our own making. */
const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;

export interface CopiedRows {
  readonly tables: readonly TableIndexes[];
  readonly rows: number;
  readonly bytes: number;
}

/** Writes each table to a file in `folder`. */
export async function copyOut(owner: Database, folder: string): Promise<CopiedRows> {
  const tables = await listTables(owner);
  let rows = 0;
  let bytes = 0;
  for (const { name } of tables) {
    const path = join(folder, `${name}.copy`);
    rows += (await owner.query(`copy registry.${name} to ${quoted(path)}`)).rowCount;
    bytes += statSync(path).size;
  }
  return { tables, rows, bytes };
}

/** Empty clones, without indexes. */
export async function makeClones(owner: Database, { tables }: CopiedRows): Promise<void> {
  await owner.query('drop schema if exists bench_peer cascade');
  await owner.query('create schema bench_peer');
  for (const { name } of tables)
    await owner.query(
      `create table bench_peer.${name} (like registry.${name} including defaults including constraints including storage)`,
    );
}

export async function copyIn(owner: Database, folder: string, { tables }: CopiedRows): Promise<void> {
  for (const { name } of tables)
    await owner.query(`copy bench_peer.${name} from ${quoted(join(folder, `${name}.copy`))}`);
}

export async function buildIndexes(owner: Database, { tables }: CopiedRows): Promise<void> {
  for (const { indexes } of tables)
    for (const statement of indexes) await owner.query(statement.replace(' ON registry.', ' ON bench_peer.'));
}

export async function dropClones(owner: Database): Promise<void> {
  await owner.query('drop schema bench_peer cascade');
}
