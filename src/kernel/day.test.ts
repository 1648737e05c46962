import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  certainlyBefore,
  completedYears,
  day,
  daysBetween,
  firstDay,
  fromEpochDays,
  lastDay,
  parseDay,
  parsePartialDate,
  romeDay,
  toEpochDays,
} from './day.ts';

const anyDay = fc.integer({ min: -700_000, max: 2_900_000 }).map(fromEpochDays);

describe('days (tracciato.md 1: a date that does not exist is malformed)', () => {
  it.each([
    '2023-02-29',
    '1900-02-29',
    '2022-06-31',
    '2024-13-01',
    '2024-00-10',
    '2024-1-1',
    '0000-01-01',
    ' 2024-01-01',
    '2024/01/01',
    '20240101',
  ])('refuses %s', (text) => expect(parseDay(text)).toBeNull());
  it.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('accepts %s', (text) =>
    expect(parseDay(text)).toBe(text),
  );
  it('goes to a day number and back', () => {
    fc.assert(fc.property(anyDay, (d) => fromEpochDays(toEpochDays(d)) === d));
  });
  it('adds what it measures', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: -5000, max: 5000 }),
        (d, n) => daysBetween(d, addDays(d, n)) === n,
      ),
    );
  });
  it('orders as text does', () => {
    fc.assert(fc.property(anyDay, anyDay, (a, b) => a < b === toEpochDays(a) < toEpochDays(b)));
  });
});

describe('partial dates stand for the interval of days they may mean (registry.md)', () => {
  it('knows the ends of months and years', () => {
    expect([firstDay(parsePartialDate('2024-02')!), lastDay(parsePartialDate('2024-02')!)]).toEqual([
      '2024-02-01',
      '2024-02-29',
    ]);
    expect([firstDay(parsePartialDate('1931')!), lastDay(parsePartialDate('1931')!)]).toEqual([
      '1931-01-01',
      '1931-12-31',
    ]);
  });
  it('breaks a rule only where every reading breaks it', () => {
    expect(certainlyBefore(parsePartialDate('2022')!, parsePartialDate('2022-11')!)).toBe(false);
    expect(certainlyBefore(parsePartialDate('2022-10')!, parsePartialDate('2022-11')!)).toBe(true);
  });
});

describe('ages', () => {
  it('counts completed years', () => {
    expect(completedYears(day('2000-02-29'), day('2018-02-28'))).toBe(17);
    expect(completedYears(day('2000-02-29'), day('2018-03-01'))).toBe(18);
  });
  it('takes the civil day of Rome, not of the machine', () => {
    expect(romeDay(new Date('2025-03-29T23:30:00Z'))).toBe('2025-03-30');
    expect(romeDay(new Date('2025-06-30T21:59:59Z'))).toBe('2025-06-30');
    expect(romeDay(new Date('2025-06-30T22:00:00Z'))).toBe('2025-07-01');
  });
  it('tells the same day whatever was asked before', () => {
    const alone = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short' });
    const instant = fc.date({
      min: new Date('1850-01-01'),
      max: new Date('2200-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, fc.array(fc.integer({ min: -2_000_000, max: 2_000_000 })), (first, apart) => {
        for (const ms of [0, ...apart]) {
          const at = new Date(first.getTime() + ms);
          expect(romeDay(at)).toBe(alone.format(at));
        }
      }),
    );
  });
});
