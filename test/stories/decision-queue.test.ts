/**
 * The queue of pairs that may be one person (registry.md, Reconciliation and Linkage): each with its owner, its age and its state,
 * as known when; a pair decided of that its data come to contradict is looked at again.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, day, romeDay } from '../../src/kernel/day.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { askPair, askQueue, candidatePair, type QueueQuery } from '../../src/registry/review/ask-queue.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { decided, letterOf, pairOf, undone } from '../support/decisions.ts';
import { type Line, line, Story } from '../support/story.ts';
import { COMUNI } from '../support/story-answers.ts';

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
  await story.begin(`
    id  nome       sesso  nascita     famiglia
    S1  NERI ADA   F      1980-01-01  F1/1
    S2  NERI ADDA  F      1980-01-01  F2/1
  `);
  await story.begin(
    `
    id  nome      sesso  nascita     famiglia
    T1  NERI ADA  F      1980-01-10  F1/1
  `,
    'B',
  );
});
afterEach(() => test.drop());

/** What the linkage would write of a pair. */
async function proposed(words: string, weight: number, sealed = false): Promise<number> {
  const pair = await pairOf(test.db, words);
  const { rows } = await test.db.query<{ candidate_id: number }>(
    `insert into linkage_candidates (entry_a, entry_b, weight, probability, fields, model, sealed, found_supply, found_recorded)
     values ($1, $2, $3, 0.9, '[{"field": "surname", "level": "equal", "weight": 9.5}]', 1, $4, 1,
             (select last_recorded from register_clock)) returning candidate_id`,
    [...pair, weight, sealed],
  );
  return rows[0]!.candidate_id;
}

/** "A:S1 B:T1 coordinamento aperta". */
async function queue(change: Partial<QueueQuery> = {}, notoAl: KnownAt | null = null): Promise<string[]> {
  const query: QueueQuery = { comune: null, owner: null, state: 'da-fare', limit: 50, ...change };
  const { coppie } = await askQueue(test.db, query, notoAl);
  return coppie.map((p) =>
    [
      ...p.schede.map((s) => `${letterOf(s.comune)}:${s.id_soggetto}`),
      letterOf(p.proprietario),
      p.stato,
      ...p.contraddetta_da,
    ].join(' '),
  );
}
const mended = (id: string, on: string, change: Line, id_soggetto: string): Line =>
  line(id, 'GENERALITA', on, { id_soggetto, motivo: 'RETTIFICA', ...change });

