/** Small provinces for tests: generated once into a folder of their own, loaded supply after supply. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../src/platform/db/pool.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { generateProvince, type ProvinceOptions } from '../../tools/generator/province.ts';

export interface TestProvince {
  readonly folder: string;
  /** Names of the archives: by number, then by comune, so that each comune's come in order. */
  readonly archives: readonly string[];
  drop(): Promise<void>;
}

export async function testProvince(options: Omit<ProvinceOptions, 'out'>): Promise<TestProvince> {
  const folder = await mkdtemp(join(tmpdir(), 'sipop-province-'));
  await generateProvince({ ...options, out: folder }, () => {});
  const serial = (name: string): string => `${name.slice(13, 19)}${name}`;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.zip'));
  return {
    folder,
    archives: names.sort((a, b) => (serial(a) < serial(b) ? -1 : 1)),
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A file of the folder as rows of cells, without its header. */
export async function csvRows(folder: string, name: string): Promise<string[][]> {
  const text = await readFile(join(folder, name), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(';'));
}

/** What an archive came to. */
export interface LoadedArchive {
  readonly file: string;
  readonly esito: string;
}

/** Loads archives of a province in the order given. @throws where one could not be read or written at all */
export async function loadProvince(
  db: Database,
  province: TestProvince,
  archives: readonly string[],
): Promise<LoadedArchive[]> {
  const results = await loadSupplies(
    db,
    archives.map((name) => join(province.folder, name)),
    {
      workFolder: join(province.folder, 'work'),
      now: () => new Date('2035-01-15T09:00:00Z'),
      reference: loadReference(),
    },
  );
  return results.map((result) => {
    if ('error' in result) throw result.error;
    return { file: result.file, esito: result.receipt.esito };
  });
}

/** A finding as the list of defects has it: `comune progressivo file riga id_soggetto codice`. */
export async function findingsOf(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ text: string }>(
    `select concat_ws(' ', s.comune, s.progressivo, f.file, f.riga, f.id_soggetto, f.codice) as text
       from findings f join supplies s using (supply_id)`,
  );
  return rows.map(({ text }) => text).sort();
}
