import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startThread, strippedModules } from './start-thread.ts';

const CHECK_WORKER = fileURLToPath(new URL('../../services/intake/check.worker.ts', import.meta.url));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sipop-thread-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): URL {
  writeFileSync(join(folder, name), text);
  return pathToFileURL(join(folder, name));
}

/** What the thread says first. */
async function firstWord(entry: URL, data: object): Promise<unknown> {
  const thread = startThread(entry, data, {});
  try {
    return await new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject));
  } finally {
    await thread.terminate();
  }
}

describe('a thread strips no types: V8 ends a process in which two threads do', () => {
  it('the thread that checks supplies loads no WebAssembly, whatever it imports', async () => {
    const entry = write(
      'check.ts',
      `import { parentPort } from 'node:worker_threads';
       import '${relative(folder, CHECK_WORKER)}';
       parentPort!.postMessage(process.moduleLoadList.filter((name: string) => name.includes('amaro')));`,
    );
    expect(await firstWord(entry, { dataFolder: null })).toEqual([]);
    expect(strippedModules(entry).size).toBeGreaterThan(50);
  });

  it('its data reach it, and its errors name the line and column of the file with the types', async () => {
    write('where.ts', `export const where = (error: Error): string => error.stack ?? '';\n`);
    const entry = write(
      'entry.ts',
      `import { parentPort, workerData } from 'node:worker_threads';
import type { Stats } from 'node:fs';
import { where } from './where.ts';
const told: [string, Stats?] = [workerData.told];
parentPort!.postMessage([told[0], where(new Error('here'))]);`,
    );
    const [told, stack] = (await firstWord(entry, { told: 'ok' })) as [string, string];
    expect(told).toBe('ok');
    expect(stack).toContain('entry.ts:5:41');
  });

  it('an error of its first module reaches who listens', async () => {
    const entry = write('broken.ts', `throw new Error('broken' as string);`);
    await expect(firstWord(entry, {})).rejects.toThrow('broken');
  });
});
