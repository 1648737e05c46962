/**
 * The kinship of a member to who heads the family. Where nobody is named "every kinship reads 99, with the last declared one
 * beside it, until the comune says otherwise" (tracciato.md 3, What follows from an event). Pure.
 */
import type { Day } from '../../kernel/day.ts';
import { heldOn } from './certainty.ts';
import type { MembershipFact } from './facts.ts';

/** T5 and T6: intestatario della scheda, responsabile della convivenza. */
export const HEAD = '1';
/** T5: not defined or not communicated. */
const UNDEFINED = '99';

export interface Kinship {
  readonly relazione: string;
  /** Only where `relazione` reads 99 because nobody is named. */
  readonly ultima_dichiarata?: string;
}

export const kinship = (declared: string, headed: boolean): Kinship =>
  headed ? { relazione: declared } : { relazione: UNDEFINED, ultima_dichiarata: declared };

/** Does one of the members head the household on the day? @param members memberships in it, of each member */
export const isHeaded = (members: Iterable<readonly MembershipFact[]>, d: Day): boolean =>
  [...members].some((ties) => heldOn(ties, d)[0]?.spell.relazione === HEAD);
