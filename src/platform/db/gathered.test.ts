/** Questions gathered into one round trip: each gets its own answer, and one that fails takes no other with it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from '../../kernel/app-error.ts';
import { gathered } from './gathered.ts';

/** A round trip that ends when it is told to, and the groups that were asked. */
function slow(): {
  readonly groups: (readonly number[])[];
  readonly askAll: (keys: readonly number[]) => Promise<readonly number[]>;
  end(): Promise<void>;
} {
  const groups: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  return {
    groups,
    askAll: (keys) => {
      groups.push(keys);
      return new Promise((resolve) => ends.push(() => resolve(keys.map((key) => key * 10))));
    },
    async end() {
      ends.shift()?.();
      await new Promise(setImmediate);
    },
  };
}

it('who comes while a round trip is under way goes with the next, never with that one, and each gets its own answer', async () => {
  const trip = slow();
  const ask = gathered(trip.askAll);
  const first = ask(1);
  await new Promise(setImmediate);
  const others = [ask(2), ask(3), ask(2)];
  expect(trip.groups).toEqual([[1]]);
  await trip.end();
  expect(await first).toBe(10);
  expect(trip.groups).toEqual([[1], [2, 3, 2]]);
  await trip.end();
  expect(await Promise.all(others)).toEqual([20, 30, 20]);
  const after = ask(4);
  await new Promise(setImmediate);
  await trip.end();
  expect(await after).toBe(40);
});

it('a group holds no more than it may, and what is left over goes next, in the order of asking', async () => {
  const trip = slow();
  const ask = gathered(trip.askAll, { most: 2 });
  const asked = [1, 2, 3, 4, 5].map(ask);
  await new Promise(setImmediate);
  for (let i = 0; i < 3; i++) await trip.end();
  expect(trip.groups).toEqual([[1, 2], [3, 4], [5]]);
  expect(await Promise.all(asked)).toEqual([10, 20, 30, 40, 50]);
});

it('as many round trips as allowed are under way at once: a slow one holds up no other', async () => {
  const trip = slow();
  const ask = gathered(trip.askAll, { most: 1, atOnce: 2 });
  const asked = [ask(1), ask(2), ask(3)];
  await new Promise(setImmediate);
  expect(trip.groups).toEqual([[1], [2]]);
  await trip.end();
  expect(trip.groups).toEqual([[1], [2], [3]]);
  await trip.end();
  await trip.end();
  expect(await Promise.all(asked)).toEqual([10, 20, 30]);
});

it('where too many wait, the next is refused at once, and the others get their answers', async () => {
  const trip = slow();
  const ask = gathered(trip.askAll, { mostWaiting: 2 });
  const first = ask(1);
  await new Promise(setImmediate);
  const waiting = [ask(2), ask(3)];
  await expect(ask(4)).rejects.toMatchObject({ code: 'unavailable' });
  await trip.end();
  await trip.end();
  expect(await Promise.all([first, ...waiting])).toEqual([10, 20, 30]);
});

it('a lost database is told to everybody of the group, without asking for each again', async () => {
  let trips = 0;
  const ask = gathered<number, number>(async () => {
    trips += 1;
    throw new AppError('database-unavailable', 'non risponde', 'does not answer');
  });
  const asked = await Promise.allSettled([ask(1), ask(2), ask(3)]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(trips).toBe(1);
});

it('whatever is asked when, with keys that fail among them: each hears what it would have heard alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ key: fc.integer({ min: 0, max: 20 }), turns: fc.nat(3) }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 3 }),
      async (questions, most, atOnce) => {
        const alone = (key: number): number => {
          if (key % 5 === 3) throw new Error(`no ${key}`);
          return key * 10;
        };
        const ask = gathered(
          async (keys: readonly number[]) => {
            expect(keys.length).toBeLessThanOrEqual(most);
            await new Promise(setImmediate);
            return keys.map(alone);
          },
          { most, atOnce },
        );
        const heard = await Promise.allSettled(
          questions.map(async ({ key, turns }) => {
            for (let i = 0; i < turns; i++) await new Promise(setImmediate);
            return ask(key);
          }),
        );
        const expected = await Promise.allSettled(questions.map(async ({ key }) => alone(key)));
        expect(heard).toEqual(expected);
      },
    ),
    { numRuns: 50 },
  );
});
