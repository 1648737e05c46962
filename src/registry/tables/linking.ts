/**
 * Which entries are one person (registry.md, "People, not rows"): the present validated codice fiscale is the same, sex and
 * birth do not disagree, the registers are two, and neither has the code on two entries. Pure.
 */
import type { Day } from '../../kernel/day.ts';

/** An entry with the validated code that it bears at present. */
export interface Bearer {
  readonly entry_id: number;
  readonly comune: string;
  readonly codice_fiscale: string;
  readonly sesso: string;
  /** First and last day that the birth date may mean. */
  readonly birth_from: Day;
  readonly birth_to: Day;
}

/** Whose an entry is: its own person, or that of the first entry it is one person with. */
export interface Link {
  readonly entry_id: number;
  readonly person_id: number;
  readonly basis: 'own' | 'codice-fiscale';
}

const agree = (a: Bearer, b: Bearer): boolean =>
  a.comune !== b.comune && a.sesso === b.sesso && a.birth_from <= b.birth_to && b.birth_from <= a.birth_to;

function groups(bearers: readonly Bearer[]): Map<string, Bearer[]> {
  const byCode = new Map<string, Bearer[]>();
  for (const bearer of bearers) {
    const of = byCode.get(bearer.codice_fiscale);
    if (of === undefined) byCode.set(bearer.codice_fiscale, [bearer]);
    else of.push(bearer);
  }
  return byCode;
}

/**
 * The link of each entry asked about and of each bearer.
 * @param bearers all who bear the codes that the entries bear or bore, those of other registers too
 */
export function linksOf(entries: readonly number[], bearers: readonly Bearer[]): Link[] {
  const first = new Map<number, number>();
  for (const of of groups(bearers).values()) {
    const here = new Map<string, number>();
    for (const { comune } of of) here.set(comune, (here.get(comune) ?? 0) + 1);
    // One of each register at most, however many bear the code there.
    const alone = of.filter((b) => here.get(b.comune) === 1);
    for (const bearer of alone) {
      const same = alone.filter((other) => agree(bearer, other)).map((other) => other.entry_id);
      if (same.length > 0) first.set(bearer.entry_id, Math.min(bearer.entry_id, ...same));
    }
  }
  const concerned = [...new Set([...entries, ...bearers.map((b) => b.entry_id)])].sort((a, b) => a - b);
  return concerned.map((entry_id) => {
    const person_id = first.get(entry_id) ?? entry_id;
    return { entry_id, person_id, basis: person_id === entry_id ? 'own' : 'codice-fiscale' };
  });
}
