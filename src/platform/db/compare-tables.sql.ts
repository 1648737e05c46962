/** Statements that sum up and fetch the rows of a table by the hash of their whole text. */
import pg from 'pg';
import type { Client } from './pool.ts';

/** Rows of a table fall into so many classes by their hash. */
const CLASSES = 1024;

const named = (schema: string, table: string): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
const HASH = 'hashtextextended(t::text, 0)';

/** One class of rows: how many they are, and the sum of their hashes. */
export interface ClassSum {
  readonly class: number;
  readonly rows: number;
  readonly sum: string;
}

/** Each class that has rows. One pass over the table. */
export async function sumClasses(client: Client, schema: string, table: string): Promise<ClassSum[]> {
  const { rows } = await client.query<ClassSum>(
    `select (hash & ${CLASSES - 1})::int as class, count(*) as rows, sum(hash)::text as sum
       from (select ${HASH} as hash from ${named(schema, table)} t) h group by 1`,
  );
  return rows;
}

/** The hash of every row of the classes; equal rows give equal ones. */
export async function listHashes(
  client: Client,
  schema: string,
  table: string,
  classes: readonly number[],
): Promise<string[]> {
  const { rows } = await client.query<{ hash: string }>(
    `select hash::text from (select ${HASH} as hash from ${named(schema, table)} t) h
      where (hash & ${CLASSES - 1})::int = any($1::int[]) order by hash`,
    [classes],
  );
  return rows.map((r) => r.hash);
}

export interface HashedRow {
  readonly hash: string;
  /** Text by column. */
  readonly row: Readonly<Record<string, string | null>>;
}

/** Rows by their hashes. */
export async function listRows(
  client: Client,
  schema: string,
  table: string,
  hashes: readonly string[],
): Promise<HashedRow[]> {
  const { rows } = await client.query<HashedRow>(
    `select ${HASH}::text as hash, (select jsonb_object_agg(key, value) from jsonb_each_text(to_jsonb(t))) as row
       from ${named(schema, table)} t where ${HASH} = any($1::bigint[])`,
    [hashes],
  );
  return rows;
}
