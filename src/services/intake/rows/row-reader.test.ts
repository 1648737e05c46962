import { describe, expect, it } from 'vitest';
import type { FileSpec } from './file-specs.ts';
import { RowReader } from './row-reader.ts';

const SPEC: FileSpec = {
  name: 'prova.csv',
  columns: ['a', 'b', 'c'].map((name) => ({ name, mandatory: false })),
};
const read = (row: string): string[] => [...new RowReader(SPEC, Int32Array.of(0, 1, 2)).cells(row)];

describe('cells of a row (tracciato.md 1: spaces around are left out)', () => {
  it.each([
    ['plain', '  x  ;y z;   ', ['x', 'y z', '']],
    ['within quotes', '" x ";"  ";" y  z "', ['x', '', 'y  z']],
    ['with quotes doubled', ' "a ""b"" " ;;"c"', ['a "b"', '', 'c']],
  ])('%s', (_, row, cells) => expect(read(row)).toEqual(cells));

  it('a quoted cell of nothing but inner spaces is read in one pass, and a thousand of them in a moment', () => {
    // Quadratic work would be 4 * 10^12 steps: the test would not end within its time.
    const cell = `x${' '.repeat(65_000)}x`;
    for (let i = 0; i < 1000; i++) expect(read(`"${cell}";"b";"c"`)[0]!.length).toBe(cell.length);
  });
});
