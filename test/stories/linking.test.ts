/** Which entries of several registers are one person, whatever is loaded first (registry.md, "People, not rows" and "Sealed"). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/kernel/app-error.ts';
import { computeCodiceFiscale } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { askPerson } from '../../src/registry/answers/ask-person.ts';
import type { PersonKey } from '../../src/registry/answers/person-key.ts';
import { bundle, famiglia, legame, soggetto } from '../support/bundles.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { loadBundles } from '../support/load-bundles.ts';
import { annulled, type Line, line, Story } from '../support/story.ts';
import { COMUNI } from '../support/story-answers.ts';

const code = (nome: string, sesso: 'M' | 'F'): string =>
  computeCodiceFiscale({ cognome: 'NERI', nome, sesso, data_nascita: day('1980-01-01'), luogo: 'F257' });
const ADA = code('ADA', 'F');
const ADO = code('ADO', 'M');

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
});
afterEach(async () => {
  await story.endsAsTold();
  await test.drop();
});

/** The first full supply of a comune: somebody under the code of ADA. */
const begin = (comune: string, nascita: string, nome = 'NERI ADA', cf = ADA, sesso = 'F') =>
  story.begin(
    `
    id  nome     sesso     nascita     famiglia  cf
    S1  ${nome}  ${sesso}  ${nascita}  F1/1      ${cf}
  `,
    comune,
  );
const identity = (id: string, on: string, motivo: string, change: Line): Line =>
  line(id, 'GENERALITA', on, { id_soggetto: 'S1', motivo, ...change });

describe('three who bear one validated code, of whom two disagree on the day of birth and one gives the year alone', () => {
  const BORN: Readonly<Record<string, string>> = { A: '1980-01-01', B: '1980', C: '1980-02-02' };
  it.each(['ABC', 'ACB', 'BAC', 'BCA', 'CAB', 'CBA'])(
    'are three people, whatever is loaded first: %s',
    async (order) => {
      for (const comune of order) await begin(comune, BORN[comune]!);
      // Anything of anybody looks again at whom the code joins.
      await story.supplyOf('B', identity('1', '2025-02-01', 'ALTRO', { nome: 'ADA LUISA' }));
      await story.expect(`
        al          noto  A:S1.schede  B:S1.schede  C:S1.schede
        2025-01-31  0     A:S1         B:S1         C:S1
        2025-02-01  1     A:S1         B:S1         C:S1
      `);
    },
  );

  it('those whom the code had joined part when the third comes, are one again when it agrees, and what was known stays known', async () => {
    await begin('A', BORN['A']!);
    await begin('B', BORN['B']!);
    await story.supply(identity('1', '2025-02-01', 'ALTRO', { nome: 'ADA LUISA' }));
    await story.expect(`
      al          noto  B:S1.schede
      2025-02-01  1     A:S1, B:S1
    `);
    await story.begin(
      `
      id  nome      sesso  nascita     famiglia  cf
      S1  NERI ADA  F      ${BORN['C']}  F1/1    ${ADA}
    `,
      'C',
    );
    await story.supply(identity('2', '2025-03-01', 'ALTRO', { nome: 'ADA' }));
    await story.expect(`
      al          noto  A:S1.schede  B:S1.schede  C:S1.schede
      2025-02-01  1     A:S1, B:S1   A:S1, B:S1   ignoto
      2025-03-01  2     A:S1         B:S1         C:S1
    `);
    await story.supplyOf('C', identity('1', '2025-04-01', 'RETTIFICA', { data_nascita: BORN['A']! }));
    await story.expect(`
      al          noto  A:S1.schede       C:S1.schede
      2025-04-01  2     A:S1              C:S1
      2025-04-01  3     A:S1, B:S1, C:S1  A:S1, B:S1, C:S1
    `);
  });
});

