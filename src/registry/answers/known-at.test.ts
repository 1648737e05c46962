import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromEpochDays, romeDay } from '../../kernel/day.ts';
import { endOfDay, type KnownAt, knownAtWords, parseKnownAt } from './known-at.ts';

describe('a bare date in noto_al means the end of that day, Europe/Rome (registry.md)', () => {
  it.each([
    ['2025-01-31', '2025-01-31T22:59:59.999999Z'],
    ['2025-07-31', '2025-07-31T21:59:59.999999Z'],
    ['2025-03-30', '2025-03-30T21:59:59.999999Z'],
    ['2025-10-26', '2025-10-26T22:59:59.999999Z'],
  ])('%s → %s', (text, instant) => expect(parseKnownAt(text)).toBe(instant));
  it('is the last instant of the day on every day of two centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000, max: 60_000 }).map(fromEpochDays), (d) => {
        const end = Date.parse(endOfDay(d));
        expect(romeDay(new Date(end))).toBe(d);
        expect(romeDay(new Date(end + 1))).not.toBe(d);
      }),
    );
  });
  it.each([
    ['2025-01-31T10:00', '2025-01-31T09:00:00Z'],
    ['2025-07-31 10:00:05.123456', '2025-07-31T08:00:05.123456Z'],
    ['2025-01-31T10:00:00.5Z', '2025-01-31T10:00:00.5Z'],
    ['2025-01-31T10:00+01:00', '2025-01-31T10:00+01:00'],
    ['2025-10-26T12:00', '2025-10-26T11:00:00Z'],
    ['2025-03-30T12:00', '2025-03-30T10:00:00Z'],
    ['2025-03-30 10:00', '2025-03-30T08:00:00Z'],
    ['2025-10-26 10:00', '2025-10-26T09:00:00Z'],
    ['2025-03-30 01:59', '2025-03-30T00:59:00Z'],
    ['2025-03-30 03:00', '2025-03-30T01:00:00Z'],
    ['2025-10-26 03:00', '2025-10-26T02:00:00Z'],
    ['2025-01-31T10:00+15:59', '2025-01-31T10:00+15:59'],
    ['2025-10-26T02:30', '2025-10-26T00:30:00Z'],
  ])('reads a time of Rome, or an instant with its zone: %s', (text, instant) =>
    expect(parseKnownAt(text)).toBe(instant),
  );
  it.each(['ieri', '2025-02-30', '2025-01-31T25:00', '2025-01-31T10', '2025-02-30T10:00Z'])(
    'refuses %s',
    (text) => expect(parseKnownAt(text)).toBeNull(),
  );
  it.each(['2025-01-31T10:00+16:00', '2025-01-31T10:00-19:59'])(
    'refuses an offset that no zone has, and that PostgreSQL does not take: %s',
    (text) => expect(parseKnownAt(text)).toBeNull(),
  );
  it.each(['Europe/Rome', 'UTC'])(
    'reads the days on which the clocks change alike where the machine keeps the time of %s',
    (zone) => {
      const module = JSON.stringify(new URL('./known-at.ts', import.meta.url).href);
      const read = `import { parseKnownAt } from ${module};
        console.log(parseKnownAt('2025-03-30 10:00'), parseKnownAt('2025-10-26 10:00'));`;
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', read], {
        encoding: 'utf8',
        env: { ...process.env, TZ: zone },
      });
      expect(stdout.trim()).toBe('2025-03-30T08:00:00Z 2025-10-26T09:00:00Z');
    },
  );
});

describe('an instant in an answer is written in the time of Rome, as noto_al takes it again', () => {
  it.each([
    ['2025-01-31T22:59:59.999999Z', '2025-01-31'],
    ['2025-07-31T08:00:05.123456Z', '2025-07-31T10:00:05.123456'],
    ['2025-01-31T09:00:00Z', '2025-01-31T10:00:00'],
    ['2025-10-26T01:30:00.5Z', '2025-10-26T01:30:00.5Z'],
  ])('%s: %s', (instant, words) => expect(knownAtWords(instant as KnownAt)).toBe(words));
  it('reads back to the same instant, of any hour and microsecond', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 80_000_000 }),
        fc.integer({ min: 0, max: 999_999 }),
        (minutes, micro) => {
          const start = new Date(Date.UTC(1980, 0, 1) + minutes * 20_000).toISOString().slice(0, 19);
          const instant = `${start}.${String(micro).padStart(6, '0')}Z` as KnownAt;
          expect(parseKnownAt(knownAtWords(instant))).toBe(instant);
        },
      ),
    );
  });
});
