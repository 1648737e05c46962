/** One table of a mapping: takes the rows of its source, one at a time, and writes those of the page. */
import { IdTable } from '../register/id-table.ts';
import type { Fault } from '../rows/row-form.ts';
import {
  type CompileContext,
  type CompiledValue,
  compileCondition,
  compileValue,
  type ReadCondition,
  ValueFault,
} from './compile-value.ts';
import { JoinStore } from './join-store.ts';
import type { Problem } from './mapping-problem.ts';
import { OF_ADDRESS, OF_NAME } from './mapping-references.ts';
import { splitName } from './person-names.ts';
import type { FieldPlace, RowScope, Slot } from './row-scope.ts';
import type { TableSpec } from './schema.ts';
import { splitAddress } from './street-addresses.ts';
import type { TableFile } from './table-file.ts';

interface Join {
  readonly slot: number;
  readonly store: JoinStore;
  readonly keys: readonly FieldPlace[];
  readonly mandatory: boolean;
  readonly named: string;
}

/** A column of the page: where it stands in the file written, and what it is. */
interface Column {
  readonly at: number;
  readonly name: string;
  readonly value: CompiledValue;
}

const MAX_CELL = 64 * 1024;

/** A cell is longer than the page takes: the supply is refused on that line (SIP-012). */
export class LongCell extends Error {}

export interface MakerInput {
  readonly spec: TableSpec;
  readonly path: Problem['path'];
  /** As the comune calls the file that the rows come from. */
  readonly file: string;
  readonly slots: readonly Slot[];
  readonly stores: readonly JoinStore[];
  readonly context: CompileContext;
  readonly target: TableFile;
}

export class TableMaker {
  readonly scope: RowScope;
  readonly #when: ReadCondition | null;
  readonly #once: { readonly keys: readonly FieldPlace[]; readonly seen: IdTable } | null;
  readonly #joins: readonly Join[];
  readonly #columns: readonly Column[];
  readonly #name: ((cells: string[]) => void) | null;
  readonly #address: ((cells: string[]) => void) | null;
  readonly #plain: boolean;
  readonly #target: TableFile;
  readonly #cells: string[];
  readonly #fields = new Map<string, string>();
  readonly #file: string;
  #begun = false;

  /** @throws MissingField */
  constructor(input: MakerInput) {
    const { spec, path, context, target, stores } = input;
    const { scope } = context;
    this.scope = scope;
    this.#file = input.file;
    this.#target = target;
    this.#cells = target.columns.map(() => '');
    this.#when = spec.quando === undefined ? null : compileCondition(spec.quando, scope, [...path, 'quando']);
    this.#once =
      spec.una_per === undefined
        ? null
        : {
            keys: spec.una_per.map((field) => scope.place(field, [...path, 'una_per'])),
            seen: new IdTable(),
          };
    const joined = spec.unioni ?? [];
    this.#joins = joined.map((join, i) => ({
      slot: input.slots.length - joined.length + i,
      store: stores[i]!,
      keys: join.chiave.map((field) => scope.place(field, [...path, 'unioni', i, 'chiave'])),
      mandatory: join.se_manca === 'errore',
      named: join.con,
    }));
    this.#columns = Object.entries(spec.colonne).map(([name, value]) => ({
      at: target.columns.indexOf(name),
      name,
      value: compileValue(value, context, [...path, 'colonne', name]),
    }));
    for (const { name, value } of this.#columns)
      this.#fields.set(name, [...new Set(value.fields.map((f) => f.name))].join(' + '));
    this.#name = this.#nameFiller(spec, path);
    this.#address = this.#addressFiller(spec, path);
    this.#plain = !this.#columns.some(({ value }) => value.quoted);
  }

  #place(column: string): number {
    return this.#target.columns.indexOf(column);
  }

  #nameFiller(spec: TableSpec, path: Problem['path']): ((cells: string[]) => void) | null {
    const rule = spec.nominativo;
    if (rule === undefined) return null;
    const { scope } = this;
    const field = scope.place(rule.campo, [...path, 'nominativo', 'campo']);
    const code =
      rule.codice_fiscale === undefined
        ? null
        : scope.place(rule.codice_fiscale, [...path, 'nominativo', 'codice_fiscale']);
    const [surname, given] = OF_NAME.map((column) => this.#place(column));
    for (const column of OF_NAME) if (!this.#fields.has(column)) this.#fields.set(column, field.name);
    const parting = { separator: rule.separatore ?? null, first: rule.prima };
    return (cells) => {
      const split = splitName(
        scope.text(field),
        parting,
        code === null ? '' : scope.text(code).toUpperCase(),
      );
      cells[surname!] = split.cognome;
      cells[given!] = split.nome;
    };
  }

  #addressFiller(spec: TableSpec, path: Problem['path']): ((cells: string[]) => void) | null {
    const rule = spec.indirizzo;
    if (rule === undefined) return null;
    const { scope } = this;
    const field = scope.place(rule.campo, [...path, 'indirizzo', 'campo']);
    const places = OF_ADDRESS.map((column) => [column, this.#place(column)] as const);
    for (const column of OF_ADDRESS) if (!this.#fields.has(column)) this.#fields.set(column, field.name);
    return (cells) => {
      const split = splitAddress(scope.text(field));
      for (const [column, at] of places) cells[at] = split[column];
    };
  }

  /** Writes the row of the page, where there is one for this row of the file. @throws LongCell */
  take(line: number, plain: boolean): void {
    const { scope } = this;
    let sound = plain && this.#plain;
    let faults: Fault[] | null = null;
    for (const { slot, store, keys, mandatory, named } of this.#joins) {
      const key = JoinStore.key(keys.map((place) => scope.text(place)));
      const row = key === '' ? null : store.find(key);
      scope.rows[slot] = row ?? [];
      if (!store.plain) sound = false;
      if (row === null && mandatory) {
        faults ??= [];
        faults.push(noPartner(this.#target.spec.columns[0]!.name, key, named));
      }
    }
    if (this.#when !== null && !this.#when()) return;
    if (this.#once !== null) {
      const { keys, seen } = this.#once;
      const before = seen.size;
      if (seen.addText(JoinStore.key(keys.map((place) => scope.text(place)))) < before) return;
    }
    const cells = this.#cells;
    cells.fill('');
    this.#name?.(cells);
    this.#address?.(cells);
    for (let i = 0; i < this.#columns.length; i++) {
      const { at, name, value } = this.#columns[i]!;
      const read = value.read();
      if (read instanceof ValueFault) {
        faults ??= [];
        faults.push({ codice: 'SIP-102', campo: name, valore: read.text, perche: read.why });
        cells[at] = '';
      } else cells[at] = read;
    }
    if (!this.#begun) {
      this.#begun = true;
      this.#target.from(this.#file, this.#fields);
    }
    if (cells.some((cell) => cell.length > MAX_CELL / 3)) throw new LongCell();
    this.#target.write(cells, line, sound);
    if (faults !== null) this.#target.faults.set(this.#target.rows, faults);
  }
}

const noPartner = (campo: string, key: string, named: string): Fault => ({
  codice: 'SIP-102',
  campo,
  valore: key,
  perche: [`in ${named} non c’è la riga di questa chiave`, `in ${named} there is no row of this key`],
});
