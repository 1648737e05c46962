import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { askHistory } from '../../src/registry/answers/ask-history.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import type { SoggettoRecord } from '../../src/registry/claims/records.ts';
import type { EventRecord } from '../../src/registry/events/event-records.ts';
import { address, bundle, famiglia, legame, soggetto } from '../support/bundles.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulment, applyEvents, event } from '../support/events.ts';
import { loadBundles } from '../support/load-bundles.ts';

const COMUNE = '036001';
let test: TestDatabase;
let next = 2;

/** A couple with a son in family F1, a single woman in F2. */
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  next = 2;
  const couple = { stato_civile: '2', stato_civile_dal: day('2005-06-01') };
  const of = (riga: number, change: Partial<SoggettoRecord>, family: string, relazione: string) =>
    bundle(soggetto(riga, change), [legame(riga, family, { relazione, progressivo: riga })]);
  await loadBundles(test.db, {
    comune: COMUNE,
    households: [famiglia(1), famiglia(2, { indirizzo: address({ toponimo: 'VERDI', civico: '5' }) })],
    bundles: [
      of(1, { ...couple, id_coniuge: 'S2', data_nascita: day('1970-01-01') }, 'F1', '1'),
      of(2, { ...couple, id_coniuge: 'S1', sesso: 'F', data_nascita: day('1972-01-01') }, 'F1', '2'),
      of(3, { data_nascita: day('2006-01-01'), id_padre: 'S1', id_madre: 'S2' }, 'F1', '3'),
      of(4, { sesso: 'F', nome: 'ADA', data_nascita: day('1980-01-01') }, 'F2', '1'),
    ],
  });
});
afterEach(() => test.drop());

const deliver = (...events: EventRecord[]) => applyEvents(test.db, COMUNE, next++, events);

/** The spells held of one kind of a subject: "from/to what". */
async function spells(id: string, table: string, what: string): Promise<string[]> {
  const { rows } = await test.db.query<{ spell: string }>(
    `select valid_from || '/' || valid_to || ' ' || coalesce((${what})::text, '-') as spell
       from ${table} f join entries e using (entry_id)
      where e.id_soggetto = $1 and valid_from < valid_to order by valid_from`,
    [id],
  );
  return rows.map((r) => r.spell);
}

const residence = (id: string) => spells(id, 'registrations', 'motivo_cancellazione');
const status = (id: string) => spells(id, 'civil_statuses', 'stato_civile');
const home = (id: string) => spells(id, 'dwellings', 'toponimo');
const tie = (id: string) =>
  spells(
    id,
    'memberships',
    "(select min(id_household) from households h where h.household_id = f.household_id) || ' ' || relazione",
  );

const death = (id: string, who: string, on: string) =>
  event(id, 'MORTE', on, { id_soggetto: who, data_morte: day(on), comune_morte: COMUNE, stato_morte: null });
const leave = (id: string, on: string, ...who: string[]) =>
  event(id, 'CANCELLAZIONE', on, {
    motivo: '3',
    id_soggetti: who,
    destinazione: { comune: '037006', stato: null },
  });
const move = (id: string, on: string, family: string, toponimo: string) =>
  event(id, 'CAMBIO_ABITAZIONE', on, {
    id_famiglia: family,
    id_soggetti: [],
    legami: [],
    famiglia: { id: family, motivo: null, indirizzo: address({ toponimo }) },
  });

