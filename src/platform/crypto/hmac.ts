/**
 * HMAC-SHA256 (RFC 2104) by two one-shot hashes: node's createHmac makes an object each time, which takes ten times as long,
 * and the audit makes and checks one for every leaf.
 */
import { hash } from 'node:crypto';

const BLOCK = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/** The code of one message under the key given, 32 bytes. */
export type Hmac = (message: string | Uint8Array) => Buffer;

/** @param key any bytes; beyond 64 they are hashed first, as the RFC has it */
export function hmacSha256(key: Uint8Array): Hmac {
  const block = Buffer.alloc(BLOCK);
  block.set(key.length > BLOCK ? hash('sha256', key, 'buffer') : key);
  // Grows with the longest message; what is beyond the message at hand is not hashed.
  let inner = Buffer.concat([block.map((byte) => byte ^ INNER), Buffer.alloc(BLOCK)]);
  const outer = Buffer.concat([block.map((byte) => byte ^ OUTER), Buffer.alloc(32)]);
  return (message) => {
    const bytes = typeof message === 'string' ? Buffer.from(message, 'utf8') : message;
    const length = BLOCK + bytes.length;
    if (inner.length < length) inner = Buffer.concat([inner.subarray(0, BLOCK), Buffer.alloc(2 * length)]);
    inner.set(bytes, BLOCK);
    outer.set(hash('sha256', inner.subarray(0, length), 'buffer'), BLOCK);
    return hash('sha256', outer, 'buffer');
  };
}
