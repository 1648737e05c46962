/**
 * Every operation of tracciato.md 3 as news (N), corrected (R: "the whole dati again as they should have been") and annulled
 * (A: "as if it had never been"). Asked on 3 and on 31 March 2025, as known after each supply.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPERAZIONI } from '../../src/registry/events/event-records.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, arrival, corrected, type Line, line, Story } from '../support/story.ts';

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato  citt
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   100
    S2  BIANCHI ANNA  F      1972-01-01  F1/2      2+S1   100
    S3  ROSSI LUCA    M      2006-01-01  F1/3      1      100
    S4  NERI ADA      F      1980-01-01  F2/1      1      100
    S5  GALLI UGO     M      1978-01-01  F3/1      1      235
  `);
});
afterEach(async () => {
  await story.endsAsTold();
  await test.drop();
});

const ON = '2025-03-01';
const one = { id_soggetto: 'S4' };

interface Case {
  readonly news: Line;
  readonly correction: { readonly decorrenza?: string; readonly dati?: Line };
  readonly asked: string;
  readonly before: string;
  /** On 3 March and on 31 March. */
  readonly afterN: readonly [string, string];
  readonly afterR: readonly [string, string];
}

/** A case whose news hold from 1 March, and whose correction moves them to 5 March. */
const moved = (news: Line, asked: string, before: string, after: string): Case => ({
  news,
  correction: { decorrenza: '2025-03-05' },
  asked,
  before,
  afterN: [after, after],
  afterR: [before, after],
});

