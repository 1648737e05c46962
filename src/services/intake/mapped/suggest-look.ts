/** The look of a file that nobody has described: its encoding, its separator, its header and its columns. */
import { closeSync, openSync, readSync } from 'node:fs';
import { decoderOf, type EncodingName, fittingEncodings } from './encodings.ts';
import { namesByCode } from './suggest-by-code.ts';
import type { ColumnLook } from './suggest-values.ts';

/** Enough to see what a register looks like. */
const SAMPLE = 256 * 1024;
const ROWS = 500;

export interface FileLook {
  readonly encoding: EncodingName;
  /** Null where no character parts the fields: a file of fixed width. */
  readonly separator: string | null;
  readonly header: boolean;
  readonly columns: readonly ColumnLook[];
  /** The first rows, without their line ends. */
  readonly lines: readonly string[];
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
  const separator = separatorOf(lines);
  if (separator === null) return { encoding, separator, header: false, columns: [], lines };
  return {
    encoding,
    separator,
    lines,
    ...columnsOf(lines.map((line) => line.split(separator).map(unquoted))),
  };
}

/** Columns of rows whose first may be a header. */
export function columnsOf(rows: readonly (readonly string[])[]): Pick<FileLook, 'header' | 'columns'> {
  const [first = []] = rows;
  const header = looksLikeHeader(first);
  const body = header ? rows.slice(1) : rows;
  const names = header
    ? first
    : namesByCode(
        first.map((_, i) => ({ cells: body.map((row) => row[i] ?? '') })),
        (i) => `COL${i + 1}`,
      );
  return {
    header,
    columns: first.map((name, i) => {
      const filled = body.map((row) => row[i] ?? '').filter((value) => value !== '');
      return { name: names[i] ?? name, values: [...new Set(filled)], filled: filled.length };
    }),
  };
}
