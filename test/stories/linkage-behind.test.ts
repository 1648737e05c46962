/**
 * "New supplies are linked by increments" (issue 4, 5): a load links what it brought by itself, behind it; what a load that was killed,
 * or was told not to, left is linked behind the next; and nothing of a load waits for it or fails with it.
 */
import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadReference } from '../../src/reference/load-reference.ts';
import { linkNew } from '../../src/registry/linkage/link-new.service.ts';
import { lastLinked, listCandidates } from '../../src/registry/linkage/linkage.sql.ts';
import { wayOf } from '../../src/registry/linkage/policy.ts';
import { linkageRoom } from '../support/columns.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { replayOf } from '../support/replay.ts';
import { type SupplyParts, supplyName, supplyZip } from '../support/supply-zip.ts';

const BASE = resolve('test/golden/intake/_base');
const reference = loadReference();
const scratch = mkdtempSync(join(tmpdir(), 'sipop-linkage-behind-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let test: TestDatabase;
beforeEach(async () => {
  test = await testDatabase();
});
afterEach(async () => test.drop());

/** The little register of the golden cases, delivered by a comune that wrote some of it otherwise. */
function supply(comune: string, change: (row: string) => string = (row) => row): string {
  const file = (name: string): Buffer => readFileSync(join(BASE, name));
  const soggetti = file('soggetti.csv').toString('utf8').split('\n').map(change).join('\n');
  const parts: SupplyParts = {
    tipo: 'COMPLETA',
    comune,
    progressivo: 1,
    situazione_al: '2024-12-31',
    files: new Map([
      ['soggetti.csv', Buffer.from(soggetti)],
      ['famiglie.csv', file('famiglie.csv')],
      ['legami.csv', file('legami.csv')],
    ]),
  };
  const path = join(mkdtempSync(join(scratch, 'supply-')), supplyName(parts));
  writeFileSync(path, supplyZip(parts));
  return path;
}
/** Without codes, and with a given name more. */
const otherwise = (row: string): string =>
  row.replace('RSSMRA80A01F257G;1;', ';;').replace('RSSNNA10H55I462E;1;ROSSI;ANNA', ';;ROSSI;ANNA MARIA');

/** `sipop intake load`, as an operator runs it. */
function load(file: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve('src/entry/cli.ts'), 'intake', 'load', file],
    {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', DATABASE_URL: test.ownerUrl, SIPOP_DATA: join(scratch, 'data'), ...env },
    },
  );
  return { status, stdout, stderr };
}
const proposed = async (): Promise<string[]> =>
  (await listCandidates(test.db, null, 0, 100))
    .map((c) => `${c.comune_a}:${c.id_soggetto_a} = ${c.comune_b}:${c.id_soggetto_b}`)
    .sort();

describe('a load', () => {
  it('links what it brought with everybody, without any further command, and tells how many pairs wait', async () => {
    expect(load(supply('036042'))).toMatchObject({ status: 0 });
    expect(await proposed()).toEqual([]);
    const second = load(supply('036001', otherwise));
    expect(second.status).toBe(0);
    expect(await proposed()).toContain('036042:S2 = 036001:S2');
    expect(second.stdout).toMatch(/\d coppie da giudicare \/ the same person\? \d pairs to be judged/);
    expect(await linkNew(test.db, reference, linkageRoom)).toBeNull();
  });

  it('with SIPOP_LINKAGE_AFTER_LOAD=no leaves it; as after a kill the next one links both', async () => {
    load(supply('036042'));
    load(supply('036001', otherwise), { SIPOP_LINKAGE_AFTER_LOAD: 'no' });
    expect(await proposed()).toEqual([]);
    load(supply('036002', (row) => otherwise(row).replace('ANNA MARIA', 'ANNA')));
    expect(await proposed()).toEqual(expect.arrayContaining(['036042:S2 = 036001:S2']));
    expect((await proposed()).some((pair) => pair.includes('036002:S2'))).toBe(true);
  });

  it('is done and told even where linking breaks off', async () => {
    const blocked = join(scratch, 'blocked');
    const { status, stdout, stderr } = load(supply('036042'), { SIPOP_DATA: blocked });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    rmSync(join(blocked, 'linkage'), { recursive: true, force: true });
    writeFileSync(join(blocked, 'linkage'), 'no folder');
    await test.db.query('delete from linkage_runs');
    const second = load(supply('036001', otherwise), { SIPOP_DATA: blocked });
    expect(second.status).toBe(0);
    expect(second.stdout).toContain('ACCETTATA');
    expect(second.stderr).toContain('il collegamento si è interrotto');
    expect(stdout).toContain('ACCETTATA');
    rmSync(join(blocked, 'linkage'));
    expect((await linkNew(test.db, reference, linkageRoom))?.way).toBe('whole');
    expect(await proposed()).toContain('036042:S2 = 036001:S2');
  });
});

/** Ends the connection of a run once it holds the lock of linkage. */
async function killedWhileLinking(): Promise<void> {
  for (;;) {
    const { rowCount } = await test.db.query(
      `select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and objid = x'4c494e4b'::int and granted
          and database = (select oid from pg_database where datname = current_database())`,
    );
    if (rowCount > 0) return;
  }
}

describe('linking behind', () => {
  it('killed in the midst leaves nothing half done, and the next does all of it', async () => {
    load(supply('036042'));
    load(supply('036001', otherwise), { SIPOP_LINKAGE_AFTER_LOAD: 'no' });
    const before = await lastLinked(test.db);
    const ended = linkNew(test.db, reference, linkageRoom).then(
      () => 'linked',
      () => 'killed',
    );
    await killedWhileLinking();
    expect(await ended).toBe('killed');
    expect(await lastLinked(test.db)).toBe(before);
    expect(await proposed()).toEqual([]);
    expect(await linkNew(test.db, reference, linkageRoom)).not.toBeNull();
    expect(await proposed()).toContain('036042:S2 = 036001:S2');
  });

  it('is done by a process of its own behind the one that loads for the server, what was left before it too', async () => {
    load(supply('036042'));
    load(supply('036001', otherwise), { SIPOP_LINKAGE_AFTER_LOAD: 'no' });
    const worker = fork(resolve('src/entry/intake-worker.ts'), [resolve('.')], {
      env: { PATH: '/usr/bin:/bin', DATABASE_URL: test.ownerUrl, SIPOP_DATA: join(scratch, 'data') },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    try {
      await expect.poll(proposed, { timeout: 60_000 }).toContain('036042:S2 = 036001:S2');
    } finally {
      const gone = new Promise((done) => worker.once('exit', done));
      worker.disconnect();
      await gone;
    }
  });

  it('changes nothing that a replay compares: the register is the same, rebuilt from its supplies', async () => {
    load(supply('036042'));
    load(supply('036001', otherwise));
    expect(await proposed()).not.toEqual([]);
    expect(await replayOf(test, reference)).toMatchObject({ equal: true, supplies: 2 });
  });

  it.each([
    ['nothing in an empty register', null, 0, 0, 'nothing'],
    ['the whole, the first time', null, 10, 0, 'whole'],
    ['nothing where all is linked', 100, 100, 0, 'nothing'],
    ['a share by the model that is held', 100, 110, 10, 'share'],
    ['the whole, once the register has grown by a quarter since', 100, 126, 1, 'whole'],
    ['the whole, where more than a quarter of it is touched', 100, 100, 26, 'whole'],
  ])('links %s', (_, whole, entries, touched, way) => {
    expect(wayOf(whole, entries, touched)).toBe(way);
  });
});
