/** The look of a file that nobody has described: its encoding, its separator, its header, and what its columns hold. */
import { closeSync, openSync, readSync } from 'node:fs';
import { dateReader } from './dates.ts';
import { decoderOf, type EncodingName, fittingEncodings } from './encodings.ts';

/** Enough to see what a register looks like. */
const SAMPLE = 256 * 1024;
const ROWS = 500;

export interface FileLook {
  readonly encoding: EncodingName;
  /** Null where no character parts the fields: a file of fixed width. */
  readonly separator: string | null;
  readonly header: boolean;
  readonly columns: readonly ColumnLook[];
  /** The longest line. */
  readonly width: number;
}

export interface ColumnLook {
  readonly name: string;
  /** Values that are not empty, each once, of the first rows. */
  readonly values: readonly string[];
  readonly filled: number;
}

export function sampleOf(path: string): Buffer {
  const fd = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(SAMPLE);
    const read = readSync(fd, buffer, 0, SAMPLE, null);
    const bytes = buffer.subarray(0, read);
    // A line that is cut would be taken for one of another shape.
    return read < SAMPLE ? bytes : bytes.subarray(0, bytes.lastIndexOf(10) + 1);
  } finally {
    closeSync(fd);
  }
}

/** Letters that Italian registers have beyond ASCII, and those of which a wrong encoding makes them. */
const LIKELY = new Set('àèéìòùÀÈÉÌÒÙçñüöäÇÑÜÖÄ°’');

function encodingOf(bytes: Buffer): EncodingName {
  const fitting = fittingEncodings(bytes);
  if (fitting.includes('UTF-8')) return 'UTF-8';
  let best: EncodingName = 'Windows-1252';
  let most = -1;
  for (const encoding of ['ISO-8859-15', 'Windows-1252', 'CP850'] as const) {
    if (!fitting.includes(encoding)) continue;
    const decoded = decoderOf(encoding)(bytes);
    if ('badByte' in decoded) continue;
    let likely = 0;
    for (const char of decoded.text) if (char > '\u007f') likely += LIKELY.has(char) ? 1 : -1;
    if (likely > most) [best, most] = [encoding, likely];
  }
  return best;
}

const SEPARATORS = [';', '\t', '|', ','];

function separatorOf(lines: readonly string[]): string | null {
  const looked = lines.slice(0, 50);
  const counts = SEPARATORS.map((separator) => {
    const each = looked.map((line) => line.split(separator).length - 1);
    const [first = 0] = each;
    const alike = each.filter((n) => n === first).length / Math.max(1, each.length);
    return { separator, first, alike };
  });
  const fit = counts.filter(({ first, alike }) => first > 0 && alike >= 0.8);
  fit.sort((a, b) => b.first - a.first);
  return fit[0]?.separator ?? null;
}

const unquoted = (field: string): string => {
  const text = field.trim();
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).trim() : text;
};

/** A header has a name in every column, no two alike, and none that is a number or a date. */
const looksLikeHeader = (fields: readonly string[]): boolean =>
  new Set(fields).size === fields.length &&
  fields.every((field) => field !== '' && !/^[\d/.-]+$/.test(field));

/** Looks at a text. */
export function lookAt(bytes: Buffer): FileLook {
  const encoding = encodingOf(bytes);
  const decoded = decoderOf(encoding)(bytes);
  const text = 'text' in decoded ? decoded.text.replace(/^\ufeff/, '') : '';
  const lines = text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.trim() !== '' && line !== '\u001a')
    .slice(0, ROWS);
  const width = Math.max(0, ...lines.map((line) => line.length));
  const separator = separatorOf(lines);
  if (separator === null) return { encoding, separator, header: false, columns: [], width };
  return {
    encoding,
    separator,
    width,
    ...columnsOf(lines.map((line) => line.split(separator).map(unquoted))),
  };
}

/** Columns of rows whose first may be a header. */
export function columnsOf(rows: readonly (readonly string[])[]): Pick<FileLook, 'header' | 'columns'> {
  const [first = []] = rows;
  const header = looksLikeHeader(first);
  const body = header ? rows.slice(1) : rows;
  return {
    header,
    columns: first.map((name, i) => {
      const filled = body.map((row) => row[i] ?? '').filter((value) => value !== '');
      return { name: header ? name : `COL${i + 1}`, values: [...new Set(filled)], filled: filled.length };
    }),
  };
}

const SHAPES = [
  'GG/MM/AAAA',
  'AAAA-MM-GG',
  'GG-MM-AAAA',
  'GG.MM.AAAA',
  'AAAAMMGG',
  'GGMMAAAA',
  'GG/MM/AA',
  'GGMMAA',
];
const CENTURY = { pivot: 26, notAfter: '2026-12-31' as never };
/** Of the values that are looked at, how many must be of a shape. */
const MOSTLY = 0.9;

/** The shape of the dates of a column, or null where it holds none. */
export function dateShapeOf({ values }: ColumnLook): string | null {
  const looked = values.filter((value) => !/^0+$/.test(value)).slice(0, 200);
  if (looked.length === 0) return null;
  for (const shape of SHAPES) {
    const read = dateReader(shape, CENTURY);
    const dates = looked.map(read).filter((date) => date !== null && date >= '1850' && date < '2100');
    if (dates.length >= MOSTLY * looked.length) return shape;
  }
  return null;
}

const share = ({ values }: ColumnLook, test: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(test).length / values.length;

export const isCodiceFiscale = (column: ColumnLook): boolean =>
  share(column, (v) =>
    /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/i.test(v),
  ) > 0.8;
/** ISTAT codes of comuni and of states in one column. */
export const isMixedPlace = (column: ColumnLook): boolean =>
  share(column, (v) => /^(?:\d{3}|\d{6})$/.test(v)) > 0.95 &&
  column.values.some((v) => v.length === 3) &&
  column.values.some((v) => v.length === 6);
export const isCadastral = (column: ColumnLook): boolean =>
  share(column, (v) => /^[A-Z]\d{3}$/i.test(v)) > 0.9;
export const isSex = (column: ColumnLook): boolean =>
  column.values.length <= 3 && share(column, (v) => ['M', 'F', '1', '2'].includes(v.toUpperCase())) === 1;
export const isUnique = (column: ColumnLook): boolean =>
  column.filled > 1 && column.values.length === column.filled && share(column, (v) => v.length <= 20) === 1;
