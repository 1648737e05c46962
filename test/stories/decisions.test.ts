/**
 * Decisions of operators about who is one person (registry.md, "People, not rows" and Reconciliation; docs/adr/0015). Every story
 * asks again at its end what it asked before: a question with a fixed `noto_al` never changes its answer. And whatever was decided,
 * the findings computed anew are those that are open.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/kernel/app-error.ts';
import { computeCodiceFiscale, omocodicForms } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { askAddress } from '../../src/registry/answers/ask-address.ts';
import { askHistory } from '../../src/registry/answers/ask-history.ts';
import { askPerson } from '../../src/registry/answers/ask-person.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { askPopulation } from '../../src/registry/answers/population.ts';
import { askFindings, refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { askQueue, type QueueQuery } from '../../src/registry/review/ask-queue.ts';
import { allAnswers, withoutInstant } from '../support/all-answers.ts';
import { bundle, famiglia, legame, soggetto } from '../support/bundles.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { decided, findingWords, personWords, undone } from '../support/decisions.ts';
import { later, loadBundles } from '../support/load-bundles.ts';
import { annulled, type Line, line, Story } from '../support/story.ts';
import { COMUNI } from '../support/story-answers.ts';

const code = (nome: string, sesso: 'M' | 'F', nascita = '1980-01-01'): string =>
  computeCodiceFiscale({ cognome: 'NERI', nome, sesso, data_nascita: day(nascita), luogo: 'F257' });
const ADA = code('ADA', 'F');
const BEA = code('BEA', 'F');
const NOW = { al: day('2025-12-31'), notoAl: null };

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

const table = (...rows: readonly string[]): string =>
  ['id  nome  sesso  nascita  famiglia  stato  cf', ...rows].join('\n');
/** Somebody with a family of their own in each register. */
const person = (id: string, nome: string, cf = '-', nascita = '1980-01-01', family = 'F1/1'): string =>
  [id, nome, 'F', nascita, family, '1', cf].join('  ');
const answers = async (): Promise<unknown> => withoutInstant(await allAnswers(test.db, NOW));
const identity = (id: string, on: string, change: Line, id_soggetto = 'S1'): Line =>
  line(id, 'GENERALITA', on, { id_soggetto, motivo: 'RETTIFICA', ...change });
const links = async (): Promise<unknown> =>
  (await test.db.query('select entry_id, person_id, basis, recorded_from from person_entries order by 1'))
    .rows;
const rows = async (): Promise<unknown> => {
  const tables = [
    'person_entries',
    'person_entries_past',
    'linkage_decisions',
    'reconciliation_findings',
    'register_clock',
  ];
  return Promise.all(
    tables.map(
      async (t) => (await test.db.query(`select to_jsonb(t) as row from ${t} t order by t::text`)).rows,
    ),
  );
};

