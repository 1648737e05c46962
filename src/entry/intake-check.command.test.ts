/** `intake check` says by its exit status what was found, for scripts, and needs no database. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { goldenSupply } from '../../test/support/golden-case.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sipop-check-cli-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const DATA = join(scratch, 'data');

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve('src/entry/cli.ts'), 'intake', 'check', ...args],
    { encoding: 'utf8', env: { ...process.env, SIPOP_DATA: DATA, DATABASE_URL: '' } },
  );
  return { status, stdout, stderr };
}

function written(name: string): string {
  const supply = goldenSupply(join('test/golden/intake', name), 'test/golden/intake/_base');
  const path = join(mkdtempSync(join(scratch, 'supply-')), supply.fileName);
  writeFileSync(path, supply.archive);
  return path;
}

describe('the exit status', () => {
  it.each([
    [0, 'accepted-base'],
    [3, 'SIP-121'],
    [4, 'SIP-102-list'],
    [5, 'SIP-010-missing'],
  ])('is %d for %s', (status, name) => {
    expect(run('--json', written(name)).status).toBe(status);
  });

  it('is that of the worst of several files, each with a line of JSON of its own', () => {
    const { status, stdout } = run('--json', written('accepted-base'), written('SIP-102-list'));
    expect(status).toBe(4);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).gravita)).toEqual([null, 'E']);
  });

  it('is 1 for a file that is not there, 2 for a command that is wrong', () => {
    expect(run(join(scratch, 'none.zip')).status).toBe(1);
    expect(run().status).toBe(2);
    expect(run('--esempi', 'tanti', 'x.zip').status).toBe(2);
  });
});

it('tells file, row, field, value and the message in both languages', () => {
  const { stdout } = run(written('SIP-102-list'));
  expect(stdout).toMatch(/^E SIP-102 {2}4, le prime \/ the first 3$/m);
  expect(stdout).toMatch(/soggetti\.csv, riga \d+, \w+ «[^»]*», soggetto /);
  expect(stdout).toContain('il valore non è tra quelli ammessi');
  expect(stdout).toContain('the value is not one of those allowed');
});

it('makes no data folder', () => {
  expect(existsSync(DATA)).toBe(false);
});
