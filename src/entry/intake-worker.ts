/**
 * The process that loads what waits (services/intake/upload), beside the one that answers: a supply of half a million rows delays no answer. It is
 * told by its parent that something waits, and looks by itself now and then. It ends with its parent, in the midst of a load if need be: what is
 * not committed is loaded again.
 */
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadReference } from '../reference/load-reference.ts';
import { runQueue } from '../services/intake/upload/run-queue.service.ts';
import { openContext } from './context.ts';
import { linkageChild } from './linkage-child.ts';

/** Milliseconds after which it looks by itself. */
const LOOK_EVERY = 15_000;
/** Below whoever answers requests. */
const PRIORITY = 5;

const [root = process.cwd()] = process.argv.slice(2);
const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));

let woken: (() => void) | null = null;
let again = false;
process.on('message', () => {
  again = true;
  woken?.();
});
process.on('disconnect', () => process.exit(0));
// The parent is told to stop by the same key, and tells us when it has.
process.on('SIGINT', () => undefined);

/** Until something is said to wait, or it is time to look. */
async function untilWoken(): Promise<void> {
  if (!again)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY);
      woken = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  woken = null;
  again = false;
}

async function work(): Promise<never> {
  setPriority(PRIORITY);
  const app = await openContext({ env: process.env, root });
  const context = {
    db: app.db,
    now: app.now,
    uploads: join(app.dataFolder, 'uploads'),
    workFolder: join(app.dataFolder, 'intake'),
    reference: loadReference({ dataFolder: app.dataFolder }),
    onFault: (upload: string, err: unknown) => logger.error({ upload, err }, 'supply not loaded'),
  };
  const linkage = linkageChild(root, (err) => logger.error({ err }, 'linkage cannot be started'));
  let first = true;
  for (;;) {
    const loaded = await runQueue(context);
    // At the start too: a process before this one may have been killed between a load and its linkage.
    if (first || (loaded ?? 0) > 0) linkage.wake();
    first = false;
    await untilWoken();
  }
}

work().catch((err: unknown) => {
  logger.error({ err }, 'intake stopped');
  process.exit(1);
});
