/** Supplies over HTTP (issue 5, 6): sent in pieces, resumed, loaded behind, read again; a comune sees its own alone. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { runQueue } from '../../src/services/intake/upload/run-queue.service.ts';
import { abandonForgotten, sweepUploads } from '../../src/services/intake/upload/uploads.service.ts';
import { markFailed, markLoading, queueUpload } from '../../src/services/intake/upload/uploads.sql.ts';
import { ApiClient } from '../support/api.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { applyEvents, event } from '../support/events.ts';
import { goldenSupply } from '../support/golden-case.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, Offices } from '../support/offices.ts';

const GOLDEN = join(import.meta.dirname, '../golden/intake');
const SAID = { scopo: 'anagrafe' };
const DAY = 86_400_000;

let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
let [own, other, clerk]: ApiClient[] = [];
beforeAll(async () => {
  test = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'sipop-supplies-'));
  offices = new Offices(test.db, new Clock('2025-02-10T09:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  http = await testServer(httpRoutes(await offices.serving(audit, folder)), { bodyLimit: 1_000_000 });
  const enter = async (profile: string, comune: string): Promise<ApiClient> => {
    const api = new ApiClient(http.base);
    await api.signIn(offices, await offices.open(profile, 'comune', { comune }));
    return api;
  };
  own = await enter('registryOfficer', '036001');
  other = await enter('registryOfficer', '036002');
  clerk = await enter('comuneClerk', '036003');
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

/** The supply of a golden case, delivered by a comune. */
function supply(
  comune: string,
  progressivo: number,
  changed = 'sound',
): { fileName: string; archive: Buffer } {
  if (changed !== 'sound') return goldenSupply(join(GOLDEN, changed), join(GOLDEN, '_base'));
  const of = mkdtempSync(join(folder, 'case-'));
  writeFileSync(join(of, 'case.json'), JSON.stringify({ rule: 'sound', comune, progressivo }));
  return goldenSupply(of, join(GOLDEN, '_base'));
}

const digestOf = (bytes: Buffer): string => `SHA-256=${createHash('sha256').update(bytes).digest('base64')}`;

const announce = (api: ApiClient, file: string, bytes: Buffer, more: object = {}) =>
  api.post('/v1/supplies/uploads/create', { ...SAID, file, dimensione: bytes.length, ...more });

function piece(api: ApiClient, invio: string, whole: Buffer, from: number, to: number, more: object = {}) {
  const bytes = whole.subarray(from, to + 1);
  return api.put('/v1/supplies/uploads/piece', bytes, {
    'x-scopo': 'anagrafe',
    'x-upload': invio,
    'content-range': `bytes ${from}-${to}/${whole.length}`,
    digest: digestOf(bytes),
    ...more,
  });
}

const ask = async (api: ApiClient, path: string, question: object) =>
  (await api.post(path, { ...SAID, ...question })).body;

const queue = () =>
  runQueue({
    db: test.db,
    now: offices.clock.now,
    uploads: join(folder, 'uploads'),
    workFolder: join(folder, 'work'),
    reference: loadReference(),
  });

/** Sends a supply in two pieces and has it loaded. @returns its upload as it stands then */
async function send(api: ApiClient, { fileName, archive }: ReturnType<typeof supply>) {
  const invio = String((await announce(api, fileName, archive)).body['invio']);
  const half = Math.floor(archive.length / 2);
  expect((await piece(api, invio, archive, 0, half - 1)).status).toBe(200);
  expect((await piece(api, invio, archive, half, archive.length - 1)).status).toBe(200);
  const complete = await api.post('/v1/supplies/uploads/complete', { ...SAID, invio });
  expect(complete.body).toMatchObject({ stato: 'in_coda', ricevuta: null });
  await queue();
  return ask(api, '/v1/supplies/uploads/read', { invio });
}