describe('an identity sealed in one register (L. 164/1982; L. 184/1983 art. 28)', () => {
  const BORN = '1980-01-01';
  const NOW = { al: day('2025-12-31'), notoAl: null };
  const becameAdo = identity('1', '2025-06-01', 'SESSO', {
    nome: 'ADO',
    sesso: 'M',
    codice_fiscale: ADO,
    validita_cf: '1',
  });
  const found = async (key: PersonKey): Promise<boolean> => {
    try {
      await askPerson(test.db, key, NOW);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-found') return false;
      throw error;
    }
  };
  const hidden = async (): Promise<void> => {
    expect(await found({ kind: 'code', codice_fiscale: ADA })).toBe(false);
    expect(await found({ kind: 'name', surname: 'NERI', given: 'ADA', birth: null })).toBe(false);
    expect(await found({ kind: 'code', codice_fiscale: ADO })).toBe(true);
  };

  it('is hidden in another that bears it still, though the code has changed', async () => {
    await begin('A', BORN);
    await begin('B', BORN);
    await story.supply(becameAdo);
    await story.expect(`
      al          noto  A:S1.schede  B:S1.schede  B:S1.nome  B:S1.nomi  B:S1.sesso  B:S1.cf
      2025-05-31  1     A:S1, B:S1   A:S1, B:S1   NERI ADO   NERI ADO   M           ${ADO}
      2025-06-01  1     A:S1, B:S1   A:S1, B:S1   NERI ADO   NERI ADO   M           ${ADO}
    `);
    await hidden();
  });

  it('is hidden in one that is loaded after the sealing, and that bears it still', async () => {
    await begin('A', BORN);
    await story.supply(becameAdo);
    await begin('B', BORN);
    await story.expect(`
      al          noto  B:S1.nome  B:S1.nomi  B:S1.sesso  B:S1.cf
      2025-06-01  0     NERI ADO   NERI ADO   M           ${ADO}
    `);
    await hidden();
  });

  it('is hidden in one that bears it still, and both are one person with who has the new one alone in a third', async () => {
    await begin('C', BORN, 'NERI ADO', ADO, 'M');
    await begin('B', BORN);
    await begin('A', BORN);
    await story.supply(becameAdo);
    await story.expect(`
      al          noto  A:S1.schede       B:S1.nome  B:S1.cf  C:S1.schede
      2025-05-31  0     A:S1, B:S1        NERI ADO   ${ADO}   C:S1
      2025-06-01  1     A:S1, B:S1, C:S1  NERI ADO   ${ADO}   A:S1, B:S1, C:S1
    `);
    await hidden();
  });

  it('is hidden in one that bears it still, when the full supply of another tells it sealed (generalita.csv)', async () => {
    await begin('B', BORN);
    const told = {
      codice_fiscale: ADO,
      validita_cf: '1',
      cognome: 'NERI',
      nome: 'ADO',
      data_nascita: day(BORN),
    };
    const former = {
      riga: 1,
      dal: day('2010-01-01'),
      al: day('2020-01-01'),
      codice_fiscale: ADA,
      cognome: null,
      nome: 'ADA',
      sesso: 'F',
      motivo: 'SESSO',
    } as const;
    await loadBundles(test.db, {
      comune: COMUNI['A']!,
      households: [famiglia(1)],
      bundles: [bundle(soggetto(1, told), [legame(1, 'F1')], { generalita: [former] })],
    });
    await hidden();
    expect((await askPerson(test.db, { kind: 'code', codice_fiscale: ADO }, NOW)).schede).toHaveLength(2);
  });

  it('shows again when its event is annulled', async () => {
    await begin('A', BORN);
    await begin('B', BORN);
    await story.supply(becameAdo);
    await story.supply(annulled('2', becameAdo, '2025-07-01'));
    await story.expect(`
      al          noto  A:S1.schede  B:S1.nome  B:S1.cf
      2025-06-01  2     A:S1, B:S1   NERI ADA   ${ADA}
    `);
  });
});
