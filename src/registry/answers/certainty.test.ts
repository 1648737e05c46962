import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, firstDay, lastDay, parsePartialDate } from '../../kernel/day.ts';
import { heldOn, holdsIn, holdsOn } from './certainty.ts';

const spell = (from: string, to: string | null) => ({
  from: parsePartialDate(from)!,
  to: to === null ? null : parsePartialDate(to)!,
});

describe('a day is its end: a spell [dal, al) holds on d when dal ≤ d < al (registry.md)', () => {
  it.each([
    ['born on the day: resident on it', '2024-05-10', null, '2024-05-10', 'certa'],
    ['dead on the day: not resident on it', '2000-01-01', '2024-05-10', '2024-05-10', null],
    ['resident the day before', '2000-01-01', '2024-05-10', '2024-05-09', 'certa'],
    ['born and dead on one day: on no day', '2024-05-10', '2024-05-10', '2024-05-10', null],
  ])('%s', (_, from, to, d, expected) => expect(holdsOn(spell(from, to), day(d))).toBe(expected));
});

describe('certain where every reading agrees, possible elsewhere (registry.md, Dates may be partial)', () => {
  it.each([
    ['in the month of the death', '1956-09-15', '2022-11', '2022-11-11', 'possibile'],
    ['after it', '1956-09-15', '2022-11', '2022-12-02', null],
    ['on the last day, on which every reading has ended', '1956-09-15', '2022-11', '2022-11-30', null],
    ['before it', '1956-09-15', '2022-11', '2022-10-31', 'certa'],
    ['within the year of an uncertain start', '1990', null, '1990-07-01', 'possibile'],
    ['on the last day of that year', '1990', null, '1990-12-31', 'certa'],
  ])('%s', (_, from, to, d, expected) => expect(holdsOn(spell(from, to), day(d))).toBe(expected));

  const partial = fc
    .tuple(fc.integer({ min: 2000, max: 2003 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom(4, 7, 10))
    .map(([y, m, n]) => parsePartialDate(`${y}-${String(m).padStart(2, '0')}-15`.slice(0, n))!);
  const readings = (text: string) => [firstDay(parsePartialDate(text)!), lastDay(parsePartialDate(text)!)];

  it('agrees with trying the extreme readings one by one', () => {
    fc.assert(
      fc.property(partial, fc.option(partial), fc.integer({ min: 0, max: 1500 }), (from, to, n) => {
        const d = addDays(day('2000-01-01'), n);
        const holds = readings(from).flatMap((f) =>
          (to === null ? [null] : readings(to)).map((t) => f <= d && (t === null || d < t)),
        );
        const found = holdsOn({ from, to }, d);
        expect(found !== null).toBe(holds.includes(true));
        expect(found === 'certa').toBe(!holds.includes(false));
      }),
    );
  });
  it('answers for a period of one day as for the day', () => {
    fc.assert(
      fc.property(partial, partial, fc.integer({ min: 0, max: 1500 }), (from, to, n) => {
        fc.pre(lastDay(from) < firstDay(to));
        const d = addDays(day('2000-01-01'), n);
        expect(holdsIn({ from, to }, d, addDays(d, 1))).toBe(holdsOn({ from, to }, d));
      }),
    );
  });
  it('puts the certain before the possible', () => {
    const [first, second] = heldOn(
      [spell('2001', '2005-01-01'), spell('1999-01-01', '2003')],
      day('2001-05-01'),
    );
    expect([first?.certezza, second?.certezza]).toEqual(['certa', 'possibile']);
    expect(first?.spell.from).toBe('1999-01-01');
  });
});
