/**
 * Where the fields of a file of fixed width may begin and end, by the look of its rows: codici fiscali and dates stand at the same
 * place in every row, texts begin where all rows have a letter after their padding, and digits part from letters. The
 * documentation of the software knows better; a proposal is for a person to go on from.
 */
import { parseCodiceFiscale } from '../../../kernel/codice-fiscale.ts';
import { lookOf, namesByCode } from './suggest-by-code.ts';
import { type ColumnLook, dateShapeOf } from './suggest-values.ts';

/** A field: positions counted from 0, the last one excluded. */
export interface FixedField {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface FixedRecord {
  /** The type of its rows; null where the file has one type alone. */
  readonly code: string | null;
  readonly fields: readonly FixedField[];
}

export interface FixedLook {
  /** Positions of the type of a row, where there are several types: from 0, the last excluded. */
  readonly type: { readonly from: number; readonly to: number } | null;
  /** The one that holds persons first. */
  readonly records: readonly FixedRecord[];
  readonly columns: readonly ColumnLook[];
}

/** Types of rows that a file may have; more are a code of something else. */
const MOST_TYPES = 9;
const MOSTLY = 0.85;
const LEAST_ROWS = 3;

interface Span {
  readonly from: number;
  readonly to: number;
}

const cellsOf = (lines: readonly string[], { from, to }: Span): readonly string[] =>
  lines.map((line) => line.slice(from, to).trim());

/** Of the rows with anything at these places, do most hold such a thing, and enough of them? */
function mostly(cells: readonly string[], test: (cell: string) => boolean): boolean {
  const filled = cells.filter((cell) => cell !== '' && !/^0+$/.test(cell));
  return filled.length >= LEAST_ROWS && filled.filter(test).length >= MOSTLY * filled.length;
}

const isCode = (cell: string): boolean =>
  cell.length === 16 && parseCodiceFiscale(cell).kind === 'definitive';

/** Codici fiscali, and dates of eight digits or with bars: what cannot be there by chance. */
function anchors(lines: readonly string[], width: number, start: number): readonly Span[] {
  const found: Span[] = [];
  for (let from = start; from < width; ) {
    const code = { from, to: from + 16 };
    const bars = { from, to: from + 10 };
    const day = { from, to: from + 8 };
    const span = mostly(cellsOf(lines, code), isCode)
      ? code
      : isDate(lines, bars, /^\d\d[/.-]\d\d[/.-]\d{4}$|^\d{4}-\d\d-\d\d$/)
        ? bars
        : isDate(lines, day, /^\d{8}$/)
          ? day
          : null;
    if (span !== null) found.push(span);
    from = span === null ? from + 1 : span.to;
  }
  return found;
}

function isDate(lines: readonly string[], span: Span, form: RegExp): boolean {
  const cells = cellsOf(lines, span);
  return (
    mostly(cells, (cell) => form.test(cell)) &&
    dateShapeOf(lookOf('', { cells: cells.filter((cell) => form.test(cell)) })) !== null
  );
}

const kindOf = (char: string | undefined): 'blank' | 'digit' | 'other' =>
  char === undefined || char === ' ' ? 'blank' : char >= '0' && char <= '9' ? 'digit' : 'other';

/**
 * Does a field begin at this place? In every row that has something there it comes after padding, or is a letter after a digit. A
 * digit after a letter is the number of a code (S12), and the second word of a name stands elsewhere in another row.
 */
function begins(lines: readonly string[], at: number): boolean {
  let here = 0;
  for (const line of lines) {
    const [before, now] = [kindOf(line[at - 1]), kindOf(line[at])];
    if (now === 'blank') continue;
    if (before !== 'blank' && !(before === 'digit' && now === 'other')) return false;
    here++;
  }
  return here >= LEAST_ROWS && here >= lines.length / 4;
}

function spansOf(lines: readonly string[], start: number): readonly Span[] {
  const width = Math.max(...lines.map((line) => line.trimEnd().length));
  const spans: Span[] = [];
  let from = start;
  const upTo = (end: number): void => {
    for (let at = from + 1; at < end; at++)
      if (begins(lines, at)) {
        spans.push({ from, to: at });
        from = at;
      }
    if (end > from) spans.push({ from, to: end });
    from = end;
  };
  for (const anchor of anchors(lines, width, start)) {
    upTo(anchor.from);
    spans.push(anchor);
    from = anchor.to;
  }
  upTo(width);
  return spans.filter((span) => cellsOf(lines, span).some((cell) => cell !== ''));
}

/** The types of rows: the fewest first characters that are a handful of codes, and part rows that are not alike. */
function typesOf(
  lines: readonly string[],
): { readonly length: number; readonly codes: readonly string[] } | null {
  for (const length of [1, 2, 3]) {
    const codes = [...new Set(lines.map((line) => line.slice(0, length)))];
    if (codes.length < 2) continue;
    if (codes.length > MOST_TYPES || !codes.every((code) => /^[A-Z0-9]+$/.test(code))) return null;
    const withCode = codes.filter((code) => hasCode(lines.filter((line) => line.startsWith(code))));
    return withCode.length > 0 && withCode.length < codes.length ? { length, codes } : null;
  }
  return null;
}

const hasCode = (lines: readonly string[]): boolean => {
  const width = Math.max(...lines.map((line) => line.length));
  for (let from = 0; from + 16 <= width; from++)
    if (mostly(cellsOf(lines, { from, to: from + 16 }), isCode)) return true;
  return false;
};

/** @param lines the first rows of the file, without their line ends */
export function lookAtFixed(lines: readonly string[]): FixedLook {
  const types = typesOf(lines);
  const groups =
    types === null
      ? [{ code: null, lines }]
      : types.codes.map((code) => ({ code, lines: lines.filter((line) => line.startsWith(code)) }));
  // The persons' own rows: of several types with a codice fiscale the one that has most rows.
  const persons = groups
    .filter((group) => hasCode(group.lines))
    .sort((a, b) => b.lines.length - a.lines.length)[0];
  const first = persons ?? groups[0]!;
  const columns: ColumnLook[] = [];
  const records = [first, ...groups.filter((group) => group !== first)].map((group) => {
    const spans = spansOf(group.lines, types === null ? 0 : types.length);
    const cells = spans.map((span) => ({ cells: cellsOf(group.lines, span) }));
    const placeName = (i: number): string => `CAMPO_${spans[i]!.from + 1}`;
    const names = group === first ? namesByCode(cells, placeName) : spans.map((_, i) => placeName(i));
    if (group === first) columns.push(...cells.map((column, i) => lookOf(names[i]!, column)));
    return {
      code: group.code,
      fields: spans.map((span, i) => ({ name: names[i]!, ...span })),
    };
  });
  return { type: types === null ? null : { from: 0, to: types.length }, records, columns };
}
