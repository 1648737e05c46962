/** Rows of one subject on their way through the checks: well formed, and standing until one of them sets them aside. */

import type { FindingCode, Where } from '../messages/messages.ts';
import type { FileSpec } from '../rows/file-specs.ts';
import type { Fault } from '../rows/row-form.ts';
import type { Tally } from './tally.ts';

export interface HeldRow<T> {
  readonly record: T;
  readonly riga: number;
  readonly raw: string;
  /** Reported only if the row stands to the end. */
  readonly warnings: readonly Fault[];
  stands: boolean;
}

const NONE: readonly Fault[] = [];

/** The rows of one file that one subject has, in their order. */
export class HeldRows<T> {
  readonly file: string;
  readonly rows: HeldRow<T>[] = [];
  readonly #tally: Tally;
  #id = '';

  constructor(spec: FileSpec, tally: Tally) {
    this.file = spec.name;
    this.#tally = tally;
  }

  begin(idSoggetto: string): void {
    this.#id = idSoggetto;
    this.rows.length = 0;
  }

  hold(record: T, riga: number, raw: string, warnings: readonly Fault[]): void {
    // The form goes on to fill an empty list with what the next row gives.
    this.rows.push({ record, riga, raw, warnings: warnings.length === 0 ? NONE : warnings, stands: true });
  }

  /** Falls as it comes, and is not kept. */
  turnAway(riga: number, raw: string, codice: FindingCode, what: Where): void {
    this.#tally.report(codice, { file: this.file, riga, id_soggetto: this.#id, ...what });
    this.#tally.setAside(this.file, riga, this.#id, codice, raw);
  }

  /** Falls with a finding of its own. */
  reject(row: HeldRow<T>, codice: FindingCode, what: Where): void {
    this.#tally.report(codice, { file: this.file, riga: row.riga, id_soggetto: this.#id, ...what });
    this.drop(row, codice);
  }

  /** Falls with another row, or for what another finding explains: no finding of its own. */
  drop(row: HeldRow<T>, codice: FindingCode): void {
    row.stands = false;
    this.#tally.setAside(this.file, row.riga, this.#id, codice, row.raw);
  }

  /** All that stand fall with their subject. */
  dropAll(): void {
    for (const row of this.rows) if (row.stands) this.drop(row, 'SIP-104');
  }

  /** Warnings of the rows that stood; gives their records. */
  finish(more: (record: T) => Where): T[] {
    const records: T[] = [];
    for (const row of this.rows) {
      if (!row.stands) continue;
      records.push(row.record);
      for (const warning of row.warnings)
        this.#tally.report(warning.codice, {
          file: this.file,
          riga: row.riga,
          id_soggetto: this.#id,
          ...more(row.record),
          ...warning,
        });
    }
    return records;
  }
}
