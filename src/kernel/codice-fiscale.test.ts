import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  baseForm,
  checkDigit,
  computeCodiceFiscale,
  type DefinitiveCode,
  explainDifferences,
  isOmocodic,
  nameCode,
  omocodicForms,
  parseCodiceFiscale,
  surnameCode,
} from './codice-fiscale.ts';
import { day, fromEpochDays, parsePartialDate } from './day.ts';

const CASES = resolve(dirname(fileURLToPath(import.meta.url)), '../../../shared/cases/codice-fiscale');
const present = existsSync(CASES);
if (!present) console.log(`published cases skipped: ${CASES} is not there`);

/** Rows of a plain CSV without quotes. */
function rows(file: string): string[][] {
  if (!present) return [];
  const [, ...lines] = readFileSync(resolve(CASES, file), 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => line.split(','));
}

const valid = (code: string): boolean => {
  const parsed = parseCodiceFiscale(code);
  return parsed.kind === 'definitive' && parsed.checkDigitOk;
};

function definitive(code: string): DefinitiveCode {
  const parsed = parseCodiceFiscale(code);
  if (parsed.kind !== 'definitive') throw new Error(`${code}: ${parsed.kind}`);
  return parsed;
}

describe.skipIf(!present)('published codes', () => {
  it.each(rows('cf_vectors.csv'))('%s: %s %s %s %s %s, level %s → %s', (...row) => {
    const [, cognome, nome, sesso, birth, luogo, level, expected] = row as string[];
    const base = computeCodiceFiscale({
      cognome: cognome!,
      nome: nome!,
      sesso: sesso as 'M' | 'F',
      data_nascita: day(birth!),
      luogo: luogo!,
    });
    expect(omocodicForms(base)[Number(level)]).toBe(expected);
    expect(baseForm(expected!)).toBe(base);
    expect(valid(expected!)).toBe(true);
    const person = { cognome: cognome!, nome: nome!, sesso: sesso as 'M' | 'F' };
    expect(
      explainDifferences(definitive(expected!), { ...person, data_nascita: day(birth!), luoghi: [luogo!] }),
    ).toEqual([]);
  });

  it.each(rows('cf_negative_vectors.csv'))('%s: %s is valid: %s (%s)', (_source, code, expected) =>
    expect(String(valid(code!))).toBe(expected),
  );
});

describe('names (D.M. 23 December 1976, art. 2-3)', () => {
  it.each([
    ['Rossi', 'RSS'],
    ['Fo', 'FOX'],
    ['Aia', 'AIA'],
    ['D’Angelo', 'DNG'],
    ["de' Rossi", 'DRS'],
    ['Niccolò', 'NCC'],
    ['Muñoz', 'MNZ'],
    ['Façade', 'FCD'],
    ['Weiß', 'WSS'],
    ['Æbo', 'BAE'],
    ['Łoś', 'LSO'],
    ['Yu', 'YUX'],
    ['', 'XXX'],
    [null, 'XXX'],
  ])('surname %s → %s', (surname, code) => expect(surnameCode(surname)).toBe(code));
  it.each([
    ['Mario', 'MRA'],
    ['Gianfranco', 'GFR'],
    ['Roberto', 'RRT'],
    ['Anna Maria', 'NMR'],
    ['Ada', 'DAA'],
    ['Al', 'LAX'],
    ['Đorđe', 'DRD'],
  ])('name %s → %s', (name, code) => expect(nameCode(name)).toBe(code));
});

const letters = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), minLength: length, maxLength: length });
const person = fc.record({
  cognome: fc.string({ maxLength: 20 }),
  nome: fc.string({ maxLength: 20 }),
  sesso: fc.constantFrom('M' as const, 'F' as const),
  data_nascita: fc.integer({ min: -40_000, max: 22_000 }).map(fromEpochDays),
  luogo: fc
    .tuple(letters(1), fc.integer({ min: 0, max: 999 }))
    .map(([l, n]) => l + String(n).padStart(3, '0')),
});

