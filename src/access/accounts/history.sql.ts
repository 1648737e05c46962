/** Tables of access are histories: a change closes the row that held and adds another. */
import type { Client } from '../../platform/db/pool.ts';

/** A table of `access`, with the columns that name one thing of it and those that say it. */
export interface HistoryTable<Row> {
  readonly name: string;
  readonly key: readonly (keyof Row & string)[];
  readonly columns: readonly (keyof Row & string)[];
}

/** Who changes, and when. */
export interface Change {
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
}

/** What holds now; null where there is none. @param key values of the table's key columns, in their order */
export async function findNow<Row>(
  db: Client,
  table: HistoryTable<Row>,
  key: readonly unknown[],
): Promise<Row | null> {
  const { rows } = await db.query<Row>(
    `select ${table.columns.join(', ')} from access.${table.name}
      where recorded_to = 'infinity' and ${table.key.map((column, i) => `${column} = $${i + 1}`).join(' and ')}`,
    key,
  );
  return rows[0] ?? null;
}

/** All that hold now where a column has one of the values, by key. */
export async function listNow<Row>(
  db: Client,
  table: HistoryTable<Row>,
  where?: { readonly column: keyof Row & string; readonly values: readonly string[] },
): Promise<Row[]> {
  const { rows } = await db.query<Row>(
    `select ${table.columns.join(', ')} from access.${table.name}
      where recorded_to = 'infinity'${where === undefined ? '' : ` and ${where.column} = any($1)`}
      order by ${table.key.map((column) => `length(${column}), ${column}`).join(', ')}`,
    where === undefined ? [] : [where.values],
  );
  return rows;
}

/** Closes what held, where anything did. @returns whether it did */
export async function closeNow<Row>(
  db: Client,
  table: HistoryTable<Row>,
  key: readonly unknown[],
  change: Change,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update access.${table.name} set recorded_to = greatest($${table.key.length + 1}::timestamptz, recorded_from + interval '1 microsecond')
      where recorded_to = 'infinity' and ${table.key.map((column, i) => `${column} = $${i + 1}`).join(' and ')}`,
    [...key, change.at],
  );
  return rowCount > 0;
}

/** Says what holds from now on, in place of what held. In a transaction. */
export async function putNow<Row>(
  db: Client,
  table: HistoryTable<Row>,
  row: Row,
  change: Change,
): Promise<void> {
  await closeNow(
    db,
    table,
    table.key.map((column) => row[column]),
    change,
  );
  const { columns } = table;
  // Two changes within a microsecond still come one after the other.
  await db.query(
    `insert into access.${table.name} (${columns.join(', ')}, recorded_from, changed_by)
     values (${columns.map((_, i) => `$${i + 1}`).join(', ')},
             greatest($${columns.length + 1}::timestamptz,
                      (select max(recorded_to) from access.${table.name}
                        where recorded_to < 'infinity' and ${table.key.map((column) => `${column} = $${columns.indexOf(column) + 1}`).join(' and ')})),
             $${columns.length + 2})`,
    [...columns.map((column) => row[column]), change.at, change.by],
  );
}
