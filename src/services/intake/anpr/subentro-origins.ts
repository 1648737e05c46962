/** Where each row that a subentro became stands in its files, and the very bytes of its record. Some 20 bytes a record, off the heap. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { XmlPlace } from '../../../platform/xml/xml-records.ts';
import { IntColumn } from '../register/int-column.ts';
import type { RowOrigin, RowOrigins } from '../row-origins.ts';
import { CONVIVENZE, FAMIGLIE, LEGAMI, RESIDENZE, SOGGETTI } from '../rows/file-specs.ts';
import { SUBENTRO } from './subentro-mapping.ts';

export interface XmlPart {
  /** As it was sent. */
  readonly name: string;
  readonly path: string;
}

const BLOCK = 2 ** 30;

/** The element that says a column, of several the first; '' where none does. */
function elementOf(table: string, column: string): string {
  const row = SUBENTRO.find(
    (mapping) => mapping.table.name === table && mapping.rules.some((rule) => rule.column === column),
  );
  return row?.rules.find((rule) => rule.column === column)?.from[0]?.path ?? '';
}

/** The records of one kind, in the order of the rows that they became. */
class Records {
  readonly #part = new IntColumn();
  readonly #ordinal = new IntColumn();
  readonly #block = new IntColumn();
  readonly #within = new IntColumn();
  readonly #length = new IntColumn();
  #last = 0;

  add(part: number, place: XmlPlace): void {
    const row = ++this.#last;
    this.#part.set(row, part);
    this.#ordinal.set(row, place.ordinal);
    this.#block.set(row, Math.floor(place.startByte / BLOCK));
    this.#within.set(row, place.startByte % BLOCK);
    this.#length.set(row, place.endByte - place.startByte);
  }

  get(row: number) {
    if (row < 1 || row > this.#last) return null;
    return {
      part: this.#part.get(row),
      record: this.#ordinal.get(row),
      start: this.#block.get(row) * BLOCK + this.#within.get(row),
      length: this.#length.get(row),
    };
  }
}

export class SubentroOrigins implements RowOrigins {
  readonly #parts: readonly XmlPart[];
  readonly #records = { soggetto: new Records(), famiglia: new Records(), convivenza: new Records() };
  /** Rows of legami.csv and of residenze.csv come of a soggetto: its row. */
  readonly #owners = { [LEGAMI.name]: new IntColumn(), [RESIDENZE.name]: new IntColumn() };

  /** @param parts in the order in which they are read */
  constructor(parts: readonly XmlPart[]) {
    this.#parts = parts;
  }

  note(kind: 'soggetto' | 'famiglia' | 'convivenza', part: number, place: XmlPlace): void {
    this.#records[kind].add(part, place);
  }

  /** The row of another table that the soggetto of that row became, too. */
  noteOf(table: typeof LEGAMI | typeof RESIDENZE, riga: number, soggetto: number): void {
    this.#owners[table.name]!.set(riga, soggetto);
  }

  of(table: string, riga: number, campo: string): RowOrigin | null {
    const found = this.#find(table, riga);
    if (found === null) return null;
    return { file: this.#parts[found.part]!.name, record: found.record, campo: elementOf(table, campo) };
  }

  raw(table: string, riga: number): string | null {
    const found = this.#find(table, riga);
    if (found === null) return null;
    const file = openSync(this.#parts[found.part]!.path, 'r');
    try {
      const bytes = Buffer.alloc(found.length);
      let read = 0;
      while (read < bytes.length) {
        const got = readSync(file, bytes, read, bytes.length - read, found.start + read);
        if (got === 0) break;
        read += got;
      }
      return bytes.toString('utf8', 0, read);
    } finally {
      closeSync(file);
    }
  }

  #find(table: string, riga: number): ReturnType<Records['get']> {
    switch (table) {
      case SOGGETTI.name:
        return this.#records.soggetto.get(riga);
      case FAMIGLIE.name:
        return this.#records.famiglia.get(riga);
      case CONVIVENZE.name:
        return this.#records.convivenza.get(riga);
      default: {
        const owner = this.#owners[table]?.get(riga) ?? 0;
        return this.#records.soggetto.get(owner);
      }
    }
  }
}
