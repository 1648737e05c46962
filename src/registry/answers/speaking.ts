/**
 * Who speaks (registry.md, "Who speaks"): of the entries of one person, whose word holds on a day. Pure; it does not
 * depend on the order in which supplies came.
 */
import { type Day, firstDay } from '../../kernel/day.ts';
import { type Certainty, type Dated, heldOn, holdsByFirstDays, holdsOn } from './certainty.ts';

/** An entry as far as speaking goes. */
export interface Speaker {
  readonly entryId: number;
  readonly comune: string;
  readonly registrations: readonly Dated[];
}

interface Standing<E> {
  readonly entry: E;
  /** 0 resident; 1 possibly; 2 before; 3 after; 4 never registered. */
  readonly group: number;
  /** Greater speaks first within its group. */
  readonly day: string;
}

function standing<E extends Speaker>(entry: E, d: Day): Standing<E> {
  let resident = '';
  let possible = '';
  let before = '';
  let after = '';
  for (const r of entry.registrations) {
    const from = firstDay(r.from);
    const to = r.to === null ? null : firstDay(r.to);
    if (holdsByFirstDays(r, d)) {
      if (from > resident) resident = from;
    } else if (holdsOn(r, d) !== null) {
      if (from > possible) possible = from;
    } else if (to !== null && to <= d) {
      if (to > before) before = to;
    } else if (after === '' || from < after) after = from;
  }
  if (resident !== '') return { entry, group: 0, day: resident };
  if (possible !== '') return { entry, group: 1, day: possible };
  if (before !== '') return { entry, group: 2, day: before };
  if (after !== '') return { entry, group: 3, day: after };
  return { entry, group: 4, day: '' };
}

/**
 * The entries in the order in which they speak of the day: the resident ones (the later decorrenza first), those that may be
 * resident, the one resident last before it, the one that comes first after it; ties by ISTAT code.
 */
export function speakers<E extends Speaker>(entries: readonly E[], d: Day): readonly E[] {
  if (entries.length === 1) return entries;
  return entries
    .map((entry) => standing(entry, d))
    .sort((a, b) => {
      if (a.group !== b.group) return a.group - b.group;
      if (a.day !== b.day) return (a.day < b.day ? -1 : 1) * (a.group === 3 ? 1 : -1);
      if (a.entry.comune !== b.entry.comune) return a.entry.comune < b.entry.comune ? -1 : 1;
      return a.entry.entryId - b.entry.entryId;
    })
    .map((s) => s.entry);
}

/** What is said of a matter on a day. */
export interface Said<E, F> {
  /** Whose word it is. */
  readonly entry: E;
  /** The fact that holds; null where the entry speaks of the matter and says that nothing holds. */
  readonly fact: F | null;
  readonly certezza: Certainty;
  /** What else may hold in another reading of the dates. */
  readonly altre: readonly F[];
}

/** The first of the speakers that has anything to say of the matter on the day or before it. */
export function said<E, F extends Dated>(
  inOrder: readonly E[],
  factsOf: (entry: E) => readonly F[],
  d: Day,
): Said<E, F> | null {
  for (const entry of inOrder) {
    const facts = factsOf(entry);
    if (!facts.some((fact) => firstDay(fact.from) <= d)) continue;
    const [first, ...others] = heldOn(facts, d);
    return {
      entry,
      fact: first?.spell ?? null,
      certezza: first?.certezza ?? 'certa',
      altre: others.map((o) => o.spell),
    };
  }
  return null;
}
