/**
 * "As known when" (registry.md, "Three dates and two times"): the instant behind `noto_al`. Pure.
 * An instant is ISO text with up to six decimals, which PostgreSQL reads exactly; a Date would lose the microseconds.
 */
import { addDays, type Day, parseDay, romeDay } from '../../kernel/day.ts';

declare const knownAtBrand: unique symbol;
/** An instant of recorded time, ISO 8601 in UTC. */
export type KnownAt = string & { readonly [knownAtBrand]: true };

const LOCAL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?$/;
/** PostgreSQL takes offsets up to 15:59, which no zone comes near. */
const ZONED =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-](?:0\d|1[0-5]):?[0-5]\d)$/;
const HOUR = 3_600_000;

const ROME_CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** What a clock in Rome shows at an instant: 2026-11-24T21:23:09. */
const romeClock = (instant: Date): string => ROME_CLOCK.format(instant).replace(' ', 'T');

/** Milliseconds from the epoch at which the civil clock of Rome shows the day and the time. */
function romeInstant(day: Day, milliseconds: number): number {
  const written = Date.parse(`${day}T00:00:00Z`) + milliseconds;
  const wanted = new Date(written).toISOString().slice(0, 19);
  // Rome is one hour ahead of UTC, or two in summer: the right reading is the one that its clock gives back. An hour that
  // comes twice is read as the first.
  for (const offset of [2 * HOUR, HOUR])
    if (romeClock(new Date(written - offset)) === wanted) return written - offset;
  return written - HOUR;
}

/**
 * An instant as a person in Italy reads it, and may write it after --noto-al: the day alone for its end, or the time of
 * Rome with all its decimals; in UTC, with the Z, in the hour of autumn that comes twice.
 */
export function knownAtWords(instant: KnownAt): string {
  const time = new Date(instant);
  const day = romeDay(time);
  if (Date.parse(endOfDay(day)) === time.getTime() && /999999Z$/.test(instant)) return day;
  const local = `${romeClock(time)}${/\.\d+/.exec(instant)?.[0] ?? ''}`;
  const back = parseKnownAt(local);
  return back !== null && Date.parse(back) === time.getTime() ? local : instant;
}

/** The last microsecond of a day in Rome: what "as known on that day" means. */
export function endOfDay(day: Day): KnownAt {
  const next = romeInstant(addDays(day, 1), 0);
  return new Date(next - 1).toISOString().replace('999Z', '999999Z') as KnownAt;
}

/**
 * Reads what a person writes: a day (its end, Europe/Rome), a time of day in Rome, or an instant with its zone.
 * @returns null when it is none of these
 */
export function parseKnownAt(text: string): KnownAt | null {
  const whole = parseDay(text);
  if (whole !== null) return endOfDay(whole);
  const zoned = ZONED.exec(text);
  if (zoned !== null) {
    if (parseDay(zoned[1]!) === null || Number.isNaN(Date.parse(`${zoned[1]}T${zoned[2]}${zoned[3]}`)))
      return null;
    return `${zoned[1]}T${zoned[2]}${zoned[3]}` as KnownAt;
  }
  const local = LOCAL.exec(text);
  const day = local === null ? null : parseDay(local[1]!);
  if (local === null || day === null) return null;
  const [hours, minutes, seconds] = [Number(local[2]), Number(local[3]), Number(local[4] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const at = new Date(romeInstant(day, ((hours * 60 + minutes) * 60 + seconds) * 1000));
  return at.toISOString().replace(/\.000Z$/, `${local[5] ?? ''}Z`) as KnownAt;
}
