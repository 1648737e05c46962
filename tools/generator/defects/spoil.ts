/** Which units are spoilt, and how: it follows from the seed and the unit's number, so that a second drawing knows it too. */
import type { Unit } from '../model.ts';
import { fraction, hash, Random } from '../random.ts';
import { OWN, TWICE } from './codes.ts';
import type { Spoil, Spoilt } from './defect.ts';
import { OF_FAMILIES } from './families.ts';
import { SET_ASIDE } from './set-aside.ts';
import { UnitRows } from './unit-rows.ts';

/** Of the defects, those that set a row aside. */
const ASIDE_SHARE = 0.3;
const FAMILY_SHARE = 0.25;
const TWICE_SHARE = 0.06;
const TRIES = 8;

/** People of the unit who are to have a defect. */
function chosen(seed: number, share: number, unit: Unit): number[] {
  const found: number[] = [];
  for (let i = 0; i < unit.people.length; i++) if (fraction(seed, 'defect', i) < share) found.push(i);
  return found;
}

/** Is the unit one of those that have a defect? */
export const isSpoilt = (seed: number, share: number, unit: Unit): boolean =>
  share > 0 && chosen(seed, share, unit).length > 0;

function attempt(
  random: Random,
  kinds: readonly Spoil[],
  rows: UnitRows,
  unit: Unit,
  at: number,
): Spoilt | null {
  for (let i = 0; i < TRIES; i++) {
    const spoilt = random.pick(kinds)(rows, unit.people[at]!);
    if (spoilt !== null) return spoilt;
  }
  return null;
}

/**
 * Spoils a unit.
 * @param seed of this unit alone
 * @param share of people with a defect, 0 to 1
 */
export function spoil(
  seed: number,
  share: number,
  unit: Unit,
): { rows: UnitRows; spoilt: readonly Spoilt[] } {
  const rows = new UnitRows(unit);
  const random = new Random(hash(seed, 'kinds'));
  const people = chosen(seed, share, unit);
  const first = people[0]!;
  if (random.chance(ASIDE_SHARE)) {
    const one = attempt(random, SET_ASIDE, rows, unit, first);
    if (one !== null) return { rows, spoilt: [one] };
  }
  if (unit.people.length === 1 && random.chance(TWICE_SHARE * 3)) {
    const one = attempt(random, TWICE, rows, unit, first);
    if (one !== null) return { rows, spoilt: [one] };
  }
  const spoilt: Spoilt[] = [];
  let family = false;
  for (const at of people) {
    const shared: boolean = !family && random.chance(FAMILY_SHARE);
    const one = attempt(random, shared ? OF_FAMILIES : OWN, rows, unit, at);
    if (one === null) continue;
    family ||= shared;
    spoilt.push(one);
  }
  return { rows, spoilt };
}
