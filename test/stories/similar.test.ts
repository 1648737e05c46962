/** Similar names (services.md, Lookup): fuzzy and phonetic matches of Italian and foreign names, ranked, each with the reason why; sealed names never. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { addNames, listUnknownNames } from '../../src/registry/names/names.sql.ts';
import { QUESTION } from '../../src/services/lookup/question.ts';
import { search } from '../../src/services/lookup/search.service.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Line, line, Story } from '../support/story.ts';

const B = '036002';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  await story.begin(
    `
    id   nome                  sesso  nascita     famiglia
    S1   ROSSI MARIO           M      1970-01-01  F1/1
    S2   ROSI MARIO            M      1970-02-01  F2/1
    S3   GHIRLANDINI NICOLÒ    M      1950-05-05  F3/1
    S4   BIANCHI MARIA_ROSA    F      1960-06-06  F4/1
    S5   MUHAMMAD HASSAN       M      1985-03-03  F5/1
    S6   GALLI EVA             F      2001-01-01  F6/1
    S7   CHIOSSI ADA           F      1944-04-04  F7/1
    S8   MARTINO LUCA          M      1990-09-09  F8/1
    S9   COLLI IDA             F      1944-04-04  F9/1
  `.replaceAll('_', ' '),
  );
  await story.begin(
    `
    id   nome                  sesso  nascita     famiglia
    S1   SZCZEPANIK KRZYSZTOF  M      1979-07-07  F1/1
    S2   CAVAZZUTI MARIANNA    F      1982-02-02  F2/1
  `,
    'B',
  );
  await story.supply(
    line(
      '1',
      'GENERALITA',
      '2024-05-01',
      { id_soggetto: 'S8', motivo: 'RETTIFICA', cognome: 'VERDINI' },
      { registrazione: '2025-01-02' },
    ),
    line(
      '2',
      'GENERALITA',
      '2024-06-01',
      { id_soggetto: 'S6', motivo: 'ADOZIONE', cognome: 'MONTI', codice_fiscale: 'MNTVEA01A41F257X' },
      { registrazione: '2025-01-03' },
    ),
    line(
      '3',
      'GENERALITA',
      '2024-05-02',
      { id_soggetto: 'S4', motivo: 'RETTIFICA', cognome: 'BIANCHI FERRETTI' },
      { registrazione: '2025-01-04' },
    ),
  );
});
afterAll(() => test.drop());

/** "ROSSI MARIO [cognome: suona uguale]", the nearest first. */
async function found(question: Line, cap = 10): Promise<string> {
  const request = {
    question: QUESTION.parse(question),
    options: { simile: true, anche_passati: false },
    when: { al: day('2025-01-31'), notoAl: null },
    cap,
  };
  const answer = await search(test.db, request);
  // As known now in one statement, and at an instant part by part: one answer.
  const notoAl = answer.noto_al;
  expect(await search(test.db, { ...request, when: { ...request.when, notoAl } })).toEqual(answer);
  const names = answer.persone?.map(
    (p) =>
      `${p.cognome} ${p.nome}${p.somiglianza === null ? '' : ` [${p.somiglianza.it}]`}${p.trovato_per === 'attuale' ? '' : ` (${p.trovato_per})`}`,
  );
  return names === undefined
    ? String(answer.numero)
    : [...names, ...(answer.meno_simili ? [`+${answer.meno_simili}`] : [])].join('; ');
}
const named = (cognome: string, nome: string, data_nascita: string): Line => ({
  per: 'cognome_nome_anno',
  cognome,
  nome,
  data_nascita,
});
const inComune = (cognome: string, nome: string, comune: string): Line => ({
  per: 'cognome_nome_comune',
  cognome,
  nome,
  comune,
});

describe('ranked, each with its reason', () => {
  it.each([
    [named('rossi', 'mario', '1970'), 'ROSSI MARIO; ROSI MARIO [cognome: suona uguale]'],
    [named('rosis', 'mario', '1970-01-01'), 'ROSSI MARIO [cognome: una lettera di differenza]'],
    [named('mario', 'rossi', '1970-01-01'), 'ROSSI MARIO [cognome e nome scambiati]'],
    [named('girlandini', "nicolo'", '1950'), 'GHIRLANDINI NICOLÒ [cognome: suona uguale]'],
    [named('Mohamed', 'Hasan', '1985'), 'MUHAMMAD HASSAN [cognome: stesse consonanti; nome: suona uguale]'],
    [inComune('schepanik', 'kristof', B), ''],
    [inComune('szcepanik', 'krzysztof', B), 'SZCZEPANIK KRZYSZTOF [cognome: una lettera di differenza]'],
    [inComune('cavazuti', 'mariana', B), 'CAVAZZUTI MARIANNA [cognome: suona uguale; nome: suona uguale]'],
    [inComune('cavazzuti', 'anna', B), ''],
  ])('%o', async (question, expected) => {
    expect(await found(question)).toBe(expected);
  });
});

describe('double names: a part of them, the same words in another order', () => {
  it.each([
    [
      named('ferretti', 'maria rosa', '1960'),
      'BIANCHI FERRETTI MARIA ROSA [cognome: una parte del nome doppio]',
    ],
    [
      named('ferretti bianchi', 'mariarosa', '1960'),
      'BIANCHI FERRETTI MARIA ROSA [cognome: le stesse parole in altro ordine]',
    ],
    [
      named('bianchi ferretti', 'rosa', '1960'),
      'BIANCHI FERRETTI MARIA ROSA [nome: una parte del nome doppio]',
    ],
    [named('rossi verdi', 'mario', '1970-01-01'), 'ROSSI MARIO [cognome: una parte del nome doppio]'],
  ])('%o', async (question, expected) => {
    expect(await found(question)).toBe(expected);
  });
});

it('a former name is searched too and marked; a sealed one never, however it is written', async () => {
  expect(await found(named('martini', 'luca', '1990'))).toBe(
    'VERDINI LUCA [cognome: una lettera di differenza] (nome_precedente)',
  );
  for (const typed of ['galli', 'gali', 'gallo', 'eva'])
    expect(await found(named(typed, 'eva', '2001'))).toBe('');
  expect(await found(named('monty', 'eva', '2001'))).toBe('MONTI EVA [cognome: una lettera di differenza]');
});

it('of short names one slip makes another name', async () => {
  expect(
    await found({ per: 'cognome_nome_anno', cognome: 'chiossi', nome: 'ida', data_nascita: '1944' }),
  ).toBe('');
});

it('whole steps of likeness are listed, as many as the cap holds; others are counted', async () => {
  expect(await found(named('rossi', 'mario', '1970'), 1)).toBe('ROSSI MARIO; +1');
});

it('the index kept by supplies is the one that is made anew', async () => {
  const all = async () =>
    (await test.db.query('select * from name_forms order by kind, form, name_key')).rows;
  const kept = await all();
  expect(kept.length).toBeGreaterThan(20);
  expect(await addNames(test.db, await listUnknownNames(test.db))).toBe(0);
  await test.db.query('delete from name_forms');
  await addNames(test.db, await listUnknownNames(test.db));
  expect(await all()).toEqual(kept);
});
