/** CSV of others, and for others (security.md, Input): nothing a spreadsheet would run leaves, and a broken line spoils itself alone. */
import { describe, expect, it } from 'vitest';
import { decodeText, readCsv } from './read-csv.ts';
import { csvCell, csvLine } from './write-csv.ts';

async function rows(text: string) {
  const read = [];
  for await (const { line, cells } of readCsv(text)) read.push([line, cells]);
  return read;
}

describe('what is written', () => {
  it.each(['=1+1', '+39', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '\0=1'])(
    'a cell that a spreadsheet would run is a text: %j',
    (text) => {
      expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it.each([
    ['plain', 'plain'],
    ['a;b', '"a;b"'],
    ['a "b"', '"a ""b"""'],
    ['a\nb', '"a\nb"'],
    ['1,5', '"1,5"'],
    ['', ''],
  ])('RFC 4180: %j', (text, written) => {
    expect(csvCell(text)).toBe(written);
  });

  it('what is written is read back, formulas with their apostrophe', async () => {
    const cells = ['a;b', '"', 'x\ny', 'è', ''];
    expect(await rows(csvLine(cells))).toEqual([[2, cells]]);
  });
});

describe('what is read', () => {
  it.each([
    ['; and LF', 'a;b\n1;2\n'],
    ['; and CRLF', 'a;b\r\n1;2\r\n'],
    [', and no last end', 'a,b\n1,2'],
    ['a BOM', '\ufeffa;b\n1;2\n'],
    ['empty lines', 'a;b\n\n\n1;2\n\n'],
  ])('%s', async (_name, text) => {
    expect((await rows(text)).map(([, cells]) => cells)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('a quote in the midst of a cell is of the cell, and spoils no other line', async () => {
    const read = await rows('a;b\n1;2\n3;"x"y\n5;6\n');
    expect(read.map(([line]) => line)).toEqual([1, 2, 3, 4]);
    expect(read.map(([, cells]) => cells)).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '"x"y'],
      ['5', '6'],
    ]);
  });

  it('a quote that is never closed: what stands before it is read', async () => {
    const read = await rows('a;b\n1;2\n"3;4\n5;6\n');
    expect(read.slice(0, 2).map(([, cells]) => cells)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(read.at(-1)?.[1]).toBeNull();
  });

  it('a file as an Italian spreadsheet saves it', () => {
    expect(decodeText(Buffer.from([0x4e, 0x69, 0x63, 0x6f, 0x6c, 0xf2]))).toBe('Nicolò');
    expect(decodeText(Buffer.from('Nicolò', 'utf8'))).toBe('Nicolò');
  });
});
