/**
 * Columns in a file for one piece of work (DuckDB, in this process): joins and counts over more rows than fit in memory, for what
 * does not fit lies on disk. Nothing in it is kept. Statements live in `*.sql.ts` files, as those of PostgreSQL do.
 */
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';

export interface ColumnStoreOptions {
  /** A folder of its own, which whoever made it takes away. */
  readonly folder: string;
  /** Memory for rows; what needs more is written to the folder meanwhile. */
  readonly megabytes: number;
  /** All processors where absent. */
  readonly threads?: number;
}

/** A value of a row as it comes: whole numbers of 64 bits as numbers. */
export type ColumnValue = string | number | boolean | null;
export type ColumnRow = Record<string, ColumnValue>;

/** Rows of a chunk: DuckDB's own size of a vector. */
const CHUNK = 2048;

export class ColumnStore {
  /** Memory for rows. */
  readonly megabytes: number;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(megabytes: number, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.megabytes = megabytes;
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open({ folder, megabytes, threads }: ColumnStoreOptions): Promise<ColumnStore> {
    const instance = await DuckDBInstance.create(join(folder, 'columns.duckdb'), {
      memory_limit: `${megabytes}MB`,
      temp_directory: join(folder, 'spilled'),
      threads: String(threads ?? availableParallelism()),
      // Rows that come back in another order than they went in need no buffer; who wants an order asks for it.
      preserve_insertion_order: 'false',
      // Nothing is fetched from anywhere.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const store = new ColumnStore(megabytes, instance, await instance.connect());
    // Tables are joined in the order in which they are written: of those just made the planner guesses, and joined all records with
    // all others by what is unlike in them before it looked at the pairs asked about.
    await store.run(`set disabled_optimizers = 'join_order'`);
    // Nothing but the folder is read or written, whatever a statement says, and no statement can change that.
    await store.run(`set allowed_directories = ['${resolve(folder).replaceAll("'", "''")}'];
      set enable_external_access = false;
      set lock_configuration = true`);
    return store;
  }

  /** Runs statements. @returns rows that the last of them put in */
  async run(sql: string): Promise<number> {
    return (await this.#connection.run(sql)).rowsChanged;
  }

  /** The rows of a query of few. */
  async rows<R = ColumnRow>(sql: string): Promise<R[]> {
    const found: R[] = [];
    for await (const rows of this.batches<R>(sql)) found.push(...rows);
    return found;
  }

  /** The rows of a query of any number, some thousand at a time, read as they are asked for. Others may be written meanwhile. */
  async *batches<R = ColumnRow>(sql: string): AsyncGenerator<R[]> {
    const connection = await this.#instance.connect();
    try {
      const result = await connection.stream(sql);
      const names = result.columnNames();
      for await (const chunk of result) {
        const rows: ColumnRow[] = Array.from({ length: chunk.rowCount }, () => ({}));
        names.forEach((name, column) => {
          chunk.visitColumnValues(column, (value, row) => {
            rows[row]![name] = plain(value);
          });
        });
        yield rows as R[];
      }
    } finally {
      connection.closeSync();
    }
  }

  /** Begins to put rows into a table. */
  async append(table: string): Promise<ColumnWriter> {
    const connection = await this.#instance.connect();
    return new ColumnWriter(await connection.createAppender(table), connection);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

const plain = (value: DuckDBValue): ColumnValue =>
  typeof value === 'bigint' ? Number(value) : (value as ColumnValue);

/** Puts rows into a table, some thousand at a time. What it was given last is in the table once it is closed. */
export class ColumnWriter {
  readonly #appender: DuckDBAppender;
  readonly #connection: DuckDBConnection;
  readonly #types: readonly DuckDBType[];
  readonly #columns: DuckDBValue[][];
  #rows = 0;

  constructor(appender: DuckDBAppender, connection: DuckDBConnection) {
    this.#appender = appender;
    this.#connection = connection;
    this.#types = Array.from({ length: appender.columnCount }, (_, i) => appender.columnType(i));
    this.#columns = this.#types.map(() => new Array<DuckDBValue>(CHUNK));
  }

  /** @param row a value for each column of the table, in its order; of 64 bits as bigint */
  add(row: readonly DuckDBValue[]): void {
    for (let i = 0; i < this.#columns.length; i++) this.#columns[i]![this.#rows] = row[i]!;
    if (++this.#rows === CHUNK) this.#flush();
  }

  #flush(): void {
    if (this.#rows === 0) return;
    const chunk = DuckDBDataChunk.create(this.#types, this.#rows);
    for (let i = 0; i < this.#columns.length; i++)
      chunk.setColumnValues(
        i,
        this.#rows === CHUNK ? this.#columns[i]! : this.#columns[i]!.slice(0, this.#rows),
      );
    this.#appender.appendDataChunk(chunk);
    this.#rows = 0;
  }

  close(): void {
    this.#flush();
    this.#appender.closeSync();
    this.#connection.closeSync();
  }
}
