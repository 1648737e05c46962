/** CSV as spreadsheets open it: semicolons, quotes, and nothing that they would run as a formula (security.md, "Input"). */

type Cell = string | number | boolean | null | undefined;

/** What a spreadsheet reads as the beginning of a formula, and what it skips before one. */
const BEGINS = ['=', '+', '-', '@'];
const SKIPPED = ['\t', '\r', '\n', '\0'];

const isFormula = (text: string): boolean =>
  SKIPPED.includes(text[0] ?? '') || BEGINS.includes(text.replaceAll('\0', '').trimStart()[0] ?? '');

/** One cell: made harmless by an apostrophe before it, then quoted where it must be. Numbers of ours stay numbers. */
export function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = cell.replaceAll('\0', '');
  const harmless = isFormula(cell) ? `'${text}` : text;
  return /[";\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A line with its end (CRLF, RFC 4180). */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(';')}\r\n`;
