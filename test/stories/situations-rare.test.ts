/** What seldom happens and is easily told wrong, over one register or two: each under its rule. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { code } from '../support/codes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { arrival, corrected, type Line, line, Story } from '../support/story.ts';
import { arrives, birth, death, leaves, moves, via } from '../support/story-lines.ts';

const ADA = code('NERI', 'ADA', 'F', '1980-01-01');
const EVA = code('NERI', 'EVA', 'F', '2015-01-01');

let test: TestDatabase;
let story: Story;
/** A family, and a woman with a child, in A; a man in B, a woman in C. */
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   -
    S2  BIANCHI ANNA  F      1972-01-01  F1/2      2+S1   -
    S4  NERI ADA      F      1980-01-01  F2/1      1      ${ADA}
    S5  NERI EVA      F      2015-01-01  F2/3      1      ${EVA}
  `);
  for (const comune of ['B', 'C'])
    await story.begin(
      `
      id  nome       sesso  nascita     famiglia  stato
      S1  GALLI UGO  M      1978-03-03  F1/1      1
    `,
      comune,
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

describe('between two comuni (registry.md, Transfers and Who speaks)', () => {
  it('who dies in transit is dead, in transit no more, and counted by nobody (a death after a cancellation is recorded all the same)', async () => {
    await story.supply(leaves('1', '2025-03-01', 'S4', toB));
    expect(await story.supply(death('2', 'S4', '2025-03-10'))).toEqual([]);
    await story.expect(`
      al          noto  S4.dove  S4.morte    S4.segnali        P.residenti
      2025-03-09  2     -        -           in transito A>B   3M 2F 0 stranieri
      2025-03-10  2     -        2025-03-10  -                 3M 2F 0 stranieri
    `);
  });

  it('two comuni register one person on one day: of equal decorrenze the lower ISTAT code speaks, both count, the province once (EA030)', async () => {
    const came = (id: string, subject: string) =>
      arrives(
        id,
        '2025-03-01',
        subject,
        'F9',
        {
          cognome: 'MORI',
          nome: 'LIA',
          sesso: 'F',
          data_nascita: '1990-01-01',
          codice_fiscale: code('MORI', 'LIA', 'F', '1990-01-01'),
          validita_cf: '1',
        },
        { motivo: '4', provenienza: { stato: '215' } },
      );
    await story.supplyOf('C', came('1', 'S7'));
    await story.supplyOf('B', came('1', 'S8'));
    await story.expect(`
      al          noto  B:S8.dove  C:S7.dove  C:S7.segnali      B.residenti        C.residenti        P.residenti
      2025-03-01  2     B          B          doppia residenza  1M 1F 0 stranieri  1M 1F 0 stranieri  3M 4F 0 stranieri
    `);
  });

  it('land passes to a third comune in the midst of a move to it: who is learned of later goes along (TERRITORIO)', async () => {
    const home = via('F7', 'NUOVA', { motivo: '2', sezione: '12' });
    await story.supply(leaves('1', '2025-03-01', 'S4', toB));
    await story.supplyOf('B', line('1', 'TERRITORIO', '2025-04-01', { a: '036003', sezioni: ['12'] }));
    const late = arrives(
      '2',
      '2025-03-01',
      'S7',
      'F7',
      NERI,
      { ...fromA, famiglia: home },
      { registrazione: '2025-05-10' },
    );
    expect(await story.supplyOf('B', late)).toEqual([]);
    await story.expect(`
      al          noto  S4.segnali       S4.dove  B.residenti
      2025-04-15  2     in transito A>B  -        1M 0F 0 stranieri
      2025-03-31  3     -                B        1M 1F 0 stranieri
      2025-04-15  3     in transito B>C  -        1M 0F 0 stranieri
    `);
    const taken = line(
      '1',
      'TERRITORIO',
      '2025-04-01',
      {
        da: '036002',
        famiglie: [via('F8', 'NUOVA')],
        soggetti: [{ ...arrival('S9', NERI), legame: { id_famiglia: 'F8', relazione: '1' } }],
      },
      { registrazione: '2025-05-20' },
    );
    expect(await story.supplyOf('C', taken)).toEqual([]);
    await story.expect(`
      al          noto  S4.segnali  S4.dove  S4.schede
      2025-04-15  4     -           C        C:S9, B:S7, A:S4
    `);
  });

  it('gone abroad and back under the same number: outside of the population while in the AIRE, a second spell after (registry.md, Counting rules)', async () => {
    await story.supply(leaves('1', '2025-02-01', 'S4', { motivo: '8', destinazione: { stato: '215' } }));
    const back = arrives('2', '2025-09-01', 'S4', 'F9', NERI, { motivo: '4', provenienza: { stato: '215' } });
    expect(await story.supply(back)).toEqual([]);
    await story.expect(`
      al          noto  S4.casa  S4.iscritto  S4.segnali  A.residenti
      2025-01-31  2     VERDI    2010-01-01   -           1M 3F 0 stranieri
      2025-02-01  2     -        -            -           1M 2F 0 stranieri
      2025-09-01  2     NUOVA    2025-09-01   -           1M 3F 0 stranieri
    `);
  });
});

describe('births and parents (tracciato.md 3, NASCITA and GENITORI)', () => {
  it('of a mother who is not resident the child has the code alone, and the father from the day he acknowledges it (c.c. art. 250)', async () => {
    const mother = code('VALLI', 'IDA', 'F', '1985-05-05');
    const born = birth('1', 'S9', '2025-02-01', { id_padre: null, id_madre: null, cf_madre: mother });
    expect(await story.supply(born)).toEqual([]);
    const known = line('2', 'GENITORI', '2025-04-01', { id_soggetto: 'S9', id_padre: 'S1' });
    expect(await story.supply(known)).toEqual([]);
    await story.expect(`
      al          noto  S9.madre     S9.padre     S1.figli
      2025-03-31  2     ${mother}  -            -
      2025-04-01  1     ${mother}  -            -
      2025-04-01  2     ${mother}  ROSSI MARIO  ROSSI EVA
    `);
  });

  it('what was told of a child before the day to which the birth is corrected falls, and is named (SIP-206)', async () => {
    const born = birth('1', 'S9', '2025-02-01');
    const citizen = line('2', 'CITTADINANZA', '2025-02-10', { id_soggetto: 'S9', cittadinanza: '201' });
    await story.supply(born, citizen);
    const soggetto = { ...((born['dati'] as Line)['soggetto'] as Line), data_nascita: '2025-02-20' };
    const rather = corrected('3', born, { decorrenza: '2025-02-20', dati: { soggetto } }, '2025-03-01');
    expect(await story.supply(rather)).toEqual(['SIP-206 1']);
    await story.expect(`
      al          noto  S9.cittadinanza  S9.casa
      2025-02-15  1     201              ROMA
      2025-02-15  2     -                -
      2025-02-20  2     100              ROMA
    `);
  });

  it('born on a 29 February: a year older on 1 March of a common year, and on the day itself of a leap year', async () => {
    expect(await story.supply(birth('1', 'S9', '2024-02-29'))).toEqual([]);
    await story.expect(`
      al          noto  S9.eta  S9.casa
      2024-02-28  1     -       -
      2024-02-29  1     0       ROMA
      2025-02-28  1     0       ROMA
      2025-03-01  1     1       ROMA
      2028-02-28  1     3       ROMA
      2028-02-29  1     4       ROMA
    `);
  });
});

describe('families and names', () => {
  it('the only adult dies: the child acts as intestatario until a head is named, and the family closes when it leaves (EF008)', async () => {
    expect(await story.supply(death('1', 'S4', '2025-03-01'))).toEqual(['EF008 1']);
    const joins = line('2', 'FAMIGLIA', '2025-04-01', {
      movimenti: [{ id_soggetto: 'S5', da: 'F2', a: 'F1', relazione: '25' }],
    });
    expect(await story.supply(joins)).toEqual([]);
    await story.expect(`
      al          noto  F2.membri   F2.chiusa   S5.famiglia
      2025-03-01  1     S5*/99(3)   -           F2/99(3)
      2025-03-31  2     S5*/99(3)   2025-04-01  F2/99(3)
      2025-04-01  2     -           -           F1/25
    `);
  });

  it('a foreigner has one name alone: loaded and answered as it is, its age not told of a year alone (ES049 where both names are missing)', async () => {
    const one = { cognome: '', nome: 'SINGH', cittadinanza: '330', data_nascita: '1985' };
    expect(
      await story.supply(
        arrives('1', '2025-02-01', 'S8', 'F8', one, { motivo: '4', provenienza: { stato: '330' } }),
      ),
    ).toEqual([]);
    const none = arrives('2', '2025-02-02', 'S9', 'F9', { ...one, nome: '' });
    expect(await story.supply(none)).toEqual(['ES049 1 cognome']);
    const named = line('3', 'GENERALITA', '2025-04-01', {
      id_soggetto: 'S8',
      motivo: 'RETTIFICA',
      cognome: 'SINGH',
      nome: null,
    });
    expect(await story.supply(named)).toEqual([]);
    await story.expect(`
      al          noto  S8.nome  S8.nascita  S8.eta  S9.nome
      2025-03-31  3     SINGH    1985        -      ignoto
      2025-04-01  3     SINGH    1985        -       ignoto
    `);
  });

  it('a family moves on the day one of it dies: the dead moved nowhere, who is left lives at the new address (A day is its end)', async () => {
    await story.supply(moves('1', '2025-03-01', 'F1', 'NUOVA'), death('2', 'S1', '2025-03-01'));
    await story.expect(`
      al          noto  S1.casa  S2.casa  F1.membri
      2025-02-28  1     ROMA     ROMA     S1/1, S2/2
      2025-03-01  1     -        NUOVA    S2*/99(2)
    `);
  });
});
