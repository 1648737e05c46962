/** The audit over HTTP (security.md, 25 to 32; issue 5, 5): an auditor who finds a curious clerk, a citizen who asks who looked, a comune as witness. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putNow } from '../../src/access/accounts/history.sql.ts';
import { USERS } from '../../src/access/accounts/tables.ts';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { checkpointWhenDue } from '../../src/access/audit/checkpoint-schedule.ts';
import { leafHash, verifyInclusion } from '../../src/access/audit/merkle.ts';
import { type HttpContext, httpRoutes } from '../../src/entry/http.ts';
import { computeCodiceFiscale } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import { ApiClient } from '../support/api.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, type Office, Offices } from '../support/offices.ts';
import { Story } from '../support/story.ts';

const MARIO = computeCodiceFiscale({
  cognome: 'ROSSI',
  nome: 'MARIO',
  sesso: 'M',
  data_nascita: day('1970-01-01'),
  luogo: 'F257',
});

let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
let serving: HttpContext;
let [police, clerk, auditor, comune, citizen]: ApiClient[] = [];
let curious: Office;
beforeAll(async () => {
  test = await testDatabase();
  await new Story(test.db).begin(`
    id  nome         sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO  M      1970-01-01  F1/1      1      ${MARIO}
  `);
  folder = mkdtempSync(join(tmpdir(), 'sipop-audit-http-'));
  offices = new Offices(test.db, new Clock('2026-03-02T09:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  serving = await offices.serving(audit, folder);
  http = await testServer(httpRoutes(serving), { bodyLimit: 100_000 });
  const enter = async (office: Office): Promise<ApiClient> => {
    const api = new ApiClient(http.base);
    expect((await api.signIn(offices, office)).status).toBe(200);
    return api;
  };
  police = await enter(await offices.open('police', 'polizia'));
  curious = await offices.open('socialServices', 'sociale', { comuni: ['036001'] });
  clerk = await enter(curious);
  auditor = await enter(await offices.open('auditor', 'altro'));
  comune = await enter(await offices.open('registryOfficer', 'comune', { comune: '036005' }));
  const person = await offices.open('citizen', 'altro');
  const by = { by: 'os:test', at: offices.clock.now().toISOString() };
  await putNow(test.db, USERS, { ...person.user, codice_fiscale: MARIO }, by);
  citizen = await enter(person);
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const SAID = { scopo: 'controllo-audit', pratica: '2026/9' };
const ask = (api: ApiClient | undefined, path: string, more: object = {}) =>
  api!.post(path, { ...SAID, ...more });
const look = (api: ApiClient | undefined, scopo: string, pratica: string) =>
  api!.post('/v1/persons/read', { scopo, pratica, persona: MARIO });

describe('an auditor who finds a curious clerk', () => {
  it('by person, by user, by alert: who, when, what for, which file; and the search is a leaf too', async () => {
    for (let i = 0; i < 3; i++) await look(clerk, 'servizi-sociali', `curiosità ${i}`);
    await look(police, 'pubblica-sicurezza', '2026/1');
    const found = await ask(auditor, '/v1/audit/search', { persona: MARIO });
    const leaves = found.body['foglie'] as { user: string; operation: string; file: string; index: number }[];
    expect(leaves.filter(({ user }) => user === curious.user.user_id)).toHaveLength(3);
    expect(leaves[0]).toMatchObject({ operation: 'personRead', file: '2026/1' });
    expect(JSON.stringify(found.body)).not.toMatch(/ROSSI|RSSMRA/);
    const rule = {
      regola: 'molti',
      genere: 'looked-up-by-many',
      parametri: { days: 7, users: 2 },
      attiva: true,
    };
    const wrong = { ...rule, parametri: { days: 0, users: 2 } };
    expect((await ask(auditor, '/v1/audit/rules/put', wrong)).status).toBe(400);
    const { pratica: _, ...scopo } = SAID;
    const put = await auditor!.post('/v1/audit/rules/put', { ...scopo, ...rule });
    expect([put.status, put.status === 200 ? null : put.body]).toEqual([200, null]);
    const alerts = await ask(auditor, '/v1/audit/alerts', {
      dal: '2026-03-01T00:00:00Z',
      fino_al: '2026-03-03T00:00:00Z',
    });
    expect((alerts.body['avvisi'] as { kind: string }[]).map(({ kind }) => kind)).toContain(
      'looked-up-by-many',
    );
    const own = await ask(auditor, '/v1/audit/search', { operazione: 'auditSearch' });
    expect((own.body['foglie'] as object[]).length).toBeGreaterThan(0);
    expect((await ask(police, '/v1/audit/search')).status).toBe(403);
  });

  it('without a file nothing is searched (18)', async () => {
    expect((await ask(auditor, '/v1/audit/search', { pratica: undefined })).status).toBe(403);
  });
});

describe('proofs', () => {
  it('of a leaf, that anybody can check from what is answered; of one that is not there, nothing', async () => {
    const { body } = await ask(auditor, '/v1/audit/prove', { foglia: 2 });
    const bytes = (text: unknown) => Buffer.from(String(text), 'base64');
    const holds = verifyInclusion({
      index: 2,
      size: Number(body['dimensione']),
      leaf: leafHash(Buffer.from(String(body['contenuto']))),
      proof: (body['prova'] as string[]).map(bytes),
      root: bytes(body['radice']),
    });
    expect([holds, body['valida']]).toEqual([true, true]);
    expect((await ask(auditor, '/v1/audit/prove', { foglia: 1_000_000 })).status).toBe(404);
    expect((await ask(auditor, '/v1/audit/consistency', { prima: 2 })).body).toMatchObject({ valida: true });
  });
});

describe('a comune as witness (27)', () => {
  const SCOPO = { scopo: 'anagrafe' };
  const compare = async (nota: string) =>
    (await comune!.post('/v1/audit/checkpoints/compare', { ...SCOPO, nota })).body['esito'];

  it('fetches what the service signed by itself, and is told whether the audit of now begins with it', async () => {
    expect(await checkpointWhenDue(serving.place, offices.clock.now())).not.toBeNull();
    const { body } = await comune!.post('/v1/audit/checkpoints/list', SCOPO);
    const [kept] = body['checkpoint'] as { nota: string; foglie: number }[];
    expect(await compare(kept!.nota)).toBe('same');
    expect(await compare(kept!.nota.replace(String(kept!.foglie), String(kept!.foglie - 1)))).toBe('forged');
    expect(await compare('x')).toBe('malformed');
    const signed = await ask(auditor, '/v1/audit/checkpoints/make', { pratica: undefined });
    expect(signed.status).toBe(200);
    expect(
      (await ask(comune, '/v1/audit/checkpoints/make', { scopo: 'anagrafe', pratica: undefined })).status,
    ).toBe(403);
    // A superuser cuts the audit behind everybody’s back.
    const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test', poolSize: 1 });
    try {
      const copy = await owner.query<{ leaf_hash: Buffer }>(
        'select leaf_hash from audit.leaves where leaf_index = 1',
      );
      await owner.query(`update audit.leaves set leaf_hash = sha256('x') where leaf_index = 1`);
      expect(await compare(kept!.nota)).toBe('rewritten');
      await owner.query('update audit.leaves set leaf_hash = $1 where leaf_index = 1', [
        copy.rows[0]!.leaf_hash,
      ]);
      expect(await compare(kept!.nota)).toBe('same');
    } finally {
      await owner.close();
    }
  });
});

describe('verification', () => {
  const { pratica: _, ...SCOPO } = SAID;
  const run = async () => {
    const started = await auditor!.post('/v1/audit/verifications/start', SCOPO);
    expect(started.status).toBe(200);
    for (let i = 0; i < 100; i++) {
      const { body } = await auditor!.post('/v1/audit/verifications/read', {
        ...SCOPO,
        verifica: started.body['verifica'],
      });
      const [state] = body['verifiche'] as {
        stato: string;
        esito: { integro: boolean; guasti: object[] } | null;
      }[];
      if (state?.stato !== 'in_corso') return state;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return undefined;
  };

  it('runs behind, and tells the place where the audit was edited by hand', async () => {
    expect(await run()).toMatchObject({ stato: 'conclusa', esito: { integro: true, guasti: [] } });
    const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test', poolSize: 1 });
    try {
      await owner.query(`update audit.leaves set body = '{"at":"x"}' where leaf_index = 3`);
    } finally {
      await owner.close();
    }
    expect(await run()).toMatchObject({
      stato: 'conclusa',
      esito: { integro: false, guasti: [{ genere: 'edited', da: 3, a: 4 }] },
    });
  });
});

describe('a citizen who asks who looked (31)', () => {
  it('hears which body, when, why, on which basis; never the clerk; what the law hides is not there; nobody else’s', async () => {
    const { status, body } = await citizen!.post('/v1/own/accesses', { scopo: 'diritti-interessato' });
    expect(status).toBe(200);
    const accesses = body['accessi'] as { scopo: string; ente: string }[];
    expect(accesses.map(({ scopo }) => scopo)).toContain('interventi e servizi sociali');
    expect(accesses.map(({ scopo }) => scopo)).not.toContain('pubblica sicurezza');
    expect(JSON.stringify(body)).not.toContain(curious.user.user_id);
    expect(
      (await citizen!.post('/v1/own/accesses', { scopo: 'diritti-interessato', persona: 'P1' })).status,
    ).toBe(400);
    expect((await ask(police, '/v1/own/accesses', { pratica: undefined })).status).toBe(403);
  });
});

it('a citizen reads what the register holds of them (GDPR art. 15), and cannot name another', async () => {
  const own = { scopo: 'diritti-interessato' };
  const { status, body } = await citizen!.post('/v1/own/person', own);
  expect([status, body['generalita']]).toMatchObject([200, { codice_fiscale: MARIO }]);
  expect((await citizen!.post('/v1/own/person', { ...own, persona: 'P2' })).status).toBe(400);
  expect((await ask(police, '/v1/own/person')).status).toBe(403);
});

it('the report on administrators (32)', async () => {
  const { pratica: _, ...scopo } = SAID;
  const { body } = await auditor!.post('/v1/audit/administrators', scopo);
  expect(body['amministratori']).toEqual(
    expect.arrayContaining([expect.objectContaining({ nome: 'Verdi Luca' })]),
  );
});
