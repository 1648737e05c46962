/**
 * Migrations: plain SQL files, applied in the order of their names, forward only, each in a transaction of its own.
 * What was applied is remembered with the SHA-256 of its text, so that a file changed afterwards is noticed.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../kernel/app-error.ts';
import { errorCode } from './errors.ts';
import {
  type AppliedMigration,
  becomeLogin,
  becomeMigrator,
  createMigrationList,
  findAppliedMigrations,
  lockMigrations,
  rememberMigration,
  unlockMigrations,
} from './migrate.sql.ts';
import type { Client, Database } from './pool.ts';

export interface Migration extends AppliedMigration {
  readonly sql: string;
  /** Run as the login rather than as sipop_migrator: the first, which makes the roles. */
  readonly asLogin: boolean;
}

/** The migrations of a folder, in order: `0001_name.sql`, … */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8');
      const sha256 = createHash('sha256').update(sql).digest('hex');
      return { name, sha256, sql, asLogin: sql.startsWith('-- role: login\n') };
    });
}

/**
 * The migrations still to apply.
 * @throws AppError database-migration where the database has one that the program does not know, or knows otherwise
 */
export function pendingMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const { name, sha256 } of applied) {
    const file = byName.get(name);
    if (file === undefined)
      throw new AppError(
        'database-migration',
        `la base dati è più recente di questo programma (ha ${name}): aggiornare il programma (git pull) e ripetere il comando`,
        `the database is newer than this program (it has ${name}): update the program (git pull) and run the command again`,
      );
    if (file.sha256 !== sha256)
      throw new AppError(
        'database-migration',
        `migrations/${name} è cambiato dopo essere stato applicato: rimetterlo com'era (git checkout) e scrivere il cambiamento in una migrazione nuova. Per una base dati di sola prova: ./sipop demo --fresh`,
        `migrations/${name} was changed after it was applied: put it back (git checkout) and write the change as a new migration. For a database of trials alone: ./sipop demo --fresh`,
      );
  }
  const done = new Set(applied.map((migration) => migration.name));
  const pending = known.filter((migration) => !done.has(migration.name));
  const last = applied.at(-1)?.name ?? '';
  const late = pending.find((migration) => migration.name < last);
  if (late !== undefined)
    throw new AppError(
      'database-migration',
      `migrations/${late.name} viene prima di ${last}, già applicata: darle un numero successivo`,
      `migrations/${late.name} comes before ${last}, already applied: give it a later number`,
    );
  return pending;
}

/** Whether the database, as seen by any of its roles, has every migration of the folder. @throws as pendingMigrations */
export async function isMigrated(client: Client, known: readonly Migration[]): Promise<boolean> {
  const applied = await findAppliedMigrations(client);
  return applied !== null && pendingMigrations(known, applied).length === 0;
}

/**
 * Applies what is missing; two migrators at once wait for each other.
 * @param database opened with a login that may make roles and extensions
 * @returns the names of those applied now
 */
export async function migrate(database: Database, known: readonly Migration[]): Promise<string[]> {
  return database.withClient(async (client) => {
    await lockMigrations(client);
    try {
      await refusing('platform.migrations', () => createMigrationList(client));
      const pending = pendingMigrations(known, (await findAppliedMigrations(client)) ?? []);
      for (const migration of pending) await refusing(migration.name, () => apply(client, migration));
      return pending.map((migration) => migration.name);
    } finally {
      await unlockMigrations(client).catch(() => undefined);
    }
  });
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    if (!migration.asLogin) await becomeMigrator(client);
    await client.query(migration.sql);
    await becomeLogin(client);
    await rememberMigration(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Turns a refusal for lack of privileges into what an administrator must do. */
async function refusing(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (errorCode(error) !== '42501') throw error;
    const message = error instanceof Error ? error.message : String(error);
    const remedy =
      'ALTER ROLE … CREATEROLE; ALTER DATABASE … OWNER TO …; GRANT sipop_migrator, sipop_app, sipop_stats, sipop_auditor TO … WITH ADMIN TRUE, SET TRUE';
    throw new AppError(
      'database-migration',
      `l'utente di DATABASE_URL non può applicare ${what} (${message}): deve possedere la base dati e poter creare ruoli. Un amministratore può dare, secondo i casi: ${remedy}`,
      `the user of DATABASE_URL may not apply ${what} (${message}): it must own the database and be able to make roles. An administrator can give, as the case requires: ${remedy}`,
      error,
    );
  }
}
