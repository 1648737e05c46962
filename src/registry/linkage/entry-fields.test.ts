/** registry.md, Linkage: what two entries of one person may differ in, and what makes them two people. */
import { describe, expect, it } from 'vitest';
import { computeCodiceFiscale, omocodicForms } from '../../kernel/codice-fiscale.ts';
import { day, type PartialDate } from '../../kernel/day.ts';
import { Comparer } from './comparison.ts';
import { ENTRY_FIELDS } from './entry-fields.ts';
import { EntryRecords, type RecordRow } from './entry-record.ts';
import { probabilityOf, Weigher } from './model.ts';

const PLACES: Readonly<Record<string, readonly string[]>> = {
  '036023': ['F257'],
  '036042': ['F357'],
  '037021': ['A001'],
  '099021': ['A001'],
};
const maker = new EntryRecords(
  (istat) => PLACES[istat] ?? [],
  (row) => row.sealed,
);
const comparer = new Comparer(ENTRY_FIELDS);

type Said = Partial<Omit<RecordRow, 'birth_text'>> & { readonly birth?: string };
let number = 0;

/** An entry of somebody from Modena, with the code that its data give unless it says another. */
function entry({ birth = '1980-04-11', ...change }: Said = {}) {
  const row = {
    entry_id: ++number,
    person_id: number,
    comune: '036023',
    sealed: false,
    cognome: 'VENTURELLI',
    nome: 'LORENZA',
    surname_key: 'VENTURELLI',
    given_key: 'LORENZA',
    sesso: 'F',
    birth_text: birth as PartialDate,
    codice_fiscale: null,
    validita_cf: '9',
    comune_nascita: '036023',
    stato_nascita: null,
    localita_nascita: null,
    cf_padre: null,
    cf_madre: null,
    street_key: null,
    civico_key: null,
    ...change,
  };
  const code =
    birth.length < 10
      ? null
      : computeCodiceFiscale({
          cognome: row.cognome,
          nome: row.nome,
          sesso: row.sesso === 'F' ? 'F' : 'M',
          data_nascita: day(birth),
          luogo: PLACES[row.comune_nascita ?? '']?.[0] ?? 'Z100',
        });
  return maker.of({
    ...row,
    codice_fiscale: change.codice_fiscale === undefined ? code : change.codice_fiscale,
  });
}

/** Levels of the fields, by name; null where one of the two does not say. */
function told(a: Said, b: Said): Record<string, string | null> {
  const levels = comparer.levelsOf(comparer.compare(entry(a), entry(b)));
  return Object.fromEntries(
    ENTRY_FIELDS.map((f, i) => [f.name, levels[i] === -1 ? null : f.levels[levels[i]!]!.name]),
  );
}

describe('names', () => {
  it.each([
    ['accents, apostrophes, case and spaces never matter', 'D’Angelò', "D' ANGELO", 'uguale'],
    ['one of two surnames is missing', 'VENTURELLI BERTONI', 'VENTURELLI', 'uno dei cognomi'],
    ['a maiden surname is one of two', 'ROSSI', 'DE LUCA-ROSSI', 'uno dei cognomi'],
    ['two surnames in another order', 'VENTURELLI BERTONI', 'BERTONI VENTURELLI', 'uno dei cognomi'],
    ['a particle is no surname', 'DE LUCA', 'DE', 'diverso'],
    ['a slip of the pen', 'VENTURELLI', 'VENTURELI', 'stesso suono o un errore'],
    ['two neighbours exchanged', 'VENTURELLI', 'VENTUERLLI', 'stesso suono o un errore'],
    ['a surname that begins alike', 'VENTURELLI', 'VENTURINI', 'simile'],
    ['the same sound', 'JAKUBOVIC', 'IACUBOVIC', 'stesso suono o un errore'],
    ['another surname', 'VENTURELLI', 'MALAGOLI', 'diverso'],
  ])('surname: %s', (_, a, b, level) => {
    expect(told({ cognome: a }, { cognome: b }).cognome).toBe(level);
  });
  it.each([
    ['ANNA MARIA', 'ANNA', 'un nome in più o in meno'],
    ['MARIA ANNA', 'ANNA MARIA', 'un nome in più o in meno'],
    ['GIUSEPPE', 'GUISEPPE', 'stesso suono o un errore'],
  ])('given name: %s and %s', (a, b, level) => {
    expect(told({ nome: a }, { nome: b }).nome).toBe(level);
  });
  it('surname and given name swapped are one agreement, not two differences', () => {
    const found = told({}, { cognome: 'LORENZA', nome: 'VENTURELLI' });
    expect([found.cognome, found.nome]).toEqual(['scambiato con il nome', null]);
    const slipped = told({}, { cognome: 'LORENZA', nome: 'VENTURELI MARIA' });
    expect(slipped.cognome).toBe('diverso');
    expect(told({}, { cognome: 'LORENZA MARIA', nome: 'VENTURELI' }).cognome).toBe('scambiato con il nome');
  });
});

