/** A later COMPLETA: who is absent, what it mends, what waited for it, and what may be corrected after it (tracciato.md 1, 3, 4). Real PostgreSQL. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import type { EventRecord, Operazione } from '../../src/registry/events/event-records.ts';
import type { SetAsideRow } from '../../src/registry/supplies/supply-sink.ts';
import { address, bundle, famiglia, legame, soggetto } from '../support/bundles.ts';
import { annulment, event } from '../support/events.ts';
import { foundIn, later, loadSupply } from '../support/load-bundles.ts';
import {
  AL,
  butFor,
  COMUNE,
  HOMES,
  of,
  PEOPLE,
  RealignedRegister,
  without,
} from '../support/realigned-register.ts';

let r: RealignedRegister;
beforeEach(async () => {
  r = await RealignedRegister.open();
});
afterEach(() => r.drop());

describe('a resident who is not in it (tracciato.md 1, assenti)', () => {
  it('is reported with segnala, and stays', async () => {
    const { supply } = await r.complete(without(4));
    expect(supply.esito).toBe('ACCETTATA_CON_SEGNALAZIONI');
    expect(supply.segnalate).toEqual({ 'soggetti.csv': 1 });
    const { rows } = await r.test.db.query('select segnalate from supplies where progressivo = 2');
    expect(rows).toEqual([{ segnalate: { 'soggetti.csv': 1 } }]);
    expect(await r.findings()).toEqual(['2 SIP-040 S4']);
    expect(await r.residence('S4')).toEqual(['2010-01-01/infinity -']);
  });

  it('is cancelled as of situazione_al with reason 13 with cancella, once an operator has confirmed that much', async () => {
    const change = { ...later(COMUNE, 2, AL), assenti: 'cancella' };
    const refused = await r.complete(without(4), [HOMES[0]!], { change });
    expect(refused.supply.esito).toBe('RIFIUTATA');
    expect(await r.findings()).toEqual(['2 SIP-014 ']);
    expect(await r.residence('S4')).toEqual(['2010-01-01/infinity -']);
    r.next = 2;
    await r.complete(without(4), [HOMES[0]!], { change, confirmed: true });
    expect(await r.residence('S4')).toEqual(['2010-01-01/2025-03-31 13']);
    expect(await r.families()).toEqual(['F1 2010-01-01/infinity', 'F2 2010-01-01/2025-03-31']);
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
    await r.complete(without(4), HOMES, { change, findings: [fault('S4')], setAside: [aside('S4')] });
    expect(await r.residence('S4')).toEqual(['2010-01-01/infinity -']);
    expect(await r.findings()).toEqual(['2 SIP-101 S4']);
  });

  it('tries again what waited, and closes it with what had been set aside', async () => {
    await r.complete(PEOPLE, HOMES, { findings: [fault('S5')], setAside: [aside('S5')] });
    await r.deliver(
      event('1', 'CITTADINANZA', '2025-02-01', {
        id_soggetto: 'S5',
        cittadinanza: '201',
        altra_cittadinanza: null,
      }),
      event('2', 'RISERVATEZZA', '2025-02-02', { id_soggetto: 'S5', riservatezza: true }),
    );
    await r.complete([
      ...PEOPLE,
      of(5, 'F2', '13', {
        nome: 'EVA',
        sesso: 'F',
        cittadinanza: '201',
        cittadinanza_dal: day('2025-02-01'),
      }),
    ]);
    expect(await r.findings()).toEqual([
      '2 SIP-101 S5 closed by 4',
      '3 SIP-210 S5 closed by 4',
      '3 SIP-210 S5 closed by 4',
    ]);
    expect(await r.spells('S5', 'protections', 'protetto')).toEqual(['2025-02-02/infinity true']);
    expect(await r.spells('S5', 'citizenships', 'stato')).toEqual(['2025-02-01/infinity 201']);
    const { rows } = await r.test.db.query('select from set_aside where chiusa_da is null');
    expect(rows).toEqual([]);
  });

  it('says of what waited what is said of any event: the warnings of its rows, on no row of this supply', async () => {
    await r.complete(PEOPLE, HOMES, { findings: [fault('S5')], setAside: [aside('S5')] });
    await r.deliver(
      event('1', 'STATO_CIVILE', '2025-02-01', {
        id_soggetto: 'S5',
        stato_civile: '2',
        id_coniuge: 'S99',
        cf_coniuge: null,
        atto: null,
      }),
    );
    const { supply, receipt } = await r.complete([
      ...PEOPLE,
      of(5, 'F2', '13', { nome: 'EVA', sesso: 'F', stato_civile: '2' }),
    ]);
    expect(supply.esito).toBe('ACCETTATA_CON_SEGNALAZIONI');
    expect(receipt.esito).toBe('ACCETTATA_CON_SEGNALAZIONI');
    const { rows } = await r.test.db.query(
      `select f.codice, f.file, f.riga, f.id_evento, s.esito from findings f join supplies s using (supply_id)
        where s.progressivo = 4`,
    );
    expect(rows).toEqual([
      {
        codice: 'SIP-134',
        file: 'eventi.jsonl',
        riga: null,
        id_evento: '1',
        esito: 'ACCETTATA_CON_SEGNALAZIONI',
      },
    ]);
  });

  it('lets the supply have the last word on what waited', async () => {
    await r.complete(PEOPLE, HOMES, { findings: [fault('S5')], setAside: [aside('S5')] });
    await r.deliver(
      event('1', 'STATO_CIVILE', '2025-02-01', {
        id_soggetto: 'S5',
        stato_civile: '2',
        id_coniuge: null,
        cf_coniuge: 'X',
        atto: null,
      }),
    );
    await r.complete([...PEOPLE, of(5, 'F2', '13', { nome: 'EVA', sesso: 'F', stato_civile: '1' })]);
    expect(await r.status('S5')).toEqual(['2010-01-01/infinity 1 -']);
    const before = await r.everything();
    await r.complete([...PEOPLE, of(5, 'F2', '13', { nome: 'EVA', sesso: 'F', stato_civile: '1' })]);
    expect(await r.movedSince(before)).toEqual([]);
  });
});

describe('findings of earlier supplies that are mended close, and say which supply closed them (tracciato.md 4, Outcome)', () => {
  const wrong = (id: string, codice: string) => foundIn(codice, { gravita: 'W', riga: 4, id_soggetto: id });

  it('closes what is not found again of who is told, and leaves what is', async () => {
    await r.complete(PEOPLE, HOMES, {
      findings: [wrong('S4', 'EA048'), wrong('S3', 'EA048'), wrong('S9', 'EA048')],
    });
    await r.complete(PEOPLE, HOMES, { findings: [wrong('S3', 'EA048')] });
    expect(await r.findings()).toEqual(['2 EA048 S4 closed by 3', '2 EA048 S3', '2 EA048 S9', '3 EA048 S3']);
  });

  it('closes EF008 of a family that an event left without a head, once it is told with one', async () => {
    await r.deliver(
      event('1', 'MORTE', '2025-02-10', {
        id_soggetto: 'S1',
        data_morte: day('2025-02-10'),
        comune_morte: COMUNE,
        stato_morte: null,
      }),
    );
    expect(await r.findings()).toEqual(['2 EF008 ']);
    const dead = of(1, 'F1', '1', {
      posizione: 'DECEDUTO',
      data_morte: day('2025-02-10'),
      stato_civile: '2',
    });
    const widow = of(2, 'F1', '1', {
      sesso: 'F',
      nome: 'LIA',
      data_nascita: day('1982-02-02'),
      stato_civile: '3',
    });
    await r.complete([dead, widow, ...without(1, 2)]);
    expect(await r.findings()).toEqual(['2 EF008  closed by 3']);
  });

  it('closes what was found of a household, of a column and of an absence', async () => {
    const family = (codice: string) =>
      foundIn(codice, { gravita: 'W', file: 'famiglie.csv', riga: 2, id_famiglia: 'F2' });
    const column = (campo: string) => foundIn('SIP-020', { gravita: 'W', campo });
    await r.complete(without(4), HOMES, { findings: [family('EF010'), column('a'), column('b')] });
    await r.complete(PEOPLE, HOMES, { findings: [column('b')] });
    expect(await r.findings()).toEqual([
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
    await r.deliver(move('1', '2025-02-01', 'PRIMA'));
    await r.complete(joined, moved);
    await r.deliver(move('2', '2025-03-10', 'SECONDA'));
    const { findings: found } = await r.deliver(
      move('3', '2025-02-05', 'PRIMA', {
        tipo: 'R',
        riferimento: { id_evento: '1' },
      } as Partial<EventRecord>),
    );
    expect(found).toEqual([]);
    expect(await r.home('S4')).toEqual([
      '2010-01-01/2025-02-05 VERDI -',
      '2025-02-05/2025-03-10 PRIMA -',
      '2025-03-10/infinity SECONDA -',
    ]);
    expect(await r.residence('S9')).toEqual(['2010-01-01/infinity -']);
    expect(await r.tie('S9')).toEqual(['2010-01-01/infinity F2']);
    expect(await r.spells('S4', 'citizenships', 'stato')).toEqual(['2010-01-01/infinity 201']);
  });

  it('leave what a full supply put in the place of the event that they take away', async () => {
    await r.deliver(divorce('1', '2025-02-01'));
    await r.complete(butFor(4, { stato_civile: '8' }));
    await r.deliver(annulment('2', 'STATO_CIVILE', '2025-02-01', { id_evento: '1' }, '2025-03-31'));
    expect(await r.status('S4')).toEqual(['2010-01-01/2025-02-01 1 -', '2025-02-01/infinity 8 -']);
  });

  it('refer to a fact by any full supply that told it, and not by one whose word was replaced', async () => {
    await r.complete(butFor(4, { stato_civile: '4' }));
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
    const { findings: found } = await r.deliver(
      divorce('1', '2012-01-01', by(1, 'S4', 'STATO_CIVILE')),
      divorce('2', '2012-01-01', by(2, 'S4', 'STATO_CIVILE')),
      citizen('3', by(2, 'S4', 'CITTADINANZA')),
    );
    expect(found).toEqual(['SIP-205 1']);
    expect(await r.status('S4')).toEqual(['2012-01-01/infinity 4 -']);
    expect(await r.spells('S4', 'citizenships', 'stato')).toEqual(['2011-01-01/infinity 100']);
  });
});

describe('too much: more than 0.5% of the residents to be cancelled (SIP-014, tracciato.md 1)', () => {
  it('takes one of two hundred, and refuses two whole', async () => {
    const crowd = [
      ...PEOPLE,
      ...Array.from({ length: 196 }, (_, i) => of(10 + i, 'F2', '13', { nome: 'N' })),
    ];
    await r.complete(crowd);
    const cancel = (progressivo: number, ...rows: number[]) =>
      r.complete(
        crowd.filter((b) => !rows.includes(b.soggetto.riga)),
        HOMES,
        { change: { ...later(COMUNE, progressivo, AL), assenti: 'cancella' } },
      );
    expect((await cancel(3, 10, 11)).supply.esito).toBe('RIFIUTATA');
    expect(await r.residence('S10')).toEqual(['2010-01-01/infinity -']);
    r.next = 3;
    expect((await cancel(3, 10)).supply.esito).toBe('ACCETTATA');
    expect(await r.residence('S10')).toEqual(['2010-01-01/2025-03-31 13']);
    // The number is used up now: what had been found of the refused supply is mended.
    expect(await r.findings()).toEqual(['3 SIP-014  closed by 3']);
  });
});

describe('a resident reported missing', () => {
  it('is no more so once an event tells of the departure', async () => {
    await r.complete(without(4));
    await r.deliver(
      event(
        '1',
        'CANCELLAZIONE',
        '2025-03-01',
        { motivo: '3', id_soggetti: ['S4'], destinazione: null },
        { registrazione: '2025-03-31' },
      ),
    );
    expect(await r.findings()).toEqual(['2 SIP-040 S4 closed by 3']);
  });
});

describe('persons are joined again where the codice fiscale changed (registry.md, People, not rows)', () => {
  const code = { codice_fiscale: 'RSSDAA80A41F257X', validita_cf: '1' };

  it('joins with another register on a code told later, and parts when it is taken back', async () => {
    await loadSupply(r.test.db, {
      comune: '036002',
      households: [famiglia(1)],
      bundles: [
        bundle(soggetto(1, { sesso: 'F', data_nascita: day('1980-01-01'), ...code }), [legame(1, 'F1')]),
      ],
    });
    const persons = async () =>
      (await r.test.db.query('select from person_entries group by person_id having count(*) = 2')).rowCount;
    expect(await persons()).toBe(0);
    await r.complete(butFor(4, code));
    expect(await persons()).toBe(1);
    await r.complete(butFor(4, { ...code, codice_fiscale: 'RSSDAA80A41F257Y' }));
    expect(await persons()).toBe(0);
  });
});

describe('a realignment is written whole or not at all (docs/adr/0009)', () => {
  it('leaves nothing behind where its last step fails', async () => {
    const before = await r.everything();
    const counted = async () => (await r.test.db.query('select from supplies')).rowCount;
    const supplies = await counted();
    await expect(
      r.complete(butFor(4, { cittadinanza: '201' }), HOMES, { archiveMissing: true }),
    ).rejects.toThrow();
    expect(await r.movedSince(before)).toEqual([]);
    expect(await counted()).toBe(supplies);
  });

  it('refuses, and leaves nothing behind of, an archive that changed since it was checked', async () => {
    const before = await r.everything();
    const told = butFor(4, { cittadinanza: '201' });
    await expect(r.complete(told, HOMES, { archiveChanged: true })).rejects.toMatchObject({
      code: 'conflict',
      italian: expect.stringContaining('il file è cambiato durante il caricamento'),
    });
    expect(await r.movedSince(before)).toEqual([]);
    expect((await r.test.db.query('select from supplies')).rowCount).toBe(1);
    r.next--;
    expect((await r.complete(told)).receipt.esito).toBe('ACCETTATA');
  });
});
