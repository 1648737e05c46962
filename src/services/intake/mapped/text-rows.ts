/** Rows of delimited files and of files of fixed width. */
import type { Words } from '../messages/message-rule.ts';
import type { Position, SourceSpec } from './schema.ts';
import type { RowHandler, SourceFault } from './source-fault.ts';
import { eachLine, MAX_LINE } from './text-lines.ts';

/** Ten times the widest file of the page. */
const MAX_FIELDS = 1024;

/** Lines of one row, for a text that holds line ends. Each further line has the row looked at again. */
const MAX_LINES = 100;

const STRAY_QUOTE: Words = [
  'virgolette in mezzo a un campo; se il programma non racchiude i testi, nella mappatura serve virgolette: nessuna',
  'a quote in the middle of a field; where the software does not enclose texts, the mapping needs virgolette: nessuna',
];
const OPEN_QUOTE: Words = ['virgolette aperte e mai chiuse', 'a quote opened and never closed'];
const MANY: Words = [`più di ${MAX_FIELDS} campi`, `more than ${MAX_FIELDS} fields`];

const wrongWidth = (found: number, expected: number): Words => [
  `ha ${found} campi invece di ${expected}`,
  `it has ${found} fields instead of ${expected}`,
];

const unknownRecord = (code: string, known: readonly string[]): Words => [
  `il tipo di riga «${code.slice(0, 20)}» non è nella mappatura (ci sono ${known.join(', ')})`,
  `the type of row "${code.slice(0, 20)}" is not in the mapping (there are ${known.join(', ')})`,
];

/** What of a source its reading needs, whatever its records are called. */
interface Shapes {
  /** For each type of row its code, and its fields. */
  readonly codes: readonly string[];
  readonly columns: readonly (readonly string[])[];
  readonly fields: readonly (readonly Position[])[];
}

function shapesOf(source: SourceSpec): Shapes {
  const records = Object.values(source.record ?? {});
  if (records.length === 0)
    return { codes: [], columns: [source.colonne ?? []], fields: [Object.values(source.campi ?? {})] };
  return {
    codes: records.map(({ codice }) => codice),
    columns: records.map(({ colonne }) => colonne ?? []),
    fields: records.map(({ campi }) => Object.values(campi ?? {})),
  };
}

/** Reads every row of a text. @returns the fault for which the supply is refused, or null */
export function eachTextRow(path: string, source: SourceSpec, handler: RowHandler): SourceFault | null {
  return source.formato === 'posizionale'
    ? eachFixedRow(path, source, handler)
    : eachDelimitedRow(path, source, handler);
}

function eachFixedRow(path: string, source: SourceSpec, handler: RowHandler): SourceFault | null {
  const { codes, fields } = shapesOf(source);
  const [first = '1', last = first] = (source.tipo_record ?? '').split('-');
  const [codeFrom, codeTo] = [Number(first) - 1, Number(last)];
  const rows = fields.map((own) => own.map(() => ''));
  let fault: SourceFault | null = null;
  const broken = eachLine(path, source.codifica, (text, line) => {
    if (line <= source.salta || text.trim() === '') return true;
    let record = 0;
    if (codes.length > 0) {
      const code = text.slice(codeFrom, codeTo).trim();
      record = codes.indexOf(code);
      if (record < 0) {
        fault = { codice: 'SIP-012', line, perche: unknownRecord(code, codes) };
        return false;
      }
    }
    const row = rows[record]!;
    const places = fields[record]!;
    for (let i = 0; i < places.length; i++) row[i] = text.slice(places[i]!.from, places[i]!.to);
    return handler.row(row, line, record, !text.includes(';') && !text.includes('"'));
  });
  return fault ?? broken;
}

class DelimitedRows {
  readonly #source: SourceSpec;
  readonly #handler: RowHandler;
  readonly #shapes: Shapes;
  readonly #typeColumn: number;
  readonly #quotesMatter: boolean;
  #headed: boolean;
  #width = -1;
  /** A row whose quoted field goes on in the next line, and the line where it began. */
  #pending = '';
  #pendingLine = 0;
  fault: SourceFault | null = null;

