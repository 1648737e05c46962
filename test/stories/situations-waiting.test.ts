/** What is set aside, waits, is mended or comes twice: each under its rule (tracciato.md 3, Waiting; 4, Of events). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, arrival, corrected, type Line, line, Story } from '../support/story.ts';
import { birth, death, leaves, moves, movesOut, status } from '../support/story-lines.ts';

let test: TestDatabase;
let story: Story;
/** S9's row was set aside with the full supply; her family is there. */
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
  await story.begin(
    `
    id  nome          sesso  nascita     famiglia  stato
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2
    S2  BIANCHI ANNA  F      1972-01-01  F1/2      2+S1
    S4  NERI ADA      F      1980-01-01  F2/1      1
    S5  GALLI UGO     M      1978-03-03  F3/1      1
  `,
    'A',
    ['S9'],
  );
});
afterEach(async () => {
  await story.endsAsTold();
  await test.drop();
});

const mend = (id: string, on: string) =>
  line(id, 'SCHEDA', on, {
    soggetti: [
      arrival('S9', {
        cognome: 'NERI',
        nome: 'IDA',
        sesso: 'F',
        data_nascita: '1985-01-01',
        iscritto_dal: '2015-01-01',
        motivo_iscrizione: '3',
      }),
    ],
    legami: [{ id_soggetto: 'S9', id_famiglia: 'F2', relazione: '9', dal: '2015-01-01' }],
  });

describe('events about a subject who was set aside (SIP-210)', () => {
  it('a document and a marriage wait, and are applied in order when the subject is mended; each holds from its day', async () => {
    expect(
      await story.supply(
        line('1', 'DOCUMENTO', '2025-02-01', {
          id_soggetto: 'S9',
          documento_tipo: 'CIE',
          documento_numero: 'CA9',
        }),
        status('2', '2025-03-01', 'S9', '2', { id_coniuge: 'S5' }),
        moves('3', '2025-03-02', 'F1', 'NUOVA'),
      ),
    ).toEqual(['SIP-210 1', 'SIP-210 2']);
    expect(await story.supply(mend('4', '2025-04-01'))).toEqual([]);
    await story.expect(`
      al          noto  S9.casa  S9.documento  S9.stato  S5.stato  S1.casa
      2025-03-05  1     ignoto   ignoto        ignoto    1         NUOVA
      2025-01-31  2     VERDI    -             1         1         ROMA
      2025-02-01  2     VERDI    CIE CA9       1         1         ROMA
      2025-03-05  2     VERDI    CIE CA9       2+S5      2+S9      NUOVA
    `);
    expect(await story.openFindings()).toEqual([]);
  });

  it('a correction that names him waits for him; until then what it corrects stays as it was', async () => {
    const together = line('1', 'FAMIGLIA', '2025-02-01', {
      movimenti: [{ id_soggetto: 'S5', da: 'F3', a: 'F2', relazione: '9' }],
    });
    const both = corrected(
      '2',
      together,
      {
        dati: {
          movimenti: [
            { id_soggetto: 'S5', da: 'F3', a: 'F1', relazione: '9' },
            { id_soggetto: 'S9', da: 'F2', a: 'F1', relazione: '9' },
          ],
        },
      },
      '2025-02-10',
    );
    expect(await story.supply(together, both)).toEqual(['SIP-210 2']);
    expect(await story.supply(mend('3', '2025-04-01'))).toEqual([]);
    await story.expect(`
      al          noto  S5.famiglia  S9.famiglia
      2025-02-01  1     F2/9         ignoto
      2025-02-01  2     F1/9         F1/9
    `);
    expect(await story.openFindings()).toEqual([]);
  });

  it('a correction that makes him known mends him: what waited for him is tried again', async () => {
    const came = line('1', 'ISCRIZIONE', '2025-02-01', {
      motivo: '3',
      soggetti: [{ ...arrival('S8'), legame: { id_famiglia: 'F2', relazione: '9' } }],
    });
    const document = line('2', 'DOCUMENTO', '2025-02-05', {
      id_soggetto: 'S9',
      documento_tipo: 'CIE',
      documento_numero: 'CA9',
    });
    expect(await story.supply(came, document)).toEqual(['SIP-210 2']);
    const rather = corrected(
      '3',
      came,
      { dati: { soggetti: [{ ...arrival('S9'), legame: { id_famiglia: 'F2', relazione: '9' } }] } },
      '2025-03-01',
    );
    expect(await story.supply(rather)).toEqual([]);
    await story.expect(`
      al          noto  S8.casa  S9.casa  S9.documento
      2025-02-05  1     VERDI    ignoto   ignoto
      2025-02-05  2     ignoto   VERDI    CIE CA9
    `);
    expect(await story.openFindings()).toEqual([]);
  });

  it('an event that no longer applies when its subject is mended stays aside, with its reason', async () => {
    await story.supply(death('1', 'S9', '2014-02-01', { registrazione: '2025-02-01' }));
    await story.supply(mend('2', '2025-04-01'));
    await story.expect(`
      al          noto  S9.casa  S9.morte
      2025-03-05  2     VERDI    -
    `);
    expect(await story.openFindings()).toEqual(['SIP-210 S9']);
  });
});

