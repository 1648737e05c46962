import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clearProvince } from './folder.ts';

it('takes an earlier province out of the folder and nothing else, so that two are never mixed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sipop-folder-'));
  try {
    for (const name of [
      'SIPOP_036001_000009_VARIAZIONI.zip',
      'difetti.csv',
      'popolazione.csv',
      'appunti.txt',
    ])
      await writeFile(join(folder, name), '');
    expect(await clearProvince(folder)).toEqual({ removed: 1, others: 1 });
    expect(await readdir(folder)).toEqual(['appunti.txt']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
