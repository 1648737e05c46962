/** What a row is to us and what it is to the server: a row told apart where nothing changed would be retracted and written again. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { isRecord, recordCells, recordText } from './record-text.ts';

const LETTERS = [...'aÈ "\\,()\n\t\v\f\r{}\u00a0\u2009\u3000\ufeff\u0085\u2028'];

it('a row that the server writes is the same row, whatever spaces stand in it', async () => {
  const { db, drop } = await testDatabase();
  try {
    const written = async (values: readonly string[]): Promise<string[]> => {
      const { rows } = await db.query<{ record: string }>(
        'select row(v, null, 7)::text as record from unnest($1::text[]) with ordinality as given (v, n) order by n',
        [values],
      );
      return rows.map((row) => row.record);
    };
    const alone = await written(LETTERS);
    expect(alone).toEqual(LETTERS.map((letter) => recordText([letter, null, 7])));
    const values = fc.array(fc.string({ unit: fc.constantFrom(...LETTERS) }), {
      minLength: 1,
      maxLength: 50,
    });
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        const records = await written(given);
        for (const [i, value] of given.entries()) {
          expect(isRecord(records[i]!, recordText([value, null, 7]))).toBe(true);
          expect(isRecord(records[i]!, recordText([`${value}\u00a0`, null, 7]))).toBe(false);
          expect(recordCells(records[i]!)).toEqual([value, null, '7']);
        }
      }),
      { numRuns: 30 },
    );
  } finally {
    await drop();
  }
});

it('a row is the same whichever of the two is quoted more', () => {
  expect(isRecord('(1,"A\u00a0B")', recordText([1, 'A\u00a0B']))).toBe(true);
  expect(isRecord('(1,A)', recordText([1, 'A B']))).toBe(false);
});
