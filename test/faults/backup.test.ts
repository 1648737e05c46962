import { spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackupSecret, makeKeyFile } from '../../src/platform/backup/backup-key.ts';
import { listBases, openRepository, type Repository } from '../../src/platform/backup/repository.ts';
import { plainInstant, planRestore, restore } from '../../src/platform/backup/restore.ts';
import { shipWal, takeBaseBackup } from '../../src/platform/backup/take-backup.ts';
import { ensureRunning } from '../../src/platform/db/embedded.ts';
import { onServer, projectRoot, type Scratch, scratch, sipop } from '../support/scratch-server.ts';

/** A row as it was written: its number, and the server's clock before and after its commit. */
interface Written {
  readonly n: number;
  readonly before: string;
  readonly after: string;
}

let place: Scratch;
let repository: Repository;
let secret: BackupSecret;
const backups = mkdtempSync(join(tmpdir(), 'sipop-backup-'));
const written: Written[] = [];
let middle = '';

const clock = `to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

beforeAll(async () => {
  place = scratch();
  secret = makeKeyFile(join(backups, 'key'));
  repository = openRepository(join(backups, 'repository'), secret, true);
  await onServer(place.folder, async (db) => {
    await db.query('create table life (n bigint primary key, filler text)');
    let stop = false;
    const write = async () => {
      for (let n = 1; !stop; n++) {
        const started = await db.query<{ t: string }>(`select ${clock} as t`);
        await db.query('insert into life select $1, repeat(md5(random()::text), 100)', [n]);
        const ended = await db.query<{ t: string }>(`select ${clock} as t`);
        written.push({ n, before: started.rows[0]!.t, after: ended.rows[0]!.t });
        // Tables that come and go while their files are being copied.
        if (n % 20 === 0) await db.query(`create table passing as select generate_series(1, 20000) x`);
        if (n % 20 === 10) await db.query('drop table if exists passing');
      }
    };
    const writing = write();
    await wait(200);
    await takeBaseBackup(db, repository);
    await wait(300);
    middle = (await db.query<{ t: string }>(`select ${clock} as t`)).rows[0]!.t;
    await wait(300);
    await shipWal(db, repository);
    await wait(200);
    await shipWal(db, repository);
    stop = true;
    await writing;
  });
});
afterAll(async () => {
  await place.remove();
  rmSync(backups, { recursive: true, force: true });
});

async function restoredRows(at: string | null): Promise<Set<number>> {
  const target = scratch();
  try {
    await restore(repository, planRestore(repository, at), target.folder);
    return await onServer(target.folder, async (db) => {
      await db.query('create extension amcheck');
      // Every row of the table is in its index, and the index is in order: pages copied at different moments agree.
      await db.query("select bt_index_check('life_pkey', true)");
      const { rows } = await db.query<{ n: number }>('select n from life');
      return new Set(rows.map((row) => row.n));
    });
  } finally {
    await target.remove();
  }
}

describe('a backup taken during writes brings back exactly what was committed by the chosen instant', () => {
  it('a moment in the middle, while rows went on being written', async () => {
    const rows = await restoredRows(middle);
    const certain = written.filter((w) => w.after < middle);
    const later = written.filter((w) => w.before > middle);
    expect(certain.length).toBeGreaterThan(50);
    expect(later.length).toBeGreaterThan(50);
    expect(certain.every((w) => rows.has(w.n))).toBe(true);
    expect(later.some((w) => rows.has(w.n))).toBe(false);
  });

  it('everything, where no instant is given', async () => {
    const rows = await restoredRows(null);
    const { until } = planRestore(repository, null);
    const covered = written.filter((w) => w.after < until);
    expect(covered.every((w) => rows.has(w.n))).toBe(true);
  });

  it('an instant before the first backup or after the last WAL is refused with the span that can be had', () => {
    for (const at of ['2001-01-01T00:00:00Z', '2999-01-01T00:00:00Z'])
      expect(() => planRestore(repository, plainInstant(at))).toThrow(/va da 20.* a 20/);
  });
});

describe('a backup is encrypted and tells when it is not whole', () => {
  it('nothing of the data can be read in it', async () => {
    await onServer(place.folder, (db) => db.query("create table names as select 'ROSSI MARIA' as name"));
    const bytes = readFileSync(join(repository.folder, listBases(repository)[0]!.name, 'data.sealed'));
    expect(bytes.includes('pg_control')).toBe(false);
    expect(bytes.subarray(0, 8).toString()).toBe('SIPOPBK1');
  });

  it('another key is refused', () => {
    const other: BackupSecret = { kind: 'key', key: Buffer.alloc(32, 7) };
    expect(() => openRepository(repository.folder, other, false)).toThrow(/non è quella di questa copia/);
    expect(() => openRepository(repository.folder, { kind: 'passphrase', passphrase: 'x' }, false)).toThrow(
      /--key/,
    );
  });

  const damages: readonly (readonly [
    string,
    (folder: string, base: string, segments: readonly string[]) => void,
  ])[] = [
    [
      'a byte changed',
      (folder, base) => {
        const path = join(folder, base, 'data.sealed');
        const bytes = readFileSync(path);
        bytes[Math.floor(bytes.length / 2)]! ^= 1;
        writeFileSync(path, bytes);
      },
    ],
    [
      'cut short',
      (folder, base) => {
        const path = join(folder, base, 'data.sealed');
        truncateSync(path, readFileSync(path).length - 100);
      },
    ],
    [
      'one WAL segment in the place of another',
      (folder, _base, segments) =>
        copyFileSync(
          join(folder, 'wal', `${segments[0]}.sealed`),
          join(folder, 'wal', `${segments[1]}.sealed`),
        ),
    ],
    [
      'a manifest edited',
      (folder, base) => {
        const path = join(folder, base, 'manifest.json');
        writeFileSync(path, readFileSync(path, 'utf8').replace(/"stoppedAt": "2/, '"stoppedAt": "1'));
      },
    ],
  ];
  it.each(damages)('%s: refused, and nothing is left where the data belong', async (_name, damage) => {
    const folder = join(backups, 'damaged');
    cpSync(repository.folder, folder, { recursive: true });
    const target = scratch();
    try {
      const copy = openRepository(folder, secret, false);
      const plan = planRestore(copy, middle);
      damage(folder, plan.base.name, plan.segments);
      const attempt = async () => restore(copy, planRestore(copy, middle), target.folder);
      await expect(attempt()).rejects.toMatchObject({ code: 'backup' });
      expect(existsSync(target.data)).toBe(false);
    } finally {
      await target.remove();
      rmSync(folder, { recursive: true });
    }
  });

  it('a folder that already holds a database is not written over', async () => {
    await ensureRunning({ dataFolder: place.folder });
    await expect(restore(repository, planRestore(repository, null), place.folder)).rejects.toMatchObject({
      code: 'backup',
      italian: expect.stringMatching(/contiene già una base dati/),
    });
  });
});

describe('the commands, from a key made by themselves to the restored database', () => {
  it('backup, backup --wal, backup list, restore --at', async () => {
    const [origin, target] = [scratch(), scratch()];
    const copies = join(backups, 'by-command');
    const env = { SIPOP_DATA: origin.folder };
    try {
      const whole = await sipop(['backup', '--out', copies], env);
      expect(whole, whole.output).toMatchObject({ status: 0, output: expect.stringMatching(/backup\.key/) });
      await onServer(origin.folder, (db) => db.query('create table first as select 1'));
      const more = await sipop(['backup', '--out', copies, '--wal', '--json'], env);
      expect(more, more.output).toMatchObject({ status: 0 });
      const { until } = JSON.parse(more.output) as { until: string };
      await onServer(origin.folder, (db) => db.query('create table second as select 2'));
      await sipop(['backup', '--out', copies, '--wal'], env);
      expect((await sipop(['backup', 'list', '--from', copies], env)).output).toMatch(/base-\d{8}T\d{6}Z/);
      const args = ['restore', '--from', copies, '--to', target.folder, '--at', until];
      const restored = await sipop([...args, '--key', join(origin.folder, 'backup.key')], {});
      expect(restored, restored.output).toMatchObject({ status: 0 });
      const { rows } = await onServer(target.folder, (db) =>
        db.query(
          "select to_regclass('first') is not null as first, to_regclass('second') is not null as second",
        ),
      );
      expect(rows).toEqual([{ first: true, second: false }]);
    } finally {
      await origin.remove();
      await target.remove();
    }
  });
});

describe('a command killed at any moment leaves nothing that counts, and the next one does its work', () => {
  const killed = async (args: readonly string[], env: Readonly<Record<string, string>>, ms: number) => {
    const child = spawn(process.execPath, [join(projectRoot, 'src/entry/cli.ts'), ...args], {
      env: { PATH: '/usr/bin:/bin', ...env },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await wait(ms);
    child.kill('SIGKILL');
    await ended;
  };

  it.each([250, 450])('backup and restore, killed after %i ms', async (ms) => {
    const target = scratch();
    const copies = join(backups, `killed-${ms}`);
    const env = { SIPOP_DATA: place.folder };
    const key = ['--key', join(backups, 'key')];
    try {
      await onServer(place.folder, (db) => db.query('select 1'));
      await killed(['backup', '--out', copies, ...key], env, ms);
      const whole = await sipop(['backup', '--out', copies, ...key], env);
      expect(whole, whole.output).toMatchObject({ status: 0 });
      const args = ['restore', '--from', copies, '--to', target.folder, ...key];
      await killed(args, {}, ms + 300);
      // A restore killed after its last step has done its work: then the data are there, and it says so.
      const again = await sipop(args, {});
      expect(again.output).toMatch(/fatto|contiene già una base dati/);
      const { rows } = await onServer(target.folder, (db) =>
        db.query('select count(*) > 100 as many from life'),
      );
      expect(rows).toEqual([{ many: true }]);
    } finally {
      await target.remove();
    }
  });
});
