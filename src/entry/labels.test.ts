import { describe, expect, it } from 'vitest';
import { day } from '../kernel/day.ts';
import { loadReference } from '../reference/load-reference.ts';
import { Labels } from './labels.ts';

const labels = new Labels(() => loadReference());

describe('words for codes, from the reference data', () => {
  it.each([
    ['T1', '2', 'coniugato/a'],
    ['T15', '8', "trasferimento di residenza all'estero (iscrizione AIRE)"],
    ['T5', '~77', 'codice sconosciuto «77»'],
    ['T5', '77', '77'],
    ['T5', null, ''],
  ] as const)('%s %s: %s', (table, code, words) => expect(labels.code(table, code)).toBe(words));
  it('a comune by its name of the day, or of today', () => {
    expect(labels.comune('036006')).toBe('Castelfranco Emilia (036006)');
    expect(labels.comune('036006', day('1935-01-01'))).toBe("Castelfranco dell'Emilia (036006)");
    expect(labels.comune('999999')).toBe('999999');
    expect(labels.comune(undefined)).toBe('');
  });
  it('a state by its name', () => {
    expect(labels.state('235')).toBe('Romania (235)');
    expect(labels.state('~XX')).toBe('codice sconosciuto «XX»');
  });
  it.each([
    ['modena', '036023'],
    ["castelnovo ne' monti", '035016'],
    ['036023', '036023'],
    ["Castelfranco dell'Emilia", null],
    ['Modona', null],
    ['999999', null],
  ])('the code of %s is %s', (text, code) => expect(labels.comuneCode(text)).toBe(code));
  it('comuni that begin like what was mistyped', () =>
    expect(labels.comuniLike('Modona')).toContain('Modena'));
});
