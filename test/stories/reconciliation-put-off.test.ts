/**
 * A finding has an owner, an age and a state (registry.md, Reconciliation): who must mend it may put it off until a day. It is an act in
 * recorded time: who, why and since when; it hides nothing from `noto_al`, and a finding put off closes by itself like any other.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { addDays, type Day, day, romeDay } from '../../src/kernel/day.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import type { FindingKind } from '../../src/registry/reconciliation/finding.ts';
import { putOff } from '../../src/registry/reconciliation/put-off.service.ts';
import { askFindingCounts, askFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { takeInstant } from '../../src/registry/supplies/supplies.sql.ts';
import { comes, leaves, PLACES } from '../support/province.ts';
import { anna, asB, eachAnew, mario, province, test } from '../support/reconciled-province.ts';

eachAnew();

const REASON = 'attesa la pratica di Bomporto';
const now = () => getKnownAt(test.db, null);
const today = async (): Promise<Day> => romeDay(new Date(await now()));

async function off(until: Day | null, entry = 'A:S1', kind: FindingKind | null = null) {
  const [place, id_soggetto] = entry.split(':');
  const named = { comune: PLACES[place!]!, id_soggetto: id_soggetto!, kind };
  return putOff(test.db, named, { until, operator: 'U1', reason: REASON }, (code) => code);
}

/** Mario left A for B, which has told of later days and not of him. */
beforeEach(async () => {
  await province.begin('A', [mario()]);
  await province.begin('B', [anna({ id_soggetto: 'T2' })]);
  await province.deliver('A', '2025-01-31', leaves('a1', '2025-01-15', 'S1', 'B'));
  await province.deliver('B', '2025-01-31');
});
const FINDING = 'MANCA_ISCRIZIONE B(A) A:S1 2025-01-15 attesa 16';

describe('a finding put off until a day', () => {
  it('is not among those to mend until then, and says by whom, why and since when', async () => {
    const until = addDays(await today(), 20);
    const [told] = await off(until);
    expect(told).toMatchObject({ stato: 'rinviata', rinvio: { operatore: 'U1', motivo: REASON } });
    expect(await province.findings()).toEqual([]);
    expect(await province.findings('rinviate')).toEqual([`${FINDING} rinviata al ${until}`]);
    expect(await province.findings('tutte')).toEqual([`${FINDING} rinviata al ${until}`]);
    const [listed] = await province.listed({ state: 'rinviate' });
    expect(listed!.rinvio).toEqual({ fino_al: until, operatore: 'U1', motivo: REASON, il: await now() });
  });

  it('is to be mended again on its day', async () => {
    await off(addDays(await today(), 20));
    // No time passes in a test: what was said is said again of a day that has come.
    await test.db.transaction(async (client) => {
      await takeInstant(client);
      await client.query(
        `insert into reconciliation_postponements (entry_id, finding_key, opened_at, until, operator, reason)
         select entry_id, finding_key, opened_at, $1, operator, reason from reconciliation_postponements`,
        [romeDay(new Date())],
      );
    });
    expect(await province.findings()).toEqual([FINDING]);
    expect((await province.listed({}))[0]!.rinvio).toMatchObject({ fino_al: await today() });
  });

  it('is open still to the comune that waits for it', async () => {
    await off(addDays(await today(), 20));
    const waiting = { comune: PLACES['A']!, side: 'others', state: 'aperte', kind: null } as const;
    const { segnalazioni } = await askFindings(test.db, waiting, null, (code) => code);
    expect(segnalazioni).toMatchObject([
      { comune: PLACES['B'], stato: 'rinviata', rinvio: { motivo: REASON } },
    ]);
  });

  it('is counted apart', async () => {
    const query = { comune: null, side: 'mine', state: 'aperte', kind: null } as const;
    const counts = async (notoAl: KnownAt | null = null) =>
      (await askFindingCounts(test.db, query, notoAl)).conteggi.map(
        (c) => `${c.segnalate} ${c.entro_i_termini} ${c.rinviate}`,
      );
    expect(await counts()).toEqual(['0 1 0']);
    await off(addDays(await today(), 20));
    expect(await counts()).toEqual(['0 0 1']);
  });

  it('as known before it is not put off', async () => {
    const before = await now();
    await off(addDays(await today(), 20));
    expect(await province.findings('aperte', before)).toEqual([FINDING]);
    expect(await province.findings('rinviate', before)).toEqual([]);
  });

  it('is taken up again by another act, and neither answer of before changes', async () => {
    const until = addDays(await today(), 20);
    await off(until);
    const between = await now();
    const [told] = await off(null);
    expect(told).toMatchObject({ stato: 'aperta', rinvio: null });
    expect(await province.findings()).toEqual([FINDING]);
    expect(await province.findings('rinviate', between)).toEqual([`${FINDING} rinviata al ${until}`]);
    await expect(off(null)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('closes by itself when the data come right', async () => {
    await off(addDays(await today(), 20));
    await province.deliver('B', '2025-02-28', comes('b1', '2025-01-15', asB(mario()), 'A'));
    expect(await province.findings('rinviate')).toEqual([]);
    expect(await province.findings('chiuse')).toEqual([
      'MANCA_ISCRIZIONE B(A) A:S1 B:T1 2025-01-15 attesa 16 chiusa da B/3 b1',
    ]);
  });

  it('that changes is another finding, which nobody has put off', async () => {
    await off(addDays(await today(), 20));
    await province.deliver(
      'A',
      '2025-02-28',
      leaves('a2', '2025-01-20', 'S1', 'B', {
        tipo: 'R',
        riferimento: { id_evento: 'a1' },
        registrazione: '2025-02-10',
      }),
    );
    await province.deliver('B', '2025-02-28');
    expect(await province.findings('rinviate')).toEqual([]);
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2025-01-20 attesa 18']);
  });
});

describe('what cannot be put off is refused', () => {
  it('nothing found of somebody, or somebody who is not there', async () => {
    const until = addDays(await today(), 20);
    await expect(off(until, 'B:T2')).rejects.toMatchObject({ code: 'not-found' });
    await expect(off(until, 'A:S99')).rejects.toMatchObject({ code: 'not-found' });
    await expect(off(until, 'A:S1', 'DOPPIA_RESIDENZA')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('until a day farther than the agreed 180, which it says', async () => {
    await expect(off(addDays(await today(), 181))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('180 giorni'),
    });
    await off(addDays(await today(), 180));
  });

  it('where its leaf cannot be written: no act is committed without', async () => {
    const named = { comune: PLACES['A']!, id_soggetto: 'S1', kind: null };
    const act = { until: addDays(await today(), 20), operator: 'U1', reason: REASON };
    const unwritten = async () => {
      throw new Error('no leaf');
    };
    await expect(putOff(test.db, named, act, (code) => code, unwritten)).rejects.toThrow('no leaf');
    expect(await province.findings()).toEqual([FINDING]);
  });

  it('until a day that is past, or today', async () => {
    for (const until of [day('2025-01-01'), await today()])
      await expect(off(until)).rejects.toMatchObject({ code: 'usage' });
  });
});
