/** Searches of the closed list and their short lists (services.md, Lookup): who is found by what, under which name, with which flags. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { QUESTION } from '../../src/services/lookup/question.ts';
import { search } from '../../src/services/lookup/search.service.ts';
import { code } from '../support/codes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Line, line, Story } from '../support/story.ts';
import { death, leaves } from '../support/story-lines.ts';

const MARIO = code('ROSSI', 'MARIO', 'M', '1970-01-01');
const ANNA = code('BIANCHI', 'ANNA', 'F', '1972-02-02');
const EVA = code('GALLI', 'EVA', 'F', '2001-01-01');
const NEW_EVA = code('MONTI', 'EVA', 'F', '2001-01-01');
const A = '036001';
const B = '036002';
/** More than are read at once. */
const NAMESAKES = 33;

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  await story.begin(`
    id   nome                sesso  nascita     famiglia  stato  cf
    S1   ROSSI MARIO         M      1970-01-01  F1/1      2+S2   ${MARIO}
    S2   BIANCHI ANNA        F      1972-02-02  F1/2      2+S1   ${ANNA}
    S3   D'ANGELO NICOLÒ     M      1950-05-05  F2/1      3      -
    S4   ROSSINI MARIO       M      1970-01-01  F3/1      1      -
    S5   GALLI EVA           F      2001-01-01  F4/1      1      ${EVA}
    S6   NERI UGO            M      1940-01-01  F5/1      1      -
    S7   NERI PIA            F      1941-01-01  F6/1      1      -
  `);
  await story.begin(
    Array.from({ length: 12 + NAMESAKES }, (_, i) => {
      const name = i < 12 ? 'FERRARI GINO' : 'COSTA LINO';
      return `    S${i + 1}  ${name}  M  ${1950 + (i % 50)}-${String((i % 12) + 1).padStart(2, '0')}-01  F${i + 1}/1`;
    }).reduce((text, row) => `${text}\n${row}`, '    id  nome  sesso  nascita  famiglia'),
    'B',
  );
  await story.supply(
    line(
      '1',
      'GENERALITA',
      '2024-05-01',
      { id_soggetto: 'S2', motivo: 'RETTIFICA', cognome: 'BIANCO' },
      { registrazione: '2025-01-02' },
    ),
    line(
      '2',
      'GENERALITA',
      '2024-06-01',
      { id_soggetto: 'S5', motivo: 'ADOZIONE', cognome: 'MONTI', codice_fiscale: NEW_EVA, validita_cf: '1' },
      { registrazione: '2025-01-03' },
    ),
    death('3', 'S6', '2025-01-10'),
    leaves('4', '2025-01-11', 'S7'),
    line('5', 'DOCUMENTO', '2025-01-12', {
      id_soggetto: 'S1',
      documento_tipo: 'CIE',
      documento_numero: 'CA11111AA',
      documento_rilascio: '2025-01-12',
    }),
    line('6', 'DOCUMENTO', '2025-01-20', {
      id_soggetto: 'S1',
      documento_tipo: 'CIE',
      documento_numero: 'CA22222BB',
      documento_rilascio: '2025-01-20',
    }),
    line('7', 'CAMBIO_ABITAZIONE', '2025-01-15', {
      id_famiglia: 'F2',
      famiglia: { id_famiglia: 'F2', specie: 'VIA', toponimo: 'NUOVA', civico: '9' },
    }),
    line('9', 'CAMBIO_ABITAZIONE', '2025-01-18', {
      id_famiglia: 'F3',
      famiglia: { id_famiglia: 'F3', specie: 'VIA', toponimo: 'BREVE', civico: '1' },
    }),
    line('10', 'CAMBIO_ABITAZIONE', '2025-01-18', {
      id_famiglia: 'F3',
      famiglia: { id_famiglia: 'F3', specie: 'VIA', toponimo: 'LUNGA', civico: '2' },
    }),
    line('8', 'RISERVATEZZA', '2025-01-16', { id_soggetto: 'S4', riservatezza: '1' }),
  );
});
afterAll(() => test.drop());

/** "ROSSI MARIO 036001", one a person, with how they were found where not by what holds, and their flags. */
async function found(
  question: Line,
  more: { readonly passati?: boolean; readonly al?: string; readonly cap?: number } = {},
): Promise<string> {
  const request = {
    question: QUESTION.parse(question),
    options: { simile: false, anche_passati: more.passati ?? false },
    when: { al: day(more.al ?? '2025-01-31'), notoAl: null },
    cap: more.cap ?? 10,
  };
  const answer = await search(test.db, request);
  // As known now in one statement, and at an instant part by part: one answer.
  const notoAl = answer.noto_al;
  expect(await search(test.db, { ...request, when: { ...request.when, notoAl } })).toEqual(answer);
  if (answer.persone === null) return `${answer.almeno ? '>' : ''}${answer.numero}`;
  return answer.persone
    .map((p) =>
      [
        p.cognome,
        p.nome,
        p.comune ?? '-',
        ...(p.trovato_per === 'attuale' ? [] : [`(${p.trovato_per})`]),
        ...p.segnali,
      ].join(' '),
    )
    .join('; ');
}
const born = (cognome: string, data_nascita: string): Line => ({
  per: 'cognome_nascita',
  cognome,
  data_nascita,
});
const named = (cognome: string, nome: string, data_nascita: string): Line => ({
  per: 'cognome_nome_anno',
  cognome,
  nome,
  data_nascita,
});

