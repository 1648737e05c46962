/**
 * The pages as they are served: built once from web/, and again when their sources or the lockfile changed. The build is Vite's, run as a
 * program of its own: the server never loads it.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AppError } from '../kernel/app-error.ts';

/** Folders of web/ that are no source. */
const NOT_SOURCE = /^(?:dist[^/]*|node_modules)(?:\/|$)/;

/** A digest of everything the build reads of ours. */
function sourcesDigest(root: string): string {
  const web = join(root, 'web');
  const pictures = join(root, 'docs/images/pagine');
  const manual = [
    ...['docs/manuale/pagine.md', 'docs/manuale/pagine.en.md'].map((name) => join(root, name)),
    ...(existsSync(pictures) ? readdirSync(pictures).sort() : []).map((name) => join(pictures, name)),
  ];
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const files = readdirSync(web, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !NOT_SOURCE.test(relative(web, path)))
    .sort();
  for (const path of [...manual, ...files])
    hash.update(relative(web, path)).update('\0').update(readFileSync(path));
  return hash.digest('hex');
}

/**
 * The folder of the pages, built where it was not or is out of date.
 * @param onBuild called before a build, which takes some ten seconds
 * @throws AppError conflict, where they cannot be built
 */
export async function builtPages(root: string, onBuild: () => void): Promise<string> {
  const folder = join(root, 'web/dist');
  const stamp = join(folder, '.sources');
  const wanted = sourcesDigest(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  onBuild();
  // Beside, and then put in its place at once: two processes that build together harm neither.
  const beside = `${folder}-${process.pid}`;
  const { status, said } = await build(root, beside);
  if (status !== 0)
    throw new AppError(
      'conflict',
      `le pagine non si sono potute costruire: ${said.slice(-500)}`,
      `the pages could not be built: ${said.slice(-500)}`,
    );
  writeFileSync(join(beside, '.sources'), wanted);
  const old = `${beside}-old`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(beside, folder);
  rmSync(old, { recursive: true, force: true });
  return folder;
}

function build(root: string, into: string): Promise<{ readonly status: number; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const child = spawn(
      process.execPath,
      [vite, 'build', '--logLevel', 'error', '--outDir', into, '--emptyOutDir'],
      {
        cwd: join(root, 'web'),
        // Whatever this process is (a test, say), the pages are those for use: React for development weighs twice as much.
        env: { NODE_ENV: 'production' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => resolve({ status: code ?? 1, said }));
  });
}