describe('a supply sent in pieces', () => {
  it('is loaded behind, and told by its receipt, outcome and history; nothing of it stays beside the register', async () => {
    const state = await send(own!, supply('036001', 1));
    expect(state).toMatchObject({ stato: 'registrata', ricevuta: '2025/0000001', errore: null });
    expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
    expect(await ask(own!, '/v1/supplies/outcome', { ricevuta: state['ricevuta'] })).toMatchObject({
      esito: 'ACCETTATA',
      comune: '036001',
      per_codice: [],
    });
    const { forniture } = await ask(own!, '/v1/supplies/list', {});
    expect(forniture).toMatchObject([{ ricevuta: '2025/0000001', segnalazioni_aperte: 0 }]);
  });

  it('goes on from where it broke off: a piece that was not whole is not there, one out of its place is refused', async () => {
    const { fileName, archive } = supply('036001', 2);
    const invio = String((await announce(own!, fileName, archive)).body['invio']);
    const wrong = await piece(own!, invio, archive, 0, 99, { digest: digestOf(Buffer.from('other')) });
    expect(wrong.status).toBe(400);
    const short = await piece(own!, invio, archive, 0, 99, {
      'content-range': `bytes 0-199/${archive.length}`,
    });
    expect(short.status).toBe(400);
    expect(await ask(own!, '/v1/supplies/uploads/read', { invio })).toMatchObject({ ricevuti: 0 });
    expect((await piece(own!, invio, archive, 50, 99)).status).toBe(409);
    expect((await piece(own!, invio, archive, 0, 99)).body).toMatchObject({ ricevuti: 100 });
    expect((await piece(own!, invio, archive, 0, 99)).status).toBe(409);
    expect((await own!.post('/v1/supplies/uploads/complete', { ...SAID, invio })).status).toBe(409);
    // The process was killed in the midst of a piece: what it wrote beyond the bytes that were answered is written over.
    writeFileSync(join(folder, 'uploads', invio, fileName), Buffer.alloc(50_000, 'x'), { flag: 'a' });
    expect((await piece(own!, invio, archive, 100, archive.length - 1)).status).toBe(200);
    const whole = join(folder, 'uploads', invio, fileName);
    expect(existsSync(whole)).toBe(true);
    await own!.post('/v1/supplies/uploads/complete', { ...SAID, invio });
    await queue();
    expect(await ask(own!, '/v1/supplies/uploads/read', { invio })).toMatchObject({ stato: 'registrata' });
  });

  it('whose whole is not the one announced begins anew', async () => {
    const { fileName, archive } = supply('036001', 3);
    const sha256 = createHash('sha256').update(archive).digest('hex');
    const invio = String((await announce(own!, fileName, archive, { sha256 })).body['invio']);
    await piece(own!, invio, archive, 0, archive.length - 1);
    truncateSync(join(folder, 'uploads', invio, fileName), 10);
    expect((await own!.post('/v1/supplies/uploads/complete', { ...SAID, invio })).status).toBe(400);
    expect(await ask(own!, '/v1/supplies/uploads/read', { invio })).toMatchObject({
      stato: 'in_arrivo',
      ricevuti: 0,
    });
    expect((await own!.post('/v1/supplies/uploads/abandon', { ...SAID, invio })).body).toMatchObject({
      stato: 'abbandonata',
    });
  });

  it('that a kill left half-loaded is loaded again; one that was recorded before the kill gets the receipt it had', async () => {
    const sound = supply('036001', 3);
    const invio = String((await announce(own!, sound.fileName, sound.archive)).body['invio']);
    await piece(own!, invio, sound.archive, 0, sound.archive.length - 1);
    await own!.post('/v1/supplies/uploads/complete', { ...SAID, invio });
    // The loader recorded it and was killed before it could say so.
    await test.db.query(`update intake.uploads set state = 'loading' where upload_id = $1`, [invio]);
    const path = join(folder, sound.fileName);
    writeFileSync(path, sound.archive);
    const reference = loadReference();
    const [result] = await loadSupplies(test.db, [path], {
      workFolder: join(folder, 'work'),
      now: offices.clock.now,
      reference,
    });
    const ricevuta = result !== undefined && 'receipt' in result ? result.receipt.ricevuta : null;
    await queue();
    expect(await ask(own!, '/v1/supplies/uploads/read', { invio })).toMatchObject({
      stato: 'registrata',
      ricevuta,
    });
    const { rows } = await test.db.query(`select from supplies where comune = '036001' and progressivo = 3`);
    expect(rows).toHaveLength(1);
  });

  it('larger than may be, of a name that is a path, or with more beside it than the door wants, is not begun', async () => {
    const bytes = Buffer.alloc(10);
    for (const [file, more] of [
      ['SIPOP_036001_000009_COMPLETA.zip', { dimensione: 5 * 1024 ** 3 }],
      ['../SIPOP_036001_000009_COMPLETA.zip', {}],
      ['altro.zip', {}],
      ['a.xml', { porta: 'ANPR' }],
      ['SIPOP_036001_000009_COMPLETA.zip', { mappatura: 'nessuna' }],
    ] as const)
      expect((await announce(own!, file, bytes, more)).status).toBe(400);
    const { fileName } = supply('036001', 9);
    const invio = String((await announce(own!, fileName, Buffer.alloc(20_000_000))).body['invio']);
    const long = await piece(own!, invio, Buffer.alloc(20_000_000), 0, 9_000_000);
    expect([400, 413]).toContain(long.status);
    await own!.post('/v1/supplies/uploads/abandon', { ...SAID, invio });
  });

  it('that nobody goes on with is taken away after a week', async () => {
    const { fileName, archive } = supply('036001', 9);
    const invio = String((await announce(own!, fileName, archive)).body['invio']);
    await piece(own!, invio, archive, 0, 99);
    const uploads = join(folder, 'uploads');
    const later = new Date(offices.clock.now().getTime() + 8 * DAY);
    expect(await abandonForgotten(test.db, new Date(later.getTime() - 7 * DAY), later)).toBe(1);
    await sweepUploads(test.db, uploads);
    expect(await ask(own!, '/v1/supplies/uploads/read', { invio })).toMatchObject({ stato: 'abbandonata' });
    expect(existsSync(join(folder, 'uploads', invio))).toBe(false);
  });
});

