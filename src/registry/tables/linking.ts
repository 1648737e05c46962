/**
 * Which entries are one person (registry.md, "People, not rows"): the present validated codice fiscale is the same, sex and
 * birth do not disagree, the registers are two, and neither has the code on two entries. Judged for all who bear a code
 * together, "so the answer does not depend on the order of loading": all of them agree, or none is joined. Pure.
 */
import type { Day } from '../../kernel/day.ts';

/** An entry with a validated code that it bears, and the identity that bears it. */
export interface Bearer {
  readonly entry_id: number;
  readonly comune: string;
  readonly codice_fiscale: string;
  readonly sesso: string;
  /** First and last day that the birth date may mean. */
  readonly birth_from: Day;
  readonly birth_to: Day;
  /**
   * Borne by an identity that was sealed: "a seal set in one register covers every entry of the person" (registry.md, Sealed), so
   * that whoever bears it openly elsewhere is that person still.
   */
  readonly sealed: boolean;
}

/** Whose an entry is: its own person, or that of the first entry it is one person with. */
export interface Link {
  readonly entry_id: number;
  readonly person_id: number;
  readonly basis: 'own' | 'codice-fiscale';
}

/** Entries that are one person, one of each register. */
type Same = readonly Pick<Bearer, 'entry_id' | 'comune'>[];

function groups(bearers: readonly Bearer[]): Map<string, Bearer[]> {
  const byCode = new Map<string, Bearer[]>();
  for (const bearer of bearers) {
    const of = byCode.get(bearer.codice_fiscale);
    if (of === undefined) byCode.set(bearer.codice_fiscale, [bearer]);
    else of.push(bearer);
  }
  return byCode;
}

const agree = (a: Bearer, b: Bearer): boolean =>
  a.sesso === b.sesso && a.birth_from <= b.birth_to && b.birth_from <= a.birth_to;

/** Of those who bear one code, those who are one person by it; none where two of them disagree. */
function agreeing(of: readonly Bearer[]): readonly Bearer[] {
  const here = new Map<string, number>();
  for (const { comune } of of) here.set(comune, (here.get(comune) ?? 0) + 1);
  // One of each register at most, however many bear the code there.
  const alone = of.filter((b) => here.get(b.comune) === 1);
  if (alone.every((b) => b.sealed)) return [];
  return alone.every((a) => alone.every((b) => agree(a, b))) ? alone : [];
}

/** Joins what is the same by several codes, unless two entries of one register would become one person. */
class Persons {
  readonly #of = new Map<number, Same>();

  personOf(entryId: number): number {
    return Math.min(entryId, ...(this.#of.get(entryId) ?? []).map((e) => e.entry_id));
  }

  join(a: Bearer, b: Bearer): void {
    const one = this.#of.get(a.entry_id) ?? [a];
    const other = this.#of.get(b.entry_id) ?? [b];
    if (one.some((x) => other.some((y) => x.comune === y.comune))) return;
    const both = [...one, ...other];
    for (const { entry_id } of both) this.#of.set(entry_id, both);
  }
}

const byNumber = (a: Bearer, b: Bearer): number => a.entry_id - b.entry_id;

/**
 * The link of each entry asked about and of each bearer.
 * @param bearers all who bear the codes that the entries bear or bore, those of other registers too, and whoever bears another
 *   code of theirs; one row for an entry and code
 */
export function linksOf(entries: readonly number[], bearers: readonly Bearer[]): Link[] {
  const persons = new Persons();
  const ordered = [...groups(bearers)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, of]) => agreeing(of));
  // Present codes first: what is sealed joins nobody against them.
  for (const of of ordered) {
    const [first, ...others] = of.filter((b) => !b.sealed).sort(byNumber);
    if (first !== undefined) for (const other of others) persons.join(first, other);
  }
  for (const of of ordered) {
    const open = of.filter((b) => !b.sealed).sort(byNumber)[0];
    if (open !== undefined)
      for (const sealed of of.filter((b) => b.sealed).sort(byNumber)) persons.join(open, sealed);
  }
  const concerned = [...new Set([...entries, ...bearers.map((b) => b.entry_id)])].sort((a, b) => a - b);
  return concerned.map((entry_id) => {
    const person_id = persons.personOf(entry_id);
    return { entry_id, person_id, basis: person_id === entry_id ? 'own' : 'codice-fiscale' };
  });
}
