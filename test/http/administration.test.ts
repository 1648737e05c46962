/** Bodies, agreements, users, systems and profiles over HTTP, from the invitation to the end (security.md, 1 to 6, 12; issue 5, 2). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { FIRST_PROFILES } from '../../src/access/rights/profiles.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import { ApiClient } from '../support/api.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, type Office, Offices, PASSWORD } from '../support/offices.ts';

const SCOPO = { scopo: 'amministrazione-accessi' };
const DAY = 86_400_000;

let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
let admin: ApiClient;
let adminOffice: Office;
beforeAll(async () => {
  test = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'sipop-administration-'));
  offices = new Offices(test.db, new Clock('2025-03-02T09:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  http = await testServer(httpRoutes(await offices.serving(audit, folder)));
  admin = new ApiClient(http.base);
  adminOffice = await offices.open('securityAdministrator', 'altro');
  expect((await admin.signIn(offices, adminOffice)).status).toBe(200);
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const ask = (path: string, more: object = {}, api = admin) => api.post(path, { ...SCOPO, ...more });
const done = async (path: string, more: object = {}): Promise<Record<string, unknown>> => {
  const answer = await ask(path, more);
  expect([path, answer.status, answer.status === 200 ? null : answer.body]).toEqual([path, 200, null]);
  return answer.body;
};

/** A body with its agreement and an active user with a profile, all over HTTP. */
async function opened(name: string) {
  const { body_id } = await done('/v1/bodies/add', { nome: name, tipo: 'statistica' });
  const { agreement_id } = await done('/v1/agreements/make', {
    ente: body_id,
    base: 'convenzione di prova',
    consegna: 'nulla',
    ogni_giorni: 30,
    servizi: ['statistics'],
    profili: ['statistics'],
    scopi: ['statistica'],
    fino_al: '2030-01-01',
  });
  const { utente, invito } = await done('/v1/users/invite', {
    ente: body_id,
    cognome: 'Bianchi',
    nome: 'Anna',
    codice_fiscale: name.toUpperCase().replaceAll(' ', '').padEnd(16, 'X').slice(0, 16),
  });
  await done('/v1/grants/give', { accesso: utente, profilo: 'statistics' });
  const api = new ApiClient(http.base);
  expect((await api.post('/v1/invitations/accept', { invito, password: PASSWORD })).status).toBe(200);
  const user = { user_id: String(utente) };
  await api.signIn(offices, { user, secret: null } as unknown as Office);
  return { body: String(body_id), agreement: String(agreement_id), user: String(utente), api };
}
const count = (api: ApiClient) => api.post('/v1/population/count', { scopo: 'statistica' });

describe('a body from its agreement to its end', () => {
  it('is added, agreed, its user invited, given a profile, let in; the end of the agreement shuts everything at once (4)', async () => {
    const { body, agreement, user, api } = await opened('Ufficio uno');
    expect((await count(api)).status).toBe(200);
    expect((await done('/v1/agreements/list', { ente: body }))['convenzioni']).toMatchObject([
      { delivers: 'nulla', every_days: 30, in_force: true },
    ]);
    expect(await done('/v1/agreements/end', { convenzione: agreement })).toMatchObject({ in_force: false });
    expect((await count(api)).status).toBe(403);
    const { storia } = await done('/v1/users/history', { utente: user });
    expect(storia).toMatchObject([
      { state: 'invited', changed_by: adminOffice.user.user_id },
      { state: 'active', changed_by: user },
    ]);
  });

  it('a user who ends or is suspended is out in the midst of a session; one who lost the keys gets others from somebody else (12)', async () => {
    const one = await opened('Ufficio due');
    expect(
      await done('/v1/users/stop', { utente: one.user, passo: 'sospendi', motivo: 'assenza' }),
    ).toMatchObject({ stato: 'suspended' });
    expect((await count(one.api)).status).toBe(401);
    const { invito } = await done('/v1/users/invite-again', { utente: one.user, passo: 'riattiva' });
    expect(invito).toEqual(expect.any(String));
    await done('/v1/users/stop', { utente: one.user, passo: 'cessa', motivo: 'altro ufficio' });
    expect((await ask('/v1/users/invite-again', { utente: one.user, passo: 'riattiva' })).status).toBe(409);
    const own = { utente: adminOffice.user.user_id, passo: 'reinvita' };
    expect((await ask('/v1/users/invite-again', own)).status).toBe(409);
  });

  it('an agreement may say less from now on; what a profile loses is lost at once', async () => {
    const { agreement, api } = await opened('Ufficio tre');
    await done('/v1/agreements/change', {
      convenzione: agreement,
      base: 'convenzione ridotta',
      servizi: ['monitoring'],
      profili: ['statistics'],
      scopi: ['statistica'],
      fino_al: '2030-01-01',
    });
    expect((await count(api)).status).toBe(403);
  });

  it('a system is suspended, resumed, ended for ever', async () => {
    const { body } = await opened('Ufficio quattro');
    const { client_id } = await done('/v1/clients/add', { ente: body, nome: 'gestionale' });
    for (const [passo, state] of [
      ['sospendi', 'suspended'],
      ['riattiva', 'active'],
      ['cessa', 'ended'],
    ])
      expect(await done('/v1/clients/step', { sistema: client_id, passo, motivo: 'prova' })).toMatchObject({
        state,
      });
    expect(
      (await ask('/v1/clients/step', { sistema: client_id, passo: 'riattiva', motivo: 'prova' })).status,
    ).toBe(409);
  });
});

