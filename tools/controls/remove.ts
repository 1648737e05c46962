/**
 * Takes controls away, one at a time, and sees the test that guards each fail: `node tools/controls/remove.ts [CONTROL | FILE | WORDS…] [--write]`.
 * It works on a copy of the sources in a folder that goes away, with one database server for all runs but those that change a migration. Before
 * anything is taken away the tests named must pass there. `--write` puts into docs/rules/controls.md the lines of those that were seen to fail.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { stopServer } from '../../src/platform/db/embedded.ts';
import { controlsLine, controlsPage } from './page.ts';
import type { Removal } from './removal.ts';
import { REMOVALS } from './removals.ts';

const root = resolve(import.meta.dirname, '../..');
const PAGE = join(root, 'docs/rules/controls.md');
const SETUP = 'test/support/database-setup.ts';

interface RanTest {
  readonly file: string;
  readonly fullName: string;
}

interface Ran {
  readonly passed: readonly RanTest[];
  readonly failed: readonly RanTest[];
}

/** A copy of all that the project keeps, with the packages of the original. */
function copied(): string {
  const copy = mkdtempSync(join(tmpdir(), 'sipop-controls-'));
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root });
  const names = listed.stdout.toString().split('\0');
  for (const file of names.filter((name) => name !== '')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file), { force: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Lets every run from now on use one server, with the migrated template that the first of them makes. */
function useServer(copy: string, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  writeFileSync(
    join(copy, SETUP),
    `import type { TestProject } from 'vitest/node';
declare module 'vitest' { interface ProvidedContext { testDataFolder: string } }
export default (project: TestProject): void => project.provide('testDataFolder', ${JSON.stringify(folder)});
`,
  );
}

const titleOf = (title: string): string => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs the tests whose titles hold one of those given. @returns null where some file could not be loaded: that shows nothing of a control */
function run(copy: string, removals: readonly Removal[]): Ran | null {
  const outcome = join(copy, 'outcome.json');
  rmSync(outcome, { force: true });
  const files = [...new Set(removals.map(({ test }) => test))];
  const pattern = [...new Set(removals.map(({ title }) => titleOf(title)))].join('|');
  spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', ...files, '-t', pattern, '--reporter=json', `--outputFile=${outcome}`],
    ],
    { cwd: copy, stdio: 'ignore' },
  );
  let results: Results;
  try {
    results = JSON.parse(readFileSync(outcome, 'utf8'));
  } catch {
    return null;
  }
  if (results.testResults.some(({ assertionResults }) => assertionResults.length === 0)) return null;
  const of = (status: string) =>
    results.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter((one) => one.status === status)
        .map(({ fullName }) => ({ file: relative(copy, name), fullName })),
    );
  return { passed: of('passed'), failed: of('failed') };
}

/** Is a test there and green, as long as its control is? */
function isGreen({ test, title }: Removal, untouched: Ran): boolean {
  const isIts = ({ file, fullName }: RanTest): boolean => file === test && fullName.includes(title);
  return untouched.passed.some(isIts) && !untouched.failed.some(isIts);
}

/** @returns whether the test failed */
async function tried(copy: string, removal: Removal): Promise<boolean> {
  const path = join(copy, removal.file);
  const whole = readFileSync(path, 'utf8');
  const pieces = whole.split(removal.text);
  if (pieces.length !== 2)
    throw new Error(`${removal.file}: its text is there ${pieces.length - 1} times: ${removal.text}`);
  const shared = readFileSync(join(copy, SETUP), 'utf8');
  const own = `${copy}-migrated`;
  if (removal.file.startsWith('migrations/')) useServer(copy, own);
  writeFileSync(path, pieces.join(removal.replacement));
  const seen = run(copy, [removal]);
  writeFileSync(path, whole);
  writeFileSync(join(copy, SETUP), shared);
  await removed(own);
  return seen !== null && seen.failed.length > 0;
}

async function removed(folder: string): Promise<void> {
  await stopServer(folder).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
}

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('--'));
const chosen = REMOVALS.filter(
  ({ control, test, what }) =>
    wanted.length === 0 ||
    wanted.some((one) => one === String(control) || test.includes(one) || what === one),
);
const copy = copied();
const server = `${copy}-server`;
try {
  useServer(copy, server);
  const untouched = run(copy, chosen);
  if (untouched === null) throw new Error('with every control in its place some file of tests does not load');
  const kept: Removal[] = [];
  for (const removal of chosen) {
    const says = !isGreen(removal, untouched)
      ? 'NO TEST, or one that fails anyway'
      : (await tried(copy, removal))
        ? 'fails'
        : 'PASSES ALL THE SAME';
    if (says !== 'fails') kept.push(removal);
    console.log(`${says}: ${controlsLine(removal)}`);
  }
  if (kept.length > 0) process.exitCode = 1;
  if (args.includes('--write')) {
    const held = readFileSync(PAGE, 'utf8').split('\n');
    const seen = (removal: Removal): boolean =>
      chosen.includes(removal) ? !kept.includes(removal) : held.includes(controlsLine(removal));
    writeFileSync(PAGE, controlsPage(REMOVALS.filter(seen)));
  }
} finally {
  await removed(server);
  rmSync(copy, { recursive: true, force: true });
}
