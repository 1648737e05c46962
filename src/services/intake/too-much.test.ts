import { expect, it } from 'vitest';
import { isTooMuch } from './check-supply.ts';

it.each([
  [20, 20, false],
  [21, 419, true],
  [21, 420, false],
  [22, 420, true],
  [0, 0, false],
])(
  '%i rows set aside of %i are too much: %s (more than 20 and more than 5%%, tracciato.md 1)',
  (fallen, rows, expected) => expect(isTooMuch(fallen, rows)).toBe(expected),
);
