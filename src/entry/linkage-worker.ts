/**
 * The process that links what loads brought, beside the one that loads them: whatever it costs, and whatever becomes of it, no supply
 * waits for it. It links what there is and ends; killed, it leaves that to the next.
 */
import { setPriority } from 'node:os';
import { pino } from 'pino';
import { loadReference } from '../reference/load-reference.ts';
import { linkNew } from '../registry/linkage/link-new.service.ts';
import { openContext } from './context.ts';
import { linkageRoom } from './linkage-room.ts';

/** Below whoever loads, who is below whoever answers requests. */
const PRIORITY = 10;

const [root = process.cwd()] = process.argv.slice(2);
const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
process.on('disconnect', () => process.exit(0));
// Who stops the server by the keyboard stops it through its parent.
process.on('SIGINT', () => undefined);

async function work(): Promise<void> {
  setPriority(PRIORITY);
  const app = await openContext({ env: process.env, root });
  try {
    if (app.config.linksAfterLoad)
      await linkNew(app.db, loadReference({ dataFolder: app.dataFolder }), linkageRoom(app));
  } finally {
    await app.close();
  }
}

work().then(
  () => process.exit(0),
  (err: unknown) => {
    logger.error(
      { err },
      'what was loaded is not linked: the next load, or sipop linkage run --since ultima, does it',
    );
    process.exit(1);
  },
);
