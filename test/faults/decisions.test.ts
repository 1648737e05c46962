/**
 * `kill -9` of whoever decides who is one person, at random moments and while it writes: a decision is there with its links and
 * its findings, or not at all (docs/adr/0015).
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { listActs } from '../../src/registry/review/review.sql.ts';
import { Random } from '../../tools/fuzz/random.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { DECIDER, linksAgainstDecisions } from '../support/decisions.ts';
import { projectRoot } from '../support/scratch-server.ts';
import { Story } from '../support/story.ts';

const KILLS = 8;
const MARRIED = `
  id  nome       sesso  nascita     famiglia  stato  cf
  S1  NERI ADA   F      1980-01-01  F1/1      2+S2   -
  S2  NERI UGO   M      1979-01-01  F1/2      2+S1   -
`;

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  for (const comune of ['A', 'B', 'C']) await story.begin(MARRIED, comune);
});
afterAll(() => test.drop());

/** Backends of the deciding process; those that have written, where asked. */
async function backends(writing: boolean): Promise<number> {
  const { rowCount } = await test.db.query(
    `select pid from pg_stat_activity
      where datname = current_database() and application_name = $1 and (backend_xid is not null or not $2)`,
    [DECIDER, writing],
  );
  return rowCount;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (await condition()) return;
    await wait(5);
  }
  throw new Error('waited in vain for the deciding process');
}

it('kill -9 during decisions: each is there as a whole or not at all, and the next one goes on', async () => {
  const random = new Random(15);
  let whileWriting = 0;
  let before = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(process.execPath, [join(projectRoot, 'test/support/deciding-process.ts'), test.url], {
      stdio: 'ignore',
    });
    const ended = new Promise((done) => child.on('exit', done));
    const enough = before + 1;
    await until(async () => (await listActs(test.db, null)).length > enough);
    await wait(random.below(120));
    if (kill % 2 === 0) await until(async () => (await backends(true)) > 0);
    if ((await backends(true)) > 0) whileWriting++;
    child.kill('SIGKILL');
    await ended;
    await until(async () => (await backends(false)) === 0);
    expect(await linksAgainstDecisions(test.db)).toEqual([]);
    expect(await refreshFindings(test.db)).toEqual({ opened: 0, closed: 0 });
    before = (await listActs(test.db, null)).length;
  }
  expect(before).toBeGreaterThan(KILLS);
  expect(whileWriting).toBeGreaterThan(1);
}, 900_000);
