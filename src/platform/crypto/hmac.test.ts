import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hmacSha256 } from './hmac.ts';

it('gives what node’s HMAC gives, for keys and messages of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 300 }), (key, message) => {
      const mac = hmacSha256(key);
      const expected = createHmac('sha256', key).update(message).digest();
      expect(mac(message)).toEqual(expected);
      expect(mac(message)).toEqual(expected);
    }),
    { numRuns: 200, seed: 2104 },
  );
  expect(hmacSha256(Buffer.from('key'))('perché')).toEqual(
    createHmac('sha256', 'key').update('perché', 'utf8').digest(),
  );
});
