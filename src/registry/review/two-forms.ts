/**
 * Whom a decision would make one person though they bear two validated forms of one code, which are of two people by definition
 * (registry.md, "People, not rows"; docs/adr/0015). Pure.
 */
import { areTwoForms } from '../../kernel/codice-fiscale.ts';
import type { LinkGround } from '../tables/linking.sql.ts';
import { type Bearer, linksOf } from '../tables/linking.ts';
import { type NumberedPair, pathBetween } from './decisions.ts';

/** Two forms that would be one person's. */
export interface TwoForms {
  /** The decisions that lead from one to the other, by their numbers; codes may lead on in between. */
  readonly by: readonly NumberedPair[];
}

type Persons = ReadonlyMap<number, number>;

/** Who would be one person, did forms of one code not keep anybody apart. */
const personsOf = ({ entries, bearers, decided }: LinkGround): Persons =>
  new Map(linksOf(entries, bearers, decided, 'together').map((l) => [l.entry_id, l.person_id]));

const areOne = (persons: Persons, a: Bearer, b: Bearer): boolean =>
  persons.get(a.entry_id) === persons.get(b.entry_id);

interface Step extends Omit<NumberedPair, 'decision_id'> {
  /** null: a code joins the two. */
  readonly decision_id: number | null;
}

/** Each bearer with the first of the same code who is the same person. */
function stepsByCode(bearers: readonly Bearer[], persons: Persons): Step[] {
  const first = new Map<string, number>();
  return bearers.flatMap((b): Step[] => {
    const key = `${b.codice_fiscale} ${persons.get(b.entry_id)}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, b.entry_id);
    return other === undefined ? [] : [{ decision_id: null, entry_id: other, other_entry_id: b.entry_id }];
  });
}

/**
 * The first two forms that are one person's after an act and were not before it; null where there are none. What a supply brought
 * together is not the act's.
 * @param before,after all that the links of the act's pair depend on, by the decisions that stood and that stand
 */
export function formsBroughtTogether(before: LinkGround, after: LinkGround): TwoForms | null {
  const [were, are] = [personsOf(before), personsOf(after)];
  const open = after.bearers.filter((b) => !b.sealed);
  for (const [i, one] of open.entries())
    for (const other of open.slice(i + 1)) {
      if (!areOne(are, one, other) || areOne(were, one, other)) continue;
      if (!areTwoForms(one.codice_fiscale, other.codice_fiscale)) continue;
      const steps = [...after.decided.same, ...stepsByCode(after.bearers, are)];
      const path = pathBetween(one.entry_id, other.entry_id, steps) ?? [];
      const by = path.filter((step): step is NumberedPair => step.decision_id !== null);
      return { by: by.sort((a, b) => a.decision_id - b.decision_id) };
    }
  return null;
}
