/** Quotas a day (security.md, 21): data, durable, over all processes; used up, a clear refusal with when they begin again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { Quotas } from '../../src/access/quotas/quotas.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { ApiClient } from '../support/api.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, type Office, Offices } from '../support/offices.ts';

let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
beforeAll(async () => {
  test = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'sipop-quotas-'));
  offices = new Offices(test.db, new Clock('2026-03-02T09:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  http = await testServer(httpRoutes(await offices.serving(audit, folder)));
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

async function enter(profile: string): Promise<{ api: ApiClient; office: Office }> {
  const office = await offices.open(profile, 'altro');
  const api = new ApiClient(http.base);
  expect((await api.signIn(offices, office)).status).toBe(200);
  return { api, office };
}
const look = (api: ApiClient) =>
  api.post('/v1/persons/read', { scopo: 'pubblica-sicurezza', pratica: '1', persona: 'P1' });

it('a user’s day of questions ends with a 429 that says when it begins again; tomorrow it does', async () => {
  const admin = await enter('securityAdministrator');
  const { api, office } = await enter('police');
  const put = { scopo: 'amministrazione-accessi', di: office.user.user_id, al_giorno: 25 };
  expect((await admin.api.post('/v1/quotas/put', put)).status).toBe(200);
  for (let i = 0; i < 25; i++) expect((await look(api)).status).toBe(404);
  const over = await look(api);
  expect([over.status, over.body['code']]).toEqual([429, 'too-many-requests']);
  // Ten in the morning in Rome: fourteen hours to midnight.
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(13 * 3600);
  // What the rights refuse, and what sees nobody, is not counted.
  expect((await admin.api.post('/v1/quotas/list', { scopo: 'amministrazione-accessi' })).status).toBe(200);
  offices.clock.pass(15 * 3_600_000);
  await api.signIn(offices, office);
  expect((await look(api)).status).toBe(404);
});

it('a quota is one for all processes, and a restart does not begin it anew', async () => {
  const { office } = await enter('police');
  const id = office.user.user_id;
  await test.db.query(
    `insert into access.quotas (quota_id, per_day, recorded_from, changed_by) values ($1, 50, now(), 'test')`,
    [id],
  );
  const now = offices.clock.now();
  const several = Array.from({ length: 6 }, () => new Quotas(test.db));
  let given = 0;
  await Promise.all(
    Array.from({ length: 240 }, (_, i) =>
      several[i % several.length]!.use(id, office.body.body_id, now).then(
        () => given++,
        () => undefined,
      ),
    ),
  );
  // All at once: none is given twice, none is lost.
  expect(given).toBe(50);
  await expect(new Quotas(test.db).use(id, office.body.body_id, now)).rejects.toMatchObject({
    code: 'too-many-requests',
  });
});

it('a body’s quota is that of all its users together', async () => {
  const { office } = await enter('police');
  await test.db.query(
    `insert into access.quotas (quota_id, per_day, recorded_from, changed_by) values ($1, 3, now(), 'test')`,
    [office.body.body_id],
  );
  const quotas = new Quotas(test.db);
  const now = offices.clock.now();
  for (const user of ['U901', 'U902', 'U903']) await quotas.use(user, office.body.body_id, now);
  await expect(quotas.use('U904', office.body.body_id, now)).rejects.toMatchObject({
    code: 'too-many-requests',
  });
});

it('questions are counted in the process: many left, one write takes fifty; a process that ends takes an eighth of what is left at most', async () => {
  const { office } = await enter('police');
  const id = office.user.user_id;
  const now = offices.clock.now();
  const taken = async (): Promise<number> => {
    const { rows } = await test.db.query<{ taken: number }>(
      'select taken from access.quota_uses where holder_id = $1',
      [id],
    );
    return rows[0]?.taken ?? 0;
  };
  const quotas = new Quotas(test.db);
  // That of whoever has none of its own: 2,000.
  for (let i = 0; i < 50; i++) await quotas.use(id, office.body.body_id, now);
  expect(await taken()).toBe(50);
  await quotas.use(id, office.body.body_id, now);
  expect(await taken()).toBe(100);
  // One after another ends with what it took: each still finds some, until the last is gone, and none too many.
  for (let left = 1900; left > 0; left = 2000 - (await taken())) {
    await new Quotas(test.db).use(id, office.body.body_id, now);
    expect(2000 - (await taken())).toBe(left - Math.min(50, Math.ceil(left / 8)));
  }
  await expect(new Quotas(test.db).use(id, office.body.body_id, now)).rejects.toMatchObject({
    code: 'too-many-requests',
  });
  expect(await taken()).toBe(2000);
});

it('a quota made smaller than what was taken gives no more, and takes nothing back', async () => {
  const { office } = await enter('police');
  const id = office.user.user_id;
  const now = offices.clock.now();
  await new Quotas(test.db).use(id, office.body.body_id, now);
  await test.db.query(
    `insert into access.quotas (quota_id, per_day, recorded_from, changed_by) values ($1, 10, now(), 'test')`,
    [id],
  );
  await expect(new Quotas(test.db).use(id, office.body.body_id, now)).rejects.toMatchObject({
    code: 'too-many-requests',
  });
  const { rows } = await test.db.query('select taken from access.quota_uses where holder_id = $1', [id]);
  expect(rows).toEqual([{ taken: 50 }]);
});
