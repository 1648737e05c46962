/** Runs a mapping over its files: the tables of the page come out as files, each row knowing where it came from. Synchronous. */
import { join } from 'node:path';
import type { Day } from '../../../kernel/day.ts';
import { nearestName } from '../../../kernel/nearest.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import { compileCondition } from './compile-value.ts';
import { JoinStore } from './join-store.ts';
import type { Problem } from './mapping-problem.ts';
import { declaredFields, OF_ADDRESS, OF_NAME, pageTable, streamOf } from './mapping-references.ts';
import { type FieldPlace, MissingField, RowScope, type Slot } from './row-scope.ts';
import {
  type JoinSpec,
  type Mapping,
  type SourceSpec,
  TABLE_NAMES,
  type TableName,
  type TableSpec,
} from './schema.ts';
import type { RowHandler, SourceFault } from './source-fault.ts';
import { TableFile } from './table-file.ts';
import { LongCell, TableMaker } from './table-maker.ts';
import { eachTextRow } from './text-rows.ts';

/** A source's file, ready to be read. */
export interface SourceFile {
  /** As it was sent. */
  readonly name: string;
  /** Reads its rows, whatever it is. */
  readonly read: (handler: RowHandler) => SourceFault | null;
}

export interface MapInput {
  readonly mapping: Mapping;
  /** By the name that the mapping gives to the source. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  readonly situazioneAl: Day;
  readonly reference: Reference;
  /** Where the tables are written. */
  readonly folder: string;
  /** Rows of a source after which its reading stops; none where absent. Sources that are joined are read whole. */
  readonly most?: number;
}

/** A fault of a source, of the file that it is about. */
export interface MapFault extends SourceFault {
  readonly file: string;
  /** Where the mapping names what the file has not; null where the mapping is not concerned. */
  readonly path: Problem['path'] | null;
}

export interface MappedTables {
  /** In the order of the page; those that the mapping has. */
  readonly tables: readonly TableFile[];
  /** Numbers that the files declare of themselves, as they are written there; '' where no row says it. */
  readonly declared: ReadonlyMap<string, string>;
  /** Any: the tables are not whole. */
  readonly faults: readonly MapFault[];
}

/** The reader of a text. */
export const textSource = (name: string, path: string, spec: SourceSpec): SourceFile => ({
  name,
  read: (handler) => eachTextRow(path, spec, handler),
});

/** A table of the mapping, and where its text stands. */
interface Planned {
  readonly table: TableName;
  readonly spec: TableSpec;
  readonly path: Problem['path'];
}

/** Runs the mapping. The files of the tables are closed when it returns. */
export function mapTables(input: MapInput): MappedTables {
  return new TableMapper(input).run();
}

class TableMapper {
  readonly #input: MapInput;
  readonly #planned: readonly Planned[];
  readonly #targets = new Map<TableName, TableFile>();
  readonly #faults: MapFault[] = [];
  readonly #declared = new Map<string, string>();

