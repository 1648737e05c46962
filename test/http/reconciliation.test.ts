/** What several registers show, over HTTP (registry.md, Reconciliation): each comune its own part, pairs judged by who may see both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { computeCodiceFiscale } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import { ApiClient } from '../support/api.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, Offices } from '../support/offices.ts';
import { Story } from '../support/story.ts';

const MARIO = computeCodiceFiscale({
  cognome: 'ROSSI',
  nome: 'MARIO',
  sesso: 'M',
  data_nascita: day('1970-01-01'),
  luogo: 'F257',
});
const SAID = { scopo: 'anagrafe', pratica: '2025/3' };

let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
const clients = new Map<string, ApiClient>();
beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  // MARIO resident in two comuni at once; a MARIA in one register twice, without codes.
  await story.begin(`
    id  nome         sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO  M      1970-01-01  F1/1      1      ${MARIO}
    S2  NERI MARIA   F      1980-01-01  F2/1      1      -
    S3  NERI MARIA   F      1980-01-01  F3/1      1      -
  `);
  await story.begin(
    `
    id  nome         sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO  M      1970-01-01  F1/1      1      ${MARIO}
  `,
    'B',
  );
  folder = mkdtempSync(join(tmpdir(), 'sipop-reconciliation-'));
  offices = new Offices(test.db, new Clock('2025-03-02T09:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  http = await testServer(httpRoutes(await offices.serving(audit, folder)));
  for (const [name, profile, comune] of [
    ['A', 'registryOfficer', '036001'],
    ['C', 'registryOfficer', '036010'],
    ['province', 'reconciler', null],
    ['coordinator', 'coordinator', null],
  ] as const) {
    const api = new ApiClient(http.base);
    const office = await offices.open(
      profile,
      comune === null ? 'coordinamento' : 'comune',
      comune === null ? {} : { comune },
    );
    expect((await api.signIn(offices, office)).status).toBe(200);
    clients.set(name, api);
  }
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const ask = (who: string, path: string, more: object) =>
  clients
    .get(who)!
    .post(path, { ...SAID, ...(who === 'coordinator' ? { scopo: 'coordinamento' } : {}), ...more });

describe('findings', () => {
  it('a comune sees what it must mend and what others must that concerns it, and nobody else’s', async () => {
    const all = await ask('province', '/v1/reconciliation/list', {});
    expect(all.status).toBe(200);
    const kinds = (all.body['segnalazioni'] as { genere: string }[]).map(({ genere }) => genere);
    expect(kinds).toContain('DOPPIA_RESIDENZA');
    const own = await ask('A', '/v1/reconciliation/list', { stato: 'tutte' });
    const others = await ask('A', '/v1/reconciliation/list', { stato: 'tutte', lato: 'altri' });
    for (const { comune } of own.body['segnalazioni'] as { comune: string }[]) expect(comune).toBe('036001');
    for (const f of others.body['segnalazioni'] as { comune: string; altro_comune: string }[])
      expect(f.altro_comune).toBe('036001');
    const { length } = [
      ...(own.body['segnalazioni'] as object[]),
      ...(others.body['segnalazioni'] as object[]),
    ];
    expect(length).toBeGreaterThan(0);
    expect((await ask('C', '/v1/reconciliation/list', {})).body).toMatchObject({ numero: 0 });
    expect((await ask('A', '/v1/reconciliation/list', { comune: '036002' })).status).toBe(403);
  });

  it('a profile without names gets the numbers and no sentence, for it would name persons', async () => {
    const answer = await ask('coordinator', '/v1/reconciliation/list', {});
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).not.toMatch(/ROSSI|RSSMRA/);
    expect((await ask('coordinator', '/v1/reconciliation/count', {})).body['conteggi']).not.toEqual([]);
  });
});

describe('pairs', () => {
  const schede = [
    { comune: '036001', id_soggetto: 'S2' },
    { comune: '036001', id_soggetto: 'S3' },
  ];
  const persons = async () =>
    (
      await test.db.query<{ n: number }>(
        'select count(distinct person_id) as n from person_entries where entry_id in (select entry_id from register_numbers where id_soggetto in ($1, $2))',
        ['S2', 'S3'],
      )
    ).rows[0]?.n;

  it('are shown side by side and decided by who may see both registers, under the name of who decides', async () => {
    expect((await ask('C', '/v1/linkage/read', { schede })).status).toBe(404);
    expect((await ask('A', '/v1/linkage/read', { schede })).body).toMatchObject({
      coppia: { accordi: { cognome: 'uguale' } },
    });
    const across = [schede[0], { comune: '036002', id_soggetto: 'S1' }];
    expect((await ask('A', '/v1/linkage/read', { schede: across })).status).toBe(404);
    expect((await ask('province', '/v1/linkage/read', { schede: across })).status).toBe(200);
    const decision = { schede, esito: 'same', motivo: 'stesso atto di nascita' };
    expect((await ask('C', '/v1/linkage/decide', decision)).status).toBe(404);
    expect((await ask('A', '/v1/linkage/decide', { ...decision, prova: true })).body).toMatchObject({
      decisione: null,
    });
    expect(await persons()).toBe(2);
    const done = await ask('A', '/v1/linkage/decide', decision);
    expect(done.status).toBe(200);
    expect(await persons()).toBe(1);
    const queue = await ask('A', '/v1/linkage/queue', { stato: 'decisa' });
    expect(queue.body['coppie']).toMatchObject([{ decisione: { esito: 'same' } }]);
    const undo = { decisione: done.body['decisione'], motivo: 'atto letto male' };
    expect((await ask('C', '/v1/linkage/undo', undo)).status).toBe(404);
    expect((await ask('A', '/v1/linkage/undo', undo)).status).toBe(200);
    expect(await persons()).toBe(2);
  });

  it('no decision without its leaf: where the audit cannot be written, nothing is decided', async () => {
    const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test', poolSize: 1 });
    try {
      await owner.query('revoke insert on audit.leaves from sipop_app');
      const answer = await ask('A', '/v1/linkage/decide', { schede, esito: 'same', motivo: 'senza foglia' });
      expect(answer.status).toBe(503);
    } finally {
      await owner.query('grant insert on audit.leaves to sipop_app');
      await owner.close();
    }
    expect(await persons()).toBe(2);
  });
});

it('the population of a comune and of the province', async () => {
  const comune = await ask('A', '/v1/population/count', { comune: '036001', al: '2025-03-01' });
  expect(comune.body).toMatchObject({ residenti: { totale: 3, maschi: 1, femmine: 2 } });
  const province = await ask('coordinator', '/v1/population/count', { al: '2025-03-01' });
  expect(province.body).toMatchObject({ residenti: { totale: 3 }, iscrizioni_doppie: 1 });
});
