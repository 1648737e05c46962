import { describe, expect, it } from 'vitest';
import { csvCell, csvLine } from './csv.ts';

describe('CSV output (security.md, "Input")', () => {
  it.each(['=1+1', '+39', '-2', '@SUM(A1)', '\t=1', '\r=1', '\u0000=1', '  =1', '=cmd|" /C calc"!A0'])(
    'a leading = + - @ tab or NUL is made harmless: %j',
    (text) => {
      const cell = csvCell(text);
      expect(cell.startsWith(`"'`)).toBe(true);
      expect(cell).not.toContain('\u0000');
    },
  );

  it('what is no formula stays as it is, with quotes where the form asks for them', () => {
    expect(csvLine(['ROSSI', "D'ANGELO", 'a;b', 'dice "sì"', null, 12, -3])).toBe(
      `ROSSI;"D'ANGELO";"a;b";"dice ""sì""";;12;-3\r\n`,
    );
  });
});
