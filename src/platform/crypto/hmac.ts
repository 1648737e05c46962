/**
 * HMAC-SHA256 (RFC 2104) by two one-shot hashes: node's createHmac makes an object each time, which takes ten times as long,
 * and the audit makes and checks one for every leaf.
 */
import { SHA256_BYTES, sha256, sha256Text } from './sha256.ts';

const BLOCK = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/** The code of one message under the key given, 32 bytes. */
export type Hmac = (message: string | Uint8Array) => Buffer;

/** @param key any bytes; beyond 64 they are hashed first, as the RFC has it */
export function hmacSha256(key: Uint8Array): Hmac {
  const block = Buffer.alloc(BLOCK);
  block.set(key.length > BLOCK ? sha256(key) : key);
  // Grows with the longest message; what is beyond the message at hand is not hashed.
  let inner = Buffer.concat([block.map((byte) => byte ^ INNER), Buffer.alloc(BLOCK)]);
  const outer = Buffer.concat([block.map((byte) => byte ^ OUTER), Buffer.alloc(SHA256_BYTES)]);
  return (message) => {
    const bytes = typeof message === 'string' ? Buffer.from(message, 'utf8') : message;
    const length = BLOCK + bytes.length;
    if (inner.length < length) inner = Buffer.concat([inner.subarray(0, BLOCK), Buffer.alloc(2 * length)]);
    inner.set(bytes, BLOCK);
    outer.write(sha256Text(inner.subarray(0, length)), BLOCK, 'latin1');
    return sha256(outer);
  };
}
