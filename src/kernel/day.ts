/**
 * Days and partial dates.
 *
 * A `Day` is a real calendar day written AAAA-MM-GG; a `PartialDate` may be a day, a month (AAAA-MM) or a
 * year (AAAA) and stands for the interval of days it may mean (registry.md, "Dates may be partial").
 * Both are plain strings, so that they sort, compare, travel in JSON and in SQL without conversion.
 */
declare const dayBrand: unique symbol;
declare const partialBrand: unique symbol;

/** A calendar day, AAAA-MM-GG, from 0001-01-01 to 9999-12-31. */
export type Day = string & { readonly [dayBrand]: true; readonly [partialBrand]: true };
/** A day, a month or a year: AAAA-MM-GG, AAAA-MM or AAAA. Every `Day` is one. */
export type PartialDate = string & { readonly [partialBrand]: true };
/** How much of a date is known. */
export type Precision = 'day' | 'month' | 'year';

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const MS_PER_DAY = 86_400_000;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : MONTH_DAYS[month - 1]!;
}

/** The number written in text[from, to), or -1 where a character is not a digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i) - 48;
    if (code < 0 || code > 9) return -1;
    value = value * 10 + code;
  }
  return value;
}

/** The partial date written in `text`, or null when it is not one that exists in the calendar. */
export function parsePartialDate(text: string): PartialDate | null {
  const length = text.length;
  if (length !== 10 && length !== 7 && length !== 4) return null;
  const year = digits(text, 0, 4);
  if (year < 1) return null;
  if (length === 4) return text as PartialDate;
  const month = digits(text, 5, 7);
  if (text.charCodeAt(4) !== 45 || month < 1 || month > 12) return null;
  if (length === 7) return text as PartialDate;
  const day = digits(text, 8, 10);
  if (text.charCodeAt(7) !== 45 || day < 1 || day > daysInMonth(year, month)) return null;
  return text as PartialDate;
}

/** The whole day written in `text`, or null. */
export function parseDay(text: string): Day | null {
  return text.length === 10 ? (parsePartialDate(text) as Day | null) : null;
}

/** The same for text that the program itself wrote. @throws RangeError on anything else. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === null) throw new RangeError(`not a day: ${text}`);
  return parsed;
}

export function precisionOf(date: PartialDate): Precision {
  return date.length === 10 ? 'day' : date.length === 7 ? 'month' : 'year';
}

/** The first day the date may mean; partial dates are ordered by it (tracciato.md 1). */
export function firstDay(date: PartialDate): Day {
  if (date.length === 10) return date as Day;
  return (date.length === 7 ? `${date}-01` : `${date}-01-01`) as Day;
}

/** The last day the date may mean. */
export function lastDay(date: PartialDate): Day {
  if (date.length === 10) return date as Day;
  if (date.length === 4) return `${date}-12-31` as Day;
  const last = daysInMonth(digits(date, 0, 4), digits(date, 5, 7));
  return `${date}-${last}` as Day;
}

/** Is `a` before `b` in every reading of both? Only then is a rule about dates broken (tracciato.md 1). */
export function certainlyBefore(a: PartialDate, b: PartialDate): boolean {
  return lastDay(a) < firstDay(b);
}

/** Whole days from 1970-01-01; negative before it. */
export function toEpochDays(date: Day): number {
  const utc = new Date(0);
  utc.setUTCFullYear(digits(date, 0, 4), digits(date, 5, 7) - 1, digits(date, 8, 10));
  return utc.getTime() / MS_PER_DAY;
}

/** The inverse of `toEpochDays`. @throws RangeError outside years 1 to 9999. */
export function fromEpochDays(days: number): Day {
  return day(new Date(days * MS_PER_DAY).toISOString().slice(0, 10));
}

/** The day `days` after `date` (before it when negative). */
export function addDays(date: Day, days: number): Day {
  return fromEpochDays(toEpochDays(date) + days);
}

/** Whole days from `from` to `to`. */
export function daysBetween(from: Day, to: Day): number {
  return toEpochDays(to) - toEpochDays(from);
}

/** Completed years on `on` of somebody born on `birth`; someone born on 29 February ages on 1 March. */
export function completedYears(birth: Day, on: Day): number {
  const years = digits(on, 0, 4) - digits(birth, 0, 4);
  return on.slice(5) < birth.slice(5) ? years - 1 : years;
}

const ROME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short' });
const QUARTER_MS = 900_000;
/** The quarter of an hour that was asked last, and its day: no day of Rome begins within one since its hours are whole ones (1893). */
let asked: { readonly quarter: number; readonly day: Day } | null = null;
const WHOLE_HOURS_SINCE = Date.UTC(1894, 0, 1) / QUARTER_MS;

/** The civil day in Italy at an instant. */
export function romeDay(instant: Date): Day {
  const quarter = Math.floor(instant.getTime() / QUARTER_MS);
  if (asked?.quarter === quarter) return asked.day;
  const told = day(ROME.format(instant));
  // Telling it takes as long as a hundred comparisons, and a request asks for it ten times.
  if (quarter >= WHOLE_HOURS_SINCE) asked = { quarter, day: told };
  return told;
}
