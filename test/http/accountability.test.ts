/** What the province answers for: the register of processing activities and breaches (GDPR art. 30, 33; security.md, 37). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { ApiClient } from '../support/api.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, Offices } from '../support/offices.ts';

const HOUR = 3_600_000;
const SCOPO = { scopo: 'amministrazione-accessi' };
let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
beforeAll(async () => {
  test = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'sipop-accountability-'));
  offices = new Offices(test.db, new Clock('2026-11-24T08:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  http = await testServer(httpRoutes(await offices.serving(audit, folder)));
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

async function enter(profile: string) {
  const office = await offices.open(profile, 'altro');
  const api = new ApiClient(http.base);
  const again = async () => expect((await api.signIn(offices, office)).status).toBe(200);
  await again();
  return { api, again };
}

it('the register of processing says all of art. 30, is changed with its history, and is handed over as CSV', async () => {
  const { api } = await enter('securityAdministrator');
  const { body } = await api.post('/v1/processing-activities/list', SCOPO);
  const held = body['trattamenti'] as Record<string, unknown>[];
  expect(held.map((one) => one['activity_id'])).toContain('audit');
  for (const one of held)
    for (const said of [
      'controller',
      'purposes',
      'persons',
      'data',
      'recipients',
      'transfers',
      'retention',
      'measures',
    ])
      expect(one[said], said).toBeTruthy();
  const changed = { ...held[0]!, name: '=HYPERLINK("x")' };
  expect((await api.post('/v1/processing-activities/put', { ...SCOPO, trattamento: changed })).status).toBe(
    200,
  );
  const csv = await api.post('/v1/processing-activities/export', SCOPO);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(String(csv.body['text'])).toContain(`'=HYPERLINK`);
  expect(String(csv.body['text']).trimEnd().split('\r\n')).toHaveLength(held.length + 1);
  const { rows } = await test.db.query('select from access.processing_activities where activity_id = $1', [
    changed['activity_id' as never],
  ]);
  expect(rows).toHaveLength(2);
  const incomplete = { ...changed, recipients: '' };
  expect(
    (await api.post('/v1/processing-activities/put', { ...SCOPO, trattamento: incomplete })).status,
  ).toBe(400);
});

it('a breach has 72 hours since one is aware: listed with the hours left, notified late only with a reason', async () => {
  const { api, again } = await enter('securityAdministrator');
  const said = {
    fatto: 'portatile smarrito',
    persone: 12,
    dati: 'nomi',
    conseguenze: 'nessuna',
    misure: 'cifrato',
  };
  const since = (hours: number) => new Date(offices.clock.now().getTime() - hours * HOUR).toISOString();
  const open = (hours: number) =>
    api.post('/v1/breaches/open', { ...SCOPO, ...said, nota_dal: since(hours) });
  expect((await open(-1)).status).toBe(400);
  const { body: first } = await open(10);
  expect(first).toMatchObject({ termine: 'running', ore_rimaste: 62 });
  const { body: second } = await open(0);
  offices.clock.pass(62.5 * HOUR);
  await again();
  const { body } = await api.post('/v1/breaches/list', SCOPO);
  expect(body['violazioni']).toMatchObject([
    { violazione: first['violazione'], termine: 'overdue', ore_rimaste: -1 },
    { violazione: second['violazione'], termine: 'running' },
  ]);
  const close = (violazione: unknown, more: object) =>
    api.post('/v1/breaches/close', { ...SCOPO, violazione, ...more });
  expect((await close(first['violazione'], { come: 'notified' })).status).toBe(400);
  expect((await close(first['violazione'], { come: 'notified', motivo: 'indagini' })).body).toMatchObject({
    termine: 'late',
    motivo: 'indagini',
  });
  expect((await close(second['violazione'], { come: 'notified' })).body).toMatchObject({
    termine: 'in-time',
  });
  expect((await close(second['violazione'], { come: 'notified' })).status).toBe(409);
  expect((await close('V999', { come: 'notified' })).status).toBe(404);
});

it('nobody but who administers security sees or changes them', async () => {
  for (const profile of ['police', 'auditor', 'keyCustodian']) {
    const { api } = await enter(profile);
    for (const path of ['/v1/breaches/list', '/v1/processing-activities/list'])
      expect((await api.post(path, SCOPO)).status, profile).toBe(403);
  }
});
