/** `sipop reference import`: what it says and does with good files, and with every kind of broken one. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../kernel/app-error.ts';
import { day, parsePartialDate } from '../kernel/day.ts';
import { importReference } from './import-reference.ts';
import { loadReference } from './load-reference.ts';
import {
  BOUNDARIES_FILE,
  COMUNI_FILE,
  POSTCODES_FILE,
  STATES_FILE,
  TABLES_FOLDER,
} from './official-files.ts';

const OFFICIAL = '../shared/reference';
const present = existsSync(OFFICIAL);
if (!present) console.log(`skipped: ${OFFICIAL} is not here`);

let scratch = '';
let folder = '';
let dataFolder = '';
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sipop-reference-'));
  folder = join(scratch, 'official');
  dataFolder = join(scratch, 'data');
  mkdirSync(join(folder, TABLES_FOLDER), { recursive: true });
});
afterEach(() => rmSync(scratch, { recursive: true }));

const NOW = new Date('2026-03-01T10:00:00Z');
const LATER = new Date('2026-04-01T10:00:00Z');
const run = (now = NOW) => importReference(folder, dataFolder, now);
const put = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);

const COMUNI_HEAD =
  'ID,DATAISTITUZIONE,DATACESSAZIONE,CODISTAT,CODCATASTALE,DENOMINAZIONE_IT,ALTRADENOMINAZIONE,SIGLAPROVINCIA,DATAULTIMOAGG';
const MODENA = '1,1861-03-17,9999-12-31,036023,F257,MODENA,,MO,2016-06-17';
const comuni = (...rows: string[]): void => put(COMUNI_FILE, [COMUNI_HEAD, ...rows, ''].join('\n'));

const STATES_HEAD =
  'DENOMINAZIONE,DENOMINAZIONEISTAT,CODISO3166_1_ALPHA3,CODAT,CODISTAT,CITTADINANZA,NASCITA,RESIDENZA,DATAULTIMOAGG';
const states = (...rows: string[]): void => put(STATES_FILE, [STATES_HEAD, ...rows, ''].join('\n'));
const ALBANIA = 'ALBANIA,Albania,ALB,Z100,201,S,S,S,01/02/2018';

const table = (text: string): void => put(join(TABLES_FOLDER, 'tab_stato_civile.tsv'), text);
const T1 = '# Tabella 01 - Stato civile\nID\tDENOMINAZIONE\n1\tCelibe/Nubile\n2\tConiugato/a\n';

const boundaries = (istat: string, at: number): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { com_istat_code: istat },
        geometry: { type: 'Point', coordinates: [at, at] },
      },
    ],
  });

describe('what changed', () => {
  it('is told file by file with examples; a second run says that nothing did', () => {
    comuni(MODENA);
    run();
    comuni(
      MODENA.replace('9999-12-31', '2026-01-31'),
      '2,2026-02-01,9999-12-31,036048,M999,NUOVA MODENA,,MO,2026-02-01',
    );
    const report = run(LATER);
    expect(report.changed).toBe(true);
    expect(report.files).toMatchObject([
      {
        file: COMUNI_FILE,
        rows: 2,
        sourceDate: '2026-02-01',
        added: 1,
        removed: 0,
        changed: 1,
        examples: {
          added: ['036048 M999 NUOVA MODENA MO dal 2026-02-01'],
          changed: [
            {
              before: '036023 F257 Modena MO dal 1861-03-17',
              after: '036023 F257 Modena MO dal 1861-03-17 al 2026-02-01',
            },
          ],
        },
      },
    ]);
    const again = run(new Date('2026-05-01T10:00:00Z'));
    expect(again.changed).toBe(false);
    expect(again.importedAt).toBe(LATER.toISOString());
    expect(again.files).toMatchObject([{ added: 0, removed: 0, changed: 0 }]);
    comuni(MODENA);
    expect(run().files).toMatchObject([
      { removed: 1, changed: 1, examples: { removed: ['036048 M999 NUOVA MODENA MO dal 2026-02-01'] } },
    ]);
  });
  it('is used by whoever loads the reference after it, list by list', () => {
    const before = loadReference({ dataFolder });
    expect(before.imported).toBeNull();
    expect(before.isState('235')).toBe(true);
    comuni(MODENA, '2,1861-03-17,1928-12-31,006842,C999,SPARITA,,AL,2016-06-17');
    states(ALBANIA);
    table(`${T1}3\tVedovo/a - DATAFINEVALIDITA: 2020-06-30\n`);
    put(POSTCODES_FILE, 'codice_istat,cap\n036023,"41121, 41122"\n');
    put(BOUNDARIES_FILE, boundaries('036023', 1));
    run();
    const after = loadReference({ dataFolder });
    const on = parsePartialDate('1920')!;
    expect([before.judgeComune('006842', on), after.judgeComune('006842', on)]).toEqual(['unknown', 'valid']);
    expect(after.isState('235')).toBe(false);
    expect(after.isCode('T1', '4')).toBe(false);
    expect(after.codeValidOn('T1', '3', day('2020-06-30'))).toBe(true);
    expect(after.codeValidOn('T1', '3', day('2020-07-01'))).toBe(false);
    expect(after.isCode('T5', '1')).toBe(true);
    expect(after.postcodesOf('036023')).toEqual(['41121', '41122']);
    expect(after.postcodesOf('036001')).toEqual(before.postcodesOf('036001'));
    expect(existsSync(after.boundariesFile!)).toBe(true);
    expect(after.imported).toMatchObject({ importedAt: NOW.toISOString() });
  });
  it('leaves what a folder does not speak of as it was', () => {
    states(ALBANIA);
    run();
    rmSync(join(folder, STATES_FILE));
    table(T1);
    const report = run(LATER);
    expect(report.missing).toEqual([COMUNI_FILE, STATES_FILE, POSTCODES_FILE, BOUNDARIES_FILE]);
    const after = loadReference({ dataFolder });
    expect(after.listStates().filter(({ validTo }) => validTo === null)).toHaveLength(1);
    expect(after.listCodes('T1')).toHaveLength(2);
    expect(after.imported!.sources.map(({ file }) => file)).toEqual([
      STATES_FILE,
      `${TABLES_FOLDER}/tab_stato_civile.tsv`,
    ]);
  });
  it('keeps one file of boundaries, the last', () => {
    put(BOUNDARIES_FILE, boundaries('036023', 1));
    run();
    put(BOUNDARIES_FILE, boundaries('036023', 2));
    expect(run().files).toMatchObject([{ file: BOUNDARIES_FILE, added: 0, changed: 1 }]);
    expect(readdirSync(join(dataFolder, 'reference')).toSorted()).toEqual([
      expect.stringMatching(/^comuni-[0-9a-f]{12}\.geojson$/),
      'reference.json',
    ]);
  });
  it('a code that the tracciato gives a meaning of its own keeps it (T7 3: any other comune)', () => {
    put(
      join(TABLES_FOLDER, 'tab_motivi.tsv'),
      '# Tabella 07 - Motivi\nID\tDENOMINAZIONE\n3\tImmigrazione (da comune non subentrato)\n4\tImmigrazione  dall’estero\n',
    );
    run();
    const after = loadReference({ dataFolder });
    expect(after.describeCode('T7', '3')).toBe('Immigrazione da altro comune');
    expect(after.describeCode('T7', '4')).toBe('Immigrazione dall’estero');
  });
});

describe('a broken file is refused with its name and line, and nothing is imported', () => {
  const broken: readonly (readonly [string, () => void, RegExp])[] = [
    [
      'not UTF-8',
      () => put(COMUNI_FILE, Buffer.from(`${COMUNI_HEAD}\n${MODENA}\n2,FORL\xcc`, 'latin1')),
      /:3: .*UTF-8/,
    ],
    [
      'a column missing',
      () => put(COMUNI_FILE, 'ID,CODISTAT\n1,036023\n'),
      /ANPR_archivio_comuni\.csv:1: .*DATAISTITUZIONE/,
    ],
    ['a row too short', () => comuni(MODENA, '2,1861-03-17,9999-12-31'), /:3: 3 valori invece di 9/],
    [
      'a day that does not exist',
      () => comuni(MODENA.replace('1861-03-17', '1861-02-30')),
      /:2: DATAISTITUZIONE/,
    ],
    [
      'an end before the start',
      () => comuni(MODENA.replace('9999-12-31', '1860-01-01')),
      /:2: finisce prima/,
    ],
    ['a code that is none', () => comuni(MODENA, MODENA.replace('036023', '36023')), /:3: codice o nome/],
    ['a name that is missing', () => comuni(MODENA.replace(',MODENA,', ',,')), /:2: codice o nome/],
    ['quotes never closed', () => comuni(MODENA, '2,"1861-03-17,9999'), /:3: virgolette/],
    ['no rows', () => comuni(), /non contiene righe/],
    ['a state repeated', () => states(ALBANIA, ALBANIA), /ANPR_stati_esteri\.csv:3: codice 201 ripetuto/],
    ['a state without a code', () => states(ALBANIA.replace(',201,', ',,')), /:2: codice non valido/],
    [
      'a code without a description',
      () => table(`${T1}9\t\n`),
      /tab_stato_civile\.tsv:5: codice o descrizione/,
    ],
    [
      'a table without rows',
      () => table('# Tabella 01 - Stato civile\nID\tDENOMINAZIONE\n'),
      /non contiene righe/,
    ],
    [
      'a postcode that is none',
      () => put(POSTCODES_FILE, 'codice_istat,cap\n036023,4112\n'),
      /:2: codice ISTAT o CAP/,
    ],
    [
      'JSON cut short',
      () => put(BOUNDARIES_FILE, '{"features":\n[{"properties":'),
      /comuni_modena\.geojson.*JSON/,
    ],
    [
      'a boundary of nobody',
      () => put(BOUNDARIES_FILE, boundaries('36023', 1)),
      /l'elemento 1 è senza com_istat_code/,
    ],
  ];
  it.each(broken)('%s', (_what, breakIt, message) => {
    // A sound file beside it, which must not be taken either.
    const sound = join(folder, TABLES_FOLDER, 'tab_parentela.tsv');
    writeFileSync(sound, '# Tabella 05 - Parentela\nID\tDENOMINAZIONE\n1\tIntestatario\n');
    breakIt();
    const error = (() => {
      try {
        run();
      } catch (thrown) {
        return thrown;
      }
      return null;
    })();
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('usage');
    expect((error as AppError).italian).toMatch(message);
    expect(loadReference({ dataFolder }).imported).toBeNull();
    expect(existsSync(join(dataFolder, 'reference'))).toBe(false);
  });
  it('what was imported before goes on', () => {
    states(ALBANIA);
    run();
    states(ALBANIA, ALBANIA);
    put(BOUNDARIES_FILE, boundaries('036023', 1));
    expect(() => run(LATER)).toThrow(AppError);
    expect(loadReference({ dataFolder }).imported).toMatchObject({ importedAt: NOW.toISOString() });
    expect(readdirSync(join(dataFolder, 'reference'))).toEqual(['reference.json']);
  });
  it.each([
    ['is not there', () => rmSync(folder, { recursive: true })],
    ['holds other files', () => put('altro.csv', 'a,b\n')],
  ])('a folder that %s', (_what, make) => {
    make();
    expect(() => run()).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
  it('a file in place of the folder', () => {
    put('altro.csv', 'a,b\n');
    expect(() => importReference(join(folder, 'altro.csv'), dataFolder, NOW)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });
  it('what cannot be read of an import says how to mend it', () => {
    states(ALBANIA);
    run();
    writeFileSync(join(dataFolder, 'reference', 'reference.json'), '{"format":"another"}');
    expect(() => loadReference({ dataFolder })).toThrow(/reference import/);
  });
});

describe.skipIf(!present)('the official files (../shared/reference)', () => {
  it('are all read: 47 boundaries, 238 states, 11 tables; then nothing changes', () => {
    cpSync(OFFICIAL, folder, { recursive: true });
    const report = run();
    expect(report.missing).toEqual([]);
    const rows = Object.fromEntries(report.files.map((f) => [f.file, f.rows]));
    expect(rows).toMatchObject({ [STATES_FILE]: 238, [POSTCODES_FILE]: 47, [BOUNDARIES_FILE]: 47 });
    expect(rows[COMUNI_FILE]).toBeGreaterThan(16_000);
    expect(report.files.filter(({ file }) => file.startsWith(TABLES_FOLDER))).toHaveLength(11);
    const again = run(LATER);
    expect(again.changed).toBe(false);
    expect(again.files.every(({ added, removed, changed }) => added + removed + changed === 0)).toBe(true);
  });
  it('hold no code that the embedded tables and states do not, and the other way round', () => {
    cpSync(OFFICIAL, folder, { recursive: true });
    const lists = run().files.filter(({ file }) => file === STATES_FILE || file.startsWith(TABLES_FOLDER));
    for (const { file, added, removed } of lists) expect([file, added, removed]).toEqual([file, 0, 0]);
  });
});
