/** Supplies are judged by the reference data that were imported, else by those of the program, in the threads that check them too. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { supplyName, supplyZip } from '../../../test/support/supply-zip.ts';
import { importReference } from '../../reference/import-reference.ts';
import { loadReference } from '../../reference/load-reference.ts';
import { COMUNI_FILE } from '../../reference/official-files.ts';
import { listFindingsOfComune } from '../../registry/supplies/supplies.sql.ts';
import { type IntakeResult, loadSupplies } from './intake.service.ts';

const ARCHIVE = [
  'DATAISTITUZIONE,DATACESSAZIONE,CODISTAT,CODCATASTALE,DENOMINAZIONE_IT,SIGLAPROVINCIA',
  '1861-03-17,9999-12-31,036042,F357,SERRAMAZZONI,MO',
  '1861-03-17,1928-12-31,006842,C999,SPARITA,AL',
  '',
].join('\n');

const SOGGETTI = [
  'id_soggetto;codice_fiscale;cognome;nome;sesso;data_nascita;comune_nascita;stato_civile;cittadinanza;posizione;iscritto_dal;motivo_iscrizione;data_aggiornamento',
  'S1;RSSMRA80A01F257G;ROSSI;MARIO;M;1980-01-01;006842;1;100;RESIDENTE;1980-01-01;1;2024-11-04',
  '',
].join('\n');

let test: TestDatabase;
let scratch: string;
beforeAll(async () => {
  test = await testDatabase();
  scratch = mkdtempSync(join(tmpdir(), 'sipop-imported-'));
});
afterAll(async () => {
  rmSync(scratch, { recursive: true });
  await test.drop();
});

/** Loads one supply with somebody born in 1980 in a comune that ended in 1928. */
async function load(comune: string, dataFolder: string): Promise<{ result: IntakeResult; found: string[] }> {
  const parts = {
    tipo: 'COMPLETA' as const,
    comune,
    progressivo: 1,
    situazione_al: '2024-12-31',
    files: new Map([
      ['soggetti.csv', Buffer.from(SOGGETTI)],
      ['famiglie.csv', Buffer.from('id_famiglia;dal;al\nF1;1980-01-01;\n')],
      ['legami.csv', Buffer.from('id_soggetto;id_famiglia;relazione;dal;al\nS1;F1;1;1980-01-01;\n')],
    ]),
  };
  const archive = join(scratch, supplyName(parts));
  writeFileSync(archive, supplyZip(parts));
  const [result] = await loadSupplies(test.db, [archive], {
    workFolder: join(scratch, 'work'),
    now: () => new Date('2025-02-01T10:00:00Z'),
    reference: loadReference({ dataFolder }),
    threads: 1,
  });
  const findings = await listFindingsOfComune(test.db, comune, { codice: null, closedToo: false, limit: 10 });
  return { result: result!, found: findings.map(({ codice, campo }) => `${codice} ${campo}`) };
}

it('the data of the program cannot tell when that comune ended, and report nothing', async () => {
  const { result, found } = await load('036042', join(scratch, 'nothing imported'));
  expect(result).toMatchObject({ supply: { esito: 'ACCETTATA' } });
  expect(found).toEqual([]);
});

it('an imported archive can (EC007), and holds no comune but its own (SIP-004)', async () => {
  const folder = join(scratch, 'official');
  mkdirSync(folder);
  writeFileSync(
    join(folder, COMUNI_FILE),
    ARCHIVE.replaceAll('036042,F357,SERRAMAZZONI', '036047,M183,ZOCCA'),
  );
  const dataFolder = join(scratch, 'data');
  importReference(folder, dataFolder, new Date());
  const { result, found } = await load('036047', dataFolder);
  expect(result).toMatchObject({ supply: { esito: 'ACCETTATA_CON_SEGNALAZIONI' } });
  expect(found).toEqual(['EC007 comune_nascita']);
  expect((await load('036001', dataFolder)).result).toMatchObject({ supply: { esito: 'RIFIUTATA' } });
});
