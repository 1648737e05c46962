/** Who is in each household of one kind at the end of the last day, in compact columns (tracciato.md 4, EF004 to EF010, SIP-135). */
import type { LegameRecord } from '../../../registry/claims/records.ts';
import { type HouseholdStore, NOBODY, UNKNOWN } from './household-store.ts';
import type { IdTable } from './id-table.ts';
import { IntColumn } from './int-column.ts';
import type { Tally } from './tally.ts';

/** Somebody fell who was in the household: that explains why nobody, or no intestatario, is found in it. */
const LOST_MEMBER = 1;
const LOST_HEAD = 2;
/** A member whose kinship is not in the table may be the intestatario. */
const UNKNOWN_KIN = 4;

export class HouseholdMembers {
  readonly #store: HouseholdStore;
  readonly #count = new IntColumn();
  readonly #heads = new IntColumn();
  /** Number of the subject with relazione 1, plus 1. */
  readonly #head = new IntColumn();
  readonly #marks = new IntColumn();
  /** Four numbers each: household, progressivo, row, subject. */
  readonly #progressivi = new IntColumn();
  #numbered = 0;

  constructor(store: HouseholdStore) {
    this.#store = store;
  }

  /** A member of today, who stands. */
  join(household: number, subject: number, legame: LegameRecord): void {
    this.#count.add(household, 1);
    if (legame.relazione === '1') {
      this.#heads.add(household, 1);
      this.#head.set(household, subject + 1);
    } else if (legame.relazione.startsWith('~')) this.#mark(household, UNKNOWN_KIN);
    if (legame.progressivo !== null && this.#store.kind === 'famiglia')
      for (const n of [household, legame.progressivo, legame.riga, subject])
        this.#progressivi.set(this.#numbered++, n);
  }

  /** A membership of today that was set aside. @param relazione as written */
  lose(household: number, relazione: string): void {
    this.#mark(household, relazione === '1' || relazione === '' ? LOST_MEMBER | LOST_HEAD : LOST_MEMBER);
  }

  #mark(household: number, mark: number): void {
    this.#marks.set(household, this.#marks.get(household) | mark);
  }

  /** Everything about households that takes all members to see. */
  report(subjects: IdTable, stands: (subject: number) => boolean, tally: Tally): void {
    for (let h = 0; h < this.#store.ids.size; h++)
      if (this.#store.stands(h) && this.#store.isOpen(h)) this.#reportOne(h, subjects, stands, tally);
    this.#reportProgressivi(subjects, tally);
  }

  #reportOne(h: number, subjects: IdTable, stands: (subject: number) => boolean, tally: Tally): void {
    const store = this.#store;
    const heads = this.#heads.get(h);
    const marks = this.#marks.get(h);
    const where = (): { file: string; riga: number; id_famiglia: string } => ({
      file: store.file,
      riga: store.rigaOf(h),
      id_famiglia: store.ids.text(h),
    });
    const famiglia = store.kind === 'famiglia';
    if (this.#count.get(h) === 0) {
      if (famiglia && marks === 0) tally.report('EF010', where());
    } else if (heads === 0) {
      const explained = (marks & LOST_HEAD) !== 0 || (marks & UNKNOWN_KIN) !== 0;
      if (famiglia && !explained) tally.report('EF008', where());
    } else if (heads > 1) tally.report('EF009', where());
    else {
      const named = store.namedBy(h);
      if (named === NOBODY || named === UNKNOWN || named === this.#head.get(h) - 1 || !stands(named)) return;
      tally.report('SIP-135', {
        ...where(),
        campo: famiglia ? 'id_intestatario' : 'id_responsabile',
        valore: subjects.text(named),
        altro: subjects.text(this.#head.get(h) - 1),
      });
    }
  }

  /** EF004: of two equal progressivi in a family, the later row. */
  #reportProgressivi(subjects: IdTable, tally: Tally): void {
    const at = (place: number): number => this.#progressivi.get(place);
    const order = new Uint32Array(this.#numbered / 4).map((_, i) => 4 * i);
    order.sort((a, b) => at(a) - at(b) || at(a + 1) - at(b + 1) || at(a + 2) - at(b + 2));
    for (let i = 1; i < order.length; i++) {
      const before = order[i - 1]!;
      const here = order[i]!;
      if (at(before) !== at(here) || at(before + 1) !== at(here + 1)) continue;
      tally.report('EF004', {
        file: 'legami.csv',
        riga: at(here + 2),
        id_soggetto: subjects.text(at(here + 3)),
        id_famiglia: this.#store.ids.text(at(here)),
        campo: 'progressivo',
        valore: String(at(here + 1)),
        altro: subjects.text(at(before + 3)),
      });
    }
  }
}
