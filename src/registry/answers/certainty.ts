/**
 * How surely a spell holds, where its dates may be partial: "facts whose start is uncertain are certain where every
 * reading agrees and possible elsewhere, and the answer says which" (registry.md, "Dates may be partial"). Pure.
 */
import { addDays, type Day, firstDay, lastDay, type PartialDate } from '../../kernel/day.ts';

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

/** A span within a sequence. */
export interface CountedSpan extends Span {
  /** The days that count where each date is read as its first day (registry.md: sorting and statistics do, and say so). */
  readonly counted: { readonly from: Day; readonly to: Day | null };
}

const laterDay = (a: Day, b: Day): Day => (a < b ? b : a);

/** Is the end of the one the start of the other: one change, known by one date? */
function givesWay(before: Span | undefined, after: Span | undefined): boolean {
  if (before?.end == null || after === undefined) return false;
  return before.end[0] === after.start[0] && before.end[1] === after.start[1];
}

/**
 * Spells in the order in which they are known to have followed one another. Where one gives way to the next neither can
 * have begun on the day of the other's start, so that what is known of a start narrows an uncertain one that follows it,
 * and each of them was held for a day at least.
 */
export function spansInSequence(spans: readonly Span[]): CountedSpan[] {
  return spans.map((span, i) => {
    const before = spans[i - 1];
    const from = givesWay(before, span)
      ? laterDay(span.start[0], addDays(before!.start[0], 1))
      : span.start[0];
    const start: Span['start'] = [from, laterDay(span.start[1], from)];
    if (span.end === null) return { start, end: null, counted: { from, to: null } };
    const to = givesWay(span, spans[i + 1]) ? laterDay(span.end[0], addDays(from, 1)) : span.end[0];
    return { start, end: [to, laterDay(span.end[1], to)], counted: { from, to } };
  });
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
