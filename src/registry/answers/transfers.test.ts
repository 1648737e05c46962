import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { type EntryFacts, emptyEntryFacts, type RegistrationFact } from './facts.ts';
import { movesOn, residenceOn } from './residence.ts';
import { speakers } from './speaking.ts';
import { type HalfSource, type TransferEvidence, transfersOf } from './transfers.ts';

const [A, B] = ['036001', '036002'];

function registration(
  from: string,
  to: string | null,
  change: Partial<RegistrationFact> = {},
): RegistrationFact {
  return {
    from: day(from),
    to: to === null ? null : day(to),
    eventId: 1,
    sourceRow: 1,
    recordedFrom: '',
    recordedTo: null,
    closedBy: null,
    comune: '',
    motivo_iscrizione: '1',
    comune_provenienza: null,
    stato_provenienza: null,
    motivo_cancellazione: null,
    comune_destinazione: null,
    stato_destinazione: null,
    end_event_id: null,
    ...change,
  };
}
const entry = (comune: string, ...registrations: RegistrationFact[]): EntryFacts => ({
  ...emptyEntryFacts(Number(comune), comune, 'S1'),
  registrations,
});
const left = (from: string, to: string, verso: string, event = 2): RegistrationFact =>
  registration(from, to, { motivo_cancellazione: '3', comune_destinazione: verso, end_event_id: event });
const came = (from: string, da: string, to: string | null = null): RegistrationFact =>
  registration(from, to, { motivo_iscrizione: '3', comune_provenienza: da, eventId: 3 });

const source = (change: Partial<HalfSource> = {}): HalfSource => ({
  fromFullSupply: false,
  registered: day('2025-02-01'),
  situazioneAl: day('2025-02-28'),
  ...change,
});
function evidence(told: string, half: Partial<HalfSource> = {}): TransferEvidence {
  return {
    sources: new Map([
      [2, source(half)],
      [3, source(half)],
    ]),
    situations: new Map([
      [A, day(told)],
      [B, day(told)],
    ]),
  };
}
const moves = (entries: EntryFacts[], d: string, e: TransferEvidence) =>
  movesOn(speakers(entries, day(d)), e, day(d));

describe('transfers between comuni (registry.md, Reconciliation)', () => {
  it('pairs the nearest halves, and not those of two moves', () => {
    const a = entry(A, left('1990-01-01', '2010-01-01', B), came('2015-01-01', B));
    const b = entry(B, came('2020-01-01', A));
    expect(transfersOf([a, b]).every((t) => t.departure === null || t.arrival === null)).toBe(true);
    const c = entry(B, came('2010-01-01', A, '2015-01-01'));
    expect(transfersOf([a, c]).some((t) => t.departure !== null && t.arrival !== null)).toBe(true);
  });

  it('gone from A and not yet in B: in transit', () => {
    const gone = [entry(A, left('1990-01-01', '2025-01-30', B))];
    expect(moves(gone, '2025-02-28', evidence('2025-02-28')).in_transito).toMatchObject({
      da: A,
      verso: B,
      giorni_di_attesa: 27,
      oltre_i_termini: false,
    });
    expect(moves(gone, '2025-01-29', evidence('2025-02-28')).in_transito).toBeNull();
    expect(moves(gone, '2025-02-28', evidence('2025-03-31')).in_transito?.oltre_i_termini).toBe(true);
  });

  it('nobody is in transit towards a comune that does not feed the system', () => {
    const gone = [entry(A, left('1990-01-01', '2025-01-30', '058091'))];
    expect(moves(gone, '2025-02-28', evidence('2025-02-28')).in_transito).toBeNull();
  });

  it('a half of a COMPLETA counts only within the agreed days before its situazione_al', () => {
    const old = { fromFullSupply: true, registered: null, situazioneAl: day('2024-12-31') };
    const gone = (to: string) => [entry(A, left('1990-01-01', to, B))];
    expect(moves(gone('2019-05-01'), '2025-01-15', evidence('2024-12-31', old)).in_transito).toBeNull();
    expect(moves(gone('2024-12-15'), '2025-01-15', evidence('2024-12-31', old)).in_transito).toMatchObject({
      giorni_di_attesa: 16,
    });
  });

  it('in B and not yet gone from A: pending, and no double residence until the agreed days are over', () => {
    const both = [entry(A, registration('1990-01-01', null)), entry(B, came('2025-01-20', A))];
    expect(moves(both, '2025-02-28', evidence('2025-02-28'))).toMatchObject({
      trasferimento_pendente: { da: A, verso: B },
      doppia_residenza: null,
    });
    expect(moves(both, '2025-02-28', evidence('2025-04-30'))).toMatchObject({
      trasferimento_pendente: null,
      doppia_residenza: { corrente: B, anche: [A] },
    });
    expect(residenceOn(speakers(both, day('2025-02-28')), day('2025-02-28')).comune).toBe(B);
  });

  it('two open registrations that nothing explains are a double residence (EA030): the later decorrenza is current', () => {
    const both = [entry(B, registration('1990-01-01', null)), entry(A, registration('2001-01-01', null))];
    expect(moves(both, '2025-02-28', evidence('2025-02-28')).doppia_residenza).toEqual({
      corrente: A,
      anche: [B],
    });
  });

  it('halves of one move with two decorrenze are told as such, not as a double residence', () => {
    const both = [entry(A, left('1990-01-01', '2025-01-25', B)), entry(B, came('2025-01-20', A))];
    expect(moves(both, '2025-01-22', evidence('2025-02-28'))).toMatchObject({
      doppia_residenza: null,
      decorrenze_diverse: true,
    });
  });
});
