/** A line of eventi.jsonl as the intake hands it over, and what became of it. */
import type { Finding } from '../../kernel/findings.ts';
import type { EventFault } from './applier.ts';
import type { EventRecord } from './event-records.ts';

export interface EventLine {
  /** Line of the file, from 1. */
  readonly riga: number;
  /** '' where the line has none. */
  readonly idEvento: string;
  /** SHA-256 of the line's content, whatever the order of its keys: the same content gives the same digest. */
  readonly digest: string;
  readonly raw: string;
  /** Null where the form is at fault: the line is set aside with `findings`. */
  readonly event: EventRecord | null;
  /** Of the form (E), and of the rows that came with the event (W). */
  readonly findings: readonly Finding[];
}

export interface AppliedLine {
  readonly kind: 'applied';
  readonly eventId: number;
  readonly fell: readonly FallenEvent[];
  /** What had fallen with a correction that is annulled now, and stands again. */
  readonly restored: readonly FallenEvent[];
  /** The id_evento of what stood set aside and is taken back by this annulment. */
  readonly withdrawn?: string;
}

export type LineOutcome =
  | AppliedLine
  | { readonly kind: 'set-aside'; readonly faults: readonly EventFault[] }
  /** The same id_evento with the same content (SIP-209): read, reported, and nothing else. */
  | { readonly kind: 'repeated' }
  /** The same id_evento with other content (SIP-208). */
  | { readonly kind: 'clashing' };

/** An event that stood on what an annulment took away (SIP-206). */
export interface FallenEvent {
  readonly eventId: number;
  readonly idEvento: string;
  readonly progressivo: number;
  readonly idSoggetto: string;
}
