/** The worker of a server: answers batches one chunk after another, rests where nothing waits, and is woken when a file comes. */
import { type BatchContext, runBatches, tidyBatches } from './run-batches.service.ts';

/** Milliseconds between two looks for what other processes left. */
const REST = 5_000;

export interface BatchWorker {
  /** Something came. */
  wake(): void;
  /** Ends after the chunk at hand. */
  stop(): Promise<void>;
}

/** @param failed is told of what goes wrong; the work goes on after a rest */
export function startBatchWorker(context: BatchContext, failed: (error: unknown) => void): BatchWorker {
  const ending = new AbortController();
  let wakened: () => void = () => {};
  const work = (async () => {
    while (!ending.signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wakened = resolve;
      });
      try {
        await runBatches(context, ending.signal);
        await tidyBatches(context);
      } catch (error) {
        failed(error);
      }
      if (ending.signal.aborted) return;
      const rest = setTimeout(() => wakened(), REST);
      await woken;
      clearTimeout(rest);
    }
  })();
  return {
    wake: () => wakened(),
    stop: async () => {
      ending.abort();
      wakened();
      await work;
    },
  };
}