  constructor(input: MapInput) {
    this.#input = input;
    this.#planned = TABLE_NAMES.flatMap((table) =>
      (input.mapping.tabelle[table] ?? []).map((spec, i) => ({ table, spec, path: ['tabelle', table, i] })),
    );
  }

  run(): MappedTables {
    const { mapping, folder } = this.#input;
    try {
      for (const table of TABLE_NAMES) {
        const specs = mapping.tabelle[table];
        if (specs === undefined) continue;
        const page = pageTable(table);
        this.#targets.set(
          table,
          new TableFile(page, join(folder, `mapped-${table}.csv`), columnsOf(table, specs)),
        );
      }
      for (const name of Object.keys(mapping.sorgenti)) if (this.#faults.length === 0) this.#source(name);
    } finally {
      for (const target of this.#targets.values()) target.close();
    }
    return { tables: [...this.#targets.values()], declared: this.#declared, faults: this.#faults };
  }

  /** Reads a source once, for every table that comes of it. */
  #source(name: string): void {
    const mine = this.#planned.filter(({ spec }) => streamOf(spec.da).source === name);
    const totals = Object.entries(this.#input.mapping.quadratura ?? {}).filter(
      ([, { da }]) => streamOf(da).source === name,
    );
    if (mine.length === 0 && totals.length === 0) return;
    for (const [total] of totals) this.#declared.set(total, '');
    const stores = new Map(mine.map((planned) => [planned, this.#joins(planned)]));
    if (this.#faults.length > 0) return;
    const spec = this.#input.mapping.sorgenti[name]!;
    const file = this.#input.sources.get(name)!;
    const records = Object.keys(spec.record ?? {});
    const above = records.map((record) => {
      const over = spec.record?.[record]?.sotto;
      return over === undefined ? -1 : records.indexOf(over);
    });
    /** Of each type of row that others stand under, the fields of the last. */
    const last: (readonly string[] | null)[] = records.map(() => null);
    const isAbove = records.map((_, i) => above.includes(i));
    /** For each type of row the tables that it feeds. */
    let makers: readonly (readonly TableMaker[])[] = [];
    /** Of each declared total its type of row, and where the number stands in it. */
    let counts: readonly { total: string; record: number; scope: RowScope; place: FieldPlace }[] = [];
    const compile = (header: readonly string[] | null): void => {
      const all = mine.map((planned) => ({
        record: Math.max(0, records.indexOf(streamOf(planned.spec.da).record ?? '')),
        maker: this.#maker(planned, spec, header, stores.get(planned)!, file.name),
      }));
      counts = totals.map(([total, { da, campo }]) => {
        const { record } = streamOf(da);
        const scope = new RowScope([{ name: '', fields: fieldsOf(spec, record, header) }]);
        const place = scope.place(campo, ['quadratura', total, 'campo']);
        return { total, record: Math.max(0, records.indexOf(record ?? '')), scope, place };
      });
      makers = (records.length === 0 ? [''] : records).map((_, i) =>
        all.filter(({ record }) => record === i).map(({ maker }) => maker),
      );
    };
    this.#read(
      file,
      spec,
      compile,
      (fields, line, record, plain) => {
        if (isAbove[record] === true) last[record] = [...fields];
        const over = above[record] ?? -1;
        const parent = over < 0 ? null : last[over]!;
        if (over >= 0 && parent === null)
          return {
            codice: 'SIP-012',
            line,
            perche: [
              `la riga sta sotto un record «${records[over]}», e prima non ce n’è nessuno`,
              `the row stands under a record "${records[over]}", and there is none before it`,
            ],
          };
        for (const one of counts) {
          if (one.record !== record) continue;
          one.scope.rows[0] = fields;
          this.#declared.set(one.total, one.scope.text(one.place));
        }
        for (const maker of makers[record]!) {
          maker.scope.rows[0] = fields;
          if (parent !== null) maker.scope.rows[1] = parent;
          maker.take(line, plain);
        }
        return null;
      },
      this.#input.most,
    );
  }

  /** Reads the rows of a source, its fields made known first. */
  #read(
    file: SourceFile,
    spec: SourceSpec,
    compile: (header: readonly string[] | null) => void,
    take: (fields: readonly string[], line: number, record: number, plain: boolean) => SourceFault | null,
    most = Number.POSITIVE_INFINITY,
  ): void {
    let fault: SourceFault | null = null;
    let path: Problem['path'] | null = null;
    let rows = 0;
    const headed = (header: readonly string[] | null): SourceFault | null => {
      try {
        compile(header);
        return null;
      } catch (error) {
        if (!(error instanceof MissingField)) throw error;
        path = error.path;
        const near = nearestName(error.field, error.known);
        const [it, en] = near === null ? ['', ''] : [`; forse «${near}»`, `; perhaps "${near}"`];
        return {
          codice: 'SIP-010',
          line: null,
          campo: error.field,
          perche: [`è nella mappatura e non nel file${it}`, `is in the mapping and not in the file${en}`],
        };
      }
    };
    const own = spec.intestazione && spec.formato !== 'posizionale' && spec.tipo_record === undefined;
    let told = !own;
    if (!own) fault = headed(null);
    if (fault === null) {
      const broken = file.read({
        header: (names) => {
          told = true;
          fault = twice(names) ?? headed(names);
          return fault;
        },
        row: (fields, line, record, plain) => {
          if (rows++ >= most) return false;
          try {
            fault = take(fields, line, record, plain);
          } catch (error) {
            if (!(error instanceof LongCell)) throw error;
            fault = { codice: 'SIP-012', line, perche: ['un campo supera 20 kB', 'a field is over 20 kB'] };
          }
          return fault === null;
        },
      });
      fault ??= broken;
      if (fault === null && !told) fault = headed([]);
    }
    if (fault !== null) this.#faults.push({ ...(fault as SourceFault), file: file.name, path });
  }

  /** The rows of the other sources of a table, by their keys. */
  #joins({ spec, path }: Planned): JoinStore[] {
    return (spec.unioni ?? []).map((joined, i) => this.#store(joined, [...path, 'unioni', i]));
  }

  #store(joined: JoinSpec, path: Problem['path']): JoinStore {
    const store = new JoinStore();
    const { source, record } = streamOf(joined.con);
    const spec = this.#input.mapping.sorgenti[source]!;
    const wanted = Math.max(0, Object.keys(spec.record ?? {}).indexOf(record ?? ''));
    let scope = new RowScope([]);
    let keyOf = (): string => '';
    let holds = (): boolean => true;
    const compile = (header: readonly string[] | null): void => {
      if (header !== null) this.#headers.set(source, header);
      scope = new RowScope([{ name: '', fields: fieldsOf(spec, record, header) }]);
      const keys = (joined.con_chiave ?? joined.chiave).map((field) =>
        scope.place(field, [...path, 'con_chiave']),
      );
      keyOf = () => JoinStore.key(keys.map((place) => scope.text(place)));
      if (joined.quando !== undefined) holds = compileCondition(joined.quando, scope, [...path, 'quando']);
    };
    this.#read(this.#input.sources.get(source)!, spec, compile, (fields, _line, type, plain) => {
      scope.rows[0] = fields;
      if (type === wanted && holds()) store.add(keyOf(), fields, plain);
      return null;
    });
    return store;
  }

  /** @throws MissingField */
  #maker(
    { table, spec, path }: Planned,
    source: SourceSpec,
    header: readonly string[] | null,
    stores: readonly JoinStore[],
    file: string,
  ): TableMaker {
    const { mapping, situazioneAl, reference } = this.#input;
    const { record } = streamOf(spec.da);
    const over = record === null ? undefined : source.record?.[record]?.sotto;
    const slots: Slot[] = [{ name: '', fields: fieldsOf(source, record, header) }];
    if (over !== undefined) slots.push({ name: over, fields: fieldsOf(source, over, header) });
    for (const joined of spec.unioni ?? []) slots.push(this.#slotOf(joined));
    const scope = new RowScope(slots);
    return new TableMaker({
      spec,
      path,
      file,
      slots,
      stores,
      target: this.#targets.get(table)!,
      context: { scope, codici: mapping.codici ?? {}, century: { notAfter: situazioneAl }, reference },
    });
  }

  readonly #headers = new Map<string, readonly string[]>();

  /** The fields that a join brings; those of a header are known once its file has been read. */
  #slotOf(joined: JoinSpec): Slot {
    const { source, record } = streamOf(joined.con);
    const spec = this.#input.mapping.sorgenti[source]!;
    return {
      name: joined.come ?? record ?? source,
      fields: fieldsOf(spec, record, this.#headers.get(source) ?? null),
    };
  }
}

const fieldsOf = (
  source: SourceSpec,
  record: string | null,
  header: readonly string[] | null,
): readonly string[] => header ?? declaredFields(source, record) ?? [];

/** The columns that are written: those of the page that any part of the table fills, in the page's order. */
function columnsOf(table: TableName, specs: readonly TableSpec[]): string[] {
  const filled = new Set<string>();
  for (const spec of specs) {
    for (const name of Object.keys(spec.colonne)) filled.add(name);
    if (spec.nominativo !== undefined) for (const name of OF_NAME) filled.add(name);
    if (spec.indirizzo !== undefined) for (const name of OF_ADDRESS) filled.add(name);
  }
  return pageTable(table)
    .columns.map(({ name }) => name)
    .filter((name) => filled.has(name));
}

/** A header that gives one name to two columns: which of them is meant, nobody can tell. */
function twice(names: readonly string[]): SourceFault | null {
  const name = names.find((one, i) => one !== '' && names.indexOf(one) !== i);
  return name === undefined
    ? null
    : { codice: 'SIP-010', line: 1, campo: name, perche: ['compare due volte', 'stands there twice'] };
}
