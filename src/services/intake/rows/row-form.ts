/**
 * Form of one row (tracciato.md 4, "form of each row"): cells are read one by one into a record; what cannot be
 * read is a fault (E), a code outside its table a warning (W). One RowForm serves all rows of a file.
 */
import { type Day, type PartialDate, parseDay, parsePartialDate } from '../../../kernel/day.ts';
import type { TableName } from '../../../reference/code-tables.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type { Code } from '../../../registry/claims/records.ts';
import type { Words } from '../messages/message-rule.ts';
import type { FindingCode } from '../messages/messages.ts';
import type { FileSpec } from './file-specs.ts';

/** A finding about one field, before it is known where the row stands. */
export interface Fault {
  readonly codice: FindingCode;
  readonly campo: string;
  readonly valore: string;
  readonly perche?: Words;
  readonly altro?: string;
}

/** Faults that a door found while it made a table, by row: they set the row aside like those of its form. */
export type RowFaults = ReadonlyMap<number, readonly Fault[]>;
/** The same of every table, by its name. */
export type DoorFaults = ReadonlyMap<string, RowFaults>;

/** Characters of a cell whose length the page does not bound; what the indexes of the database can hold. Policy. */
export const MAX_TEXT = 255;

const NO_DATE: Words = ['non è una data AAAA-MM-GG che esista', 'it is not a date AAAA-MM-GG that exists'];
const NO_PARTIAL: Words = [
  'non è una data AAAA-MM-GG, AAAA-MM o AAAA che esista',
  'it is not a date AAAA-MM-GG, AAAA-MM or AAAA that exists',
];
const TOO_LONG: Words = ['il testo è troppo lungo', 'the text is too long'];
const NOT_IN_LIST: Words = ['il valore non è tra quelli ammessi', 'the value is not one of those allowed'];
const NO_COMUNE: Words = [
  'non è un codice ISTAT di comune, sei cifre',
  'it is not the ISTAT code of a comune, six digits',
];
const NO_STATE: Words = [
  'non è un codice ISTAT di Stato, tre cifre',
  'it is not the ISTAT code of a state, three digits',
];
const NO_NUMBER: Words = ['non è un numero intero', 'it is not a whole number'];

const NO_FAULTS: readonly Fault[] = [];

export class RowForm {
  readonly file: string;
  /** What codes and places are judged by. */
  readonly reference: Reference;
  riga = 0;
  cells: readonly string[] = [];
  /** Faults of the row at hand, in the order of its columns; empty when it is well formed. */
  faults: Fault[] = [];
  /** Warnings of the row at hand, reported only if it survives all checks. */
  warnings: Fault[] = [];
  readonly #names: readonly string[];
  readonly #found: RowFaults | null;
  #foundHere: readonly Fault[] = NO_FAULTS;

  /** @param found what a door has found already; null where rows came as they are */
  constructor(spec: FileSpec, reference: Reference, found: RowFaults | null = null) {
    this.file = spec.name;
    this.reference = reference;
    this.#found = found;
    this.#names = spec.columns.map((c) => c.name);
  }

  begin(riga: number, cells: readonly string[]): void {
    this.riga = riga;
    this.cells = cells;
    if (this.faults.length > 0) this.faults = [];
    if (this.warnings.length > 0) this.warnings = [];
    if (this.#found === null) return;
    this.#foundHere = this.#found.get(riga) ?? NO_FAULTS;
    if (this.#foundHere.length > 0) this.faults = [...this.#foundHere];
  }

  fault(codice: FindingCode, column: number, perche?: Words): null {
    const fault = { codice, campo: this.#names[column]!, valore: this.cells[column]! };
    // "One cause, one finding": the door left the cell empty, and said why.
    if (this.#foundHere.some(({ campo }) => campo === fault.campo)) return null;
    this.faults.push(perche === undefined ? fault : { ...fault, perche });
    return null;
  }

  warn(codice: FindingCode, column: number, more: { altro?: string; perche?: Words } = {}): void {
    this.warnings.push({ codice, campo: this.#names[column]!, valore: this.cells[column]!, ...more });
  }

  /** Notes a mandatory cell that is empty. */
  require(column: number): void {
    if (this.cells[column] === '') this.fault('SIP-101', column);
  }

  text(column: number, max = MAX_TEXT): string | null {
    const text = this.cells[column]!;
    if (text === '') return null;
    return text.length > max ? this.fault('SIP-102', column, TOO_LONG) : text;
  }

  day(column: number): Day | null {
    const text = this.cells[column]!;
    if (text === '') return null;
    return parseDay(text) ?? this.fault('SIP-102', column, NO_DATE);
  }

  date(column: number): PartialDate | null {
    const text = this.cells[column]!;
    if (text === '') return null;
    return parsePartialDate(text) ?? this.fault('SIP-102', column, NO_PARTIAL);
  }

  /** A value of a short list given in section 2 of the page. */
  oneOf<T extends string>(column: number, values: readonly T[]): T | null {
    const text = this.cells[column]!;
    if (text === '') return null;
    for (const value of values) if (value === text) return value;
    return this.fault('SIP-102', column, NOT_IN_LIST);
  }

  /** "1" marks the row; empty, or the 0 that some packages write, does not. */
  mark(column: number): boolean {
    const text = this.cells[column]!;
    if (text === '' || text === '0') return false;
    if (text !== '1') this.fault('SIP-102', column, NOT_IN_LIST);
    return true;
  }

  number(column: number): number | null {
    const text = this.cells[column]!;
    if (text === '') return null;
    return allDigits(text) && text.length <= 6 ? Number(text) : this.fault('SIP-102', column, NO_NUMBER);
  }

  comune(column: number): string | null {
    const text = this.cells[column]!;
    if (text === '') return null;
    return text.length === 6 && allDigits(text) ? text : this.fault('SIP-102', column, NO_COMUNE);
  }

  state(column: number): string | null {
    const text = this.cells[column]!;
    if (text === '') return null;
    return text.length === 3 && allDigits(text) ? text : this.fault('SIP-102', column, NO_STATE);
  }

  /** A code of a national table: outside it, a warning, and "~" with the raw value. */
  code(column: number, table: TableName, codice: FindingCode): Code | null {
    const text = this.cells[column]!;
    if (text === '') return null;
    return this.reference.isCode(table, text) ? text : this.#unknownCode(column, codice);
  }

  /** The same of a state, where a person is born or of which they are a citizen. */
  stateCode(column: number, codice: 'EC030' | 'EC036'): Code | null {
    const text = this.cells[column]!;
    if (text === '') return null;
    return this.reference.isState(text) ? text : this.#unknownCode(column, codice);
  }

  #unknownCode(column: number, codice: FindingCode): Code | null {
    const text = this.cells[column]!;
    if (text.length > MAX_TEXT) return this.fault('SIP-102', column, TOO_LONG);
    this.warn(codice, column);
    return `~${text}`;
  }
}

export function allDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
