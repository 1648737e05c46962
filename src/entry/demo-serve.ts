/** The demonstration's server, left running behind the command like its database: started where it is not, told where it answers, stopped on request. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { AppError } from '../kernel/app-error.ts';
import { errorCode } from '../platform/db/errors.ts';
import type { CommandContext } from './command.ts';

const STATE = 'demo-server.json';
const LOG = 'demo-server.log';
/** The pages may have to be built first. */
const PATIENCE = 180_000;

interface Running {
  readonly pid: number;
  readonly address: string;
}

function running(folder: string): Running | null {
  const path = join(folder, STATE);
  if (!existsSync(path)) return null;
  const state = JSON.parse(readFileSync(path, 'utf8')) as Running;
  try {
    process.kill(state.pid, 0);
    return state;
  } catch (error) {
    if (errorCode(error) === 'EPERM') return state;
    rmSync(path, { force: true });
    return null;
  }
}

/** A port that is free now, for the moment that the server needs to take it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address();
      probe.close(() => resolve(typeof bound === 'object' && bound !== null ? bound.port : 0));
    });
  });
}

/** @returns the address at which a browser finds it @throws AppError unavailable, where it did not start */
export async function startDemoServer(context: CommandContext, folder: string): Promise<string> {
  const already = running(folder);
  if (already !== null) return already.address;
  const path = join(folder, LOG);
  const port = await freePort();
  // By name, not by number: keys of the browser (passkeys) are kept for a name.
  const address = `http://localhost:${port}/`;
  const log = openSync(path, 'w', 0o600);
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      join(context.root, 'src/entry/cli.ts'),
      'serve',
      '--port',
      String(port),
      '--metrics-port',
      '0',
    ],
    {
      cwd: context.root,
      env: { ...context.env, SIPOP_PUBLIC_URL: address },
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  let gone = false;
  child.on('exit', () => {
    gone = true;
  });
  for (const end = Date.now() + PATIENCE; Date.now() < end && !gone; ) {
    if (
      child.pid !== undefined &&
      /listening at https?:\/\/[^:\s]+:(\d+)/.exec(readFileSync(path, 'utf8')) !== null
    ) {
      writeFileSync(join(folder, STATE), JSON.stringify({ pid: child.pid, address } satisfies Running));
      child.unref();
      return address;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (!gone) child.kill();
  throw new AppError(
    'unavailable',
    `il server della dimostrazione non è partito: il suo diario è ${path}`,
    `the demonstration's server did not start: its log is ${path}`,
  );
}

/** @returns whether there was one to stop */
export async function stopDemoServer(folder: string): Promise<boolean> {
  const state = running(folder);
  if (state === null) return false;
  process.kill(state.pid, 'SIGTERM');
  for (let tries = 0; tries < 150 && running(folder) !== null; tries++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  rmSync(join(folder, STATE), { force: true });
  return true;
}
