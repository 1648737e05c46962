/** Reading the official files: comma- or tab-separated text with quotes (RFC 4180), UTF-8, a BOM tolerated. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../kernel/app-error.ts';

/** A row by column name, with the line it begins on, from 1. */
export interface OfficialRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** The file is there, but is not what its name says. */
export function unfit(file: string, line: number | null, italian: string, english: string): AppError {
  const where = line === null ? basename(file) : `${basename(file)}:${line}`;
  return new AppError('usage', `${where}: ${italian}`, `${where}: ${english}`);
}

/** @throws AppError usage, where it is not UTF-8 */
export function readOfficialText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw unfit(file, null, 'non è un testo UTF-8', 'is not UTF-8 text');
  }
}

/** Records of delimited text; quotes may hold delimiters, quotes (doubled) and line ends. */
export function splitRecords(text: string, delimiter: string): { line: number; cells: string[] }[] {
  const records: { line: number; cells: string[] }[] = [];
  let line = 1;
  let start = 1;
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  const endRecord = (): void => {
    cells.push(cell);
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells });
    cells = [];
    cell = '';
    start = line;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\n') line++;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n') endRecord();
    else if (char !== '\r') cell += char;
  }
  if (cell !== '' || cells.length > 0) endRecord();
  return records;
}

/**
 * Rows of a file with a header.
 * @param needed columns that must be there
 * @throws AppError usage, where one is missing or a row has another number of cells
 */
export function readOfficialRows(file: string, needed: readonly string[]): OfficialRow[] {
  const [header, ...records] = splitRecords(readOfficialText(file), ',');
  const names = header?.cells ?? [];
  for (const name of needed)
    if (!names.includes(name)) throw unfit(file, 1, `manca la colonna ${name}`, `column ${name} is missing`);
  return records.map(({ line, cells }) => {
    if (cells.length !== names.length)
      throw unfit(
        file,
        line,
        `${cells.length} valori invece di ${names.length}`,
        `${cells.length} values instead of ${names.length}`,
      );
    return { line, cells: Object.fromEntries(names.map((name, i) => [name, cells[i]!.trim()])) };
  });
}
