/**
 * Decisions of operators about who is one person (registry.md, "People, not rows" and Reconciliation; docs/adr/0015). Every story
 * asks again at its end what it asked before: a question with a fixed `noto_al` never changes its answer. And whatever was decided,
 * the findings computed anew are those that are open.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askAddress } from '../../src/registry/answers/ask-address.ts';
import { askHistory } from '../../src/registry/answers/ask-history.ts';
import { askPerson } from '../../src/registry/answers/ask-person.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { askPopulation } from '../../src/registry/answers/population.ts';
import { refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { allAnswers, withoutInstant } from '../support/all-answers.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { ADA, answersOf, decisionRowsOf, identity, NOW, person, table } from '../support/decision-people.ts';
import { decided, findingWords, personWords, undone } from '../support/decisions.ts';
import { line, Story } from '../support/story.ts';
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

const answers = () => answersOf(test.db);
const rows = () => decisionRowsOf(test.db);

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
