/** Double residence (EA030) and the dead, across registers (registry.md, Reconciliation). A finding is written as `shortOf` writes it (province.ts). */
import { describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { annulment, event } from '../support/events.ts';
import { becomes, comes, dies, leaves } from '../support/province.ts';
import {
  ANNA,
  anna,
  asB,
  eachAnew,
  MARIO,
  mario,
  province,
  signals,
} from '../support/reconciled-province.ts';

eachAnew();

describe('double residence (EA030): two open registrations that no pending transfer explains', () => {
  it('the later decorrenza is current, the comune of the earlier must mend; each comune goes on counting its own', async () => {
    await province.begin('B', [asB(mario({ iscritto_dal: day('1990-01-01'), motivo_iscrizione: '1' }))]);
    await province.begin('A', [mario({ iscritto_dal: day('2001-05-05'), motivo_iscrizione: '4' })]);
    expect(await province.findings()).toEqual(['DOPPIA_RESIDENZA B(A) A:S1 B:T1 2001-05-05']);
    await province.deliver(
      'B',
      '2025-01-31',
      leaves('b1', '2001-05-05', 'T1', 'A', { registrazione: '2025-01-20' }),
    );
    expect(await province.findings('tutte')).toEqual([
      'DOPPIA_RESIDENZA B(A) A:S1 B:T1 2001-05-05 chiusa da B/2 b1',
    ]);
  });

  it('a chain of moves A to B to C, neither yet gone: both are pending, nobody is resident twice', async () => {
    await province.begin('A', [mario()]);
    await province.begin('B', []);
    await province.begin('C', []);
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-10', asB(mario()), 'A'));
    await province.deliver('C', '2025-01-31', comes('c1', '2025-01-25', mario({ id_soggetto: 'U1' }), 'B'));
    await province.deliver('A', '2025-01-31');
    expect(await province.findings()).toEqual([
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-10 attesa 21',
      'MANCA_CANCELLAZIONE B(C) B:T1 C:U1 2025-01-25 attesa 6',
    ]);
  });

  it('residence in two comuni on days gone by is a finding of its own (Invariants 1)', async () => {
    await province.begin('A', [mario({ iscritto_dal: day('1990-01-01'), motivo_iscrizione: '1' })]);
    await province.begin('B', [
      asB(
        mario({
          iscritto_dal: day('2001-01-01'),
          motivo_iscrizione: '4',
          posizione: 'CANCELLATO',
          cancellato_dal: day('2005-01-01'),
          motivo_cancellazione: '6',
        }),
      ),
    ]);
    expect(await province.findings()).toEqual(['RESIDENZE_SOVRAPPOSTE A(B) A:S1 B:T1 2001-01-01']);
  });

  it('two entries that turn out to be two people close it: the code of one was mistaken', async () => {
    await province.begin('A', [mario()]);
    await province.begin('B', [asB(mario({ iscritto_dal: day('2012-01-01'), motivo_iscrizione: '4' }))]);
    expect(await province.findings()).toEqual(['DOPPIA_RESIDENZA A(B) A:S1 B:T1 2012-01-01']);
    await province.deliver(
      'B',
      '2025-01-31',
      event('b1', 'GENERALITA', '2012-01-01', {
        id_soggetto: 'T1',
        motivo: 'RETTIFICA',
        columns: { codice_fiscale: 'RSSMRC80E04F257Z', validita_cf: '1' },
      }),
    );
    expect(await province.findings()).toEqual([]);
  });
});

describe('the dead', () => {
  it('dead in one register and resident in another on a later day: in conflict until it is settled', async () => {
    await province.begin('A', [mario()]);
    await province.begin('B', [asB(mario({ iscritto_dal: day('2012-01-01'), motivo_iscrizione: '4' }))]);
    await province.deliver('B', '2025-01-31', dies('b1', '2025-01-15', 'T1'));
    expect(await province.findings()).toContain('DECEDUTO_RESIDENTE A(B) A:S1 B:T1 2025-01-16');
    expect((await signals('2025-01-31')).in_conflitto).toBe(true);
    await province.deliver('A', '2025-01-31', dies('a1', '2025-01-15', 'S1'));
    expect((await province.findings()).filter((f) => f.startsWith('DECEDUTO'))).toEqual([]);
    expect((await signals('2025-01-31')).in_conflitto).toBe(false);
  });

  it('a spouse who died in another register: the comune of the survivor is told, and says so itself', async () => {
    await province.begin('A', [
      anna({ stato_civile: '2', stato_civile_dal: day('2005-06-01'), cf_coniuge: MARIO }),
    ]);
    await province.begin('B', [
      asB(mario({ stato_civile: '2', stato_civile_dal: day('2005-06-01'), cf_coniuge: ANNA })),
    ]);
    expect(await province.findings()).toEqual([]);
    await province.deliver('B', '2025-01-31', dies('b1', '2025-01-15', 'T1'));
    expect(await province.findings()).toEqual(['CONIUGE_DECEDUTO A(B) A:S2 B:T1 2025-01-15']);
    await province.deliver('A', '2025-02-28', becomes('a1', '2025-01-15', 'S2', '3'));
    expect(await province.findings('tutte')).toEqual([
      'CONIUGE_DECEDUTO A(B) A:S2 B:T1 2025-01-15 chiusa da A/2 a1',
    ]);
  });

  it('the spouse was named by number, moved away and died there; an annulled death closes it, its correction opens it again', async () => {
    const couple = { stato_civile: '2', stato_civile_dal: day('2005-06-01'), famiglia: 'F1' };
    await province.begin('A', [
      anna({ ...couple, id_coniuge: 'S1' }),
      mario({ ...couple, id_coniuge: 'S2', relazione: '2' }),
    ]);
    await province.begin('B', []);
    await province.deliver('A', '2025-01-31', leaves('a1', '2025-01-10', 'S1', 'B'));
    await province.deliver(
      'B',
      '2025-01-31',
      comes('b1', '2025-01-10', asB(mario({ stato_civile: '2', cf_coniuge: ANNA })), 'A'),
    );
    await province.deliver('B', '2025-02-28', dies('b2', '2025-02-03', 'T1'));
    expect(await province.findings()).toEqual(['CONIUGE_DECEDUTO A(B) A:S2 B:T1 2025-02-03']);
    await province.deliver(
      'B',
      '2025-03-31',
      annulment('b3', 'MORTE', '2025-02-03', { id_evento: 'b2' }, '2025-03-05'),
    );
    expect(await province.findings()).toEqual([]);
    await province.deliver(
      'B',
      '2025-04-30',
      dies('b4', '2025-02-04', 'T1', { registrazione: '2025-04-05' }),
    );
    expect(await province.findings()).toEqual(['CONIUGE_DECEDUTO A(B) A:S2 B:T1 2025-02-04']);
  });
});
