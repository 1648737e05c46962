/**
 * Questions that come while one is under way go together into the next: one round trip for all of them, never one that was begun before they came.
 * What a statement costs before its first row (a message each way, locks, a plan made ready, a process woken) is then paid once for many.
 *
 * For questions alone: those of a group that failed are asked again, each by itself.
 */
import { AppError } from '../../kernel/app-error.ts';

interface Waiting<Key, Answer> {
  readonly key: Key;
  readonly done: (answer: Answer) => void;
  readonly failed: (error: unknown) => void;
}

export interface GatherOptions {
  /** Keys of one round trip; 200 where absent. */
  readonly most?: number;
  /** Round trips under way at once, each on a connection of its own; 1 where absent. A slow group then holds up no other. */
  readonly atOnce?: number;
  /** Keys that may wait for their turn; beyond, a question is refused at once. 5,000 where absent. */
  readonly mostWaiting?: number;
}

const tooManyWaiting = (): AppError =>
  new AppError(
    'unavailable',
    'la base dati è sovraccarica: riprovare tra qualche secondo',
    'the database is overloaded: try again in a few seconds',
  );

/** Would asking again, each by itself, fail for the same reason? */
const isOfAll = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'database-unavailable';

/**
 * @param askAll answers in the order of its keys. What it throws for one key, only that key's asker hears, for the others are asked again
 * without it; a lost database all of them hear.
 * @returns asks for one key @throws (the promise) AppError unavailable, where too many wait
 */
export function gathered<Key, Answer>(
  askAll: (keys: readonly Key[]) => Promise<readonly Answer[]>,
  { most = 200, atOnce = 1, mostWaiting = 5_000 }: GatherOptions = {},
): (key: Key) => Promise<Answer> {
  let waiting: Waiting<Key, Answer>[] = [];
  let running = 0;
  const ask = async (group: readonly Waiting<Key, Answer>[]): Promise<void> => {
    try {
      const answers = await askAll(group.map(({ key }) => key));
      if (answers.length !== group.length)
        throw new RangeError(`${answers.length} answers to ${group.length} questions`);
      group.forEach(({ done }, i) => {
        done(answers[i]!);
      });
    } catch (error) {
      if (group.length === 1 || isOfAll(error)) for (const { failed } of group) failed(error);
      else for (const one of group) await ask([one]);
    }
  };
  const runAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await ask(group);
    }
    // In the same turn as the last look at what waits: who comes after begins anew.
    running -= 1;
  };
  return (key) =>
    new Promise<Answer>((done, failed) => {
      if (waiting.length >= mostWaiting) {
        failed(tooManyWaiting());
        return;
      }
      waiting.push({ key, done, failed });
      if (running === atOnce) return;
      running += 1;
      // Whoever comes in the same turn of the event loop goes with the first.
      queueMicrotask(runAll);
    });
}