describe('MORTE ends the registration and makes the spouse widowed (tracciato.md 3, What follows from an event)', () => {
  it('ends residence, dwelling, membership, status and citizenship of the dead', async () => {
    await deliver(death('1', 'S1', '2025-02-10'));
    expect(await residence('S1')).toEqual(['2010-01-01/2025-02-10 1']);
    expect(await home('S1')).toEqual(['2010-01-01/2025-02-10 ROMA']);
    expect(await tie('S1')).toEqual(['2010-01-01/2025-02-10 F1 1']);
    expect(await status('S1')).toEqual(['2005-06-01/2025-02-10 2']);
    expect(await spells('S1', 'citizenships', 'stato')).toEqual(['2010-01-01/2025-02-10 100']);
  });

  it('widows the spouse on that day, reports the family without a head once, and an annulment takes both back', async () => {
    const { findings } = await deliver(death('1', 'S1', '2025-02-10'));
    expect(findings).toEqual(['EF008 1']);
    expect(await status('S2')).toEqual(['2005-06-01/2025-02-10 2', '2025-02-10/infinity 3']);
    await deliver(annulment('2', 'MORTE', '2025-02-10', { id_evento: '1' }));
    expect(await status('S2')).toEqual(['2005-06-01/infinity 2']);
    expect(await residence('S1')).toEqual(['2010-01-01/infinity -']);
    expect(await tie('S1')).toEqual(['2010-01-01/infinity F1 1']);
  });

  it('lets the survivor declare another day, and annuls both together', async () => {
    await deliver(
      death('1', 'S1', '2025-02-10'),
      event('2', 'STATO_CIVILE', '2025-02-12', {
        id_soggetto: 'S2',
        stato_civile: '3',
        id_coniuge: null,
        cf_coniuge: null,
        atto: null,
      }),
    );
    expect(await status('S2')).toEqual(['2005-06-01/2025-02-12 2', '2025-02-12/infinity 3']);
    const { findings } = await deliver(annulment('3', 'MORTE', '2025-02-10', { id_evento: '1' }));
    expect(await status('S2')).toEqual(['2005-06-01/infinity 2']);
    expect(findings).toEqual(['SIP-206 1']);
  });

  it('is recorded after a cancellation, and counted nowhere; the dead do not die twice', async () => {
    await deliver(leave('1', '2025-01-10', 'S1'), death('2', 'S1', '2025-02-10'));
    expect(await residence('S1')).toEqual(['2010-01-01/2025-01-10 3']);
    expect(await spells('S1', 'deaths', 'comune_morte')).toEqual(['2025-02-10/infinity 036001']);
    const { findings, supply } = await deliver(death('3', 'S1', '2025-03-10'));
    expect(findings).toEqual(['SIP-204 1']);
    expect(supply.scartate).toEqual({ 'eventi.jsonl': 1 });
  });

  it('moves to another day by correction, and with it all that ended (R)', async () => {
    await deliver(death('1', 'S1', '2025-02-10'));
    await deliver({
      ...death('2', 'S1', '2025-02-01'),
      tipo: 'R',
      riferimento: { id_evento: '1' },
    } as EventRecord);
    expect(await residence('S1')).toEqual(['2010-01-01/2025-02-01 1']);
    expect(await status('S2')).toEqual(['2005-06-01/2025-02-01 2', '2025-02-01/infinity 3']);
    const { rows } = await test.db.query('select count(*) as n from deaths');
    expect(rows).toEqual([{ n: 1 }]);
  });
});

describe('a fact holds to the next of its kind, in whatever order they were registered (In time)', () => {
  it('puts a late move before the one that is known', async () => {
    await deliver(move('1', '2025-03-01', 'F1', 'TERZA'));
    await deliver(move('2', '2025-02-01', 'F1', 'SECONDA'));
    for (const id of ['S1', 'S2', 'S3'])
      expect(await home(id)).toEqual([
        '2010-01-01/2025-02-01 ROMA',
        '2025-02-01/2025-03-01 SECONDA',
        '2025-03-01/infinity TERZA',
      ]);
  });

  it('moves with the family also who joined it later', async () => {
    await deliver(
      event('1', 'FAMIGLIA', '2025-02-15', {
        movimenti: [
          {
            id_soggetto: 'S4',
            da: { kind: 'famiglia', id: 'F2' },
            a: { kind: 'famiglia', id: 'F1' },
            relazione: '13',
          },
        ],
        famiglia: null,
        id_intestatario: null,
        relazioni: [],
      }),
    );
    await deliver(move('2', '2025-02-01', 'F1', 'SECONDA'));
    expect(await home('S4')).toEqual(['2010-01-01/2025-02-15 VERDI', '2025-02-15/infinity SECONDA']);
    const { rows } = await test.db.query<{ to: string }>(
      "select valid_to as to from households where id_household = 'F2'",
    );
    expect(rows.map((r) => r.to)).toEqual(['2025-02-15']);
  });

  it('lets a late cancellation end a registration that a later one had ended', async () => {
    await deliver(leave('1', '2025-03-01', 'S4'));
    await deliver(leave('2', '2025-02-01', 'S4'));
    expect(await residence('S4')).toEqual(['2010-01-01/2025-02-01 3']);
    await deliver(annulment('3', 'CANCELLAZIONE', '2025-02-01', { id_evento: '2' }));
    expect(await residence('S4')).toEqual(['2010-01-01/2025-03-01 3']);
  });
});

