/** Streets renamed, land passed to another comune, and registrations that end and begin again: each under its rule. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, arrival, corrected, type Line, line, Story } from '../support/story.ts';
import { arrives, death, leaves, moves, movesOut, status, via } from '../support/story-lines.ts';

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato  dal
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   2010-01-01
    S2  BIANCHI ANNA  F      1972-01-01  F1/2      2+S1   2010-01-01
    S3  ROSSI LUCA    M      2006-01-01  F1/3      1      2010-01-01
    S4  NERI ADA      F      1980-01-01  F2/1      1      2010-01-01
    S5  GALLI UGO     M      1978-03-03  F3/1      1      2016
  `);
});
afterEach(async () => {
  await story.endsAsTold();
  await test.drop();
});

const renamed = line('T', 'TOPONOMASTICA', '2025-03-01', {
  da: { toponimo: 'VERDI' },
  a: { toponimo: 'GIUSEPPE VERDI' },
});
const given = (more: Line): Line => line('T', 'TERRITORIO', '2025-07-01', { a: '036003', ...more });

describe('streets renamed (tracciato.md 3, TOPONOMASTICA)', () => {
  it('a move into the street learned of after the renaming, and corrected since, bears the name of each day', async () => {
    await story.supply(renamed);
    const moved = moves('1', '2025-02-01', 'F1', 'VERDI', { registrazione: '2025-04-01' });
    await story.supply(moved);
    await story.supply(corrected('2', moved, { decorrenza: '2025-02-15' }, '2025-05-01'));
    await story.expect(`
      al          noto  S1.casa         S4.casa         F1.via
      2025-02-10  1     ROMA            VERDI           ROMA
      2025-03-01  1     ROMA            GIUSEPPE VERDI  ROMA
      2025-02-10  2     VERDI           VERDI           VERDI
      2025-03-01  2     GIUSEPPE VERDI  GIUSEPPE VERDI  GIUSEPPE VERDI
      2025-02-10  3     ROMA            VERDI           ROMA
      2025-02-15  3     VERDI           VERDI           VERDI
      2025-03-01  3     GIUSEPPE VERDI  GIUSEPPE VERDI  GIUSEPPE VERDI
    `);
  });

  it('who lived there alone and was learned of later is found too; nobody is counted as moved', async () => {
    await story.supply(renamed);
    await story.supply({
      ...movesOut('1', '2025-01-10', ['S3'], 'F9', 'VERDI'),
      registrazione: '2025-04-01',
    });
    await story.expect(`
      al          noto  S3.casa         A.residenti
      2025-02-28  2     VERDI           3M 2F 0 stranieri
      2025-03-01  2     GIUSEPPE VERDI  3M 2F 0 stranieri
    `);
  });

  it('a move corrected after the street was renamed concerns those who moved, and none of their neighbours', async () => {
    const moved = moves('1', '2025-02-01', 'F1', 'VERDI');
    await story.supply(moved);
    await story.supply(renamed);
    await story.supply(corrected('2', moved, { decorrenza: '2025-02-15' }, '2025-05-01'));
    const { rows } = await test.db.query<{ touched: string }>(
      `select id_household as touched from event_households join household_numbers using (household_id)
        where event_id = (select event_id from events where id_evento = '2')
       union all
       select id_soggetto from event_entries join entries using (entry_id)
        where event_entries.event_id = (select event_id from events where id_evento = '2')`,
    );
    expect(rows.map((r) => r.touched)).toEqual(['F1']);
    await story.expect(`
      al          noto  S1.casa         S4.casa
      2025-02-10  3     ROMA            VERDI
      2025-02-15  3     VERDI           VERDI
      2025-03-01  3     GIUSEPPE VERDI  GIUSEPPE VERDI
    `);
  });

  it('a renaming annulled gives back the old name on every day (A)', async () => {
    await story.supply(renamed);
    await story.supply(annulled('2', renamed, '2025-05-01'));
    await story.expect(`
      al          noto  S4.casa
      2025-04-01  1     GIUSEPPE VERDI
      2025-04-01  2     VERDI
    `);
  });
});

describe('land that passes to another comune (tracciato.md 3, TERRITORIO; T15 13, T7 9)', () => {
  it('its residents of that day leave with it, also one learned of later', async () => {
    await story.supply(given({ id_famiglie: ['F2'] }));
    await story.supply(
      line(
        '1',
        'FAMIGLIA',
        '2025-06-01',
        { movimenti: [{ id_soggetto: 'S3', da: 'F1', a: 'F2', relazione: '23' }] },
        { registrazione: '2025-08-01' },
      ),
    );
    await story.expect(`
      al          noto  S4.casa  S3.casa  A.residenti
      2025-06-30  1     VERDI    ROMA     3M 2F 0 stranieri
      2025-07-01  1     -        ROMA     3M 1F 0 stranieri
      2025-06-30  2     VERDI    VERDI    3M 2F 0 stranieri
      2025-07-01  2     -        -        2M 1F 0 stranieri
    `);
  });

  it('who is learned since to have moved away before that day did not leave with it', async () => {
    await story.supply(given({ id_famiglie: ['F2'] }));
    await story.supply({
      ...movesOut('1', '2025-06-01', ['S4'], 'F9', 'DANTE'),
      registrazione: '2025-08-01',
    });
    await story.expect(`
      al          noto  S4.casa  A.residenti
      2025-07-01  1     -        3M 1F 0 stranieri
      2025-06-30  2     DANTE    3M 2F 0 stranieri
      2025-07-01  2     DANTE    3M 2F 0 stranieri
    `);
  });

  it('corrected to another part of the territory, those of the one stay and those of the other leave (R)', async () => {
    const lives = (id: string, family: string, toponimo: string, sezione: string) => ({
      ...moves(id, '2025-02-01', family, toponimo),
      dati: { id_famiglia: family, famiglia: via(family, toponimo, { sezione }) },
    });
    await story.supply(lives('1', 'F1', 'NUOVA', '0001'), lives('2', 'F2', 'DANTE', '0002'));
    const passed = given({ sezioni: ['0001'] });
    await story.supply(passed);
    await story.supply(corrected('3', passed, { dati: { sezioni: ['0002'] } }, '2025-08-01'));
    await story.expect(`
      al          noto  S1.casa  S4.casa  A.residenti
      2025-07-01  2     -        DANTE    1M 1F 0 stranieri
      2025-07-01  3     NUOVA    -        3M 1F 0 stranieri
    `);
  });

  it('annulled, they never left', async () => {
    const passed = given({ id_famiglie: ['F1'] });
    await story.supply(passed);
    await story.supply(annulled('2', passed, '2025-08-01'));
    await story.expect(`
      al          noto  S1.casa  S2.stato  F1.membri
      2025-07-01  1     -        2+S1      -
      2025-07-01  2     ROMA     2+S1      S1/1, S2/2, S3/3
    `);
  });

  it('from another comune comes a family with its people, as in ISCRIZIONE', async () => {
    expect(
      await story.supply(
        line('1', 'TERRITORIO', '2025-07-01', {
          da: '036003',
          famiglie: [via('F9', 'DANTE', { motivo: '9' })],
          soggetti: [{ ...arrival('S9'), legame: { id_famiglia: 'F9', relazione: '1' } }],
        }),
      ),
    ).toEqual([]);
    await story.expect(`
      al          noto  S9.casa  S9.iscritto  A.residenti
      2025-06-30  1     -        -            3M 2F 0 stranieri
      2025-07-01  1     DANTE    2025-07-01   4M 2F 0 stranieri
    `);
  });
});

describe('registrations that end and begin again (tracciato.md 3, In time; T7 5, T15 6)', () => {
  it('cancelled as untraceable, and reappeared: one entry, two spells, nobody in between', async () => {
    await story.supply(leaves('1', '2025-02-01', 'S4', { motivo: '6', destinazione: null }));
    await story.supply(
      arrives(
        '2',
        '2025-09-01',
        'S4',
        'F9',
        { cognome: 'NERI', nome: 'ADA', sesso: 'F', data_nascita: '1980-01-01' },
        { motivo: '5', provenienza: null },
      ),
    );
    await story.expect(`
      al          noto  S4.casa  S4.iscritto  S4.famiglia  A.residenti
      2025-01-31  2     VERDI    2010-01-01   F2/1         3M 2F 0 stranieri
      2025-02-01  2     -        -            -            3M 1F 0 stranieri
      2025-09-01  1     -        -            -            3M 1F 0 stranieri
      2025-09-01  2     NUOVA    2025-09-01   F9/1         3M 2F 0 stranieri
    `);
  });

  it('the cancellation of who reappeared annulled: never gone, and the coming back falls (SIP-206)', async () => {
    const gone = leaves('1', '2025-02-01', 'S4', { motivo: '6', destinazione: null });
    await story.supply(gone);
    await story.supply(
      arrives(
        '2',
        '2025-09-01',
        'S4',
        'F9',
        { cognome: 'NERI', nome: 'ADA', sesso: 'F', data_nascita: '1980-01-01' },
        { motivo: '5', provenienza: null },
      ),
    );
    expect(await story.supply(annulled('3', gone, '2025-10-01'))).toEqual(['SIP-206 1']);
    await story.expect(`
      al          noto  S4.casa  S4.iscritto  F9.membri
      2025-09-01  3     VERDI    2010-01-01   ignoto
      2025-09-01  2     NUOVA    2025-09-01   S4/1
    `);
  });

  it('a cancellation before the last known one: the earlier ends the registration (In time)', async () => {
    await story.supply(leaves('1', '2025-05-01', 'S4'));
    await story.supply(leaves('2', '2025-03-01', 'S4'));
    await story.expect(`
      al          noto  S4.casa
      2025-04-01  1     VERDI
      2025-02-28  2     VERDI
      2025-03-01  2     -
    `);
  });

  it('arrived and gone on one day: in both flows, in no stock', async () => {
    await story.supply(arrives('1', '2025-03-01', 'S9', 'F9'), leaves('2', '2025-03-01', 'S9'));
    await story.expect(`
      al          noto  S9.casa  A.residenti
      2025-02-28  1     -        3M 2F 0 stranieri
      2025-03-01  1     -        3M 2F 0 stranieri
    `);
  });

  it('of no fixed abode: a value, not an absence (registry.md, dwelling)', async () => {
    await story.supply(
      arrives(
        '1',
        '2025-03-01',
        'S9',
        'F9',
        {},
        { motivo: '8', famiglia: via('F9', 'DELLA CASA COMUNALE', { senza_fissa_dimora: '1' }) },
      ),
    );
    await story.expect(`
      al          noto  S9.dove  S9.casa             A.residenti
      2025-03-01  1     A        senza fissa dimora  4M 2F 0 stranieri
    `);
  });

  it('an arrival corrected to a later day takes the dwelling, the family and the marriage built on it along (R)', async () => {
    const came = arrives('1', '2025-03-01', 'S9', 'F9');
    await story.supply(came, status('2', '2025-04-01', 'S9', '2', { id_coniuge: 'S4' }));
    await story.supply(corrected('3', came, { decorrenza: '2025-03-15' }, '2025-05-01'));
    await story.expect(`
      al          noto  S9.casa  S9.stato  S4.stato  F9.membri
      2025-03-10  1     NUOVA    1         1         S9/1
      2025-03-10  2     -        -         1         -
      2025-04-01  2     NUOVA    2+S4      2+S9      S9/1
    `);
  });

  it('an arrival corrected to after what was built on it: that falls, and is reported (SIP-206)', async () => {
    const came = arrives('1', '2025-03-01', 'S9', 'F9');
    await story.supply(came, status('2', '2025-04-01', 'S9', '2', { id_coniuge: 'S4' }));
    expect(await story.supply(corrected('3', came, { decorrenza: '2025-04-15' }, '2025-05-01'))).toEqual([
      'SIP-206 1',
    ]);
    await story.expect(`
      al          noto  S9.stato  S4.stato
      2025-04-20  1     2+S4      2+S9
      2025-04-20  2     1         1
    `);
  });

  it('a death of who was cancelled in the meantime is recorded, and counted nowhere (In time)', async () => {
    await story.supply(leaves('1', '2025-02-01', 'S4'), death('2', 'S4', '2025-03-01'));
    await story.expect(`
      al          noto  S4.morte    S4.casa  A.residenti
      2025-02-01  1     -           -        3M 1F 0 stranieri
      2025-03-01  1     2025-03-01  -        3M 1F 0 stranieri
    `);
  });

  it('a registration that began in a year not better known is possible in it (registry.md, Dates may be partial)', async () => {
    await story.expect(`
      al          noto  S5.dove  S5.casa
      2015-12-31  0     -        -
      2016-06-30  0     A?       MAZZINI?
      2016-12-31  0     A        MAZZINI
    `);
  });

  it('the registration of a full supply corrected to an earlier day takes along what began with it (R and A)', async () => {
    const since = line(
      '1',
      'ISCRIZIONE',
      '2009-06-01',
      {
        motivo: '3',
        provenienza: { comune: '037006' },
        soggetti: [
          {
            ...arrival('S4', { cognome: 'NERI', nome: 'ADA', sesso: 'F' }),
            legame: { id_famiglia: 'F2', relazione: '1' },
          },
        ],
      },
      {
        tipo: 'R',
        registrazione: '2025-02-01',
        riferimento: { fornitura: 1, id_soggetto: 'S4', fatto: 'ISCRIZIONE' },
      },
    );
    expect(await story.supply(since)).toEqual([]);
    await story.supply(annulled('2', since, '2025-03-01'));
    await story.expect(`
      al          noto  S4.iscritto  S4.casa
      2009-12-31  0     -            -
      2009-12-31  1     2009-06-01   VERDI
      2009-12-31  2     -            -
      2010-01-01  2     2010-01-01   VERDI
    `);
  });
});
