/**
 * The households of one file: judged as they are read, then kept as their cells, off the heap, and read
 * again where a member asks. A household falls by its own row alone (docs/adr/0003): by form, SIP-103 or SIP-106.
 */
import { certainlyBefore, type Day } from '../../../kernel/day.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type { HouseholdRecord } from '../../../registry/claims/records.ts';
import type { SupplySink } from '../../../registry/supplies/supply-sink.ts';
import { scanTable } from '../archive/csv.ts';
import type { RowBytes } from '../rows/csv-rows.ts';
import { CONVIVENZE, FAMIGLIE, type FileSpec } from '../rows/file-specs.ts';
import { C, F, readConvivenza, readFamiglia } from '../rows/form-households.ts';
import { type DoorFaults, MAX_TEXT, RowForm } from '../rows/row-form.ts';
import { RowReader, rowText } from '../rows/row-reader.ts';
import { IdTable } from './id-table.ts';
import { IntColumn } from './int-column.ts';
import type { Tally } from './tally.ts';

/** What is known of an identifier of a household. */
const BAD_FORM = 1;
const STANDS = 2;
const FELL = 3;

/** No subject is named; one is who is not in the file. */
export const NOBODY = -1;
export const UNKNOWN = -2;

/** Between the cells of a row that is kept: no file may hold one (SIP-011). */
const SEPARATOR = '\0';

/** Rows are kept in blocks of this many bytes, so that none is ever copied to a larger place. */
const BLOCK = 256 * 1024;

interface Kind {
  readonly spec: FileSpec;
  readonly read: (f: RowForm) => HouseholdRecord;
  readonly id: number;
  readonly al: number;
  readonly named: number;
  readonly specie: number;
}

const KINDS: Readonly<Record<'famiglia' | 'convivenza', Kind>> = {
  famiglia: {
    spec: FAMIGLIE,
    read: readFamiglia,
    id: F.id_famiglia,
    al: F.al,
    named: F.id_intestatario,
    specie: F.specie,
  },
  convivenza: {
    spec: CONVIVENZE,
    read: readConvivenza,
    id: C.id_convivenza,
    al: C.al,
    named: C.id_responsabile,
    specie: C.specie,
  },
};

export class HouseholdStore {
  readonly kind: 'famiglia' | 'convivenza';
  readonly ids = new IdTable();
  readonly #state = new IntColumn();
  /** Where the row lies: its block, and from where to where. */
  readonly #block = new IntColumn();
  readonly #starts = new IntColumn();
  readonly #ends = new IntColumn();
  readonly #rows = new IntColumn();
  readonly #named = new IntColumn();
  readonly #open = new IntColumn();
  readonly #form: RowForm;
  #reader: RowReader | null = null;
  readonly #blocks: Buffer[] = [];
  /** Bytes left in the last block. */
  #room = 0;
  #situazioneAl: Day | null = null;
  /** The household read last: the members of a bundle mostly share one. */
  #last = -1;
  #lastRecord: HouseholdRecord | null = null;

  constructor(kind: 'famiglia' | 'convivenza', reference: Reference, found: DoorFaults | null = null) {
    this.kind = kind;
    const { spec } = KINDS[kind];
    this.#form = new RowForm(spec, reference, found?.get(spec.name) ?? null);
  }

  get file(): string {
    return KINDS[this.kind].spec.name;
  }

  /** Reads and judges the file; what stands goes to the sink. @returns rows read */
  load(path: string, subjects: IdTable, situazioneAl: Day, sink: SupplySink, tally: Tally): number {
    this.#situazioneAl = situazioneAl;
    const { spec } = KINDS[this.kind];
    return scanTable(path, spec, (row, places) => {
      if (places !== undefined) this.#reader = new RowReader(spec, places);
      else this.#judge(row, subjects, sink, tally);
      return true;
    }).rows;
  }

