/** A life on two times, from the facts of a history that tells what was corrected too: what was known at an instant, what held on a day. Pure. */

export interface Spell {
  readonly dal: string;
  /** Half-open; null where it goes on. */
  readonly al: string | null;
  readonly registrato_dal: string;
  readonly registrato_al: string | null;
}

/** Was it held to be so at that instant? */
export const knownAt = ({ registrato_dal, registrato_al }: Spell, instant: string): boolean =>
  registrato_dal <= instant && (registrato_al === null || instant < registrato_al);

/** The first day of a date that may be partial. */
function begin(date: string): string {
  if (date.length === 4) return `${date}-01-01`;
  return date.length === 7 ? `${date}-01` : date;
}

/** Did it hold on that day? A partial date counts by its first day. */
export const heldOn = ({ dal, al }: Spell, on: string): boolean =>
  begin(dal) <= on && (al === null || on < begin(al));

/** Where a date lies between two days, from 0 to 1. */
export function placeOf(date: string, from: string, to: string): number {
  const day = (text: string): number => Date.parse(`${begin(text)}T00:00:00Z`) / 86_400_000;
  const [start, end] = [day(from), day(to)];
  if (end <= start) return 0;
  return Math.min(1, Math.max(0, (day(date) - start) / (end - start)));
}
