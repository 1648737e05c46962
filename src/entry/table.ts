/** Readable tables for a terminal: aligned columns, bold headings on a terminal only. */

/** Where a table is written: a terminal gets headings in bold. */
export interface TableTarget {
  readonly isTTY?: boolean;
}

export interface Column<R> {
  readonly title: string;
  readonly text: (row: R) => string | number | null | undefined;
  /** Numbers stand on the right. */
  readonly right?: boolean;
}

const BOLD = '\u001b[1m';
const PLAIN = '\u001b[0m';

/** Characters that the text takes up: marks that combine with the letter before take none. */
const width = (text: string): number => [...text.replace(/\p{M}/gu, '')].length;

function pad(text: string, to: number, right: boolean): string {
  const blank = ' '.repeat(Math.max(0, to - width(text)));
  return right ? blank + text : text + blank;
}

/** 13.034, and 6.346 too: figures of one column are read in one way. */
export const thousands = (n: number): string => n.toLocaleString('it-IT', { useGrouping: 'always' });

const shown = (value: string | number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

/** Lines of a table, headings first; a column that is empty in every row is left out. */
export function table<R>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  target: TableTarget = {},
): string {
  const cells = rows.map((row) => columns.map((column) => shown(column.text(row))));
  const kept = columns
    .map((column, i) => ({ column, i }))
    .filter(({ i }) => cells.some((row) => row[i] !== ''));
  const widths = kept.map(({ column, i }) =>
    Math.max(width(column.title), ...cells.map((row) => width(row[i]!))),
  );
  const line = (texts: readonly string[]): string =>
    kept
      .map(({ column }, n) => pad(texts[n]!, widths[n]!, column.right === true))
      .join('  ')
      .trimEnd();
  const head = line(kept.map(({ column }) => column.title));
  return [
    target.isTTY === true ? `${BOLD}${head}${PLAIN}` : head,
    ...cells.map((row) => line(kept.map(({ i }) => row[i]!))),
  ]
    .map((text) => `${text}\n`)
    .join('');
}

/** Lines of names and values; those without a value are left out. */
export function fields(
  pairs: readonly (readonly [name: string, value: string | null | undefined])[],
  target: TableTarget = {},
): string {
  const kept = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '');
  const to = Math.max(0, ...kept.map(([name]) => width(name)));
  const name = (text: string): string =>
    target.isTTY === true ? `${BOLD}${pad(text, to, false)}${PLAIN}` : pad(text, to, false);
  return kept.map(([text, value]) => `${name(text)}  ${value}\n`).join('');
}