  #judge(row: RowBytes, subjects: IdTable, sink: SupplySink, tally: Tally): void {
    const { spec, read, id: idColumn, al, named } = KINDS[this.kind];
    const raw = rowText(row);
    const f = this.#form;
    f.begin(row.riga, this.#reader!.cells(raw));
    const id = f.cells[idColumn]!;
    // One that is too long is malformed (SIP-102), and so is every row that points at it.
    const index = id === '' || id.length > MAX_TEXT ? -1 : this.ids.addText(id);
    const record = read(f);
    const where = { file: spec.name, riga: row.riga, id_famiglia: id };
    const first = f.faults[0];
    if (first !== undefined) {
      if (index >= 0 && this.#state.get(index) === 0) this.#state.set(index, BAD_FORM);
      for (const fault of f.faults) tally.report(fault.codice, { ...where, ...fault });
      tally.setAside(spec.name, row.riga, '', first.codice, raw);
      return;
    }
    if (this.#state.get(index) > BAD_FORM) {
      tally.report('SIP-103', { ...where, campo: spec.columns[idColumn]!.name, valore: id });
      tally.setAside(spec.name, row.riga, '', 'SIP-103', raw);
      return;
    }
    if (record.al !== null && certainlyBefore(record.al, record.dal)) {
      this.#state.set(index, FELL);
      tally.report('SIP-106', { ...where, campo: 'al', valore: f.cells[al]!, altro: record.dal });
      tally.setAside(spec.name, row.riga, '', 'SIP-106', raw);
      return;
    }
    this.#state.set(index, STANDS);
    this.#keep(index, row.riga, f.cells.join(SEPARATOR));
    this.#open.set(index, record.al === null || record.al > this.#situazioneAl! ? 1 : 0);
    this.#named.set(index, NOBODY);
    for (const warning of f.warnings) tally.report(warning.codice, { ...where, ...warning });
    if (record.id_intestatario !== null) {
      const who = subjects.findText(record.id_intestatario);
      this.#named.set(index, who < 0 ? UNKNOWN : who);
      if (who < 0)
        tally.report('SIP-134', {
          ...where,
          campo: spec.columns[named]!.name,
          valore: record.id_intestatario,
        });
    }
    sink.household(record);
  }

  /** Keeps the columns of the page: others may be as long as they like. */
  #keep(index: number, riga: number, cells: string): void {
    const length = Buffer.byteLength(cells);
    if (this.#room < length) {
      this.#room = Math.max(BLOCK, length);
      this.#blocks.push(Buffer.allocUnsafe(this.#room));
    }
    const block = this.#blocks.at(-1)!;
    const start = block.length - this.#room;
    block.write(cells, start);
    this.#room -= length;
    this.#block.set(index, this.#blocks.length - 1);
    this.#starts.set(index, start);
    this.#ends.set(index, start + length);
    this.#rows.set(index, riga);
  }

  stands(index: number): boolean {
    return this.#state.get(index) === STANDS;
  }

  /** Open at the end of the supply's last day, as far as its row says. */
  isOpen(index: number): boolean {
    return this.#open.get(index) === 1;
  }

  rigaOf(index: number): number {
    return this.#rows.get(index);
  }

  /** Number of the subject named as intestatario or responsabile; NOBODY or UNKNOWN. */
  namedBy(index: number): number {
    return this.#named.get(index);
  }

  /** The record of a household that stands. */
  record(index: number): HouseholdRecord {
    if (this.#last !== index || this.#lastRecord === null) {
      const block = this.#blocks[this.#block.get(index)]!;
      const text = block.toString('utf8', this.#starts.get(index), this.#ends.get(index));
      this.#form.begin(this.#rows.get(index), text.split(SEPARATOR));
      this.#lastRecord = KINDS[this.kind].read(this.#form);
      this.#last = index;
    }
    return this.#lastRecord;
  }

  /** Does the file have this address column at all? @param at from 0, `specie` */
  hasAddressColumn(at: number): boolean {
    return this.#reader!.has(KINDS[this.kind].specie + at);
  }

  get(id: string): HouseholdRecord | undefined {
    const index = this.ids.findText(id);
    return index >= 0 && this.stands(index) ? this.record(index) : undefined;
  }
}
