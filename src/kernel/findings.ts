/**
 * Segnalazioni: what is wrong with what a comune sent. Values, collected and stored, never thrown.
 * Source: tracciato.md 4.
 */

/** B: the supply is refused whole; E: the record is set aside; W: loaded with a warning. */
export type Severity = 'B' | 'E' | 'W';

/** One finding, in the shape in which the comune reads it. */
export interface Finding {
  readonly codice: string;
  readonly gravita: Severity;
  /** The file it is about ("soggetti.csv"), or null where it is of the whole supply. */
  readonly file: string | null;
  /** Data row, or line of JSON, from 1; null where the finding is of the file. */
  readonly riga: number | null;
  /** As written by the comune, known or not; '' where the row names nobody. */
  readonly id_soggetto: string;
  readonly campo: string;
  readonly valore: string;
  /** Italian; the English text is made from the same catalogue (messages). */
  readonly messaggio: string;
  readonly messaggio_en: string;
  readonly id_famiglia?: string;
  readonly id_evento?: string;
  /** What else the reader needs: who acts as head, which event fell. */
  readonly dettaglio?: Readonly<Record<string, string | number | boolean>>;
}
