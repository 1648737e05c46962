/** Whatever bytes come as a mapping, a text or a workbook, the answer is a finding, soon, and never an error (security.md, "Input"). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type SheetCell, writeXlsx } from '../../../../test/support/xlsx-writer.ts';
import { writeZip } from '../../../../test/support/zip-writer.ts';
import { day } from '../../../kernel/day.ts';
import { loadReference } from '../../../reference/load-reference.ts';
import { mapTables, textSource } from './map-tables.ts';
import { findPackage } from './packages.ts';
import { readMapping } from './read-mapping.ts';
import { type Mapping, SOURCE } from './schema.ts';
import type { SourceFault } from './source-fault.ts';
import { openWorkbook } from './workbook-rows.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sipop-hostile-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const BASE = readFileSync('test/golden/mapped/_base/mappatura.yaml', 'utf8');
const reference = loadReference();

describe('a mapping', () => {
  it.each([
    ['brackets without end', '['.repeat(200_000)],
    ['braces without end', '{a: '.repeat(50_000)],
    ['blocks within blocks', Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    [
      'conditions within conditions',
      BASE.replace(
        'una_per: FAM',
        `una_per: FAM\n    quando: ${'{ non: '.repeat(200)}{ campo: FAM, vuoto: no }${' }'.repeat(200)}`,
      ),
    ],
    ['a tag that would run something', BASE.replace('ID\n', '!!js/function ID\n')],
    ['more than a mapping is long', ' '.repeat(600 * 1024)],
    ['no text', '\0\0'],
  ])('of %s is refused with a line', (_what, text) => {
    const { mapping, problems } = readMapping(Buffer.from(text));
    expect(mapping).toBeNull();
    expect(problems[0]!.line).toBeGreaterThan(0);
  });

  it('with thirty thousand codes is read as soon as one with ten', () => {
    const codes = Array.from({ length: 30_000 }, (_, i) => `"k${i}": M,`).join(' ');
    const started = performance.now();
    expect(readMapping(Buffer.from(BASE.replace('"1": M,', codes))).problems).toEqual([]);
    // The library's own look for keys that stand twice takes a minute and a half.
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('may call a translation what every object has', () => {
    const text = BASE.replace('codici:\n', 'codici:\n  __proto__: { valori: { a: b } }\n').replace(
      'codici: sesso }',
      'codici: constructor }',
    );
    const { problems } = readMapping(Buffer.from(text));
    expect(problems.map(({ what }) => what[0])).toEqual([
      expect.stringContaining('la traduzione «constructor» non c’è'),
    ]);
  });
});

const packageOf = (name: string): Mapping => readMapping(readFileSync(findPackage(name)!)).mapping!;

describe('random changes of sound files', () => {
  it.each([
    ['csv-moderno', 'persone', 'persone.csv'],
    ['posizionale-2002', 'anagrafe', 'anagrafe.dat'],
  ])('of %s come out as tables or as faults with their line', (pack, source, file) => {
    const sound = readFileSync(join('test/golden/mapped', `package-${pack}`, file));
    const mapping = packageOf(pack);
    const path = join(scratch, file);
    const spec = mapping.sorgenti[source]!;
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 12 });
    const change = fc.tuple(fc.nat(sound.length), fc.nat(40), bytes);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let changed = sound;
        for (const [at, gone, put] of changes)
          changed = Buffer.concat([changed.subarray(0, at), put, changed.subarray(at + gone)]);
        writeFileSync(path, changed);
        const folder = mkdtempSync(join(scratch, 'tables-'));
        const { faults } = mapTables({
          mapping,
          sources: new Map([[source, textSource(file, path, spec)]]),
          situazioneAl: day('2024-12-31'),
          reference,
          folder,
        });
        for (const fault of faults)
          expect(fault.codice === 'SIP-010' || (fault.line !== null && fault.line > 0)).toBe(true);
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 150 },
    );
  });
});

async function opened(
  bytes: Buffer,
  more: Record<string, string> = {},
): Promise<{ fault: SourceFault | null; rows: string[][] }> {
  const folder = mkdtempSync(join(scratch, 'book-'));
  const path = join(folder, 'foglio.xlsx');
  writeFileSync(path, bytes);
  const rows: string[][] = [];
  const read = await openWorkbook(path, folder, SOURCE.parse({ formato: 'xlsx', ...more }));
  const fault = read({
    header: () => null,
    row: (fields) => {
      rows.push([...fields]);
      return true;
    },
  });
  return { fault, rows };
}

const cells = (...texts: string[]): SheetCell[] => texts.map((text) => ({ text }));

describe('a workbook', () => {
  const sound = writeXlsx('Foglio', [
    cells('A', 'B', 'C'),
    [{ text: 'x' }, { day: '2024-12-31' }, { number: '44.482046000000002' }],
    cells('', '', ''),
  ]);

  it('gives texts, days and numbers as they are meant, and no empty rows', async () => {
    expect(await opened(sound)).toEqual({ fault: null, rows: [['x', '2024-12-31', '44.482046']] });
  });

  it.each([
    ['cut short', sound.subarray(0, sound.length - 200), 'non è un foglio .xlsx intero'],
    ['a text', Buffer.from('A;B;C\n1;2;3\n'), 'non è un foglio di calcolo .xlsx'],
    ['nothing', Buffer.alloc(0), 'non è un foglio di calcolo .xlsx'],
    ['of the old kind', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'vecchio foglio .xls'],
    [
      'a ZIP of something else',
      writeZip([{ name: 'a.txt', data: Buffer.from('a') }]),
      'manca xl/workbook.xml',
    ],
  ])('that is %s is refused (SIP-001)', async (_what, bytes, why) => {
    const { fault } = await opened(bytes);
    expect(fault).toMatchObject({ codice: 'SIP-001' });
    expect(fault!.perche[0]).toContain(why);
  });

  it('without the sheet that the mapping names says which there are (SIP-001)', async () => {
    const { fault } = await opened(sound, { foglio: 'Residenti' });
    expect(fault!.perche[0]).toBe('non ha il foglio «Residenti» (ci sono: Foglio)');
  });

  it('wider than its header is refused with its row (SIP-012)', async () => {
    const { fault } = await opened(writeXlsx('Foglio', [cells('A'), cells('1', '2')]));
    expect(fault).toMatchObject({ codice: 'SIP-012', line: 2 });
  });

  const part = (name: string, data: string | Buffer) => ({ name, data: Buffer.from(data) });
  const book = (...more: { name: string; data: Buffer }[]): Buffer =>
    writeZip([
      part(
        'xl/workbook.xml',
        '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="F" r:id="r1"/></sheets></workbook>',
      ),
      part(
        'xl/_rels/workbook.xml.rels',
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      ...more,
    ]);

  it.each([
    [
      'a bomb of zeros',
      book(part('xl/worksheets/sheet1.xml', Buffer.alloc(30 * 1024 ** 2))),
      'compresso più di',
    ],
    [
      'entities of its own',
      book(part('xl/worksheets/sheet1.xml', '<!DOCTYPE a [<!ENTITY x "y">]><worksheet>&x;</worksheet>')),
      'DOCTYPE',
    ],
    [
      'a sheet that is no XML',
      book(part('xl/worksheets/sheet1.xml', '<worksheet><row>')),
      'non è XML ben formato',
    ],
    ['a sheet elsewhere', book(part('xl/other.xml', '<worksheet/>')), 'non c’è'],
    [
      'a text without end',
      book(
        part(
          'xl/worksheets/sheet1.xml',
          `<worksheet><row><c t="str"><v>${'ab'.repeat(100_000)}</v></c></row></worksheet>`,
        ),
      ),
      'di oltre 16384 caratteri',
    ],
  ])('with %s is refused (SIP-001)', async (_what, bytes, why) => {
    const { fault } = await opened(bytes);
    expect(fault).toMatchObject({ codice: 'SIP-001' });
    expect(fault!.perche[0]).toContain(why);
  });

  it('whose cells lie beyond every column is refused (SIP-012)', async () => {
    const { fault } = await opened(
      book(
        part(
          'xl/worksheets/sheet1.xml',
          '<worksheet><row r="1"><c r="ZZZZ1" t="str"><v>a</v></c></row></worksheet>',
        ),
      ),
    );
    expect(fault).toMatchObject({ codice: 'SIP-012' });
  });
});
