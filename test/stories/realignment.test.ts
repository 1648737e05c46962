/** A later COMPLETA realigns: one story for each sentence of tracciato.md 1 and 4 that says how. Real PostgreSQL. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Day, day } from '../../src/kernel/day.ts';
import type { EventRecord, Operazione } from '../../src/registry/event-records.ts';
import type { EntryBundle, HouseholdRecord, SoggettoRecord } from '../../src/registry/records.ts';
import type { SetAsideRow } from '../../src/registry/supply-sink.ts';
import { FACT_TABLES } from '../../src/registry/tables.ts';
import { address, bundle, famiglia, legame, soggetto } from '../support/bundles.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulment, applyEvents, event } from '../support/events.ts';
import { type BundleSupply, foundIn, later, loadSupply } from '../support/load-bundles.ts';

const COMUNE = '036001';
const AL = day('2025-03-31');
let test: TestDatabase;
let next: number;

/** A married couple with a child in F1, and S4 alone in F2. */
const HOMES: readonly HouseholdRecord[] = [
  famiglia(1, { motivo: '1', id_intestatario: 'S1' }),
  famiglia(2, { indirizzo: address({ toponimo: 'VERDI', civico: '2' }) }),
];

const of = (riga: number, family: string, relazione: string, change: Partial<SoggettoRecord>): EntryBundle =>
  bundle(soggetto(riga, change), [legame(riga, family, { relazione, progressivo: riga })]);

const S1 = { stato_civile: '2', stato_civile_dal: day('2005-06-01'), id_coniuge: 'S2' };
const S2 = {
  ...S1,
  sesso: 'F' as const,
  nome: 'LIA',
  id_coniuge: 'S1',
  titolo_studio: '3',
  data_nascita: day('1982-02-02'),
};
const S3 = { nome: 'UGO', data_nascita: day('2006-01-01'), id_padre: 'S1', id_madre: 'S2' };
const S4 = { sesso: 'F' as const, nome: 'ADA', data_nascita: day('1980-01-01') };
const PEOPLE: readonly EntryBundle[] = [
  of(1, 'F1', '1', S1),
  of(2, 'F1', '2', S2),
  of(3, 'F1', '3', S3),
  of(4, 'F2', '1', S4),
];

beforeEach(async () => {
  test = await testDatabase({ reused: true });
  next = 1;
  await complete(PEOPLE, HOMES, { change: { situazioneAl: day('2024-12-31') } });
});
afterEach(() => test.drop());

function complete(
  bundles: readonly EntryBundle[],
  households: readonly HouseholdRecord[] = HOMES,
  more: Partial<BundleSupply> = {},
  on: Day = AL,
) {
  const progressivo = next++;
  const change = { ...(progressivo === 1 ? {} : later(COMUNE, progressivo, on)), ...more.change };
  return loadSupply(test.db, { comune: COMUNE, households, bundles, ...more, change });
}
const deliver = (...events: EventRecord[]) => applyEvents(test.db, COMUNE, next++, events, AL);

/** The people with one of them told otherwise. */
const butFor = (riga: number, change: Partial<SoggettoRecord>, more: Partial<EntryBundle> = {}) =>
  PEOPLE.map((b) =>
    b.soggetto.riga === riga ? { ...b, ...more, soggetto: { ...b.soggetto, ...change } } : b,
  );
const without = (...rows: number[]) => PEOPLE.filter((b) => !rows.includes(b.soggetto.riga));

/** Every row of every fact table, past ones too. */
async function everything(): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const table of [...FACT_TABLES, ...FACT_TABLES.map((t) => `${t}_past`), 'person_entries'])
    rows[table] = (await test.db.query(`select * from ${table} f order by f::text`)).rows;
  return rows;
}

/** The tables of which rows came, or went to the past. */
async function movedSince(before: Record<string, unknown[]>): Promise<string[]> {
  const after = await everything();
  return Object.keys(after).filter((t) => JSON.stringify(after[t]) !== JSON.stringify(before[t]));
}

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
const status = (id: string) =>
  spells(id, 'civil_statuses', "stato_civile || ' ' || coalesce(id_coniuge, '-')");
