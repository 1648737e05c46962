/** The 72 hours of a breach (GDPR art. 33). */
import { expect, it } from 'vitest';
import { type BreachRow, notified, timerOf, withoutRisk } from './breach.ts';

const breach: BreachRow = {
  breach_id: 'V1',
  known_at: '2026-11-24T08:00:00.000Z',
  what: 'portatile smarrito',
  persons: null,
  data: 'nomi',
  consequences: 'nessuna nota',
  measures: 'disco cifrato',
  state: 'open',
  closed_at: null,
  reason: null,
};
const END = new Date('2026-11-27T08:00:00.000Z');
const after = (ms: number) => new Date(END.getTime() + ms);

it('the hours run since one is aware: 72 of them, and past them it is overdue', () => {
  expect(timerOf(breach, new Date(breach.known_at))).toEqual({
    deadline: END.toISOString(),
    hoursLeft: 72,
    timer: 'running',
  });
  expect(timerOf(breach, END)).toMatchObject({ hoursLeft: 0, timer: 'running' });
  expect(timerOf(breach, after(1))).toMatchObject({ hoursLeft: -1, timer: 'overdue' });
});

it('within 72 hours it is notified without more; past them only with the reason for the delay (art. 33(1))', () => {
  expect(timerOf(notified(breach, END, null), after(1)).timer).toBe('in-time');
  expect(() => notified(breach, after(1), ' ')).toThrow(/72/);
  const late = notified(breach, after(1), 'indagini in corso');
  expect([late.reason, timerOf(late, after(1)).timer]).toEqual(['indagini in corso', 'late']);
});

it('without notification it stays documented with why a risk is unlikely (art. 33(5)); what is closed is closed', () => {
  expect(() => withoutRisk(breach, END, null)).toThrow(/33/);
  const closed = withoutRisk(breach, END, 'cifrato');
  expect(timerOf(closed, after(1))).toMatchObject({ hoursLeft: null, timer: 'not-due' });
  expect(() => notified(closed, END, null)).toThrow(expect.objectContaining({ code: 'conflict' }));
});
