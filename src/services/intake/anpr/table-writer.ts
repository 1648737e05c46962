/** A table of the page written by a door (tracciato.md 1, "CSV"): what the checks then read as if the comune had sent it. */
import { closeSync, openSync, writeSync } from 'node:fs';

const BLOCK = 128 * 1024;

/** A cell as it stands in a row. */
export const csvCell = (text: string): string =>
  /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Writes rows in order, through one buffer; synchronous, as are the readers. */
export class TableWriter {
  readonly path: string;
  /** Data rows so far. */
  rows = 0;
  /** Bytes so far: where the next row begins. */
  bytes = 0;
  readonly #file: number;
  #pending: string[] = [];
  #pendingBytes = 0;

  /** @param header names of its columns; none for a file that is read again by its writer alone */
  constructor(path: string, header: readonly string[] = []) {
    this.path = path;
    this.#file = openSync(path, 'wx', 0o600);
    if (header.length > 0) {
      this.#put(`${header.join(';')}\n`);
    }
  }

  /** Adds a row, its cells joined and quoted already. @returns its number, from 1 */
  write(row: string): number {
    this.#put(`${row}\n`);
    return ++this.rows;
  }

  /** Everything written so far is in the file. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const bytes = Buffer.from(this.#pending.join(''));
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #put(text: string): void {
    const bytes = Buffer.byteLength(text);
    this.#pending.push(text);
    this.#pendingBytes += bytes;
    this.bytes += bytes;
    if (this.#pendingBytes >= BLOCK) this.flush();
  }
}
