/**
 * The data of the embedded server: `<dataFolder>/postgres`, made in one step, so that an interrupted `initdb` leaves
 * nothing that looks like a database; and its passwords, `<dataFolder>/secrets.json`, readable by the owner alone.
 */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../kernel/app-error.ts';
import { errorCode, POSTGRES_MAJOR, wrongVersion } from './errors.ts';
import { liveServer } from './postmaster.ts';
import { runBinary, type ServerBinaries } from './server-binaries.ts';
import { canReach, runsAsRoot, type ServerUser } from './server-user.ts';

/** The logins of the embedded cluster. `sipop_owner` is its superuser and runs the migrations. */
export const LOGINS = ['sipop_owner', 'sipop_app', 'sipop_stats', 'sipop_auditor'] as const;
export type Login = (typeof LOGINS)[number];
export type Secrets = Readonly<Record<Login, string>>;

export const DATABASE_NAME = 'sipop';
/** Below this no server is started: recovery and the first checkpoint need room (three WAL segments, and then some). */
const LEAST_FREE_BYTES = 128 * 1024 * 1024;

export interface DataFolder {
  readonly folder: string;
  /** PostgreSQL's own folder, with symbolic links resolved. */
  readonly data: string;
  readonly lock: string;
  readonly log: string;
  readonly secrets: string;
}

function permission(path: string, cause: unknown): AppError {
  return new AppError(
    'database-unavailable',
    `la cartella dei dati ${path} non si può scrivere: darle i permessi (chown o chmod) o indicarne un'altra con SIPOP_DATA`,
    `the data folder ${path} cannot be written: give it the permissions (chown or chmod) or name another with SIPOP_DATA`,
    cause,
  );
}

export function diskFull(path: string, cause?: unknown): AppError {
  return new AppError(
    'disk-full',
    `il disco di ${path} è pieno: la base dati non parte. I dati sono salvi: liberare spazio (almeno ${LEAST_FREE_BYTES / 2 ** 20} MB) e ripetere il comando`,
    `the disk of ${path} is full: the database does not start. The data are safe: free some space (at least ${LEAST_FREE_BYTES / 2 ** 20} MB) and run the command again`,
    cause,
  );
}

/** Names the parts of a data folder, making nothing. */
export function dataFolder(folder: string): DataFolder {
  const real = existsSync(folder) ? realpathSync(folder) : folder;
  return {
    folder: real,
    data: join(real, 'postgres'),
    lock: join(real, 'start.lock'),
    log: join(real, 'postgres.log'),
    secrets: join(real, 'secrets.json'),
  };
}

/** Makes the folder, where absent, so that the server's user may pass through it. */
export function makeDataFolder(folder: string): DataFolder {
  try {
    mkdirSync(folder, { recursive: true, mode: runsAsRoot() ? 0o711 : 0o700 });
    const mode = statSync(folder).mode;
    // Root owns the folder, another user the data in it: that user must be let through, and see no names.
    if (runsAsRoot() && (mode & 0o001) === 0) chmodSync(folder, (mode & 0o777) | 0o011);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (errorCode(error) === 'ENOSPC') throw diskFull(folder, error);
    throw permission(folder, error);
  }
  return dataFolder(folder);
}

export function checkFreeSpace(place: DataFolder): number {
  const disk = statfsSync(place.folder);
  const free = disk.bavail * disk.bsize;
  if (free < LEAST_FREE_BYTES) throw diskFull(place.folder);
  return free;
}

