/** Starts the process that links (linkage-worker.ts), one at a time. */
import { type ChildProcess, fork } from 'node:child_process';

const PROGRAM = new URL('./linkage-worker.ts', import.meta.url);

export interface LinkageChild {
  /** There may be something to link: now, or once what is being linked is done. */
  wake(): void;
}

/** @param fault told where it cannot be started */
export function linkageChild(root: string, fault: (err: unknown) => void): LinkageChild {
  let child: ChildProcess | null = null;
  let again = false;
  const start = (): void => {
    again = false;
    // It ends with us: its channel is closed then.
    const started = fork(PROGRAM, [root], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child = started;
    started.once('error', fault);
    started.once('exit', () => {
      child = null;
      if (again) start();
    });
  };
  return {
    wake: () => {
      if (child === null) start();
      else again = true;
    },
  };
}
