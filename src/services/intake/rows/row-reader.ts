/** Rows that were found well formed (csv-rows.ts), read again as text: cells in the order of the page, '' where absent. */
import type { RowBytes } from './csv-rows.ts';
import type { FileSpec } from './file-specs.ts';

/** The cells of one file's rows. The array of `cells` is the same at every call. */
export class RowReader {
  readonly spec: FileSpec;
  /** For each place in the file up to the last known one, the column of the page that stands there, or -1. */
  readonly #columns: Int32Array;
  readonly #places: Int32Array;
  readonly #cells: string[];

  /** @param places for each column of the page its place in the file, or -1 (scanTable). */
  constructor(spec: FileSpec, places: Int32Array) {
    this.spec = spec;
    this.#places = places;
    this.#columns = new Int32Array(Math.max(-1, ...places) + 1).fill(-1);
    for (const [column, place] of places.entries()) if (place >= 0) this.#columns[place] = column;
    this.#cells = spec.columns.map(() => '');
  }

  /** Is the column in the file at all? Columns that are not assert nothing (tracciato.md 1). */
  has(column: number): boolean {
    return this.#places[column]! >= 0;
  }

  /** Where a column of the page stands in the file, or -1. */
  placeOf(column: number): number {
    return this.#places[column]!;
  }

  /** The cells of a row as it stood in the file. */
  cells(row: string): readonly string[] {
    if (row.includes('"')) return this.#quoted(row);
    const columns = this.#columns;
    const cells = this.#cells;
    let from = 0;
    for (let i = 0; i < columns.length; i++) {
      const found = row.indexOf(';', from);
      const next = found < 0 ? row.length : found;
      const column = columns[i]!;
      if (column >= 0) {
        cells[column] = trimmed(row, from, next);
      }
      from = next + 1;
    }
    return cells;
  }

  #quoted(row: string): readonly string[] {
    const cells = this.#cells;
    let at = 0;
    for (const column of this.#columns) {
      const unquoted = /^ *"((?:[^"]|"")*)" *(?:;|$)/.exec(row.slice(at));
      let text: string;
      if (unquoted !== null) {
        text = unquoted[1]!.replaceAll('""', '"');
        at += unquoted[0].length;
      } else {
        const end = row.indexOf(';', at);
        text = end < 0 ? row.slice(at) : row.slice(at, end);
        at = end < 0 ? row.length : end + 1;
      }
      if (column >= 0) cells[column] = trimmed(text, 0, text.length);
    }
    return cells;
  }
}

/** Spaces around are left out; each character is looked at once, whatever stands between (a pattern would try every space). */
function trimmed(text: string, from: number, to: number): string {
  let begin = from;
  let end = to;
  while (begin < end && text.charCodeAt(begin) === 32) begin++;
  while (begin < end && text.charCodeAt(end - 1) === 32) end--;
  return begin === end ? '' : text.slice(begin, end);
}

/** The row as it stood in the file, line end left out. */
export function rowText(row: RowBytes): string {
  return row.ascii
    ? row.buffer.toString('latin1', row.start, row.end)
    : row.buffer.toString('utf8', row.start, row.end);
}
