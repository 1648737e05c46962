import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { findAppliedMigrations } from './migrate.sql.ts';
import { type Migration, migrate, pendingMigrations, readMigrations } from './migrate.ts';
import { type Database, openDatabase } from './pool.ts';

const known = readMigrations(resolve(import.meta.dirname, '../../../migrations'));

it('each migration has a number of its own, without a gap: none comes before one that was applied', () => {
  expect(known.map(({ name }) => Number(name.slice(0, 4)))).toEqual(known.map((_, place) => place + 1));
});
const next = (name: string, sql: string): Migration => ({ name, sql, sha256: `of ${sql}`, asLogin: false });

let t: TestDatabase;
let owner: Database;
beforeAll(async () => {
  t = await testDatabase();
  owner = await openDatabase({ url: t.ownerUrl, applicationName: 'migrate test', poolSize: 2 });
});
afterAll(async () => {
  await owner.close();
  await t.drop();
});

describe('migrations go forward only, in order, and what was applied does not change', () => {
  const applied = known.map(({ name, sha256 }) => ({ name, sha256 }));
  const first = applied[0]!;

  it('nothing is pending where all were applied', () => {
    expect(pendingMigrations(known, applied)).toEqual([]);
  });

  it.each([
    ['a file changed after it was applied', known, [{ ...first, sha256: 'other' }], /è cambiato dopo/],
    [
      'a database newer than the program',
      known,
      [...applied, { name: '9999_later.sql', sha256: '' }],
      /più recente/,
    ],
    ['a file slipped in before one applied', [next('0000_early.sql', ''), ...known], applied, /viene prima/],
  ])('%s is refused', (_, files, done, message) => {
    expect(() => pendingMigrations(files, done)).toThrow(message);
  });
});

describe('a migration is all or nothing', () => {
  it('one that fails leaves neither its changes nor its name', async () => {
    const broken = next('8000_broken.sql', 'create table half (n int); select 1 / 0');
    await expect(migrate(owner, [...known, broken])).rejects.toThrow(/division by zero/);
    const { rows } = await owner.query("select to_regclass('registry.half') as half");
    expect(rows).toEqual([{ half: null }]);
    expect(await findAppliedMigrations(owner)).toHaveLength(known.length);
  });

  it('two migrators at once apply each one once', async () => {
    const both = [...known, next('8001_slow.sql', 'create table slow (n int); select pg_sleep(0.2)')];
    const done = await Promise.all([migrate(owner, both), migrate(owner, both)]);
    expect(done.flat()).toEqual(['8001_slow.sql']);
  });

  it('what it makes belongs to the migrator, not to the login', async () => {
    const { rows } = await owner.query("select tableowner as owner from pg_tables where tablename = 'slow'");
    expect(rows).toEqual([{ owner: 'sipop_migrator' }]);
  });
});
