/** The rules of retention over HTTP (security.md, 36). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { RETENTION_KINDS } from '../../src/access/retention/retention.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import { ApiClient } from '../support/api.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, Offices } from '../support/offices.ts';

const SCOPO = { scopo: 'amministrazione-accessi' };
let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
let api: ApiClient;
beforeAll(async () => {
  test = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'sipop-retention-'));
  offices = new Offices(test.db, new Clock('2026-11-24T08:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  http = await testServer(httpRoutes(await offices.serving(audit, folder)));
  api = await enter('securityAdministrator');
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

async function enter(profile: string): Promise<ApiClient> {
  const client = new ApiClient(http.base);
  const signedIn = await client.signIn(offices, await offices.open(profile, 'altro'));
  expect(signedIn.status).toBe(200);
  return client;
}
const list = async () => (await api.post('/v1/retention/list', SCOPO)).body;
const drafts = async () => {
  const { regole } = (await list()) as { regole: { regola: string; giorni: number }[] };
  return regole.find(({ regola }) => regola === 'drafts');
};

it('every kind has its rule, with its days and its source of law', async () => {
  const { regole, storia } = (await list()) as { regole: { regola: string; norma: string }[]; storia: [] };
  expect(regole.map(({ regola }) => regola).sort()).toEqual([...RETENTION_KINDS].sort());
  for (const { norma } of regole) expect(norma).not.toBe('');
  expect(storia).toEqual([]);
});

it('a change holds from then on, what it was stays to be read with who changed it, and both looks are leaves', async () => {
  const before = await drafts();
  const put = await api.post('/v1/retention/put', { ...SCOPO, regola: 'drafts', giorni: 3 });
  expect(put.body).toMatchObject({ ...before, giorni: 3 });
  expect(await drafts()).toMatchObject({ giorni: 3 });
  expect(await list()).toMatchObject({
    storia: [{ regola: 'drafts', giorni: before?.giorni, di: expect.any(String) }],
  });
  const { rows } = await test.db.query<{ operation: string }>(
    `select body ->> 'operation' as operation from audit.leaves order by leaf_index`,
  );
  const told = rows.map(({ operation }) => operation);
  expect(told).toContain('retentionPut');
  expect(told).toContain('retentionList');
});

it('what is no rule is refused, and without its leaf nothing changes (26)', async () => {
  const put = (more: object) => api.post('/v1/retention/put', { ...SCOPO, regola: 'drafts', ...more });
  for (const wrong of [{ giorni: -1 }, { giorni: 1.5 }, { norma: ' ' }, { regola: 'facts', giorni: 1 }])
    expect((await put(wrong)).status).toBe(400);
  const before = await drafts();
  const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test', poolSize: 1 });
  try {
    await owner.query('revoke insert on audit.leaves from sipop_app');
    expect((await put({ giorni: 9 })).status).toBe(503);
  } finally {
    await owner.query('grant insert on audit.leaves to sipop_app');
    await owner.close();
  }
  expect(await drafts()).toEqual(before);
});

it('nobody but who administers security sees or changes them', async () => {
  for (const profile of ['police', 'auditor', 'keyCustodian']) {
    const other = await enter(profile);
    for (const path of ['list', 'put'])
      expect((await other.post(`/v1/retention/${path}`, { ...SCOPO, regola: 'drafts' })).status).not.toBe(
        200,
      );
  }
});
