/** One server process: started, waited for, stopped. What to start, and when, is for embedded.ts and the restore. */
import { closeSync, fchmodSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../kernel/app-error.ts';
import type { DataFolder } from './data-folder.ts';
import { liveServer, type Postmaster } from './postmaster.ts';
import { type ServerBinaries, spawnServer } from './server-binaries.ts';
import type { ServerUser } from './server-user.ts';
import { startFailure } from './start-failure.ts';

const STOP_TIMEOUT_MS = 120_000;
const POLL_MS = 15;
const LOG_KEPT_BYTES = 8 * 2 ** 20;

export interface LaunchInput {
  readonly place: DataFolder;
  readonly binaries: ServerBinaries;
  readonly user: ServerUser | null;
  /** The settings for a server on that port. */
  readonly settings: (port: number) => Readonly<Record<string, string>>;
  /** How long recovery may take. */
  readonly timeoutMs: number;
}

/** Starts a server on a free port and waits until it is ready. @throws AppError with what to do */
export async function launchServer({
  place,
  binaries,
  user,
  settings,
  timeoutMs,
}: LaunchInput): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const log = openLog(place);
    const values = Object.entries(settings(await freePort()));
    const args = ['-D', place.data, ...values.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const child = spawnServer(binaries.postgres, args, user, log.fd);
    let ended = false;
    child.on('error', () => {
      ended = true;
    });
    child.on('exit', () => {
      ended = true;
    });
    closeSync(log.fd);
    const ready = await untilReady(place, timeoutMs, () => ended);
    if (ready !== null) return ready;
    const failure = startFailure(place, readFileSync(place.log).subarray(log.offset).toString());
    if (failure.retry === undefined || attempt >= failure.retry.attempts) throw failure.error;
    await wait(failure.retry.pauseMs);
  }
}

/** Waits until the server of the folder accepts connections; null when it ended first. */
export async function untilReady(
  place: DataFolder,
  timeoutMs: number,
  ended: () => boolean,
): Promise<Postmaster | null> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    const over = ended();
    const found = liveServer(place.data);
    if (found?.status === 'ready') return found;
    if (over) return null;
    await wait(POLL_MS);
  }
  throw new AppError(
    'database-unavailable',
    `la base dati non è pronta dopo ${timeoutMs / 60_000} minuti: guardare ${place.log} e ripetere il comando`,
    `the database is not ready after ${timeoutMs / 60_000} minutes: look into ${place.log} and run the command again`,
  );
}

/** Stops a server: open transactions are rolled back, everything committed is on the disk. */
export async function stopProcess(place: DataFolder, pid: number): Promise<void> {
  // SIGINT is PostgreSQL's "fast" shutdown.
  process.kill(pid, 'SIGINT');
  const until = Date.now() + STOP_TIMEOUT_MS;
  while (liveServer(place.data) !== null) {
    if (Date.now() > until)
      throw new AppError(
        'database-unavailable',
        `la base dati (processo ${pid}) non si è fermata in ${STOP_TIMEOUT_MS / 1000} secondi: guardare ${place.log}`,
        `the database (process ${pid}) did not stop in ${STOP_TIMEOUT_MS / 1000} seconds: look into ${place.log}`,
      );
    await wait(POLL_MS);
  }
}

/** Opens the log at its end; one that grew long is put aside first, over the one before it. */
function openLog(place: DataFolder): { readonly fd: number; readonly offset: number } {
  const size = statSync(place.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_KEPT_BYTES) renameSync(place.log, `${place.log}.1`);
  const fd = openSync(place.log, 'a', 0o600);
  fchmodSync(fd, 0o600);
  return { fd, offset: size > LOG_KEPT_BYTES ? 0 : size };
}

/** A port of the loopback that nobody uses just now; should somebody take it meanwhile, the start is tried again. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
