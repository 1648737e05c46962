/**
 * Which entries are one person (registry.md, "People, not rows"): an operator says so; or the present validated codice fiscale is
 * the same, sex and birth do not disagree, the registers are two, and neither has the code on two entries. Judged for all who
 * bear a code together, "so the answer does not depend on the order of loading": all of them agree, or none is joined by it. What
 * operators decided goes first, whichever came first (docs/adr/0015). Omocodic codes belong to different people: no code joins
 * those who bear two forms of another. Pure.
 */
import { areTwoForms } from '../../kernel/codice-fiscale.ts';
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
  /** operator: a decision stands by which it is one person with some other. */
  readonly basis: 'own' | 'codice-fiscale' | 'operator';
}

/** Two entries of which an operator decided, with the comuni of both. */
export interface DecidedPair {
  readonly entry_id: number;
  readonly comune: string;
  readonly other_entry_id: number;
  readonly other_comune: string;
}

/** What operators decided that stands: no pair of `different` is one person by the pairs of `same` (review/decisions.ts). */
export interface Decided {
  readonly same: readonly DecidedPair[];
  readonly different: readonly DecidedPair[];
}

export const NOTHING_DECIDED: Decided = { same: [], different: [] };

/** Entries that are one person: one of each register, and those that operators joined. */
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

/** Joins what is the same: what operators joined at once, and by codes unless a decision or a register stands against it. */
class Persons {
  readonly #of = new Map<number, Same>();
  readonly #apart = new Map<number, Set<number>>();
  /** Those that operators joined, by entry, before any code did. */
  readonly #decided: ReadonlyMap<number, Same>;
  /** The present code of each entry, where forms of one code keep those who bear them apart. */
  readonly #codes: ReadonlyMap<number, string>;

  constructor(decided: Decided, codes: ReadonlyMap<number, string>) {
    this.#codes = codes;
    for (const p of decided.same)
      this.#merge(
        { entry_id: p.entry_id, comune: p.comune },
        { entry_id: p.other_entry_id, comune: p.other_comune },
      );
    this.#decided = new Map(this.#of);
    for (const { entry_id: a, other_entry_id: b } of decided.different) {
      this.#apart.set(a, (this.#apart.get(a) ?? new Set()).add(b));
      this.#apart.set(b, (this.#apart.get(b) ?? new Set()).add(a));
    }
  }

  personOf(entryId: number): number {
    return first(this.#of.get(entryId), entryId);
  }

  /** Who the entry is as operators say, by the first of those that they joined. */
  decidedPersonOf(entryId: number): number {
    return first(this.#decided.get(entryId), entryId);
  }

  isDecided(entryId: number): boolean {
    return this.#decided.has(entryId);
  }

  /** Did those whom operators joined come to bear two forms of one code? */
  isDecidedOfTwoForms(entry: Bearer): boolean {
    const of = this.#decided.get(entry.entry_id);
    return of?.some((x) => of.some((y) => this.#bearTwoForms(x, y))) ?? false;
  }

  /** Did an operator say of two entries, or of any that were joined with them, that they are two people? Do two forms of a code? */
  decidedApart(a: Bearer, b: Bearer): boolean {
    return this.#anyApart(this.#decided.get(a.entry_id) ?? [a], this.#decided.get(b.entry_id) ?? [b]);
  }

  joinByCode(a: Bearer, b: Bearer): void {
    const one = this.#of.get(a.entry_id) ?? [a];
    const other = this.#of.get(b.entry_id) ?? [b];
    if (one === other || one.some((x) => other.some((y) => x.comune === y.comune))) return;
    if (!this.#anyApart(one, other)) this.#merge(a, b);
  }

  #anyApart(one: Same, other: Same): boolean {
    return one.some((x) => {
      const apart = this.#apart.get(x.entry_id);
      return other.some((y) => apart?.has(y.entry_id) || this.#bearTwoForms(x, y));
    });
  }

  #bearTwoForms(x: Same[number], y: Same[number]): boolean {
    const [one, other] = [this.#codes.get(x.entry_id), this.#codes.get(y.entry_id)];
    return one !== undefined && other !== undefined && areTwoForms(one, other);
  }

  #merge(a: Same[number], b: Same[number]): void {
    const one = this.#of.get(a.entry_id) ?? [a];
    const other = this.#of.get(b.entry_id) ?? [b];
    if (one === other) return;
    const both = [...one, ...other];
    for (const { entry_id } of both) this.#of.set(entry_id, both);
  }
}

const first = (of: Same | undefined, entryId: number): number =>
  Math.min(entryId, ...(of ?? []).map((e) => e.entry_id));

/**
 * Of those who bear one code, those who are one person by it; none where two of them disagree, or where an operator said that
 * two of them are two people, or where those whom operators joined bear two forms: the code alone does not tell then whose the
 * others are.
 */
function agreeing(of: readonly Bearer[], persons: Persons): readonly Bearer[] {
  const here = new Map<string, Set<number>>();
  for (const b of of)
    here.set(b.comune, (here.get(b.comune) ?? new Set()).add(persons.decidedPersonOf(b.entry_id)));
  // One person of each register at most, however many bear the code there.
  const alone = of.filter((b) => here.get(b.comune)!.size === 1);
  if (alone.every((b) => b.sealed) || alone.some((b) => persons.isDecidedOfTwoForms(b))) return [];
  const one = (a: Bearer, b: Bearer): boolean =>
    persons.decidedPersonOf(a.entry_id) === persons.decidedPersonOf(b.entry_id) ||
    (agree(a, b) && !persons.decidedApart(a, b));
  return alone.every((a) => alone.every((b) => one(a, b))) ? alone : [];
}

const byNumber = (a: Bearer, b: Bearer): number => a.entry_id - b.entry_id;

/**
 * The link of each entry asked about, of each bearer and of each entry that operators joined.
 * @param bearers all who bear the codes that the entries bear or bore, those of other registers too, and whoever bears another
 *   code of theirs or was joined to them; one row for an entry and code
 * @param forms `together`: as if two forms of a code could be one person's, to see whom decisions would bring together so
 */
export function linksOf(
  entries: readonly number[],
  bearers: readonly Bearer[],
  decided: Decided = NOTHING_DECIDED,
  forms: 'apart' | 'together' = 'apart',
): Link[] {
  const open = forms === 'together' ? [] : bearers.filter((b) => !b.sealed);
  const persons = new Persons(decided, new Map(open.map((b) => [b.entry_id, b.codice_fiscale])));
  const ordered = [...groups(bearers)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, of]) => agreeing(of, persons));
  // Present codes first: what is sealed joins nobody against them.
  for (const of of ordered) {
    const [first, ...others] = of.filter((b) => !b.sealed).sort(byNumber);
    if (first !== undefined) for (const other of others) persons.joinByCode(first, other);
  }
  for (const of of ordered) {
    const open = of.filter((b) => !b.sealed).sort(byNumber)[0];
    if (open !== undefined)
      for (const sealed of of.filter((b) => b.sealed).sort(byNumber)) persons.joinByCode(open, sealed);
  }
  const joined = decided.same.flatMap((p) => [p.entry_id, p.other_entry_id]);
  const concerned = [...new Set([...entries, ...bearers.map((b) => b.entry_id), ...joined])];
  return concerned
    .sort((a, b) => a - b)
    .map((entry_id) => {
      const person_id = persons.personOf(entry_id);
      const byOperator = persons.isDecided(entry_id) ? 'operator' : 'codice-fiscale';
      return { entry_id, person_id, basis: person_id === entry_id ? 'own' : byOperator };
    });
}
