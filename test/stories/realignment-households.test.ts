/** A later COMPLETA and the households: what lasts, who is in it, and land given away (tracciato.md 1 and 3). Real PostgreSQL. */
import { beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import type { HouseholdRecord } from '../../src/registry/claims/records.ts';
import { address, famiglia, legame } from '../support/bundles.ts';
import { annulment, event } from '../support/events.ts';
import { butFor, HOMES, of, PEOPLE, RealignedRegister } from '../support/realigned-register.ts';

let r: RealignedRegister;
beforeEach(async () => {
  r = await RealignedRegister.open();
});

describe('a convivenza that an event had closed (tracciato.md 1: an empty al opens what was closed)', () => {
  const C1: HouseholdRecord = famiglia(9, {
    kind: 'convivenza',
    id: 'C1',
    motivo: '3',
    denominazione: 'CASA',
  });
  const guests = butFor(4, {}, { legami: [legame(4, 'C1', { kind: 'convivenza', relazione: '2' })] });
  const homes = [HOMES[0]!, C1];
  const change = (id: string, on: string, azione: 'MODIFICA' | 'CHIUSURA', denominazione: string | null) =>
    event(id, 'CONVIVENZA', on, {
      azione,
      id_convivenza: 'C1',
      dal: null,
      al: null,
      columns: denominazione === null ? {} : { denominazione },
      indirizzo: null,
      indirizzo_dato: [],
      movimenti:
        azione === 'CHIUSURA'
          ? [{ id_soggetto: 'S4', da: C1_KEY, a: { kind: 'famiglia', id: 'F1' }, relazione: '13' }]
          : [],
    });
  const C1_KEY = { kind: 'convivenza', id: 'C1' } as const;
  const lives = async () => (await r.families()).filter((life) => life.startsWith('C1'));

  it.each([
    ['', []],
    [', with something said of a later day', [change('1', '2025-02-20', 'MODIFICA', 'NUOVA')]],
  ])('is open again with who lives there%s', async (_, said) => {
    await r.complete(guests, homes, {}, day('2025-01-31'));
    await r.deliver(...said, change('2', '2025-02-10', 'CHIUSURA', null));
    expect(await r.tie('S4')).toEqual(['2010-01-01/2025-02-10 C1', '2025-02-10/infinity F1']);
    await r.complete(guests, homes);
    expect(await r.tie('S4')).toEqual(['2010-01-01/infinity C1']);
    expect((await lives()).at(-1)).toMatch(/infinity$/);
    const before = await r.everything();
    await r.complete(guests, homes);
    expect(await r.movedSince(before)).toEqual([]);
  });

  it('stays closed where the supply tells the same end, whatever was said of later days', async () => {
    await r.complete(guests, homes, {}, day('2025-01-31'));
    await r.deliver(
      change('1', '2025-02-20', 'MODIFICA', 'NUOVA'),
      change('2', '2025-02-10', 'CHIUSURA', null),
    );
    const before = await r.everything();
    const moved = butFor(
      4,
      {},
      {
        legami: [
          legame(4, 'C1', { kind: 'convivenza', relazione: '2', al: day('2025-02-10') }),
          legame(5, 'F1', { relazione: '13', dal: day('2025-02-10') }),
        ],
      },
    );
    await r.complete(moved, [HOMES[0]!, { ...C1, denominazione: 'NUOVA', al: day('2025-02-10') }]);
    const again = await r.movedSince(before);
    expect(again).not.toContain('households');
  });
});

describe('nobody is in a household before or after it lasts, told or not (registry.md, invariant 2; tracciato.md 1, assenti)', () => {
  /** F1 ends on a day of February; its couple is told in F2 from then on, the child is not told. */
  const END = day('2025-02-10');
  const closed = [{ ...HOMES[0]!, al: END }, HOMES[1]!];
  const moved = PEOPLE.flatMap((b) => {
    const n = b.soggetto.riga;
    const ties = [
      legame(n * 2, 'F1', { relazione: String(n), progressivo: n, al: END }),
      legame(n * 2 + 1, 'F2', { relazione: '23', progressivo: n, dal: END }),
    ];
    return n === 3 ? [] : [n === 4 ? b : { ...b, legami: ties }];
  });
  const later = [famiglia(1, { ...HOMES[0]!, dal: day('2012-05-05') }), HOMES[1]!];
  const since = (riga: number) => [legame(riga, 'F1', { relazione: String(riga), dal: day('2012-05-05') })];
  const couple = PEOPLE.filter((b) => b.soggetto.riga !== 3).map((b) =>
    b.soggetto.riga === 4 ? b : { ...b, legami: since(b.soggetto.riga) },
  );
  const childGone = butFor(
    3,
    { posizione: 'CANCELLATO', cancellato_dal: day('2025-02-02'), motivo_cancellazione: '3' },
    { legami: [] },
  ).map((b) => (b.soggetto.riga < 3 ? { ...b, legami: since(b.soggetto.riga) } : b));

  it('who is absent and only reported leaves it on the day on which it ends', async () => {
    await r.complete(moved, closed);
    expect(await r.findings()).toEqual(['2 SIP-040 S3']);
    expect(await r.tie('S3')).toEqual(['2010-01-01/2025-02-10 F1']);
    expect(await r.residence('S3')).toEqual(['2010-01-01/infinity -']);
    const before = await r.everything();
    await r.complete(moved, closed);
    expect(await r.movedSince(before)).toEqual([]);
  });

  it('who is set aside leaves it likewise', async () => {
    const aside = { file: 'soggetti.csv', riga: 3, id_soggetto: 'S3', codice: 'SIP-101', raw: 'S3;;' };
    await r.complete(moved, closed, { setAside: [aside] });
    expect(await r.findings()).toEqual([]);
    expect(await r.tie('S3')).toEqual(['2010-01-01/2025-02-10 F1']);
  });

  it('who is absent and cancelled had left it before', async () => {
    await r.complete(moved, closed, { confirmed: true, change: { assenti: 'cancella' } });
    expect(await r.tie('S3')).toEqual(['2010-01-01/2025-02-10 F1']);
    expect(await r.residence('S3')).toEqual(['2010-01-01/2025-03-31 13']);
  });

  it('who is absent is in it from the later day on which it begins', async () => {
    await r.complete(couple, later);
    expect(await r.tie('S3')).toEqual(['2012-05-05/infinity F1']);
    const before = await r.everything();
    await r.complete(couple, later);
    expect(await r.movedSince(before)).toEqual([]);
  });

  it('who is told gone without a row of legami.csv was in it from that day', async () => {
    await r.complete(childGone, later);
    expect(await r.tie('S3')).toEqual(['2012-05-05/2025-02-02 F1']);
  });

  it('who was in another before is in that no longer for it', async () => {
    await r.complete(
      butFor(
        3,
        {},
        {
          legami: [
            legame(3, 'F2', { relazione: '13', al: day('2011-01-01') }),
            legame(5, 'F1', { relazione: '3', dal: day('2011-01-01') }),
          ],
        },
      ),
    );
    await r.complete(couple, later);
    expect(await r.tie('S3')).toEqual(['2010-01-01/2011-01-01 F2', '2012-05-05/infinity F1']);
  });

  it('who was to come into it later does not come into what has ended', async () => {
    await r.deliver(
      event(
        '1',
        'CAMBIO_ABITAZIONE',
        '2025-04-20',
        {
          id_famiglia: null,
          id_soggetti: ['S4'],
          legami: [{ id_soggetto: 'S4', relazione: '23' }],
          famiglia: { id: 'F1', motivo: null, indirizzo: null },
        },
        { registrazione: '2025-03-30' },
      ),
    );
    await r.complete(moved, closed);
    expect(await r.tie('S4')).toEqual(['2010-01-01/infinity F2']);
    expect(await r.home('S4')).toEqual(['2010-01-01/infinity VERDI -']);
    expect(await r.families()).toEqual(['F1 2010-01-01/2025-02-10', 'F2 2010-01-01/infinity']);
  });

  it('a family that its last member is to leave later lasts on with who is told to have come into it', async () => {
    await r.deliver(
      event(
        '1',
        'CANCELLAZIONE',
        '2025-04-20',
        { motivo: '3', id_soggetti: ['S4'], destinazione: null },
        { registrazione: '2025-03-30' },
      ),
    );
    await r.complete(moved, closed);
    expect(await r.tie('S4')).toEqual(['2010-01-01/2025-04-20 F2']);
    expect(await r.tie('S1')).toEqual(['2010-01-01/2025-02-10 F1', '2025-02-10/infinity F2']);
    expect(await r.families()).toEqual(['F1 2010-01-01/2025-02-10', 'F2 2010-01-01/infinity']);
  });
});

describe('land given away (tracciato.md 3, TERRITORIO: "also those learned of later")', () => {
  const given = event(
    '1',
    'TERRITORIO',
    '2025-06-30',
    { da: null, a: '036003', sezioni: ['0007'], id_famiglie: [], famiglie: [], soggetti: [] },
    { registrazione: '2025-02-01' },
  );
  const there = famiglia(7, { id: 'F7', indirizzo: address({ toponimo: 'DANTE', sezione: '0007' }) });
  const people = [...PEOPLE, of(7, 'F7', '1', { nome: 'IDA' })];

  it('on a day to come takes along whom the supply makes known on it, and nothing moves when it is told again', async () => {
    await r.deliver(given);
    await r.complete(people, [...HOMES, there]);
    expect(await r.residence('S7')).toEqual(['2010-01-01/2025-06-30 13']);
    expect(await r.tie('S7')).toEqual(['2010-01-01/2025-06-30 F7']);
    expect(await r.families()).toContain('F7 2010-01-01/2025-06-30');
    const before = await r.everything();
    await r.complete(people, [...HOMES, there]);
    expect(await r.movedSince(before)).toEqual([]);
  });

  it('nobody whom a supply of a later day tells to be resident: it is true on its day', async () => {
    await r.deliver(given);
    await r.complete(people, [...HOMES, there], {}, day('2025-12-31'));
    expect(await r.residence('S7')).toEqual(['2010-01-01/infinity -']);
  });

  it('and annulled later, they never left (A)', async () => {
    await r.deliver(given);
    await r.complete(people, [...HOMES, there]);
    await r.deliver(annulment('2', 'TERRITORIO', '2025-06-30', { id_evento: '1' }, '2025-02-02'));
    expect(await r.residence('S7')).toEqual(['2010-01-01/infinity -']);
    expect(await r.families()).toContain('F7 2010-01-01/infinity');
  });
});

describe('a membership lies within its household’s life (registry.md, invariant 2)', () => {
  it('is asked after a realignment too, of those of whom it says nothing: nothing of a supply that breaks it is committed', async () => {
    const moved = famiglia(2, { indirizzo: address({ toponimo: 'DANTE', civico: '9' }) });
    await r.test.db.query(
      `update memberships set valid_from = '2005-01-01'
        where entry_id = (select entry_id from entries where id_soggetto = 'S4')`,
    );
    const before = await r.everything();
    await expect(r.complete(PEOPLE.slice(0, 3), [HOMES[0]!, moved])).rejects.toThrow(
      'membership outside household',
    );
    expect(await r.movedSince(before)).toEqual([]);
  });

  it('a family told to have ended keeps nobody, not even one of whom the supply says nothing', async () => {
    const ended = { ...HOMES[1]!, al: day('2024-06-01') };
    await r.complete(PEOPLE.slice(0, 3), [HOMES[0]!, ended]);
    expect(await r.tie('S4')).toEqual(['2010-01-01/2024-06-01 F2']);
    expect(await r.residence('S4')).toEqual(['2010-01-01/infinity -']);
    expect(await r.findings()).toEqual(['2 SIP-040 S4']);
  });
});