describe('birth', () => {
  it.each([
    ['1980-04-11', '1980-11-04', 'giorno e mese scambiati'],
    ['1980-04-11', '1980-04-17', 'una cifra diversa'],
    ['1969-04-11', '1996-04-11', 'una cifra diversa'],
    ['1980-04-11', '1980', 'compatibile'],
    ['1980-04-11', '1980-04', 'compatibile'],
    ['1980-04-11', '1980-05', 'solo l’anno uguale'],
    ['1980-04-11', '1953-04-11', 'giorno e mese uguali'],
    ['1980-04-11', '1980-04-29', 'mese e anno uguali'],
    ['1980-04-11', '1953-10-29', 'diversa'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(told({ birth: a }, { birth: b }).nascita).toBe(level);
  });
  it('a comune under the code of another province is the same comune', () => {
    expect(told({ comune_nascita: '037021' }, { comune_nascita: '099021' })['luogo di nascita']).toBe(
      'stesso comune con un altro codice',
    );
  });
  it('of a foreign birth place the town may be unknown', () => {
    const abroad = (state: string, town: string | null): Said => ({
      comune_nascita: null,
      stato_nascita: state,
      localita_nascita: town,
      codice_fiscale: null,
    });
    const place = (a: Said, b: Said) => told(a, b)['luogo di nascita'];
    expect(place(abroad('436', 'Fès'), abroad('436', 'FES'))).toBe('stessa località estera');
    expect(place(abroad('436', 'Fès'), abroad('436', null))).toBe('stesso stato, località ignota o diversa');
    expect(place(abroad('245', 'Kiev'), abroad('243', 'KIEV'))).toBe('stessa località estera');
    expect(place(abroad('436', null), abroad('235', null))).toBe('diverso');
  });
});

describe('codice fiscale', () => {
  const code = computeCodiceFiscale({
    cognome: 'VENTURELLI',
    nome: 'LORENZA',
    sesso: 'F',
    data_nascita: day('1980-04-11'),
    luogo: 'F257',
  });
  const omocodic = omocodicForms(code)[1]!;
  const compare = (a: Said, b: Said) => told(a, b)['codice fiscale'];
  const other = code[0] === 'A' ? 'B' : 'A';
  it.each([
    ['the same', {}, {}, 'uguale'],
    [
      'the check character',
      {},
      { codice_fiscale: code.slice(0, 15) + (code[15] === 'A' ? 'B' : 'A') },
      'un carattere diverso',
    ],
    ['one character', {}, { codice_fiscale: other + code.slice(1) }, 'un carattere diverso'],
    ['another place', {}, { codice_fiscale: `${code.slice(0, 11)}H501X` }, 'primi undici caratteri uguali'],
    ['computed from other data', {}, { birth: '1980-11-04' }, 'diversi come i dati'],
    ['none', {}, { codice_fiscale: '' }, null],
    ['a provisional one', {}, { codice_fiscale: '94062766780' }, null],
    [
      'an omocodic form, not validated',
      { codice_fiscale: omocodic, validita_cf: '1' },
      {},
      'stessa forma base',
    ],
  ] as const)('%s', (_, a, b, level) => {
    expect(compare(a, b)).toBe(level);
  });
  it('a code tells the day that a partial date does not: of two days nothing explains the two codes', () => {
    const day = (change: Said) => compare({ birth: '1980-04-11' }, { birth: '1980', ...change });
    expect(day({ codice_fiscale: code })).toBe('uguale');
    expect(day({ codice_fiscale: 'VNTLNZ80C43F257Q' })).toBe('diversi');
  });
  it('omocodic codes belong to different people, whatever else agrees', () => {
    const a = entry({ codice_fiscale: omocodic, validita_cf: '1', cf_madre: code, cf_padre: code });
    const b = entry({
      codice_fiscale: omocodicForms(code)[3]!,
      validita_cf: '1',
      cf_madre: code,
      cf_padre: code,
    });
    const model = {
      fields: ENTRY_FIELDS.map(({ name, levels }) => ({ name, levels })),
      prior: 1e-8,
      threshold: 0.5,
      frequencies: {},
    };
    const weigher = new Weigher(ENTRY_FIELDS, model);
    const levels = comparer.levelsOf(comparer.compare(a, b));
    expect(weigher.explain(a, b, levels).find((f) => f.field === 'codice fiscale')?.level).toBe(
      'omocodici: di persone diverse',
    );
    // Parents aside, which nobody shares with a namesake of the same day.
    const without = entry({ codice_fiscale: omocodicForms(code)[3]!, validita_cf: '1' });
    const plain = comparer.levelsOf(comparer.compare(a, without));
    expect(probabilityOf(model.prior, weigher.weight(a, without, plain))).toBeLessThan(0.01);
  });
  it('two validated codes that differ speak for two people', () => {
    expect(compare({ validita_cf: '1' }, { validita_cf: '1', birth: '1980-11-04' })).toBe(
      'diversi ed entrambi validati',
    );
  });
});

describe('what a family shares', () => {
  const home: Said = {
    cf_padre: 'VNTRRT50A01F257Z',
    cf_madre: 'BRTMRA52A41F257Z',
    street_key: 'VIA EMILIA',
    civico_key: '1',
  };
  it('parents and address say nothing of two given names: sisters, and twins are told as such', () => {
    const found = told(home, { ...home, nome: 'GIULIA' });
    expect([found.nome, found.genitori, found.indirizzo]).toEqual(['diverso, come tra gemelli', null, null]);
  });
  it('nor of two birth dates: a child named after one who died', () => {
    const found = told(home, { ...home, birth: '1984-09-23' });
    expect([found.nome, found.genitori, found.indirizzo]).toEqual(['uguale', null, null]);
  });
  it('nor of two validated codes: twins whose names are much alike', () => {
    const alessandro = { ...home, nome: 'ALESSANDRO', sesso: 'M', validita_cf: '1' };
    const found = told(alessandro, { ...home, nome: 'ALESSANDRA', validita_cf: '1' });
    expect([found['codice fiscale'], found.genitori, found.indirizzo]).toEqual([
      'diversi ed entrambi validati',
      null,
      null,
    ]);
  });
  it('they do where names and birth agree, and other parents speak against it', () => {
    expect(told(home, home).genitori).toBe('gli stessi');
    expect(told(home, { ...home, cf_madre: 'MLGMRA52A41F257Z' }).genitori).toBe('uno diverso');
    expect(told(home, { ...home, cf_madre: 'MLGMRA52A41F257Z', cf_padre: 'RSSLGU50A01F257Z' }).genitori).toBe(
      'diversi',
    );
  });
  it('one who is twice in a register under two given names, with one code, is no twin', () => {
    const code = entry(home).code!.written;
    expect(told(home, { ...home, nome: 'GIULIA', codice_fiscale: code }).nome).toBe('diverso');
  });
});
