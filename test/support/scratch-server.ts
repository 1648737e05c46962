/** Servers of their own for the fault tests: real, durable, in a folder that goes away with the test. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureRunning, stopServer } from '../../src/platform/db/embedded.ts';
import { type Database, openDatabase } from '../../src/platform/db/pool.ts';

export const projectRoot = resolve(import.meta.dirname, '../..');

/** A folder for one server, and how to stop the server and remove it. */
export interface Scratch {
  readonly folder: string;
  /** postgres/, the server's own folder. */
  readonly data: string;
  remove(): Promise<void>;
}

export function scratch(): Scratch {
  // The name begins as the test run's own folder does, so that what a killed run leaves is removed by the next.
  const folder = mkdtempSync(join(tmpdir(), `sipop-test-${process.pid}-`));
  chmodSync(folder, 0o711);
  return {
    folder,
    data: join(folder, 'postgres'),
    remove: async () => {
      await stopServer(folder).catch(() => undefined);
      // A file system that was mounted in it may be let go a moment later.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
    },
  };
}

/** Starts the server where need be and runs `work` as the superuser. */
export async function onServer<T>(folder: string, work: (db: Database) => Promise<T>): Promise<T> {
  const server = await ensureRunning({ dataFolder: folder });
  const db = await openDatabase({
    url: server.url('sipop_owner'),
    applicationName: 'fault test',
    settings: { search_path: 'public' },
  });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs `./sipop` in a process of its own, with an environment of its own. */
export function sipop(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  user: { readonly uid?: number; readonly gid?: number } = {},
): Promise<Ended> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [join(projectRoot, 'src/entry/cli.ts'), ...args], {
      ...user,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => {
        output += bytes.toString();
      });
    child.on('error', reject);
    child.on('exit', (status) => done({ status, output }));
  });
}
