/**
 * What else changes when two persons become one, or one becomes two: moves, deaths, spouses, children, findings of others; shown
 * before by a preview and right after by the decision, in the same words (registry.md, Reconciliation; docs/adr/0015).
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/entry/command.ts';
import { Labels } from '../../src/entry/labels.ts';
import { showEffects } from '../../src/entry/linkage-words.ts';
import { computeCodiceFiscale } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import type { AnswerPart, AnswerParts, DecisionEffects } from '../../src/registry/review/effects.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { decided, findingWords, undone } from '../support/decisions.ts';
import { comes, dies, leaves, type Person, PLACES, Province } from '../support/province.ts';

const REFERENCE = loadReference();
const codeOf = (nome: string, sesso: 'M' | 'F'): string =>
  computeCodiceFiscale({ cognome: 'ROSSI', nome, sesso, data_nascita: day('1980-05-04'), luogo: 'F257' });

let test: TestDatabase;
let province: Province;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  province = new Province(test.db);
});
afterEach(async () => {
  const again = await refreshFindings(test.db);
  await test.drop();
  expect(again).toEqual({ opened: 0, closed: 0 });
});

/** Tried first, then done: the same is told. */
async function joined(words: string): Promise<{ effects: DecisionEffects; decision: number }> {
  const preview = await decided(test.db, 'same', words, { dryRun: true });
  const { effetti, decisione } = await decided(test.db, 'same', words);
  expect(effetti).toEqual(preview.effetti);
  return { effects: effetti, decision: decisione! };
}
/** A part of what is answered of an entry, before and after. */
function change<P extends AnswerPart>(
  effects: DecisionEffects,
  id: string,
  part: P,
): readonly [AnswerParts[P] | null, AnswerParts[P] | null] {
  const of = effects.cambiamenti.find((c) => c.scheda.id_soggetto === id);
  const found = of?.campi.find((c) => c.campo === part);
  if (found === undefined) throw new Error(`${part} of ${id} does not change`);
  return [found.prima as AnswerParts[P] | null, found.dopo as AnswerParts[P] | null];
}

const unknown: Person = { id_soggetto: 'T1', nome: 'MARIA', sesso: 'F' };

describe('two persons become one', () => {
  it('the halves of a move become one move: nobody is in transit, and both comuni stop waiting', async () => {
    await province.begin('A', [{ id_soggetto: 'S1', sesso: 'F', nome: 'MARIA LUISA' }]);
    await province.begin('B', []);
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-01-20' }),
    );
    await province.deliver(
      'B',
      '2025-01-31',
      comes('b1', '2025-01-15', unknown, 'A', { registrazione: '2025-01-20' }),
    );
    expect((await province.findings()).map((f) => f.split(' ')[0])).toEqual([
      'MANCA_CANCELLAZIONE',
      'MANCA_ISCRIZIONE',
    ]);
    const { effects, decision } = await joined('A:S1 B:T1');
    expect(findingWords(effects.segnalazioni_chiuse).map((f) => f.split(' ')[0])).toEqual([
      'MANCA_CANCELLAZIONE',
      'MANCA_ISCRIZIONE',
    ]);
    expect(await province.findings()).toEqual([]);
    expect(change(effects, 'S1', 'trasferimenti')[1]).toEqual([
      { da: PLACES['A'], verso: PLACES['B'], cancellazione: '2025-01-15', iscrizione: '2025-01-15' },
    ]);
    const [before, after] = change(effects, 'S1', 'segnali');
    expect([before?.in_transito?.verso, after?.in_transito]).toEqual([PLACES['B'], null]);
    expect(change(effects, 'S1', 'residenza').map((r) => r?.residente)).toEqual([false, true]);
    // And two again: what was awaited is awaited again.
    const { effetti } = await undone(test.db, decision);
    expect(findingWords(effetti.segnalazioni_aperte)).toEqual(findingWords(effects.segnalazioni_chiuse));
    expect(change(effetti, 'S1', 'trasferimenti')).toEqual(
      [...change(effects, 'S1', 'trasferimenti')].reverse(),
    );
  });

  it('dead in one register and resident in the other: in conflict, and the spouse’s comune is told', async () => {
    await province.begin('A', [
      { id_soggetto: 'S1', sesso: 'F', nome: 'MARIA', stato_civile: '2', id_coniuge: 'S2', famiglia: 'F1' },
      { id_soggetto: 'S2', stato_civile: '2', id_coniuge: 'S1', famiglia: 'F1', relazione: '2' },
    ]);
    await province.begin('B', [unknown]);
    await province.deliver('B', '2025-02-28', dies('b1', '2025-02-10', 'T1'));
    const { effects } = await joined('A:S1 B:T1');
    expect(findingWords(effects.segnalazioni_aperte)).toEqual([
      'CONIUGE_DECEDUTO A(B) A:S2 B:T1',
      'DECEDUTO_RESIDENTE A(B) A:S1 B:T1',
      'INTESTATARIO_ALTROVE A(B) A:S1 B:T1',
      'RESIDENZE_SOVRAPPOSTE A(B) A:S1 B:T1',
      'STATO_CIVILE_DISCORDE B(A) A:S1 B:T1',
    ]);
    expect(change(effects, 'S1', 'segnali')[1]?.in_conflitto).toBe(true);
    expect(change(effects, 'S1', 'decesso')[1]?.data).toBe('2025-02-10');
  });

  it('the children, the parents and the families of both are one person’s', async () => {
    const child = { data_nascita: day('2010-01-01'), relazione: '3', famiglia: 'F1' };
    await province.begin('A', [
      { id_soggetto: 'S1', sesso: 'F', nome: 'MARIA', famiglia: 'F1', cf_padre: codeOf('UGO', 'M') },
      { id_soggetto: 'S3', nome: 'PIO', id_madre: 'S1', ...child },
    ]);
    await province.begin('B', [
      {
        ...unknown,
        famiglia: 'F1',
        cf_padre: codeOf('IVO', 'M'),
        posizione: 'CANCELLATO',
        cancellato_dal: day('2009-01-01'),
        motivo_cancellazione: '3',
        iscritto_dal: day('2000-01-01'),
      },
      { id_soggetto: 'T4', nome: 'ENZO', id_madre: 'T1', ...child },
    ]);
    const { effects } = await joined('A:S1 B:T1');
    const names = (which: 0 | 1) => change(effects, 'S1', 'figli')[which]?.map((f) => f.nome);
    expect([names(0), names(1)]).toEqual(
      [['PIO'], ['ENZO', 'PIO'].sort()].map((n) => expect.arrayContaining(n)),
    );
    expect(names(1)).toHaveLength(2);
    expect(change(effects, 'T1', 'genitori').map((g) => g?.padre?.codice_fiscale)).toEqual([
      codeOf('IVO', 'M'),
      codeOf('UGO', 'M'),
    ]);
    expect(change(effects, 'T1', 'famiglie')[1]).toHaveLength(2);
  });
});

