/** Queues in which supplies wait for each other, in the order in which they were handed over. */

/** A place in a queue: `wait` until those before are done, then say `done`. */
export interface Turn {
  readonly wait: Promise<void>;
  readonly done: () => void;
}

export interface Turns {
  /** Of taking a thread. */
  readonly started: Turn;
  /** Of being given numbers. */
  readonly numbered: Turn;
  /** Of being applied ahead (apply-ahead.ts). */
  readonly applied: Turn;
  /** Of being written. */
  readonly written: Turn;
}

/** A queue of turns, in the order in which they are asked for. */
function queue(): () => Turn {
  let previous: Promise<void> = Promise.resolve();
  return () => {
    let done: () => void = () => undefined;
    const wait = previous;
    previous = new Promise<void>((resolve) => {
      done = resolve;
    });
    return { wait, done };
  };
}

/** Gives each supply its turns. */
export function allTurns(): () => Turns {
  const [started, numbered, applied, written] = [queue(), queue(), queue(), queue()];
  return () => ({ started: started(), numbered: numbered(), applied: applied(), written: written() });
}