describe('by name: accents, apostrophes, case and spacing never matter; no silent prefix', () => {
  it.each([
    [born('rossi', '1970-01-01'), `ROSSI MARIO ${A}`],
    [born('ros*', '1970-01-01'), `ROSSI MARIO ${A}; ROSSINI MARIO - protetto`],
    [born('Ross', '1970-01-01'), ''],
    [born('d’ angelo', '1950-05-05'), `D'ANGELO NICOLÒ ${A}`],
    [named('DANGELO', "NICOLO'", '1950'), `D'ANGELO NICOLÒ ${A}`],
    [named('rossi', 'mar*', '1970-01'), `ROSSI MARIO ${A}`],
    [named('rossi', 'mario', '1971'), ''],
    [{ per: 'cognome_nome_comune', cognome: 'rossi', nome: 'mario', comune: A }, `ROSSI MARIO ${A}`],
    [{ per: 'cognome_nome_comune', cognome: 'rossi', nome: 'mario', comune: B }, ''],
  ])('%o', async (question, expected) => {
    expect(await found(question)).toBe(expected);
  });
});

describe('former names and addresses are searched too, and marked; sealed ones never (registry.md, Sealed)', () => {
  it.each([
    [named('bianchi', 'anna', '1972'), `BIANCO ANNA ${A} (nome_precedente)`],
    [named('bianco', 'anna', '1972'), `BIANCO ANNA ${A}`],
    [named('galli', 'eva', '2001'), ''],
    [{ per: 'codice_fiscale', codice_fiscale: EVA }, ''],
    [{ per: 'codice_fiscale', codice_fiscale: NEW_EVA }, `MONTI EVA ${A}`],
    [{ per: 'indirizzo', comune: A, via: 'via nuova', civico: '9' }, `D'ANGELO NICOLÒ ${A}`],
    [
      { per: 'indirizzo', comune: A, via: 'VIA VERDI', civico: '1' },
      `D'ANGELO NICOLÒ ${A} (indirizzo_precedente)`,
    ],
    // Of two moves of one day the later holds, and the other never did.
    [{ per: 'indirizzo', comune: A, via: 'via breve', civico: '1' }, ''],
    [{ per: 'indirizzo', comune: A, via: 'via lunga', civico: '2' }, 'ROSSINI MARIO - protetto'],
    [{ per: 'documento', numero: 'ca22222bb' }, `ROSSI MARIO ${A}`],
    [{ per: 'documento', numero: 'CA11111AA' }, `ROSSI MARIO ${A} (documento_precedente)`],
  ])('%o', async (question, expected) => {
    expect(await found(question)).toBe(expected);
  });
});

it('the deceased and the departed only when asked', async () => {
  expect(await found(named('neri', '*ugo'.slice(1), '1940'))).toBe('');
  expect(await found(named('neri', 'ugo', '1940'), { passati: true })).toBe('NERI UGO - deceduto');
  expect(await found(named('neri', 'ugo', '1940'), { al: '2025-01-09' })).toBe(`NERI UGO ${A}`);
  expect(await found(named('neri', 'pia', '1941'), { passati: true })).toBe('NERI PIA - uscito');
});

it('more than the cap gives the count and no names (control 20)', async () => {
  const all: Line = { per: 'cognome_nome_comune', cognome: 'ferrari', nome: 'gino', comune: B };
  expect(await found(all)).toBe('12');
  expect((await found(all, { cap: 12 })).split('; ')).toHaveLength(12);
});

it('so many namesakes that they are counted before anybody is listed: each once, as at an instant', async () => {
  const all: Line = { per: 'cognome_nome_comune', cognome: 'costa', nome: 'lino', comune: B };
  expect(await found(all)).toBe(String(NAMESAKES));
  expect((await found(all, { cap: NAMESAKES })).split('; ')).toEqual(
    Array.from({ length: NAMESAKES }, () => `COSTA LINO ${B}`),
  );
});

it('a household and its members on the day; one that is not there says so', async () => {
  expect(await found({ per: 'famiglia', comune: A, id: 'F1' })).toBe(`BIANCO ANNA ${A}; ROSSI MARIO ${A}`);
  await expect(found({ per: 'famiglia', comune: A, id: 'F99' })).rejects.toMatchObject({ code: 'not-found' });
});

it('anything outside the closed list is refused', () => {
  for (const question of [
    { per: 'nome', nome: 'mario' },
    { per: 'cognome_nascita', cognome: 'ro*', data_nascita: '1970-01-01' },
    born('rossi', '1970'),
    { ...born('rossi', '1970-01-01'), extra: 1 },
  ])
    expect(QUESTION.safeParse(question).success).toBe(false);
});
