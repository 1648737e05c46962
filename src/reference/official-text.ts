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

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** @throws AppError usage, with the line, where it is not UTF-8 */
export function readOfficialText(file: string): string {
  const bytes = readFileSync(file);
  try {
    return decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw unfit(file, lineNotUtf8(bytes), 'non è un testo UTF-8', 'is not UTF-8 text');
  }
}

/** The first line that cannot be decoded. */
function lineNotUtf8(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end;
    try {
      decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    from = to + 1;
  }
  return line;
}

export interface TextRecord {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Records of delimited text; quotes may hold delimiters, quotes (doubled) and line ends.
 * @param firstLine number of the first line of `text` in `file`
 * @throws AppError usage, for a quote that is never closed
 */
export function splitRecords(file: string, text: string, delimiter: string, firstLine = 1): TextRecord[] {
  const records: TextRecord[] = [];
  let line = firstLine;
  let start = firstLine;
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
  if (quoted) throw unfit(file, start, 'virgolette mai chiuse', 'quotes that are never closed');
  if (cell !== '' || cells.length > 0) endRecord();
  return records;
}

/**
 * Rows of a file with a header.
 * @param needed columns that must be there
 * @throws AppError usage, where one is missing, a row has another number of cells, or there is no row
 */
export function readOfficialRows(file: string, needed: readonly string[]): OfficialRow[] {
  const [header, ...records] = splitRecords(file, readOfficialText(file), ',');
  const names = header?.cells ?? [];
  for (const name of needed)
    if (!names.includes(name)) throw unfit(file, 1, `manca la colonna ${name}`, `column ${name} is missing`);
  if (records.length === 0) throw unfit(file, null, 'non contiene righe', 'holds no rows');
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
