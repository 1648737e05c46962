/**
 * Every optional package that a locked package names must stand in the lockfile, or `npm ci` refuses on every machine.
 * A registry mirror that lacks another platform's binary leaves it out; `--write` puts it back (npm fetches only its own platform's).
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Locked {
  version?: string;
  license?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  engines?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const PLATFORM =
  /(android|darwin|linux|win32|freebsd|openbsd|netbsd|sunos|aix|openharmony)-(\w+?)(?:-(musl|gnu|gnueabihf|eabi|msvc|eabihf|musleabihf))?$/;

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const missing: { name: string; range: string; by: string; of: Locked }[] = [];
for (const [path, locked] of Object.entries(lock.packages))
  for (const [name, range] of Object.entries(locked.optionalDependencies ?? {}))
    if (!lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`])
      missing.push({ name, range, by: path, of: locked });

if (process.argv.includes('--write')) {
  for (const { name, range, of } of missing) {
    const platform = PLATFORM.exec(name);
    if (platform === null)
      throw new Error(`${name}: the platform cannot be told from the name; add it by hand`);
    const [, os = '', cpu = '', abi] = platform;
    const entry: Locked = { version: range.replace(/^[^0-9]*/, ''), cpu: [cpu], optional: true, os: [os] };
    if (of.dev === true) entry.dev = true;
    if (of.license !== undefined) entry.license = of.license;
    if (of.engines !== undefined) entry.engines = of.engines;
    if (os === 'linux' && abi !== undefined) entry.libc = [abi.startsWith('musl') ? 'musl' : 'glibc'];
    lock.packages[`node_modules/${name}`] = entry;
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(
    'package-lock.json',
    `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
  );
} else {
  for (const { name, range, by } of missing)
    process.stderr.write(
      `lockfile: ${name}@${range}, optional of ${by}, is missing: node tools/checks/lockfile.ts --write\n`,
    );
  if (missing.length > 0) process.exitCode = 1;
}
