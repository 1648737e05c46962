/** Dates in the shapes of packages, as the page writes them: AAAA-MM-GG, AAAA-MM or AAAA (tracciato.md 1). Pure. */
import { addDays, type Day, type PartialDate, parsePartialDate } from '../../../kernel/day.ts';

interface Piece {
  readonly kind: 'day' | 'month' | 'year' | 'short-year' | 'literal';
  readonly text: string;
}

const PARTS: readonly Piece[] = [
  { kind: 'year', text: 'AAAA' },
  { kind: 'short-year', text: 'AA' },
  { kind: 'day', text: 'GG' },
  { kind: 'month', text: 'MM' },
];

function piecesOf(shape: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < shape.length; ) {
    const part = PARTS.find(({ text }) => shape.startsWith(text, at)) ?? {
      kind: 'literal' as const,
      text: shape.charAt(at),
    };
    pieces.push(part);
    at += part.text.length;
  }
  return pieces;
}

/** What a date of two-digit year is read by. */
export interface CenturyRule {
  /** Up to it 20AA, above it 19AA; null: the last century in which the date is not after `notAfter`. */
  readonly pivot: number | null;
  readonly notAfter: Day;
}

/** The page's text of a date, or null where it is of another shape or does not exist. */
export type DateReader = (text: string) => PartialDate | null;

/** Day 1 of spreadsheets is 1900-01-01, and 1900 is wrongly a leap year to them: from 1 March 1900 on, this is their day 0. */
const SHEET_ZERO = '1899-12-30' as Day;
/** 9999-12-31. */
const SHEET_LAST = 2_958_465;

const sheetDate: DateReader = (text) => {
  const whole = text.split('.')[0]!;
  if (!digits(whole) || whole.length > 7) return null;
  const days = Number(whole);
  return days < 61 || days > SHEET_LAST ? null : addDays(SHEET_ZERO, days);
};

/** Makes the reader of one shape, as `isDateShape` takes it. */
export function dateReader(shape: string, century: CenturyRule): DateReader {
  if (shape === 'EXCEL') return sheetDate;
  const pieces = piecesOf(shape);
  // Where something parts them, days and months may be written with one digit.
  const parted = pieces.some(({ kind }) => kind === 'literal');
  return (text) => {
    let year = '';
    let short = false;
    let month = '';
    let day = '';
    let at = 0;
    for (const [i, { kind, text: part }] of pieces.entries()) {
      if (kind === 'literal') {
        if (text.charAt(at) !== part) return null;
        at++;
        continue;
      }
      let end = at + part.length;
      if (parted && kind !== 'year' && pieces[i + 1]?.kind !== 'day' && !digits(text.slice(at, end))) end--;
      if (parted && end > text.length) end = text.length;
      const read = text.slice(at, end);
      if (read === '' || !digits(read)) return null;
      at = end;
      if (kind === 'day') day = read.padStart(2, '0');
      else if (kind === 'month') month = read.padStart(2, '0');
      else {
        if (read.length !== part.length) return null;
        year = read;
        short = kind === 'short-year';
      }
    }
    if (at !== text.length) return null;
    return dateOf(short ? fullYear(year, month, day, century) : year, month, day);
  };
}

function fullYear(short: string, month: string, day: string, { pivot, notAfter }: CenturyRule): string {
  if (pivot !== null) return `${Number(short) <= pivot ? '20' : '19'}${short}`;
  const recent = `20${short}-${month === '' || month === '00' ? '01' : month}-${day === '' || day === '00' ? '01' : day}`;
  return recent <= notAfter ? `20${short}` : `19${short}`;
}

/** Zeros stand for what is not known. */
function dateOf(year: string, month: string, day: string): PartialDate | null {
  if (Number(year) === 0) return null;
  if (month === '' || month === '00') return day === '' || day === '00' ? parsePartialDate(year) : null;
  return parsePartialDate(day === '' || day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`);
}

function digits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return text !== '';
}

/** Reads by the first shape that fits; what was read last is remembered, for dates repeat. */
export function datesReader(shapes: readonly string[], century: CenturyRule): DateReader {
  const readers = shapes.map((shape) => dateReader(shape, century));
  const known = new Map<string, PartialDate | null>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    let found: PartialDate | null = null;
    for (const reader of readers) {
      found = reader(text);
      if (found !== null) break;
    }
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, found);
    return found;
  };
}

/** A century of days: a register has few others. */
const REMEMBERED = 40_000;
