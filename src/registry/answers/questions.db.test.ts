import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { address, bundle, famiglia, legame, soggetto } from '../../../test/support/bundles.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { loadBundles } from '../../../test/support/load-bundles.ts';
import { day, parsePartialDate } from '../../kernel/day.ts';
import { askAddress } from './ask-address.ts';
import { askFamily, askHousehold } from './ask-family.ts';
import { askHistory } from './ask-history.ts';
import { parsePersonKey } from './person-key.ts';
import { askPopulation } from './population.ts';

const CF = 'RSSMRA80E04F257K';
const key = (text: string) => parsePersonKey([text])!;
const on = (al: string) => ({ al: day(al), notoAl: null });

describe('families, histories, addresses and counts (issue 2.8)', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
    await loadBundles(test.db, {
      comune: '036001',
      households: [
        famiglia(1, { indirizzo: address({ toponimo: 'EMILIA', civico: '12', interno: '3' }) }),
        famiglia(2, { indirizzo: address({ toponimo: 'EMILIA', civico: '12', esponente: 'A' }) }),
        famiglia(3, { indirizzo: address({ toponimo: 'EMILIA', civico: '12', senza_fissa_dimora: true }) }),
      ],
      bundles: [
        bundle(soggetto(1, { codice_fiscale: CF, validita_cf: '1' }), [legame(1, 'F1')]),
        bundle(
          soggetto(2, {
            nome: 'ANNA',
            sesso: 'F',
            cittadinanza: '235',
            data_nascita: parsePartialDate('1990')!,
          }),
          [legame(2, 'F1', { relazione: '2', progressivo: 2 })],
        ),
        bundle(
          soggetto(3, { nome: 'LUCA', iscritto_dal: day('2000-01-01') }),
          [legame(3, 'F2', { dal: day('2010-01-01') })],
          {
            residenze: [
              {
                riga: 1,
                dal: day('2000-01-01'),
                al: parsePartialDate('2012-05')!,
                indirizzo: address({ toponimo: "DELL'ARTE", civico: '7' }),
              },
            ],
          },
        ),
        bundle(soggetto(4, { nome: 'SARA', sesso: 'F' }), [legame(4, 'F3')]),
      ],
    });
    await loadBundles(test.db, {
      comune: '036002',
      households: [famiglia(1)],
      bundles: [
        bundle(soggetto(1, { codice_fiscale: CF, validita_cf: '1', iscritto_dal: day('2015-01-01') }), [
          legame(1, 'F1', { dal: day('2015-01-01') }),
        ]),
      ],
    });
  });
  afterAll(() => test.drop());

  it('tells a family on a day, by person and by the identifier of its comune', async () => {
    const asked = await askFamily(test.db, key('036001:S2'), on('2012-01-01'));
    expect(asked.famiglia).toMatchObject({ comune: '036001', id_famiglia: 'F1', intestatario: CF });
    expect(asked.famiglia?.componenti.map((m) => m.id_soggetto)).toEqual(['S1', 'S2']);
    expect(asked.famiglie).toHaveLength(1);
    const name = { comune: '036001', tipo: 'famiglia', id: 'F1' } as const;
    expect(await askHousehold(test.db, name, on('2012-01-01'))).toEqual(asked.famiglia);
    await expect(askHousehold(test.db, { ...name, id: 'F9' }, on('2012-01-01'))).rejects.toThrow(/non c’è/);
  });

  it('follows the person to the household of the comune whose word holds', async () => {
    expect((await askFamily(test.db, key(CF), on('2012-01-01'))).famiglia?.comune).toBe('036001');
    expect((await askFamily(test.db, key(CF), on('2016-01-01'))).famiglia?.comune).toBe('036002');
  });

  const at = (number: string | null, span: { on: string } | { from: string; to: string }) =>
    askAddress(test.db, {
      comune: '036001',
      street: number === '7' ? 'v. dell’ arte' : 'Via Emilia',
      number,
      span: 'on' in span ? { on: day(span.on) } : { from: day(span.from), to: day(span.to) },
      notoAl: null,
    });

  it('tells who lives at a number: an absent esponente is the number that has none, and nobody is found at a conventional address', async () => {
    const state = await at('12', { on: '2024-12-31' });
    expect(state.occupanti?.map((o) => o.scheda.id_soggetto).sort()).toEqual(['S1', 'S2']);
    expect((await at('12/a', { on: '2024-12-31' })).occupanti?.map((o) => o.nome)).toEqual(['LUCA']);
    expect((await at(null, { on: '2024-12-31' })).numero).toBe(3);
  });

  it('tells who possibly lived there, on a day and in a period', async () => {
    const states = await Promise.all([
      at('7', { on: '2012-05-10' }),
      at('7', { on: '2012-06-10' }),
      at('7', { from: '2005-01-01', to: '2030-01-01' }),
    ]);
    expect(states.map((s) => s.occupanti?.map((o) => o.certezza))).toEqual([['possibile'], [], ['certa']]);
  });

  it('lists the numbers that exist for one that does not', async () => {
    await expect(at('99', { on: '2024-12-31' })).rejects.toThrow(/civici noti: 12, 12\/A/);
  });

  it('names the supply, the receipt, the file and the row of every fact', async () => {
    const history = await askHistory(test.db, key('036001:S3'), on('2024-12-31'), false);
    expect(history.fatti.map((f) => f.genere)).toEqual([
      'identities',
      'registrations',
      'dwellings',
      'civil_statuses',
      'citizenships',
      'memberships',
      'dwellings',
    ]);
    expect(history.fatti.find((f) => f.dal === '2000-01-01' && f.genere === 'dwellings')).toMatchObject({
      al: '2012-05',
      valore: { specie: 'VIA', toponimo: "DELL'ARTE", civico: '7' },
      fonte: { ricevuta: '2025/0000001', operazione: 'COMPLETA', file: 'residenze.csv', riga: 1 },
      registrato_al: null,
    });
    expect(history.fatti.find((f) => f.genere === 'memberships')?.valore).toMatchObject({
      id: 'F2',
      relazione: '1',
    });
  });

  it('each comune counts its own open registrations, the province people, the difference is a line of its own', async () => {
    const one = await askPopulation(test.db, '036001', day('2024-12-31'), null);
    expect(one.residenti).toEqual({ maschi: 2, femmine: 2, totale: 4, stranieri: 1 });
    expect(one).toMatchObject({ famiglie: 3, convivenze: 0, iscrizioni_doppie: 0 });
    expect(one.per_eta.map((l) => [l.eta, l.totale])).toEqual([
      [34, 1],
      [44, 3],
    ]);
    const province = await askPopulation(test.db, null, day('2024-12-31'), null);
    expect(province.residenti.totale).toBe(4);
    expect(province.iscrizioni_doppie).toBe(1);
    expect(province.per_comune.map((c) => [c.comune, c.totale])).toEqual([
      ['036001', 4],
      ['036002', 1],
    ]);
    expect((await askPopulation(test.db, null, day('2005-01-01'), null)).residenti.totale).toBe(1);
  });
});
