/**
 * Files of declarations (services.md, Verification): in the background, partial results at once, going on after a kill, cancelled by their owner, nothing
 * of them to anybody else; each subject in the audit; one receipt.
 */

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAgreement } from '../../src/access/accounts/bodies.service.ts';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { batchRights } from '../../src/services/verification/batches/batch-rights.ts';
import { CHUNK_ROWS } from '../../src/services/verification/batches/batches.service.ts';
import { claimChunk } from '../../src/services/verification/batches/batches.sql.ts';
import { TEMPLATE } from '../../src/services/verification/batches/columns.ts';
import { comuneOf } from '../../src/services/verification/batches/row.ts';
import {
  type BatchContext,
  runBatches,
  runOneChunk,
} from '../../src/services/verification/batches/run-batches.service.ts';
import { checkReceipt } from '../../src/services/verification/receipts/receipt.ts';
import { ApiClient } from '../support/api.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, type Office, Offices } from '../support/offices.ts';
import { Story } from '../support/story.ts';

const MARIO = 'RSSMRA70A01F257E';
const UGO = 'GLLGUO78C03F257W';
const A = '036001';
const ASKED = { scopo: 'autocertificazioni', pratica: '2025/17' };
const AL = '2025-01-20';

let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let school: Office;
let api: ApiClient;
let folder: string;
let work: BatchContext;
const running = new AbortController();
beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  await story.begin(`
    id  nome         sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO  M      1970-01-01  F1/1      1      ${MARIO}
  `);
  await story.begin(
    `
    id  nome       sesso  nascita     famiglia  stato  cf
    S1  GALLI UGO  M      1978-03-03  F1/1      1      ${UGO}
  `,
    'B',
  );
  folder = mkdtempSync(join(tmpdir(), 'sipop-batches-'));
  offices = new Offices(test.db, new Clock('2025-03-02T09:00:00Z'));
  await offices.begin();
  const { db, now } = offices.access;
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  const serving = await offices.serving(audit, folder);
  const { keys } = serving.receipts;
  work = {
    db,
    audit,
    now,
    keys,
    rightsOf: (batch) => batchRights(db, batch, now),
    comune: comuneOf(loadReference()),
  };
  http = await testServer(httpRoutes(serving));
  school = await offices.open('school', 'scuola', { comuni: [A] });
  api = new ApiClient(http.base);
  await api.signIn(offices, school);
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const open = async (csv: string, by = api) =>
  by.post('/v1/verification-batches/open', { ...ASKED, al: AL, csv });
async function opened(csv: string): Promise<string> {
  const { status, body } = await open(csv);
  expect([status, body['stato']]).toEqual([200, 'in_coda']);
  return String(body['lotto']);
}
const read = async (lotto: string) =>
  (await api.post('/v1/verification-batches/read', { ...ASKED, lotto })).body;
async function results(lotto: string, more: object = {}) {
  const { headers, body } = await api.post('/v1/verification-batches/results', { ...ASKED, lotto, ...more });
  return { text: String(body['text']), headers };
}
const answer = (batch: string | null = null) => runBatches(work, running.signal, batch);
const lines = (text: string) => text.trimEnd().split('\r\n');

