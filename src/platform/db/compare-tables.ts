/**
 * Compares two tables row by row, each seen through a connection of its own (two snapshots, or two servers): first the rows'
 * hashes, summed up in classes, then the hashes of the classes that differ, then the rows themselves of the first differences.
 */
import { listHashes, listRows, sumClasses } from './compare-tables.sql.ts';
import type { Client } from './pool.ts';

/** Where one of the two tables is seen. */
export interface TableSide {
  readonly client: Client;
  readonly schema: string;
}

/** One column of a row that both have, with both values. */
export interface ColumnDifference {
  readonly column: string;
  readonly first: string | null;
  readonly second: string | null;
}

export type RowDifference =
  | { readonly kind: 'changed'; readonly key: string; readonly columns: readonly ColumnDifference[] }
  | { readonly kind: 'first-only'; readonly key: string }
  | { readonly kind: 'second-only'; readonly key: string };

export interface TableComparison {
  readonly table: string;
  /** Rows in all. */
  readonly first: number;
  readonly second: number;
  /** Rows that have no equal on the other side. */
  readonly firstOnly: number;
  readonly secondOnly: number;
  /** The two numbers above are all there are; false: there are more. */
  readonly complete: boolean;
  readonly differences: readonly RowDifference[];
}

/** Classes looked into, of 1024: one by one they would take a pass over the table each. */
const CLASSES_SHOWN = 64;
/** Rows fetched on each side, to find pairs among them. */
const ROWS_FETCHED = 500;

type Row = Readonly<Record<string, string | null>>;

/** The hashes that one sorted list has more often than the other. */
function surplus(list: readonly string[], other: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const hash of other) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return list.filter((hash) => {
    const left = counts.get(hash) ?? 0;
    if (left > 0) counts.set(hash, left - 1);
    return left === 0;
  });
}

/** The rows that are in surplus: of equal ones, as many as there are too many. */
async function surplusRows(side: TableSide, table: string, hashes: readonly string[]): Promise<Row[]> {
  const wanted = new Map<string, number>();
  for (const hash of hashes.slice(0, ROWS_FETCHED)) wanted.set(hash, (wanted.get(hash) ?? 0) + 1);
  if (wanted.size === 0) return [];
  const found = await listRows(side.client, side.schema, table, [...wanted.keys()]);
  return found
    .filter(({ hash }) => {
      const left = wanted.get(hash) ?? 0;
      wanted.set(hash, left - 1);
      return left > 0;
    })
    .map(({ row }) => row);
}

const keyText = (row: Row, key: readonly string[]): string =>
  (key.length === 0 ? Object.keys(row).sort() : key).map((column) => `${column}=${row[column]}`).join(' ');

/** Pairs rows by their key; those without a partner stand alone. */
export function pairRows(
  first: readonly Row[],
  second: readonly Row[],
  key: readonly string[],
): RowDifference[] {
  const partners = new Map<string, Row[]>();
  for (const row of second) {
    const text = keyText(row, key);
    partners.set(text, [...(partners.get(text) ?? []), row]);
  }
  const found: RowDifference[] = [];
  for (const row of first) {
    const text = keyText(row, key);
    const partner = partners.get(text)?.shift();
    if (partner === undefined) found.push({ kind: 'first-only', key: text });
    else
      found.push({
        kind: 'changed',
        key: text,
        columns: Object.keys({ ...row, ...partner })
          .sort()
          .filter((column) => row[column] !== partner[column])
          .map((column) => ({ column, first: row[column] ?? null, second: partner[column] ?? null })),
      });
  }
  for (const [text, rows] of partners) for (const _ of rows) found.push({ kind: 'second-only', key: text });
  return found;
}

/** @param key columns by which a changed row is known; empty: rows are never paired */
export async function compareTable(
  first: TableSide,
  second: TableSide,
  table: string,
  key: readonly string[],
  shown: number,
): Promise<TableComparison> {
  const [ours, theirs] = await Promise.all([
    sumClasses(first.client, first.schema, table),
    sumClasses(second.client, second.schema, table),
  ]);
  const count = (sums: readonly { readonly rows: number }[]): number => sums.reduce((n, s) => n + s.rows, 0);
  const other = new Map(theirs.map((s) => [s.class, s]));
  const differing = new Set(theirs.map((s) => s.class));
  for (const one of ours) {
    const same = other.get(one.class);
    if (same !== undefined && same.rows === one.rows && same.sum === one.sum) differing.delete(one.class);
    else differing.add(one.class);
  }
  const compared = { table, first: count(ours), second: count(theirs) };
  if (differing.size === 0)
    return { ...compared, firstOnly: 0, secondOnly: 0, complete: true, differences: [] };
  const classes = [...differing].sort((a, b) => a - b).slice(0, CLASSES_SHOWN);
  const [left, right] = await Promise.all([
    listHashes(first.client, first.schema, table, classes),
    listHashes(second.client, second.schema, table, classes),
  ]);
  const firstOnly = surplus(left, right);
  const secondOnly = surplus(right, left);
  const [leftRows, rightRows] = await Promise.all([
    surplusRows(first, table, firstOnly),
    surplusRows(second, table, secondOnly),
  ]);
  return {
    ...compared,
    firstOnly: firstOnly.length,
    secondOnly: secondOnly.length,
    complete: differing.size <= CLASSES_SHOWN,
    differences: pairRows(leftRows, rightRows, key).slice(0, shown),
  };
}
