/**
 * The order of a short list tells nothing that the list does not show (issue 6: by order; security.md, 19). Generated: two families of homonyms hold the same
 * facts, one in the opposite order of the other. To every set of fields, each list must stand as one would sort what is shown of it by hand, so that
 * where nothing shown differs both stand by their numbers alone.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIELDS, FIRST_PROFILES, type Field } from '../../src/access/rights/profiles.ts';
import { computeCodiceFiscale } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { cutListed } from '../../src/services/lookup/cut.ts';
import { QUESTION } from '../../src/services/lookup/question.ts';
import { search } from '../../src/services/lookup/search.service.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Line, line, Story } from '../support/story.ts';

const A = '036001';
const AL = day('2025-03-01');
/** What somebody is beside their name: everything that a profile may not see. */
const LIVES = [
  { born: '1990-01-01', married: '1', lives: 3, citizenship: '203', isProtected: true },
  { born: '1941-02-02', married: '3', lives: 1, citizenship: '100', isProtected: false },
  { born: '1985-03-03', married: '4', lives: 5, citizenship: '100', isProtected: false },
  { born: '1955-04-04', married: '1', lives: 2, citizenship: '203', isProtected: true },
  { born: '2001-05-05', married: '1', lives: 4, citizenship: '100', isProtected: false },
];
const SURNAMES = ['ROSSI', 'BIANCHI'];

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  const rows = SURNAMES.flatMap((cognome, family) =>
    (family === 0 ? LIVES : LIVES.toReversed()).map((life, i) => ({
      ...life,
      cognome,
      n: family * 10 + i + 1,
    })),
  );
  await story.begin(
    [
      'id  nome  sesso  nascita  famiglia  stato  citt  cf',
      ...rows.map(({ cognome, n, born, married, lives, citizenship }) => {
        const data_nascita = day(born);
        const cf = computeCodiceFiscale({ cognome, nome: 'MARIO', sesso: 'M', data_nascita, luogo: 'F257' });
        return `S${n}  ${cognome} MARIO  M  ${born}  F${lives + (n > 10 ? 10 : 0)}/1  ${married}  ${citizenship}  ${cf}`;
      }),
    ].join('\n'),
  );
  const [first, ...others] = rows
    .filter(({ isProtected }) => isProtected)
    .map(({ n }, i) =>
      line(String(i + 1), 'RISERVATEZZA', '2025-02-01', { id_soggetto: `S${n}`, riservatezza: '1' }),
    );
  await story.supply(first!, ...others);
});
afterAll(() => test.drop());

const LOOKERS = FIRST_PROFILES.filter(({ operations }) => operations.includes('personSearch'));
/** Fields on which a line, or who is found, depends. */
const TELLING = new Set<Field>(['codiceFiscale', 'sex', 'birth', 'residence', 'protectedAddress']);
/** What each profile that searches reads of them, and each field less; no profile of today is the last word. */
const SIGHTS = [
  ...new Map(
    LOOKERS.flatMap(({ fields }) => [fields, ...fields.map((field) => fields.filter((one) => one !== field))])
      .map((fields) => fields.filter((field) => TELLING.has(field)))
      .map((fields) => [
        fields.join(),
        { sees: fields.join(' '), fields: new Set<Field>(['names', ...fields]) },
      ]),
  ).values(),
];
const QUESTIONS: readonly ((cognome: string) => Line)[] = [
  (cognome) => ({ per: 'cognome_nome_comune', cognome, nome: 'mario', comune: A }),
  (cognome) => ({ per: 'cognome_nome_comune', cognome: `${cognome.slice(0, 4)}*`, nome: 'mario', comune: A }),
];

async function asked(
  cognome: string,
  of: (cognome: string) => Line,
  fields: ReadonlySet<Field>,
  simile: boolean,
) {
  const { persone } = await search(test.db, {
    question: QUESTION.parse(of(cognome)),
    options: { simile, anche_passati: true },
    when: { al: AL, notoAl: null },
    cap: 10,
    mayReadProtected: fields.has('protectedAddress'),
    seen: (person) => cutListed(person, fields),
  });
  return (persone ?? []).map((person) => cutListed(person, fields));
}

const number = (persona: string | undefined): number => Number(persona?.slice(1));

describe.each(SIGHTS)('who sees: $sees', ({ fields }) => {
  it.each([
    ['exact', false],
    ['similar', true],
  ])('%s: a list stands as what is shown of it', async (_kind, simile) => {
    for (const question of QUESTIONS)
      for (const cognome of SURNAMES) {
        const list = await asked(cognome, question, fields, simile);
        expect(list).toHaveLength(LIVES.length);
        const byHand = list.toSorted((a, b) => {
          const [x, y] = [a.data_nascita ?? '', b.data_nascita ?? ''];
          return x === y ? number(a.persona) - number(b.persona) : x < y ? -1 : 1;
        });
        expect(list.map(({ persona }) => persona)).toEqual(byHand.map(({ persona }) => persona));
      }
  });
});

it('where birth is not shown, both families stand alike, though what is hidden of them is reversed', async () => {
  const fields = new Set(FIELDS.filter((field) => field !== 'birth' && field !== 'protectedAddress'));
  const places = [];
  for (const cognome of SURNAMES) {
    const list = await asked(cognome, QUESTIONS[0]!, fields, false);
    const sorted = list.map(({ persona }) => number(persona)).toSorted((a, b) => a - b);
    places.push(list.map(({ persona }) => sorted.indexOf(number(persona))));
  }
  expect(places).toEqual([
    [0, 1, 2, 3, 4],
    [0, 1, 2, 3, 4],
  ]);
});
