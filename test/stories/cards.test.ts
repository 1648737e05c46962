/** SCHEDA: "every row of one person or one family", each row counting from its own dates (tracciato.md 3). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { arrival, type Line, line, Story } from '../support/story.ts';

let test: TestDatabase;
let story: Story;
/** S9's row was set aside with the full supply. */
beforeEach(async () => {
  test = await testDatabase();
  story = new Story(test.db);
  await story.begin(
    `
    id  nome          sesso  nascita     famiglia  stato
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2
    S2  BIANCHI ANNA  F      1972-01-01  F1/2      2+S1
    S4  NERI ADA      F      1980-01-01  F2/1      1
  `,
    'A',
    ['S9'],
  );
});
afterEach(async () => {
  await story.endsAsTold();
  await test.drop();
});

const card = (id: string, dati: Line) => line(id, 'SCHEDA', '2025-02-10', dati);
const tie = (id_soggetto: string, id_famiglia: string, relazione: string, more: Line) => ({
  id_soggetto,
  id_famiglia,
  relazione,
  ...more,
});

describe('a card with a row of soggetti', () => {
  it('of a resident without a family is set aside (ES092), of one who has left is not', async () => {
    const row = arrival('S7', { iscritto_dal: '2015-01-01', motivo_iscrizione: '3' });
    expect(await story.supply(card('1', { soggetti: [row] }))).toEqual(['ES092 1']);
    const gone = arrival('S7', {
      iscritto_dal: '2015-01-01',
      motivo_iscrizione: '3',
      posizione: 'CANCELLATO',
      cancellato_dal: '2020-01-01',
      motivo_cancellazione: '3',
    });
    expect(await story.supply(card('2', { soggetti: [gone] }))).toEqual([]);
    expect(await story.openFindings()).toEqual(['ES092 S7', 'SIP-101 S9']);
  });
});

describe('rows of somebody of whom the card has no row of soggetti', () => {
  it('ties alone take the place of the held ones, and who is tied to a family lives with it', async () => {
    const ties = [
      tie('S2', 'F1', '2', { dal: '2010-01-01', al: '2020-01-01' }),
      tie('S2', 'F2', '9', { dal: '2020-01-01' }),
    ];
    expect(await story.supply(card('1', { legami: ties }))).toEqual([]);
    await story.expect(`
      al          noto  S2.casa  S2.famiglia  S2.nome       S2.stato  S1.casa
      2019-12-31  1     ROMA     F1/2         BIANCHI ANNA  2+S1      ROMA
      2020-01-01  1     VERDI    F2/9         BIANCHI ANNA  2+S1      ROMA
      2020-01-01  0     ROMA     F1/2         BIANCHI ANNA  2+S1      ROMA
    `);
  });

  it('the family and its ties alone: each difference is a correction, and nobody is left out', async () => {
    const famiglie = [
      { id_famiglia: 'F2', dal: '2010-01-01', motivo: '2', specie: 'VIA', toponimo: 'NUOVA' },
    ];
    const legami = [
      tie('S4', 'F2', '1', { dal: '2010-01-01' }),
      tie('S2', 'F1', '2', { dal: '2010-01-01', al: '2024-03-01' }),
      tie('S2', 'F2', '9', { dal: '2024-03-01' }),
    ];
    expect(await story.supply(card('1', { famiglie, legami }))).toEqual([]);
    await story.expect(`
      al          noto  S4.casa  S2.casa  S2.famiglia
      2024-02-29  1     NUOVA    ROMA     F1/2
      2024-03-01  1     NUOVA    NUOVA    F2/9
    `);
  });

  it('a history alone is realigned; its open row tells the present, and other facts stay as they are held', async () => {
    const stati_civili = [
      { id_soggetto: 'S4', stato_civile: '1', dal: '1980-01-01', al: '2015-05-05' },
      { id_soggetto: 'S4', stato_civile: '2', dal: '2015-05-05', al: '2018-08-08' },
      { id_soggetto: 'S4', stato_civile: '4', dal: '2018-08-08' },
    ];
    expect(await story.supply(card('1', { stati_civili }))).toEqual([]);
    await story.expect(`
      al          noto  S4.stato  S4.casa  S4.famiglia  S4.nome
      2015-05-04  1     1         VERDI    F2/1         NERI ADA
      2015-05-05  1     2         VERDI    F2/1         NERI ADA
      2024-01-01  1     4         VERDI    F2/1         NERI ADA
      2024-01-01  0     1         VERDI    F2/1         NERI ADA
    `);
  });

  it('a resident whom they leave in no family is no resident: the card is set aside whole (ES092)', async () => {
    const ended = tie('S2', 'F1', '2', { dal: '2010-01-01', al: '2024-01-01' });
    const retold = tie('S4', 'F2', '1', { dal: '2011-01-01' });
    expect(await story.supply(card('1', { legami: [ended, retold] }))).toEqual(['ES092 1']);
    await story.expect(`
      al          noto  S2.famiglia  S4.famiglia
      2010-06-01  1     F1/2         F2/1
      2024-01-01  1     F1/2         F2/1
    `);
    const into = tie('S2', 'F2', '9', { dal: '2024-01-01' });
    expect(await story.supply(card('2', { legami: [ended, into, retold] }))).toEqual([]);
    await story.expect(`
      al          noto  S2.famiglia  S4.famiglia
      2010-06-01  2     F1/2         -
      2024-01-01  2     F2/9         F2/1
    `);
  });

  it('of somebody whom the register does not know they set the card aside whole (SIP-104)', async () => {
    const legami = [
      tie('S77', 'F2', '9', { dal: '2024-03-01' }),
      tie('S2', 'F2', '9', { dal: '2024-03-01' }),
    ];
    expect(await story.supply(card('1', { legami }))).toEqual(['SIP-104 1']);
    const cittadinanze = [{ id_soggetto: 'S88', stato: '100', dal: '1990-01-01' }];
    expect(await story.supply(card('2', { soggetti: [], cittadinanze }))).toEqual(['SIP-104 1']);
    await story.expect(`
      al          noto  S2.casa
      2024-03-01  2     ROMA
    `);
  });

  it('of somebody who stands set aside they wait until he is mended (SIP-210)', async () => {
    expect(await story.supply(card('1', { legami: [tie('S9', 'F2', '9', { dal: '2016-01-01' })] }))).toEqual([
      'SIP-210 1',
    ]);
    const row = arrival('S9', { iscritto_dal: '2015-01-01', motivo_iscrizione: '3' });
    expect(
      await story.supply(
        card('2', { soggetti: [row], legami: [tie('S9', 'F2', '9', { dal: '2015-01-01' })] }),
      ),
    ).toEqual([]);
    await story.expect(`
      al          noto  S9.famiglia
      2015-06-01  1     ignoto
      2015-06-01  2     -
      2016-01-01  2     F2/9
    `);
  });
});
