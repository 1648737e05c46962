import { expect, it } from 'vitest';
import { restartAfter } from './intake-child.ts';

it('a loader that ends again and again is started again ever later, and within a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 100].map(restartAfter)).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
  ]);
});
