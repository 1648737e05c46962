/** Families, marriages and convivenze: hard situations, each under its rule. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, corrected, type Line, line, Story } from '../support/story.ts';
import { death, leaves, moves, movesOut, status, via } from '../support/story-lines.ts';

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2
    S2  BIANCHI ANNA  F      1972-01-01  F1/2      2+S1
    S3  ROSSI LUCA    M      2006-01-01  F1/3      1
    S4  NERI ADA      F      1980-01-01  F2/1      1
    S5  GALLI UGO     M      1978-03-03  F3/1      1
  `);
});
afterEach(async () => {
  await story.endsAsTold();
  await test.drop();
});

const into = (who: string, da: string, a: string, relazione: string): Line => ({
  id_soggetto: who,
  da,
  a,
  relazione,
});

describe('marriage and union (tracciato.md 3, What follows from an event; c.c. art. 143; L. 76/2016)', () => {
  it('one event of either spouse moves both, and the other’s own event changes nothing', async () => {
    await story.supply(status('1', '2025-03-01', 'S4', '2', { id_coniuge: 'S5', atto: 'A/1' }));
    expect(
      await story.supply(status('2', '2025-03-01', 'S5', '2', { id_coniuge: 'S4', atto: 'A/1' })),
    ).toEqual([]);
    await story.expect(`
      al          noto  S4.stato  S5.stato
      2025-02-28  2     1         1
      2025-03-01  1     2+S5      2+S4
      2025-03-01  2     2+S5      2+S4
    `);
  });

  it('divorced, and married again to each other', async () => {
    await story.supply(status('1', '2025-02-01', 'S1', '4', { id_coniuge: 'S2' }));
    await story.supply(status('2', '2025-06-01', 'S2', '2', { id_coniuge: 'S1' }));
    await story.supply(death('3', 'S1', '2025-08-01'));
    await story.expect(`
      al          noto  S1.stato  S2.stato
      2025-01-31  3     2+S2      2+S1
      2025-02-01  1     4         4
      2025-06-01  2     2+S2      2+S1
      2025-08-01  3     -         3
    `);
  });

  it('a civil union: the partner of the dead is free by death, 7; a dissolved one is 8', async () => {
    const union = status('1', '2025-02-01', 'S4', '6', { id_coniuge: 'S5' });
    await story.supply(union);
    const died = death('2', 'S5', '2025-04-01');
    await story.supply(died);
    await story.supply(
      annulled('3', died, '2025-05-01'),
      status('4', '2025-05-02', 'S5', '8', { id_coniuge: 'S4' }),
    );
    await story.expect(`
      al          noto  S4.stato  S5.stato
      2025-02-01  1     6+S5      6+S4
      2025-04-01  2     7         -
      2025-04-01  3     6+S5      6+S4
      2025-05-02  3     8         8
    `);
  });

  it('a marriage annulled gives both their former status; a separation by address stays (R and A)', async () => {
    const wed = status('1', '2025-02-01', 'S4', '2', { id_coniuge: 'S5' });
    await story.supply(
      wed,
      line('2', 'FAMIGLIA', '2025-02-01', { movimenti: [into('S4', 'F2', 'F3', '2')] }),
    );
    expect(await story.supply(annulled('3', wed, '2025-06-01'))).toEqual([]);
    await story.expect(`
      al          noto  S4.stato  S5.stato  S4.famiglia  S4.casa
      2025-02-01  1     2+S5      2+S4      F3/2         MAZZINI
      2025-02-01  2     1         1         F3/2         MAZZINI
    `);
  });

  it('the wrong spouse corrected: the first one was never married (R)', async () => {
    const wed = status('1', '2025-02-01', 'S4', '2', { id_coniuge: 'S3' });
    await story.supply(wed);
    await story.supply(corrected('2', wed, { dati: { id_coniuge: 'S5' } }, '2025-03-01'));
    await story.expect(`
      al          noto  S3.stato  S4.stato  S5.stato
      2025-02-01  1     2+S4      2+S3      1
      2025-02-01  2     1         2+S5      2+S4
    `);
  });

  it('widowhood declared before the death is told is absorbed by it (What follows from an event)', async () => {
    await story.supply(status('1', '2025-02-10', 'S2', '3'));
    expect(await story.supply(death('2', 'S1', '2025-02-10', { registrazione: '2025-03-01' }))).toEqual([
      'EF008 1',
    ]);
    await story.expect(`
      al          noto  S1.stato  S2.stato
      2025-02-10  1     2+S2      3
      2025-02-10  2     -         3
      2025-02-09  2     2+S2      2+S1
    `);
  });
});

describe('families (DPR 223/1989 art. 4 and 6; tracciato.md 3, FAMIGLIA and CAMBIO_ABITAZIONE)', () => {
  it('is made and given its intestatario by one event', async () => {
    const made = line('1', 'FAMIGLIA', '2025-02-01', {
      movimenti: [into('S2', 'F1', 'F9', '1'), into('S3', 'F1', 'F9', '3')],
      famiglia: via('F9', 'ROMA', { motivo: '1' }),
      id_intestatario: 'S2',
      relazioni: [{ id_soggetto: 'S3', relazione: '3' }],
    });
    expect(await story.supply(made)).toEqual([]);
    await story.expect(`
      al          noto  F1.membri  F9.membri   F9.via
      2025-02-01  1     S1/1       S2/1, S3/3  ROMA
    `);
  });

  it('divides in two at one address, and joins again', async () => {
    await story.supply(
      line('1', 'FAMIGLIA', '2025-02-01', {
        movimenti: [into('S2', 'F1', 'F9', '1'), into('S3', 'F1', 'F9', '3')],
        famiglia: via('F9', 'ROMA', { motivo: '1' }),
      }),
    );
    await story.supply(
      line('2', 'FAMIGLIA', '2025-06-01', {
        movimenti: [into('S2', 'F9', 'F1', '2'), into('S3', 'F9', 'F1', '3')],
      }),
    );
    await story.expect(`
      al          noto  F1.membri           F9.membri   S3.casa
      2025-01-31  2     S1/1, S2/2, S3/3    -           ROMA
      2025-02-01  2     S1/1                S2/1, S3/3  ROMA
      2025-06-01  2     S1/1, S2/2, S3/3    -           ROMA
    `);
  });

  it('the head leaves, and another is named of the family in which he is after the movements', async () => {
    expect(
      await story.supply(
        line('1', 'FAMIGLIA', '2025-02-01', {
          movimenti: [into('S1', 'F1', 'F3', '23')],
          id_intestatario: 'S2',
          relazioni: [{ id_soggetto: 'S3', relazione: '3' }],
        }),
      ),
    ).toEqual([]);
    await story.expect(`
      al          noto  F1.membri   F3.membri    S1.casa
      2025-02-01  1     S2/1, S3/3  S5/1, S1/23  MAZZINI
    `);
  });

  it('a family that begins with its intestatario named is one fact', async () => {
    const apart = line('1', 'FAMIGLIA', '2025-02-01', {
      movimenti: [into('S3', 'F1', 'F9', '1')],
      famiglia: via('F9', 'ROMA', { motivo: '9' }),
      id_intestatario: 'S3',
    });
    expect(await story.supply(apart)).toEqual([]);
    await story.expect(`
      al          noto  F1.membri   F9.membri
      2025-02-01  1     S1/1, S2/2  S3/1
    `);
  });

  it('who is not named when the head changes has kinship 99 to the new one', async () => {
    await story.supply(
      line('1', 'FAMIGLIA', '2025-02-01', {
        id_intestatario: 'S2',
        relazioni: [{ id_soggetto: 'S1', relazione: '2' }],
      }),
    );
    await story.expect(`
      al          noto  F1.membri
      2025-02-01  1     S2/1, S1/2, S3/99
    `);
  });

  it('a move of all learned of after one of them had moved on alone (In time)', async () => {
    await story.supply(movesOut('1', '2025-05-01', ['S3'], 'F9', 'NUOVA'));
    await story.supply(moves('2', '2025-03-01', 'F1', 'DANTE', { registrazione: '2025-06-01' }));
    await story.expect(`
      al          noto  S1.casa  S3.casa
      2025-04-01  1     ROMA     ROMA
      2025-04-01  2     DANTE    DANTE
      2025-05-01  2     DANTE    NUOVA
    `);
  });

  it('a move annulled after another that was built on its new family: kept where it makes sense, else SIP-206', async () => {
    const out = movesOut('1', '2025-03-01', ['S3'], 'F9', 'NUOVA');
    await story.supply(out);
    await story.supply(
      line('2', 'FAMIGLIA', '2025-04-01', { movimenti: [into('S4', 'F2', 'F9', '23')] }),
      line('3', 'RISERVATEZZA', '2025-04-02', { id_soggetto: 'S4', riservatezza: '1' }),
    );
    expect(await story.supply(annulled('4', out, '2025-06-01'))).toEqual(['SIP-206 1']);
    await story.expect(`
      al          noto  S3.famiglia  S4.famiglia  S4.segnali  F9.membri
      2025-04-02  2     F9/1         F9/23        riservato   S3/1, S4/23
      2025-04-02  3     F1/3         F2/1         riservato   ignoto
    `);
  });

  it('an annulled event cannot be corrected, nor an annulment annulled (SIP-205)', async () => {
    const out = moves('1', '2025-03-01', 'F2', 'NUOVA');
    const undone = annulled('2', out, '2025-04-01');
    await story.supply(out, undone);
    expect(
      await story.supply(
        corrected('3', out, { decorrenza: '2025-03-02' }, '2025-05-01'),
        annulled('4', undone, '2025-05-01'),
        {
          ...annulled('5', out, '2025-05-01'),
          operazione: 'MORTE',
        },
      ),
    ).toEqual(['SIP-205 1', 'SIP-205 2', 'SIP-205 3']);
  });
});

describe('convivenze (DPR 223/1989 art. 5; tracciato.md 3, CONVIVENZA)', () => {
  const convivenza = (change: Line = {}): Line => ({
    id_convivenza: 'C1',
    dal: '2025-02-01',
    specie_convivenza: '1',
    denominazione: 'SANTA CHIARA',
    specie: 'VIA',
    toponimo: 'DANTE',
    civico: '1',
    ...change,
  });
  const toC1 = (who: string, da: string, relazione: string): Line => ({
    id_soggetto: who,
    da: { id_famiglia: da },
    a: { id_convivenza: 'C1' },
    relazione,
  });
  const opens = line('1', 'CONVIVENZA', '2025-02-01', {
    azione: 'APERTURA',
    convivenza: convivenza(),
    movimenti: [toC1('S4', 'F2', '1'), toC1('S5', 'F3', '2')],
  });

  it('opens with its members, whose families close; changes its name; closes when they leave', async () => {
    expect(await story.supply(opens)).toEqual([]);
    await story.supply(
      line('2', 'CONVIVENZA', '2025-03-01', {
        azione: 'MODIFICA',
        convivenza: { id_convivenza: 'C1', denominazione: 'SAN DAMIANO' },
      }),
    );
    await story.supply(
      line('3', 'CONVIVENZA', '2025-06-01', {
        azione: 'CHIUSURA',
        convivenza: { id_convivenza: 'C1' },
        movimenti: [
          { id_soggetto: 'S4', da: { id_convivenza: 'C1' }, a: { id_famiglia: 'F1' }, relazione: '23' },
          { id_soggetto: 'S5', da: { id_convivenza: 'C1' }, a: { id_famiglia: 'F1' }, relazione: '23' },
        ],
      }),
    );
    await story.expect(`
      al          noto  C1.membri   C1.nome       S4.casa  F2.membri  F1.membri
      2025-02-01  1     S4/1, S5/2  SANTA CHIARA  DANTE    -          S1/1, S2/2, S3/3
      2025-03-01  2     S4/1, S5/2  SAN DAMIANO   DANTE    -          S1/1, S2/2, S3/3
      2025-06-01  3     -           SAN DAMIANO   ROMA     -          S1/1, S2/2, S3/3, S5/23, S4/23
    `);
  });

  it.each([
    ['and no day of its own', {}],
    ['on the day of the event', { al: '2025-06-01' }],
    ['on a later day', { al: '2025-06-10' }],
  ])(
    'closed with its other columns told again, %s: they are optional there, and may be told (CONVIVENZA)',
    async (_, al) => {
      await story.supply(opens, leaves('2', '2025-03-01', 'S4'), leaves('3', '2025-03-02', 'S5'));
      const closes = line('4', 'CONVIVENZA', '2025-06-01', {
        azione: 'CHIUSURA',
        convivenza: { id_convivenza: 'C1', specie_convivenza: '3', denominazione: 'SAN DAMIANO', ...al },
      });
      expect(await story.supply(closes)).toEqual([]);
      // It is closed: nobody can come into it.
      const comes = (id: string, day: string) =>
        line(id, 'CONVIVENZA', day, {
          azione: 'MODIFICA',
          convivenza: { id_convivenza: 'C1' },
          movimenti: [
            { id_soggetto: 'S3', da: { id_famiglia: 'F1' }, a: { id_convivenza: 'C1' }, relazione: '1' },
          ],
        });
      expect(await story.supply(comes('5', '2025-06-10'))).toEqual(['SIP-204 1']);
      // Annulled, it is open as it was, and bears its old name.
      await story.supply(annulled('6', closes, '2025-07-01'), comes('7', '2025-06-10'));
      await story.expect(`
      al          noto  C1.membri  C1.nome
      2025-05-31  2     nessuno    SANTA CHIARA
      2025-06-10  4     S3/1       SANTA CHIARA
    `);
    },
  );

  it('closed while somebody is still in it: nobody can be in what is no more (SIP-204)', async () => {
    await story.supply(opens);
    expect(
      await story.supply(
        line('2', 'CONVIVENZA', '2025-06-01', { azione: 'CHIUSURA', convivenza: { id_convivenza: 'C1' } }),
      ),
    ).toEqual(['SIP-204 1', 'SIP-204 1']);
    await story.expect(`
      al          noto  C1.membri
      2025-06-01  2     S4/1, S5/2
    `);
  });

  it('the last members die or leave: nobody is in it, and it is no family to be closed', async () => {
    await story.supply(opens, death('2', 'S4', '2025-03-01'), leaves('3', '2025-03-02', 'S5'));
    await story.expect(`
      al          noto  C1.membri  C1.nome
      2025-03-01  1     S5/2       SANTA CHIARA
      2025-03-02  1     nessuno    SANTA CHIARA
    `);
  });
});
