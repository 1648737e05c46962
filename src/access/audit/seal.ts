/** What ties a leaf to its place: the HMAC of both under a key that the database does not have (docs/adr/0014). Pure. */
import { hmacSha256 } from '../../platform/crypto/hmac.ts';

export const SEAL_BYTES = 16;
const INDEX_BYTES = 8;

/** Makes the seal of a leaf. */
export interface Sealer {
  (index: number, leafHash: Uint8Array): Buffer;
  /** For a thread that checks seals. */
  readonly key: Uint8Array;
}

export function sealerOf(key: Uint8Array): Sealer {
  const mac = hmacSha256(key);
  const message = Buffer.alloc(INDEX_BYTES + 32);
  const seal = (index: number, leafHash: Uint8Array): Buffer => {
    message.writeBigUInt64BE(BigInt(index), 0);
    message.set(leafHash, INDEX_BYTES);
    return mac(message).subarray(0, SEAL_BYTES);
  };
  return Object.assign(seal, { key });
}

/** Whether the seal was made by one of them, the newest first. */
export function isSealed(
  sealers: readonly Sealer[],
  index: number,
  leafHash: Uint8Array,
  seal: Buffer | null,
): boolean {
  return seal !== null && sealers.some((sealer) => sealer(index, leafHash).equals(seal));
}
