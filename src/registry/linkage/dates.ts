/** Birth dates as they are compared: of a partial date only what it says, and the slips that clerks make. Pure. */

/** Numbers of a date; 0 for a part that is not known. */
export interface DateForm {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** @param text AAAA-MM-GG, AAAA-MM, AAAA, as partial dates are written; null for anything else */
export function dateForm(text: string | null): DateForm | null {
  const parts = text === null ? null : /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (parts === null) return null;
  return { year: Number(parts[1]), month: Number(parts[2] ?? 0), day: Number(parts[3] ?? 0) };
}

export const isWhole = (date: DateForm): boolean => date.day !== 0;

/** From equal to different, in the order of DATE_LEVELS. */
export type DateLevel =
  | 'uguale'
  | 'compatibile'
  | 'giorno e mese scambiati'
  | 'una cifra diversa'
  | 'giorno e mese uguali'
  | 'mese e anno uguali'
  | 'solo l’anno uguale'
  | 'diversa';

export const DATE_LEVELS: readonly DateLevel[] = [
  'uguale',
  'compatibile',
  'giorno e mese scambiati',
  'una cifra diversa',
  'giorno e mese uguali',
  'mese e anno uguali',
  'solo l’anno uguale',
  'diversa',
];

/** The number of a level. */
export const DATE_LEVEL = Object.fromEntries(DATE_LEVELS.map((name, i) => [name, i])) as Record<
  DateLevel,
  number
>;

const digitsApart = (a: number, b: number, digits: number): number => {
  let apart = 0;
  let [x, y] = [a, b];
  for (let i = 0; i < digits; i++) {
    if (x % 10 !== y % 10) apart++;
    x = Math.trunc(x / 10);
    y = Math.trunc(y / 10);
  }
  return apart;
};

/** Two neighbouring digits of a number exchanged: 1969 and 1996. */
function neighboursExchanged(a: number, b: number, digits: number): boolean {
  const [x, y] = [String(a).padStart(digits, '0'), String(b).padStart(digits, '0')];
  for (let i = 0; i + 1 < digits; i++)
    if (x.slice(0, i) + x[i + 1] + x[i] + x.slice(i + 2) === y) return x !== y;
  return false;
}

/** One digit other, or two neighbours of one part exchanged. */
function isSlip(a: DateForm, b: DateForm): boolean {
  const year = digitsApart(a.year, b.year, 4);
  const month = digitsApart(a.month, b.month, 2);
  const day = digitsApart(a.day, b.day, 2);
  if (year + month + day === 1) return true;
  if (year + month + day !== 2) return false;
  return (
    (year === 2 && neighboursExchanged(a.year, b.year, 4)) ||
    (month === 2 && neighboursExchanged(a.month, b.month, 2)) ||
    (day === 2 && neighboursExchanged(a.day, b.day, 2))
  );
}

/** The number, in DATE_LEVELS, of how two dates compare. */
export function compareDates(a: DateForm, b: DateForm): number {
  const year = a.year === b.year;
  if (a.day === 0 || b.day === 0) {
    const month = a.month === 0 || b.month === 0 || a.month === b.month;
    return year && month
      ? DATE_LEVEL.compatibile
      : year
        ? DATE_LEVEL['solo l’anno uguale']
        : DATE_LEVEL.diversa;
  }
  const month = a.month === b.month;
  const day = a.day === b.day;
  if (year && month && day) return DATE_LEVEL.uguale;
  if (year && a.day === b.month && a.month === b.day) return DATE_LEVEL['giorno e mese scambiati'];
  if (isSlip(a, b)) return DATE_LEVEL['una cifra diversa'];
  if (month && day) return DATE_LEVEL['giorno e mese uguali'];
  if (month && year) return DATE_LEVEL['mese e anno uguali'];
  return year ? DATE_LEVEL['solo l’anno uguale'] : DATE_LEVEL.diversa;
}
