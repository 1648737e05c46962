import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { address, bundle, famiglia, legame, soggetto } from '../../../test/support/bundles.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { loadBundles } from '../../../test/support/load-bundles.ts';
import { day, parsePartialDate } from '../../kernel/day.ts';
import { askPerson } from './ask-person.ts';
import { AmbiguousPerson } from './find-person.ts';
import { getKnownAt } from './known-at.sql.ts';
import { parsePersonKey } from './person-key.ts';
import type { PersonState } from './person-state.ts';

const CF = 'RSSMRA80E04F257K';
const now = { al: day('2024-12-31'), notoAl: null };

describe('a person on a day (registry.md; issue 2.8)', () => {
  let test: TestDatabase;
  const ask = (key: string, al = '2024-12-31'): Promise<PersonState> =>
    askPerson(test.db, parsePersonKey(key.split(' '))!, { ...now, al: day(al) });

  beforeAll(async () => {
    test = await testDatabase();
    await loadBundles(test.db, {
      comune: '036001',
      households: [famiglia(1, { indirizzo: address({ toponimo: 'EMILIA', civico: '12', esponente: 'A' }) })],
      bundles: [
        bundle(
          soggetto(1, {
            codice_fiscale: CF,
            validita_cf: '1',
            stato_civile: '2',
            stato_civile_dal: day('2015-06-01'),
            id_coniuge: 'S2',
          }),
          [legame(1, 'F1')],
          {
            generalita: [
              {
                riga: 1,
                dal: day('2010-01-01'),
                al: day('2012-01-01'),
                codice_fiscale: 'BNCMRA80E04F257S',
                cognome: 'BIANCHI',
                nome: null,
                sesso: null,
                motivo: 'CITTADINANZA',
              },
            ],
          },
        ),
        bundle(
          soggetto(2, {
            cognome: "D'ANGELO",
            nome: 'NICOLÒ',
            codice_fiscale: 'DNGNCL81A01F257X',
            riservatezza: true,
          }),
          [legame(2, 'F1', { relazione: '2', progressivo: 2 })],
        ),
        bundle(
          soggetto(3, {
            posizione: 'DECEDUTO',
            data_morte: parsePartialDate('2022-11'),
            codice_fiscale: 'BNICLL56P15D612F',
          }),
          [legame(3, 'F1', { relazione: '3', progressivo: 3 })],
        ),
        bundle(
          soggetto(4, { nome: 'MARCO', codice_fiscale: 'VRDMRC80A01F257A' }),
          [legame(4, 'F1', { relazione: '3', progressivo: 4 })],
          {
            generalita: [
              {
                riga: 2,
                dal: day('2010-01-01'),
                al: day('2014-01-01'),
                codice_fiscale: 'NREMRC80A01F257A',
                cognome: 'NERI',
                nome: null,
                sesso: null,
                motivo: 'ADOZIONE',
              },
            ],
          },
        ),
      ],
    });
    await loadBundles(test.db, {
      comune: '036002',
      households: [famiglia(1)],
      bundles: [
        bundle(
          soggetto(1, {
            codice_fiscale: CF,
            validita_cf: '1',
            stato_civile: '9',
            iscritto_dal: day('2000-01-01'),
            posizione: 'CANCELLATO',
            cancellato_dal: day('2010-01-01'),
            motivo_cancellazione: '3',
            comune_destinazione: '036001',
          }),
          [],
        ),
      ],
    });
  });
  afterAll(() => test.drop());

  it('says where, with whom and in which state', async () => {
    const state = await ask(CF);
    expect(state.residenza).toMatchObject({
      residente: true,
      certezza: 'certa',
      comune: '036001',
      indirizzo: { specie: 'VIA', toponimo: 'EMILIA', civico: '12', esponente: 'A' },
    });
    expect(state.famiglia).toEqual({
      comune: '036001',
      tipo: 'famiglia',
      id: 'F1',
      relazione: '1',
      certezza: 'certa',
    });
    expect(state.stato_civile).toMatchObject({ stato_civile: '2', cf_coniuge: 'DNGNCL81A01F257X' });
    expect(state.generalita).toMatchObject({ cognome: 'ROSSI', eta: 44 });
    expect(state.segnali).toMatchObject({ protetto: false, doppia_residenza: null, in_transito: null });
  });

  it('joined from two comuni, answers to both numbers, to both identifiers and to former codes', async () => {
    const state = await ask(CF);
    expect(state.schede).toEqual([
      { comune: '036001', id_soggetto: 'S1' },
      { comune: '036002', id_soggetto: 'S1' },
    ]);
    const { rows } = await test.db.query<{ entry_id: number }>(
      'select entry_id from entries where id_soggetto = $1',
      ['S1'],
    );
    const keys = ['036001:S1', '036002:S1', 'BNCMRA80E04F257S', ...rows.map((r) => `P${r.entry_id}`)];
    for (const key of keys) expect(await ask(key)).toEqual(state);
  });

  it('lets the register speak in which the person was resident on the day', async () => {
    const state = await ask(CF, '2005-01-01');
    expect(state.residenza).toMatchObject({ residente: true, comune: '036002' });
    expect(state.parla).toEqual({ comune: '036002', id_soggetto: 'S1' });
    expect((await ask(CF, '2011-01-01')).generalita).toMatchObject({ cognome: 'BIANCHI', nome: 'MARIO' });
  });

  it('is possibly resident in the month of a death whose day is not known, and certainly not after it', async () => {
    expect((await ask('BNICLL56P15D612F', '2022-11-11')).residenza).toMatchObject({
      residente: true,
      certezza: 'possibile',
    });
    expect((await ask('BNICLL56P15D612F', '2022-12-02')).residenza).toEqual({
      residente: false,
      certezza: 'certa',
    });
    expect((await ask('BNICLL56P15D612F', '2022-12-02')).decesso).toMatchObject({ data: '2022-11' });
  });

  it('is found by name whatever the accents and apostrophes, and flagged when protected', async () => {
    const state = await ask('d’angelo nicolo 1980');
    expect(state.segnali.protetto).toBe(true);
    expect(state.schede).toEqual([{ comune: '036001', id_soggetto: 'S2' }]);
  });

  it('lists the candidates of an ambiguous name, and says what to try for an unknown one', async () => {
    await expect(ask('ROSSI MARIO')).rejects.toSatisfy(
      (error) => error instanceof AmbiguousPerson && error.candidates.length === 2,
    );
    await expect(ask('VERDI GIUSEPPE')).rejects.toThrow(/nessuno risponde/);
  });

  it('neither finds nor shows a sealed identity (L. 184/1983 art. 28)', async () => {
    await expect(ask('NREMRC80A01F257A')).rejects.toThrow(/nessuno risponde/);
    await expect(ask('NERI MARCO 1980-05-04')).rejects.toThrow(/nessuno risponde/);
    expect((await ask('VRDMRC80A01F257A', '2011-01-01')).generalita).toMatchObject({ cognome: 'ROSSI' });
  });

  it('gives the same answer for ever to a question with a fixed noto_al', async () => {
    const then = await getKnownAt(test.db, null);
    const asked = { al: day('2024-12-31'), notoAl: then };
    const before = await askPerson(test.db, parsePersonKey(['036001:S2'])!, asked);
    await test.db.transaction(async (client) => {
      await client.query('select set_config($1, take_instant()::text, true)', ['sipop.recorded']);
      await client.query(`insert into dwellings_past
        select d.*, recorded_now(), 99 from dwellings d where toponimo = 'EMILIA'`);
      await client.query(
        `update dwellings set toponimo = 'NUOVA', recorded_from = recorded_now() where toponimo = 'EMILIA'`,
      );
    });
    expect(await askPerson(test.db, parsePersonKey(['036001:S2'])!, asked)).toEqual(before);
    const after = await askPerson(test.db, parsePersonKey(['036001:S2'])!, now);
    expect(after.residenza.indirizzo?.toponimo).toBe('NUOVA');
    expect(after.noto_al > before.noto_al).toBe(true);
  });

  it('never answers beyond the last committed instant', async () => {
    const state = await askPerson(test.db, parsePersonKey(['036001:S2'])!, {
      ...now,
      notoAl: '2999-01-01T00:00:00Z' as typeof state.noto_al,
    });
    expect(state.noto_al).toBe(await getKnownAt(test.db, null));
  });
});
