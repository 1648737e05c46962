/**
 * Ties of those of whom a later full supply tells none: they begin and end with a household whose life it tells to be shorter
 * (registry.md, invariant 2; docs/adr/0009). Pure.
 */
import { firstDay, type PartialDate } from '../../kernel/day.ts';
import type { EntryState, HouseholdState, MembershipValue } from '../claims/entry-state.ts';
import { lifeSpells } from '../claims/household-rows.ts';
import { registrationBound, registrationSpells } from '../claims/registration-spells.ts';
import { type Claim, layOut, type Spell } from '../claims/timeline.ts';
import { isClaim, sameSpell } from './realign-claims.ts';

/** From when to when a household lasts, and the claim that said so. */
export interface Life {
  readonly from: PartialDate;
  readonly to: PartialDate | null;
  readonly told: Claim<unknown>;
}

/** The life of a household as it has become, where that leaves less room than it had; else null. */
export function shortened(held: HouseholdState, next: HouseholdState, told: HouseholdState): Life | null {
  const [was, is] = [lifeSpells(held, null), lifeSpells(next, null)];
  const [first, last] = [is[0], is.at(-1)];
  const before = was[0];
  const claim = told.attributes[0];
  if (first === undefined || last === undefined || before === undefined || claim === undefined) return null;
  const end = was.at(-1)!.to;
  const later = firstDay(before.from) < firstDay(first.from);
  const sooner = last.to !== null && (end === null || firstDay(last.to) < firstDay(end));
  return later || sooner ? { from: first.from, to: last.to, told: claim } : null;
}

/** May a partial date mean the other day? Then neither is before the other (registry.md, Dates may be partial). */
const mayBe = (partial: PartialDate, date: PartialDate): boolean => date.startsWith(partial);

const isEmpty = ({ from, to }: Spell<unknown>): boolean => to !== null && firstDay(to) === firstDay(from);

const beginsAfter = (tie: Spell<unknown>, life: Life | undefined): boolean =>
  life !== undefined && life.to !== null && !isEmpty(tie) && firstDay(tie.from) >= firstDay(life.to);

/** The part of a tie that lies in the life: the very tie where all of it does, null where none does. */
function within(tie: Spell<MembershipValue>, { from, to }: Life): Pick<Spell<unknown>, 'from' | 'to'> | null {
  if (isEmpty(tie)) return tie;
  const late = firstDay(tie.from) < firstDay(from) && !mayBe(tie.from, from);
  const early = to !== null && (tie.to === null || (firstDay(to) < firstDay(tie.to) && !mayBe(to, tie.to)));
  if (!late && !early) return tie;
  const cut = { from: late ? from : tie.from, to: early ? to : tie.to };
  return cut.to !== null && firstDay(cut.to) <= firstDay(cut.from) ? null : cut;
}

/** A tie as it is to come out, and the claim held for it; null: this supply claims it. */
interface Wanted {
  readonly spell: Spell<MembershipValue>;
  readonly claim: Claim<MembershipValue> | null;
}

/**
 * The entry with its ties cut to the lives of their households; the same object where nothing is to be cut. What was before a
 * tie does not last longer because that now begins later.
 * @param lives of the households whose lives have become shorter
 * @param concerned which ties are cut: those that the supply itself tells lie in the lives that it tells
 */
export function boundTies(
  entry: EntryState,
  lives: ReadonlyMap<number, Life>,
  concerned: (tie: Spell<MembershipValue>) => boolean = () => true,
): EntryState {
  if (!entry.memberships.some(({ value }) => lives.has(value.householdId))) return entry;
  const bound = registrationBound(registrationSpells(entry));
  const cutter = (spell: Spell<MembershipValue>): Life | undefined =>
    concerned(spell) ? lives.get(spell.value.householdId) : undefined;
  // What would begin once its household has ended never comes to be, and ends nothing before it.
  const never = layOut(entry.memberships, bound).filter((spell) => beginsAfter(spell, cutter(spell)));
  const possible = entry.memberships.filter((c) => !never.some((n) => isClaim(c, n)));
  const first = never[0];
  let cause = first === undefined ? undefined : cutter(first)?.told;
  const wanted = layOut(possible, bound).flatMap((spell): Wanted[] => {
    const life = cutter(spell);
    const cut = life === undefined ? spell : within(spell, life);
    if (cut === spell) return [{ spell, claim: possible.find((c) => isClaim(c, spell))! }];
    cause ??= life?.told;
    return cut === null ? [] : [{ spell: { ...spell, ...cut }, claim: null }];
  });
  if (cause === undefined) return entry;
  const { eventId, source, rank } = cause;
  const stating = ({ from, to, value }: Spell<MembershipValue>): Claim<MembershipValue> => {
    const row = lives.get(value.householdId)?.told.source ?? source;
    return { from, statedTo: to, eventId, source: row, rank, stated: null, value };
  };
  const claims = wanted.map(({ spell, claim }) => claim ?? stating(spell));
  // A tie whose end came from the next one must say it itself where that begins later.
  const laid = layOut(claims, bound);
  const memberships = wanted.map(({ spell }, i) =>
    laid.some((l) => sameSpell(l, spell)) ? claims[i]! : stating(spell),
  );
  // Who never came into a household did not move to its address either.
  const dwellings = entry.dwellings.filter(
    (d) => !never.some((n) => n.value.householdId === d.value.follows && n.from === d.from),
  );
  return { ...entry, memberships, dwellings };
}
