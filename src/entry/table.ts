/** Readable tables for a terminal: aligned columns, bold headings and folded cells on a terminal only. */

/** Where a table is written: a terminal gets headings in bold, and no line wider than it is. */
export interface TableTarget {
  readonly isTTY?: boolean;
  /** Characters that a line of the terminal holds. */
  readonly columns?: number;
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

/** The narrowest that a column is made, and the blanks between two columns. */
const NARROWEST = 12;
const GAP = 2;

/** Words of a text in lines no wider than `to`; a word that is longer stands alone, whole, so that codes can be copied. */
export function foldWords(text: string, to: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) > to) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Widths of columns that fit a line: the widest gives way, down to its longest word, until they do or none can. */
function fitWidths(wanted: readonly number[], least: readonly number[], limit: number): number[] {
  const fitted = [...wanted];
  let over = fitted.reduce((sum, w) => sum + w, GAP * (fitted.length - 1)) - limit;
  while (over > 0) {
    const widest = Math.max(0, ...fitted.filter((w, n) => w > least[n]!));
    if (widest === 0) break;
    fitted[fitted.findIndex((w, n) => w === widest && w > least[n]!)] = widest - 1;
    over--;
  }
  return fitted;
}

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
  const wanted = kept.map(({ column, i }) =>
    Math.max(width(column.title), ...cells.map((row) => width(row[i]!))),
  );
  const limit =
    target.isTTY === true ? (target.columns ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const longestWord = (text: string): number => Math.max(...text.split(' ').map(width));
  const least = kept.map(({ column, i }) =>
    Math.max(NARROWEST, longestWord(column.title), ...cells.map((row) => longestWord(row[i]!))),
  );
  const widths = fitWidths(wanted, least, limit);
  const line = (texts: readonly string[]): string[] => {
    const folded = texts.map((text, n) => foldWords(text, widths[n]!));
    return Array.from({ length: Math.max(...folded.map((lines) => lines.length)) }, (_, i) =>
      kept
        .map(({ column }, n) => pad(folded[n]![i] ?? '', widths[n]!, column.right === true))
        .join(' '.repeat(GAP))
        .trimEnd(),
    );
  };
  const head = line(kept.map(({ column }) => column.title));
  return [
    ...head.map((text) => (target.isTTY === true ? `${BOLD}${text}${PLAIN}` : text)),
    ...cells.flatMap((row) => line(kept.map(({ i }) => row[i]!))),
  ]
    .map((text) => `${text}\n`)
    .join('');
}

/** Lines of names and values; those without a value are left out, and the further lines of a value stand under its first. */
export function fields(
  pairs: readonly (readonly [name: string, value: string | null | undefined])[],
  target: TableTarget = {},
): string {
  const kept = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '');
  const to = Math.max(0, ...kept.map(([name]) => width(name)));
  const name = (text: string): string =>
    target.isTTY === true ? `${BOLD}${pad(text, to, false)}${PLAIN}` : pad(text, to, false);
  const under = `\n${' '.repeat(to + GAP)}`;
  return kept
    .map(([text, value]) => `${name(text)}${' '.repeat(GAP)}${value?.replaceAll('\n', under)}\n`)
    .join('');
}
