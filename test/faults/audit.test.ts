/** What is killed or finds no room leaves a valid audit, and no answer without its leaf (security.md, controls 26 and 28). */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { type AuditKeys, makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { verifyStored } from '../../src/access/audit/verify.service.ts';
import { withAudit } from '../../src/access/audit/with-audit.ts';
import { AppError } from '../../src/kernel/app-error.ts';
import { ensureRunning, stopServer } from '../../src/platform/db/embedded.ts';
import { migrate, readMigrations } from '../../src/platform/db/migrate.ts';
import { type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { runsAsRoot } from '../../src/platform/db/server-user.ts';
import { entry } from '../support/audit.ts';
import { onServer, projectRoot, type Scratch, scratch } from '../support/scratch-server.ts';

async function prepared(place: Scratch): Promise<void> {
  await onServer(place.folder, (db) => migrate(db, readMigrations(join(projectRoot, 'migrations'))).then());
}

async function asApplication<T>(place: Scratch, work: (db: Database) => Promise<T>): Promise<T> {
  const server = await ensureRunning({ dataFolder: place.folder });
  const db = await openDatabase({ url: server.url('sipop_app'), applicationName: 'test' });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

describe('kill -9', () => {
  const place = scratch();
  const keyFile = join(place.folder, 'audit-keys.json');
  let keys: AuditKeys;
  /** What was handed out over all kills: index → hash. */
  const answered = new Map<number, string>();
  beforeAll(async () => {
    await prepared(place);
    keys = makeAuditKeys(keyFile);
  });
  afterAll(() => place.remove());

  /** Lets eight clients look, kills somebody after a while, and collects what was answered till then. */
  async function killAfter(milliseconds: number, kill: (child: number, postmaster: number) => void) {
    const server = await ensureRunning({ dataFolder: place.folder });
    const child = spawn(
      process.execPath,
      [join(projectRoot, 'test/support/audit-appender.ts'), server.url('sipop_app'), keyFile],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let output = '';
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
    const ended = new Promise((done) => child.once('close', done));
    while (output === '') await wait(20);
    await wait(milliseconds);
    kill(child.pid!, server.pid);
    await wait(200);
    child.kill('SIGKILL');
    await ended;
    const lines = output.split('\n').slice(0, -1);
    for (const line of lines) {
      const [index = '', hash = ''] = line.split(' ');
      answered.set(Number(index), hash);
    }
    return lines.length;
  }

  async function expectWhole(): Promise<void> {
    await asApplication(place, async (db) => {
      const report = await verifyStored(db, keys.sealers, []);
      expect(report.faults).toEqual([]);
      expect(report.leaves).toBeGreaterThanOrEqual(answered.size);
      const { rows } = await db.query<{ index: number; hash: string }>(
        "select leaf_index as index, encode(leaf_hash, 'hex') as hash from audit.leaves",
      );
      const stored = new Map(rows.map((row) => [row.index, row.hash]));
      for (const [index, hash] of answered) expect(stored.get(index)).toBe(hash);
    });
  }

  it('of the process, amid its group commits: a valid tree, and a leaf for every answer', async () => {
    for (const milliseconds of [30, 75, 140, 220]) {
      expect(await killAfter(milliseconds, (child) => process.kill(child, 'SIGKILL'))).toBeGreaterThan(0);
      await expectWhole();
    }
  });

  it('of the server, postmaster and all: what was answered before is there when it comes back', async () => {
    for (const milliseconds of [40, 160]) {
      expect(
        await killAfter(milliseconds, (_, postmaster) => process.kill(postmaster, 'SIGKILL')),
      ).toBeGreaterThan(0);
      await expectWhole();
    }
  });
});

describe('the audit store is full: nobody gets an answer', () => {
  const place = scratch();
  const mounted =
    runsAsRoot() &&
    process.platform === 'linux' &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'sipop-test', place.folder]).status === 0;
  if (!mounted) console.log('skipped: a small disk can be mounted only as root on Linux');
  beforeAll(async () => {
    if (!mounted) return;
    chmodSync(place.folder, 0o711);
    await prepared(place);
  });
  afterAll(async () => {
    await stopServer(place.folder);
    // Lazily: a process of the server that is still ending would keep it.
    if (mounted) spawnSync('umount', ['-l', place.folder]);
    await place.remove();
  });

  /** Resolves once the server takes connections, in half a minute at the most. */
  async function backAgain(server: Scratch): Promise<void> {
    for (let tries = 100; ; tries--) {
      try {
        return await asApplication(server, async (db) => void (await db.query('select 1')));
      } catch (error) {
        if (tries === 0 || !(error instanceof AppError) || error.code !== 'database-unavailable') throw error;
        await wait(300);
      }
    }
  }

  /** Leaves of some 25 kB, as many as a disk takes. */
  const large = Array.from({ length: 1000 }, (_, i) => `P${i}`);

  it.skipIf(!mounted)(
    'and each gets one again once there is room, with the tree whole',
    async () => {
      const keys = makeAuditKeys(join(place.folder, 'audit-keys.json'));
      const look = (audit: AuditLog, n: number) =>
        withAudit({ audit, now: () => new Date() }, { ...entry(n), sought: [] }, async () => ({
          answer: 'Rossi',
          subjects: large,
          fields: ['cognome'],
          count: large.length,
        }));
      await asApplication(place, async (db) => {
        const audit = new AuditLog(db, keys);
        await expect(look(audit, 0)).resolves.toMatchObject({ answer: 'Rossi' });
        const ballast = join(place.folder, 'ballast');
        const df = spawnSync('df', ['-BM', '--output=avail', place.folder], { encoding: 'utf8' }).stdout;
        writeFileSync(ballast, Buffer.alloc((Number(/(\d+)M/.exec(df)?.[1]) - 8) * 2 ** 20));
        let refused = 0;
        for (let n = 0; n < 200 && refused < 3; n++) {
          const asked = await Promise.allSettled(Array.from({ length: 50 }, () => look(audit, n)));
          for (const one of asked)
            if (one.status === 'rejected') {
              refused++;
              expect(one.reason).toMatchObject({ code: 'audit-unavailable' });
            }
        }
        expect(refused).toBeGreaterThanOrEqual(3);
        rmSync(ballast);
      });
      // A server that could not write its log ends and starts over by itself: who asks meanwhile is told to repeat.
      await backAgain(place);
      await asApplication(place, async (db) => {
        const audit = new AuditLog(db, keys);
        await expect(look(audit, 1)).resolves.toMatchObject({ answer: 'Rossi' });
        expect((await verifyStored(db, keys.sealers, [])).faults).toEqual([]);
      });
    },
    180_000,
  );
});
