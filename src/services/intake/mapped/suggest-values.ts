/** What the values of a column look like. */
import { dateReader } from './dates.ts';

export interface ColumnLook {
  readonly name: string;
  /** Values that are not empty, each once, of the first rows. */
  readonly values: readonly string[];
  readonly filled: number;
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
/** Of dates with two digits for the year, in a proposal. */
export const CENTURY = { pivot: 26, notAfter: '2026-12-31' as never };
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
/** An identifier: each value once, short, and a number or with one in it (names of a few persons are all different, too). */
export const isUnique = (column: ColumnLook): boolean =>
  column.filled > 1 &&
  column.values.length === column.filled &&
  share(column, (v) => v.length <= 20 && /\d/.test(v)) === 1 &&
  dateShapeOf(column) === null;
