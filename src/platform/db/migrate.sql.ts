/** The statements about applied migrations. The list itself is made here, being older than the first migration. */
import type { Client } from './pool.ts';

/** One migration as the database remembers it. */
export interface AppliedMigration {
  readonly name: string;
  readonly sha256: string;
}

/** The number of the lock that keeps two migrators apart ("SIPOP" in ASCII). */
const MIGRATION_LOCK = 0x53_49_50_4f_50;

export async function lockMigrations(client: Client): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
}

export async function unlockMigrations(client: Client): Promise<void> {
  await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
}

export async function createMigrationList(client: Client): Promise<void> {
  await client.query(`
    create schema if not exists platform;
    create table if not exists platform.migrations (
      name text primary key,
      sha256 text not null,
      applied_at timestamptz not null default clock_timestamp()
    )`);
}

/** What was applied, in order; null where the list does not exist or may not be read yet. */
export async function findAppliedMigrations(client: Client): Promise<AppliedMigration[] | null> {
  const { rows } = await client.query<{ visible: boolean | null }>(
    `select has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as visible
       from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'platform' and c.relname = 'migrations'`,
  );
  if (rows[0]?.visible !== true) return null;
  const applied = await client.query<AppliedMigration>(
    'select name, sha256 from platform.migrations order by name',
  );
  return applied.rows;
}

export async function rememberMigration(client: Client, migration: AppliedMigration): Promise<void> {
  await client.query('insert into platform.migrations (name, sha256) values ($1, $2)', [
    migration.name,
    migration.sha256,
  ]);
}

export async function becomeMigrator(client: Client): Promise<void> {
  await client.query('set local role sipop_migrator');
}

export async function becomeLogin(client: Client): Promise<void> {
  await client.query('reset role');
}
