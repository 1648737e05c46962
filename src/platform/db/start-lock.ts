/**
 * One command at a time starts or stops the server, or writes a backup. The lock is a symbolic link to the holder's process number: made in
 * one step, and without data blocks, so that it works on a full disk too. That of a dead holder is taken over. Should two get
 * through all the same, PostgreSQL's own lock lets one server start.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, lstatSync, readlinkSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../kernel/app-error.ts';
import { errorCode } from './errors.ts';
import { isAlive } from './postmaster.ts';

const POLL_MS = 25;

function take(path: string): boolean {
  try {
    symlinkSync(String(process.pid), path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function holder(path: string): number | null {
  try {
    return Number(readlinkSync(path));
  } catch {
    return null;
  }
}

/** Whether a lock under this process's own number was left by an earlier process, as after a container's restart. */
function isLeftover(path: string, pid: number): boolean {
  if (pid !== process.pid) return false;
  const file = lstatSync(path, { throwIfNoEntry: false });
  return file !== undefined && file.mtimeMs < performance.timeOrigin;
}

/** Puts a dead holder's lock away. A rename is done by one process only, so two cannot both take it over. */
function breakLock(path: string, dead: number): void {
  const away = `${path}.${randomUUID()}`;
  try {
    renameSync(path, away);
    if (holder(away) !== dead) linkSync(away, path);
  } catch {
    // Somebody else was quicker.
  }
  rmSync(away, { force: true });
}

/** Runs `work` alone among the commands that use the same lock file. */
export async function withStartLock<T>(path: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + timeoutMs;
  while (!take(path)) {
    const pid = holder(path);
    if (pid !== null && (isLeftover(path, pid) || !isAlive(pid))) breakLock(path, pid);
    else if (Date.now() > until)
      throw new AppError(
        'database-unavailable',
        `un altro comando (processo ${pid}) tiene occupato ${path}: attendere che finisca, o terminarlo, e ripetere`,
        `another command (process ${pid}) holds ${path}: wait until it ends, or end it, and try again`,
      );
    else await wait(POLL_MS);
  }
  try {
    return await work();
  } finally {
    try {
      unlinkSync(path);
    } catch {
      // Taken away by hand: nothing to give back.
    }
  }
}
