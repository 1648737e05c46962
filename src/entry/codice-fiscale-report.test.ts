import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { day, parsePartialDate } from '../kernel/day.ts';
import { findBirthPlaces } from '../reference/birth-places.ts';
import { loadReference } from '../reference/load-reference.ts';
import { codeReport, NOTHING_TOLD, type Told } from './codice-fiscale-report.ts';

const CASES = '../shared/cases/codice-fiscale';
const present = existsSync(CASES);
if (!present) console.log(`skipped: ${CASES} is not here`);
const rows = (file: string): string[][] =>
  present
    ? readFileSync(join(CASES, file), 'utf8')
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(','))
    : [];

const reference = loadReference();
const report = (text: string, told: Partial<Told> = {}) =>
  codeReport(text, { ...NOTHING_TOLD, ...told }, reference, false);
const placed = (text: string, birth: string | null = null) =>
  findBirthPlaces(reference, text, birth === null ? null : parsePartialDate(birth));

describe.skipIf(!present)('published codes (../shared/cases/codice-fiscale)', () => {
  it.each(rows('cf_vectors.csv'))(
    '%s: %s %s %s %s %s, level %s: %8$s agrees in every part, place too',
    (...row) => {
      const [, cognome = '', nome = '', sesso, birth = '', luogo = '', level, code = ''] = row as string[];
      const luoghi = placed(luogo, birth);
      expect(luoghi.length).toBeGreaterThan(0);
      const said = report(code, { cognome, nome, sesso: sesso as 'M' | 'F', nascita: day(birth), luoghi });
      expect(said).toMatchObject({ valido: true, tipo: 'definitivo', motivo: null, differenze: [] });
      expect(said.luogo.map((p) => p.codice_catastale)).toEqual([luogo]);
      expect(said.forma_base === null).toBe(level === '0');
    },
  );
  it.each(rows('cf_negative_vectors.csv'))('%s: %s is valid: %s (%s)', (_source, code, expected) => {
    const said = report(code!);
    expect([String(said.valido), said.motivo === null]).toEqual([expected, expected === 'true']);
  });
});

describe('what a code and a person say of each other', () => {
  const mario = {
    cognome: 'Rossi',
    nome: 'Mario',
    sesso: 'M' as const,
    nascita: day('1980-01-01'),
    luoghi: placed('Modena'),
  };
  it.each([
    ['nothing, where they agree', {}, []],
    ['the surname', { cognome: 'Bianchi' }, ['cognome RSS BNC']],
    ['that the person has no name', { nome: '' }, ['nome MRA XXX']],
    [
      'the date and the sex',
      { nascita: day('1980-01-02'), sesso: 'F' as const },
      ['data di nascita **80-01-01 1980-01-02', 'sesso M F'],
    ],
    ['the place', { luoghi: placed('Romania') }, ['luogo F257 Z129']],
    ['not what is unknown', { cognome: null, nome: null, sesso: null, nascita: null, luoghi: [] }, []],
    ['not a date that is known in part', { nascita: parsePartialDate('1981') }, []],
  ])('%s', (_what, change, expected) => {
    const { differenze } = report('RSSMRA80A01F257G', { ...mario, ...change });
    expect(differenze.map((d) => `${d.parte} ${d.codice} ${d.persona}`)).toEqual(expected);
  });
  it('the check character that would be right', () => {
    expect(report('RSSMRA80A01F257A')).toMatchObject({ valido: false, motivo: expect.stringMatching(/ G$/) });
  });
  it('a provisional code has no parts to compare', () => {
    expect(report('12345678903', mario)).toMatchObject({ valido: true, tipo: 'provvisorio', differenze: [] });
    expect(report('12345678901')).toMatchObject({ valido: false, tipo: 'provvisorio' });
  });
  it('all 128 forms, where they are asked for', () => {
    const { forme } = codeReport('RSSMRA80A01F257G', NOTHING_TOLD, reference, true);
    expect(new Set(forme).size).toBe(128);
    expect(forme).toContain('RSSMRA80A01F25TD');
  });
});

describe('places by name or code, of the day of birth', () => {
  const named = (text: string, birth: string | null = null): string[] =>
    placed(text, birth).map((p) => `${p.cadastral} ${p.name}`);
  it.each([
    ['modena', null, ['F257 Modena']],
    ['036023', null, ['F257 Modena']],
    ['f257', null, ['F257 Modena']],
    ['Romania', '1985-03-12', ['Z129 Romania']],
    ['235', null, ['Z129 Romania']],
    ['Z118', null, ['Z118 Jugoslavia']],
    ['Jugoslavia', '1970-01-01', ['Z118 Jugoslavia']],
    ['Palagano', '1970-01-01', ['G250 Palagano']],
    ["Castelfranco dell'Emilia", '1920-01-01', ["C107 Castelfranco dell'Emilia"]],
    ['Samone', '1985-03-12', ['H753 Samone', 'H754 Samone']],
    ['Nessunluogo', null, []],
    ['', null, []],
  ])('%s, born %s: %s', (text, birth, expected) => expect(named(text, birth).toSorted()).toEqual(expected));
  it('a comune that is no more is found by those born in it', () => {
    const [place] = placed('Frignano Maggiore', '1950-03-12');
    expect(place).toMatchObject({ cadastral: 'D800', validTo: '1952-03-01' });
  });
});
