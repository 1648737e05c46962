/**
 * Rows that a door made of files that are not the page's tables: findings and rows set aside keep the names of the tables, by which
 * everything after goes (what closes, what waits), and say beside them where the comune finds the row.
 */
import type { Finding } from '../../kernel/findings.ts';
import type { EntryBundle, HouseholdLookup, HouseholdRecord } from '../../registry/claims/records.ts';
import type { EventLine } from '../../registry/events/event-line.ts';
import type { SetAsideRow, SupplySink } from '../../registry/supplies/supply-sink.ts';

/** Where a row was before it was made into one of a table. */
export interface RowOrigin {
  /** The file as it was sent. */
  readonly file: string;
  /** From 1: the ordinal of the record among those of its kind in the file; of a text its line, of a sheet its row. */
  readonly record: number;
  /** The field as the comune calls it; '' or absent where it cannot be told. */
  readonly campo?: string;
}

export interface RowOrigins {
  /** Null where the row came from no one place. */
  of(table: string, riga: number, campo: string): RowOrigin | null;
  /** The record as it was sent; null where it cannot be told, and the row of the table stands for it. */
  raw(table: string, riga: number): string | null;
}

/** Adds to what is reported and set aside where it came from (`origine_file`, `origine_record`, `origine_campo`). */
export class OriginSink implements SupplySink {
  readonly #into: SupplySink;
  readonly #origins: RowOrigins;

  constructor(into: SupplySink, origins: RowOrigins) {
    this.#into = into;
    this.#origins = origins;
  }

  household(record: HouseholdRecord): void {
    this.#into.household(record);
  }

  entry(bundle: EntryBundle, households: HouseholdLookup): void {
    this.#into.entry(bundle, households);
  }

  event(line: EventLine): void {
    this.#into.event(line);
  }

  finding(finding: Finding): void {
    const { file, riga } = finding;
    const origin = file === null || riga === null ? null : this.#origins.of(file, riga, finding.campo);
    if (origin === null) this.#into.finding(finding);
    else
      this.#into.finding({
        ...finding,
        dettaglio: {
          ...finding.dettaglio,
          origine_file: origin.file,
          origine_record: origin.record,
          ...(origin.campo === undefined || origin.campo === '' ? {} : { origine_campo: origin.campo }),
        },
      });
  }

  setAside(row: SetAsideRow): void {
    this.#into.setAside({ ...row, raw: this.#origins.raw(row.file, row.riga) ?? row.raw });
  }
}
