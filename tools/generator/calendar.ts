/** Days as whole numbers from 1970-01-01, so that lives are arithmetic; texts are made once for each day. */
import { type Day, fromEpochDays, toEpochDays } from '../../src/kernel/day.ts';

/** After every day of a supply: an open end. */
export const OPEN = 1_000_000;
export const YEAR = 365.25;

const FIRST = -36_524; // 1870-01-01
const texts: (Day | undefined)[] = [];

/** AAAA-MM-GG. */
export function dayText(day: number): Day {
  const at = day - FIRST;
  const known = texts[at];
  if (known !== undefined) return known;
  const text = fromEpochDays(day);
  texts[at] = text;
  return text;
}

/** The end of a spell as its cell: empty while open. */
export const endText = (day: number): string => (day >= OPEN ? '' : dayText(day));

export const dayNumber = (text: string): number => toEpochDays(text as Day);

/** The first day of `month` (1 to 12; more or fewer roll over) of `year`. */
export const dayOf = (year: number, month: number, day: number): number =>
  Math.floor(Date.UTC(year, month - 1, day) / 86_400_000);

/** The last day of the month that is `months` after that of `day`. */
export function monthEnd(day: number, months: number): number {
  const text = dayText(day);
  return dayOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)) + months + 1, 1) - 1;
}

/** The year of a day. */
export const yearOf = (day: number): number => Number(dayText(day).slice(0, 4));
