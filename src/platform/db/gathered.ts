/** Questions that come while one is under way go together into the next: one round trip for all of them, never one that was begun before they came. */

interface Waiting<Key, Answer> {
  readonly key: Key;
  readonly done: (answer: Answer) => void;
  readonly failed: (error: unknown) => void;
}

/** Keys of one round trip. */
const MOST = 200;

/**
 * @param askAll answers in the order of its keys; what it throws, all of them hear
 * @returns asks for one key
 */
export function gathered<Key, Answer>(
  askAll: (keys: readonly Key[]) => Promise<readonly Answer[]>,
): (key: Key) => Promise<Answer> {
  let waiting: Waiting<Key, Answer>[] = [];
  let running = false;
  const runAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      try {
        const answers = await askAll(batch.map(({ key }) => key));
        batch.forEach(({ done }, i) => {
          done(answers[i]!);
        });
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    // In the same turn as the last look at what waits: who comes after begins anew.
    running = false;
  };
  return (key) =>
    new Promise<Answer>((done, failed) => {
      waiting.push({ key, done, failed });
      if (running) return;
      running = true;
      // Whoever comes in the same turn of the event loop goes with the first.
      queueMicrotask(runAll);
    });
}
