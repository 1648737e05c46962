/** No room in the working folder stops the supply at hand, and neither hangs nor stops the others (docs/adr/0003). */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runsAsRoot } from '../../src/platform/db/server-user.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { goldenSupply } from '../support/golden-case.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sipop-full-'));
const mounted: string[] = [];

/** A little disk of its own; null where none can be made. */
function disk(name: string, options: string): string | null {
  const folder = join(scratch, name);
  mkdirSync(folder);
  if (!runsAsRoot() || process.platform !== 'linux') return null;
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'sipop-test', folder]).status !== 0) return null;
  mounted.push(folder);
  return folder;
}

const noFolders = disk('no-folders', 'nr_inodes=1');
const small = disk('small', 'size=24k');
if (noFolders === null || small === null)
  console.log('skipped: a small disk can be mounted only as root on Linux');

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
  for (const folder of mounted) spawnSync('umount', [folder]);
  rmSync(scratch, { recursive: true });
});

const COMUNI = ['036001', '036002', '036003', '036004', '036005'];

async function codes(workFolder: string): Promise<string[]> {
  const paths = COMUNI.map((comune) => {
    const folder = mkdtempSync(join(scratch, 'case-'));
    writeFileSync(join(folder, 'case.json'), JSON.stringify({ rule: 'sound', comune }));
    const supply = goldenSupply(folder, join(import.meta.dirname, '../golden/intake/_base'));
    const path = join(scratch, supply.fileName);
    writeFileSync(path, supply.archive);
    return path;
  });
  const results = await loadSupplies(database.db, paths, {
    workFolder,
    now: () => new Date('2025-02-10T08:00:00Z'),
    reference: loadReference(),
    threads: 2,
  });
  return results.map((r) => ('error' in r ? r.error.code : r.receipt.esito));
}

describe('no room in the working folder', () => {
  it.skipIf(noFolders === null)(
    'for a folder of its own: each supply says so, none waits for ever',
    async () => {
      expect(await codes(noFolders!)).toEqual(COMUNI.map(() => 'disk-full'));
    },
  );

  it.skipIf(small === null)('for the rows: each supply says so, and loads once there is', async () => {
    expect(await codes(small!)).toEqual(COMUNI.map(() => 'disk-full'));
    spawnSync('mount', ['-o', 'remount,size=8m', small!]);
    expect(await codes(small!)).toEqual(COMUNI.map(() => 'ACCETTATA'));
  });
});