describe('one person becomes two', () => {
  it('whom a code had joined: the double residence ends, a finding of a third person too, and the counts are two', async () => {
    const ada = { codice_fiscale: codeOf('ADA', 'F'), nome: 'ADA', sesso: 'F' as const };
    await province.begin('A', [
      { id_soggetto: 'S1', ...ada, stato_civile: '2', id_coniuge: 'S2', famiglia: 'F1' },
      { id_soggetto: 'S2', stato_civile: '2', id_coniuge: 'S1', famiglia: 'F1', relazione: '2' },
    ]);
    await province.begin('B', [{ id_soggetto: 'T1', ...ada }]);
    await province.deliver('B', '2025-02-28', dies('b1', '2025-02-10', 'T1'));
    expect((await province.findings()).some((f) => f.startsWith('CONIUGE_DECEDUTO'))).toBe(true);
    const { effetti } = await decided(test.db, 'different', 'A:S1 B:T1');
    expect(await province.findings()).toEqual([]);
    expect(findingWords(effetti.segnalazioni_chiuse)).toContain('CONIUGE_DECEDUTO A(B) A:S2 B:T1');
    expect(effetti.segnalazioni_aperte).toEqual([]);
    expect(change(effetti, 'S1', 'segnali')[1]?.in_conflitto).toBe(false);
    expect(change(effetti, 'S1', 'decesso')[1]).toBeNull();
    const closed = await province.listed({ state: 'chiuse', kind: 'CONIUGE_DECEDUTO' });
    expect(closed.map((f) => [f.chiusa_da_decisione, f.chiusa_da])).toEqual([[1, null]]);
  });
});

describe('what the command line tells of it', () => {
  it('who was whom and is, each change once for all the entries of a person, the counts, and what opens', async () => {
    await province.begin('A', [{ id_soggetto: 'S1', sesso: 'F', nome: 'MARIA LUISA' }]);
    await province.begin('B', [unknown]);
    const { effetti } = await decided(test.db, 'same', 'A:S1 B:T1', { dryRun: true });
    let told = '';
    const out = { write: (text: string) => (told += text) } as unknown as NodeJS.WriteStream;
    const context: CommandContext = { args: [], root: '.', program: './sipop', env: {}, out, err: out };
    showEffects(context, new Labels(() => REFERENCE), effetti, false);
    const lines = told.split('\n');
    expect(lines[0]).toMatch(/^persone prima .* {2}P1 \(036001:S1\)$/);
    expect(told).toMatch(/persone dopo .* {2}P1 \(036001:S1, 036002:T1\)/);
    expect(told).toMatch(
      /residenti .* {2}2 \(M 0, F 2, stranieri 0\), iscrizioni doppie 0\n\s+→ 1 \(M 0, F 1, stranieri 0\), iscrizioni doppie 1/,
    );
    expect(lines).toContain('P2 → P1  036002:T1');
    expect(told).toMatch(/segnali +—\n\s+→ doppia residenza, anche in Bomporto \(036002\)/);
    expect(told).toMatch(/Segnalazioni che si aprono.*\n(.*\n)* {4}doppia residenza {2}036002: /);
    expect(told).not.toContain('che si chiudono');
  });
});