describe('a comune sees its own alone', () => {
  it('another’s upload, receipt and findings are as if not there, whatever number is given', async () => {
    const { fileName, archive } = supply('036002', 1);
    const invio = String((await announce(other!, fileName, archive)).body['invio']);
    for (const answer of [
      await piece(own!, invio, archive, 0, 99),
      await own!.post('/v1/supplies/uploads/read', { ...SAID, invio }),
      await own!.post('/v1/supplies/uploads/complete', { ...SAID, invio }),
      await own!.post('/v1/supplies/uploads/abandon', { ...SAID, invio }),
      await other!.post('/v1/supplies/outcome', { ...SAID, ricevuta: '2025/0000001' }),
      await other!.post('/v1/findings/list', { ...SAID, ricevuta: '2025/0000001' }),
    ])
      expect([answer.status, answer.body['code']]).toEqual([404, 'not-found']);
    expect(await ask(other!, '/v1/supplies/list', { comune: '036001' })).toMatchObject({ forniture: [] });
    expect(await ask(other!, '/v1/supplies/uploads/list', {})).toMatchObject({ invii: [{ invio }] });
    expect((await announce(own!, fileName, archive)).status).toBe(403);
  });

  it('a manifest that names another comune than the one announced is refused by the intake', async () => {
    const { archive } = supply('036001', 4);
    const state = await send(other!, { fileName: 'SIPOP_036002_000001_COMPLETA.zip', archive });
    const outcome = await ask(other!, '/v1/supplies/outcome', { ricevuta: state['ricevuta'] });
    expect(outcome).toMatchObject({ esito: 'RIFIUTATA', comune: '036002' });
  });
});

