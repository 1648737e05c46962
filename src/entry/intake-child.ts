/** Keeps the process that loads supplies (intake-worker.ts) running beside the server. */
import { type ChildProcess, fork } from 'node:child_process';
import type { FastifyBaseLogger } from 'fastify';

const PROGRAM = new URL('./intake-worker.ts', import.meta.url);
/** Milliseconds before it is started again, where it ended by itself: twice as many each time, and at most so many. */
const RESTART_AFTER = 2_000;
const RESTART_AT_MOST = 60_000;
/** One that worked for so long ended for a reason of its own. */
const STEADY_AFTER = 10 * 60_000;

/** @param ends how often it ended by itself in a row, this time too @returns milliseconds to wait before it is started again */
export const restartAfter = (ends: number): number =>
  Math.min(RESTART_AFTER * 2 ** (ends - 1), RESTART_AT_MOST);

export interface IntakeChild {
  /** Says that a supply waits. */
  wake(): void;
  /** Ends it, in the midst of a load if need be: what was not committed is loaded again. */
  stop(): Promise<void>;
}

/** @param env of the process, which the worker reads its configuration from */
export function startIntake(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
  logger: Pick<FastifyBaseLogger, 'error'>,
): IntakeChild {
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopping = false;
  let ends = 0;
  const start = (): void => {
    const started = fork(PROGRAM, [root], { env: { ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child = started;
    const since = performance.now();
    started.once('error', (err) => logger.error({ err }, 'intake cannot be started'));
    started.once('exit', (code, signal) => {
      child = null;
      if (stopping) return;
      ends = performance.now() - since < STEADY_AFTER ? ends + 1 : 1;
      const after = restartAfter(ends);
      logger.error({ code, signal, after }, 'intake ended: it is started again');
      timer = setTimeout(start, after);
    });
  };
  start();
  return {
    wake: () => {
      if (child?.connected === true) child.send('wake');
    },
    stop: async () => {
      stopping = true;
      if (timer !== null) clearTimeout(timer);
      const running = child;
      if (running === null) return;
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      running.kill('SIGTERM');
      await ended;
    },
  };
}
