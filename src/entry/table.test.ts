import { describe, expect, it } from 'vitest';
import { fields, table } from './table.ts';

describe('tables of the command line', () => {
  const rows = [
    { name: 'Nicolò', n: 7 },
    { name: 'Anna', n: 120 },
  ];
  const columns = [
    { title: 'nome', text: (r: { name: string }) => r.name },
    { title: 'vuota', text: () => null },
    { title: 'n', text: (r: { n: number }) => r.n, right: true },
  ];
  it('are aligned, numbers on the right, empty columns left out, no colours away from a terminal', () => {
    expect(table(rows, columns)).toBe('nome      n\nNicolò    7\nAnna    120\n');
  });
  it('have headings in bold on a terminal', () => {
    expect(table(rows, columns, { isTTY: true })).toContain('\u001b[1mnome      n\u001b[0m');
  });
  it('leave out what has no value', () => {
    expect(
      fields([
        ['residenza', 'SERRAMAZZONI'],
        ['decesso', null],
      ]),
    ).toBe('residenza  SERRAMAZZONI\n');
  });
  it('put the further lines of a value under its first', () => {
    expect(
      fields([
        ['residenza', 'ZOCCA'],
        ['figli', 'ANNA\nNICOLÒ'],
      ]),
    ).toBe('residenza  ZOCCA\nfigli      ANNA\n           NICOLÒ\n');
  });
  it('fold the widest cells where the terminal is narrow, and never a word; elsewhere a row is a line', () => {
    const long = [{ name: 'abitazione in VIA DEGLI ALPINI 72', n: 1 }];
    expect(table(long, columns)).toBe(
      'nome                               n\nabitazione in VIA DEGLI ALPINI 72  1\n',
    );
    expect(table(long, columns, { isTTY: true, columns: 24 })).toBe(
      '\u001b[1mnome                   n\u001b[0m\nabitazione in VIA      1\nDEGLI ALPINI 72\n',
    );
    expect(table([{ name: 'RSSMRA80A01F257K', n: 1 }], columns, { isTTY: true, columns: 8 })).toContain(
      'RSSMRA80A01F257K',
    );
  });
});
