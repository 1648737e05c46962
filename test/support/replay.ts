/** Replays of test databases, by the road of `sipop registry replay`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/platform/db/pool.ts';
import type { Reference } from '../../src/reference/load-reference.ts';
import {
  type ReplayEvent,
  type ReplayReport,
  replayRegister,
} from '../../src/services/intake/replay.service.ts';
import type { TestDatabase } from './database.ts';

export interface ReplayTestOptions {
  readonly threads?: number;
  readonly keep?: boolean;
  readonly onEvent?: (event: ReplayEvent) => void;
}

export async function replayOf(
  test: TestDatabase,
  reference: Reference,
  options: ReplayTestOptions = {},
): Promise<ReplayReport> {
  const folder = await mkdtemp(join(tmpdir(), 'sipop-replay-'));
  const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test replay', poolSize: 1 });
  try {
    return await replayRegister({
      db: test.db,
      owner,
      openReplica: (searchPath) =>
        openDatabase({
          url: test.url,
          applicationName: 'test replica',
          settings: { search_path: searchPath },
        }),
      workFolder: folder,
      reference,
      ...options,
    });
  } finally {
    await owner.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a report says is not the same, in few words; empty where all is. */
export function unequal(report: ReplayReport): readonly unknown[] {
  return [
    ...report.otherwise,
    ...report.tables
      .filter((t) => t.firstOnly > 0 || t.secondOnly > 0)
      .map(({ table, firstOnly, secondOnly, differences }) => ({
        table,
        firstOnly,
        secondOnly,
        differences,
      })),
  ];
}
