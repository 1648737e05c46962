import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureRunning, serverStatus, stopServer } from '../../src/platform/db/embedded.ts';
import { onServer, type Scratch, scratch, sipop } from '../support/scratch-server.ts';

let place: Scratch;
beforeEach(() => {
  place = scratch();
});
afterEach(() => place.remove());

const fill = (folder: string) =>
  onServer(folder, async (db) => {
    await db.query('create table kept as select n from generate_series(1, 10000) n');
  });
const kept = (folder: string) =>
  onServer(
    folder,
    async (db) => (await db.query<{ n: number }>('select count(*) as n from kept')).rows[0]?.n,
  );

describe('what was committed survives a crash, and the next command starts the server again', () => {
  it('kill -9 of the server while it writes', async () => {
    await fill(place.folder);
    const server = await ensureRunning({ dataFolder: place.folder });
    const written = Promise.withResolvers<void>();
    const writing = onServer(place.folder, (db) =>
      db.transaction(async (client) => {
        for (let n = 1; ; n++) {
          await client.query('insert into kept select n from generate_series(1, 1000) n');
          // A server that dies before the writer has come would be started again by it.
          if (n === 3) written.resolve();
        }
      }),
    );
    const refused = expect(writing).rejects.toMatchObject({ code: 'database-unavailable' });
    await written.promise;
    process.kill(server.pid, 'SIGKILL');
    await refused;
    expect(serverStatus(place.folder).state).toBe('crashed');
    expect(await kept(place.folder)).toBe(10_000);
  });

  it('a stale postmaster.pid whose number now belongs to another program', async () => {
    await fill(place.folder);
    const { pid } = await ensureRunning({ dataFolder: place.folder });
    const lines = readFileSync(join(place.data, 'postmaster.pid'), 'utf8').split('\n');
    await stopServer(place.folder);
    const other = spawn('sleep', ['60'], { stdio: 'ignore' });
    try {
      writeFileSync(join(place.data, 'postmaster.pid'), [other.pid, ...lines.slice(1)].join('\n'));
      expect(serverStatus(place.folder).state).toBe('crashed');
      expect(await kept(place.folder)).toBe(10_000);
      expect(serverStatus(place.folder).pid).not.toBe(pid);
      expect(other.exitCode).toBeNull();
    } finally {
      other.kill();
    }
  });

  it('a stale postmaster.pid of nobody', async () => {
    await fill(place.folder);
    await stopServer(place.folder);
    writeFileSync(join(place.data, 'postmaster.pid'), '999999\n/nowhere\n0\n5432\n\n127.0.0.1\n\nready   \n');
    expect(await kept(place.folder)).toBe(10_000);
  });

  it('lost passwords are made anew, and the data stay', async () => {
    await fill(place.folder);
    rmSync(join(place.folder, 'secrets.json'));
    await expect(ensureRunning({ dataFolder: place.folder })).rejects.toMatchObject({
      code: 'database-unavailable',
    });
    await stopServer(place.folder);
    expect(await kept(place.folder)).toBe(10_000);
  });
});

describe('the first start is all or nothing', () => {
  it.each([50, 300, 600])('killed after %i ms, with its initdb, it starts over', async (ms) => {
    const program = `import { ensureRunning } from ${JSON.stringify(join(import.meta.dirname, '../../src/platform/db/embedded.ts'))};
      await ensureRunning({ dataFolder: ${JSON.stringify(place.folder)} });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      detached: true,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await wait(150 + ms);
    // The whole process group: node, initdb and what initdb runs.
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await ended;
    await fill(place.folder);
    expect(await kept(place.folder)).toBe(10_000);
  });

  it('commands that start it at the same time share one server', async () => {
    const starts = await Promise.all(
      [1, 2, 3].map(() => sipop(['db', 'start'], { SIPOP_DATA: place.folder })),
    );
    expect(
      starts.map((start) => start.status),
      starts.map((s) => s.output).join(''),
    ).toEqual([0, 0, 0]);
    const pids = new Set(starts.map((start) => /pid (\d+)/.exec(start.output)?.[1]));
    expect(pids.size).toBe(1);
    expect(starts.filter((start) => start.output.startsWith('avviata')).length).toBe(1);
  });
});