const home = (id: string) => spells(id, 'dwellings', "toponimo || ' ' || coalesce(interno, '-')");
const tie = (id: string) =>
  spells(
    id,
    'memberships',
    '(select min(id_household) from households h where h.household_id = f.household_id)',
  );
const families = async () =>
  (
    await test.db.query<{ life: string }>(
      "select id_household || ' ' || valid_from || '/' || valid_to as life from households order by 1",
    )
  ).rows.map((r) => r.life);
const findings = async () =>
  (
    await test.db.query<{ finding: string }>(
      `select s.progressivo || ' ' || codice || ' ' || id_soggetto || coalesce(' closed by ' || c.progressivo, '') as finding
         from findings f join supplies s using (supply_id) left join supplies c on c.supply_id = f.chiusa_da order by s.supply_id, n`,
    )
  ).rows.map((r) => r.finding);

describe('each difference from the stored state is a recorded correction (tracciato.md 1, A later COMPLETA realigns)', () => {
  it('moves no row when the same state is loaded twice', async () => {
    const before = await everything();
    const { receipt } = await complete(PEOPLE);
    expect(receipt.esito).toBe('ACCETTATA');
    expect(await movedSince(before)).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  it('moves the one row that differs to the past, with the event that closed it, and touches nothing else', async () => {
    const before = await everything();
    await complete(butFor(4, { cittadinanza: '201' }));
    expect(await movedSince(before)).toEqual(['citizenships', 'citizenships_past']);
    expect(await spells('S4', 'citizenships', 'stato')).toEqual(['2010-01-01/infinity 201']);
    const { rows } = await test.db.query<{ was: string; closed: string; at: boolean }>(
      `select p.stato as was, e.operazione || ' ' || s.progressivo as closed, p.recorded_to = s.recorded_at as at
         from citizenships_past p join events e on e.event_id = p.closed_by join supplies s using (supply_id)`,
    );
    expect(rows).toEqual([{ was: '100', closed: 'COMPLETA 2', at: true }]);
  });
});

describe('files and cells that are absent assert nothing (tracciato.md 1)', () => {
  it('keeps what the empty cells of a row had said before', async () => {
    const before = await everything();
    await complete(
      butFor(2, {
        titolo_studio: null,
        id_coniuge: null,
        stato_civile_dal: null,
        comune_nascita: null,
        stato_nascita: null,
      }),
      [famiglia(1, { indirizzo: address({ specie: null, toponimo: null, civico: null }) }), HOMES[1]!],
    );
    expect(await movedSince(before)).toEqual([]);
  });

  it('but an empty al opens what was closed', async () => {
    await deliver(
      event('1', 'MORTE', '2025-02-10', {
        id_soggetto: 'S4',
        data_morte: day('2025-02-10'),
        comune_morte: COMUNE,
        stato_morte: null,
      }),
    );
    expect(await families()).toEqual(['F1 2010-01-01/infinity', 'F2 2010-01-01/2025-02-10']);
    await complete(PEOPLE);
    expect(await families()).toEqual(['F1 2010-01-01/infinity', 'F2 2010-01-01/infinity']);
    expect(await residence('S4')).toEqual(['2010-01-01/infinity -']);
    expect(await tie('S4')).toEqual(['2010-01-01/infinity F2']);
    expect(await home('S4')).toEqual(['2010-01-01/infinity VERDI -']);
    expect(await spells('S4', 'deaths', 'comune_morte')).toEqual([]);
  });
});

describe('a differing value takes the place of the stored open fact from its start, unless the supply dates it (tracciato.md 1)', () => {
  it('takes the place from the start of the open fact, and leaves what was before it', async () => {
    await deliver(
      event('1', 'STATO_CIVILE', '2025-02-01', {
        id_soggetto: 'S4',
        stato_civile: '2',
        id_coniuge: null,
        cf_coniuge: 'X',
        atto: null,
      }),
    );
    await complete(butFor(4, { stato_civile: '6' }));
    expect(await status('S4')).toEqual(['2010-01-01/2025-02-01 1 -', '2025-02-01/infinity 6 -']);
  });

  it('begins on its own date where it has one, and what was held goes on until then', async () => {
    await complete(butFor(1, { stato_civile: '4', stato_civile_dal: day('2025-03-03'), id_coniuge: null }));
    expect(await status('S1')).toEqual(['2005-06-01/2025-03-03 2 S2', '2025-03-03/infinity 4 -']);
  });

  it('moves the address of a household and of whoever follows it', async () => {
    await complete(PEOPLE, [famiglia(1, { indirizzo: address({ toponimo: 'BIANCHI' }) }), HOMES[1]!]);
    for (const id of ['S1', 'S2', 'S3']) expect(await home(id)).toEqual(['2010-01-01/infinity BIANCHI -']);
    expect(await home('S4')).toEqual(['2010-01-01/infinity VERDI -']);
  });

  it('ends a registration where the supply tells a cancellation', async () => {
    await complete(
      butFor(4, {
        posizione: 'CANCELLATO',
        cancellato_dal: day('2025-02-02'),
        motivo_cancellazione: '3',
        comune_destinazione: '037006',
      }),
    );
    expect(await residence('S4')).toEqual(['2010-01-01/2025-02-02 3']);
    expect(await tie('S4')).toEqual(['2010-01-01/2025-02-02 F2']);
  });
});

describe('a resident who is not in it (tracciato.md 1, assenti)', () => {
  it('is reported with segnala, and stays', async () => {
    const { supply } = await complete(without(4));
    expect(supply.esito).toBe('ACCETTATA_CON_SEGNALAZIONI');
    expect(await findings()).toEqual(['2 SIP-040 S4']);
    expect(await residence('S4')).toEqual(['2010-01-01/infinity -']);
  });

  it('is cancelled as of situazione_al with reason 13 with cancella, once an operator has confirmed that much', async () => {
    const change = { ...later(COMUNE, 2, AL), assenti: 'cancella' };
    const refused = await complete(without(4), [HOMES[0]!], { change });
    expect(refused.supply.esito).toBe('RIFIUTATA');
    expect(await findings()).toEqual(['2 SIP-014 ']);
    expect(await residence('S4')).toEqual(['2010-01-01/infinity -']);
    next = 2;
    await complete(without(4), [HOMES[0]!], { change, confirmed: true });
    expect(await residence('S4')).toEqual(['2010-01-01/2025-03-31 13']);
    expect(await families()).toEqual(['F1 2010-01-01/infinity', 'F2 2010-01-01/2025-03-31']);
  });
});

describe('a record present but set aside is not absent, and events wait for it (tracciato.md 1 and 3, Waiting)', () => {
  const aside = (id: string): SetAsideRow => ({
    file: 'soggetti.csv',
    riga: 9,
    id_soggetto: id,
    codice: 'SIP-101',
    raw: `${id};;`,
  });
  const fault = (id: string) => foundIn('SIP-101', { riga: 9, id_soggetto: id });

  it('neither reports nor cancels who is set aside', async () => {
    const change = { ...later(COMUNE, 2, AL), assenti: 'cancella' };
    await complete(without(4), HOMES, { change, findings: [fault('S4')], setAside: [aside('S4')] });
    expect(await residence('S4')).toEqual(['2010-01-01/infinity -']);
    expect(await findings()).toEqual(['2 SIP-101 S4']);
  });

  it('tries again what waited, and closes it with what had been set aside', async () => {
    await complete(PEOPLE, HOMES, { findings: [fault('S5')], setAside: [aside('S5')] });
    await deliver(
      event('1', 'CITTADINANZA', '2025-02-01', {
        id_soggetto: 'S5',
        cittadinanza: '201',
        altra_cittadinanza: null,
      }),
      event('2', 'RISERVATEZZA', '2025-02-02', { id_soggetto: 'S5', riservatezza: true }),
    );
    await complete([
      ...PEOPLE,
      of(5, 'F2', '13', {
        nome: 'EVA',
        sesso: 'F',
        cittadinanza: '201',
        cittadinanza_dal: day('2025-02-01'),
      }),
    ]);
    expect(await findings()).toEqual([
      '2 SIP-101 S5 closed by 4',
      '3 SIP-210 S5 closed by 4',
      '3 SIP-210 S5 closed by 4',
    ]);
    expect(await spells('S5', 'protections', 'protetto')).toEqual(['2025-02-02/infinity true']);
    expect(await spells('S5', 'citizenships', 'stato')).toEqual(['2025-02-01/infinity 201']);
    const { rows } = await test.db.query('select from set_aside where chiusa_da is null');
    expect(rows).toEqual([]);
  });

  it('lets the supply have the last word on what waited', async () => {
    await complete(PEOPLE, HOMES, { findings: [fault('S5')], setAside: [aside('S5')] });
    await deliver(
      event('1', 'STATO_CIVILE', '2025-02-01', {
        id_soggetto: 'S5',
        stato_civile: '2',
        id_coniuge: null,
        cf_coniuge: 'X',
        atto: null,
      }),
    );
    await complete([...PEOPLE, of(5, 'F2', '13', { nome: 'EVA', sesso: 'F', stato_civile: '1' })]);
    expect(await status('S5')).toEqual(['2010-01-01/infinity 1 -']);
    const before = await everything();
    await complete([...PEOPLE, of(5, 'F2', '13', { nome: 'EVA', sesso: 'F', stato_civile: '1' })]);
    expect(await movedSince(before)).toEqual([]);
  });
});

describe('findings of earlier supplies that are mended close, and say which supply closed them (tracciato.md 4, Outcome)', () => {
  const wrong = (id: string, codice: string) => foundIn(codice, { gravita: 'W', riga: 4, id_soggetto: id });

  it('closes what is not found again of who is told, and leaves what is', async () => {
    await complete(PEOPLE, HOMES, {
      findings: [wrong('S4', 'EA048'), wrong('S3', 'EA048'), wrong('S9', 'EA048')],
    });
    await complete(PEOPLE, HOMES, { findings: [wrong('S3', 'EA048')] });
    expect(await findings()).toEqual(['2 EA048 S4 closed by 3', '2 EA048 S3', '2 EA048 S9', '3 EA048 S3']);
  });

  it('closes what was found of a household, of a column and of an absence', async () => {
    const family = (codice: string) =>
      foundIn(codice, { gravita: 'W', file: 'famiglie.csv', riga: 2, id_famiglia: 'F2' });
    const column = (campo: string) => foundIn('SIP-020', { gravita: 'W', campo });
    await complete(without(4), HOMES, { findings: [family('EF010'), column('a'), column('b')] });
    await complete(PEOPLE, HOMES, { findings: [column('b')] });
    expect(await findings()).toEqual([
      '2 EF010  closed by 3',
      '2 SIP-020  closed by 3',
      '2 SIP-020 ',
      '2 SIP-040 S4 closed by 3',
      '3 SIP-020 ',
    ]);
  });
});

describe('corrections and annulments after a realignment (tracciato.md 3, R and A)', () => {
  const divorce = (id: string, on: string, more: Partial<EventRecord> = {}): EventRecord =>
    ({
      ...event(
        id,
        'STATO_CIVILE',
        on,
        { id_soggetto: 'S4', stato_civile: '4', id_coniuge: null, cf_coniuge: null, atto: null },
        { registrazione: '2025-03-31' },
      ),
      ...more,
    }) as EventRecord;
  const move = (id: string, on: string, toponimo: string, more: Partial<EventRecord> = {}): EventRecord =>
    ({
      ...event(
        id,
        'CAMBIO_ABITAZIONE',
        on,
        {
          id_famiglia: 'F2',
          id_soggetti: [],
          legami: [],
          famiglia: { id: 'F2', motivo: null, indirizzo: address({ toponimo }) },
        },
        { registrazione: '2025-03-31' },
      ),
      ...more,
    }) as EventRecord;
  /** S4 told with another citizenship, and S9 new in the family. */
  const joined = [...butFor(4, { cittadinanza: '201' }), of(9, 'F2', '13', { nome: 'EVA', sesso: 'F' })];
  const moved = [HOMES[0]!, famiglia(2, { indirizzo: address({ toponimo: 'PRIMA' }) })];

  it('make the differences of a full supply in between again: whoever it brought stays', async () => {
    await deliver(move('1', '2025-02-01', 'PRIMA'));
    await complete(joined, moved);
    await deliver(move('2', '2025-03-10', 'SECONDA'));
    const { findings: found } = await deliver(
      move('3', '2025-02-05', 'PRIMA', {
        tipo: 'R',
        riferimento: { id_evento: '1' },
      } as Partial<EventRecord>),
    );
    expect(found).toEqual([]);
    expect(await home('S4')).toEqual([
      '2010-01-01/2025-02-05 VERDI -',
      '2025-02-05/2025-03-10 PRIMA -',
      '2025-03-10/infinity SECONDA -',
    ]);
    expect(await residence('S9')).toEqual(['2010-01-01/infinity -']);
    expect(await tie('S9')).toEqual(['2010-01-01/infinity F2']);
    expect(await spells('S4', 'citizenships', 'stato')).toEqual(['2010-01-01/infinity 201']);
  });

  it('leave what a full supply put in the place of the event that they take away', async () => {
    await deliver(divorce('1', '2025-02-01'));
    await complete(butFor(4, { stato_civile: '8' }));
    await deliver(annulment('2', 'STATO_CIVILE', '2025-02-01', { id_evento: '1' }, '2025-03-31'));
    expect(await status('S4')).toEqual(['2010-01-01/2025-02-01 1 -', '2025-02-01/infinity 8 -']);
  });

  it('refer to a fact by any full supply that told it, and not by one whose word was replaced', async () => {
    await complete(butFor(4, { stato_civile: '4' }));
    const by = (fornitura: number, id_soggetto: string, fatto: Operazione): Partial<EventRecord> =>
      ({ tipo: 'R', riferimento: { fornitura, id_soggetto, fatto, dal: null } }) as Partial<EventRecord>;
    const citizen = (id: string, more: Partial<EventRecord>): EventRecord =>
      ({
        ...event(
          id,
          'CITTADINANZA',
          '2011-01-01',
          { id_soggetto: 'S4', cittadinanza: '100', altra_cittadinanza: null },
          { registrazione: '2025-03-31' },
        ),
        ...more,
      }) as EventRecord;
    const { findings: found } = await deliver(
      divorce('1', '2012-01-01', by(1, 'S4', 'STATO_CIVILE')),
      divorce('2', '2012-01-01', by(2, 'S4', 'STATO_CIVILE')),
      citizen('3', by(2, 'S4', 'CITTADINANZA')),
    );
    expect(found).toEqual(['SIP-205 1']);
    expect(await status('S4')).toEqual(['2012-01-01/infinity 4 -']);
    expect(await spells('S4', 'citizenships', 'stato')).toEqual(['2011-01-01/infinity 100']);
  });
});

describe('facts known to begin after situazione_al stay (tracciato.md 1: true at its end; 3: a later decorrenza is legal)', () => {
  it('keeps a move, a departure and a status that count only later', async () => {
    await deliver(
      event(
        '1',
        'CANCELLAZIONE',
        '2025-04-20',
        { motivo: '3', id_soggetti: ['S4'], destinazione: null },
        { registrazione: '2025-03-30' },
      ),
      event(
        '2',
        'STATO_CIVILE',
        '2025-04-10',
        { id_soggetto: 'S4', stato_civile: '2', id_coniuge: null, cf_coniuge: 'X', atto: null },
        { registrazione: '2025-03-30' },
      ),
    );
    const before = await everything();
    await complete(PEOPLE);
    expect(await movedSince(before)).toEqual([]);
    await complete(butFor(4, { stato_civile: '3', motivo_iscrizione: '1' }));
    expect(await residence('S4')).toEqual(['2010-01-01/2025-04-20 3']);
    expect(await status('S4')).toEqual(['2010-01-01/2025-04-10 3 -', '2025-04-10/infinity 2 -']);
  });
});
