/**
 * "A backup taken during a load, restored on an empty machine to a minute in the middle, gives the register of that minute" (issue 3):
 * every table of the register, against a register to which exactly the supplies committed by that minute were loaded.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeKeyFile } from '../../src/platform/backup/backup-key.ts';
import { openRepository, type Repository } from '../../src/platform/backup/repository.ts';
import { plainInstant, planRestore, restore } from '../../src/platform/backup/restore.ts';
import { shipWal, takeBaseBackup } from '../../src/platform/backup/take-backup.ts';
import { ensureRunning } from '../../src/platform/db/embedded.ts';
import { migrate, readMigrations } from '../../src/platform/db/migrate.ts';
import { type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { arriveNow } from '../../src/services/intake/arrival.ts';
import { sipopDelivery } from '../../src/services/intake/delivery.ts';
import { loadArriving, loadSupplies } from '../../src/services/intake/intake.service.ts';
import { testDatabase } from '../support/database.ts';
import { type TestProvince, testProvince } from '../support/generated-province.ts';
import { differences, dumpRegister, type RegisterDump } from '../support/register-dump.ts';
import { onServer, projectRoot, type Scratch, scratch } from '../support/scratch-server.ts';

const NOW = () => new Date('2035-01-15T09:00:00Z');
/** Handed to the load before the backup begins, and kept back until it has ended. */
const [BEFORE, AFTER] = [10, 40];
const reference = loadReference();

let province: TestProvince;
let place: Scratch;
let repository: Repository;
const folder = mkdtempSync(join(tmpdir(), 'sipop-backup-register-'));
/** Of each supply, when its result was told: it was committed before. */
const told = new Map<string, string>();
/** Of each supply, the instant that it was given in its transaction: it was committed after. */
const given = new Map<string, string>();
let middle = '';

const CLOCK = `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as t`;
const clockOf = async (db: Database): Promise<string> => (await db.query<{ t: string }>(CLOCK)).rows[0]!.t;

/** Works with the register of a server of its own, as the application does. */
async function asApplication<T>(data: string, work: (db: Database) => Promise<T>): Promise<T> {
  const server = await ensureRunning({ dataFolder: data });
  const db = await openDatabase({ url: server.url('sipop_app'), applicationName: 'sipop', poolSize: 4 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** Settled by another. */
function signal(): { readonly given: Promise<void>; give(): void } {
  const { promise, resolve: give } = Promise.withResolvers<void>();
  return { given: promise, give };
}

beforeAll(async () => {
  province = await testProvince({ seed: 23, persons: 3000, months: 1, defects: 0.05 });
  place = scratch();
  repository = openRepository(join(folder, 'repository'), makeKeyFile(join(folder, 'key')), true);
  await onServer(place.folder, async (owner) => {
    await migrate(owner, readMigrations(resolve(projectRoot, 'migrations')));
    await asApplication(place.folder, async (db) => {
      const [loading, backedUp] = [signal(), signal()];
      const archives = province.archives.map((name) => join(province.folder, name));
      async function* supplies() {
        for (const [i, path] of archives.entries()) {
          if (i === BEFORE) loading.give();
          if (i === archives.length - AFTER) await backedUp.given;
          yield sipopDelivery(path);
        }
      }
      // What is told of a supply after the backup; the third tells that the load is in the midst of others.
      let since: number | null = null;
      let stamping: Promise<void> = Promise.resolve();
      const load = loadArriving(db, supplies(), () => arriveNow(db, NOW, false), {
        workFolder: join(folder, 'work'),
        reference,
        onResult: (_, result) => {
          if ('error' in result) throw result.error;
          const file = result.file;
          stamping = stamping.then(async () => {
            told.set(file, await clockOf(owner));
            if (since !== null && ++since === 10) middle = await clockOf(owner);
          });
        },
      });
      await loading.given;
      await takeBaseBackup(owner, repository);
      since = 0;
      backedUp.give();
      await load;
      await stamping;
      await shipWal(owner, repository);
      const { rows } = await db.query<{ file_name: string; at: string }>(
        `select file_name, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
           from supplies where recorded_at is not null`,
      );
      for (const { file_name, at } of rows) given.set(file_name, at);
    });
  });
}, 900_000);
afterAll(async () => {
  await place.remove();
  await province.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the backup brings back, in a folder where nothing was. */
async function restored(at: string | null): Promise<{ dump: RegisterDump; loaded: Set<string> }> {
  const target = scratch();
  try {
    await restore(repository, planRestore(repository, at === null ? null : plainInstant(at)), target.folder);
    return await asApplication(target.folder, async (db) => {
      const { rows } = await db.query<{ file_name: string }>('select file_name from supplies');
      return { dump: await dumpRegister(db), loaded: new Set(rows.map((r) => r.file_name)) };
    });
  } finally {
    await target.remove();
  }
}

/** A register that knows these supplies alone. */
async function registerOf(archives: readonly string[]): Promise<RegisterDump> {
  const test = await testDatabase();
  try {
    await loadSupplies(
      test.db,
      archives.map((name) => join(province.folder, name)),
      { workFolder: join(folder, 'work'), now: NOW, reference },
    );
    return await dumpRegister(test.db);
  } finally {
    await test.drop();
  }
}

it('a minute in the middle of a load: the register to which the supplies committed by then were loaded, table by table', async () => {
  expect(given.size).toBeGreaterThan(80);
  const { dump, loaded } = await restored(middle);
  const certain = [...told].filter(([, at]) => at < middle).map(([file]) => file);
  const later = [...given].filter(([, at]) => at > middle).map(([file]) => file);
  expect(certain.length).toBeGreaterThan(BEFORE);
  expect(later.length).toBeGreaterThan(10);
  expect(certain.filter((file) => !loaded.has(file))).toEqual([]);
  expect(later.filter((file) => loaded.has(file))).toEqual([]);
  const archives = province.archives.filter((name) => loaded.has(name));
  expect(differences(await registerOf(archives), dump)).toEqual([]);
}, 900_000);

it('everything, where no minute is given: the register to which all supplies were loaded', async () => {
  const { dump, loaded } = await restored(null);
  expect(loaded.size).toBe(province.archives.length);
  expect(differences(await registerOf(province.archives), dump)).toEqual([]);
}, 900_000);
