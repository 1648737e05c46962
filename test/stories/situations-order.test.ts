/** Events late, early, twice on one day, in one supply or ahead of their time: each under its rule (tracciato.md 3, In time). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, corrected, line, Story } from '../support/story.ts';
import { arrives, birth, death, leaves, moves, movesOut, status, via } from '../support/story-lines.ts';

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase();
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

describe('order of registration and order of decorrenza', () => {
  it('of two moves of one day the later registered holds, whichever supply it came with', async () => {
    await story.supply(moves('1', '2025-03-01', 'F2', 'NUOVA', { registrazione: '2025-03-05' }));
    await story.supply(moves('2', '2025-03-01', 'F2', 'DANTE', { registrazione: '2025-03-03' }));
    await story.supply(moves('3', '2025-03-01', 'F2', 'VOLTA', { registrazione: '2025-03-07' }));
    await story.expect(`
      al          noto  S4.casa
      2025-03-01  1     NUOVA
      2025-03-01  2     NUOVA
      2025-03-01  3     VOLTA
    `);
  });

  it('a line registered before the one above it is taken all the same', async () => {
    expect(
      await story.supply(
        moves('1', '2025-03-01', 'F2', 'NUOVA', { registrazione: '2025-03-20' }),
        moves('2', '2025-02-01', 'F2', 'DANTE', { registrazione: '2025-02-02' }),
      ),
    ).toEqual([]);
    await story.expect(`
      al          noto  S4.casa
      2025-02-01  1     DANTE
      2025-03-01  1     NUOVA
    `);
  });

  it('a decorrenza after the day to which the supply speaks is legal, and counts from its day', async () => {
    const gone = leaves('1', '2025-06-01', 'S4');
    // What has not happened yet cannot have been registered.
    expect(await story.supply({ ...gone, registrazione: '2025-02-12' })).toEqual(['SIP-207 1 data_evento']);
    const decided = { ...gone, id_evento: '2', data_evento: '2025-02-10', registrazione: '2025-02-12' };
    expect(await story.supply(decided)).toEqual([]);
    await story.expect(`
      al          noto  S4.casa  A.residenti
      2025-05-31  2     VERDI    3M 2F 0 stranieri
      2025-06-01  2     -        3M 1F 0 stranieri
    `);
  });

  it('news, its correction and its annulment in one supply come to nothing, and all three are kept', async () => {
    const moved = moves('1', '2025-03-01', 'F2', 'NUOVA');
    const right = corrected('2', moved, { decorrenza: '2025-03-05' }, '2025-03-10');
    expect(await story.supply(moved, right, annulled('3', moved, '2025-03-11'))).toEqual([]);
    await story.expect(`
      al          noto  S4.casa
      2025-03-31  1     VERDI
    `);
    expect(await story.supply(moved)).toEqual(['SIP-209 1']);
  });
});

describe('corrections that cannot be', () => {
  it('a move corrected to before its subject was there is not applicable, and what was said stays (SIP-204)', async () => {
    await story.supply(arrives('1', '2025-02-01', 'S9', 'F9'));
    const moved = movesOut('2', '2025-03-01', ['S9'], 'F8', 'DANTE');
    await story.supply(moved);
    expect(await story.supply(corrected('3', moved, { decorrenza: '2025-01-15' }, '2025-04-01'))).toEqual([
      'SIP-204 1',
    ]);
    await story.expect(`
      al          noto  S9.casa
      2025-02-28  3     NUOVA
      2025-03-01  3     DANTE
    `);
  });

  it('a correction of something else than the event it names (SIP-205)', async () => {
    const moved = moves('1', '2025-03-01', 'F2', 'NUOVA');
    await story.supply(moved);
    expect(
      await story.supply(
        { ...death('2', 'S4', '2025-03-01'), tipo: 'R', riferimento: '1' },
        { ...moves('3', '2025-03-02', 'F2', 'DANTE'), tipo: 'R', riferimento: '99' },
        {
          ...moves('4', '2025-03-02', 'F2', 'DANTE'),
          tipo: 'R',
          riferimento: { fornitura: 1, id_soggetto: 'S4', fatto: 'MORTE' },
        },
      ),
    ).toEqual(['SIP-205 1', 'SIP-205 2', 'SIP-205 3']);
  });
});

describe('what was built on an event that falls (SIP-206)', () => {
  it('a child never born neither moved nor died: each of its events falls, and is named', async () => {
    const born = birth('1', 'S9', '2025-02-01');
    await story.supply(
      born,
      movesOut('2', '2025-03-01', ['S9'], 'F9', 'NUOVA'),
      death('3', 'S9', '2025-04-01'),
    );
    expect(await story.supply(annulled('4', born, '2025-05-01'))).toEqual(['SIP-206 1', 'SIP-206 1']);
    await story.expect(`
      al          noto  S9.casa  S9.morte    F9.membri
      2025-03-01  1     NUOVA    -           S9/1
      2025-04-30  1     -        2025-04-01  -
      2025-04-30  2     ignoto   ignoto      ignoto
    `);
  });

  it('falls, stands again and falls again within one supply: it has fallen, with the last', async () => {
    const came = arrives('1', '2025-03-01', 'S9', 'F9');
    await story.supply(came, movesOut('2', '2025-04-01', ['S9'], 'F8', 'DANTE'));
    const late = corrected('3', came, { decorrenza: '2025-04-15' }, '2025-05-01');
    expect(
      await story.supply(
        late,
        annulled('4', late, '2025-05-02'),
        corrected('5', came, { decorrenza: '2025-04-20' }, '2025-05-03'),
      ),
    ).toEqual(['SIP-206 1', 'SIP-206 3']);
    await story.expect(`
      al          noto  S9.casa  F8.membri
      2025-04-10  1     DANTE    S9/1
      2025-04-20  2     NUOVA    ignoto
    `);
  });

  it('an event that fell cannot be corrected or annulled any more (SIP-205)', async () => {
    const born = birth('1', 'S9', '2025-02-01');
    const died = death('2', 'S9', '2025-04-01');
    await story.supply(born, died);
    await story.supply(annulled('3', born, '2025-05-01'));
    expect(
      await story.supply(
        annulled('4', died, '2025-05-02'),
        corrected('5', died, { decorrenza: '2025-04-02' }, '2025-05-02'),
      ),
    ).toEqual(['SIP-205 1', 'SIP-205 2']);
  });
});

describe('families in movement', () => {
  it('a family moves whole into the home of another: who is not told is 99 there', async () => {
    await story.supply(
      line('1', 'CAMBIO_ABITAZIONE', '2025-03-01', {
        id_famiglia: 'F1',
        legami: [{ id_soggetto: 'S1', relazione: '23' }],
        famiglia: { id_famiglia: 'F3' },
      }),
    );
    await story.expect(`
      al          noto  F3.membri                        S2.casa  F1.membri
      2025-03-01  1     S5/1, S1/23, S2/99, S3/99        MAZZINI  -
      2025-02-28  1     S5/1                             ROMA     S1/1, S2/2, S3/3
    `);
  });

  it('a couple parts: one leaves with the child, one stays, and the marriage lasts until the divorce', async () => {
    await story.supply(movesOut('1', '2025-02-01', ['S2', 'S3'], 'F9', 'NUOVA'));
    await story.supply(status('2', '2025-08-01', 'S1', '4', { id_coniuge: 'S2' }));
    await story.expect(`
      al          noto  F1.membri  F9.membri   S2.stato  S1.stato
      2025-02-01  1     S1/1       S2/1, S3/3  2+S1      2+S2
      2025-08-01  2     S1/1       S2/1, S3/3  4         4
    `);
  });

  it('a marriage gives a wife her husband’s surname beside her own: no seal, both are told (MATRIMONIO)', async () => {
    await story.supply(
      status('1', '2025-02-01', 'S4', '2', { id_coniuge: 'S5' }),
      line('2', 'GENERALITA', '2025-02-01', {
        id_soggetto: 'S4',
        motivo: 'MATRIMONIO',
        cognome: 'NERI GALLI',
      }),
      line('3', 'CAMBIO_ABITAZIONE', '2025-02-01', {
        id_soggetti: ['S4'],
        legami: [{ id_soggetto: 'S4', relazione: '2' }],
        famiglia: { id_famiglia: 'F3' },
      }),
    );
    await story.expect(`
      al          noto  S4.nome         S4.nomi                   F3.membri   S4.casa
      2025-01-31  1     NERI ADA        NERI ADA, NERI GALLI ADA  S5/1        VERDI
      2025-02-01  1     NERI GALLI ADA  NERI ADA, NERI GALLI ADA  S5/1, S4/2  MAZZINI
    `);
  });

  it('a new family at the old address of another, which has moved away, is another family', async () => {
    await story.supply(
      moves('1', '2025-02-01', 'F1', 'NUOVA'),
      arrives('2', '2025-02-02', 'S9', 'F9', {}, { famiglia: via('F9', 'ROMA') }),
    );
    await story.expect(`
      al          noto  S1.casa  S9.casa  F9.membri
      2025-02-02  1     NUOVA    ROMA     S9/1
    `);
  });
});
