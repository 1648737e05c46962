/**
 * From what was asserted to spells: "a fact holds from its decorrenza to the next fact of its kind"
 * (tracciato.md 3, In time), bounded by the end the comune stated and by whatever it cannot outlive.
 */
import { type Day, firstDay, type PartialDate } from '../kernel/day.ts';

/** What was said to hold from a day on, in the order in which it was registered. */
export interface Assertion<T> {
  readonly from: PartialDate;
  /** The end the comune itself gave (`al`), or null: open until something else follows. */
  readonly statedTo: PartialDate | null;
  readonly value: T;
}

/** An assertion with the end it comes to have. `to` null: open. A spell with `from` = `to` holds on no day. */
export interface Spell<T> extends Assertion<T> {
  readonly to: PartialDate | null;
}

/** The earlier of two ends, by first days; null is never. */
export function earlierEnd(a: PartialDate | null, b: PartialDate | null): PartialDate | null {
  if (a === null) return b;
  if (b === null) return a;
  return firstDay(b) < firstDay(a) ? b : a;
}

/** `end`, but not before the start it belongs to. */
function notBefore(end: PartialDate | null, from: PartialDate): PartialDate | null {
  return end !== null && firstDay(end) < firstDay(from) ? from : end;
}

/**
 * Lays assertions out in time. Of two that begin on one day the later in the list holds, and the other becomes an
 * empty spell. `bound` gives the day beyond which an assertion cannot hold (the end of the registration it lies in).
 * @returns one spell for each assertion, ordered by start
 */
export function layOut<T>(
  assertions: readonly Assertion<T>[],
  bound: (from: Day) => PartialDate | null = () => null,
): Spell<T>[] {
  const ordered = assertions
    .map((assertion, order) => ({ assertion, order, start: firstDay(assertion.from) }))
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.order - b.order));
  return ordered.map(({ assertion, start }, i) => {
    const next = ordered[i + 1]?.assertion.from ?? null;
    const to = earlierEnd(earlierEnd(assertion.statedTo, next), bound(start));
    return { ...assertion, to: notBefore(to, assertion.from) };
  });
}
