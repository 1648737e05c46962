/**
 * "A population written as SIPOP ZIP, as subentro XML and as a mapped file gives the same current state, table by table" (issue 4,
 * tracciato.md 5): one population of one comune through the three doors. It is cut down to what each of them can say: residents and the
 * present (the XML), one household a row of a person (the mapped files), no history of dwellings.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { LIMITS, unpackArchive } from '../../src/services/intake/archive/archive.ts';
import type { Delivery } from '../../src/services/intake/delivery.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { findPackage } from '../../src/services/intake/mapped/packages.ts';
import { archiveOf, type CsvRegister, readRegister } from '../support/csv-register.ts';
import { testDatabase } from '../support/database.ts';
import { type TestProvince, testProvince } from '../support/generated-province.ts';
import { flattened, PACKAGE_FILES, writePackage } from '../support/mapped-files.ts';
import { presentRegister } from '../support/present-register.ts';
import { differences, dumpRegister, type RegisterDump } from '../support/register-dump.ts';
import { subentroXml } from '../support/subentro-xml.ts';
import { whatXmlSays } from '../support/what-xml-says.ts';

const COMUNE = '036023';
const SITUATION = '2024-12-31';
/** Of the files themselves, and of which of their lines says what. */
const OF_THE_FILES = [
  'sha256',
  'file_name',
  'door',
  'manifest',
  'generata',
  'software_nome',
  'software_versione',
  'source_row',
  'bytes',
  'lette',
  'applicate',
];
const reference = loadReference();

let folder: string;
let province: TestProvince;
let register: CsvRegister;
let zip: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sipop-doors-'));
  province = await testProvince({ seed: 11, persons: 9000, months: 0, defects: 0 });
  const whole = join(province.folder, province.archives.find((name) => name.includes(COMUNE))!);
  mkdirSync(join(folder, 'unpacked'));
  const said = join(folder, `SIPOP_${COMUNE}_000001_COMPLETA.zip`);
  writeFileSync(
    said,
    await whatXmlSays(whole, join(folder, 'unpacked'), { comune: COMUNE, situazione_al: SITUATION }),
  );
  register = flattened(await readRegister(said));
  zip = said;
  // Those who are not among the residents are in no file: they are named by codice fiscale alone.
  const persons = register.get('soggetti.csv')!.rows;
  const there = new Set(persons.map((row) => row.id_soggetto));
  for (const row of persons)
    for (const column of ['id_padre', 'id_madre', 'id_coniuge'])
      if (!there.has(row[column])) row[column] = '';
  // Numbers as short as the lines of 2002 have room for.
  for (const { rows } of register.values())
    for (const row of rows)
      for (const [column, cell] of Object.entries(row)) row[column] = cell.replace(`${COMUNE}-`, 'M');
  zip = said;
  const written = new Map([...register].filter(([, { rows }]) => rows.length > 0));
  writeFileSync(zip, archiveOf(written, COMUNE, 1, SITUATION));
}, 19000);
afterAll(async () => {
  await province.drop();
  rmSync(folder, { recursive: true });
});

/** Every table after the load, in a database of its own; what was kept of the files is theirs. */
async function loaded(supply: string | Delivery): Promise<RegisterDump> {
  const test = await testDatabase({ reused: true });
  try {
    const [result] = await loadSupplies(test.db, [supply], {
      workFolder: join(folder, 'work'),
      now: () => new Date('2025-02-10T08:00:00Z'),
      reference,
      threads: 1,
    });
    if (result === undefined || 'error' in result) throw result?.error ?? new Error('no result');
    const { rows } = await test.db.query('select codice, file, riga, messaggio from findings limit 3');
    expect({ esito: result.receipt.esito, rows }).toEqual({ esito: 'ACCETTATA', rows: [] });
    return new Map(
      [...(await dumpRegister(test.db, OF_THE_FILES))].filter(([table]) => table !== 'supply_contents'),
    );
  } finally {
    await test.drop();
  }
}

const declared = { tipo: 'COMPLETA', comune: COMUNE, progressivo: 1, situazioneAl: day(SITUATION) } as const;

async function asXml(): Promise<Delivery> {
  const { files } = await unpackArchive(zip, mkdtempSync(join(folder, 'xml-')), LIMITS);
  const tables = new Map([...files.values()].map(({ name, path }) => [name, readFileSync(path)]));
  const path = join(folder, `SUBENTRO_${COMUNE}.xml`);
  writeFileSync(path, subentroXml(presentRegister(tables), { comune: COMUNE }));
  return { paths: [path], door: 'ANPR', declared };
}

describe('one population written as SIPOP ZIP, as subentro XML and as a mapped file', () => {
  it('gives the same current state by each of the three doors, table by table', async () => {
    const first = await loaded(zip);
    expect(first.get('identities')!.length).toBeGreaterThan(100);
    expect(first.get('memberships')!.length).toBeGreaterThan(100);
    expect(first.get('dwellings')!.length).toBeGreaterThan(100);
    expect(register.get('convivenze.csv')!.rows.length).toBeGreaterThan(0);
    expect([differences(first, await loaded(await asXml()))]).toEqual([[]]);
    for (const pack of Object.keys(PACKAGE_FILES)) {
      const paths = [findPackage(pack)!, ...writePackage(pack, register, folder)];
      const mapped = await loaded({ paths, door: 'MAPPATA', declared });
      expect([pack, differences(first, mapped)]).toEqual([pack, []]);
    }
  });
});
