/** Dates as Italians type and read them; the server speaks AAAA-MM-GG. Partial ones too: a month, a year. Pure. */

const pad = (text: string): string => text.padStart(2, '0');

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function real(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 && !leap ? 28 : (DAYS[month - 1] ?? 0));
}

/** "3/4/1974", "03041974", "4/1974", "1974" → "1974-04-03", "1974-04", "1974"; null where it is none. */
export function readDate(typed: string): string | null {
  const text = typed.trim();
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (iso !== null) {
    const [, year = '', month, day] = iso;
    return real(Number(year), Number(month ?? 1), Number(day ?? 1)) ? text : null;
  }
  const packed = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  const parts = packed === null ? /^(?:(\d{1,2})[/.\-\s])?(\d{1,2})[/.\-\s](\d{4})$/.exec(text) : packed;
  if (parts === null) return null;
  const [, day, month = '', year = ''] = parts;
  if (!real(Number(year), Number(month), Number(day ?? 1))) return null;
  return [year, pad(month), ...(day === undefined ? [] : [pad(day)])].join('-');
}

/** "1974-04-03" → "03/04/1974"; "1974-04" → "04/1974". */
export const showDate = (date: string | null | undefined): string =>
  date == null ? '' : date.slice(0, 10).split('-').reverse().join('/');

const MOMENT = new Intl.DateTimeFormat('it-IT', {
  timeZone: 'Europe/Rome',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
/** An instant, as the clock of Rome shows it. */
export const showMoment = (instant: string | null | undefined): string =>
  instant == null ? '' : MOMENT.format(new Date(instant)).replace(',', '');
