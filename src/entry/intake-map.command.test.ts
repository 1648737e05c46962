/** `intake map` and `--mappa` from the command line: what a clerk or a software house types, and the exit status for scripts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const scratch = mkdtempSync(join(tmpdir(), 'sipop-map-cli-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const SAMPLES = resolve('test/golden/mapped');
const PERSONS = join(SAMPLES, 'package-csv-moderno/persone.csv');
const DATA = join(scratch, 'data');

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve('src/entry/cli.ts'), 'intake', ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, SIPOP_DATA: DATA, DATABASE_URL: '' },
    },
  );
  return { status, stdout, stderr };
}

describe('intake map --check', () => {
  it('shows rows before and after, and what would be found, by the name of a mapping of the program', () => {
    const { status, stdout } = run('map', '--check', 'csv-moderno', PERSONS);
    expect(status).toBe(3);
    expect(stdout).toContain('prima / before: persone.csv, riga 2');
    expect(stdout).toContain('dopo / after: persone.csv, riga 2');
    expect(stdout).toMatch(/^W EA048 {2}1$/m);
  });

  it('tells the errors of a mapping with their line, and exits 5', () => {
    const { status, stdout } = run(
      'map',
      '--check',
      join(SAMPLES, 'yaml-unknown-key/mappatura.yaml'),
      join(SAMPLES, '_base/persone.csv'),
    );
    expect(status).toBe(5);
    expect(stdout).toMatch(
      /^ *27 +5 +tabelle\.famiglie\.una_pe +«una_pe» non si conosce qui: forse una_per/m,
    );
  });

  it('knows which mapping was meant', () => {
    const { status, stderr } = run('map', '--check', 'csv-modern', PERSONS);
    expect(status).toBe(2);
    expect(stderr).toContain('forse csv-moderno');
  });
});

it('intake map --suggest writes a mapping that intake check takes', () => {
  const mapping = join(scratch, 'mia.yaml');
  expect(run('map', '--suggest', PERSONS, '--out', mapping).status).toBe(0);
  expect(readFileSync(mapping, 'utf8')).toContain('id_soggetto: Codice persona');
  const said = ['--comune', 'Riolunato', '--situazione-al', '2024-12-31'];
  const { status, stdout } = run('check', '--json', '--mappa', mapping, ...said, PERSONS);
  expect(status).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ file: 'MAPPATA_036035_000001.zip', scartate: {} });
});

it('none of them opens a database', () => {
  expect(existsSync(DATA)).toBe(false);
});
