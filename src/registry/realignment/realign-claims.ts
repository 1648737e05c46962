/**
 * Claims of one kind told again by a card or a later full supply (tracciato.md 1, "A later COMPLETA realigns"). What does not
 * differ keeps the claims it rests on, so that telling the same twice changes nothing. Pure.
 */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import { type Claim, layOut, type Spell } from '../claims/timeline.ts';
import { type Merge, sameValue } from './told-values.ts';

/** The end of what a claim lies in. */
export type Bound = (from: Day) => PartialDate | null;
export const NO_BOUND: Bound = () => null;

/**
 * What is told is true at the end of a day and says nothing of later ones: facts known to begin after it stay, unless the
 * supply speaks of such days itself. Null: everything held may be replaced.
 */
export type AsOf = Day | null;

/** Claims that begin until then, and those that begin later. */
export function splitAt<T>(
  claims: readonly Claim<T>[],
  asOf: AsOf,
): { readonly until: readonly Claim<T>[]; readonly later: readonly Claim<T>[] } {
  if (asOf === null || claims.every((c) => firstDay(c.from) <= asOf)) return { until: claims, later: [] };
  return {
    until: claims.filter((c) => firstDay(c.from) <= asOf),
    later: claims.filter((c) => firstDay(c.from) > asOf),
  };
}

export const isClaim = (claim: Claim<unknown>, spell: Spell<unknown>): boolean =>
  claim.eventId === spell.eventId && claim.source === spell.source && claim.from === spell.from;

export const sameSpell = (a: Spell<unknown>, b: Spell<unknown>): boolean =>
  a.from === b.from && a.to === b.to && sameValue(a.value, b.value);

/** Shadowed by a later claim of the same day; an empty spell that was told as such is a fact (tracciato.md 1). */
const isShadowed = (spell: Spell<unknown>): boolean =>
  spell.to !== null && firstDay(spell.to) === firstDay(spell.from) && spell.statedTo !== spell.to;

/** Would the spell go on, were the next one taken away? */
export const continues = (before: Spell<unknown>, next: Spell<unknown>): boolean =>
  before.statedTo === null && before.to === next.from;

const withoutEnd = <T>({ to: _, ...claim }: Spell<T>): Claim<T> => claim;

/**
 * One present fact told again: a value that differs takes the place of the held one from its start, or from the date of its
 * own that was told with it.
 * @param own that date, or null
 * @returns the very list that is held where nothing differs
 */
export function presentTold<T extends object>(
  held: Claim<T>[],
  told: Claim<T> | undefined,
  own: PartialDate | null,
  merge: Merge<T>,
  asOf: AsOf,
): Claim<T>[] {
  if (told === undefined) return held;
  const { until, later } = splitAt(held, asOf);
  const spells = layOut(until);
  const last = spells.at(-1);
  if (last === undefined) return [...held, own === null ? told : { ...told, from: own }];
  const isOver = last.to !== null && (asOf === null || firstDay(last.to) <= asOf);
  if (isOver) return [...held, { ...told, from: own ?? last.to! }];
  const value = merge(last.value, told.value);
  const same = sameValue(value, last.value);
  if (same && (own === null || own === last.from)) return held;
  const before = spells.at(-2);
  // As it was before: what had come in between is taken back.
  if (
    own === null &&
    before !== undefined &&
    continues(before, last) &&
    sameValue(merge(before.value, told.value), before.value)
  )
    return held.filter((c) => !isClaim(c, last));
  const from = own ?? last.from;
  const kept = until.filter((c) => firstDay(c.from) < firstDay(from) && !(same && isClaim(c, last)));
  return [...kept, { ...told, from, value, stated: null }, ...later];
}

/**
 * A history told whole, which replaces what is held of the kind.
 * @returns the very list that is held where nothing differs
 */
export function historyTold<T extends object>(
  held: Claim<T>[],
  told: readonly Claim<T>[],
  merge: Merge<T>,
  bounds: { readonly held: Bound; readonly told: Bound },
  asOf: AsOf,
): Claim<T>[] {
  const speaksLater = asOf !== null && told.some((c) => firstDay(c.from) > asOf);
  const { until, later } = splitAt(held, speaksLater ? null : asOf);
  const heldSpells = layOut(until, bounds.held);
  const last = heldSpells.at(-1);
  const full = told.map((claim) => {
    const twin =
      heldSpells.findLast((h) => h.from === claim.from) ?? (claim.statedTo === null ? last : undefined);
    return twin === undefined ? claim : { ...claim, value: merge(twin.value, claim.value) };
  });
  const wanted = layOut(full, bounds.told);
  const free = [...heldSpells];
  const kept = wanted.map((spell) => {
    const at = free.findIndex((h) => sameSpell(h, spell));
    if (at < 0) return undefined;
    const [same] = free.splice(at, 1);
    return until.find((c) => isClaim(c, same!));
  });
  if (kept.every((claim) => claim !== undefined) && free.every(isShadowed)) return held;
  const mixed = wanted.map((spell, i) => kept[i] ?? withoutEnd(spell));
  // A claim whose end came from the next one, which is told no more, must say its end itself.
  const laid = layOut(mixed, bounds.told);
  const list = wanted.map((spell, i) =>
    laid.some((l) => sameSpell(l, spell)) ? mixed[i]! : withoutEnd(spell),
  );
  return [...list, ...later];
}
