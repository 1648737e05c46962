/**
 * Two forms of one codice fiscale belong to two people by definition, whatever operators and supplies do (registry.md, "People, not
 * rows"; docs/adr/0015). As in decisions.test.ts, every story asks again at its end what it asked before, and finds nothing anew.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { omocodicForms } from '../../src/kernel/codice-fiscale.ts';
import { askFindings, refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { askQueue, type QueueQuery } from '../../src/registry/review/ask-queue.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { ADA, BEA, code, decisionRowsOf, identity, person, table } from '../support/decision-people.ts';
import { decided, undone } from '../support/decisions.ts';
import { Story } from '../support/story.ts';
import { COMUNI } from '../support/story-answers.ts';

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
});
afterEach(async () => {
  await story.endsAsTold();
  const again = await refreshFindings(test.db);
  await test.drop();
  expect(again).toEqual({ opened: 0, closed: 0 });
});

const rows = () => decisionRowsOf(test.db);

describe('omocodic codes belong to different people by definition', () => {
  // A century apart: one code, but for what the Agenzia put in its place.
  const BASE = code('ADA', 'F', '1905-01-01');
  const OTHER = omocodicForms(BASE)[1]!;

  it('the great-grandmother and the girl are never joined, by no supply and no operator', async () => {
    await story.begin(table(person('S1', 'NERI ADA', BASE, '1905-01-01')));
    await story.begin(table(person('T1', 'NERI ADA', OTHER, '2005-01-01')), 'B');
    await expect(decided(test.db, 'same', 'A:S1 B:T1')).rejects.toThrow(/omocodiche/);
    await story.supplyOf('B', identity('1', '2025-03-01', { nome: 'ADA LUISA' }, 'T1'));
    await story.expect(`
      al          noto  A:S1.schede  B:T1.schede
      2025-12-31  1     A:S1         B:T1
    `);
  });

  it('who turns out to be one person is joined when the comune with the old form corrects it', async () => {
    await story.begin(table(person('S1', 'NERI ADA', BASE, '1905-01-01')));
    await story.begin(table(person('T1', 'NERI ADA', OTHER, '1905-01-01')), 'B');
    await expect(decided(test.db, 'same', 'A:S1 B:T1')).rejects.toThrow(/GENERALITA/);
    await story.supply(identity('1', '2025-03-01', { codice_fiscale: OTHER, validita_cf: '1' }));
    await story.expect(`
      al          noto  A:S1.schede  B:T1.schede
      2025-12-31  1     A:S1, B:T1   A:S1, B:T1
    `);
  });
});

describe('two forms of one code are never brought together by a chain of decisions', () => {
  const [ONE, FORM] = [ADA, omocodicForms(ADA)[1]!];
  const begin = async (codes: Readonly<Record<string, string>>): Promise<void> => {
    for (const [comune, cf] of Object.entries(codes))
      await story.begin(table(person('S1', 'NERI ADA', cf)), comune);
  };
  const persons = async (): Promise<string> => {
    const { rows } = await test.db.query<{ person_id: number }>(
      'select person_id from person_entries order by entry_id',
    );
    return rows.map((r) => `P${r.person_id}`).join(' ');
  };

  it.each([
    ['A:S1 B:S1', 'B:S1 C:S1'],
    ['B:S1 C:S1', 'A:S1 B:S1'],
  ])('through somebody who has none: %s, then %s', async (first, second) => {
    await begin({ A: ONE, B: '-', C: FORM });
    await decided(test.db, 'same', first);
    const before = await rows();
    await expect(decided(test.db, 'same', second)).rejects.toThrow(/omocodiche.*D1, D2/);
    await expect(decided(test.db, 'same', second, { dryRun: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await rows()).toEqual(before);
  });

  it('by a decision that an undoing gives back', async () => {
    await begin({ A: ONE, B: '-', C: FORM });
    await decided(test.db, 'same', 'A:S1 B:S1');
    await decided(test.db, 'different', 'A:S1 B:S1');
    await decided(test.db, 'same', 'B:S1 C:S1');
    await expect(undone(test.db, 2)).rejects.toThrow(/omocodiche.*D1, D3/);
    await undone(test.db, 3);
    await undone(test.db, 2);
    expect(await persons()).toBe('P1 P1 P3');
  });

  it('with the help of a third code, in whatever order, nor does an undoing let that code do it', async () => {
    await begin({ A: ONE, B: BEA, C: BEA, D: FORM });
    await decided(test.db, 'same', 'A:S1 B:S1');
    await expect(decided(test.db, 'same', 'C:S1 D:S1')).rejects.toThrow(/omocodiche.*D1, D2/);
    await decided(test.db, 'different', 'B:S1 C:S1');
    await decided(test.db, 'same', 'C:S1 D:S1');
    expect(await persons()).toBe('P1 P1 P3 P3');
    await expect(undone(test.db, 2)).rejects.toThrow(/omocodiche.*D1, D3/);
  });

  it('what a supply brings leaves the join as decided, told to the comuni and reopened; neither form joins anybody else by it', async () => {
    await begin({ A: ONE, B: '-', C: '-', D: FORM });
    await decided(test.db, 'same', 'A:S1 B:S1');
    await decided(test.db, 'same', 'B:S1 C:S1');
    await story.moment();
    const gets = identity('1', '2025-02-01', { codice_fiscale: FORM, validita_cf: '1' });
    await story.supplyOf('C', gets);
    await story.expect(`
      al          noto  A:S1.schede       D:S1.schede
      2025-12-31  1     A:S1, B:S1, C:S1  D:S1
      2025-12-31  2     A:S1, B:S1, C:S1  D:S1
    `);
    const query = { comune: null, side: 'mine', state: 'aperte', kind: 'CODICE_OMOCODICO' } as const;
    const told = async () =>
      (await askFindings(test.db, query, null, (c) => c)).segnalazioni.filter((f) => 'scheda' in f.dettaglio);
    const [found, ...others] = await told();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ comune: COMUNI['A'], altro_comune: COMUNI['C'], giorno: '2025-02-01' });
    expect(found!.messaggio).toMatch(/unite da un operatore/);
    const open: QueueQuery = { comune: null, owner: null, state: 'da-fare', limit: 10 };
    const queue = async () =>
      (await askQueue(test.db, open, null)).coppie.map((p) => [p.stato, p.contraddetta_da]);
    expect(await queue()).toEqual([
      ['riaperta', ['codice_fiscale']],
      ['riaperta', ['codice_fiscale']],
    ]);
    // An undoing that parts them is never refused.
    await undone(test.db, 1);
    expect(await persons()).toBe('P1 P2 P2 P2');
    expect(await told()).toEqual([]);
    expect(await queue()).toEqual([['aperta', []]]);
  });
});
