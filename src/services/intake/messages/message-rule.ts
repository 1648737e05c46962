/** What a message is made of. The catalogue itself is in messages-*.ts, one file for each kind of finding. */
import type { Severity } from '../../../kernel/findings.ts';

/** One sentence in both languages: Italian, English. */
export type Words = readonly [it: string, en: string];

/** What a message may name. All parts are text as the comune wrote it, shortened where it is shown. */
export interface MessageDetail {
  readonly file: string;
  /** '' where the finding is of the whole file. */
  readonly riga: string;
  readonly id_soggetto: string;
  readonly campo: string;
  readonly valore: string;
  readonly id_famiglia: string;
  readonly id_evento: string;
  /** What was expected in place of `valore`; '' where there is no one answer. */
  readonly atteso: string;
  /** The other row, person, family or event that the finding is about; '' for none. */
  readonly altro: string;
  /** The precise cause, where one code has many (SIP-001, SIP-002, SIP-102, SIP-202 …). */
  readonly perche: Words | null;
}

/** A code of tracciato.md 4: how grave it is, and what a clerk reads: what is wrong, then what to do. */
export interface MessageRule {
  readonly gravita: Severity;
  readonly it: (p: MessageDetail) => string;
  readonly en: (p: MessageDetail) => string;
}

const SHOWN = 80;

/** "«ROSSI»", cut where it is long; `none` where it is empty. */
export function quoted(text: string, none = ''): string {
  if (text === '') return none;
  return `«${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}»`;
}

/** The precise cause in Italian, or the general one. */
export const because = (p: MessageDetail, general: string): string => p.perche?.[0] ?? general;
/** The same in English. */
export const becauseEn = (p: MessageDetail, general: string): string => p.perche?.[1] ?? general;
/** " (si tratta di X)", where the other party is known. */
export const other = (p: MessageDetail, it: string): string =>
  p.altro === '' ? '' : ` (${it} ${quoted(p.altro)})`;
