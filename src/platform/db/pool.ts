/**
 * The way to PostgreSQL: a pool of connections with one set of session settings, transactions, and COPY.
 * Statements live in `*.sql.ts` files as functions whose first argument is a `Client`.
 */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFromStream } from 'pg-copy-streams';
import { AppError } from '../../kernel/app-error.ts';
import { CopyIn } from './copy-in.ts';
import { CopyOut, type TakeRow } from './copy-out.ts';
import { databaseError, errorCode, POSTGRES_MAJOR, withoutPassword, wrongVersion } from './errors.ts';
import { valueParsers } from './values.ts';

/** A row as it comes: days and instants as text, int8 as number, numeric as text (values.ts). */
export type DatabaseRow = Record<string, unknown>;

export interface QueryResult<R> {
  readonly rows: R[];
  /** Rows returned or touched. */
  readonly rowCount: number;
}

/** A statement with its values; with a name, it is prepared once on each connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** What statements run on: a connection in a transaction, or the pool itself for a statement alone. */
export interface Client {
  query<R = DatabaseRow>(statement: string | Statement, values?: readonly unknown[]): Promise<QueryResult<R>>;
}

export interface TransactionOptions {
  /** 'read committed' where absent. */
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
  /**
   * Every statement looks up by key: it is prepared and planned once on a connection, with joins by looking up, and without a look
   * at its values. Planning took longer than most of them, and a list of numbers, or tables without statistics yet, mislead it.
   */
  readonly lookups?: boolean;
}

export interface Database extends Client {
  /** Runs `work` on one connection, outside a transaction. */
  withClient<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction: committed when it returns, rolled back when it throws. */
  transaction<T>(work: (client: Client) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Streams rows in COPY's text format into a table, on a connection got from `withClient` or `transaction`.
   * @param source a stream, or everything at once
   * @returns how many rows went in
   */
  copyFrom(
    client: Client,
    table: string,
    columns: readonly string[],
    source: Readable | Buffer,
  ): Promise<number>;
  /**
   * Gives each row of a query to `take`, as COPY's binary format has it (copy-out.ts), on a connection got from `withClient` or `transaction`.
   * @param select without parameters
   * @returns how many rows there were; what `take` throws is thrown once the rest is passed over
   */
  copyTo(client: Client, select: string, take: TakeRow): Promise<number>;
  /** Waits for what is running and closes every connection. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** postgres://user:password@host:port/name */
  readonly url: string;
  /** The role the session acts as (SET ROLE); that of the login where absent. */
  readonly role?: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Most connections at once; 4 where absent. */
  readonly poolSize?: number;
  /** Milliseconds to wait for a connection; 10,000 where absent. */
  readonly connectTimeout?: number;
  /** Further settings of each session, such as { work_mem: '64MB' }. */
  readonly settings?: Readonly<Record<string, string>>;
}

const RECOVERY_TIMEOUT_MS = 120_000;
const RECOVERY_POLL_MS = 100;

const SESSION: Readonly<Record<string, string>> = {
  search_path: 'registry,public',
  TimeZone: 'UTC',
  DateStyle: 'ISO,YMD',
  IntervalStyle: 'iso_8601',
  client_encoding: 'UTF8',
};

/** The settings as libpq's `options`: "-c name=value", with spaces and backslashes escaped. */
function startupOptions(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replace(/([\\ ])/g, '\\$1')}`)
    .join(' ');
}

function connectionConfig(options: DatabaseOptions): pg.PoolConfig {
  const role = options.role === undefined ? {} : { role: options.role };
  const settings = { ...SESSION, ...role, ...options.settings };

  const url = new URL(options.url);
  // pg lets the address win over the configuration, so what the address already asks for is kept beside ours.
  const asked = url.searchParams.get('options');
  url.searchParams.delete('options');
  return {
    connectionString: url.href,
    options: [asked, startupOptions(settings)].filter((part) => part !== null).join(' '),
    application_name: options.applicationName,
    max: options.poolSize ?? 4,
    connectionTimeoutMillis: options.connectTimeout ?? 10_000,
    idleTimeoutMillis: 0,
    keepAlive: true,
    types: valueParsers,
  };
}

class Connection implements Client {
  readonly raw: pg.PoolClient;
  /** Not to be used again: lost, or left in an unknown state. */
  broken = false;
  /** Whether statements without a name are prepared too. */
  prepares = false;
  readonly #url: string;

  constructor(raw: pg.PoolClient, url: string) {
    this.raw = raw;
    this.#url = url;
  }

  async query<R = DatabaseRow>(
    statement: string | Statement,
    values?: readonly unknown[],
  ): Promise<QueryResult<R>> {
    try {
      const query = queryConfig(statement, values);
      if (this.prepares && query.values !== undefined) query.name ??= givenName(query.text);
      const result = await this.raw.query(query);
      return { rows: result.rows as R[], rowCount: result.rowCount ?? 0 };
    } catch (error) {
      throw this.refusal(error);
    }
  }

  /** What to throw for an error of this connection. */
  refusal(error: unknown): unknown {
    const refusal = databaseError(error, this.#url);
    if (refusal instanceof AppError && refusal.code === 'database-unavailable') this.broken = true;
    return refusal;
  }
}

/** Settings of a transaction that only looks up (TransactionOptions). */
const LOOKUPS = `select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
  set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;

/** Names of statements that were given none, by their text. */
const givenNames = new Map<string, string>();

function givenName(text: string): string {
  let name = givenNames.get(text);
  if (name === undefined) {
    name = `statement-${givenNames.size + 1}`;
    givenNames.set(text, name);
  }
  return name;
}

/** The rollback of a lost connection fails too: what the caller must hear is the first error. */
async function rollback(client: Client): Promise<void> {
  try {
    await client.query('rollback');
  } catch {
    if (client instanceof Connection) client.broken = true;
  }
}

/** A list of numbers as PostgreSQL reads it: the driver would look at each as if it might need quotes. */
const asParameter = (value: unknown): unknown =>
  Array.isArray(value) && value.length > 0 && value.every((v) => typeof v === 'number')
    ? `{${value.join(',')}}`
    : value;

function queryConfig(statement: string | Statement, values?: readonly unknown[]): pg.QueryConfig {
  if (typeof statement === 'string')
    return values === undefined ? { text: statement } : { text: statement, values: values.map(asParameter) };
  return {
    text: statement.text,
    ...(statement.name === undefined ? {} : { name: statement.name }),
    ...(statement.values === undefined ? {} : { values: statement.values.map(asParameter) }),
  };
}

class PoolDatabase implements Database {
  readonly #pool: pg.Pool;
  readonly #url: string;

