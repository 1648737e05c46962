/** The records of a subentro become rows of the page's tables (subentro-mapping.ts), one at a time, in the supply's private folder. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { XmlElement, XmlPlace } from '../../../platform/xml/xml-records.ts';
import { textAt } from '../../../platform/xml/xml-records.ts';
import { eachRow } from '../rows/csv-rows.ts';
import {
  ADDRESS_COLUMNS,
  CONVIVENZE,
  FAMIGLIE,
  type FileSpec,
  LEGAMI,
  RESIDENZE,
  SOGGETTI,
} from '../rows/file-specs.ts';
import { HouseholdHomes } from './household-homes.ts';
import { CellReader, plainCode, type ReadingContext } from './rules.ts';
import {
  type RowMapping,
  SUBENTRO_CONVIVENZE,
  SUBENTRO_FAMIGLIE,
  SUBENTRO_LEGAMI,
  SUBENTRO_RESIDENZE,
  SUBENTRO_SOGGETTI,
} from './subentro-mapping.ts';
import type { SubentroOrigins } from './subentro-origins.ts';
import { csvCell, TableWriter } from './table-writer.ts';

type HouseholdKind = 'famiglia' | 'convivenza';

/** What the records hold, counted as the totals of ANPR count it. */
export interface SubentroTotals {
  soggetti: number;
  italiani: number;
  nonItaliani: number;
  femmine: number;
  maschi: number;
  famiglie: number;
  convivenze: number;
}

export const noSubentroTotals = (): SubentroTotals => ({
  soggetti: 0,
  italiani: 0,
  nonItaliani: 0,
  femmine: 0,
  maschi: 0,
  famiglie: 0,
  convivenze: 0,
});

/** The columns of a table that its rules and constants give, in the order of the page: the others are not there, and assert nothing. */
function columnsGiven(...mappings: readonly RowMapping[]): string[] {
  const given = new Set(mappings.flatMap((m) => [...m.rules, ...m.constants].map(({ column }) => column)));
  return mappings[0]!.table.columns.map(({ name }) => name).filter((name) => given.has(name));
}

const SOGGETTI_COLUMNS = columnsGiven(SUBENTRO_SOGGETTI);
const LEGAMI_COLUMNS = columnsGiven(...SUBENTRO_LEGAMI);
const RESIDENZE_COLUMNS = columnsGiven(SUBENTRO_RESIDENZE);
/** The address columns that a subentro can say; they stand last in every table that has them. */
const ADDRESS = RESIDENZE_COLUMNS.filter((name) => (ADDRESS_COLUMNS as readonly string[]).includes(name));
/**
 * The section of a person is that of their last census: it says where the household lies, but who came after the census has
 * another, and does not live elsewhere for that (SIP-133). Under another name the checks do not compare it.
 */
const RESIDENZE_HEADER = RESIDENZE_COLUMNS.map((name) => (name === 'sezione' ? 'sezione_censimento' : name));
const BEFORE_ADDRESS = RESIDENZE_COLUMNS.length - ADDRESS.length;
const NO_ADDRESS = ';'.repeat(ADDRESS.length - 1);

const CITTADINANZA = SOGGETTI_COLUMNS.indexOf('cittadinanza');
const SESSO = SOGGETTI_COLUMNS.indexOf('sesso');
const RELAZIONE = LEGAMI_COLUMNS.indexOf('relazione');

const CIVIL_STATUS = ['statoCivile', 'statoCivile'];

const joined = (cells: readonly string[]): string => cells.map(csvCell).join(';');

interface Tie {
  readonly kind: HouseholdKind;
  readonly id: number;
  readonly reader: CellReader;
}

interface HouseholdTable {
  readonly mapping: RowMapping;
  readonly reader: CellReader;
  readonly columns: readonly string[];
  /** Its rows before their addresses are known. */
  readonly unplaced: TableWriter;
}

