import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { FileSpec } from '../rows/file-specs.ts';
import { readTable, type TableRead } from './csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'sipop-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'table.csv');

const SPEC: FileSpec = {
  name: 'table.csv',
  columns: [
    { name: 'a', mandatory: true },
    { name: 'b', mandatory: true },
    { name: 'c', mandatory: false },
  ],
};

function read(content: string | Uint8Array): TableRead & { cells: string[][]; raws: string[] } {
  writeFileSync(path, content);
  const cells: string[][] = [];
  const raws: string[] = [];
  const result = readTable(path, SPEC, (row, _riga, raw) => {
    cells.push([...row]);
    raws.push(raw());
  });
  return { ...result, cells, raws };
}

const codes = (r: TableRead) => r.refusals.map((f) => [f.codice, f.riga, f.campo]);

describe('CSV (tracciato.md 1): UTF-8, a BOM tolerated, `;`, LF or CRLF, RFC 4180 quotes, empty = absent', () => {
  it('gives cells in the order of the page, whatever the order of the columns', () => {
    expect(read('b;a\n2;1\n4;3').cells).toEqual([
      ['1', '2', ''],
      ['3', '4', ''],
    ]);
  });
  it('takes a BOM, CRLF and a last line without its end', () => {
    expect(read('\ufeffa;b;c\r\n1;2;3\r\n4;5;6').cells).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
    ]);
  });
  it('takes quotes, with separators, line ends and doubled quotes inside', () => {
    const r = read('a;b\n"x;y";"he said ""no"""\n"two\nlines";"àè"\n');
    expect(r.cells).toEqual([
      ['x;y', 'he said "no"', ''],
      ['two\nlines', 'àè', ''],
    ]);
    expect(r.raws[0]).toBe('"x;y";"he said ""no"""');
  });
  it('does not count spaces at both ends of a cell, in quotes or around them', () => {
    expect(read('a ; b\n  1 ;" 2 "\n "3"  ;   \n').cells).toEqual([
      ['1', '2', ''],
      ['3', '', ''],
    ]);
  });
  it('reports each unknown column once, with no row (SIP-020)', () => {
    const r = read('a;b;note_ufficio\n1;2;x\n3;4;y\n');
    expect(r.warnings.map((f) => [f.codice, f.riga, f.campo])).toEqual([['SIP-020', null, 'note_ufficio']]);
  });
  it('refuses a missing mandatory column, and a column named twice (SIP-010)', () => {
    expect(codes(read('a;c\n1;2\n'))).toEqual([['SIP-010', null, 'b']]);
    expect(codes(read('a;b;b\n1;2;3\n'))).toEqual([['SIP-010', null, 'b']]);
    expect(codes(read('a;b;x;x\n1;2;3;4\n'))).toEqual([['SIP-010', null, 'x']]);
    expect(codes(read(''))).toEqual([
      ['SIP-010', null, 'a'],
      ['SIP-010', null, 'b'],
    ]);
  });
  it.each([
    ['a NUL byte', 'a;b\n1;2\n3;\u00004\n', 2],
    ['Latin-1', Buffer.from('a;b\n1;2\n1;2\nNicol\xf2;2\n', 'latin1'), 3],
    ['UTF-16', Buffer.from('\ufeffa;b\r\n1;2\r\n', 'utf16le'), null],
    [
      'an overlong form',
      Buffer.concat([Buffer.from('a;b\n1;'), Buffer.from([0xc0, 0x80]), Buffer.from('\n')]),
      1,
    ],
    [
      'a surrogate',
      Buffer.concat([Buffer.from('a;b\n1;'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('\n')]),
      1,
    ],
    ['a character cut at the end', Buffer.concat([Buffer.from('a;b\n1;2'), Buffer.from([0xc3])]), 1],
  ])('refuses %s (SIP-011) on its row', (_, content, riga) => {
    expect(codes(read(content))).toEqual([['SIP-011', riga, '']]);
  });
  it.each([
    ['too few cells', 'a;b\n1;2\n3\n', 2],
    ['too many cells', 'a;b\n1;2;3\n', 1],
    ['an empty line', 'a;b\n1;2\n\n', 2],
    ['a quote within a cell', 'a;b\nVIA "ROMA";2\n', 1],
    ['text after a closing quote', 'a;b\n"x"y;2\n', 1],
    ['a quote never closed', 'a;b\n1;2\n"x;2\n3;4\n', 2],
    ['a carriage return alone', 'a;b\n1\r;2\n', 1],
    ['a field over 64 kB', `a;b\n1;${'x'.repeat(65_537)}\n`, 1],
    ['a quoted field over 64 kB', `a;b\n1;2\n1;"${'x'.repeat(70_000)}"\n`, 2],
    ['more columns than anybody has', `a;b${';'.repeat(600)}\n`, null],
  ])('refuses %s (SIP-012) on its row', (_, content, riga) => {
    expect(codes(read(content))).toEqual([['SIP-012', riga, '']]);
  });
  it('takes a field of exactly 64 kB', () => {
    expect(read(`a;b\n1;${'x'.repeat(65_536)}\n`).cells[0]![1]!.length).toBe(65_536);
  });

  it('reads back whatever a writer of RFC 4180 writes, whatever the chunks', () => {
    const cell = fc.oneof(
      fc.constantFrom('', 'A', 'Nicolò', 'x;y', '"', 'a"b', '\n', '1\r\n2', '😀', '日本'),
      fc.string({ unit: 'grapheme', maxLength: 30 }).filter((s) => !s.includes('\0') && s.isWellFormed()),
    );
    const table = fc.array(fc.tuple(cell, cell, cell), { maxLength: 40 });
    fc.assert(
      fc.property(table, fc.boolean(), fc.integer({ min: 0, max: 3 }), (rows, crlf, pad) => {
        // Padding moves row ends across the 256 kB chunk.
        const filler = Array.from({ length: pad === 0 ? 0 : 4 }, () => ['y'.repeat(60_000 + pad), '', '']);
        const all = [...filler, ...rows];
        const quote = (s: string) => (/[;"\r\n]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s);
        const end = crlf ? '\r\n' : '\n';
        const text = `a;b;c${end}${all.map((r) => r.map(quote).join(';') + end).join('')}`;
        const trim = (s: string) => s.replace(/^ +| +$/g, '');
        const got = read(text);
        expect(got.refusals).toEqual([]);
        expect(got.cells).toEqual(all.map((r) => r.map(trim)));
      }),
      { numRuns: 150 },
    );
  });
});
