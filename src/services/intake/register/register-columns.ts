/**
 * What the whole register must be seen for, in compact columns by number of subject: codes repeated, base and
 * omocodic forms, couples (tracciato.md 4: SIP-123, EA036, SIP-132).
 */
import { baseFormOf, type DefinitiveCode } from '../../../kernel/codice-fiscale.ts';
import type { SoggettoRecord } from '../../../registry/claims/records.ts';
import type { FindingCode } from '../messages/messages.ts';
import { IdTable } from './id-table.ts';
import { IntColumn } from './int-column.ts';
import type { Tally } from './tally.ts';

/** A spouse named by an id that the register does not have: SIP-134 says so already. */
const UNKNOWN_SPOUSE = -1;

export class RegisterColumns {
  readonly #subjects: IdTable;
  readonly #codes = new IdTable();
  /** Row of soggetti.csv of who stands, else 0. */
  readonly #riga = new IntColumn();
  readonly #resident = new IntColumn();
  /** By subject, numbers of codes plus 1; 0 where there is none. */
  readonly #code = new IntColumn();
  readonly #base = new IntColumn();
  /** Number of the spouse named by id, plus 1; 0 where none is. */
  readonly #spouse = new IntColumn();
  readonly #spouseCode = new IntColumn();

  constructor(subjects: IdTable) {
    this.#subjects = subjects;
  }

  /** @param code of the subject, where it is definitive and sound */
  note(subject: number, s: SoggettoRecord, code: DefinitiveCode | null): void {
    this.#riga.set(subject, s.riga);
    if (s.posizione === 'RESIDENTE') this.#resident.set(subject, 1);
    if (s.codice_fiscale !== null) this.#code.set(subject, this.#codes.addText(s.codice_fiscale) + 1);
    if (code !== null) this.#base.set(subject, this.#codes.addText(baseFormOf(code)) + 1);
    if (s.id_coniuge !== null) {
      const spouse = this.#subjects.findText(s.id_coniuge);
      this.#spouse.set(subject, spouse < 0 ? UNKNOWN_SPOUSE : spouse + 1);
    } else if (s.cf_coniuge !== null) this.#spouseCode.set(subject, this.#codes.addText(s.cf_coniuge) + 1);
  }

  readonly stands = (subject: number): boolean => this.#riga.get(subject) > 0;

  report(tally: Tally): void {
    this.#reportRepeated(tally);
    this.#reportOmocodic(tally);
    this.#reportCouples(tally);
  }

  /** SIP-123, on every later row of residents that have one code. */
  #reportRepeated(tally: Tally): void {
    const holders = this.#firstByCode((subject) =>
      this.#resident.get(subject) === 1 ? this.#code.get(subject) : 0,
    );
    for (let subject = 0; subject < this.#subjects.size; subject++) {
      const code = this.#code.get(subject);
      if (code === 0 || this.#resident.get(subject) === 0) continue;
      const holder = holders.get(code) - 1;
      if (holder !== subject) this.#report('SIP-123', subject, holder, this.#codes.text(code - 1), tally);
    }
  }

  /** EA036, on a later row than the first that has the code in its other form. */
  #reportOmocodic(tally: Tally): void {
    const isBase = (subject: number): boolean => this.#code.get(subject) === this.#base.get(subject);
    const bases = this.#firstByCode((subject) => (isBase(subject) ? this.#base.get(subject) : 0));
    const variants = this.#firstByCode((subject) => (isBase(subject) ? 0 : this.#base.get(subject)));
    for (let subject = 0; subject < this.#subjects.size; subject++) {
      const base = this.#base.get(subject);
      if (base === 0) continue;
      const other = (isBase(subject) ? variants : bases).get(base) - 1;
      if (other < 0 || this.#riga.get(other) > this.#riga.get(subject)) continue;
      this.#report('EA036', subject, other, this.#codes.text(this.#code.get(subject) - 1), tally);
    }
  }

  /** By number of a code, the subject of the earliest row that has it, plus 1. */
  #firstByCode(codeOf: (subject: number) => number): IntColumn {
    const first = new IntColumn();
    for (let subject = 0; subject < this.#subjects.size; subject++) {
      const code = codeOf(subject);
      if (code === 0) continue;
      const held = first.get(code) - 1;
      if (held < 0 || this.#riga.get(subject) < this.#riga.get(held)) first.set(code, subject + 1);
    }
    return first;
  }

  #report(codice: FindingCode, subject: number, other: number, valore: string, tally: Tally): void {
    tally.report(codice, {
      file: 'soggetti.csv',
      riga: this.#riga.get(subject),
      id_soggetto: this.#subjects.text(subject),
      campo: 'codice_fiscale',
      valore,
      altro: this.#subjects.text(other),
    });
  }

  /** SIP-132, on the later row of the two. What a register says of who died or left is stale, and contradicts nobody. */
  #reportCouples(tally: Tally): void {
    const holders = this.#firstByCode((subject) =>
      this.#resident.get(subject) === 1 ? this.#code.get(subject) : 0,
    );
    for (let a = 0; a < this.#subjects.size; a++) {
      if (this.#resident.get(a) === 0) continue;
      const b = this.#spouseOf(a, holders);
      if (b < 0 || b === a || this.#resident.get(b) === 0) continue;
      if (this.#spouse.get(b) === UNKNOWN_SPOUSE || this.#spouseOf(b, holders) === a) continue;
      const later = this.#riga.get(a) > this.#riga.get(b) ? a : b;
      const named = this.#spouse.get(later);
      tally.report('SIP-132', {
        file: 'soggetti.csv',
        riga: this.#riga.get(later),
        id_soggetto: this.#subjects.text(later),
        campo: 'id_coniuge',
        valore: named > 0 ? this.#subjects.text(named - 1) : '',
        altro: this.#subjects.text(later === a ? b : a),
      });
    }
  }

  /** The subject named as spouse, by id or else by code; -1 where nobody of this register is. */
  #spouseOf(subject: number, holders: IntColumn): number {
    const spouse = this.#spouse.get(subject);
    if (spouse !== 0) return spouse - 1;
    const code = this.#spouseCode.get(subject);
    return code === 0 ? -1 : holders.get(code) - 1;
  }
}
