/** A population that comes by the mapped door gives the same register as by the first, table by table (tracciato.md 5). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveOf, type CsvRegister, readRegister } from '../../../../test/support/csv-register.ts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database.ts';
import { type TestProvince, testProvince } from '../../../../test/support/generated-province.ts';
import { flattened, PACKAGE_FILES, writePackage } from '../../../../test/support/mapped-files.ts';
import { dumpRegister, type RegisterDump } from '../../../../test/support/register-dump.ts';
import { replayOf, unequal } from '../../../../test/support/replay.ts';
import { day } from '../../../kernel/day.ts';
import { loadReference } from '../../../reference/load-reference.ts';
import type { Delivery } from '../delivery.ts';
import { type IntakeResult, loadSupplies } from '../intake.service.ts';
import { findPackage } from './packages.ts';

const COMUNE = '036042';
const SITUATION = '2024-12-31';
/** Of the files themselves, not of what they say. */
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

let scratch: string;
let province: TestProvince;
let register: CsvRegister;
let first: RegisterDump;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sipop-mapped-'));
  province = await testProvince({ seed: 11, persons: 20_000, months: 0, defects: 0 });
  const archive = province.archives.find((name) => name.includes(COMUNE))!;
  register = flattened(await readRegister(join(province.folder, archive)));
  const path = join(scratch, `SIPOP_${COMUNE}_000001_COMPLETA.zip`);
  writeFileSync(path, archiveOf(register, COMUNE, 1, SITUATION));
  first = await loaded(path);
});
afterAll(async () => {
  await province.drop();
  rmSync(scratch, { recursive: true });
});

async function load(test: TestDatabase, supply: string | Delivery): Promise<IntakeResult> {
  const [result] = await loadSupplies(test.db, [supply], {
    workFolder: join(scratch, 'work'),
    now: () => new Date('2025-02-10T08:00:00Z'),
    reference: loadReference(),
    threads: 1,
  });
  return result!;
}

async function loaded(supply: string | Delivery): Promise<RegisterDump> {
  const test = await testDatabase({ reused: true });
  try {
    const result = await load(test, supply);
    if ('error' in result) throw result.error;
    const { rows } = await test.db.query<{ codice: string; file: string; riga: number; messaggio: string }>(
      'select codice, file, riga, messaggio from findings order by n limit 3',
    );
    expect({ esito: result.receipt.esito, rows }).toEqual({ esito: 'ACCETTATA', rows: [] });
    return await dumpRegister(test.db, OF_THE_FILES);
  } finally {
    await test.drop();
  }
}

const delivery = (pack: string, files: readonly string[]): Delivery => ({
  paths: [findPackage(pack)!, ...files],
  door: 'MAPPATA',
  declared: { tipo: 'COMPLETA', comune: COMUNE, progressivo: 1, situazioneAl: day(SITUATION) },
});

describe('the same population', () => {
  it('is many persons, families and a convivenza', () => {
    expect(register.get('soggetti.csv')!.rows.length).toBeGreaterThan(100);
    expect(register.get('famiglie.csv')!.rows.length).toBeGreaterThan(30);
  });

  it.each(Object.keys(PACKAGE_FILES))('by %s gives every table row by row', async (pack) => {
    const mapped = await loaded(delivery(pack, writePackage(pack, register, scratch)));
    expect([...mapped.keys()]).toEqual([...first.keys()]);
    for (const [table, rows] of first) expect([table, mapped.get(table)]).toEqual([table, rows]);
  });
});

describe('what came by the mapped door', () => {
  it('is rebuilt from what was kept: the files as they came, and the mapping', async () => {
    const test = await testDatabase();
    try {
      await load(test, delivery('posizionale-2002', writePackage('posizionale-2002', register, scratch)));
      const report = await replayOf(test, loadReference());
      expect(unequal(report)).toEqual([]);
      expect(report).toMatchObject({ equal: true, supplies: 1, refusals: 0 });
    } finally {
      await test.drop();
    }
  });

  it('sent again with the same bytes gets its first receipt; with others it is refused (SIP-005)', async () => {
    const test = await testDatabase({ reused: true });
    try {
      const files = writePackage('csv-moderno', register, scratch);
      const once = await load(test, delivery('csv-moderno', files));
      const twice = await load(test, delivery('csv-moderno', writePackage('csv-moderno', register, scratch)));
      expect(twice).toMatchObject({
        receipt: { repeated: true, ricevuta: 'receipt' in once ? once.receipt.ricevuta : '' },
      });
      writeFileSync(files[0]!, `${readFileSync(files[0]!, 'utf8')}\r\n`);
      expect(await load(test, delivery('csv-moderno', files))).toMatchObject({
        receipt: { esito: 'RIFIUTATA' },
      });
      const { rows } = await test.db.query<{ codice: string }>('select codice from findings');
      expect(rows).toEqual([{ codice: 'SIP-005' }]);
    } finally {
      await test.drop();
    }
  });
});