describe('who administers', () => {
  it('has an account apart that sees no persons, and gives nothing to oneself (5)', async () => {
    const persons = await admin.post('/v1/persons/read', { scopo: 'anagrafe', pratica: '1', persona: 'P1' });
    expect(persons.status).toBe(403);
    const own = { accesso: adminOffice.user.user_id, profilo: 'securityAdministrator' };
    expect((await ask('/v1/grants/give', own)).status).toBe(409);
    expect((await ask('/v1/grants/give', { ...own, profilo: 'court' })).status).toBe(409);
    const { user } = await opened('Ufficio cinque');
    expect((await ask('/v1/grants/give', { accesso: user, profilo: 'securityAdministrator' })).status).toBe(
      409,
    );
  });

  it('makes no change without a durable leaf: where the audit cannot be written, nothing has changed', async () => {
    const before = await done('/v1/bodies/list', {});
    const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test', poolSize: 1 });
    try {
      await owner.query('revoke insert on audit.leaves from sipop_app');
      expect((await ask('/v1/bodies/add', { nome: 'Senza foglia', tipo: 'altro' })).status).toBe(503);
    } finally {
      await owner.query('grant insert on audit.leaves to sipop_app');
      await owner.close();
    }
    expect((await done('/v1/bodies/list', {}))['numero']).toBe(before['numero']);
  });

  it('a change that is refused is a leaf that says so, one that is made a single leaf', async () => {
    const leaves = async () =>
      (
        await test.db.query<{ body: string }>(
          `select body::text as body from audit.leaves where body ->> 'operation' = 'bodyAdd' order by leaf_index`,
        )
      ).rows.map(({ body }) => JSON.parse(body));
    const before = (await leaves()).length;
    await done('/v1/bodies/add', { nome: 'Comune uno', tipo: 'comune', comune: '036040' });
    expect(
      (await ask('/v1/bodies/add', { nome: 'Comune bis', tipo: 'comune', comune: '036040' })).status,
    ).toBe(409);
    expect((await leaves()).slice(before)).toMatchObject([
      { outcome: 'answered', kind: 'administered', user: adminOffice.user.user_id },
      { outcome: 'refused', reason: 'conflict' },
    ]);
  });
});

describe('what waits for a decision (3, 6)', () => {
  it('profiles to review and unused accounts are listed; reviewed ones are not; past their day they open nothing', async () => {
    const { user, api } = await opened('Ufficio sei');
    const due = async () =>
      ((await done('/v1/reviews/list', { limite: 500 }))['scadenze'] as { id: string; kind: string }[])
        .filter(({ id }) => id === user)
        .map(({ kind }) => kind);
    expect(await due()).toEqual([]);
    const past = `update access.last_uses set used_at = now() - interval '20 years' where holder_id = $1`;
    await test.db.query(past, [user]);
    expect(await due()).toEqual(['unused']);
    expect((await count(api)).status).toBe(403);
    // Who administers comes in between: six months unused would shut that account too.
    for (const days of [150, 150, 45]) {
      offices.clock.pass(days * DAY);
      await admin.signIn(offices, adminOffice);
    }
    expect((await due()).sort()).toEqual(['review-due', 'unused']);
    await done('/v1/grants/review', { accesso: user, profilo: 'statistics' });
    expect(await due()).toEqual(['unused']);
    await done('/v1/grants/revoke', { accesso: user, profilo: 'statistics' });
    expect((await due()).sort()).toEqual(['no-profile', 'unused']);
  });
});

it('"see as this profile" is the table that decides: every profile with its operations, fields, territory, purposes', async () => {
  const { profili } = await done('/v1/profiles/list');
  const shown = profili as {
    profilo: string;
    operazioni: { operazione: string }[];
    campi: string[];
    scopi: string[];
    territorio: string;
  }[];
  for (const profile of FIRST_PROFILES) {
    const of = shown.find(({ profilo }) => profilo === profile.id);
    expect(of?.operazioni.map(({ operazione }) => operazione).sort()).toEqual([...profile.operations].sort());
    expect(of?.campi).toEqual([...profile.fields]);
    expect(of?.scopi).toEqual([...profile.purposes]);
    expect(of?.territorio).toBe(profile.territory);
  }
  expect((await done('/v1/profiles/list', { profilo: 'school' }))['numero']).toBe(1);
});
