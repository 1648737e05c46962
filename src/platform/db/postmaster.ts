/** What `postmaster.pid` says, and whether it is true (the format: src/include/utils/pidfile.h). */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** 'starting', 'stopping', 'ready', 'standby'; '' while the file is being written. */
  readonly status: string;
}

/** Whether a process of that number exists (a zombie counts, for the kernel and so for PostgreSQL). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function readPostmaster(data: string): Postmaster | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() } : null;
  } catch {
    return null;
  }
}

/** The command line of a process; '' where there is none to read, as for a zombie. */
function commandLine(pid: number): string {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  }
  return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout;
}

/** Whether process `pid` is the server of this data folder, and not another that got the same number. */
export function isServerOf(pid: number, data: string): boolean {
  return isAlive(pid) && commandLine(pid).includes(`postgres -D ${data} `);
}

/** The server of a data folder, if one is alive, ready or not. */
export function liveServer(data: string): Postmaster | null {
  const found = readPostmaster(data);
  return found !== null && isServerOf(found.pid, data) ? found : null;
}

/** Processes that still work in a data folder after their server died; [] where this system does not tell. */
export function processesIn(data: string): number[] {
  if (process.platform !== 'linux') return [];
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readlinkSync(`/proc/${name}/cwd`) === data) found.push(Number(name));
    } catch {
      // Gone meanwhile, or somebody else's.
    }
  }
  return found;
}
