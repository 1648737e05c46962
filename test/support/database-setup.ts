/**
 * The run's own PostgreSQL: a folder for one server, started by the first test that asks for a database, and stopped
 * at the end of the run.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { stopServer } from '../../src/platform/db/embedded.ts';
import { isAlive } from '../../src/platform/db/postmaster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testDataFolder: string;
  }
}

const PREFIX = 'sipop-test-';

async function remove(folder: string): Promise<void> {
  await stopServer(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** Removes what a run that was killed left behind, its server included. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0;
    if (pid > 0 && !isAlive(pid)) await remove(join(tmpdir(), name)).catch(() => undefined);
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  project.provide('testDataFolder', folder);
  return () => remove(folder);
}