  constructor(source: SourceSpec, handler: RowHandler) {
    this.#source = source;
    this.#handler = handler;
    this.#shapes = shapesOf(source);
    this.#typeColumn = Number(source.tipo_record ?? '0') - 1;
    this.#headed = !source.intestazione || this.#typeColumn >= 0;
    this.#quotesMatter = source.virgolette !== '';
    if (this.#headed && this.#typeColumn < 0) this.#width = this.#shapes.columns[0]!.length;
  }

  take(text: string, line: number): boolean {
    const { separatore, virgolette, salta } = this.#source;
    if (line <= salta) return true;
    const began = this.#pendingLine === 0 ? line : this.#pendingLine;
    const whole = this.#pendingLine === 0 ? text : `${this.#pending}\n${text}`;
    if (whole === '') return true;
    const quoted = this.#quotesMatter && whole.includes(virgolette);
    if (!quoted)
      return this.#row(
        whole.split(separatore),
        began,
        separatore === ';' ? !whole.includes('"') : !/[;"]/.test(whole),
      );
    const fields = splitQuoted(whole, separatore, virgolette);
    if (fields === 'open') {
      if (whole.length > MAX_LINE || line - began >= MAX_LINES) return this.#stop(began, OPEN_QUOTE);
      this.#pending = whole;
      this.#pendingLine = began;
      return true;
    }
    this.#pendingLine = 0;
    this.#pending = '';
    return fields === 'stray' ? this.#stop(began, STRAY_QUOTE) : this.#row(fields, began, false);
  }

  end(): void {
    if (this.#pendingLine > 0) this.#stop(this.#pendingLine, OPEN_QUOTE);
  }

  #row(fields: readonly string[], line: number, plain: boolean): boolean {
    if (fields.length > MAX_FIELDS) return this.#stop(line, MANY);
    if (!this.#headed) {
      this.#headed = true;
      this.#width = fields.length;
      this.fault = this.#handler.header(fields.map((name) => name.trim()));
      return this.fault === null;
    }
    let record = 0;
    let width = this.#width;
    if (this.#typeColumn >= 0) {
      const code = (fields[this.#typeColumn] ?? '').trim();
      record = this.#shapes.codes.indexOf(code);
      if (record < 0) return this.#stop(line, unknownRecord(code, this.#shapes.codes));
      width = this.#shapes.columns[record]!.length;
    }
    // A separator at the end of every row is how some packages end them.
    const trailing = fields.length === width + 1 && fields[width] === '';
    if (fields.length !== width && !trailing) return this.#stop(line, wrongWidth(fields.length, width));
    return this.#handler.row(fields, line, record, plain) !== false;
  }

  #stop(line: number, perche: Words): false {
    this.fault = { codice: 'SIP-012', line, perche };
    return false;
  }
}

function eachDelimitedRow(path: string, source: SourceSpec, handler: RowHandler): SourceFault | null {
  const rows = new DelimitedRows(source, handler);
  const broken = eachLine(path, source.codifica, (text, line) => rows.take(text, line));
  if (broken === null && rows.fault === null) rows.end();
  return rows.fault ?? broken;
}

/** Fields of a row that holds quotes: 'open' where the last does not close, 'stray' where one stands within a field. */
function splitQuoted(text: string, separator: string, quote: string): string[] | 'open' | 'stray' {
  const fields: string[] = [];
  for (let at = 0; ; ) {
    let begin = at;
    while (text[begin] === ' ') begin++;
    if (text[begin] !== quote) {
      const found = text.indexOf(separator, at);
      const end = found < 0 ? text.length : found;
      const field = text.slice(at, end);
      if (field.includes(quote)) return 'stray';
      fields.push(field);
      if (found < 0) return fields;
      at = found + separator.length;
      continue;
    }
    let end = begin + 1;
    let doubled = false;
    for (;;) {
      end = text.indexOf(quote, end);
      if (end < 0) return 'open';
      if (text[end + 1] !== quote) break;
      doubled = true;
      end += 2;
    }
    const field = text.slice(begin + 1, end);
    fields.push(doubled ? field.replaceAll(quote + quote, quote) : field);
    at = end + 1;
    while (text[at] === ' ') at++;
    if (at >= text.length) return fields;
    if (text[at] !== separator) return 'stray';
    at++;
  }
}
