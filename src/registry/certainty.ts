/**
 * How surely a spell holds, where its dates may be partial: "facts whose start is uncertain are certain where every
 * reading agrees and possible elsewhere, and the answer says which" (registry.md, "Dates may be partial"). Pure.
 */
import { addDays, type Day, firstDay, lastDay, type PartialDate } from '../kernel/day.ts';

/** A spell [from, to) as written; `to` null is open. */
export interface Dated {
  readonly from: PartialDate;
  readonly to: PartialDate | null;
}

/** certa: in every reading of the dates; possibile: in some. */
export type Certainty = 'certa' | 'possibile';

/** The days between which a spell's start and end lie, all included; `end` null is never. */
export interface Span {
  readonly start: readonly [earliest: Day, latest: Day];
  readonly end: readonly [earliest: Day, latest: Day] | null;
}

/** A spell with the surety with which it holds. */
export interface Held<S> {
  readonly spell: S;
  readonly certezza: Certainty;
}

export function spanOf(spell: Dated): Span {
  return {
    start: [firstDay(spell.from), lastDay(spell.from)],
    end: spell.to === null ? null : [firstDay(spell.to), lastDay(spell.to)],
  };
}

/**
 * The spans of spells that follow one another, in their order: each ends when the next begins, and none begins before the
 * one it follows, so that an uncertain start is narrowed by what is known of its neighbours.
 * @param starts the starts in their order; @param end of the last one, null while it lasts
 */
export function spansInSequence(starts: readonly PartialDate[], end: PartialDate | null): Span[] {
  const narrowed: [Day, Day][] = [];
  let floor: Day | null = null;
  for (const date of starts) {
    const earliest: Day = floor !== null && floor > firstDay(date) ? floor : firstDay(date);
    const latest: Day = lastDay(date) < earliest ? earliest : lastDay(date);
    narrowed.push([earliest, latest]);
    // The one that follows begins a day later at least: on one day only the later of two would hold.
    floor = addDays(earliest, 1);
  }
  return narrowed.map((start, i) => ({
    start,
    end: narrowed[i + 1] ?? (end === null ? null : [firstDay(end), lastDay(end)]),
  }));
}

/** Does it hold on the day, read at its end (registry.md, "A day is its end")? null: in no reading. */
export function spanHoldsOn(span: Span, d: Day): Certainty | null {
  if (d < span.start[0] || (span.end !== null && d >= span.end[1])) return null;
  return d >= span.start[1] && (span.end === null || d < span.end[0]) ? 'certa' : 'possibile';
}

/** Does it hold on some day of the period [from, to)? null: in no reading. */
export function spanHoldsIn(span: Span, from: Day, to: Day): Certainty | null {
  const end = span.end;
  if (span.start[0] >= to || (end !== null && (end[1] <= from || end[1] <= span.start[0]))) return null;
  const always = span.start[1] < to && (end === null || (end[0] > from && end[0] > span.start[1]));
  return always ? 'certa' : 'possibile';
}

export const holdsOn = (spell: Dated, d: Day): Certainty | null => spanHoldsOn(spanOf(spell), d);

export const holdsIn = (spell: Dated, from: Day, to: Day): Certainty | null =>
  spanHoldsIn(spanOf(spell), from, to);

/** Does it hold by the first days of its dates, by which spells are ordered and counted (tracciato.md 1)? */
export function holdsByFirstDays(spell: Dated, d: Day): boolean {
  return firstDay(spell.from) <= d && (spell.to === null || d < firstDay(spell.to));
}

/** The spells that hold or may hold on the day: the certain first, then those that hold by first days, then the later begun. */
export function heldOn<S extends Dated>(spells: readonly S[], d: Day): Held<S>[] {
  const held: Held<S>[] = [];
  for (const spell of spells) {
    const certezza = holdsOn(spell, d);
    if (certezza !== null) held.push({ spell, certezza });
  }
  const weight = (h: Held<S>): number => (h.certezza === 'certa' ? 0 : holdsByFirstDays(h.spell, d) ? 1 : 2);
  return held.sort((a, b) => weight(a) - weight(b) || (a.spell.from < b.spell.from ? 1 : -1));
}