describe('a file of declarations', () => {
  it('each row comes back as it was sent, with its outcome, and what is wrong by line and column', async () => {
    const lotto = await opened(
      [
        'riferimento;codice_fiscale;cognome;nome;data_nascita;oggetto;comune;dal',
        `uno;${MARIO};;;;residenza;${A};`,
        `due;;Rossi;Mario;1970;residenza;Modena;`,
        `tre;${MARIO};;;;residenza;Modenna;`,
        `quattro;${MARIO};;;;residenza;${A};2010-02-30`,
        `cinque;${MARIO};;;;resid;${A};`,
        `sei;${MARIO};;;;residenza;;`,
        `=sette;${MARIO};;;;esistenza_in_vita;;`,
        `otto;ABC;;;;esistenza_in_vita;;`,
        `nove;${MARIO};;;;esistenza_in_vita;;;in più`,
        `dieci;NSSMAI60M08F257A;;;;esistenza_in_vita;;`,
      ].join('\n'),
    );
    await answer(lotto);
    const { text, headers } = await results(lotto);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('x-prossimo-blocco')).toBeNull();
    const [header, ...rows] = lines(text);
    expect(header).toBe(
      'riferimento;codice_fiscale;cognome;nome;data_nascita;oggetto;comune;dal;riga;esito;motivi;errore',
    );
    const told = rows.map((row) => row.split(';').slice(8).join(';'));
    expect(told[0]).toBe('2;S;;');
    expect(told[1]).toMatch(/^3;N;comune di residenza: non concorda \(.*\);$/);
    expect(told[2]).toMatch(
      /^4;;;"?riga 4, colonna «comune»: nessun comune di questo nome: scrivere il nome intero di oggi/,
    );
    expect(told[3]).toMatch(/^5;;;"?riga 5, colonna «dal»: atteso: AAAA-MM-GG, AAAA-MM o AAAA/);
    expect(told[4]).toMatch(/^6;;;"?riga 6, colonna «oggetto»: non è tra gli oggetti previsti/);
    expect(told[5]).toMatch(/^7;;;"?riga 7, colonna «comune»: manca, ed è necessario per «residenza»/);
    expect(told[6]).toBe('8;S;;');
    expect(told[7]).toMatch(/^9;;;"?riga 9, colonna «codice_fiscale»: atteso: codice fiscale/);
    expect(told[8]).toMatch(/^10;;;"?riga 10: 9 valori per 8 colonne/);
    expect(told[9]).toMatch(/^11;A;persona: non determinabile/);
    expect(rows[6]).toMatch(/^'=sette;/);
    expect(await read(lotto)).toMatchObject({
      stato: 'finito',
      righe: 10,
      fatte: 10,
      esiti: { S: 2, N: 1, A: 1, errori: 6 },
    });
  });

  it('the template of the manual is a file that is taken', async () => {
    const cells = TEMPLATE.split(';').map((c) =>
      c === 'codice_fiscale' ? MARIO : c === 'oggetto' ? 'esistenza_in_vita' : '',
    );
    const lotto = await opened(`\ufeff${TEMPLATE}\r\n${cells.join(';')}\r\n`);
    await answer(lotto);
    expect(await read(lotto)).toMatchObject({ stato: 'finito', esiti: { S: 1 } });
  });

  it.each([
    [
      'a column that is not of the template',
      'codice_fiscale;ogetto\nX;Y',
      '«ogetto» non è una colonna prevista; forse «oggetto»',
    ],
    ['a column twice', 'codice_fiscale;oggetto;oggetto\nX;Y;Z', '«oggetto» c’è due volte'],
    ['no matter', 'codice_fiscale;comune\nX;Y', 'manca la colonna «oggetto»'],
    ['nobody', 'oggetto;comune\nX;Y', 'servono «codice_fiscale», oppure «cognome» e «nome»'],
    ['no rows', 'codice_fiscale;oggetto\n', 'il file non ha righe'],
    ['nothing', '\n', 'il file non ha righe'],
  ])('refused whole: %s', async (_name, csv, why) => {
    const { status, body } = await open(csv);
    expect(status).toBe(400);
    expect(body['detail']).toContain(why);
  });

  it('a quote that never closes spoils its own row and no other file', async () => {
    const lotto = await opened(
      `codice_fiscale,oggetto\n${MARIO},esistenza_in_vita\n"${MARIO},esistenza_in_vita\n`,
    );
    await answer(lotto);
    const { text } = await results(lotto);
    expect(lines(text)[1]).toContain(';2;S;');
    expect(lines(text)[2]).toContain('le virgolette non si chiudono');
    expect(await read(lotto)).toMatchObject({ esiti: { S: 1, errori: 1 } });
  });
});

const many = (rows: number) => `codice_fiscale;oggetto\n${`${MARIO};esistenza_in_vita\n`.repeat(rows)}`;

describe('in the background', () => {
  it('partial results at once, and the rest from where they ended', async () => {
    const lotto = await opened(many(CHUNK_ROWS * 2 + 10));
    expect((await results(lotto)).headers.get('x-prossimo-blocco')).toBe('0');
    await runOneChunk(work, lotto);
    const first = await results(lotto);
    expect(lines(first.text)).toHaveLength(CHUNK_ROWS + 1);
    expect(first.headers.get('x-prossimo-blocco')).toBe('1');
    expect(await read(lotto)).toMatchObject({ stato: 'in_corso', fatte: CHUNK_ROWS });
    await answer(lotto);
    const rest = await results(lotto, { da_blocco: 1 });
    expect(lines(rest.text)).toHaveLength(CHUNK_ROWS + 10);
    expect(rest.headers.get('x-prossimo-blocco')).toBeNull();
    expect((await results(lotto)).text).toBe(first.text + rest.text);
  });

  it('a chunk whose process was killed is taken again when its lease is over, and every row is answered once', async () => {
    const lotto = await opened(many(CHUNK_ROWS + 5));
    const now = work.now();
    await claimChunk(work.db, lotto, now, new Date(now.getTime() + 60_000));
    await answer(lotto);
    expect(await read(lotto)).toMatchObject({ stato: 'in_corso', fatte: 5 });
    expect(lines((await results(lotto)).text)).toHaveLength(1);
    offices.clock.pass(61_000);
    await answer(lotto);
    expect(await read(lotto)).toMatchObject({ stato: 'finito', fatte: CHUNK_ROWS + 5 });
    const numbers = lines((await results(lotto)).text)
      .slice(1)
      .map((row) => Number(row.split(';')[2]));
    expect(numbers).toEqual(Array.from({ length: CHUNK_ROWS + 5 }, (_, i) => i + 2));
  });

  it('two workers at once answer each row once', async () => {
    const lotto = await opened(many(CHUNK_ROWS * 4));
    await Promise.all([answer(lotto), answer(lotto), answer(lotto)]);
    expect(await read(lotto)).toMatchObject({ stato: 'finito', esiti: { S: CHUNK_ROWS * 4 } });
  });

  it('a small file is not kept waiting by a large one', async () => {
    await opened(many(CHUNK_ROWS * 3));
    const small = await opened(many(3));
    await runOneChunk(work);
    await runOneChunk(work);
    expect(await read(small)).toMatchObject({ stato: 'finito' });
    await answer();
  });

  it('its owner cancels it: what was answered stays, what waited is gone', async () => {
    const lotto = await opened(many(CHUNK_ROWS * 2));
    await runOneChunk(work, lotto);
    const { body } = await api.post('/v1/verification-batches/cancel', { ...ASKED, lotto });
    expect(body).toMatchObject({ stato: 'annullato', fatte: CHUNK_ROWS, ricevuta: null });
    await answer(lotto);
    const { text, headers } = await results(lotto);
    expect(lines(text)).toHaveLength(CHUNK_ROWS + 1);
    expect(headers.get('x-prossimo-blocco')).toBeNull();
  });

  it('control 4: the end of the agreement stops it, before the next chunk', async () => {
    const other = await offices.open('school', 'scuola', { comuni: [A] });
    const theirs = new ApiClient(http.base);
    await theirs.signIn(offices, other);
    const { body } = await open(many(CHUNK_ROWS * 2), theirs);
    const lotto = String(body['lotto']);
    await runOneChunk(work, lotto);
    await endAgreement(offices.access, other.agreementId, day('2025-03-02'));
    await answer(lotto);
    const { rows } = await test.db.query<{ stopped: string; done: number }>(
      'select stopped, (select count(*)::int from verification.chunks c where c.batch_id = b.batch_id and output is not null) as done from verification.batches b where batch_id = $1',
      [lotto],
    );
    expect(rows[0]).toEqual({ stopped: 'forbidden', done: 1 });
  });

  it('what was sent is dropped once it is answered, and everything after 30 days', async () => {
    const lotto = await opened(many(3));
    await answer(lotto);
    const { rows } = await test.db.query<{ input: string | null }>(
      'select input from verification.chunks where batch_id = $1',
      [lotto],
    );
    expect(rows).toEqual([{ input: null }]);
    const { tidyBatches } = await import('../../src/services/verification/batches/run-batches.service.ts');
    await tidyBatches({ ...work, now: () => new Date(work.now().getTime() + 31 * 86_400_000) });
    const left = await test.db.query('select from verification.batches where batch_id = $1', [lotto]);
    expect(left.rows).toEqual([]);
  });
});

describe('what others learn of a batch', () => {
  it('somebody else’s batch is none: not read, not listed, not cancelled', async () => {
    const lotto = await opened(many(2));
    const clerk = new ApiClient(http.base);
    await clerk.signIn(offices, await offices.open('school', 'scuola', { comuni: [A] }));
    for (const path of ['read', 'cancel', 'results'])
      expect((await clerk.post(`/v1/verification-batches/${path}`, { ...ASKED, lotto })).status).toBe(404);
    expect((await clerk.post('/v1/verification-batches/list', ASKED)).body).toEqual({ lotti: [] });
    expect(JSON.stringify((await api.post('/v1/verification-batches/list', ASKED)).body)).toContain(lotto);
    await answer(lotto);
    expect(await read(lotto)).toMatchObject({ stato: 'finito' });
  });

  it('who is outside the territory is nobody, as one by one', async () => {
    const lotto = await opened(
      `codice_fiscale;oggetto\n${UGO};esistenza_in_vita\nNSSMAI60M08F257A;esistenza_in_vita\n`,
    );
    await answer(lotto);
    const [outside, nobody] = lines((await results(lotto)).text)
      .slice(1)
      .map((row) => row.split(';').slice(3).join(';'));
    expect(outside).toBe(nobody);
    expect(outside).toMatch(/^A;/);
  });
});

describe('audit and receipt', () => {
  it('control 25: every person answered stands in a leaf, with the purpose and the file', async () => {
    const count = async () =>
      (
        await test.db.query<{ body: string }>(
          "select body::text as body from audit.leaves where body->>'operation' = 'verifyBatch' order by leaf_index",
        )
      ).rows.map(({ body }) => JSON.parse(body));
    const before = (await count()).length;
    const lotto = await opened(
      `codice_fiscale;oggetto\n${MARIO};esistenza_in_vita\n${UGO};esistenza_in_vita\n`,
    );
    await answer(lotto);
    const [sent, answered] = (await count()).slice(before);
    expect(sent).toMatchObject({ kind: 'verified', count: 2, subjects: [], purpose: 'autocertificazioni' });
    expect(answered).toMatchObject({
      kind: 'verified',
      count: 2,
      file: '2025/17',
      user: school.user.user_id,
    });
    expect(answered.subjects).toHaveLength(1);
  });

  it('one receipt, of the counts, whose declaration is the digests of the two files', async () => {
    const csv = `codice_fiscale;oggetto\n${MARIO};esistenza_in_vita\n`;
    const lotto = await opened(csv);
    await answer(lotto);
    const { ricevuta, dichiarato } = await read(lotto);
    const checked = await checkReceipt(`${ricevuta}~${dichiarato}~`, work.keys.published);
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(checked).toMatchObject({
      kind: 'good',
      receipt: { tipo: 'lotto', esiti: { S: 1, N: 0, A: 0, errori: 0 }, pratica: '2025/17' },
      declared: {
        lotto,
        inviato_sha256: sha256(csv),
        esiti_sha256: sha256((await results(lotto)).text),
      },
    });
  });
});