describe('events about somebody whose own coming was set aside (SIP-210)', () => {
  const came = (id: string, sesso: string) =>
    line(id, 'ISCRIZIONE', '2025-02-01', {
      motivo: '3',
      soggetti: [
        { ...arrival('S7', { sesso }), legame: { id_famiglia: 'F2', relazione: '9' } },
        { ...arrival('S8'), legame: { id_famiglia: 'F2', relazione: '9' } },
      ],
    });

  it('who would have come with an event that is set aside is awaited, and what names him waits until it is mended', async () => {
    expect(
      await story.supply(
        came('1', 'X'),
        moves('2', '2025-02-02', 'F2', 'NUOVA'),
        death('3', 'S8', '2025-02-10'),
      ),
    ).toEqual(['SIP-202 1 sesso', 'SIP-210 3']);
    expect(await story.supply(status('4', '2025-02-05', 'S7', '2', { id_coniuge: 'S4' }))).toEqual([
      'SIP-210 1',
    ]);
    expect(await story.supply({ ...came('1', 'M'), registrazione: '2025-02-20' })).toEqual([]);
    await story.expect(`
      al          noto  S7.casa  S7.stato  S8.casa  S8.morte
      2025-02-08  2     ignoto   ignoto    ignoto   ignoto
      2025-02-08  3     NUOVA    2+S4      NUOVA    -
      2025-02-10  3     NUOVA    2+S4      -        2025-02-10
    `);
    expect(await story.openFindings()).toEqual(['SIP-101 S9']);
  });

  it('whom no event would have brought is unknown, not awaited (SIP-203)', async () => {
    expect(await story.supply(came('1', 'X'), death('2', 'S6', '2025-02-10'))).toEqual([
      'SIP-202 1 sesso',
      'SIP-203 2',
    ]);
  });

  it('a fact that no full supply told of him cannot be spoken of: its reference is unknown, and nothing waits (SIP-205)', async () => {
    const told = { fornitura: 1, id_soggetto: 'S9', fatto: 'CITTADINANZA' };
    const citizen = line('1', 'CITTADINANZA', '2012-02-01', { id_soggetto: 'S9', cittadinanza: '201' });
    expect(
      await story.supply({ ...citizen, tipo: 'R', riferimento: told, registrazione: '2025-02-01' }),
    ).toEqual(['SIP-205 1']);
  });
});

describe('what stands set aside is taken back (R and A)', () => {
  const aside = async () =>
    (
      await test.db.query<{ told: string }>(
        "select id_evento || ' ' || coalesce(chiusa_da::text, 'aperta') as told from set_aside where id_evento is not null order by 1",
      )
    ).rows.map((r) => r.told);
  const lastSupply = async () =>
    (await test.db.query<{ id: string }>('select max(supply_id)::text as id from supplies')).rows[0]!.id;
  const again = death('2', 'S5', '2025-03-02');

  it('the annulment of an event set aside leaves nothing to mend: what was said of it closes with the annulment', async () => {
    await story.supply(death('1', 'S5', '2025-03-01'));
    expect(await story.supply(again)).toEqual(['SIP-204 1']);
    expect(await story.openFindings()).toEqual(['SIP-101 S9', 'SIP-204 S5']);
    expect(await story.supply(annulled('3', again, '2025-03-05'))).toEqual([]);
    expect(await story.openFindings()).toEqual(['SIP-101 S9']);
    expect(await aside()).toEqual([`2 ${await lastSupply()}`]);
    await story.expect(`
      al          noto  S5.morte
      2025-03-05  3     2025-03-01
    `);
    // Kept with all events, and itself never annulled or corrected.
    expect(await story.supply(annulled('4', annulled('3', again, '2025-03-05'), '2025-03-06'))).toEqual([
      'SIP-205 1',
    ]);
  });

  it('within one supply too, and its number is free for another event', async () => {
    expect(
      await story.supply(
        death('1', 'S5', '2025-03-01'),
        again,
        annulled('3', again, '2025-03-05'),
        death('2', 'S4', '2025-03-05'),
      ),
    ).toEqual(['SIP-204 2']);
    await story.expect(`
      al          noto  S4.morte    S5.morte
      2025-03-05  1     2025-03-05  2025-03-01
    `);
    expect(await story.openFindings()).toEqual(['SIP-101 S9']);
  });

  it('only the event of the same operazione is taken back, and a correction has nothing to correct (SIP-205)', async () => {
    await story.supply(death('1', 'S5', '2025-03-01'), again);
    expect(
      await story.supply(
        { ...annulled('3', again, '2025-03-05'), operazione: 'CITTADINANZA' },
        corrected('4', again, { decorrenza: '2025-03-03' }, '2025-03-05'),
      ),
    ).toEqual(['SIP-205 1', 'SIP-205 2']);
    expect(await aside()).toEqual(['2 aperta', '3 aperta', '4 aperta']);
  });
});

