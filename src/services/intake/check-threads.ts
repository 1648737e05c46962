/** A few threads that check supplies side by side; each holds one supply at a time. */
import { statSync } from 'node:fs';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import { startThread } from '../../platform/threads/start-thread.ts';
import type { SupplyNumbers } from '../../registry/supplies/supply-record.ts';
import type { OpenedCounts } from './check-contract.ts';
import { supplyNamed } from './delivery.ts';
import { errorOf, threadDied } from './worker-failure.ts';
import type { CheckJob, FromWorker, ThreadData, ToWorker } from './worker-messages.ts';

/**
 * Of each thread, in MB. What grows with a supply lies outside the heap (docs/adr/0003); without limits V8 lets its rubbish
 * grow with the memory of the machine.
 */
const HEAP: ResourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 128 };

/** Of a thread for one large supply of changes, whose lines are held until they are applied (docs/adr/0003). */
const ROOMY: ResourceLimits = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 3000 };
const LARGE_ARCHIVE = 1024 * 1024;

const isLarge = ({ archive, fileName, declared }: CheckJob): boolean =>
  supplyNamed(fileName, declared).tipo === 'VARIAZIONI' && statSync(archive).size > LARGE_ARCHIVE;

export type CheckResult = Extract<FromWorker, { readonly kind: 'checked' }>;

export interface CheckHooks {
  /** A thread has been found for the supply. */
  readonly taken: () => void;
  /** Gives the supply its numbers, once its rows have been counted. */
  readonly number: (counts: OpenedCounts) => Promise<SupplyNumbers>;
  readonly progress: (done: number, total: number) => void;
}

export class CheckThreads {
  readonly #most: number;
  readonly #dataFolder: string | null;
  readonly #limits: ResourceLimits;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #waiting: ((worker: Worker) => void)[] = [];

  /**
   * @param most threads at once; each is started when a supply first needs it
   * @param dataFolder where reference data may have been imported (loadReference)
   * @param limits of the memory of each
   */
  constructor(most: number, dataFolder: string | null, limits: ResourceLimits = HEAP) {
    this.#most = most;
    this.#dataFolder = dataFolder;
    this.#limits = limits;
  }

  #start(limits = this.#limits): Worker {
    const data: ThreadData = { dataFolder: this.#dataFolder };
    const worker = startThread(new URL('./check.worker.ts', import.meta.url), data, {
      resourceLimits: limits,
    });
    this.#all.add(worker);
    return worker;
  }

  #take(): Promise<Worker> {
    const worker = this.#idle.pop() ?? (this.#all.size < this.#most ? this.#start() : undefined);
    return worker === undefined
      ? new Promise((resolve) => this.#waiting.push(resolve))
      : Promise.resolve(worker);
  }

  #give(worker: Worker): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(worker);
    else next(worker);
  }

  /** @throws whatever the check threw; AppError check-died where its thread did, which is replaced when another is needed */
  async check(job: CheckJob, hooks: CheckHooks): Promise<CheckResult> {
    const worker = await this.#take();
    hooks.taken();
    let own: Worker | null = null;
    try {
      if (isLarge(job)) own = this.#start(ROOMY);
      return await this.#run(own ?? worker, job, hooks);
    } finally {
      if (own !== null) {
        this.#all.delete(own);
        void own.terminate();
      }
      if (this.#all.has(worker)) this.#give(worker);
      // Not before somebody listens to it: a thread that dies unheard ends the process.
      else this.#waiting.shift()?.(this.#start());
    }
  }

  #run(worker: Worker, job: CheckJob, hooks: CheckHooks): Promise<CheckResult> {
    return new Promise((resolve, reject) => {
      const send = (message: ToWorker): void => worker.postMessage(message);
      // Only what was put on is taken off: the thread is used again, and Node listens on it too.
      const settle = (then: () => void): void => {
        worker.off('message', take).off('error', died).off('exit', ended);
        then();
      };
      const take = (message: FromWorker): void => {
        switch (message.kind) {
          case 'opened':
            hooks.number(message.counts).then(
              (numbers) => send({ kind: 'numbers', numbers }),
              (error) =>
                settle(() => {
                  // The thread would wait for its numbers for ever.
                  this.#all.delete(worker);
                  void worker.terminate();
                  reject(error);
                }),
            );
            return;
          case 'progress':
            hooks.progress(message.done, message.total);
            return;
          case 'checked':
            settle(() => resolve(message));
            return;
          case 'failed':
            settle(() => reject(errorOf(message.failure)));
        }
      };
      const died = (error: unknown): void =>
        settle(() => {
          this.#all.delete(worker);
          reject(threadDied(job.fileName, error));
        });
      const ended = (code: number): void => died(new Error(`exit ${code}`));
      worker.on('message', take).on('error', died).on('exit', ended);
      send({ kind: 'check', job });
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }
}
