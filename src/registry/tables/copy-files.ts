/**
 * Rows on their way to COPY: one file of PostgreSQL's text format for each table, written by a parsing thread
 * and streamed into the database by the one writer (ADR 0003). Buffers are bounded, so memory does not grow with the supply.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell, CopyTable, Row } from './tables.ts';

const FLUSH_CHARS = 256 * 1024;
// Backslash, tab, newline and carriage return end or escape a cell in the text format.
const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One cell of COPY's text format. */
export function copyCell(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string')
    return SPECIAL.test(cell) ? cell.replace(/[\\\t\n\r]/g, (c) => ESCAPES[c]!) : cell;
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  return String(cell);
}

export function copyLine(row: Row): string {
  let line = copyCell(row[0]!);
  for (let i = 1; i < row.length; i++) line += `\t${copyCell(row[i]!)}`;
  return `${line}\n`;
}

/** What one table's file came to. */
export interface CopyFile {
  readonly table: CopyTable;
  readonly path: string;
  readonly rows: number;
}

interface OpenFile {
  readonly path: string;
  readonly fd: number;
  buffer: string;
  rows: number;
}

/** Collects rows by table under `folder`. `close` must be called, also after an error, to free the handles. */
export class CopyFiles {
  readonly #folder: string;
  readonly #files = new Map<CopyTable, OpenFile>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  row(table: CopyTable, row: Row): void {
    let file = this.#files.get(table);
    if (file === undefined) {
      const path = join(this.#folder, `${table}.copy`);
      file = { path, fd: openSync(path, 'w', 0o600), buffer: '', rows: 0 };
      this.#files.set(table, file);
    }
    file.buffer += copyLine(row);
    file.rows++;
    if (file.buffer.length >= FLUSH_CHARS) this.#flush(file);
  }

  #flush(file: OpenFile): void {
    const bytes = Buffer.from(file.buffer);
    for (let sent = 0; sent < bytes.length; ) sent += writeSync(file.fd, bytes, sent);
    file.buffer = '';
  }

  /** Closes every file once, full disk or not: a number closed twice may be another's by then. @throws the first error */
  close(): CopyFile[] {
    const done: CopyFile[] = [];
    const errors: unknown[] = [];
    for (const [table, file] of this.#files) {
      this.#files.delete(table);
      try {
        this.#flush(file);
      } catch (error) {
        errors.push(error);
      } finally {
        closeSync(file.fd);
      }
      done.push({ table, path: file.path, rows: file.rows });
    }
    if (errors.length > 0) throw errors[0];
    return done;
  }
}
