/**
 * People whom two comuni of the province know: cancelled in the one towards the other, registered in the other from the one, on the
 * same day and with the same codice fiscale. Each such unit has its own stream of chance, found from the seed and the two comuni,
 * so that either comune draws it by itself and the two agree.
 */
import { YEAR } from './calendar.ts';
import { COMUNI } from './comuni.ts';
import { draftCouple } from './couples.ts';
import { type Draft, type Drafting, die, leave, registration, stay } from './drafting.ts';
import { NATIONS } from './names-foreign.ts';
import { fraction, hash, type Random } from './random.ts';
import { draftSolo } from './solos.ts';
import { seenBefore, seenFrom } from './view.ts';

/** Moves kept by the registers, for each resident of the province. */
const MOVES_PER_RESIDENT = 0.028;

/** How many units went from comune `from` to comune `to` in the past, for a province of these sizes. */
export function movesBetween(seed: number, sizes: readonly number[], from: number, to: number): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const weight = closeness(sizes, from, to) / totalCloseness(sizes);
  return Math.floor(total * MOVES_PER_RESIDENT * weight + fraction(seed, 'moves', from, to));
}

function closeness(sizes: readonly number[], from: number, to: number): number {
  if (from === to) return 0;
  const a = COMUNI[from]!;
  const b = COMUNI[to]!;
  const distance = Math.hypot((a.lat - b.lat) * 111, (a.lon - b.lon) * 79);
  return (sizes[from]! * Math.sqrt(sizes[to]!)) / (4 + distance);
}

const totals = new WeakMap<readonly number[], number>();

function totalCloseness(sizes: readonly number[]): number {
  let total = totals.get(sizes);
  if (total === undefined) {
    total = 0;
    for (let i = 0; i < sizes.length; i++)
      for (let j = 0; j < sizes.length; j++) total += closeness(sizes, i, j);
    totals.set(sizes, total || 1);
  }
  return total || 1;
}

/** A comune to which somebody of comune `from` moves: a near and a large one most likely. */
export function nearby(random: Random, sizes: readonly number[], from: number): number {
  let total = 0;
  for (let to = 0; to < sizes.length; to++) total += closeness(sizes, from, to);
  let at = random.float() * total;
  for (let to = 0; to < sizes.length; to++) {
    at -= closeness(sizes, from, to);
    if (at < 0) return to;
  }
  return from === 0 ? 1 : 0;
}

/** One past move, as `side` knows it. */
export function draftMove(
  d: Drafting,
  seed: number,
  from: number,
  to: number,
  serial: number,
  side: 'origin' | 'destination',
): Draft {
  d.begin(hash(seed, 'move', from, to, serial), from);
  const { random, today } = d;
  const day = today - 45 - Math.floor(random.float() ** 1.5 * 22 * YEAR);
  const kind = random.float();
  const nation = random.chance(0.16) ? NATIONS.draw(random) : null;
  const ageThen = random.int(22, nation === null ? 72 : 50);
  const age = ageThen + Math.floor((today - day) / YEAR);
  const plan = { age, nation, plain: true, before: day - 90 };
  const A = COMUNI[from]!.code;
  const B = COMUNI[to]!.code;
  if (kind < 0.5) return seen(draftCouple(d, plan), day, A, B, side);
  const draft = draftSolo(d, plan);
  if (kind < 0.85) {
    if (age > 84)
      die(draft.people[0]!, today - random.int(20, Math.max(21, Math.floor((today - day) / 2))), B);
    return seen(draft, day, A, B, side);
  }
  // There and back: cancelled in B, in A an earlier registration and a new one.
  const back = random.int(day + 40, Math.max(day + 40, today - 50));
  if (side === 'destination') {
    const there = seenFrom(draft, day, A);
    leave(there.people[0]!, back, '3', A, '');
    return { people: there.people, households: trimmed(there, back) };
  }
  const here = seenBefore(draft, day, B);
  const person = here.people[0]!;
  person.registrations.push(registration(back, '3', B));
  const home = d.household('9', back);
  stay(home, person, '1', back);
  return { people: here.people, households: [...here.households, home] };
}

function trimmed(draft: Draft, day: number): Draft['households'] {
  return draft.households.map((home) => ({ ...home, moves: home.moves.filter((at) => at < day) }));
}

const seen = (draft: Draft, day: number, A: string, B: string, side: 'origin' | 'destination'): Draft =>
  side === 'origin' ? seenBefore(draft, day, B) : seenFrom(draft, day, A);