  constructor(pool: pg.Pool, url: string) {
    this.#pool = pool;
    this.#url = url;
    // A connection that breaks while idle is dropped by the pool; the next query gets a new one or a refusal.
    pool.on('error', () => undefined);
    // One that breaks between two statements of a transaction is noticed by the second of them.
    pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async query<R = DatabaseRow>(
    statement: string | Statement,
    values?: readonly unknown[],
  ): Promise<QueryResult<R>> {
    return this.withClient((client) => client.query<R>(statement, values));
  }

  async withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const connection = await this.#connect();
    try {
      return await work(connection);
    } finally {
      connection.raw.release(connection.broken);
    }
  }

  async transaction<T>(work: (client: Client) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const isolation = options.isolation ?? 'read committed';
    const lookups = options.lookups === true;
    return this.withClient(async (client) => {
      await client.query(
        `begin isolation level ${isolation}${options.readOnly === true ? ' read only' : ''}${lookups ? `; ${LOOKUPS}` : ''}`,
      );
      if (client instanceof Connection) client.prepares = lookups;
      try {
        const result = await work(client);
        await client.query('commit');
        return result;
      } catch (error) {
        await rollback(client);
        throw error;
      } finally {
        if (client instanceof Connection) client.prepares = false;
      }
    });
  }

  async copyFrom(
    client: Client,
    table: string,
    columns: readonly string[],
    source: Readable | Buffer,
  ): Promise<number> {
    if (!(client instanceof Connection)) throw new TypeError('copyFrom needs a connection, not the pool');
    const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
    const name = table.split('.').map(pg.escapeIdentifier).join('.');
    const text = `copy ${name} (${list}) from stdin`;
    try {
      if (Buffer.isBuffer(source)) return await client.raw.query(new CopyIn(text, source)).rows;
      const stream = client.raw.query(copyFromStream(text));
      await pipeline(source, stream);
      return stream.rowCount;
    } catch (error) {
      throw client.refusal(error);
    }
  }

  async copyTo(client: Client, select: string, take: TakeRow): Promise<number> {
    if (!(client instanceof Connection)) throw new TypeError('copyTo needs a connection, not the pool');
    try {
      return await client.raw.query(new CopyOut(`copy (${select}) to stdout (format binary)`, take)).rows;
    } catch (error) {
      throw client.refusal(error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #connect(): Promise<Connection> {
    const until = Date.now() + RECOVERY_TIMEOUT_MS;
    for (;;) {
      try {
        return new Connection(await this.#pool.connect(), this.#url);
      } catch (error) {
        // 57P03 cannot_connect_now: the server is recovering from a crash, and is back by itself.
        if (errorCode(error) !== '57P03' || Date.now() > until) throw databaseError(error, this.#url);
        await wait(RECOVERY_POLL_MS);
      }
    }
  }
}

/**
 * Opens a pool and checks that the server is there and of the right version.
 * @throws AppError database-unavailable, database-version
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const database = new PoolDatabase(new pg.Pool(connectionConfig(options)), options.url);
  try {
    const { rows } = await database.query<{ number: string; text: string }>(
      "select current_setting('server_version_num') as number, current_setting('server_version') as text",
    );
    const version = rows[0]!;
    if (Math.floor(Number(version.number) / 10_000) !== POSTGRES_MAJOR)
      throw wrongVersion(version.text, withoutPassword(options.url));
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
