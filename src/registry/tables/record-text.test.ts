/** What is read from the server as one text is what was written to it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachRecord, isRecord, recordCells, recordText } from './record-text.ts';
import type { Cell, Row } from './tables.ts';

/** What is quoted, and what looks as if it were: spaces that JavaScript knows and the server does not. */
const LETTERS = [...'aÈ "\\,()\n\t\v\f\r{}\u00a0\u2009\u3000\ufeff\u0085\u2028'];

const asText = (cell: Cell): string | null =>
  cell === null ? null : typeof cell === 'boolean' ? (cell ? 't' : 'f') : String(cell);

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.string({ unit: fc.constantFrom(...LETTERS) }),
);
const row: fc.Arbitrary<Row> = fc.array(cell, { minLength: 1, maxLength: 6 });

describe('rows as PostgreSQL writes composite values', () => {
  it('give back their cells, whatever stands in them', () => {
    fc.assert(
      fc.property(row, (cells) => {
        expect(recordCells(recordText(cells))).toEqual(cells.map(asText));
      }),
    );
  });

  it('are told apart in one text, with line breaks in their cells too', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const texts = rows.map(recordText);
        expect([...eachRecord(texts.join('\n'))]).toEqual(texts);
      }),
    );
  });

  it('are the same row whether the server quotes a cell or not', () => {
    const record = recordText([1, 'RUFÀ', null, 'VIA EMILIA']);
    expect(isRecord(record, record)).toBe(true);
    expect(isRecord('(1,"RUFÀ",,"VIA EMILIA")', record)).toBe(true);
    expect(isRecord('(1,"RUFÀ",,"VIA EMILIA 1")', record)).toBe(false);
    expect(isRecord('(2,RUFÀ,,"VIA EMILIA")', record)).toBe(false);
  });

  it.each([
    [[7, '2025-01-01', null], '(7,2025-01-01,)'],
    [[null, '', true], '(,"",t)'],
    [['a"b\\c', '{x,y}'], '("a""b\\\\c","{x,y}")'],
  ] as const)('%j is %s', (cells, text) => {
    expect(recordText(cells)).toBe(text);
  });
});
