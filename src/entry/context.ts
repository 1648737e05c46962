/** What a command works with: the database, ready and migrated, the configuration, and the clock. */
import { ensureRunning } from '../platform/db/embedded.ts';
import { errorCode } from '../platform/db/errors.ts';
import { isMigrated, migrate, readMigrations } from '../platform/db/migrate.ts';
import { type Database, openDatabase } from '../platform/db/pool.ts';
import type { CommandContext } from './command.ts';
import { type Config, readConfig } from './config.ts';

export interface AppContext {
  readonly db: Database;
  readonly dataFolder: string;
  readonly config: Config;
  now(): Date;
  /** Opens a connection as who may migrate, for a command that makes a schema of its own. Whoever opens it closes it. */
  openMigrator(): Promise<Database>;
  /** Opens the application's connections with another search path. Whoever opens them closes them. */
  openElsewhere(searchPath: string): Promise<Database>;
  /** Opens a connection of the application whose every commit is on the disk when it returns, whatever the server's default. */
  openDurable(): Promise<Database>;
  /** Closes the connections; the embedded server goes on running for the next command. */
  close(): Promise<void>;
}

export interface ContextOptions {
  /** Most connections at once; 4 where absent. */
  readonly poolSize?: number;
}

/** The two ways in: as the application, and as who may migrate. */
interface Ways {
  readonly app: { readonly url: string; readonly role?: string };
  readonly migrator: { readonly url: string };
}

async function waysIn(config: Config): Promise<Ways> {
  const url = config.databaseUrl;
  if (url !== null) return { app: { url, role: 'sipop_app' }, migrator: { url } };
  const server = await ensureRunning({ dataFolder: config.dataFolder });
  return { app: { url: server.url('sipop_app') }, migrator: { url: server.url('sipop_owner') } };
}

/**
 * Opens the database for a command: starts the embedded server unless DATABASE_URL names another, applies the
 * migrations that are missing, and connects as the application's role.
 * @throws AppError database-unavailable, database-version, database-migration, disk-full
 */
export async function openContext(
  { env, root }: Pick<CommandContext, 'env' | 'root'>,
  options: ContextOptions = {},
): Promise<AppContext> {
  const config = readConfig(env, root);
  const ways = await waysIn(config);
  const db = await openMigrated(config, ways, options.poolSize ?? 4);
  return {
    db,
    dataFolder: config.dataFolder,
    config,
    now: () => new Date(),
    openMigrator: () => openDatabase({ ...ways.migrator, applicationName: 'sipop migrate', poolSize: 1 }),
    openElsewhere: (searchPath) =>
      openDatabase({ ...ways.app, applicationName: 'sipop', settings: { search_path: searchPath } }),
    openDurable: () =>
      openDatabase({
        ...ways.app,
        applicationName: 'sipop audit',
        poolSize: 1,
        settings: { synchronous_commit: 'on' },
      }),
    close: () => db.close(),
  };
}

async function openMigrated(config: Config, ways: Ways, poolSize: number): Promise<Database> {
  const known = readMigrations(config.migrationsFolder);
  const open = () => openDatabase({ ...ways.app, applicationName: 'sipop', poolSize });
  const first = await open().catch((error: unknown) => {
    // Before the first migration there is no such role (22023), or the login may not take it on (42501).
    if (errorCode(error) === '22023' || errorCode(error) === '42501') return null;
    throw error;
  });
  if (first !== null) {
    // Connections that are left open would keep the process from ending after its refusal.
    const ready = await isMigrated(first, known).catch(async (error: unknown) => {
      await first.close();
      throw error;
    });
    if (ready) return first;
    await first.close();
  }
  const migrator = await openDatabase({ ...ways.migrator, applicationName: 'sipop migrate', poolSize: 1 });
  try {
    await migrate(migrator, known);
  } finally {
    await migrator.close();
  }
  return open();
}
