/** Each rule of control 30: what it tells, and what it leaves alone. */
import { describe, expect, it } from 'vitest';
import { type Alert, AlertRule, type AlertWorld, alertsOf, isOdd } from './alerts.ts';
import type { FoundLeaf } from './search.sql.ts';

let next = 0;
const leaf = (given: Partial<FoundLeaf>): FoundLeaf => ({
  index: next++,
  at: '2026-11-24T09:00:00.000Z',
  user: 'U1',
  client: null,
  body: 'B1',
  from: '10.0.0.1',
  operation: 'personRead',
  kind: 'consulted',
  purpose: 'anagrafe',
  file: '1',
  subjects: ['s1'],
  fields: [],
  count: 1,
  outcome: 'answered',
  reason: null,
  ...given,
});
const world: AlertWorld = {
  bodyKinds: new Map([
    ['B1', 'comune'],
    ['B2', 'polizia'],
  ]),
  colleagues: new Map([['U1', new Map([['s-colleague', 'P7']])]]),
  neighbours: new Map([['U1', new Map([['s-neighbour', 'P8']])]]),
  commitmentsOf: (subject) => [`s-${subject}-november`, `s-${subject}-december`],
};
const rule = (kind: string, parameters: object): AlertRule => AlertRule.parse({ id: 'r', kind, parameters });
const told = (r: AlertRule, leaves: readonly FoundLeaf[]): (readonly number[])[] =>
  alertsOf([r], leaves, world).map((alert: Alert) => alert.leaves);

describe('odd hours', () => {
  const nights = { from: '20:00', to: '07:00', sundays: true, exceptKinds: ['polizia'] };
  it.each([
    ['2026-11-24T19:00:00Z', true],
    ['2026-11-24T18:59:00Z', false],
    ['2026-11-24T05:59:00Z', true],
    ['2026-11-24T06:00:00Z', false],
    // Summer time: one hour earlier in UTC.
    ['2026-07-01T18:00:00Z', true],
    ['2026-07-01T17:59:00Z', false],
    // A Sunday at noon; a Saturday that is Sunday already in Rome.
    ['2026-11-22T11:00:00Z', true],
    ['2026-11-21T23:30:00Z', true],
  ])('%s: %s', (at, odd) => {
    expect(isOdd(at, nights)).toBe(odd);
  });
  it('in the middle of the day, where the rule says so', () => {
    expect(isOdd('2026-11-24T12:00:00Z', { ...nights, from: '12:30', to: '14:00' })).toBe(true);
    expect(isOdd('2026-11-24T13:00:00Z', { ...nights, from: '12:30', to: '14:00' })).toBe(false);
  });
  it('tells one alert a user, and leaves alone the bodies that work at night', () => {
    const night = { at: '2026-11-24T22:00:00Z' };
    const leaves = [leaf(night), leaf({}), leaf(night), leaf({ ...night, user: 'U2', body: 'B2' })];
    expect(told(rule('odd-hours', nights), leaves)).toEqual([[leaves[0]!.index, leaves[2]!.index]]);
  });
});

describe('volume and refusals', () => {
  const at = (minute: number, given: Partial<FoundLeaf> = {}) =>
    leaf({ at: new Date(Date.UTC(2026, 10, 24, 9, minute)).toISOString(), ...given });
  it('more persons than the rule allows within the minutes, of one user, counted as persons', () => {
    const few = [at(0), at(10), at(20), at(59)];
    expect(told(rule('volume', { minutes: 60, most: 4 }), few)).toEqual([]);
    const many = [at(0), at(10), at(60), at(61, { count: 4 }), at(62)];
    expect(told(rule('volume', { minutes: 60, most: 4 }), many)).toEqual([many.slice(1).map((l) => l.index)]);
    const apart = [at(0, { count: 3 }), at(1, { count: 3, user: 'U2' })];
    expect(told(rule('volume', { minutes: 60, most: 4 }), apart)).toEqual([]);
  });
  it('refusals are counted apart from answers', () => {
    const refused = { outcome: 'refused', count: 0 } as const;
    const leaves = [at(0, refused), at(1), at(2, refused), at(3, refused)];
    expect(told(rule('refusals', { minutes: 5, most: 2 }), leaves)).toEqual([
      [leaves[0]!.index, leaves[2]!.index, leaves[3]!.index],
    ]);
    expect(told(rule('refusals', { minutes: 3, most: 2 }), leaves)).toEqual([]);
  });
});

describe('curiosity', () => {
  it('an auditor finds a curious clerk: colleagues and neighbours, by name', () => {
    const leaves = [
      leaf({ subjects: ['s-colleague'] }),
      leaf({ subjects: ['s-neighbour', 'x'] }),
      leaf({ subjects: ['s-colleague'], user: 'U2' }),
    ];
    expect(alertsOf([rule('colleagues', {}), rule('neighbours', {})], leaves, world)).toEqual([
      { rule: 'r', kind: 'colleagues', user: 'U1', subject: 'P7', leaves: [leaves[0]!.index] },
      { rule: 'r', kind: 'neighbours', user: 'U1', subject: 'P8', leaves: [leaves[1]!.index] },
    ]);
  });
  it('well-known people, in any month, also where the look was refused', () => {
    const leaves = [
      leaf({ subjects: ['s-P5-december'], outcome: 'refused' }),
      leaf({ subjects: ['s-P6-december'] }),
    ];
    expect(told(rule('well-known', { subjects: ['P5'] }), leaves)).toEqual([[leaves[0]!.index]]);
  });
  it('a person looked up by many users within the days, not by one user many times', () => {
    const on = (day: number, user: string) =>
      leaf({ user, at: new Date(Date.UTC(2026, 10, day)).toISOString(), subjects: ['s'] });
    const r = rule('looked-up-by-many', { days: 7, users: 3 });
    const many = [on(1, 'U1'), on(2, 'U2'), on(7, 'U3'), on(20, 'U1')];
    expect(told(r, many)).toEqual([many.slice(0, 3).map((l) => l.index)]);
    expect(told(r, [on(1, 'U1'), on(2, 'U2'), on(8, 'U3')])).toEqual([]);
    expect(
      told(
        r,
        [1, 2, 3, 4].map((day) => on(day, 'U1')),
      ),
    ).toEqual([]);
  });
});

it('a rule with wrong parameters is refused', () => {
  for (const wrong of [
    { id: 'r', kind: 'volume', parameters: { minutes: 0, most: 1 } },
    { id: 'r', kind: 'volume', parameters: { minutes: 1, most: 1, extra: 1 } },
    {
      id: 'r',
      kind: 'odd-hours',
      parameters: { from: '25:00', to: '07:00', sundays: true, exceptKinds: [] },
    },
    { id: 'r', kind: 'curious', parameters: {} },
  ])
    expect(AlertRule.safeParse(wrong).success).toBe(false);
});
