/** Why the file of a package cannot be read as its mapping says; and what rows of such files are. */
import type { Words } from '../messages/message-rule.ts';

/** The supply is refused whole (tracciato.md 4): SIP-010 a column, SIP-011 the text, SIP-012 the structure, SIP-001 a workbook. */
export interface SourceFault {
  readonly codice: 'SIP-001' | 'SIP-010' | 'SIP-011' | 'SIP-012';
  /** Of the file as an editor counts them, from 1; null where it is of no line. */
  readonly line: number | null;
  readonly campo?: string;
  readonly perche: Words;
  /** The encoding that the mapping names, for the advice. */
  readonly encoding?: string;
}

export interface RowHandler {
  /** Takes the names of the columns, once and first. @returns why they will not do, or null */
  header(names: readonly string[]): SourceFault | null;
  /**
   * Takes a row; the array may be used again for the next. False stops the reading.
   * @param line of the file, from 1; of a sheet, its own number
   * @param record place of its type among those of the mapping; 0 where there are none
   * @param plain no field can hold what CSV must quote
   */
  row(fields: readonly string[], line: number, record: number, plain: boolean): boolean | undefined;
}
