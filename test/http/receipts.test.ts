/** Receipts over HTTP: given with every outcome, checked and printed by anybody, and no word more than the outcome in them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { checkReceipt } from '../../src/services/verification/receipts/receipt.ts';
import { ApiClient } from '../support/api.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, type Office, Offices } from '../support/offices.ts';
import { Story } from '../support/story.ts';

const MARIO = 'RSSMRA70A01F257E';
const A = '036001';

let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let school: Office;
let api: ApiClient;
let folder: string;
beforeAll(async () => {
  test = await testDatabase();
  await new Story(test.db).begin(`
    id  nome         sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO  M      1970-01-01  F1/1      1      ${MARIO}
  `);
  folder = mkdtempSync(join(tmpdir(), 'sipop-receipts-'));
  offices = new Offices(test.db, new Clock('2025-03-02T09:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  http = await testServer(httpRoutes(await offices.serving(audit, folder)));
  school = await offices.open('school', 'scuola', { comuni: [A] });
  api = new ApiClient(http.base);
  await api.signIn(offices, school);
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const asked = {
  scopo: 'autocertificazioni',
  pratica: '2025/17',
  al: '2025-01-20',
  persona: { codice_fiscale: MARIO },
  dichiarazioni: [
    { oggetto: 'residenza', comune: A },
    { oggetto: 'residenza', comune: '036002' },
  ],
};
const anybody = () => new ApiClient(http.base);

it('every outcome comes with a receipt, which anybody checks without a key', async () => {
  const { status, body } = await api.post('/v1/verifications', asked);
  expect(status).toBe(200);
  const checked = await anybody().post('/v1/receipts/check', { ricevuta: body['ricevuta'] });
  expect(checked.body).toMatchObject({
    valida: true,
    contenuto: {
      esiti: ['S', 'N'],
      operatore: school.user.user_id,
      ente: `${school.body.name} (${school.body.body_id})`,
      scopo: 'autocertificazioni',
      pratica: '2025/17',
      al: '2025-01-20',
      noto_al: body['noto_al'],
    },
    dichiarato: null,
  });
  const both = `${body['ricevuta']}~${body['dichiarato']}~`;
  const shown = await anybody().post('/v1/receipts/check', { ricevuta: both });
  expect(JSON.parse(String(shown.body['dichiarato']))).toMatchObject({ persona: { codice_fiscale: MARIO } });
});

it('a receipt holds neither the person nor why the answer is what it is', async () => {
  const { body } = await api.post('/v1/verifications', asked);
  expect(JSON.stringify(body['esiti'])).toContain('residente_altrove');
  const payload = Buffer.from(String(body['ricevuta']).split('.')[1] ?? '', 'base64url').toString();
  expect(payload).not.toMatch(/RSSMRA|ROSSI|residen|altrove|036001|036002/);
});

it('the published keys check it offline', async () => {
  const { body } = await api.post('/v1/verifications', asked);
  const published = await (await fetch(`${http.base}/v1/receipts/keys`)).json();
  expect(await checkReceipt(String(body['ricevuta']), published as { keys: [] })).toMatchObject({
    kind: 'good',
  });
});

it('a changed one is not good, and is not printed', async () => {
  const { body } = await api.post('/v1/verifications', asked);
  const changed = `${String(body['ricevuta']).slice(0, -6)}AAAAAA`;
  const checked = await anybody().post('/v1/receipts/check', { ricevuta: changed });
  expect(checked.body).toMatchObject({ valida: false, motivo: 'forged', contenuto: null, righe: [] });
  expect((await anybody().post('/v1/receipts/pdf', { ricevuta: changed })).status).toBe(400);
});

it('the PDF is given to anybody who holds the receipt', async () => {
  const { body } = await api.post('/v1/verifications', asked);
  const answer = await fetch(`${http.base}/v1/receipts/pdf`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ricevuta: body['ricevuta'] }),
  });
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(/^%PDF-1\.7/);
});

it('checking is limited by address: a flood is told to wait', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 130; i++)
    statuses.push((await anybody().post('/v1/receipts/check', { ricevuta: 'x' })).status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  const late = await anybody().post('/v1/receipts/check', { ricevuta: 'x' });
  expect(late.headers.get('retry-after')).not.toBeNull();
});
