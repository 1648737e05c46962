/**
 * What comes after a decision, and what is sealed (registry.md, "People, not rows" and Sealed; docs/adr/0015). As in
 * decisions.test.ts, every story asks again at its end what it asked before, and finds nothing anew.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/kernel/app-error.ts';
import { omocodicForms } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { askPerson } from '../../src/registry/answers/ask-person.ts';
import { askFindings, refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { askQueue, type QueueQuery } from '../../src/registry/review/ask-queue.ts';
import { bundle, famiglia, legame, soggetto } from '../support/bundles.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { ADA, BEA, code, identity, linksOf, NOW, person, table } from '../support/decision-people.ts';
import { decided, undone } from '../support/decisions.ts';
import { later, loadBundles } from '../support/load-bundles.ts';
import { annulled, Story } from '../support/story.ts';
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

const links = () => linksOf(test.db);

describe('supplies that come after a decision', () => {
  it('the join holds whatever its entries come to say, and what contradicts it is found and told', async () => {
    await story.begin(table(person('S1', 'NERI ADA', ADA)));
    await story.begin(table(person('T1', 'NERI ADA')), 'B');
    await decided(test.db, 'same', 'A:S1 B:T1');
    await story.moment();
    const other = identity(
      '1',
      '2025-02-01',
      { data_nascita: '1979-01-01', codice_fiscale: BEA, validita_cf: '1' },
      'T1',
    );
    await story.supplyOf('B', other);
    await story.expect(`
      al          noto  A:S1.schede
      2025-12-31  1     A:S1, B:T1
      2025-12-31  2     A:S1, B:T1
    `);
    const query = { comune: null, side: 'mine', state: 'aperte', kind: 'GENERALITA_DISCORDI' } as const;
    const { segnalazioni } = await askFindings(test.db, query, null, (c) => c);
    expect(segnalazioni.map((f) => f.dettaglio)).toEqual([{ campi: 'data_nascita' }]);
    await story.supplyOf('B', annulled('2', other, '2025-03-01'));
    await undone(test.db, 1);
    await story.moment();
    await story.expect(`
      al          noto  A:S1.schede  B:T1.schede
      2025-12-31  4     A:S1         B:T1
    `);
  });

  it('a later full supply joins nobody whom an operator parted, and parts nobody whom one joined', async () => {
    await story.begin(
      table(person('S1', 'NERI ADA', ADA), person('S2', 'NERI EVA', '-', '1980-01-01', 'F2/1')),
    );
    await story.begin(
      table(person('T1', 'NERI ADA', ADA), person('T2', 'NERI IVA', '-', '1980-01-01', 'F2/1')),
      'B',
    );
    await decided(test.db, 'different', 'A:S1 B:T1');
    await decided(test.db, 'same', 'A:S2 B:T2');
    const before = await links();
    const again = (riga: number, nome: string, cf: string | null) =>
      bundle(
        soggetto(riga, {
          id_soggetto: `T${riga}`,
          cognome: 'NERI',
          nome,
          sesso: 'F',
          data_nascita: day('1980-01-01'),
          codice_fiscale: cf,
          validita_cf: cf === null ? null : '1',
        }),
        [legame(riga, `F${riga}`)],
      );
    await loadBundles(test.db, {
      comune: COMUNI['B']!,
      households: [famiglia(1), famiglia(2)],
      bundles: [again(1, 'ADA LUISA', ADA), again(2, 'IVANA', BEA)],
      change: later(COMUNI['B']!, 2, day('2025-01-31')),
    });
    expect(await links()).toEqual(before);
    expect(
      (await askPerson(test.db, { kind: 'number', comune: COMUNI['B']!, id_soggetto: 'T1' }, NOW)).generalita,
    ).toMatchObject({ nome: 'ADA LUISA' });
  });

  it('an operator’s join stands though its codes come to be two forms of one, and is to be looked at again', async () => {
    const form = omocodicForms(ADA)[1]!;
    await story.begin(table(person('S1', 'NERI ADA', ADA)));
    await story.begin(table(person('T1', 'NERI ADA')), 'B');
    await decided(test.db, 'same', 'A:S1 B:T1');
    await story.supplyOf('B', identity('1', '2025-02-01', { codice_fiscale: form, validita_cf: '1' }, 'T1'));
    await story.expect(`
      al          noto  A:S1.schede
      2025-12-31  1     A:S1, B:T1
    `);
    const query: QueueQuery = { comune: null, owner: null, state: 'da-fare', limit: 10 };
    const { coppie } = await askQueue(test.db, query, null);
    expect(coppie.map((p) => [p.stato, p.contraddetta_da])).toEqual([['riaperta', ['codice_fiscale']]]);
  });

  it('somebody whom a code joins to one of two is joined to both; parted, to that one alone', async () => {
    await story.begin(table(person('S1', 'NERI ADA', ADA)));
    await story.begin(table(person('T1', 'NERI BEA', BEA)), 'B');
    await decided(test.db, 'same', 'A:S1 B:T1');
    await story.begin(table(person('U1', 'NERI BEA', BEA)), 'C');
    await story.supplyOf('C', identity('1', '2025-02-01', { nome: 'BEA LUISA' }, 'U1'));
    for (const codice_fiscale of [ADA, BEA])
      expect((await askPerson(test.db, { kind: 'code', codice_fiscale }, NOW)).persona).toBe('P1');
    await undone(test.db, 1);
    await story.moment();
    await story.expect(`
      al          noto  A:S1.schede       B:T1.schede       C:U1.schede
      2025-12-31  1     A:S1, B:T1, C:U1  A:S1, B:T1, C:U1  A:S1, B:T1, C:U1
      2025-12-31  2     A:S1              B:T1, C:U1        B:T1, C:U1
    `);
  });
});

describe('a seal covers every entry of the person (L. 164/1982; registry.md, Sealed)', () => {
  const found = async (): Promise<boolean> => {
    const key = { kind: 'name', surname: 'NERI', given: 'ADA', birth: null } as const;
    try {
      await askPerson(test.db, key, NOW);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-found') return false;
      throw error;
    }
  };
  const becameAdo = identity('1', '2025-06-01', {
    motivo: 'SESSO',
    nome: 'ADO',
    sesso: 'M',
    codice_fiscale: code('ADO', 'M'),
    validita_cf: '1',
  });

  it('also one that an operator joined, of which no code told; parted, it is somebody else’s again', async () => {
    await story.begin(table(person('S1', 'NERI ADA', ADA)));
    await story.begin(table(person('T1', 'NERI ADA')), 'B');
    await story.supply(becameAdo);
    expect(await found()).toBe(true);
    const { decisione, effetti } = await decided(test.db, 'same', 'A:S1 B:T1');
    expect(await found()).toBe(false);
    await story.moment();
    await story.expect(`
      al          noto  B:T1.nome  B:T1.nomi  B:T1.sesso
      2025-12-31  2     NERI ADO   NERI ADO   M
    `);
    // What is kept of the decision tells no value of what is sealed.
    const { rows: kept } = await test.db.query('select * from linkage_decisions');
    expect(JSON.stringify(kept)).not.toContain('ADA');
    expect(JSON.stringify(effetti.persone_dopo)).not.toContain('ADA');
    await undone(test.db, decisione);
    expect(await found()).toBe(true);
  });
});