describe('the same person, says an operator', () => {
  beforeEach(async () => {
    await story.begin(
      table(person('S1', 'NERI ADA', ADA), person('S2', 'NERI ZOE', '-', '1950-02-02', 'F2/1')),
    );
    await story.begin(table(person('T1', 'NERI ADDA')), 'B');
  });

  it('both identifiers answer, and as known before the decision they are two', async () => {
    const { decisione } = await decided(test.db, 'same', 'A:S1 B:T1');
    await story.moment();
    await undone(test.db, decisione);
    await story.moment();
    await story.expect(`
      al          noto  A:S1.persona  B:T1.persona  A:S1.schede  B:T1.nome   province.residenti
      2025-12-31  0     P1            P3            A:S1         NERI ADDA   0M 3F 0 stranieri
      2025-12-31  1     P1            P1            A:S1, B:T1   NERI ADA    0M 2F 0 stranieri
      2025-12-31  2     P1            P3            A:S1         NERI ADDA   0M 3F 0 stranieri
    `);
    // Joined, P3 leads to whom P1 leads to.
    await decided(test.db, 'same', 'A:S1 B:T1');
    for (const entryId of [1, 3]) {
      const found = await askPerson(test.db, { kind: 'provincial', entryId }, NOW);
      expect([found.persona, found.schede.length]).toEqual(['P1', 2]);
    }
  });

  it('undone, every answer is what it was; asked as known while it stood, every answer is what it was then', async () => {
    const before = await answers();
    const { decisione } = await decided(test.db, 'same', 'A:S1 B:T1');
    const known = await getKnownAt(test.db, null);
    const joined = await allAnswers(test.db, NOW);
    expect(withoutInstant(joined)).not.toEqual(before);
    await undone(test.db, decisione);
    expect(await answers()).toEqual(before);
    expect(await allAnswers(test.db, { ...NOW, notoAl: known })).toEqual(joined);
  });

  it('the history tells whose each entry was, since when, and who decided it, as known then', async () => {
    const told = async (superseded: boolean, notoAl: KnownAt | null = null) => {
      const key = { kind: 'number', comune: COMUNI['B']!, id_soggetto: 'T1' } as const;
      const { unioni } = await askHistory(test.db, key, { ...NOW, notoAl }, superseded);
      return unioni.map((j) =>
        [
          j.scheda.id_soggetto,
          j.persona,
          j.base,
          j.registrato_al === null ? 'ora' : 'fino a',
          j.decisione?.decisione ?? j.fonte?.operazione,
        ].join(' '),
      );
    };
    expect(await told(false)).toEqual([]);
    const { decisione } = await decided(test.db, 'same', 'A:S1 B:T1');
    const joined = await getKnownAt(test.db, null);
    expect(await told(false)).toEqual(['T1 P1 operatore ora 1']);
    await undone(test.db, decisione);
    expect(await told(false)).toEqual([]);
    expect(await told(true)).toEqual([
      'T1 P3 propria fino a COMPLETA',
      'T1 P1 operatore fino a 1',
      'T1 P3 propria ora 2',
    ]);
    expect(await told(true, joined)).toEqual([
      'S1 P1 propria ora COMPLETA',
      'T1 P3 propria fino a COMPLETA',
      'T1 P1 operatore ora 1',
    ]);
  });

  it('the preview says what happens, to the letter, and leaves nothing behind', async () => {
    const before = await rows();
    const preview = await decided(test.db, 'same', 'A:S1 B:T1', { dryRun: true });
    expect(preview.decisione).toBeNull();
    expect(await rows()).toEqual(before);
    const done = await decided(test.db, 'same', 'A:S1 B:T1');
    expect(done.effetti).toEqual(preview.effetti);
    expect(personWords(done.effetti.persone_prima)).toEqual(['P1 A:S1', 'P3 B:T1']);
    expect(personWords(done.effetti.persone_dopo)).toEqual(['P1 A:S1 B:T1']);
    // What it says of each entry afterwards is what the register answers.
    const now = await askPerson(test.db, { kind: 'number', comune: '036002', id_soggetto: 'T1' }, NOW);
    const change = done.effetti.cambiamenti.find((c) => c.scheda.id_soggetto === 'T1')!;
    for (const { campo, dopo } of change.campi)
      if (campo in now) expect([campo, dopo]).toEqual([campo, now[campo as keyof typeof now]]);
    expect(change.campi.map((c) => c.campo)).toEqual(
      expect.arrayContaining(['generalita', 'residenza', 'famiglie', 'segnali', 'schede']),
    );
  });

  it('its effects on the counts are those of the population, and its findings those that are open', async () => {
    const before = await askPopulation(test.db, null, NOW.al, null);
    const { effetti } = await decided(test.db, 'same', 'A:S1 B:T1');
    const after = await askPopulation(test.db, null, NOW.al, null);
    const { prima, dopo } = effetti.popolazione;
    expect(after.residenti.totale - before.residenti.totale).toBe(dopo.totale - prima.totale);
    expect(dopo).toMatchObject({ totale: 1, femmine: 1, iscrizioni_doppie: 1 });
    expect(after.iscrizioni_doppie - before.iscrizioni_doppie).toBe(1);
    expect(after.per_comune).toEqual(before.per_comune);
    expect(findingWords(effetti.segnalazioni_aperte)).toEqual([
      'DOPPIA_RESIDENZA B(A) A:S1 B:T1',
      'GENERALITA_DISCORDI B(A) A:S1 B:T1',
    ]);
  });

  it('is refused of one entry, of entries that are not there, and twice in the same way', async () => {
    await expect(decided(test.db, 'same', 'A:S1 A:S1')).rejects.toMatchObject({ code: 'usage' });
    await expect(decided(test.db, 'same', 'A:S1 B:T9')).rejects.toMatchObject({ code: 'not-found' });
    await decided(test.db, 'same', 'A:S1 B:T1');
    await expect(decided(test.db, 'same', 'B:T1 A:S1', { operator: 'Bianchi' })).rejects.toThrow(
      /Rossi \(D1\)/,
    );
    await undone(test.db, 1);
    await expect(undone(test.db, 1)).rejects.toThrow(/già stata annullata da Rossi \(D2\)/);
    await expect(undone(test.db, 2)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('two entries of one register, of somebody who came back under a new number: joined by an operator alone', async () => {
    await story.supply(line('1', 'CANCELLAZIONE', '2025-02-01', { motivo: '7', id_soggetti: ['S1'] }));
    await story.supply(
      line('2', 'ISCRIZIONE', '2025-06-01', {
        motivo: '7',
        famiglia: { id_famiglia: 'F9', specie: 'VIA', toponimo: 'NUOVA', motivo: '2' },
        soggetti: [
          {
            id_soggetto: 'S9',
            cognome: 'NERI',
            nome: 'ADA',
            sesso: 'F',
            data_nascita: '1980-01-01',
            comune_nascita: '036023',
            codice_fiscale: ADA,
            validita_cf: '1',
            stato_civile: '1',
            cittadinanza: '100',
            posizione: 'RESIDENTE',
            data_aggiornamento: '2025-06-01',
            legame: { id_famiglia: 'F9', relazione: '1' },
          },
        ],
      }),
    );
    const { effetti } = await decided(test.db, 'same', 'A:S1 A:S9');
    await story.moment();
    await story.expect(`
      al          noto  A:S1.schede  A:S9.schede  A:S1.casa  A:S9.casa
      2024-12-31  2     A:S1         A:S9         ROMA       -
      2025-12-31  2     A:S1         A:S9         -          NUOVA
      2024-12-31  3     A:S1, A:S9   A:S1, A:S9   ROMA       ROMA
      2025-12-31  3     A:S9, A:S1   A:S9, A:S1   NUOVA      NUOVA
    `);
    expect(effetti.segnalazioni_aperte).toEqual([]);
    // The code is one person's again: it joins who bears it elsewhere.
    await story.begin(table(person('U1', 'NERI ADA', ADA)), 'C');
    const found = await askPerson(test.db, { kind: 'number', comune: '036003', id_soggetto: 'U1' }, NOW);
    expect(found.schede).toHaveLength(3);
  });

  it('two entries of one register, both resident: the comune is told that it has somebody twice', async () => {
    const { effetti, decisione } = await decided(test.db, 'same', 'A:S1 A:S2');
    expect(findingWords(effetti.segnalazioni_aperte)).toEqual(['SCHEDE_SOVRAPPOSTE A(A) A:S1 A:S2']);
    expect(effetti.popolazione.dopo).toMatchObject({ totale: 1, iscrizioni_doppie: 1 });
    // Who lives at an address is counted by people.
    await story.supply(
      line('1', 'CAMBIO_ABITAZIONE', '2025-02-01', {
        id_famiglia: 'F2',
        famiglia: { id_famiglia: 'F2', specie: 'VIA', toponimo: 'ROMA', civico: '1' },
      }),
    );
    const { numero, occupanti } = await askAddress(test.db, {
      comune: COMUNI['A']!,
      street: 'VIA ROMA',
      number: '1',
      span: { on: NOW.al },
      notoAl: null,
    });
    expect([numero, occupanti?.map((o) => o.persona)]).toEqual([1, ['P1', 'P1']]);
    expect(findingWords((await undone(test.db, decisione)).effetti.segnalazioni_chiuse)).toEqual([
      'SCHEDE_SOVRAPPOSTE A(A) A:S1 A:S2',
    ]);
  });
});

describe('different people, says an operator', () => {
  it('those whom a code had joined part, and no later supply joins them again', async () => {
    await story.begin(table(person('S1', 'NERI ADA', ADA)));
    await story.begin(table(person('T1', 'NERI ADA', ADA)), 'B');
    const { effetti } = await decided(test.db, 'different', 'A:S1 B:T1');
    await story.moment();
    expect(personWords(effetti.persone_dopo)).toEqual(['P1 A:S1', 'P2 B:T1']);
    expect(findingWords(effetti.segnalazioni_chiuse)).toEqual(['DOPPIA_RESIDENZA B(A) A:S1 B:T1']);
    await story.supply(identity('1', '2025-02-01', { nome: 'ADA LUISA' }));
    await story.supplyOf('B', identity('1', '2025-03-01', { nome: 'ADA LUISA' }, 'T1'));
    await story.expect(`
      al          noto  A:S1.schede  B:T1.schede
      2025-12-31  0     A:S1, B:T1   A:S1, B:T1
      2025-12-31  1     A:S1         B:T1
      2025-12-31  3     A:S1         B:T1
    `);
    await undone(test.db, 1);
    await story.moment();
    await story.expect(`
      al          noto  A:S1.schede  B:T1.schede
      2025-12-31  4     A:S1, B:T1   A:S1, B:T1
    `);
  });

  it.each(['ABC', 'ACB', 'CAB', 'CBA'])(
    'of three who bear one code, the third is nobody’s by it, whatever is loaded first, until an operator says whose: %s',
    async (order) => {
      const begin = (comune: string) => story.begin(table(person('S1', 'NERI ADA', ADA)), comune);
      const [last] = [order.at(-1)!];
      for (const comune of order.slice(0, 2)) await begin(comune);
      // Decided as soon as both are there.
      if (last === 'C') await decided(test.db, 'different', 'A:S1 B:S1');
      await begin(last);
      if (last !== 'C') await decided(test.db, 'different', 'A:S1 B:S1');
      await story.moment();
      await decided(test.db, 'same', 'C:S1 B:S1');
      await story.moment();
      const at = last === 'C' ? [1, 2] : [1, 2];
      await story.expect(`
        al          noto      A:S1.schede  B:S1.schede  C:S1.schede
        2025-12-31  ${at[0]}  A:S1         B:S1         C:S1
        2025-12-31  ${at[1]}  A:S1         B:S1, C:S1   B:S1, C:S1
      `);
    },
  );

  it('what contradicts a decision that stands is refused, with the decisions to look at', async () => {
    for (const comune of ['A', 'B', 'C']) await story.begin(table(person('S1', 'NERI ADA')), comune);
    await decided(test.db, 'same', 'A:S1 B:S1');
    await decided(test.db, 'same', 'B:S1 C:S1');
    await expect(decided(test.db, 'different', 'A:S1 C:S1')).rejects.toThrow(/D3.*D1, D2/);
    await undone(test.db, 2);
    await decided(test.db, 'different', 'A:S1 C:S1');
    await expect(decided(test.db, 'same', 'B:S1 C:S1')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('an undoing gives back what the decision had taken the place of, unless that now contradicts another', async () => {
    for (const comune of ['A', 'B', 'C']) await story.begin(table(person('S1', 'NERI ADA', ADA)), comune);
    await decided(test.db, 'different', 'A:S1 B:S1');
    await story.moment();
    const { decisione } = await decided(test.db, 'same', 'A:S1 B:S1');
    await story.moment();
    await undone(test.db, decisione);
    await story.moment();
    await story.expect(`
      al          noto  A:S1.schede       B:S1.schede       C:S1.schede
      2025-12-31  0     A:S1, B:S1, C:S1  A:S1, B:S1, C:S1  A:S1, B:S1, C:S1
      2025-12-31  1     A:S1              B:S1              C:S1
      2025-12-31  2     A:S1, B:S1, C:S1  A:S1, B:S1, C:S1  A:S1, B:S1, C:S1
      2025-12-31  3     A:S1              B:S1              C:S1
    `);
    await decided(test.db, 'same', 'A:S1 B:S1');
    await decided(test.db, 'same', 'A:S1 C:S1');
    await decided(test.db, 'same', 'B:S1 C:S1');
    await expect(undone(test.db, 4)).rejects.toThrow(/D1.*D5, D6/);
  });
});

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
