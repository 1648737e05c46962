/**
 * A finding of the reconciliation between comuni (registry.md): something that takes two registers to see. It stands on
 * an entry, belongs to the comune that must mend it, and concerns another. Pure.
 */
import type { Day } from '../../kernel/day.ts';

export type FindingKind =
  | 'MANCA_CANCELLAZIONE'
  | 'MANCA_ISCRIZIONE'
  | 'DECORRENZE_DIVERSE'
  | 'DOPPIA_RESIDENZA'
  | 'RESIDENZE_SOVRAPPOSTE'
  | 'SCHEDE_SOVRAPPOSTE'
  | 'DECEDUTO_RESIDENTE'
  | 'INTESTATARIO_ALTROVE'
  | 'CONIUGE_DECEDUTO'
  | 'CONIUGI_DISCORDI'
  | 'GENERALITA_DISCORDI'
  | 'STATO_CIVILE_DISCORDE'
  | 'CITTADINANZA_DISCORDE'
  | 'GENITORI_DISCORDI'
  | 'CODICE_OMOCODICO';

/** A finding that the facts ask for, before it is known whether it is open already. */
export interface WantedFinding {
  readonly kind: FindingKind;
  /** The entry whose statement it stands on. */
  readonly entryId: number;
  /** The entry of the other register, where there is one. */
  readonly otherEntryId: number | null;
  /** The comune that must mend it. */
  readonly owner: string;
  /** The other comune concerned, which is told too. */
  readonly other: string;
  /** The day it is about. */
  readonly about: Day;
  /** Of a half that came alone: from when the other is awaited. */
  readonly waitsFrom: Day | null;
  /** The event that made the statement. */
  readonly eventId: number | null;
  /** What else the message says. */
  readonly detail: Readonly<Record<string, string>>;
}

/** What makes it this finding and no other of its entry: one that changes is closed, and another opened. */
export function findingKey(f: WantedFinding): string {
  const detail = Object.entries(f.detail)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return [f.kind, f.otherEntryId ?? '', f.owner, f.other, f.about, f.waitsFrom ?? '', ...detail].join(' ');
}
