/** CSV that is written for others to open: `;`, CRLF and RFC 4180 quotes, and no cell that a spreadsheet would run (security.md, Input). Pure. */

/** A leading = + - @ tab or carriage return makes a formula of a text; an apostrophe before it makes it a text again. */
const FORMULA = /^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;

export function csvCell(text: string): string {
  const plain = text.replaceAll('\0', '');
  const safe = FORMULA.test(plain) ? `'${plain}` : plain;
  return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line, with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(';')}\r\n`;