describe('reading gives back what was written', () => {
  it('of anybody, whatever the name', () => {
    fc.assert(
      fc.property(person, (p) => {
        const read = definitive(computeCodiceFiscale(p));
        expect(read).toMatchObject({ sex: p.sesso, place: p.luogo, omocodia: 0, checkDigitOk: true });
        expect([read.year, read.month, read.day]).toEqual([
          Number(p.data_nascita.slice(2, 4)),
          Number(p.data_nascita.slice(5, 7)),
          Number(p.data_nascita.slice(8)),
        ]);
        expect(explainDifferences(read, { ...p, luoghi: [p.luogo] })).toEqual([]);
      }),
    );
  });

  it('in lower case too', () => expect(definitive('rssmra85t10a562s').code).toBe('RSSMRA85T10A562S'));

  it('never throws, and points into the code', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ unit: 'grapheme', minLength: 8, maxLength: 16 }),
      fc.string({ unit: fc.constantFrom(...'AELMZ09ıß'), minLength: 11, maxLength: 16 }),
    );
    fc.assert(
      fc.property(text, (code) => {
        const parsed = parseCodiceFiscale(code);
        if (parsed.kind === 'malformed') {
          expect(parsed.position).toBeGreaterThanOrEqual(1);
          expect(parsed.position).toBeLessThanOrEqual(16);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('omocodia', () => {
  it('has 128 forms of a code, all different and valid, each with the same base', () => {
    fc.assert(
      fc.property(person, (p) => {
        const base = computeCodiceFiscale(p);
        const forms = omocodicForms(base);
        expect(new Set(forms).size).toBe(128);
        forms.forEach((form, mask) => {
          const read = definitive(form);
          expect([read.omocodia, read.checkDigitOk, read.place]).toEqual([mask, true, p.luogo]);
          expect(baseForm(form)).toBe(base);
          expect(isOmocodic(form)).toBe(mask !== 0);
        });
      }),
      { numRuns: 20 },
    );
  });
  it('is undone before comparing (tracciato.md 4)', () => {
    const read = definitive('SNTRRT63E08H50ML');
    const same = { cognome: 'Santi', nome: 'Roberto', sesso: 'M' as const, data_nascita: day('1963-05-08') };
    expect(explainDifferences(read, { ...same, luoghi: ['A944', 'H501'] })).toEqual([]);
  });
});

describe('the check character', () => {
  it('finds any one letter written for another, and digit for another', () => {
    const anyPosition = fc.integer({ min: 0, max: 14 });
    fc.assert(
      fc.property(person, anyPosition, fc.integer({ min: 1, max: 25 }), (p, at, shift) => {
        const code = computeCodiceFiscale(p);
        const isDigit = /\d/.test(code[at]!);
        const alphabet = isDigit ? '0123456789' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
        const wrong = alphabet[(alphabet.indexOf(code[at]!) + shift) % alphabet.length]!;
        fc.pre(wrong !== code[at]);
        expect(valid(code.slice(0, at) + wrong + code.slice(at + 1))).toBe(false);
      }),
    );
  });
  it('refuses to be made of anything else', () => {
    expect(() => checkDigit('RSSMRA85T10A56')).toThrow(RangeError);
    expect(() => checkDigit('RSSMRA85T10A56.')).toThrow(RangeError);
  });
});

describe('differences (EA038, EA042, SIP-120, SIP-121)', () => {
  const code = definitive('RSSMRA85T10A562S');
  const mario = {
    cognome: 'Rossi',
    nome: 'Mario',
    sesso: 'M' as const,
    data_nascita: parsePartialDate('1985-12-10')!,
    luoghi: ['A562'],
  };
  it.each([
    ['another surname', { cognome: 'Bianchi' }, ['surname']],
    ['names the wrong way round', { cognome: 'Mario', nome: 'Rossi' }, ['surname', 'name']],
    ['another day', { data_nascita: day('1985-12-11') }, ['birth-date']],
    ['another century is not seen', { data_nascita: day('1885-12-10') }, []],
    ['a partial date is not compared', { data_nascita: parsePartialDate('1980')! }, []],
    ['sex', { sesso: 'F' as const }, ['sex']],
    ['another place', { luoghi: ['H501'] }, ['place']],
    ['one of the codes the place has had', { luoghi: ['H501', 'A562'] }, []],
    ['a place of unknown code is not compared', { luoghi: [] }, []],
  ])('%s', (_what, change, expected) =>
    expect(explainDifferences(code, { ...mario, ...change })).toEqual(expected),
  );
});

describe('malformed codes say where (EA001, EA048)', () => {
  it.each([
    ['RS3MRA85T10A562S', 3, 'surname'],
    ['RSSMRA8OT10A562S', 8, 'year'],
    ['RSSMRA85Z10A562B', 9, 'month'],
    ['RSSMRA85T99A562U', 10, 'day'],
    ['RSSMRA85T40A562U', 10, 'day'],
    ['RSSMRA85B69A562G', 10, 'day'],
    ['RSSMRA85T105562S', 12, 'place'],
    ['RSSMRA85T10A56AO', 15, 'place'],
    ['RSSMRA85T10A5621', 16, 'check'],
  ])('%s at %i, %s', (code, position, part) =>
    expect(parseCodiceFiscale(code)).toEqual({ kind: 'malformed', position, part }),
  );
  it('takes 29 February of the year 00, which may be 2000', () =>
    expect(parseCodiceFiscale('RSSMRA00B29A562Z').kind).toBe('definitive'));
});

describe('provisional codes: eleven digits with their own check digit', () => {
  it.each([
    ['12345678903', true],
    ['12345678901', false],
    ['00000000000', true],
  ])('%s: %s', (code, ok) =>
    expect(parseCodiceFiscale(code)).toEqual({ kind: 'provisional', code, checkDigitOk: ok }),
  );
  it('with a letter among them is malformed', () =>
    expect(parseCodiceFiscale('1234567890A')).toEqual({ kind: 'malformed', position: 11, part: null }));
});
