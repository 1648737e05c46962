/**
 * `kill -9` of the server in the midst of a file of declarations, again and again: the next server goes on where it was, no row comes twice, and no answer is
 * without its leaf (services.md, Verification; security.md, 26).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { commitment } from '../../src/access/audit/subjects.ts';
import { computeCodiceFiscale } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { openSigningKeys } from '../../src/platform/crypto/signing-keys.ts';
import {
  beginBatch,
  CHUNK_ROWS,
  getBatch,
  readResults,
  stateOf,
} from '../../src/services/verification/batches/batches.service.ts';
import { LEASE } from '../../src/services/verification/batches/run-batches.service.ts';
import { checkReceipt } from '../../src/services/verification/receipts/receipt.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { projectRoot } from '../support/scratch-server.ts';
import { Story } from '../support/story.ts';

const CHUNKS = 30;
const KILLS = 3;
/** A chunk that nobody holds any more, and two looks for what was left. */
const GOES_ON = LEASE + 60_000;

const codeOf = (i: number): string =>
  computeCodiceFiscale({
    cognome: 'ROSSI',
    nome: 'MARIO',
    sesso: 'M',
    data_nascita: day(`${1950 + i}-01-01`),
    luogo: 'F257',
  });
/** One person a chunk: whose leaf is missing tells which chunk lacks one. */
const PERSONS = Array.from({ length: CHUNKS }, (_, i) => codeOf(i));
const CSV = `codice_fiscale;oggetto\n${PERSONS.map((code) => `${code};esistenza_in_vita\n`.repeat(CHUNK_ROWS)).join('')}`;

let test: TestDatabase;
let folder: string;
let server: ChildProcess | null = null;
beforeAll(async () => {
  test = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), `sipop-test-${process.pid}-`));
  await new Story(test.db).begin(
    [
      'id  nome  sesso  nascita  famiglia  stato  cf',
      ...PERSONS.map((code, i) => `S${i + 1}  ROSSI MARIO  M  ${1950 + i}-01-01  F${i + 1}/1  1  ${code}`),
    ].join('\n'),
  );
});
afterEach(() => kill());
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

function start(): void {
  server = spawn(
    process.execPath,
    [join(projectRoot, 'src/entry/cli.ts'), 'serve', ...['--no-pages', '--port', '0', '--metrics-port', '0']],
    {
      cwd: '/',
      env: {
        PATH: '/usr/bin:/bin',
        DATABASE_URL: test.ownerUrl,
        SIPOP_DATA: folder,
        SIPOP_LINKAGE_AFTER_LOAD: 'no',
      },
      stdio: 'ignore',
    },
  );
}

async function kill(): Promise<void> {
  const running = server;
  server = null;
  if (running === null || running.exitCode !== null) return;
  const gone = once(running, 'exit');
  running.kill('SIGKILL');
  await gone;
}

async function until(what: string, isSo: () => Promise<boolean>, within: number): Promise<void> {
  const end = performance.now() + within;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not within ${within} ms: ${what}`);
    await wait(2);
  }
}

async function chunks(): Promise<{ readonly answered: number; readonly held: number }> {
  const { rows } = await test.db.query<{ answered: number; held: number }>(
    `select count(output)::int as answered, count(*) filter (where output is null and leased_until > now())::int as held
       from verification.chunks`,
  );
  return rows[0]!;
}

async function outcomes(batchId: string): Promise<string> {
  let text = '';
  for (let from: number | null = 0; from !== null; ) {
    const { csv, next } = await readResults(test.db, await getBatch(test.db, batchId, null), from);
    text += csv;
    from = next === from ? null : next;
  }
  return text;
}

it('goes on where it was, no row twice, a leaf for every answer', async () => {
  const owner = {
    user: 'os:test',
    body: { id: null, name: 'test' },
    address: 'cli',
    certificate: false,
    secondFactor: false,
    purpose: null,
    file: null,
  };
  const { batchId, rows } = await beginBatch(
    test.db,
    owner,
    { csv: CSV, al: day('2025-01-20'), notoAl: null },
    new Date(),
  );
  expect(rows).toBe(CHUNKS * CHUNK_ROWS);
  let held = 0;
  for (let kills = 0; kills < KILLS; kills++) {
    const before = (await chunks()).answered;
    start();
    await until('the next chunks', async () => (await chunks()).answered >= before + 2, GOES_ON);
    await kill();
    const left = await chunks();
    expect(left.answered).toBeLessThan(CHUNKS);
    if (left.held > 0) held++;
  }
  // The blows fell on a chunk at work, and not all of them between two.
  expect(held).toBeGreaterThan(0);
  start();
  const isDone = async () => stateOf(await getBatch(test.db, batchId, null)) === 'finito';
  await until('the end of the batch', isDone, GOES_ON);

  const text = await outcomes(batchId);
  const lines = text.trimEnd().split('\r\n').slice(1);
  expect(lines.map((line) => Number(line.split(';')[2]))).toEqual(
    Array.from({ length: rows }, (_, i) => i + 2),
  );
  expect(lines.every((line) => line.includes(';S;'))).toBe(true);

  const keys = findAuditKeys(join(folder, 'audit-keys.json'))!;
  const leaves = await test.db.query<{ body: string }>(
    "select body::text as body from audit.leaves where body->>'operation' = 'verifyBatch' and body->>'outcome' = 'answered'",
  );
  const told = leaves.rows.map(
    ({ body }) => JSON.parse(body) as { at: string; subjects: string[]; count: number },
  );
  const subjects = await test.db.query<{ subject: string; key: Buffer }>(
    'select subject, key from audit.subject_keys',
  );
  expect(subjects.rows).toHaveLength(CHUNKS);
  for (const { subject, key } of subjects.rows) {
    const own = told.filter(({ at, subjects }) =>
      subjects.includes(commitment(keys.subjectSecrets[0]!, key, at)),
    );
    expect({ subject, leaves: own.length > 0 }).toEqual({ subject, leaves: true });
  }
  // At most one more a blow: its leaf was durable, its answer not yet kept, and nobody has seen it.
  const answered = told.reduce((sum, { count }) => sum + count, 0);
  expect(answered).toBeGreaterThanOrEqual(rows);
  expect(answered).toBeLessThanOrEqual(rows + KILLS * CHUNK_ROWS);

  const { receipt, disclosure } = await getBatch(test.db, batchId, null);
  const { published } = await openSigningKeys(join(folder, 'receipt-keys.json'));
  expect(await checkReceipt(`${receipt}~${disclosure}~`, published)).toMatchObject({
    kind: 'good',
    receipt: { esiti: { S: rows, N: 0, A: 0, errori: 0 } },
    declared: { esiti_sha256: createHash('sha256').update(text).digest('hex') },
  });
}, 400_000);