describe('the queue', () => {
  it('within one register the comune judges, across two the coordination; the likeliest first', async () => {
    await proposed('A:S1 A:S2', 8);
    await proposed('A:S1 B:T1', 12);
    expect(await queue()).toEqual(['A:S1 B:T1 coordinamento aperta', 'A:S1 A:S2 A aperta']);
    expect(await queue({ owner: COMUNI['A']! })).toEqual(['A:S1 A:S2 A aperta']);
    expect(await queue({ owner: 'coordinamento' })).toEqual(['A:S1 B:T1 coordinamento aperta']);
    expect(await queue({ comune: COMUNI['B']! })).toEqual(['A:S1 B:T1 coordinamento aperta']);
    expect(await queue({ limit: 1 })).toHaveLength(1);
    // Decided of and taken back, it has its place again.
    await undone(test.db, (await decided(test.db, 'same', 'A:S1 B:T1')).decisione);
    expect(await queue()).toEqual(['A:S1 B:T1 coordinamento aperta', 'A:S1 A:S2 A aperta']);
  });

  it('what a seal hides is proposed to nobody', async () => {
    const candidate = await proposed('A:S1 B:T1', 12, true);
    expect(await queue({ state: 'tutte' })).toEqual([]);
    await expect(candidatePair(test.db, candidate)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('put off, a pair comes back on its day; decided, it leaves; undone, it is there again; as known then, it stands as it stood', async () => {
    await proposed('A:S1 B:T1', 12);
    const today = romeDay(new Date());
    await decided(test.db, 'later', 'A:S1 B:T1', { until: addDays(today, 7) });
    const putOff = await getKnownAt(test.db, null);
    expect(await queue()).toEqual([]);
    expect(await queue({ state: 'rinviata' })).toEqual(['A:S1 B:T1 coordinamento rinviata']);
    await decided(test.db, 'later', 'A:S1 B:T1', { until: today });
    expect(await queue()).toEqual(['A:S1 B:T1 coordinamento aperta']);
    const { decisione } = await decided(test.db, 'same', 'A:S1 B:T1');
    expect(await queue()).toEqual([]);
    expect(await queue({ state: 'decisa' })).toEqual(['A:S1 B:T1 coordinamento decisa']);
    await undone(test.db, decisione);
    expect(await queue()).toEqual(['A:S1 B:T1 coordinamento aperta']);
    expect(await queue({ state: 'tutte' }, putOff)).toEqual(['A:S1 B:T1 coordinamento rinviata']);
  });

  it('a pair that nobody proposed stands there once it is decided of', async () => {
    await decided(test.db, 'same', 'A:S1 A:S2');
    expect(await queue({ state: 'decisa' })).toEqual(['A:S1 A:S2 A decisa']);
  });

  it('a pair that a code has joined since is no longer asked about', async () => {
    await proposed('A:S1 B:T1', 12);
    const code = { codice_fiscale: 'NREDAA80A41F257X', validita_cf: '1' };
    await story.supply(mended('1', '2025-02-01', code, 'S1'));
    await story.supplyOf('B', mended('1', '2025-02-01', { ...code, data_nascita: '1980-01-01' }, 'T1'));
    expect(await queue({ state: 'tutte' })).toEqual([]);
  });

  it('the linkage is told what stands of its candidate', async () => {
    await proposed('A:S1 B:T1', 12);
    const state = async () =>
      (await test.db.query<{ state: string }>('select state from linkage_candidates')).rows[0]!.state;
    const { decisione } = await decided(test.db, 'different', 'A:S1 B:T1');
    expect(await state()).toBe('different');
    await undone(test.db, decisione);
    expect(await state()).toBe('open');
  });
});

describe('a pair decided of whose data change', () => {
  it('said to be one, is reopened when a field comes to differ; confirmed, it is not any more', async () => {
    await decided(test.db, 'same', 'A:S1 B:T1');
    await story.supplyOf('B', mended('1', '2025-02-01', { nome: 'BEA' }, 'T1'));
    expect(await queue()).toEqual(['A:S1 B:T1 coordinamento riaperta nome']);
    await decided(test.db, 'same', 'A:S1 B:T1', { reason: 'nome sbagliato in B' });
    expect(await queue()).toEqual([]);
    expect(await queue({ state: 'decisa' })).toEqual(['A:S1 B:T1 coordinamento decisa']);
  });

  it('said to be two, is reopened when what told them apart agrees', async () => {
    await decided(test.db, 'different', 'A:S1 B:T1');
    await story.supplyOf('B', mended('1', '2025-02-01', { nome: 'ADA MARIA' }, 'T1'));
    expect(await queue()).toEqual([]);
    await story.supplyOf('B', mended('2', '2025-03-01', { data_nascita: '1980-01-01' }, 'T1'));
    expect(await queue()).toEqual(['A:S1 B:T1 coordinamento riaperta data_nascita']);
  });
});

describe('a decided pair that is put off', () => {
  const personsOf = async (words: string): Promise<readonly string[]> =>
    (await askPair(test.db, await pairOf(test.db, words), day('2025-12-31'), null)).persone;

  it('reopened and said to be one, stays one person: it leaves the queue, and is reopened again on its day', async () => {
    const { decisione } = await decided(test.db, 'same', 'A:S1 B:T1');
    await story.supplyOf('B', mended('1', '2025-02-01', { nome: 'BEA' }, 'T1'));
    const today = romeDay(new Date());
    const putOff = await decided(test.db, 'later', 'A:S1 B:T1', { until: addDays(today, 7) });
    expect(putOff.effetti.cambiamenti).toEqual([]);
    expect(await personsOf('A:S1 B:T1')).toEqual(['P1', 'P1']);
    expect(await queue()).toEqual([]);
    expect(await queue({ state: 'rinviata' })).toEqual(['A:S1 B:T1 coordinamento rinviata nome']);
    await decided(test.db, 'later', 'A:S1 B:T1', { until: today });
    expect(await queue()).toEqual(['A:S1 B:T1 coordinamento riaperta nome']);
    // A later supply asks again who is one person: the decision is what answers.
    await story.supplyOf('B', mended('2', '2025-03-01', { cognome: 'BIANCHI' }, 'T1'));
    expect(await personsOf('A:S1 B:T1')).toEqual(['P1', 'P1']);
    await undone(test.db, decisione);
    expect(await personsOf('A:S1 B:T1')).toEqual(['P1', 'P3']);
    expect(await queue()).toEqual(['A:S1 B:T1 coordinamento aperta']);
  });

  it('said to be two, stays two, whatever code they bear, and no supply joins them meanwhile', async () => {
    const code = { codice_fiscale: 'NREDAA80A41F257X', validita_cf: '1' };
    await decided(test.db, 'different', 'A:S1 B:T1');
    await story.supply(mended('1', '2025-02-01', code, 'S1'));
    await story.supplyOf('B', mended('1', '2025-02-01', { ...code, data_nascita: '1980-01-01' }, 'T1'));
    const { effetti } = await decided(test.db, 'later', 'A:S1 B:T1');
    expect(effetti.cambiamenti).toEqual([]);
    expect(await personsOf('A:S1 B:T1')).toEqual(['P1', 'P3']);
    await story.supplyOf('B', mended('2', '2025-03-01', { nome: 'ADA MARIA' }, 'T1'));
    expect(await personsOf('A:S1 B:T1')).toEqual(['P1', 'P3']);
    expect(await queue({ state: 'rinviata' })).toEqual(['A:S1 B:T1 coordinamento rinviata data_nascita']);
  });

  it('is looked at again on its day though nothing contradicts it; confirmed, it stands as decided; the linkage is told what stands', async () => {
    await proposed('A:S1 B:T1', 12);
    const today = romeDay(new Date());
    const state = async () =>
      (await test.db.query<{ state: string }>('select state from linkage_candidates')).rows[0]!.state;
    await decided(test.db, 'different', 'A:S1 B:T1');
    const { decisione } = await decided(test.db, 'later', 'A:S1 B:T1', { until: today });
    expect(await queue()).toEqual(['A:S1 B:T1 coordinamento riaperta']);
    expect(await state()).toBe('different');
    await undone(test.db, decisione);
    expect(await queue({ state: 'decisa' })).toEqual(['A:S1 B:T1 coordinamento decisa']);
    await decided(test.db, 'later', 'A:S1 B:T1', { until: today });
    await decided(test.db, 'different', 'A:S1 B:T1');
    expect(await queue({ state: 'decisa' })).toEqual(['A:S1 B:T1 coordinamento decisa']);
  });
});

describe('a pair side by side', () => {
  it('tells what agrees and differs, how much it weighs, and everything decided of it', async () => {
    const candidate = await proposed('A:S1 B:T1', 12);
    const { decisione } = await decided(test.db, 'same', 'A:S1 B:T1', { reason: 'stesso atto' });
    const joined = await getKnownAt(test.db, null);
    await undone(test.db, decisione, { operator: 'Bianchi' });
    const pair = await candidatePair(test.db, candidate);
    const found = await askPair(test.db, pair, day('2025-12-31'), null);
    expect(found.coppia).toMatchObject({
      candidato: candidate,
      peso: 12,
      proprietario: 'coordinamento',
      stato: 'aperta',
      giorni: 0,
      accordi: { cognome: 'uguale', nome: 'uguale', data_nascita: 'diverso', codice_fiscale: 'manca' },
      campi: [{ field: 'surname', level: 'equal', weight: 9.5 }],
    });
    expect(found.persone).toEqual(['P1', 'P3']);
    expect(found.stati.map((s) => s.generalita?.data_nascita)).toEqual(['1980-01-01', '1980-01-10']);
    expect(found.decisioni).toMatchObject([
      { decisione, esito: 'same', operatore: 'Rossi', motivo: 'stesso atto', annulla: null },
      { esito: 'undo', operatore: 'Bianchi', annulla: decisione },
    ]);
    const then = await askPair(test.db, pair, day('2025-12-31'), joined);
    expect(then).toMatchObject({ persone: ['P1', 'P1'], coppia: { stato: 'decisa' } });
    expect(then.decisioni).toHaveLength(1);
  });
});