/** Whether there are data, checked to be of this version. @throws AppError for what is not a folder of PostgreSQL 18 */
export function hasData(place: DataFolder): boolean {
  if (!existsSync(place.data)) return false;
  let version: string;
  try {
    version = readFileSync(join(place.data, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    if (errorCode(error) === 'EACCES') throw permission(place.data, error);
    if (readdirSync(place.data).length === 0) {
      rmdirSync(place.data);
      return false;
    }
    throw new AppError(
      'database-unavailable',
      `${place.data} contiene dei file ma non una base dati PostgreSQL (manca PG_VERSION): spostarla altrove e ripetere il comando, o ripristinare una copia (./sipop restore)`,
      `${place.data} holds files but no PostgreSQL database (PG_VERSION is missing): move it away and run the command again, or restore a backup (./sipop restore)`,
      error,
    );
  }
  if (version !== String(POSTGRES_MAJOR)) throw wrongVersion(version, place.data);
  return true;
}

/** What begins so is never anybody's data. */
export const UNFINISHED = 'postgres.unfinished-';

/** Removes what an interrupted initialisation or restore left, the server that replayed it included. */
export async function removeUnfinished(place: DataFolder): Promise<void> {
  for (const name of readdirSync(place.folder)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const path = join(place.folder, name);
    const server = liveServer(path);
    // SIGQUIT: at once, without a checkpoint of data that nobody wants.
    if (server !== null) process.kill(server.pid, 'SIGQUIT');
    for (let waited = 0; liveServer(path) !== null && waited < 10_000; waited += 50) await wait(50);
    rmSync(path, { recursive: true, force: true });
  }
}

/** Makes a new cluster with its database and logins; it appears under its name only when complete. */
export async function initialise(place: DataFolder, binaries: ServerBinaries, user: ServerUser | null) {
  if (!canReach(user, place.folder))
    throw new AppError(
      'database-unavailable',
      `l'utente di PostgreSQL (uid ${user?.uid}) non può entrare in ${place.folder}: indicare con SIPOP_DATA una cartella raggiungibile, per esempio /var/lib/sipop`,
      `PostgreSQL's user (uid ${user?.uid}) cannot enter ${place.folder}: name a folder it can reach with SIPOP_DATA, such as /var/lib/sipop`,
    );
  const secrets = readSecrets(place) ?? newSecrets(place);
  const unfinished = join(place.folder, `${UNFINISHED}${process.pid}`);
  const passwordFile = join(place.folder, `${UNFINISHED}${process.pid}.password`);
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(passwordFile, `${secrets.sipop_owner}\n`, { mode: 0o600 });
    if (user !== null) for (const path of [unfinished, passwordFile]) chownSync(path, user.uid, user.gid);
    // The builtin provider sorts and folds case the same on every machine, whatever its C library.
    const made = await runBinary(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        '--username=sipop_owner',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      user,
    );
    if (made.status !== 0) throw initFailed(place, made.output);
    const statements = [`create database ${DATABASE_NAME}`, ...loginStatements(secrets)];
    await runSingle(place, unfinished, binaries, user, statements);
    renameSync(unfinished, place.data);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

function initFailed(place: DataFolder, output: string): AppError {
  if (/No space left on device|Disk quota exceeded|File too large/.test(output))
    return diskFull(place.folder, output);
  const last = output.trim().split('\n').slice(-3).join(' ');
  return new AppError(
    'database-unavailable',
    `la base dati non si è potuta creare in ${place.folder}: ${last}`,
    `the database could not be made in ${place.folder}: ${last}`,
  );
}

function loginStatements(secrets: Secrets): string[] {
  return LOGINS.map((login) =>
    login === 'sipop_owner'
      ? `alter role ${login} password '${secrets[login]}'`
      : `create role ${login} login password '${secrets[login]}'`,
  );
}

/** Runs statements on a stopped cluster in PostgreSQL's single-user mode, one a line. */
async function runSingle(
  place: DataFolder,
  data: string,
  binaries: ServerBinaries,
  user: ServerUser | null,
  statements: readonly string[],
): Promise<void> {
  const args = ['--single', '-D', data, '-c', 'log_min_messages=panic', '-c', 'exit_on_error=on', 'postgres'];
  const done = await runBinary(binaries.postgres, args, user, `${statements.join('\n')}\n`);
  if (done.status !== 0 || /\b(ERROR|FATAL|PANIC):/.test(done.output)) throw initFailed(place, done.output);
}

/** New passwords for a cluster whose `secrets.json` was lost; the server must be stopped. */
export async function renewSecrets(place: DataFolder, binaries: ServerBinaries, user: ServerUser | null) {
  const secrets = newSecrets(place);
  const statements = LOGINS.map((login) => `alter role ${login} login password '${secrets[login]}'`);
  try {
    await runSingle(place, place.data, binaries, user, statements);
  } catch (error) {
    rmSync(place.secrets, { force: true });
    throw error;
  }
}

export function readSecrets(place: DataFolder): Secrets | null {
  try {
    return JSON.parse(readFileSync(place.secrets, 'utf8')) as Secrets;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw permission(place.secrets, error);
  }
}

function newSecrets(place: DataFolder): Secrets {
  const secrets = Object.fromEntries(
    LOGINS.map((login) => [login, randomBytes(24).toString('base64url')]),
  ) as Record<Login, string>;
  const unfinished = `${place.secrets}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(secrets), { mode: 0o600 });
  renameSync(unfinished, place.secrets);
  return secrets;
}
