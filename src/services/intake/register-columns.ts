/** What the whole register must be seen for, in compact columns by number of subject (tracciato.md 4, SIP-132). */
import type { SoggettoRecord } from '../../registry/records.ts';
import type { IdTable } from './id-table.ts';
import { IntColumn } from './int-column.ts';
import type { Tally } from './tally.ts';

/** A spouse named by an id that the register does not have: SIP-134 says so already. */
const UNKNOWN_SPOUSE = -1;

export class RegisterColumns {
  readonly #subjects: IdTable;
  /** Row of soggetti.csv of who stands, else 0. */
  readonly #riga = new IntColumn();
  readonly #resident = new IntColumn();
  /** Number of the spouse named by id, plus 1; 0 where none is. */
  readonly #spouse = new IntColumn();

  constructor(subjects: IdTable) {
    this.#subjects = subjects;
  }

  note(subject: number, s: SoggettoRecord): void {
    this.#riga.set(subject, s.riga);
    if (s.posizione === 'RESIDENTE') this.#resident.set(subject, 1);
    if (s.id_coniuge !== null) {
      const spouse = this.#subjects.findText(s.id_coniuge);
      this.#spouse.set(subject, spouse < 0 ? UNKNOWN_SPOUSE : spouse + 1);
    }
  }

  readonly stands = (subject: number): boolean => this.#riga.get(subject) > 0;

  report(tally: Tally): void {
    for (let a = 0; a < this.#subjects.size; a++) {
      const b = this.#spouse.get(a) - 1;
      if (b >= 0 && this.stands(a)) this.#reportCouple(a, b, tally);
    }
  }

  /** SIP-132, on the later row of the two. What a register says of who died or left is stale, and contradicts nobody. */
  #reportCouple(a: number, b: number, tally: Tally): void {
    if (this.#resident.get(a) === 0 || this.#resident.get(b) === 0) return;
    const named = this.#spouse.get(b);
    if (named === a + 1 || named === UNKNOWN_SPOUSE) return;
    const later = this.#riga.get(a) > this.#riga.get(b) ? a : b;
    const names = this.#spouse.get(later);
    tally.report('SIP-132', {
      file: 'soggetti.csv',
      riga: this.#riga.get(later),
      id_soggetto: this.#subjects.text(later),
      campo: 'id_coniuge',
      valore: names > 0 ? this.#subjects.text(names - 1) : '',
      altro: this.#subjects.text(later === a ? b : a),
    });
  }
}