describe('corrections and annulments (R and A)', () => {
  it('tells the history as it was known, with no word of what was corrected later (registry.md, noto_al)', async () => {
    const knownAt = await getKnownAt(test.db, null);
    const history = () =>
      askHistory(
        test.db,
        { kind: 'number', comune: COMUNE, id_soggetto: 'S4' },
        { al: day('2025-12-31'), notoAl: knownAt },
        false,
      );
    const before = await history();
    await deliver(move('1', '2025-02-01', 'F2', 'UNO'));
    expect(await history()).toEqual(before);
    expect(before.fatti.some((f) => f.genere === 'dwellings')).toBe(true);
  });

  it('lets an event fall once, however much of its ground is taken away in one supply (SIP-206)', async () => {
    const into = (id: string, family: string) =>
      event(id, 'FAMIGLIA', '2025-02-01', {
        movimenti: [
          {
            id_soggetto: 'S3',
            da: { kind: 'famiglia', id: 'F8' },
            a: { kind: 'famiglia', id: family },
            relazione: '21',
          },
        ],
        famiglia: null,
        id_intestatario: null,
        relazioni: [],
      });
    const name = (id: string, nome: string) =>
      event(id, 'GENERALITA', '2025-01-05', { id_soggetto: 'S3', motivo: 'ALTRO', columns: { nome } });
    const apart = event('2', 'CAMBIO_ABITAZIONE', '2025-01-10', {
      id_famiglia: null,
      id_soggetti: ['S3'],
      legami: [{ id_soggetto: 'S3', relazione: '1' }],
      famiglia: { id: 'F8', motivo: null, indirizzo: address({ toponimo: 'DANTE' }) },
    });
    await deliver(name('1', 'UNO'), apart);
    await deliver(into('3', 'F2'));
    const { findings } = await deliver(
      annulment('4', 'CAMBIO_ABITAZIONE', '2025-01-10', { id_evento: '2' }),
      annulment('5', 'GENERALITA', '2025-01-05', { id_evento: '1' }),
    );
    expect(findings.filter((f) => f.startsWith('SIP-206'))).toEqual(['SIP-206 1']);
    expect(await tie('S3')).toEqual(['2010-01-01/infinity F1 3']);
  });

  it('keeps annulled what was annulled, and corrected what was corrected, when a later event is taken back', async () => {
    const apart = (id: string, who: string, family: string, toponimo: string, options = {}) =>
      event(
        id,
        'CAMBIO_ABITAZIONE',
        '2025-01-10',
        {
          id_famiglia: null,
          id_soggetti: [who],
          legami: [{ id_soggetto: who, relazione: '1' }],
          famiglia: { id: family, motivo: null, indirizzo: address({ toponimo }) },
        },
        options,
      );
    await deliver(apart('1', 'S3', 'F8', 'DANTE'), apart('2', 'S4', 'F9', 'PASCOLI'));
    await deliver(
      leave('3', '2025-03-10', 'S3'),
      leave('4', '2025-03-10', 'S4'),
      annulment('5', 'CAMBIO_ABITAZIONE', '2025-01-10', { id_evento: '1' }),
      apart('6', 'S4', 'F9', 'LEOPARDI', { tipo: 'R', riferimento: { id_evento: '2' } }),
    );
    await deliver(
      annulment('7', 'CANCELLAZIONE', '2025-03-10', { id_evento: '3' }),
      annulment('8', 'CANCELLAZIONE', '2025-03-10', { id_evento: '4' }),
    );
    expect(await home('S3')).toEqual(['2010-01-01/infinity ROMA']);
    expect(await home('S4')).toEqual(['2010-01-01/2025-01-10 VERDI', '2025-01-10/infinity LEOPARDI']);
  });

  it('corrects a correction, and goes back when the latest one is annulled', async () => {
    await deliver(move('1', '2025-02-01', 'F2', 'UNO'));
    await deliver({
      ...move('2', '2025-02-03', 'F2', 'DUE'),
      tipo: 'R',
      riferimento: { id_evento: '1' },
    } as EventRecord);
    await deliver({
      ...move('3', '2025-02-05', 'F2', 'TRE'),
      tipo: 'R',
      riferimento: { id_evento: '2' },
    } as EventRecord);
    expect(await home('S4')).toEqual(['2010-01-01/2025-02-05 VERDI', '2025-02-05/infinity TRE']);
    await deliver(annulment('4', 'CAMBIO_ABITAZIONE', '2025-02-05', { id_evento: '3' }));
    expect(await home('S4')).toEqual(['2010-01-01/2025-02-03 VERDI', '2025-02-03/infinity DUE']);
    const { findings } = await deliver(annulment('5', 'CAMBIO_ABITAZIONE', '2025-02-05', { id_evento: '3' }));
    expect(findings).toEqual(['SIP-205 1']);
    await deliver(annulment('6', 'CAMBIO_ABITAZIONE', '2025-02-01', { id_evento: '1' }));
    expect(await home('S4')).toEqual(['2010-01-01/infinity VERDI']);
  });

  it('annuls an arrival with what was built on it, and reports that', async () => {
    const arrival = event('1', 'ISCRIZIONE', '2025-02-01', {
      motivo: '3',
      provenienza: { comune: '037006', stato: null },
      famiglia: { id: 'F9', motivo: '2', indirizzo: address({ toponimo: 'NUOVA' }) },
      soggetti: [
        {
          soggetto: soggetto(1, { id_soggetto: 'S9', iscritto_dal: day('2025-02-01') }),
          legame: { household: { kind: 'famiglia', id: 'F9' }, relazione: '1' },
        },
      ],
    });
    await deliver(
      arrival,
      event('2', 'RISERVATEZZA', '2025-02-10', { id_soggetto: 'S9', riservatezza: true }),
    );
    expect(await residence('S9')).toEqual(['2025-02-01/infinity -']);
    const { findings } = await deliver(annulment('3', 'ISCRIZIONE', '2025-02-01', { id_evento: '1' }));
    expect(findings).toEqual(['SIP-206 1']);
    expect(await residence('S9')).toEqual([]);
    expect((await test.db.query("select 1 from households where id_household = 'F9'")).rowCount).toBe(0);
    // The number of the register is free for who comes again, and is the same entry.
    await deliver({ ...arrival, id_evento: '4' });
    expect(await residence('S9')).toEqual(['2025-02-01/infinity -']);
  });

  it('corrects and annuls what came with the full supply', async () => {
    const fact = { fornitura: 1, id_soggetto: 'S2', fatto: 'STATO_CIVILE', dal: null } as const;
    await deliver(
      event(
        '1',
        'STATO_CIVILE',
        '2005-07-01',
        { id_soggetto: 'S2', stato_civile: '2', id_coniuge: 'S1', cf_coniuge: null, atto: null },
        { tipo: 'R', riferimento: fact, registrazione: '2025-01-10' },
      ),
    );
    expect(await status('S2')).toEqual(['2005-07-01/infinity 2']);
    await deliver(annulment('2', 'STATO_CIVILE', '2005-07-01', { id_evento: '1' }, '2025-01-11'));
    expect(await status('S2')).toEqual(['2005-06-01/infinity 2']);
  });

  it('leaves nothing but the record when everything is annulled', async () => {
    const before = await test.db.query('select * from dwellings order by 1, 2');
    await deliver(
      move('1', '2025-02-01', 'F1', 'UNO'),
      death('2', 'S1', '2025-03-01'),
      leave('3', '2025-04-01', 'S4'),
    );
    await deliver(
      annulment('4', 'CAMBIO_ABITAZIONE', '2025-02-01', { id_evento: '1' }),
      annulment('5', 'MORTE', '2025-03-01', { id_evento: '2' }),
      annulment('6', 'CANCELLAZIONE', '2025-04-01', { id_evento: '3' }),
    );
    const strip = (rows: object[]) => rows.map((r) => ({ ...r, recorded_from: null }));
    expect(strip((await test.db.query('select * from dwellings order by 1, 2')).rows)).toEqual(
      strip(before.rows),
    );
    expect((await test.db.query('select 1 from events where id_evento is not null')).rowCount).toBe(6);
  });
});
