/**
 * Rules about spells (tracciato.md 1 and 4). With partial dates a rule is broken only where every reading breaks it:
 * of a spell that is its core, from the last day it may begin to the first day it may end; two spells overlap for
 * certain exactly where their cores do, and a spell whose core is empty overlaps nothing.
 */
import { certainlyBefore, firstDay, lastDay, type PartialDate } from '../../../kernel/day.ts';

export interface Spell {
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
}

/** SIP-106: the end is before the start, however they are read. */
export const endsBeforeStart = (spell: Spell): boolean =>
  spell.al !== null && certainlyBefore(spell.al, spell.dal);

/** After every day. */
const NEVER = '9999-99-99';

/** Disjoint cores, in order; a new one is taken only where it is disjoint from all. */
export class Timeline {
  readonly #from: string[] = [];
  readonly #to: string[] = [];
  readonly #riga: number[] = [];

  clear(): void {
    this.#from.length = 0;
    this.#to.length = 0;
    this.#riga.length = 0;
  }

  /**
   * Takes the spell unless it overlaps one taken before (SIP-105, SIP-108).
   * @param riga the row that tells it; 0 for one that stands in another file
   * @returns the row of the other; null where it was taken
   */
  take(spell: Spell, riga: number): number | null {
    const from = lastDay(spell.dal);
    const to = spell.al === null ? NEVER : firstDay(spell.al);
    if (from >= to) return null;
    let low = 0;
    let high = this.#from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#to[middle]! <= from) low = middle + 1;
      else high = middle;
    }
    if (low < this.#from.length && this.#from[low]! < to) return this.#riga[low]!;
    this.#from.splice(low, 0, from);
    this.#to.splice(low, 0, to);
    this.#riga.splice(low, 0, riga);
    return null;
  }

  /** Was an open spell taken? */
  get open(): boolean {
    return this.#to.at(-1) === NEVER;
  }
}

/** SIP-109: a membership begins before its household, or outlives it. */
export function outsideLife(membership: Spell, household: Spell): boolean {
  if (certainlyBefore(membership.dal, household.dal)) return true;
  if (household.al === null) return false;
  return membership.al === null || certainlyBefore(household.al, membership.al);
}