export class SubentroRows {
  readonly #folder: string;
  readonly #context: ReadingContext;
  readonly #origins: SubentroOrigins;
  readonly #homes = new HouseholdHomes();
  readonly #soggetti: TableWriter;
  readonly #legami: TableWriter;
  readonly #residenze: TableWriter;
  readonly #households: Readonly<Record<HouseholdKind, HouseholdTable>>;
  readonly #readSoggetto = new CellReader(
    SOGGETTI_COLUMNS,
    SUBENTRO_SOGGETTI.rules,
    SUBENTRO_SOGGETTI.constants,
  );
  readonly #readResidenza = new CellReader(
    RESIDENZE_COLUMNS,
    SUBENTRO_RESIDENZE.rules,
    SUBENTRO_RESIDENZE.constants,
  );
  readonly #ties: readonly Tie[];

  /** @param folder private, existing; the tables are made in it */
  constructor(folder: string, context: ReadingContext, origins: SubentroOrigins) {
    this.#folder = folder;
    this.#context = context;
    this.#origins = origins;
    this.#soggetti = new TableWriter(join(folder, SOGGETTI.name), SOGGETTI_COLUMNS);
    this.#legami = new TableWriter(join(folder, LEGAMI.name), LEGAMI_COLUMNS);
    this.#residenze = new TableWriter(join(folder, RESIDENZE.name), RESIDENZE_HEADER);
    this.#households = {
      famiglia: this.#householdTable(SUBENTRO_FAMIGLIE),
      convivenza: this.#householdTable(SUBENTRO_CONVIVENZE),
    };
    this.#ties = SUBENTRO_LEGAMI.map((mapping) => ({
      kind: mapping.where as HouseholdKind,
      id: LEGAMI_COLUMNS.indexOf(`id_${mapping.where}`),
      reader: new CellReader(LEGAMI_COLUMNS, mapping.rules, mapping.constants),
    }));
  }

  #householdTable(mapping: RowMapping): HouseholdTable {
    const columns = columnsGiven(mapping);
    return {
      mapping,
      columns,
      reader: new CellReader(columns, mapping.rules, mapping.constants),
      unplaced: new TableWriter(join(this.#folder, `${mapping.table.name}.part`)),
    };
  }

  /** Takes a soggetto, with its tie and its dwelling. */
  soggetto(record: XmlElement, part: number, place: XmlPlace, totals: SubentroTotals): void {
    const status = plainCode(textAt(record, CIVIL_STATUS));
    const cells = this.#readSoggetto.read(record, status, this.#context);
    const row = this.#soggetti.write(joined(cells));
    this.#origins.note('soggetto', part, place);
    totals.soggetti++;
    if (cells[CITTADINANZA] === '100') totals.italiani++;
    else totals.nonItaliani++;
    if (cells[SESSO] === 'F') totals.femmine++;
    else if (cells[SESSO] === 'M') totals.maschi++;
    const home = this.#residenza(record, row);
    for (const { kind, id, reader } of this.#ties) {
      if (!record.children.some(({ name }) => name === kind)) continue;
      const tie = reader.read(record, status, this.#context);
      this.#origins.noteOf(LEGAMI, this.#legami.write(joined(tie)), row);
      if (home !== null) this.#homes.note(kind, tie[id]!, tie[RELAZIONE]!, home.start, home.length);
    }
  }

  #residenza(record: XmlElement, soggetto: number): { start: number; length: number } | null {
    if (!record.children.some(({ name }) => name === SUBENTRO_RESIDENZE.where)) return null;
    const cells = this.#readResidenza.read(record, '', this.#context);
    const before = `${joined(cells.slice(0, BEFORE_ADDRESS))};`;
    const address = joined(cells.slice(BEFORE_ADDRESS));
    const start = this.#residenze.bytes + Buffer.byteLength(before);
    this.#origins.noteOf(RESIDENZE, this.#residenze.write(before + address), soggetto);
    return { start, length: Buffer.byteLength(address) };
  }

  household(
    kind: HouseholdKind,
    record: XmlElement,
    part: number,
    place: XmlPlace,
    totals: SubentroTotals,
  ): void {
    const { reader, unplaced } = this.#households[kind];
    unplaced.write(joined(reader.read(record, '', this.#context)));
    this.#origins.note(kind, part, place);
    if (kind === 'famiglia') totals.famiglie++;
    else totals.convivenze++;
  }

  /** Frees the handles of the files, whatever became of them. */
  close(): void {
    for (const table of [this.#soggetti, this.#legami, this.#residenze]) table.close();
    for (const { unplaced } of Object.values(this.#households)) unplaced.close();
  }

  /** Ends the tables, to be called once and after `close`. @returns their paths and rows, by name */
  finish(): { readonly files: Map<string, string>; readonly counts: Record<string, number> } {
    const files = new Map<string, string>();
    const counts: Record<string, number> = {};
    const take = (spec: FileSpec, table: TableWriter): void => {
      files.set(spec.name, table.path);
      counts[spec.name] = table.rows;
    };
    take(SOGGETTI, this.#soggetti);
    take(LEGAMI, this.#legami);
    take(RESIDENZE, this.#residenze);
    const addresses = this.#homes.open(this.#residenze.path);
    try {
      take(FAMIGLIE, this.#placed('famiglia', addresses.of));
      const convivenze = this.#placed('convivenza', addresses.of);
      // A comune that has none need not have the table, and here could not show an empty one.
      if (convivenze.rows > 0) take(CONVIVENZE, convivenze);
    } finally {
      addresses.close();
    }
    return { files, counts };
  }

  /** The rows of households with their addresses, which were known when all subjects had been read. */
  #placed(kind: HouseholdKind, addressOf: (kind: HouseholdKind, id: string) => string | null): TableWriter {
    const { mapping, columns, unplaced } = this.#households[kind];
    const table = new TableWriter(join(this.#folder, mapping.table.name), [...columns, ...ADDRESS]);
    try {
      const broken = eachRow(unplaced.path, (row) => {
        const id = row.buffer.toString('utf8', row.starts[0]!, row.ends[0]!);
        const address = addressOf(kind, row.doubled[0] === 1 ? id.replaceAll('""', '"') : id);
        table.write(`${row.buffer.toString('utf8', row.start, row.end)};${address ?? NO_ADDRESS}`);
        return true;
      });
      if (broken !== null) throw new Error(`${unplaced.path} was not read back: ${broken.perche[1]}`);
    } finally {
      table.close();
    }
    rmSync(unplaced.path);
    return table;
  }
}
