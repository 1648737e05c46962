/** Databases for tests: each a clone of one migrated template, on the run's own server (database-setup.ts). */
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { inject } from 'vitest';
import { type EmbeddedServer, ensureRunning } from '../../src/platform/db/embedded.ts';
import { migrate, readMigrations } from '../../src/platform/db/migrate.ts';
import { type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { withStartLock } from '../../src/platform/db/start-lock.ts';

export interface TestDatabase {
  /** Connected as the application, `sipop_app`. */
  readonly db: Database;
  /** Its address, as the application. */
  readonly url: string;
  /** Its address, as the superuser. */
  readonly ownerUrl: string;
  /** A copy of it with all its rows, for a test that spoils them. No transaction may be open in it. */
  clone(): Promise<TestDatabase>;
  /** Closes `db` and removes the database, also when others are connected to it. */
  drop(): Promise<void>;
}

const migrationsFolder = resolve(import.meta.dirname, '../../migrations');
let ready: Promise<EmbeddedServer> | undefined;

/** Starts the run's server and migrates the template, once for all workers. */
function templateServer(): Promise<EmbeddedServer> {
  ready ??= (async () => {
    const folder = inject('testDataFolder');
    const server = await ensureRunning({ dataFolder: folder, durable: false });
    await withStartLock(join(folder, 'template.lock'), 60_000, async () => {
      const owner = await openDatabase({
        url: server.url('sipop_owner'),
        applicationName: 'test template',
        poolSize: 1,
      });
      await migrate(owner, readMigrations(migrationsFolder));
      await owner.query(KEEP_PRISTINE);
      await owner.close();
    });
    return server;
  })();
  return ready;
}

async function asOwner(server: EmbeddedServer, statement: string): Promise<void> {
  // Through the database 'postgres': a template with a connection to it cannot be cloned.
  const owner = await openDatabase({
    url: server.url('sipop_owner', 'postgres'),
    applicationName: 'test clones',
    poolSize: 1,
  });
  try {
    await owner.query(statement);
  } finally {
    await owner.close();
  }
}

export interface TestDatabaseOptions {
  readonly poolSize?: number;
  /** Emptied and used again by the next test of the file that asks so, in place of a new one: for tests that change no schema. */
  readonly reused?: boolean;
}

/** A database with every migration applied and nothing in it. `drop` it when done. */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  if (options.reused !== true) return cloneOf('sipop', options);
  return spare.pop() ?? keptForReuse(await cloneOf('sipop', options));
}

/** Databases given back, empty again. A file of tests has a process of its own, so this is one file's. */
const spare: TestDatabase[] = [];

/** Making a database costs a third of a second, and much more of the machine than of the clock; emptying one, little. */
function keptForReuse(made: TestDatabase): TestDatabase {
  const kept: TestDatabase = {
    ...made,
    drop: async () => {
      await emptied(made.ownerUrl);
      spare.push(kept);
    },
  };
  return kept;
}

/** Takes out every row that tests put in; the rows that the migrations made are as they were. */
async function emptied(ownerUrl: string): Promise<void> {
  const owner = await openDatabase({ url: ownerUrl, applicationName: 'test reset', poolSize: 1 });
  try {
    await owner.query(`do $$ declare t text; found boolean; begin
      for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname = 'registry' and c.relkind = 'r'
      loop
        execute format('select exists (select from registry.%I)', t) into found;
        if found then execute format('delete from registry.%I', t); end if;
      end loop;
      for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname = 'pristine' and c.relkind = 'r'
      loop
        execute format('insert into registry.%I select * from pristine.%I', t, t);
      end loop;
    end $$`);
  } finally {
    await owner.close();
  }
}

/** Keeps the rows that the migrations made, for `emptied`. */
const KEEP_PRISTINE = `do $$ declare t text; found boolean; begin
  if to_regnamespace('pristine') is null then
    create schema pristine;
    for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'registry' and c.relkind = 'r'
    loop
      execute format('select exists (select from registry.%I)', t) into found;
      if found then execute format('create table pristine.%I as table registry.%I', t, t); end if;
    end loop;
  end if;
end $$`;

async function cloneOf(template: string, options: TestDatabaseOptions): Promise<TestDatabase> {
  const server = await templateServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(server, `create database ${name} template ${template}`);
  const url = server.url('sipop_app', name);
  const db = await openDatabase({ url, applicationName: 'test', poolSize: options.poolSize ?? 4 });
  return {
    db,
    url,
    ownerUrl: server.url('sipop_owner', name),
    clone: async () => {
      await asOwner(
        server,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
      return cloneOf(name, options);
    },
    drop: async () => {
      await db.close();
      await asOwner(server, `drop database if exists ${name} with (force)`);
    },
  };
}
