import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SHA256_BYTES, sha256, sha256Text } from './sha256.ts';

it('gives the very bytes that node’s own hash gives, for bytes and for text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' })), (input) => {
      const expected = createHash('sha256').update(input).digest();
      const made = sha256(input);
      return (
        made.length === SHA256_BYTES &&
        made.equals(expected) &&
        sha256Text(input) === expected.toString('latin1')
      );
    }),
  );
});

it('a digest stays as it is while others are made', () => {
  const first = sha256('first');
  const kept = first.toString('hex');
  for (let i = 0; i < 5000; i++) sha256(`another ${i}`);
  expect(first.toString('hex')).toBe(kept);
});