describe('findings', () => {
  it('in pages, by code with what to do, and as files', async () => {
    const refused = await ask(other!, '/v1/findings/summary', {});
    expect(refused).toMatchObject({
      numero: 2,
      per_codice: [
        { codice: 'SIP-002', gravita: 'B', aperte: 1, che_cosa: expect.stringContaining('Correggerlo') },
        { codice: 'SIP-004', gravita: 'B', aperte: 1 },
      ],
    });
    const page = await ask(other!, '/v1/findings/list', { limite: 1 });
    expect(page['segnalazioni']).toMatchObject([{ comune: '036002' }]);
    const next = await ask(other!, '/v1/findings/list', { limite: 1, seguito: page['seguito'] });
    expect((next['segnalazioni'] as object[]).length).toBe(1);
    const csv = await other!.post('/v1/findings/download', { ...SAID, formato: 'csv' });
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="segnalazioni.csv"');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(String(csv.body['text']).split('\r\n').length).toBe(4);
    const json = await other!.post('/v1/findings/download', { ...SAID, formato: 'json' });
    expect(json.body['segnalazioni']).toHaveLength(2);
    const leaf = await test.db.query<{ body: string }>(
      'select body::text as body from audit.leaves order by leaf_index desc limit 1',
    );
    expect(JSON.parse(leaf.rows[0]!.body)).toMatchObject({
      operation: 'findingsDownload',
      count: 2,
    });
  });

  it('a value that a spreadsheet would run leaves harmless', async () => {
    await test.db.query(`update findings set valore = '=HYPERLINK("http://x")' where comune = '036002'`);
    const csv = await other!.post('/v1/findings/download', { ...SAID, formato: 'csv' });
    expect(String(csv.body['text'])).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  it('name in the leaf whom they are about, and of somebody adopted since nothing that was written before', async () => {
    const { rows: people } = await test.db.query<{ entry_id: number; id_soggetto: string }>(
      `select entry_id, id_soggetto from register_numbers where comune = '036001' order by entry_id limit 2`,
    );
    const [adopted] = people;
    const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test owner', poolSize: 1 });
    try {
      for (const [n, { id_soggetto }] of people.entries())
        await owner.query(
          `insert into registry.findings (supply_id, n, comune, codice, gravita, id_soggetto, campo, valore, messaggio, messaggio_en)
           values ((select min(supply_id) from registry.supplies where comune = '036001'), $1, '036001', 'SIP-102', 'W', $2, 'cognome', $3, $3, $3)`,
          [900 + n, id_soggetto, `GALLI${n}`],
        );
      const shown = async () => {
        const list = await own!.post('/v1/findings/list', SAID);
        const csv = await own!.post('/v1/findings/download', { ...SAID, formato: 'csv' });
        const summary = await own!.post('/v1/findings/summary', SAID);
        return [list, csv, summary].map(({ body }) => JSON.stringify(body));
      };
      for (const text of (await shown()).slice(0, 2)) expect(text).toContain('GALLI0');
      await applyEvents(test.db, '036001', 4, [
        event('adozione', 'GENERALITA', '2025-02-01', {
          id_soggetto: adopted!.id_soggetto,
          motivo: 'ADOZIONE',
          columns: { cognome: 'MONTI' },
        }),
      ]);
      const after = await shown();
      for (const text of after) expect(text).not.toContain('GALLI0');
      for (const text of after.slice(0, 2)) expect(text).toContain('GALLI1');
      const { rows } = await owner.query<{ body: string }>(
        `select body::text as body from audit.leaves order by leaf_index desc limit 3`,
      );
      const told = rows.map(({ body }) => JSON.parse(body));
      expect(told.map((leaf) => [leaf.operation, leaf.subjects.length])).toEqual([
        ['findingsSummary', 1],
        ['findingsDownload', 2],
        ['findingsList', 2],
      ]);
    } finally {
      await owner.close();
    }
  });

  it('a clerk reads the findings of the own comune, and sends nothing', async () => {
    expect(await ask(clerk!, '/v1/findings/list', {})).toMatchObject({ segnalazioni: [] });
    expect((await announce(clerk!, 'SIPOP_036003_000001_COMPLETA.zip', Buffer.alloc(9))).status).toBe(403);
  });
});

describe('what an upload does to others', () => {
  /** Sent whole and complete, and not loaded yet. */
  async function queued(api: ApiClient, { fileName, archive }: ReturnType<typeof supply>): Promise<string> {
    const invio = String((await announce(api, fileName, archive)).body['invio']);
    await piece(api, invio, archive, 0, archive.length - 1);
    await api.post('/v1/supplies/uploads/complete', { ...SAID, invio });
    return invio;
  }
  const stateOf = async (api: ApiClient, invio: string) =>
    (await ask(api, '/v1/supplies/uploads/read', { invio }))['stato'];
  const abandon = (api: ApiClient, invio: string) =>
    api.post('/v1/supplies/uploads/abandon', { ...SAID, invio });

  it('one that ends the loader three times is given up with a reason, and the next is loaded', async () => {
    const deadly = await queued(own!, supply('036001', 5));
    const next = await queued(other!, supply('036002', 7));
    // The loader was killed in the midst of it, three times.
    for (let n = 0; n < 3; n++) await markLoading(test.db, deadly, offices.clock.now());
    await queue();
    expect(await ask(own!, '/v1/supplies/uploads/read', { invio: deadly })).toMatchObject({
      stato: 'non_riuscita',
      errore: { codice: 'check-died', it: expect.stringContaining('3 volte') },
    });
    expect(await stateOf(other!, next)).toBe('registrata');
    // Who sent it may have it tried again, from the beginning.
    await own!.post('/v1/supplies/uploads/complete', { ...SAID, invio: deadly });
    await queue();
    expect(await stateOf(own!, deadly)).toBe('registrata');
  });

  it('one that is not to be gone on with says so in Italian, and what to do', async () => {
    const { fileName, archive } = supply('036001', 6);
    const invio = await queued(own!, { fileName, archive });
    const sentence = async () => JSON.stringify((await piece(own!, invio, archive, 0, 9)).body);
    expect(await sentence()).toContain('in coda: attendere');
    await markLoading(test.db, invio, offices.clock.now());
    expect(JSON.stringify((await abandon(own!, invio)).body)).toContain('in caricamento: attendere l’esito');
    await markFailed(test.db, invio, { code: 'check-died', it: 'x', en: 'x' }, offices.clock.now());
    expect(await sentence()).toContain('non è riuscito: chiedere di nuovo il caricamento, o abbandonarlo');
    expect((await abandon(own!, invio)).body).toMatchObject({ stato: 'abbandonata' });
    expect(existsSync(join(folder, 'uploads', invio))).toBe(false);
    expect(await sentence()).toContain('abbandonato: cominciarne un altro');
  });

  it('failed ones count among those that a body may hold, and announcements at one moment do not pass the bound', async () => {
    const { fileName } = supply('036002', 8);
    const small = Buffer.alloc(9);
    const open = async () => {
      const { rows } = await test.db.query<{ upload_id: string }>(
        `select upload_id from intake.uploads where file_name = $1 and state in ('receiving', 'failed')`,
        [fileName],
      );
      return rows.map((row) => row.upload_id);
    };
    await Promise.all(Array.from({ length: 24 }, () => announce(other!, fileName, small)));
    const all = await open();
    const before = await test.db.query<{ n: number }>(
      `select count(*)::integer as n from intake.uploads u
        where state in ('receiving', 'queued', 'loading', 'failed')
          and body_id = (select body_id from intake.uploads where upload_id = $1)`,
      [all[0]],
    );
    expect(before.rows[0]!.n).toBe(20);
    for (const invio of all)
      await markFailed(test.db, invio, { code: 'check-died', it: 'x', en: 'x' }, offices.clock.now());
    expect((await announce(other!, fileName, small)).status).toBe(409);
    for (const invio of all) await abandon(other!, invio);
    const again = String((await announce(other!, fileName, small)).body['invio']);
    expect((await abandon(other!, again)).status).toBe(200);
  });

  it('one that is complete again while the forgotten are swept is not among them', async () => {
    const invio = await queued(own!, supply('036001', 5));
    await markFailed(test.db, invio, { code: 'check-died', it: 'x', en: 'x' }, offices.clock.now());
    const later = new Date(offices.clock.now().getTime() + 8 * DAY);
    const swept = await test.db.transaction(async (client) => {
      await queueUpload(client, invio, false, later);
      const sweeping = abandonForgotten(test.db, later, later);
      // It waits for the row, and looks at its state anew.
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { sweeping };
    });
    await swept.sweeping;
    expect(await stateOf(own!, invio)).toBe('in_coda');
    await abandon(own!, invio);
  });
});
