/** Gives seals to a thread to be checked while the tree is computed here: blocks of records, a few of them on their way at once. */
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../../platform/threads/start-thread.ts';
import { SEAL_BYTES, type Sealer } from './seal.ts';

/** Index, hash, seal. */
export const RECORD_BYTES = 8 + 32 + SEAL_BYTES;
const RECORDS = 4096;
const MOST_UNDER_WAY = 8;
const MOST_WRONG = 1000;

export interface SealThreadData {
  readonly keys: readonly Uint8Array[];
}

export class SealThread {
  readonly #worker: Worker;
  readonly #wrong: number[] = [];
  readonly #block = Buffer.from(new ArrayBuffer(RECORDS * RECORD_BYTES));
  #filled = 0;
  #underWay = 0;

  constructor(sealers: readonly Sealer[]) {
    const data: SealThreadData = { keys: sealers.map((sealer) => sealer.key) };
    this.#worker = startThread(new URL('./seals.worker.ts', import.meta.url), data, {});
    this.#worker.on('message', (wrong: number[]) => {
      this.#underWay--;
      this.#wrong.push(...wrong.slice(0, MOST_WRONG - this.#wrong.length));
    });
  }

  /** @returns a promise where the thread is behind */
  add(index: number, hash: Uint8Array, seal: Uint8Array): void | Promise<void> {
    const at = this.#filled;
    this.#block.writeDoubleBE(index, at);
    this.#block.set(hash, at + 8);
    this.#block.set(seal, at + 8 + 32);
    this.#filled += RECORD_BYTES;
    if (this.#filled < this.#block.length) return;
    this.#send();
    return this.#underWay < MOST_UNDER_WAY ? undefined : this.#answered(MOST_UNDER_WAY - 1);
  }

  /** Waits for the last. @returns indexes whose seal is not right, at most MOST_WRONG of them */
  async finish(): Promise<readonly number[]> {
    this.#send();
    await this.#answered(0);
    return this.#wrong;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(): void {
    if (this.#filled === 0) return;
    const records = this.#block.buffer.slice(0, this.#filled);
    this.#filled = 0;
    this.#underWay++;
    this.#worker.postMessage(records, [records]);
  }

  /** An error of the thread is thrown by `once`, and ends the check. */
  async #answered(underWay: number): Promise<void> {
    while (this.#underWay > underWay) await once(this.#worker, 'message');
  }
}
