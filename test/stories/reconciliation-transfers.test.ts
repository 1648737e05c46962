/** Transfers between comuni, sentence by sentence of registry.md, Reconciliation; DPR 223/1989 art. 18. A finding is written as `shortOf` writes it (province.ts). */
import { beforeEach, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import { annulment } from '../support/events.ts';
import { comes, leaves, type Person, PLACES } from '../support/province.ts';
import {
  ANNA,
  anna,
  asB,
  eachAnew,
  MARIO,
  mario,
  province,
  signals,
  test,
} from '../support/reconciled-province.ts';

eachAnew();

describe('a cancellation towards B and a registration from A are two halves of one move', () => {
  beforeEach(async () => {
    await province.begin('A', [mario()]);
    await province.begin('B', []);
  });

  it('the registration comes first: the cancellation is awaited from its registrazione, and closes it by itself', async () => {
    await province.deliver(
      'B',
      '2025-01-31',
      comes('b1', '2025-01-15', asB(mario()), 'A', { registrazione: '2025-01-20' }),
    );
    expect(await province.findings()).toEqual([]);
    await province.deliver('A', '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 11']);
    expect(await signals('2025-01-31')).toMatchObject({
      comune: PLACES['B'],
      trasferimento_pendente: { da: PLACES['A'], verso: PLACES['B'] },
      doppia_residenza: null,
    });
    await province.deliver(
      'A',
      '2025-02-28',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-02-10' }),
    );
    expect(await province.findings()).toEqual([]);
    expect(await province.findings('tutte')).toEqual([
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 11 chiusa da A/3 a1',
    ]);
  });

  it('the cancellation comes first: the person is in transit, and the registration is awaited', async () => {
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-01-20' }),
    );
    await province.deliver('B', '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2025-01-15 attesa 11']);
    expect((await signals('2025-01-31')).in_transito).toMatchObject({ da: PLACES['A'], verso: PLACES['B'] });
    await province.deliver(
      'B',
      '2025-02-28',
      comes('b1', '2025-01-15', asB(mario()), 'A', { registrazione: '2025-02-10' }),
    );
    expect(await province.findings('tutte')).toEqual([
      'MANCA_ISCRIZIONE B(A) A:S1 B:T1 2025-01-15 attesa 11 chiusa da B/3 b1',
    ]);
    expect((await signals('2025-02-28')).in_transito).toBeNull();
  });

  it('halves that cross within what both have told are no finding, whichever is loaded first', async () => {
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-01-20' }),
    );
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    expect(await province.findings('tutte')).toEqual([]);
  });

  it('what stays unpaired beyond 30 days is reported, from the registrazione to the situazione_al of who owes the half', async () => {
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-10', 'S1', 'B', { registrazione: '2025-01-20' }),
    );
    await province.deliver('B', '2025-02-19');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2025-01-10 attesa 30']);
    await province.deliver('B', '2025-02-20');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2025-01-10 attesa 31 segnalata']);
    const [finding] = await province.listed({});
    expect(finding).toMatchObject({ scadenza: '2025-02-19', giorni: 31, aperta_da: { id_evento: 'a1' } });
    // Both are told: the one that must mend, and the one that waits.
    expect(await province.listed({ comune: PLACES['B']!, side: 'mine' })).toHaveLength(1);
    expect(await province.listed({ comune: PLACES['A']!, side: 'others' })).toHaveLength(1);
    expect(await province.listed({ comune: PLACES['A']!, side: 'mine' })).toEqual([]);
  });

  it('in B and not yet gone from A: no double residence until the agreed days are over; then EA030, and nothing is altered', async () => {
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    await province.deliver('A', '2025-02-14');
    expect(await province.findings()).toEqual(['MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 30']);
    await province.deliver('A', '2025-02-28');
    expect(await province.findings()).toEqual([
      'DOPPIA_RESIDENZA A(B) A:S1 B:T1 2025-01-15',
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 44 segnalata',
    ]);
    expect(await signals('2025-02-28')).toMatchObject({
      comune: PLACES['B'],
      trasferimento_pendente: null,
      doppia_residenza: { corrente: PLACES['B'], anche: [PLACES['A']] },
    });
    await province.deliver(
      'A',
      '2025-03-31',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-03-10' }),
    );
    expect(await province.findings()).toEqual([]);
    expect(await province.findings('chiuse')).toEqual([
      'DOPPIA_RESIDENZA A(B) A:S1 B:T1 2025-01-15 chiusa da A/4 a1',
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 44 segnalata chiusa da A/4 a1',
    ]);
  });

  it('a half that never should have been is annulled, and the finding closes with the annulment', async () => {
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    await province.deliver('A', '2025-01-31');
    await province.deliver(
      'B',
      '2025-02-28',
      annulment('b2', 'ISCRIZIONE', '2025-01-15', { id_evento: 'b1' }, '2025-02-05'),
    );
    expect(await province.findings('tutte')).toEqual([
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 16 chiusa da B/3 b2',
    ]);
  });

  it('an annulled half leaves the other alone again', async () => {
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-01-30' }),
    );
    expect(await province.findings('tutte')).toEqual([]);
    await province.deliver(
      'A',
      '2025-02-10',
      annulment('a2', 'CANCELLAZIONE', '2025-01-15', { id_evento: 'a1' }, '2025-02-05'),
    );
    expect(await province.findings()).toEqual(['MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 26']);
  });

  it('halves whose decorrenze differ are a finding (DPR 223/1989 art. 18), mended by a correction', async () => {
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-18', 'S1', 'B', { registrazione: '2025-01-20' }),
    );
    expect(await province.findings()).toEqual(['DECORRENZE_DIVERSE A(B) A:S1 B:T1 2025-01-15']);
    expect((await signals('2025-01-16')).decorrenze_diverse).toBe(true);
    await province.deliver(
      'A',
      '2025-02-28',
      leaves('a2', '2025-01-15', 'S1', 'B', {
        tipo: 'R',
        riferimento: { id_evento: 'a1' },
        registrazione: '2025-02-03',
      }),
    );
    expect(await province.findings('tutte')).toEqual([
      'DECORRENZE_DIVERSE A(B) A:S1 B:T1 2025-01-15 chiusa da A/3 a2',
    ]);
  });

  it('findings are facts in recorded time: as known then, it was open', async () => {
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    await province.deliver('A', '2025-01-31');
    const then = await getKnownAt(test.db, null);
    await province.deliver(
      'A',
      '2025-02-28',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-02-10' }),
    );
    expect(await province.findings('aperte')).toEqual([]);
    expect(await province.findings('aperte', then)).toEqual([
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 16',
    ]);
    expect(await province.findings('chiuse', then)).toEqual([]);
  });
});