const CASES: Readonly<Record<string, Case>> = {
  NASCITA: {
    news: line('E1', 'NASCITA', ON, {
      soggetto: arrival('S9', { cognome: 'ROSSI', nome: 'EVA', sesso: 'F', data_nascita: ON }),
      legame: { id_famiglia: 'F1', relazione: '3' },
    }),
    correction: { dati: { legame: { id_famiglia: 'F2', relazione: '3' } } },
    asked: 'S9.famiglia',
    before: 'ignoto',
    afterN: ['F1/3', 'F1/3'],
    afterR: ['F2/3', 'F2/3'],
  },
  // Corrected to the 5th he is known on the 3rd, and not resident yet.
  ISCRIZIONE: {
    ...moved(
      line('E1', 'ISCRIZIONE', ON, {
        motivo: '3',
        provenienza: { comune: '037006' },
        famiglia: { id_famiglia: 'F9', motivo: '2', specie: 'VIA', toponimo: 'NUOVA', civico: '1' },
        soggetti: [{ ...arrival('S9'), legame: { id_famiglia: 'F9', relazione: '1' } }],
      }),
      'S9.casa',
      'ignoto',
      'NUOVA',
    ),
    afterR: ['-', 'NUOVA'],
  },
  MORTE: moved(line('E1', 'MORTE', ON, { ...one, comune_morte: '036023' }), 'S4.morte', '-', ON),
  CANCELLAZIONE: moved(
    line('E1', 'CANCELLAZIONE', ON, { motivo: '3', id_soggetti: ['S4'], destinazione: { comune: '037006' } }),
    'S4.casa',
    'VERDI',
    '-',
  ),
  CAMBIO_ABITAZIONE: moved(
    line('E1', 'CAMBIO_ABITAZIONE', ON, {
      id_famiglia: 'F2',
      famiglia: { id_famiglia: 'F2', specie: 'VIA', toponimo: 'NUOVA', civico: '1' },
    }),
    'S4.casa',
    'VERDI',
    'NUOVA',
  ),
  FAMIGLIA: {
    news: line('E1', 'FAMIGLIA', ON, { movimenti: [{ ...one, da: 'F2', a: 'F1', relazione: '13' }] }),
    correction: { dati: { movimenti: [{ ...one, da: 'F2', a: 'F3', relazione: '23' }] } },
    asked: 'S4.famiglia',
    before: 'F2/1',
    afterN: ['F1/13', 'F1/13'],
    afterR: ['F3/23', 'F3/23'],
  },
  CONVIVENZA: {
    news: line('E1', 'CONVIVENZA', ON, {
      azione: 'APERTURA',
      convivenza: {
        id_convivenza: 'C1',
        dal: ON,
        specie_convivenza: '1',
        denominazione: 'SANTA CHIARA',
        specie: 'VIA',
        toponimo: 'NUOVA',
        civico: '1',
      },
      movimenti: [{ ...one, da: { id_famiglia: 'F2' }, a: { id_convivenza: 'C1' }, relazione: '2' }],
    }),
    correction: {
      dati: {
        movimenti: [{ ...one, da: { id_famiglia: 'F2' }, a: { id_convivenza: 'C1' }, relazione: '1' }],
      },
    },
    asked: 'S4.famiglia',
    before: 'F2/1',
    afterN: ['C1/2', 'C1/2'],
    afterR: ['C1/1', 'C1/1'],
  },
  STATO_CIVILE: moved(
    line('E1', 'STATO_CIVILE', ON, { ...one, stato_civile: '2', id_coniuge: 'S5' }),
    'S5.stato',
    '1',
    '2+S4',
  ),
  CITTADINANZA: moved(
    line('E1', 'CITTADINANZA', ON, { id_soggetto: 'S5', cittadinanza: '100' }),
    'S5.cittadinanza',
    '235',
    '100',
  ),
  GENERALITA: {
    news: line('E1', 'GENERALITA', ON, { ...one, motivo: 'RETTIFICA', cognome: 'NERO' }),
    correction: { dati: { cognome: 'NERA' } },
    asked: 'S4.nome',
    before: 'NERI ADA',
    afterN: ['NERO ADA', 'NERO ADA'],
    afterR: ['NERA ADA', 'NERA ADA'],
  },
  GENITORI: {
    news: line('E1', 'GENITORI', ON, { id_soggetto: 'S3', id_padre: 'S5' }),
    correction: { dati: { id_padre: 'S1' } },
    asked: 'S3.padre',
    before: '-',
    afterN: ['GALLI UGO', 'GALLI UGO'],
    afterR: ['ROSSI MARIO', 'ROSSI MARIO'],
  },
  DOCUMENTO: {
    news: line('E1', 'DOCUMENTO', ON, { ...one, documento_tipo: 'CIE', documento_numero: 'CA1' }),
    correction: { dati: { documento_numero: 'CA2' } },
    asked: 'S4.documento',
    before: '-',
    afterN: ['CIE CA1', 'CIE CA1'],
    afterR: ['CIE CA2', 'CIE CA2'],
  },
  SOGGIORNO: {
    news: line('E1', 'SOGGIORNO', ON, {
      id_soggetto: 'S5',
      soggiorno_tipo: '1',
      soggiorno_scadenza: '2027-01-01',
    }),
    correction: { dati: { soggiorno_scadenza: '2028-01-01' } },
    asked: 'S5.soggiorno',
    before: '-',
    afterN: ['1 2027-01-01', '1 2027-01-01'],
    afterR: ['1 2028-01-01', '1 2028-01-01'],
  },
  // Who is protected now is protected whatever day is asked about.
  RISERVATEZZA: {
    ...moved(line('E1', 'RISERVATEZZA', ON, { ...one, riservatezza: '1' }), 'S4.segnali', '-', 'riservato'),
    afterR: ['riservato', 'riservato'],
  },
  SCHEDA: {
    news: line('E1', 'SCHEDA', ON, {
      soggetti: [
        arrival('S4', {
          cognome: 'NERO',
          nome: 'ADA',
          sesso: 'F',
          data_nascita: '1980-01-01',
          iscritto_dal: '2010-01-01',
          motivo_iscrizione: '3',
        }),
      ],
    }),
    correction: {
      dati: {
        soggetti: [
          arrival('S4', {
            cognome: 'NERA',
            nome: 'ADA',
            sesso: 'F',
            data_nascita: '1980-01-01',
            iscritto_dal: '2010-01-01',
            motivo_iscrizione: '3',
          }),
        ],
      },
    },
    asked: 'S4.nome',
    before: 'NERI ADA',
    afterN: ['NERO ADA', 'NERO ADA'],
    afterR: ['NERA ADA', 'NERA ADA'],
  },
  TOPONOMASTICA: moved(
    line('E1', 'TOPONOMASTICA', ON, { da: { toponimo: 'VERDI' }, a: { toponimo: 'GIUSEPPE VERDI' } }),
    'S4.casa',
    'VERDI',
    'GIUSEPPE VERDI',
  ),
  TERRITORIO: moved(
    line('E1', 'TERRITORIO', ON, { a: '036003', id_famiglie: ['F2'] }),
    'S4.casa',
    'VERDI',
    '-',
  ),
};

describe('each operation of the table (tracciato.md 3), N, R and A', () => {
  it('has a story', () => expect(Object.keys(CASES).sort()).toEqual([...OPERAZIONI].sort()));

  it.each(Object.entries(CASES))('%s', async (_, { news, correction, asked, before, afterN, afterR }) => {
    expect(await story.supply(news)).toEqual([]);
    const right = corrected('E2', news, correction, '2025-04-02');
    expect(await story.supply(right)).toEqual([]);
    expect(await story.supply(annulled('E3', right, '2025-04-03'))).toEqual([]);
    expect(await story.supply(annulled('E4', news, '2025-04-04'))).toEqual([]);
    const died = news['operazione'] === 'MORTE';
    await story.expect(`
      al          noto  ${asked}
      2025-03-03  0     ${before}
      2025-03-03  1     ${afterN[0]}
      2025-03-31  1     ${afterN[1]}
      2025-03-03  2     ${afterR[0]}
      2025-03-31  2     ${died ? '2025-03-05' : afterR[1]}
      2025-03-03  3     ${afterN[0]}
      2025-03-31  3     ${afterN[1]}
      2025-03-03  4     ${before}
      2025-03-31  4     ${before}
    `);
  });
});
