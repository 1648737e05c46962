/** A few threads that check supplies side by side; each holds one supply at a time. */
import { Worker } from 'node:worker_threads';
import { AppError, type AppErrorCode } from '../../kernel/app-error.ts';
import type { SupplyNumbers } from '../../registry/supplies/supply-record.ts';
import type { OpenedCounts } from './check-contract.ts';
import type { CheckJob, FromWorker, ThreadData, ToWorker, WorkerFailure } from './worker-messages.ts';

/**
 * Of each thread, in MB. What grows with a supply lies outside the heap (docs/adr/0003); without limits V8 lets its rubbish
 * grow with the memory of the machine.
 */
const HEAP = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 400 };

export type CheckResult = Extract<FromWorker, { readonly kind: 'checked' }>;

export interface CheckHooks {
  /** A thread has been found for the supply. */
  readonly taken: () => void;
  /** Gives the supply its numbers, once its rows have been counted. */
  readonly number: (counts: OpenedCounts) => Promise<SupplyNumbers>;
  readonly progress: (done: number, total: number) => void;
}

function errorOf(failure: WorkerFailure): Error {
  if (failure.code !== null)
    return new AppError(failure.code as AppErrorCode, failure.italian, failure.english);
  const error = new Error(failure.italian);
  error.stack = failure.stack;
  return error;
}

export class CheckThreads {
  readonly #most: number;
  readonly #dataFolder: string | null;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #waiting: ((worker: Worker) => void)[] = [];

  /**
   * @param most threads at once; each is started when a supply first needs it
   * @param dataFolder where reference data may have been imported (loadReference)
   */
  constructor(most: number, dataFolder: string | null) {
    this.#most = most;
    this.#dataFolder = dataFolder;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./check.worker.ts', import.meta.url), {
      workerData: { dataFolder: this.#dataFolder } satisfies ThreadData,
      resourceLimits: HEAP,
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

  /** @throws whatever the check threw; a thread that died is replaced */
  async check(job: CheckJob, hooks: CheckHooks): Promise<CheckResult> {
    const worker = await this.#take();
    hooks.taken();
    let alive = worker;
    try {
      return await this.#run(worker, job, hooks);
    } catch (error) {
      if (!this.#all.has(worker)) alive = this.#start();
      throw error;
    } finally {
      this.#give(alive);
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
          reject(error);
        });
      const ended = (code: number): void => died(new Error(`a checking thread ended (${code})`));
      worker.on('message', take).on('error', died).on('exit', ended);
      send({ kind: 'check', job });
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }
}
