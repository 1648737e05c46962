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

/** A new database with every migration applied and nothing in it. `drop` it when done. */
export async function testDatabase(options: { readonly poolSize?: number } = {}): Promise<TestDatabase> {
  return cloneOf('sipop', options);
}

async function cloneOf(template: string, options: { readonly poolSize?: number }): Promise<TestDatabase> {
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
