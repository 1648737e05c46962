/** A later COMPLETA realigns: one story for each sentence of tracciato.md 1 that says how. Real PostgreSQL. */
import { beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import type { SoggettoRecord } from '../../src/registry/claims/records.ts';
import { address, famiglia, legame } from '../support/bundles.ts';
import { event } from '../support/events.ts';
import { butFor, COMUNE, HOMES, of, PEOPLE, RealignedRegister } from '../support/realigned-register.ts';

let r: RealignedRegister;
beforeEach(async () => {
  r = await RealignedRegister.open();
});

describe('each difference from the stored state is a recorded correction (tracciato.md 1, A later COMPLETA realigns)', () => {
  it('moves no row when the same state is loaded twice', async () => {
    const before = await r.everything();
    const { receipt } = await r.complete(PEOPLE);
    expect(receipt.esito).toBe('ACCETTATA');
    expect(await r.movedSince(before)).toEqual([]);
    expect(await r.findings()).toEqual([]);
  });

  it('moves nothing, however often it is told, where somebody lived at the address before the family did', async () => {
    const home = { riga: 1, dal: day('2005-01-01'), al: null, indirizzo: HOMES[1]!.indirizzo };
    const early = butFor(4, { iscritto_dal: day('2005-01-01') }, { residenze: [home] });
    await r.complete(early);
    const before = await r.everything();
    await r.complete(early);
    expect(await r.movedSince(before)).toEqual([]);
  });

  it('moves the one row that differs to the past, with the event that closed it, and touches nothing else', async () => {
    const before = await r.everything();
    await r.complete(butFor(4, { cittadinanza: '201' }));
    expect(await r.movedSince(before)).toEqual(['citizenships', 'citizenships_past']);
    expect(await r.spells('S4', 'citizenships', 'stato')).toEqual(['2010-01-01/infinity 201']);
    const { rows } = await r.test.db.query<{ was: string; closed: string; at: boolean }>(
      `select p.stato as was, e.operazione || ' ' || s.progressivo as closed, p.recorded_to = s.recorded_at as at
         from citizenships_past p join events e on e.event_id = p.closed_by join supplies s using (supply_id)`,
    );
    expect(rows).toEqual([{ was: '100', closed: 'COMPLETA 2', at: true }]);
  });
});

describe('files and cells that are absent assert nothing (tracciato.md 1)', () => {
  it('keeps what the empty cells of a row had said before', async () => {
    const before = await r.everything();
    await r.complete(
      butFor(2, {
        titolo_studio: null,
        id_coniuge: null,
        stato_civile_dal: null,
        comune_nascita: null,
        stato_nascita: null,
      }),
      [famiglia(1, { indirizzo: address({ specie: null, toponimo: null, civico: null }) }), HOMES[1]!],
    );
    expect(await r.movedSince(before)).toEqual([]);
  });

  it('but an empty al opens what was closed', async () => {
    await r.deliver(
      event('1', 'MORTE', '2025-02-10', {
        id_soggetto: 'S4',
        data_morte: day('2025-02-10'),
        comune_morte: COMUNE,
        stato_morte: null,
      }),
    );
    expect(await r.families()).toEqual(['F1 2010-01-01/infinity', 'F2 2010-01-01/2025-02-10']);
    await r.complete(PEOPLE);
    expect(await r.families()).toEqual(['F1 2010-01-01/infinity', 'F2 2010-01-01/infinity']);
    expect(await r.residence('S4')).toEqual(['2010-01-01/infinity -']);
    expect(await r.tie('S4')).toEqual(['2010-01-01/infinity F2']);
    expect(await r.home('S4')).toEqual(['2010-01-01/infinity VERDI -']);
    expect(await r.spells('S4', 'deaths', 'comune_morte')).toEqual([]);
  });
});

describe('a differing value takes the place of the stored open fact from its start, unless the supply dates it (tracciato.md 1)', () => {
  it('takes the place from the start of the open fact, and leaves what was before it', async () => {
    await r.deliver(
      event('1', 'STATO_CIVILE', '2025-02-01', {
        id_soggetto: 'S4',
        stato_civile: '2',
        id_coniuge: null,
        cf_coniuge: 'X',
        atto: null,
      }),
    );
    await r.complete(butFor(4, { stato_civile: '6' }));
    expect(await r.status('S4')).toEqual(['2010-01-01/2025-02-01 1 -', '2025-02-01/infinity 6 -']);
  });

  it('begins on its own date where it has one, and what was held goes on until then', async () => {
    await r.complete(butFor(1, { stato_civile: '4', stato_civile_dal: day('2025-03-03'), id_coniuge: null }));
    expect(await r.status('S1')).toEqual(['2005-06-01/2025-03-03 2 S2', '2025-03-03/infinity 4 -']);
  });

  it('moves the address of a household and of whoever follows it', async () => {
    await r.complete(PEOPLE, [famiglia(1, { indirizzo: address({ toponimo: 'BIANCHI' }) }), HOMES[1]!]);
    for (const id of ['S1', 'S2', 'S3']) expect(await r.home(id)).toEqual(['2010-01-01/infinity BIANCHI -']);
    expect(await r.home('S4')).toEqual(['2010-01-01/infinity VERDI -']);
  });

  it('ends a registration where the supply tells a cancellation', async () => {
    await r.complete(
      butFor(4, {
        posizione: 'CANCELLATO',
        cancellato_dal: day('2025-02-02'),
        motivo_cancellazione: '3',
        comune_destinazione: '037006',
      }),
    );
    expect(await r.residence('S4')).toEqual(['2010-01-01/2025-02-02 3']);
    expect(await r.tie('S4')).toEqual(['2010-01-01/2025-02-02 F2']);
  });
});

describe('facts known to begin after situazione_al stay (tracciato.md 1: true at its end; 3: a later decorrenza is legal)', () => {
  it('keeps a move, a departure and a status that count only later', async () => {
    await r.deliver(
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
    const before = await r.everything();
    await r.complete(PEOPLE);
    expect(await r.movedSince(before)).toEqual([]);
    await r.complete(butFor(4, { stato_civile: '3', motivo_iscrizione: '1' }));
    expect(await r.residence('S4')).toEqual(['2010-01-01/2025-04-20 3']);
    expect(await r.status('S4')).toEqual(['2010-01-01/2025-04-10 3 -', '2025-04-10/infinity 2 -']);
  });
});

describe('protection is lifted by a 0, and by no absence (tracciato.md 1 and 2, riservatezza)', () => {
  it('stays where the cell is empty, and ends where it says 0', async () => {
    await r.complete(butFor(4, { riservatezza: true }));
    await r.complete(PEOPLE);
    expect(await r.spells('S4', 'protections', 'protetto')).toEqual(['2010-01-01/infinity true']);
    await r.complete(butFor(4, { riservatezza: false }));
    expect(await r.spells('S4', 'protections', 'protetto')).toEqual(['2010-01-01/infinity false']);
    const before = await r.everything();
    await r.complete(PEOPLE.map((b) => ({ ...b, soggetto: { ...b.soggetto, riservatezza: false } })));
    expect(await r.movedSince(before)).toEqual([]);
  });
});

describe('history already held stays, unless a history file has a row of the person (tracciato.md 1)', () => {
  const past = {
    riga: 1,
    stato_civile: '1',
    dal: day('1990-01-01'),
    al: day('2005-06-01'),
    id_coniuge: null,
    cf_coniuge: null,
    atto: null,
  };
  const now = { ...past, riga: 2, stato_civile: '2', dal: day('2005-06-01'), al: null, id_coniuge: 'S2' };
  const married = ['1990-01-01/2005-06-01 1 -', '2005-06-01/infinity 2 S2'];

  it('replaces the history of that kind of that person, and no other', async () => {
    const before = await r.everything();
    await r.complete(butFor(1, {}, { stati_civili: [past, now] }));
    expect(await r.status('S1')).toEqual(married);
    expect(await r.movedSince(before)).toEqual(['civil_statuses']);
    await r.complete(butFor(1, {}, { stati_civili: [{ ...past, dal: day('1985-05-05') }, now] }));
    expect(await r.status('S1')).toEqual(['1985-05-05/2005-06-01 1 -', '2005-06-01/infinity 2 S2']);
  });

  it('stays where the file is absent or has no row of the person, also when the present changes', async () => {
    await r.complete(butFor(1, {}, { stati_civili: [past, now] }));
    await r.complete(PEOPLE);
    expect(await r.status('S1')).toEqual(married);
    await r.complete(butFor(1, { stato_civile: '4', stato_civile_dal: null, id_coniuge: null }));
    expect(await r.status('S1')).toEqual([married[0], '2005-06-01/infinity 4 -']);
  });

  it('counts legami.csv as one: a tie told no more is gone', async () => {
    const ties = [
      legame(3, 'F2', { relazione: '13', al: day('2015-01-01') }),
      legame(5, 'F1', { relazione: '3', dal: day('2015-01-01') }),
    ];
    await r.complete(butFor(3, {}, { legami: ties }));
    expect(await r.tie('S3')).toEqual(['2010-01-01/2015-01-01 F2', '2015-01-01/infinity F1']);
    await r.complete(PEOPLE);
    expect(await r.tie('S3')).toEqual(['2010-01-01/infinity F1']);
    await r.complete(
      butFor(3, {}, { legami: [legame(3, 'F2', { relazione: '13', dal: day('2020-02-02') })] }),
    );
    expect(await r.tie('S3')).toEqual(['2020-02-02/infinity F2']);
    expect(await r.home('S3')).toEqual(['2010-01-01/2020-02-02 ROMA -', '2020-02-02/infinity VERDI -']);
  });
});

describe('registrations are told by posizione and iscritto_dal (tracciato.md 2)', () => {
  const gone = {
    posizione: 'CANCELLATO',
    cancellato_dal: day('2025-02-02'),
    motivo_cancellazione: '3',
  } as const;

  it('adds another registration where somebody is told to be back', async () => {
    await r.complete(butFor(4, gone));
    const back = { iscritto_dal: day('2025-03-05'), motivo_iscrizione: '7' };
    await r.complete(
      butFor(4, back, { legami: [legame(4, 'F2', { dal: day('2025-03-05'), progressivo: 4 })] }),
    );
    expect(await r.residence('S4')).toEqual(['2010-01-01/2025-02-02 3', '2025-03-05/infinity -']);
    expect(await r.home('S4')).toEqual(['2010-01-01/2025-02-02 VERDI -', '2025-03-05/infinity VERDI -']);
  });

  it('takes back an end, and a death, that are told no more', async () => {
    await r.complete(butFor(4, gone));
    await r.complete(PEOPLE);
    expect(await r.residence('S4')).toEqual(['2010-01-01/infinity -']);
    await r.complete(butFor(4, { posizione: 'DECEDUTO', data_morte: day('2025-02-03') }));
    expect(await r.residence('S4')).toEqual(['2010-01-01/2025-02-03 1']);
    await r.complete(butFor(4, gone));
    expect(await r.residence('S4')).toEqual(['2010-01-01/2025-02-02 3']);
    expect(await r.spells('S4', 'deaths', 'comune_morte')).toEqual([]);
  });

  it('knows one death, the one that is told: of an earlier day or a later one than was held, or told again elsewhere', async () => {
    const dead = (on: string, where: Partial<SoggettoRecord> = {}) =>
      r.complete(butFor(4, { posizione: 'DECEDUTO', data_morte: day(on), ...where }));
    const place = "coalesce(comune_morte, stato_morte, '-')";
    // A death to come: the supply that tells one of its days leaves none for later.
    await r.deliver(
      event('1', 'MORTE', '2025-05-05', {
        id_soggetto: 'S4',
        data_morte: day('2025-05-05'),
        comune_morte: COMUNE,
        stato_morte: null,
      }),
    );
    await dead('2025-02-03', { stato_morte: '201' });
    expect(await r.spells('S4', 'deaths', place)).toEqual(['2025-02-03/infinity 201']);
    expect(await r.spells('S4', 'citizenships', 'stato')).toEqual(['2010-01-01/2025-02-03 100']);
    await dead('2025-03-10');
    expect(await r.spells('S4', 'deaths', place)).toEqual(['2025-03-10/infinity 201']);
    expect(await r.residence('S4')).toEqual(['2010-01-01/2025-03-10 1']);
    await dead('2025-03-10', { comune_morte: COMUNE });
    expect(await r.spells('S4', 'deaths', "comune_morte || coalesce(stato_morte, '')")).toEqual([
      `2025-03-10/infinity ${COMUNE}`,
    ]);
    const before = await r.everything();
    await dead('2025-03-10');
    expect(await r.movedSince(before)).toEqual([]);
  });
});

describe('what is new is a new entry or household; a street renamed is the same address (tracciato.md 1 and 3)', () => {
  it('makes an entry and a household of rows that the register did not have', async () => {
    await r.complete([...PEOPLE, of(5, 'F3', '1', { nome: 'EVA', sesso: 'F' })], [...HOMES, famiglia(3)]);
    expect(await r.residence('S5')).toEqual(['2010-01-01/infinity -']);
    expect(await r.tie('S5')).toEqual(['2010-01-01/infinity F3']);
    expect(await r.families()).toContain('F3 2010-01-01/infinity');
  });

  it('moves nothing where the supply tells the new name, or the old one', async () => {
    await r.deliver(
      event('1', 'TOPONOMASTICA', '2025-02-01', {
        da: { specie: 'VIA', toponimo: 'VERDI' },
        a: { specie: 'PIAZZA', toponimo: 'NUOVA' },
      }),
    );
    const before = await r.everything();
    await r.complete(PEOPLE);
    const renamed = address({ specie: 'PIAZZA', toponimo: 'NUOVA', civico: '2' });
    await r.complete(PEOPLE, [HOMES[0]!, famiglia(2, { indirizzo: renamed })]);
    expect(await r.movedSince(before)).toEqual([]);
    expect(await r.home('S4')).toEqual(['2010-01-01/2025-02-01 VERDI -', '2025-02-01/infinity NUOVA -']);
  });
});