describe('the move of a family', () => {
  it('is one finding with each of its people, and two where one of them is registered first', async () => {
    await province.begin('A', [mario({ famiglia: 'F1' }), anna({ famiglia: 'F1', relazione: '2' })]);
    await province.begin('B', []);
    await province.deliver('A', '2025-01-31', leaves('a1', '2025-01-08', 'S1 S2', 'B'));
    await province.deliver('B', '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 A:S2 2025-01-08 attesa 23']);
    const [finding] = await province.listed({});
    expect(finding?.persone.map((p) => p.codice_fiscale)).toEqual([MARIO, ANNA]);
    await province.deliver(
      'B',
      '2025-02-28',
      comes('b1', '2025-01-08', asB(mario()), 'A', { registrazione: '2025-02-03' }),
    );
    expect(await province.findings('tutte')).toEqual([
      'MANCA_ISCRIZIONE B(A) A:S1 B:T1 2025-01-08 attesa 23 chiusa da B/3 b1',
      'MANCA_ISCRIZIONE B(A) A:S2 2025-01-08 attesa 51 segnalata',
    ]);
  });
});

describe('a half that came with a COMPLETA', () => {
  const gone = (on: string): Person =>
    mario({
      posizione: 'CANCELLATO',
      cancellato_dal: day(on),
      motivo_cancellazione: '3',
      comune_destinazione: PLACES['B']!,
    });

  it('counts when its decorrenza lies within the agreed days before the situazione_al, and waits from its decorrenza', async () => {
    await province.begin('A', [gone('2024-12-01')]);
    await province.begin('B', []);
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2024-12-01 attesa 30']);
    await province.deliver('B', '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2024-12-01 attesa 61 segnalata']);
  });

  it('older, it makes nobody in transit and is not reported', async () => {
    await province.begin('A', [gone('2024-11-30')]);
    await province.begin('B', []);
    await province.deliver('B', '2025-02-28');
    expect(await province.findings('tutte')).toEqual([]);
    expect((await signals('2025-01-31')).in_transito).toBeNull();
  });

  it('pairs like any other, though it be old', async () => {
    await province.begin('A', [gone('2015-03-01')]);
    await province.begin('B', [
      asB(mario({ iscritto_dal: day('2015-03-09'), comune_provenienza: PLACES['A']! })),
    ]);
    expect(await province.findings()).toEqual(['DECORRENZE_DIVERSE A(B) A:S1 B:T1 2015-03-09']);
  });

  it('a move towards a comune that does not feed the system is awaited once it does', async () => {
    await province.begin('A', [mario()]);
    await province.deliver('A', '2025-01-31', leaves('a1', '2025-01-15', 'S1', 'C'));
    expect(await province.findings('tutte')).toEqual([]);
    await province.begin('C', [], '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE C(A) A:S1 2025-01-15 attesa 16']);
  });
});
