/** Where the checks of a supply put what came of it. */
import type { Finding } from '../../kernel/findings.ts';
import type { EntryBundle, HouseholdLookup, HouseholdRecord } from '../claims/records.ts';
import type { EventLine } from '../events/event-line.ts';

/** A row set aside, raw as it stood in the file, with the finding that keeps it out (tracciato.md 4, "Record set aside"). */
export interface SetAsideRow {
  readonly file: string;
  readonly riga: number;
  /** As written; '' where the row names no subject (a household, or a cell that is empty). */
  readonly id_soggetto: string;
  readonly codice: string;
  readonly raw: string;
}

/**
 * Takes what came of the checks. Called for every household first, then for every subject; findings and set-aside rows
 * come in between as they are found, always in the same order for the same bytes.
 */
export interface SupplySink {
  household(record: HouseholdRecord): void;
  entry(bundle: EntryBundle, households: HouseholdLookup): void;
  finding(finding: Finding): void;
  setAside(row: SetAsideRow): void;
  /** Of a supply of changes: each line, in order. */
  event(line: EventLine): void;
}
