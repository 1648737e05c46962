/** One of the page's tables as the door writes it: CSV of the page, with where each row came from and what is wrong with it. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { IntColumn } from '../register/int-column.ts';
import type { FileSpec } from '../rows/file-specs.ts';
import type { Fault } from '../rows/row-form.ts';

const CHUNK = 128 * 1024;

/** Rows from some number on that came from one file. */
interface Segment {
  /** The first row of it, from 1. */
  readonly from: number;
  readonly file: string;
  /** For each column of the page the fields that it was made of, as the comune calls them. */
  readonly fields: ReadonlyMap<string, string>;
}

const quoted = (cell: string): string => (/[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export class TableFile {
  readonly spec: FileSpec;
  readonly path: string;
  readonly columns: readonly string[];
  rows = 0;
  /** Faults that the mapping found, by row: with them it is set aside, and nothing else is said of those columns. */
  readonly faults = new Map<number, readonly Fault[]>();
  readonly #fd: number;
  readonly #lines = new IntColumn();
  readonly #segments: Segment[] = [];
  #text: string;

  constructor(spec: FileSpec, path: string, columns: readonly string[]) {
    this.spec = spec;
    this.path = path;
    this.columns = columns;
    this.#fd = openSync(path, 'wx', 0o600);
    this.#text = `${columns.join(';')}\n`;
  }

  /** The rows that follow came from this file. */
  from(file: string, fields: ReadonlyMap<string, string>): void {
    this.#segments.push({ from: this.rows + 1, file, fields });
  }

  write(cells: readonly string[], line: number, plain: boolean): void {
    this.rows++;
    this.#lines.set(this.rows, line);
    this.#text += plain ? `${cells.join(';')}\n` : `${cells.map(quoted).join(';')}\n`;
    if (this.#text.length >= CHUNK) this.#flush();
  }

  /** Where a row was, and the fields behind one of its columns. */
  origin(riga: number, column: string): { file: string; line: number; field: string } | null {
    const segment = this.#segments.findLast(({ from }) => from <= riga);
    if (segment === undefined || riga < 1 || riga > this.rows) return null;
    return { file: segment.file, line: this.#lines.get(riga), field: segment.fields.get(column) ?? '' };
  }

  close(): void {
    try {
      this.#flush();
    } finally {
      closeSync(this.#fd);
    }
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at);
  }
}
