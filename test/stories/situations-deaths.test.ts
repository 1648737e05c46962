/** Deaths and what they make of a family: hard situations, each under its rule. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, corrected, line, Story } from '../support/story.ts';
import { death, leaves, status } from '../support/story-lines.ts';

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

describe('deaths (tracciato.md 3, What follows from an event)', () => {
  it('registered months later, after a move of the dead: judged on its decorrenza, and the move falls to nothing', async () => {
    await story.supply(
      line('1', 'CAMBIO_ABITAZIONE', '2025-04-01', {
        id_soggetti: ['S4'],
        legami: [{ id_soggetto: 'S4', relazione: '1' }],
        famiglia: { id_famiglia: 'F9', specie: 'VIA', toponimo: 'NUOVA', civico: '1' },
      }),
    );
    expect(await story.supply(death('2', 'S4', '2025-02-10', { registrazione: '2025-06-20' }))).toEqual([]);
    await story.expect(`
      al          noto  S4.casa  S4.morte    F2.chiusa   F9.membri
      2025-03-01  1     VERDI    -           2025-04-01  -
      2025-05-01  1     NUOVA    -           -           S4/1
      2025-03-01  2     -        2025-02-10  -           -
      2025-02-09  2     VERDI    -           2025-02-10  -
      2025-05-01  2     -        2025-02-10  -           -
    `);
  });

  it('on the day of a cancellation, whichever was registered first: the registration ends once', async () => {
    await story.supply(leaves('1', '2025-02-10', 'S4'), death('2', 'S4', '2025-02-10'));
    await story.supply(death('3', 'S5', '2025-02-10'), leaves('4', '2025-02-10', 'S5'));
    await story.expect(`
      al          noto  S4.casa  S4.morte    S5.casa  S5.morte    A.residenti
      2025-02-09  2     VERDI    -           MAZZINI  -           3M 2F 0 stranieri
      2025-02-10  2     -        2025-02-10  -        2025-02-10  2M 1F 0 stranieri
    `);
  });

  it('known only by its month counts from its first day, and is possible till the last (registry.md, Dates may be partial)', async () => {
    expect(
      await story.supply(
        death('1', 'S4', '2025-02-01', { data_morte: '2025-02', registrazione: '2025-03-10' }),
      ),
    ).toEqual([]);
    await story.expect(`
      al          noto  S4.casa  S4.morte   A.residenti
      2025-01-31  1     VERDI    -          3M 2F 0 stranieri
      2025-02-10  1     VERDI?   2025-02?   3M 1F 0 stranieri
      2025-02-28  1     -        2025-02    3M 1F 0 stranieri
    `);
  });

  it('nobody dies twice, nobody dead moves, marries or leaves (SIP-204)', async () => {
    await story.supply(death('1', 'S4', '2025-02-10'));
    expect(
      await story.supply(
        death('2', 'S4', '2025-03-10'),
        leaves('3', '2025-03-10', 'S4'),
        status('4', '2025-03-10', 'S4', '2', { id_coniuge: 'S5' }),
        line('5', 'CAMBIO_ABITAZIONE', '2025-03-10', {
          id_famiglia: 'F2',
          famiglia: { id_famiglia: 'F2', specie: 'VIA', toponimo: 'NUOVA', civico: '1' },
        }),
      ),
    ).toEqual(['SIP-204 1', 'SIP-204 2', 'SIP-204 3', 'SIP-204 4']);
    await story.expect(`
      al          noto  S4.morte    S5.stato
      2025-04-01  2     2025-02-10  1
    `);
  });

  it('annulled after the widow has married again: the death and the widowhood fall, her marriage is kept (R and A)', async () => {
    const died = death('1', 'S1', '2025-02-10');
    await story.supply(died, status('2', '2025-06-01', 'S2', '2', { id_coniuge: 'S5' }));
    expect(await story.supply(annulled('3', died, '2025-07-01'))).toEqual([]);
    await story.expect(`
      al          noto  S1.casa  S1.stato  S2.stato  S5.stato
      2025-02-10  1     -        -         3         1
      2025-06-01  1     -        -         2+S5      2+S2
      2025-02-10  2     ROMA     2+S2      2+S1      1
      2025-06-01  2     ROMA     2+S2      2+S5      2+S2
    `);
  });

  it('before a marriage of which the register learns late: the spouse is a widow all the same (In time)', async () => {
    await story.supply(death('1', 'S5', '2025-03-01'));
    expect(
      await story.supply(status('2', '2025-02-01', 'S4', '2', { id_coniuge: 'S5' }, '2025-04-01')),
    ).toEqual([]);
    await story.expect(`
      al          noto  S4.stato
      2025-02-01  1     1
      2025-02-01  2     2+S5
      2025-02-28  2     2+S5
      2025-03-01  2     3
    `);
  });

  it('after a divorce of which the register learns late: who was divorced is no widow (In time)', async () => {
    await story.supply(death('1', 'S1', '2025-03-01'));
    expect(
      await story.supply(status('2', '2025-02-01', 'S2', '4', { id_coniuge: 'S1' }, '2025-04-01')),
    ).toEqual([]);
    await story.expect(`
      al          noto  S1.stato  S2.stato
      2025-02-01  1     2+S2      2+S1
      2025-03-01  1     -         3
      2025-02-01  2     4         4
      2025-03-01  2     -         4
    `);
  });

  it('leaves the family to the oldest until a head is named: EF008 once, 99 beside the last kinship (EF008)', async () => {
    expect(await story.supply(death('1', 'S1', '2025-02-10'))).toEqual(['EF008 1']);
    expect(
      await story.supply(
        line('2', 'FAMIGLIA', '2025-03-01', {
          id_intestatario: 'S2',
          relazioni: [{ id_soggetto: 'S3', relazione: '3' }],
        }),
      ),
    ).toEqual([]);
    await story.expect(`
      al          noto  F1.membri             S3.famiglia  S2.famiglia
      2025-02-09  2     S1/1, S2/2, S3/3      F1/3         F1/2
      2025-02-10  2     S2*/99(2), S3/99(3)   F1/99(3)     F1/99(2)
      2025-03-01  1     S2*/99(2), S3/99(3)   F1/99(3)     F1/99(2)
      2025-03-01  2     S2/1, S3/3            F1/3         F1/1
    `);
  });

  it('of the last one closes the family on that day, and its annulment opens it again (R and A)', async () => {
    const died = death('1', 'S4', '2025-02-10');
    await story.supply(died);
    await story.supply(annulled('2', died, '2025-03-01'));
    await story.expect(`
      al          noto  F2.membri  F2.via
      2025-02-09  1     S4/1       VERDI
      2025-02-10  1     -          -
      2025-02-10  2     S4/1       VERDI
    `);
  });

  it('corrected twice, then the last correction annulled: the one before it is in force again (R and A)', async () => {
    const died = death('1', 'S1', '2025-02-10');
    const second = corrected('2', died, { decorrenza: '2025-02-08' }, '2025-03-01');
    const third = corrected('3', second, { decorrenza: '2025-02-06' }, '2025-03-02');
    await story.supply(died);
    await story.supply(second);
    await story.supply(third);
    await story.supply(annulled('4', third, '2025-03-03'));
    await story.supply(corrected('5', died, { decorrenza: '2025-02-07' }, '2025-03-04'));
    await story.expect(`
      al          noto  S1.morte    S2.stato
      2025-02-28  1     2025-02-10  3
      2025-02-28  2     2025-02-08  3
      2025-02-28  3     2025-02-06  3
      2025-02-07  3     2025-02-06  3
      2025-02-07  4     -           2+S1
      2025-02-28  4     2025-02-08  3
      2025-02-28  5     2025-02-07  3
    `);
  });
});
