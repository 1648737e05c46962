/** The life of a key at its office, over HTTP (issue 5, "Stories"): an agreement that ended this morning, a clerk who changed office, a forgotten account. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endAgreement } from '../../src/access/accounts/bodies.service.ts';
import { inviteAgain, stopUser } from '../../src/access/accounts/users.service.ts';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { day } from '../../src/kernel/day.ts';
import { ApiClient } from '../support/api.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, type Office, Offices } from '../support/offices.ts';
import { Story } from '../support/story.ts';
import { COMUNI } from '../support/story-answers.ts';

const DAY = 86_400_000;
let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  const register = `
    id  nome         sesso  nascita     famiglia  stato
    S1  ROSSI MARIO  M      1970-01-01  F1/1      1
  `;
  await story.begin(register);
  await story.begin(register, 'B');
  folder = mkdtempSync(join(tmpdir(), 'sipop-offices-'));
  offices = new Offices(test.db, new Clock('2025-03-02T09:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  http = await testServer(httpRoutes(await offices.serving(audit, folder)));
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const clerkOf = (comune: string) => offices.open('comuneClerk', 'comune', { comune });
async function entered(office: Office): Promise<ApiClient> {
  const api = new ApiClient(http.base);
  expect((await api.signIn(offices, office)).status).toBe(200);
  return api;
}
/** P1 is of comune A, P2 of comune B. */
const reading = async (api: ApiClient, persona: string): Promise<number> =>
  (await api.post('/v1/persons/read', { scopo: 'anagrafe', pratica: '1', al: '2025-03-01', persona })).status;

it('a clerk who changed office: the key of the old one is shut in the middle of its session, that of the new one opens the new office alone', async () => {
  const before = await clerkOf(COMUNI['A']!);
  const old = await entered(before);
  expect([await reading(old, 'P1'), await reading(old, 'P2')]).toEqual([200, 404]);
  await stopUser(offices.access, before.user.user_id, 'end', 'passa ad altro ufficio');
  const after = await entered(await clerkOf(COMUNI['B']!));
  expect(await reading(old, 'P1')).toBe(401);
  expect((await new ApiClient(http.base).signIn(offices, before)).status).toBe(401);
  expect([await reading(after, 'P1'), await reading(after, 'P2')]).toEqual([404, 200]);
});

it('a body whose agreement ended this morning: its clerks may sign in, and ask nothing', async () => {
  const office = await offices.open('police', 'polizia');
  const ask = { scopo: 'pubblica-sicurezza', pratica: '1', al: '2025-03-01', persona: 'P1' };
  const api = await entered(office);
  expect((await api.post('/v1/persons/read', ask)).status).toBe(200);
  await endAgreement(offices.access, office.agreementId, day('2025-03-02'));
  expect((await api.post('/v1/persons/read', ask)).status).toBe(403);
  expect((await (await entered(office)).post('/v1/persons/read', ask)).status).toBe(403);
});

it('a forgotten account: after six months its own key opens nothing, and does not wake it; an invitation of a colleague does', async () => {
  const office = await offices.open('police', 'polizia');
  await entered(office);
  offices.clock.pass(182 * DAY);
  await entered(office);
  offices.clock.pass(184 * DAY);
  for (let i = 0; i < 2; i++)
    expect((await new ApiClient(http.base).signIn(offices, office)).status).toBe(401);
  await expect(inviteAgain(offices.access, office.user.user_id, 'invite-again')).resolves.toHaveProperty(
    'word',
  );
});
