/** The rows of one unit held a moment before they are written, so that some can be spoilt. */
import type { Unit } from '../model.ts';
import { HEADERS, type Table, type Tables, writeUnit } from '../rows.ts';

export interface Row {
  readonly file: string;
  readonly cells: string[];
  /** Its number in the file, from 1; 0 until it is written. */
  riga: number;
}

const COLUMNS: Readonly<Record<string, ReadonlyMap<string, number>>> = Object.fromEntries(
  Object.entries(HEADERS).map(([file, header]) => [
    file,
    new Map(header.split(';').map((column, i) => [column, i])),
  ]),
);

export const get = (row: Row, column: string): string => row.cells[COLUMNS[row.file]!.get(column)!]!;

export function set(row: Row, column: string, value: string): void {
  row.cells[COLUMNS[row.file]!.get(column)!] = value;
}

/** A table that counts its rows. */
export type CountingTables = Readonly<Record<string, Table & { readonly rows: number }>>;

export class UnitRows {
  readonly rows: Row[] = [];

  /** No cell of a generated row holds a semicolon, and quotes stay as they are. */
  constructor(unit: Unit) {
    const tables: Tables = Object.fromEntries(
      Object.keys(HEADERS).map((file) => [
        file,
        { write: (text: string) => void this.rows.push({ file, cells: text.split(';'), riga: 0 }) },
      ]),
    );
    writeUnit(unit, tables);
  }

  of(file: string, id?: string): Row[] {
    return this.rows.filter((row) => row.file === file && (id === undefined || row.cells[0] === id));
  }

  subject(id: string): Row {
    return this.of('soggetti.csv', id)[0]!;
  }

  /** Takes the rows of one file about somebody out: the file then has none for them. */
  drop(file: string, id: string): void {
    for (const row of this.of(file, id)) this.rows.splice(this.rows.indexOf(row), 1);
  }

  /** Another row, at the end of what the unit has in its file. */
  copy(row: Row): Row {
    const other: Row = { file: row.file, cells: [...row.cells], riga: 0 };
    this.rows.push(other);
    return other;
  }

  /** The tie of today, to a family or convivenza. */
  tie(id: string): Row | undefined {
    return this.of('legami.csv', id).find((row) => get(row, 'al') === '');
  }

  /** The row of the family that a tie is to; undefined for a convivenza. */
  family(tie: Row): Row | undefined {
    const id = get(tie, 'id_famiglia');
    return id === '' ? undefined : this.of('famiglie.csv', id)[0];
  }

  /** The ties of today to a family. */
  members(family: Row): Row[] {
    return this.of('legami.csv').filter(
      (row) => get(row, 'id_famiglia') === family.cells[0] && get(row, 'al') === '',
    );
  }

  write(tables: CountingTables): void {
    for (const row of this.rows) {
      const table = tables[row.file]!;
      table.write(row.cells.join(';'));
      row.riga = table.rows;
    }
  }
}
