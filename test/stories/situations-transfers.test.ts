/** Moves between comuni, as two registers tell them: hard situations, each under its rule. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { code } from '../support/codes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, arrival, corrected, type Line, line, Story } from '../support/story.ts';
import { arrives, death, leaves, status, via } from '../support/story-lines.ts';

const MARIO = code('ROSSI', 'MARIO', 'M', '1970-01-01');
const ANNA = code('BIANCHI', 'ANNA', 'F', '1972-01-01');
const LUCA = code('ROSSI', 'LUCA', 'M', '2006-01-01');
const ADA = code('NERI', 'ADA', 'F', '1980-01-01');
const UGO = code('GALLI', 'UGO', 'M', '1978-03-03');

let test: TestDatabase;
let story: Story;
/** A family, and a woman alone, in A; a man in B. */
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   ${MARIO}
    S2  BIANCHI ANNA  F      1972-01-01  F1/2      2+S1   ${ANNA}
    S3  ROSSI LUCA    M      2006-01-01  F1/3      1      ${LUCA}
    S4  NERI ADA      F      1980-01-01  F2/1      1      ${ADA}
  `);
  await story.begin(
    `
    id  nome       sesso  nascita     famiglia  stato  cf
    S1  GALLI UGO  M      1978-03-03  F1/1      1      ${UGO}
  `,
    'B',
  );
});
afterEach(async () => {
  await story.endsAsTold();
  await test.drop();
});

const NERI = {
  cognome: 'NERI',
  nome: 'ADA',
  sesso: 'F',
  data_nascita: '1980-01-01',
  codice_fiscale: ADA,
  validita_cf: '1',
};
const toB = { destinazione: { comune: '036002' } };
const fromA = { provenienza: { comune: '036001' } };

describe('the halves of a move (registry.md, Transfers; DPR 223/1989 art. 18)', () => {
  it('gone from A and not yet in B: in transit; then one move, of one person', async () => {
    await story.supply(leaves('1', '2025-03-01', 'S4', toB));
    await story.supplyOf('B', arrives('1', '2025-03-01', 'S7', 'F7', NERI, fromA));
    await story.expect(`
      al          noto  S4.dove  S4.segnali         S4.schede   A.residenti         B.residenti         P.residenti
      2025-02-28  1     A        -                  A:S4        2M 2F 0 stranieri   1M 0F 0 stranieri   3M 2F 0 stranieri
      2025-03-01  1     -        in transito A>B    A:S4        2M 1F 0 stranieri   1M 0F 0 stranieri   3M 1F 0 stranieri
      2025-03-01  2     B        -                  B:S7, A:S4  2M 1F 0 stranieri   1M 1F 0 stranieri   3M 2F 0 stranieri
      2025-02-28  2     A        -                  A:S4, B:S7  2M 2F 0 stranieri   1M 0F 0 stranieri   3M 2F 0 stranieri
    `);
  });

  it('in B and not yet gone from A: pending, no double residence; B speaks, and both keep their counts', async () => {
    await story.supplyOf('B', arrives('1', '2025-03-01', 'S7', 'F7', NERI, fromA));
    await story.supply(leaves('1', '2025-03-01', 'S4', toB));
    await story.expect(`
      al          noto  S4.dove  S4.segnali              A.residenti         B.residenti         P.residenti
      2025-03-02  1     B        trasferimento pendente  2M 2F 0 stranieri   1M 1F 0 stranieri   3M 2F 0 stranieri
      2025-03-02  2     B        -                       2M 1F 0 stranieri   1M 1F 0 stranieri   3M 2F 0 stranieri
    `);
  });

  it('with two decorrenze: the day is one, and the difference is told', async () => {
    await story.supplyOf('B', arrives('1', '2025-03-01', 'S7', 'F7', NERI, fromA));
    await story.supply(leaves('1', '2025-03-10', 'S4', toB));
    await story.supply(
      corrected('2', leaves('1', '2025-03-10', 'S4', toB), { decorrenza: '2025-03-01' }, '2025-04-01'),
    );
    await story.expect(`
      al          noto  S4.dove  S4.segnali
      2025-03-05  2     B        decorrenze diverse
      2025-03-10  2     B        -
      2025-03-05  3     B        -
    `);
  });

  it('registered in B as come from abroad while open in A: double residence, the later decorrenza speaks (EA030)', async () => {
    await story.supplyOf(
      'B',
      arrives('1', '2025-03-01', 'S7', 'F7', NERI, { motivo: '4', provenienza: { stato: '215' } }),
    );
    await story.expect(`
      al          noto  S4.dove  S4.segnali        A.residenti        B.residenti        P.residenti
      2025-03-01  1     B        doppia residenza  2M 2F 0 stranieri  1M 1F 0 stranieri  3M 2F 0 stranieri
    `);
  });

  it('a departure annulled after the arrival elsewhere: the move is pending again', async () => {
    const left = leaves('1', '2025-03-01', 'S4', toB);
    await story.supply(left);
    await story.supplyOf('B', arrives('1', '2025-03-01', 'S7', 'F7', NERI, fromA));
    await story.supply(annulled('2', left, '2025-03-20'));
    await story.expect(`
      al          noto  S4.dove  S4.segnali        A.residenti        P.residenti
      2025-03-10  2     B        -                 2M 1F 0 stranieri  3M 2F 0 stranieri
      2025-03-10  3     B        trasferimento pendente  2M 2F 0 stranieri  3M 2F 0 stranieri
    `);
  });

  it('a family splits over two comuni on one day, and nobody is lost or counted twice', async () => {
    const mario = {
      cognome: 'ROSSI',
      nome: 'MARIO',
      data_nascita: '1970-01-01',
      codice_fiscale: MARIO,
      validita_cf: '1',
      stato_civile: '2',
      cf_coniuge: ANNA,
    };
    const luca = {
      cognome: 'ROSSI',
      nome: 'LUCA',
      data_nascita: '2006-01-01',
      codice_fiscale: LUCA,
      validita_cf: '1',
    };
    expect(await story.supply(leaves('1', '2025-03-01', ['S1', 'S3'], toB))).toEqual(['EF008 1']);
    expect(
      await story.supplyOf(
        'B',
        line('1', 'ISCRIZIONE', '2025-03-01', {
          motivo: '3',
          ...fromA,
          famiglia: via('F7', 'NUOVA', { motivo: '2' }),
          soggetti: [
            { ...arrival('S7', mario), legame: { id_famiglia: 'F7', relazione: '1' } },
            { ...arrival('S8', luca), legame: { id_famiglia: 'F7', relazione: '3' } },
          ],
        }),
      ),
    ).toEqual([]);
    await story.expect(`
      al          noto  F1.membri              B:F7.membri  S1.dove  S2.dove  S2.stato  S1.stato  P.residenti
      2025-02-28  2     S1/1, S2/2, S3/3       -            A        A        2+S1      2+S2      3M 2F 0 stranieri
      2025-03-01  2     S2*/99(2)              S7/1, S8/3   B        A        2+S1      2+S2  3M 2F 0 stranieri
    `);
  });

  it('who goes on to a third comune before B has told of the arrival is not lost', async () => {
    await story.begin(
      `
      id  nome         sesso  nascita     famiglia
      S1  VERDI GINO   M      1960-01-01  F1/1
    `,
      'C',
    );
    await story.supply(leaves('1', '2025-03-01', 'S4', toB));
    await story.supplyOf(
      'C',
      arrives('1', '2025-05-01', 'S9', 'F9', NERI, { provenienza: { comune: '036002' } }),
    );
    await story.supplyOf(
      'B',
      arrives('1', '2025-03-01', 'S7', 'F7', NERI, fromA),
      leaves('2', '2025-05-01', 'S7', { destinazione: { comune: '036003' } }),
    );
    await story.expect(`
      al          noto  S4.dove  S4.segnali
      2025-04-01  1     -        in transito A>B
      2025-04-01  2     -        in transito A>B
      2025-05-01  2     C        -
      2025-04-01  3     B        -
      2025-05-01  3     C        -
    `);
  });
});

describe('a death or a marriage that two registers tell (registry.md, Who speaks)', () => {
  it('dead in A and resident in B on a later day: in conflict until it is settled', async () => {
    await story.supplyOf('B', arrives('1', '2025-03-01', 'S7', 'F7', NERI, fromA));
    const died = death('1', 'S4', '2025-02-10');
    await story.supply(died);
    await story.supply(annulled('2', died, '2025-03-20'));
    await story.expect(`
      al          noto  S4.dove  S4.morte    S4.segnali
      2025-03-02  2     B        2025-02-10  in conflitto
      2025-03-02  3     B        -           trasferimento pendente
    `);
  });

  it('a marriage between residents of two comuni, annulled after a death: never married, so never widowed', async () => {
    const wed = (subject: string, spouse: string): Line =>
      status('M', '2025-03-01', subject, '2', { cf_coniuge: spouse, atto: '036023/2025/2/A/7' });
    expect(await story.supply(wed('S4', UGO))).toEqual([]);
    expect(await story.supplyOf('B', wed('S1', ADA))).toEqual([]);
    await story.supplyOf('B', death('D', 'S1', '2025-08-01'));
    // Her own comune is told of the death, and says itself that she is a widow.
    expect(await story.supply(status('V', '2025-08-01', 'S4', '3'))).toEqual([]);
    await story.expect(`
      al          noto  S4.stato    B:S1.stato
      2025-03-01  2     2+S1    2+S4
      2025-08-01  3     2+S1    -
      2025-08-01  4     3           -
    `);
    expect(await story.supply(annulled('A', wed('S4', UGO), '2025-10-01'))).toEqual(['SIP-206 1']);
    await story.supplyOf('B', annulled('A', wed('S1', ADA), '2025-10-01'));
    await story.expect(`
      al          noto  S4.stato  B:S1.stato  B:S1.morte
      2025-07-31  6     1         1           -
      2025-08-01  6     1         -           2025-08-01
      2025-08-01  4     3         -           2025-08-01
    `);
  });

  it('protection in one register protects the person in all (registry.md, riservatezza)', async () => {
    await story.supply(leaves('1', '2025-03-01', 'S4', toB));
    await story.supplyOf('B', arrives('1', '2025-03-01', 'S7', 'F7', NERI, fromA));
    const guarded = line('2', 'RISERVATEZZA', '2025-04-01', { id_soggetto: 'S7', riservatezza: '1' });
    await story.supplyOf('B', guarded);
    await story.supplyOf(
      'B',
      line('3', 'RISERVATEZZA', '2025-06-01', { id_soggetto: 'S7', riservatezza: null }),
    );
    await story.expect(`
      al          noto  S4.segnali  B:S7.segnali
      2025-04-01  2     -           -
      2025-04-01  3     riservato   riservato
      2025-06-01  4     -           -
    `);
  });
});