describe('what an event that waited leaves behind when it is applied', () => {
  const out = movesOut('1', '2025-01-10', ['S9'], 'F8', 'DANTE');
  const back = line('2', 'FAMIGLIA', '2025-01-20', {
    movimenti: [{ id_soggetto: 'S9', da: 'F8', a: 'F2', relazione: '9' }],
  });
  const never = annulled('3', out, '2025-02-01');

  it('an annulment that waited brings down what was built on the event: reported (SIP-206), on no row of this supply', async () => {
    expect(await story.supply(out, back, never)).toEqual(['SIP-210 1', 'SIP-210 2', 'SIP-210 3']);
    expect(await story.supply(mend('4', '2025-04-01'))).toEqual(['SIP-206 null']);
    await story.expect(`
      al          noto  S9.famiglia
      2025-01-15  2     F2/9
      2025-02-01  2     F2/9
    `);
    // What fell may be sent again under its own number, and closes the finding.
    expect(await story.supply(leaves('2', '2025-05-01', 'S9'))).toEqual([]);
    const { rows } = await test.db.query(
      "select riga, id_evento, chiusa_da is not null as chiusa from findings where codice = 'SIP-206'",
    );
    expect(rows).toEqual([{ riga: null, id_evento: '3', chiusa: true }]);
  });

  it('within one supply, on the row on which it waited, and open still', async () => {
    expect(await story.supply(out, back, never, mend('4', '2025-04-01'))).toEqual([
      'SIP-210 1',
      'SIP-210 2',
      'SIP-210 3',
      'SIP-206 3',
    ]);
    const { rows } = await test.db.query(
      'select codice, chiusa_da is not null as chiusa from findings where riga = 3 order by n',
    );
    expect(rows).toEqual([
      { codice: 'SIP-210', chiusa: true },
      { codice: 'SIP-206', chiusa: false },
    ]);
  });

  it('its rows are warned of as if it had applied when it came', async () => {
    expect(await story.supply(status('1', '2025-03-01', 'S9', '2', { id_coniuge: 'S99' }))).toEqual([
      'SIP-210 1',
    ]);
    expect(await story.supply(mend('2', '2025-04-01'))).toEqual(['SIP-134 null']);
  });
});

describe('events that come again (SIP-208, SIP-209)', () => {
  it('an event set aside is mended by another content under its number, and repeated by the same', async () => {
    const wrong = leaves('1', '2025-02-01', 'S77');
    expect(await story.supply(wrong)).toEqual(['SIP-203 1']);
    expect(await story.supply(wrong)).toEqual(['SIP-209 1']);
    expect(await story.supply(leaves('1', '2025-02-01', 'S4'))).toEqual([]);
    await story.expect(`
      al          noto  S4.casa
      2025-02-01  2     VERDI
      2025-02-01  3     -
    `);
    expect(await story.openFindings()).toEqual(['SIP-101 S9']);
  });

  it('an event applied is not changed by another content under its number: that is for an R', async () => {
    await story.supply(moves('1', '2025-02-01', 'F1', 'NUOVA'));
    expect(
      await story.supply(moves('1', '2025-02-01', 'F1', 'DANTE'), moves('1', '2025-02-01', 'F1', 'NUOVA')),
    ).toEqual(['SIP-208 1', 'SIP-209 2']);
    await story.expect(`
      al          noto  S1.casa
      2025-02-01  2     NUOVA
    `);
  });

  it('its number stays used after its annulment', async () => {
    const moved = moves('1', '2025-02-01', 'F1', 'NUOVA');
    await story.supply(moved, annulled('2', moved, '2025-02-10'));
    expect(await story.supply(moves('1', '2025-03-01', 'F1', 'DANTE'))).toEqual(['SIP-208 1']);
    await story.expect(`
      al          noto  S1.casa
      2025-03-01  2     ROMA
    `);
  });
});

describe('an event is applied whole or not at all (How events read)', () => {
  it('two leave, of whom one is not there: neither has left', async () => {
    await story.supply(leaves('1', '2025-02-01', 'S4'));
    expect(await story.supply(leaves('2', '2025-03-01', ['S5', 'S4']))).toEqual(['SIP-204 1']);
    await story.expect(`
      al          noto  S4.casa  S5.casa
      2025-03-01  2     -        MAZZINI
    `);
  });

  it('a birth into a family that nobody knows (SIP-203)', async () => {
    const born = birth('1', 'S7', '2025-03-01');
    const lost = {
      ...born,
      dati: { ...(born['dati'] as Line), legame: { id_famiglia: 'F99', relazione: '3' } },
    };
    expect(await story.supply(lost)).toEqual(['SIP-203 1']);
    await story.expect(`
      al          noto  S7.casa
      2025-03-01  1     ignoto
    `);
  });
});
