import { describe, expect, it } from 'vitest';
import { isDue } from './checkpoint-schedule.ts';

const NOW = new Date('2026-01-01T12:00:00Z');
const policy = { leaves: 100, every: 3_600_000 };
const last = (size: number, at: string) => ({ size, at });

describe('checkpoints by themselves (security.md, 27)', () => {
  it.each([
    ['an empty audit is not signed', 0, null, false],
    ['the first leaf is', 1, null, true],
    ['nothing was added', 50, last(50, '2025-01-01T00:00:00Z'), false],
    ['some were added, not long ago', 60, last(50, '2026-01-01T11:30:00Z'), false],
    ['some were added, an hour ago', 60, last(50, '2026-01-01T11:00:00Z'), true],
    ['many were added', 150, last(50, '2026-01-01T11:59:00Z'), true],
  ] as const)('%s', (_, size, signed, due) => {
    expect(isDue(size, signed, NOW, policy)).toBe(due);
  });
});
