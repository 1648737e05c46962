/** What became of the rows of a supply, counted by file, and where findings go (tracciato.md 4, "Outcome"). */
import type { Finding } from '../../../kernel/findings.ts';
import type { SupplySink } from '../../../registry/supplies/supply-sink.ts';
import type { FindingCode, Where } from '../messages/messages.ts';
import { finding } from '../messages/messages.ts';
import { IntColumn } from './int-column.ts';

export type Counts = Record<string, number>;

export class Tally {
  /** Rows set aside. */
  readonly scartate: Counts = {};
  /** Rows with a finding, set aside or not. */
  readonly segnalate: Counts = {};
  /** Findings of any gravity so far. */
  findings = 0;
  /** Of each file, the rows that were reported: each counts once, however many findings it has. */
  readonly #reported = new Map<string, IntColumn>();
  readonly #sink: SupplySink;

  constructor(sink: SupplySink) {
    this.#sink = sink;
  }

  report(codice: FindingCode, where: Where): void {
    this.pass(finding(codice, where));
  }

  pass(made: Finding): void {
    this.findings++;
    this.#sink.finding(made);
    if (made.file === null || made.riga === null) return;
    let rows = this.#reported.get(made.file);
    if (rows === undefined) {
      rows = new IntColumn();
      this.#reported.set(made.file, rows);
    }
    // One bit a row: 31 of them in a number, so that none is negative.
    const place = Math.floor(made.riga / 31);
    const bit = 1 << (made.riga % 31);
    const bits = rows.get(place);
    if ((bits & bit) !== 0) return;
    rows.set(place, bits | bit);
    this.segnalate[made.file] = (this.segnalate[made.file] ?? 0) + 1;
  }

  setAside(file: string, riga: number, idSoggetto: string, codice: string, raw: string): void {
    this.scartate[file] = (this.scartate[file] ?? 0) + 1;
    this.#sink.setAside({ file, riga, id_soggetto: idSoggetto, codice, raw });
  }
}
