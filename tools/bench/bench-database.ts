/** A durable embedded server for a benchmark, in a folder of its own, with the register's schema. */
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DATABASE_NAME } from '../../src/platform/db/data-folder.ts';
import { type EmbeddedServer, ensureRunning, stopServer } from '../../src/platform/db/embedded.ts';
import { migrate, readMigrations } from '../../src/platform/db/migrate.ts';
import { type Client, type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { hasDatabase, makeCopy } from './sample.sql.ts';

const COPY_NAME = 'sipop_changed';
const migrations = resolve(import.meta.dirname, '../../migrations');

export interface BenchDatabase {
  readonly server: EmbeddedServer;
  /** Of the database. */
  readonly name: string;
  /** As the application. */
  readonly db: Database;
  /** As the superuser, for the peer. */
  readonly owner: Database;
  readonly version: string;
  /** A folder that the server may write to. */
  readonly exchange: string;
  close(): Promise<void>;
}

async function connect(server: EmbeddedServer, folder: string, name: string): Promise<BenchDatabase> {
  const owner = await openDatabase({
    url: server.url('sipop_owner', name),
    applicationName: 'sipop bench',
    poolSize: 1,
  });
  await migrate(owner, readMigrations(migrations));
  const db = await openDatabase({
    url: server.url('sipop_app', name),
    applicationName: 'sipop bench',
    poolSize: 8,
  });
  const exchange = join(folder, 'exchange');
  mkdirSync(exchange, { recursive: true });
  // The server may run as another user, who writes the files of the peer there.
  chmodSync(exchange, 0o777);
  const { rows } = await owner.query<{ v: string }>("select current_setting('server_version') as v");
  return {
    server,
    name,
    db,
    owner,
    version: rows[0]!.v,
    exchange,
    close: async () => {
      await db.close();
      await owner.close();
      await stopServer(folder);
    },
  };
}

/** @param fresh starts over from an empty register */
export async function openBenchDatabase(folder: string, fresh: boolean): Promise<BenchDatabase> {
  if (fresh) {
    await stopServer(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  return connect(await ensureRunning({ dataFolder: folder }), folder, DATABASE_NAME);
}

/** A copy of the register that load left, to be changed; that of an earlier run is dropped. */
export const openCopy = (folder: string): Promise<BenchDatabase> => openNamed(folder, COPY_NAME, null);

/** A copy by name; that of an earlier run where `keeps` says so, looked at before any migration. */
export async function openNamed(
  folder: string,
  name: string,
  keeps: ((owner: Client) => Promise<boolean>) | null,
): Promise<BenchDatabase> {
  const server = await ensureRunning({ dataFolder: folder });
  const as = <T>(database: string, work: (owner: Client) => Promise<T>): Promise<T> =>
    withOwner(server.url('sipop_owner', database), work);
  const kept =
    keeps !== null && (await as('postgres', (owner) => hasDatabase(owner, name))) && (await as(name, keeps));
  if (!kept) await as('postgres', (owner) => makeCopy(owner, DATABASE_NAME, name));
  return connect(server, folder, name);
}

async function withOwner<T>(url: string, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = await openDatabase({ url, applicationName: 'sipop bench', poolSize: 1 });
  try {
    return await work(owner);
  } finally {
    await owner.close();
  }
}
