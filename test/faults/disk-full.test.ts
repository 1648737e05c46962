import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureRunning, stopServer } from '../../src/platform/db/embedded.ts';
import { runsAsRoot } from '../../src/platform/db/server-user.ts';
import { onServer, type Scratch, scratch } from '../support/scratch-server.ts';

const SIZE_MB = 400;
const place: Scratch = scratch();
const mounted =
  runsAsRoot() &&
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'sipop-test', place.folder]).status === 0;
if (!mounted) console.log('skipped: a small disk can be mounted only as root on Linux');

beforeAll(() => {
  if (mounted) chmodSync(place.folder, 0o711);
});
afterAll(async () => {
  await stopServer(place.folder);
  // Lazily: a process of the server that is still ending would keep it.
  if (mounted) spawnSync('umount', ['-l', place.folder]);
  await place.remove();
});

/** Fills the disk but for `leaveMb`; returns how to free it again. */
function fillDisk(leaveMb: number): () => void {
  const path = join(place.folder, 'ballast');
  const free = Number(
    /(\d+)M/.exec(spawnSync('df', ['-BM', '--output=avail', place.folder], { encoding: 'utf8' }).stdout)?.[1],
  );
  writeFileSync(path, Buffer.alloc((free - leaveMb) * 2 ** 20));
  return () => rmSync(path);
}

describe('a full disk loses nothing that was committed', () => {
  it.skipIf(!mounted)('while writing: the write is refused with what to do, and the data stay', async () => {
    await onServer(place.folder, (db) =>
      db.query('create table kept as select n from generate_series(1, 10000) n'),
    );
    const free = fillDisk(40);
    const write = onServer(place.folder, (db) =>
      db.query(
        'create table big as select n, repeat(md5(n::text), 30) as t from generate_series(1, 1000000) n',
      ),
    );
    // Where the WAL finds no room, the server itself stops (PANIC) rather than lie: then the connection is lost.
    await expect(write).rejects.toMatchObject({
      code: expect.stringMatching(/^(disk-full|database-unavailable)$/),
    });
    free();
    const { rows } = await onServer(place.folder, (db) => db.query('select count(*) as n from kept'));
    expect(rows).toEqual([{ n: 10_000 }]);
  });

  it.skipIf(!mounted)(
    'at the start: refused with how much to free, and it starts once that is done',
    async () => {
      await stopServer(place.folder);
      const free = fillDisk(1);
      await expect(ensureRunning({ dataFolder: place.folder })).rejects.toMatchObject({
        code: 'disk-full',
        italian: expect.stringMatching(/liberare spazio \(almeno 128 MB\)/),
      });
      free();
      const { rows } = await onServer(place.folder, (db) => db.query('select count(*) as n from kept'));
      expect(rows).toEqual([{ n: 10_000 }]);
    },
  );
});
