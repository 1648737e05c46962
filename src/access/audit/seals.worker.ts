/** A thread that checks seals: half of the hashing of a whole audit, on another processor. */
import { parentPort, workerData } from 'node:worker_threads';
import { isSealed, SEAL_BYTES, sealerOf } from './seal.ts';
import { RECORD_BYTES, type SealThreadData } from './seal-thread.ts';

const { keys } = workerData as SealThreadData;
const sealers = keys.map((key) => sealerOf(key));
const HASH_AT = 8;
const SEAL_AT = RECORD_BYTES - SEAL_BYTES;

parentPort?.on('message', (received: ArrayBuffer) => {
  const records = Buffer.from(received);
  const wrong: number[] = [];
  for (let at = 0; at < records.length; at += RECORD_BYTES) {
    const index = records.readDoubleBE(at);
    const hash = records.subarray(at + HASH_AT, at + SEAL_AT);
    if (!isSealed(sealers, index, hash, records.subarray(at + SEAL_AT, at + RECORD_BYTES))) wrong.push(index);
  }
  parentPort?.postMessage(wrong);
});
