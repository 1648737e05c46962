/** Births: hard situations, each under its rule. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, corrected, type Line, line, Story } from '../support/story.ts';
import { birth, death, leaves } from '../support/story-lines.ts';

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
  await story.begin(`
    id  nome           sesso  nascita     famiglia  stato
    S1  ROSSI MARIO    M      1970-01-01  F1/1      2+S2
    S2  BIANCHI ANNA   F      1972-01-01  F1/2      2+S1
    S3  ROSSI LUCA     M      2006-01-01  F1/3      1
    S4  NERI ADA       F      1980-01-01  F2/1      1
    S5  GALLI UGO      M      1978-03-03  F3/1      1
  `);
});
afterEach(async () => {
  await story.endsAsTold();
  await test.drop();
});

describe('births (DPR 223/1989 art. 7; tracciato.md 3, NASCITA)', () => {
  it('twins: two births of one day in one family, told apart by their numbers', async () => {
    expect(
      await story.supply(birth('1', 'S8', '2025-05-01'), birth('2', 'S9', '2025-05-01', { nome: 'EMMA' })),
    ).toEqual([]);
    await story.expect(`
      al          noto  S8.nome    S9.nome     S8.famiglia  F1.membri                                S1.figli
      2025-05-01  1     ROSSI EVA  ROSSI EMMA  F1/3         S1/1, S2/2, S3/3, S8/3, S9/3  ROSSI EVA, ROSSI EMMA
      2025-04-30  1     ROSSI EVA  ROSSI EMMA  -            S1/1, S2/2, S3/3              -
    `);
  });

  it('twins orphaned: of two of one age the one whose number comes first acts as intestatario', async () => {
    await story.supply(birth('1', 'S9', '2024-05-01'), birth('2', 'S8', '2024-05-01', { nome: 'EMMA' }));
    const found = await story.supply(
      leaves('3', '2025-06-01', 'S3'),
      death('4', 'S2', '2025-06-02'),
      death('5', 'S1', '2025-06-03'),
    );
    expect(found).toEqual(['EF008 3']);
    await story.expect(`
      al          noto  F1.membri
      2025-06-03  2     S8*/99(3), S9/99(3)
      2025-06-02  2     S1/1, S8/3, S9/3
    `);
  });

  it('a posthumous child has the dead father, and the mother stays a widow (c.c. art. 232)', async () => {
    await story.supply(death('1', 'S1', '2025-02-10'));
    expect(await story.supply(birth('2', 'S9', '2025-06-01'))).toEqual([]);
    await story.expect(`
      al          noto  S9.padre     S9.madre      S2.stato  S1.morte    F1.membri
      2025-02-09  2     -            -             2+S1      -           S1/1, S2/2, S3/3
      2025-06-01  1     ignoto       ignoto        3         2025-02-10  S2*/99(2), S3/99(3)
      2025-06-01  2     ROSSI MARIO  BIANCHI ANNA  3         2025-02-10  S2*/99(2), S3/99(3), S9/99(3)
    `);
  });

  it('born and dead on one day: in the flows, in no stock (registry.md, A day is its end)', async () => {
    expect(await story.supply(birth('1', 'S9', '2025-05-01'), death('2', 'S9', '2025-05-01'))).toEqual([]);
    await story.expect(`
      al          noto  S9.casa  S9.morte    A.residenti            F1.membri
      2025-04-30  1     -        -           3M 2F 0 stranieri      S1/1, S2/2, S3/3
      2025-05-01  1     -        2025-05-01  3M 2F 0 stranieri      S1/1, S2/2, S3/3
      2025-05-02  1     -        2025-05-01  3M 2F 0 stranieri      S1/1, S2/2, S3/3
    `);
  });

  it('a birth corrected to the day before a move: the child moved along (R)', async () => {
    const born = birth('1', 'S9', '2025-05-10');
    await story.supply(
      line('0', 'CAMBIO_ABITAZIONE', '2025-05-05', {
        id_famiglia: 'F1',
        famiglia: { id_famiglia: 'F1', specie: 'VIA', toponimo: 'NUOVA', civico: '3' },
      }),
      born,
    );
    const soggetto = { ...((born['dati'] as Line)['soggetto'] as Line), data_nascita: '2025-05-01' };
    expect(
      await story.supply(
        corrected('2', born, { decorrenza: '2025-05-01', dati: { soggetto } }, '2025-06-01'),
      ),
    ).toEqual([]);
    await story.expect(`
      al          noto  S9.casa  S9.nascita
      2025-05-04  1     -        2025-05-10
      2025-05-10  1     NUOVA    2025-05-10
      2025-05-04  2     ROMA     2025-05-01
      2025-05-05  2     NUOVA    2025-05-01
    `);
  });

  it('a birth annulled is as if it had never been, and its number is free for another child (A)', async () => {
    const born = birth('1', 'S9', '2025-05-01');
    await story.supply(born);
    expect(await story.supply(annulled('2', born, '2025-05-20'))).toEqual([]);
    expect(await story.supply(birth('3', 'S9', '2025-05-15', { nome: 'IDA' }))).toEqual([]);
    await story.expect(`
      al          noto  S9.nome    S9.nascita  F1.membri
      2025-05-31  1     ROSSI EVA  2025-05-01  S1/1, S2/2, S3/3, S9/3
      2025-05-31  2     ignoto     ignoto      S1/1, S2/2, S3/3
      2025-05-31  3     ROSSI IDA  2025-05-15  S1/1, S2/2, S3/3, S9/3
    `);
  });
});
