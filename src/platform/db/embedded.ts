/**
 * The embedded PostgreSQL: a real server, started by the first command that needs it, left running for the next
 * ones, stopped by `sipop db stop`. It listens on the loopback alone and asks for a password.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../kernel/app-error.ts';
import {
  checkFreeSpace,
  DATABASE_NAME,
  type DataFolder,
  dataFolder,
  hasData,
  initialise,
  type Login,
  makeDataFolder,
  readSecrets,
  removeUnfinished,
  renewSecrets,
} from './data-folder.ts';
import { isAlive, liveServer, type Postmaster, processesIn, readPostmaster } from './postmaster.ts';
import { serverBinaries } from './server-binaries.ts';
import { launchServer, stopProcess, untilReady } from './server-launch.ts';
import { serverSettings } from './server-settings.ts';
import { serverUser } from './server-user.ts';
import { withStartLock } from './start-lock.ts';

/** Recovery after a crash replays at most max_wal_size of WAL: minutes, on a slow disk. */
const READY_TIMEOUT_MS = 600_000;

export interface EmbeddedServer {
  readonly pid: number;
  readonly port: number;
  /** Whether this call started it. */
  readonly started: boolean;
  readonly logFile: string;
  /** The address of its database for one of its logins, password included. */
  url(login: Login, database?: string): string;
}

export interface EmbeddedOptions {
  readonly dataFolder: string;
  /** False for tests alone. */
  readonly durable?: boolean;
}

export interface ServerStatus {
  readonly state: 'running' | 'starting' | 'stopping' | 'stopped' | 'crashed' | 'absent';
  readonly pid: number | null;
  readonly port: number | null;
  readonly dataFolder: string;
  readonly logFile: string;
}

function describe(place: DataFolder, found: Postmaster, started: boolean): EmbeddedServer {
  const secrets = readSecrets(place);
  if (secrets === null)
    throw new AppError(
      'database-unavailable',
      `mancano le password della base dati (${place.secrets}): ./sipop db stop, poi ./sipop db start ne crea di nuove`,
      `the database's passwords are missing (${place.secrets}): ./sipop db stop, then ./sipop db start makes new ones`,
    );
  return {
    pid: found.pid,
    port: found.port,
    started,
    logFile: place.log,
    url: (login, database = DATABASE_NAME) =>
      `postgres://${login}:${secrets[login]}@127.0.0.1:${found.port}/${database}`,
  };
}

/**
 * The server of a data folder, started (and its data made) where need be. Safe to call from many commands at once.
 * @throws AppError database-unavailable, database-version, disk-full, each with what to do
 */
export async function ensureRunning(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const known = dataFolder(options.dataFolder);
  const running = liveServer(known.data);
  if (running?.status === 'ready') return describe(known, running, false);
  const place = makeDataFolder(options.dataFolder);
  return withStartLock(place.lock, READY_TIMEOUT_MS, async () => {
    // Perhaps another command has started it meanwhile, or it is still coming up.
    const found = liveServer(place.data);
    if (found !== null) {
      const ready = await untilReady(place, READY_TIMEOUT_MS, () => !isAlive(found.pid));
      if (ready !== null) return describe(place, ready, false);
    }
    return describe(place, await start(place, options.durable ?? true), true);
  });
}

async function start(place: DataFolder, durable: boolean): Promise<Postmaster> {
  const freeBytes = checkFreeSpace(place);
  await removeUnfinished(place);
  const exists = hasData(place);
  const user = serverUser(place.data);
  const binaries = serverBinaries(user);
  if (!exists) await initialise(place, binaries, user);
  else {
    await clearAfterCrash(place);
    if (readSecrets(place) === null) await renewSecrets(place, binaries, user);
  }
  return launchServer({
    place,
    binaries,
    user,
    settings: (port) => serverSettings({ port, freeBytes, durable }),
    timeoutMs: READY_TIMEOUT_MS,
  });
}

/**
 * After a crash `postmaster.pid` stays. PostgreSQL itself puts it aside when no process has that number, but refuses
 * when another process has it now (after a reboot, or in a new container): then it is put aside here, unless processes
 * of the old server still work on the data.
 */
async function clearAfterCrash(place: DataFolder): Promise<void> {
  const old = readPostmaster(place.data);
  if (old === null) return;
  // Orphans of a killed postmaster notice it and end by themselves, once they finish what they do.
  for (let waited = 0; processesIn(place.data).length > 0 && waited < 10_000; waited += 100) await wait(100);
  const orphans = processesIn(place.data);
  if (orphans.length > 0)
    throw new AppError(
      'database-unavailable',
      `il server della base dati è caduto ma alcuni suoi processi lavorano ancora (${orphans.join(', ')}): attendere che finiscano o terminarli (kill), e ripetere il comando. I dati confermati sono salvi`,
      `the database server crashed but some of its processes still work (${orphans.join(', ')}): wait for them to end or end them (kill), and run the command again. What was committed is safe`,
    );
  if (isAlive(old.pid)) rmSync(join(place.data, 'postmaster.pid'), { force: true });
}

/**
 * Stops the server in an orderly way: open transactions are rolled back, everything committed is on the disk.
 * @returns whether there was one to stop
 */
export async function stopServer(folder: string): Promise<boolean> {
  const place = dataFolder(folder);
  if (!existsSync(place.data)) return false;
  return withStartLock(place.lock, READY_TIMEOUT_MS, async () => {
    const found = liveServer(place.data);
    if (found === null) return false;
    await stopProcess(place, found.pid);
    return true;
  });
}

export function serverStatus(folder: string): ServerStatus {
  const place = dataFolder(folder);
  const common = { dataFolder: place.folder, logFile: place.log };
  if (!existsSync(place.data)) return { ...common, state: 'absent', pid: null, port: null };
  const found = liveServer(place.data);
  if (found === null)
    return {
      ...common,
      state: readPostmaster(place.data) === null ? 'stopped' : 'crashed',
      pid: null,
      port: null,
    };
  const state = found.status === 'ready' ? 'running' : found.status === 'stopping' ? 'stopping' : 'starting';
  return { ...common, state, pid: found.pid, port: found.port };
}
