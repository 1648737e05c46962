/**
 * A hostile run (issue 5): everything that a caller can send, put wherever something is expected, for every operation of the table. Nothing falls, nothing is told,
 * nothing is changed. SIPOP_PROPERTY_RUNS tries so many times as many of them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { verifyStored } from '../../src/access/audit/verify.service.ts';
import { httpRoutes, OPERATIONS } from '../../src/entry/http.ts';
import { computeCodiceFiscale } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import {
  BROKEN_BODIES,
  HOSTILE_HEADERS,
  hostileBodies,
  SMUGGLED,
} from '../../tools/fuzz/hostile-requests.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, type Office, Offices, PASSWORD } from '../support/offices.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { Story } from '../support/story.ts';

const code = (cognome: string, nome: string): string =>
  computeCodiceFiscale({ cognome, nome, sesso: 'M', data_nascita: day('1970-01-01'), luogo: 'F257' });
const MARIO = code('ROSSI', 'MARIO');
const UGO = code('GALLI', 'UGO');
const NOBODY = code('NESSUNO', 'MAI');
const A = '036001';
/** Of each operation. */
const BODIES = 12 * propertyRuns.numRuns;

let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
const keys = () => makeAuditKeys(join(folder, 'keys.json'));

interface Session {
  readonly cookie: string;
  readonly 'x-csrf-token': string;
}
async function signedIn(office: Office, headers: Readonly<Record<string, string>> = {}): Promise<Session> {
  offices.clock.pass(30_000);
  const answer = await fetch(`${http.base}/v1/sessions/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      utente: office.user.user_id,
      password: PASSWORD,
      ...(office.secret === null ? {} : { codice: offices.code(office.secret) }),
    }),
  });
  expect(answer.status).toBe(200);
  const { csrf } = (await answer.json()) as { csrf: string };
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', 'x-csrf-token': csrf };
}

let police: Session;
let clerk: Session;
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
    S1  GALLI UGO  M      1970-01-01  F1/1      1      ${UGO}
  `,
    'B',
  );
  folder = mkdtempSync(join(tmpdir(), 'sipop-hostile-'));
  offices = new Offices(test.db, new Clock('2025-03-02T09:00:00Z'));
  await offices.begin();
  http = await testServer(httpRoutes(await offices.serving(new AuditLog(test.db, keys()), folder)));
  police = await signedIn(await offices.open('police', 'polizia'));
  clerk = await signedIn(await offices.open('comuneClerk', 'comune', { comune: A }));
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

interface Got {
  readonly status: number;
  readonly text: string;
}
async function send(path: string, method: string, headers: object, body?: string): Promise<Got> {
  const answer = await fetch(`${http.base}${path}`, {
    method,
    headers: headers as Record<string, string>,
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Refused or answered, never fallen; and a refusal tells neither a person nor the machine. */
function expectHarmless({ status, text }: Got, what: string): void {
  expect(status, what).toBeLessThan(500);
  if (status === 200) return;
  expect(text, what).toContain('correlation_id');
  expect(text, what).not.toMatch(
    /ROSSI|RSSMRA|GALLI|GLLGUO|node_modules|\.ts:\d|syntax error|relation "|registry\./,
  );
}

/** Every table of register and rights, as a digest; what trying leaves behind of itself set aside. */
async function state(): Promise<Record<string, string>> {
  const { rows: tables } = await test.db.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables
      where schemaname in ('registry', 'access') and has_table_privilege(schemaname || '.' || tablename, 'select')
        and tablename not in ('sign_in_failures', 'sessions', 'last_uses', 'epoch', 'pending_steps', 'recoveries', 'quota_uses') order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await test.db.query<{ d: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as d from ${name} t`,
    );
    digests[name] = rows[0]?.d ?? '';
  }
  return digests;
}

const json = { 'content-type': 'application/json' };
/** Operations on one's own session run without one: they would end it. */
const sessionOf = (tag: string): object => (tag === 'sessions' ? {} : police);

describe('sessions are not taken over', () => {
  it('a word set beforehand is not the word of the session that begins (fixation)', async () => {
    const fixed = `__Host-sipop=${'A'.repeat(43)}`;
    const own = await signedIn(await offices.open('police', 'polizia'), { cookie: fixed });
    expect(own.cookie).not.toBe(fixed);
    const got = await send('/v1/sessions/read', 'POST', { ...json, ...own, cookie: fixed }, '{}');
    expect(got.status).toBe(401);
  });

  it('a word is worth nothing once the session is over (replay)', async () => {
    const own = await signedIn(await offices.open('police', 'polizia'));
    const headers = { ...json, ...own };
    expect((await send('/v1/sessions/close', 'POST', headers, '{}')).status).toBe(200);
    expect((await send('/v1/sessions/read', 'POST', headers, '{}')).status).toBe(401);
  });
});

describe('nothing gives, nothing falls, nothing is changed', () => {
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await state();
  });

  const asking = OPERATIONS.filter(({ body, bytes }) => body !== undefined && bytes === undefined);
  it.each(asking)('hostile values everywhere: $id', async ({ path, method, tag, example }) => {
    const all = [...hostileBodies(example.body)];
    const step = Math.max(1, Math.floor(all.length / BODIES));
    for (let i = path.length % step; i < all.length; i += step) {
      const body = JSON.stringify(all[i]);
      expectHarmless(await send(path, method, { ...json, ...sessionOf(tag) }, body), body.slice(0, 200));
    }
  });

  it.each(OPERATIONS)(
    'bodies that are broken, and headers that lie: $id',
    async ({ path, method, tag, example }) => {
      const body = method === 'GET' ? undefined : JSON.stringify(example.body ?? {});
      for (const [text, type] of method === 'GET' ? [] : BROKEN_BODIES) {
        const got = await send(path, method, { ...sessionOf(tag), 'content-type': type }, text);
        expectHarmless(got, `${type} ${text.slice(0, 60)}`);
      }
      for (const headers of HOSTILE_HEADERS) {
        const { expect: _, host: __, ...sendable } = headers;
        expectHarmless(
          await send(path, method, { ...json, ...sessionOf(tag), ...sendable }, body),
          JSON.stringify(headers).slice(0, 100),
        );
      }
    },
  );

  it('bytes that servers have read differently: refused, or read as one request', async () => {
    for (const bytes of SMUGGLED) {
      const text = await new Promise<string>((resolve) => {
        const socket = connect(http.port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
        let heard = '';
        socket.on('data', (data) => {
          heard += data;
        });
        socket.on('close', () => resolve(heard));
        socket.on('error', () => resolve(heard));
        setTimeout(() => socket.destroy(), 300);
      });
      expect(text, bytes.slice(0, 60)).not.toMatch(/HTTP\/1\.1 5\d\d/);
      if (/Transfer-Encoding|Content-Length: 2\r/.test(bytes)) expect(text).not.toMatch(/HTTP\/1\.1 200/);
    }
  });

  it('callers who never end their request are hung up on, and meanwhile everybody else is served', async () => {
    expect(http.server.app.server.requestTimeout).toBeLessThanOrEqual(30_000);
    const slow = Array.from({ length: 200 }, () => {
      const socket = connect(http.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write('POST /v1/persons/read HTTP/1.1\r\nHost: a\r\nContent-Le');
      return socket;
    });
    expect((await send('/status', 'GET', {})).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });

  it('afterwards the server serves, the register and the rights are what they were, the audit is whole, and the log knows nobody', async () => {
    const asked = { scopo: 'pubblica-sicurezza', pratica: '1', persona: MARIO, al: '2025-03-01' };
    const got = await send('/v1/persons/read', 'POST', { ...json, ...police }, JSON.stringify(asked));
    expect([got.status, got.text.includes('ROSSI')]).toEqual([200, true]);
    expect(await state()).toEqual(before);
    expect((await verifyStored(test.db, keys().sealers, [])).faults).toEqual([]);
    expect(http.log.join('')).not.toMatch(/RSSMRA|ROSSI|drop table|etc\/passwd/);
    expect(process.memoryUsage().heapUsed).toBeLessThan(600 * 2 ** 20);
  });
});

describe('persons and users are not guessed', () => {
  const ask = async (persona: string): Promise<Got & { ms: number }> => {
    const body = JSON.stringify({ scopo: 'anagrafe', pratica: '1', al: '2025-03-01', persona });
    const from = performance.now();
    const got = await send('/v1/persons/read', 'POST', { ...json, ...clerk }, body);
    return { ...got, ms: performance.now() - from };
  };

  it('who lives elsewhere and who is nobody: the same answer, in the same time', async () => {
    const times: Record<string, number[]> = { [UGO]: [], [NOBODY]: [] };
    const told = new Set<string>();
    for (let i = 0; i < 40; i++)
      for (const persona of i % 2 === 0 ? [UGO, NOBODY] : [NOBODY, UGO]) {
        const { status, text, ms } = await ask(persona);
        times[persona]?.push(ms);
        told.add(`${status} ${text.replace(/"correlation_id":"[^"]*"/, '')}`);
      }
    expect([...told]).toHaveLength(1);
    const median = (list: readonly number[] = []): number =>
      list.toSorted((a, b) => a - b)[list.length / 2] ?? 0;
    expect(Math.abs(median(times[UGO]) - median(times[NOBODY]))).toBeLessThan(4);
    // What the work took, a few milliseconds more or less, is not to be seen in when the answer leaves.
    expect(Math.min(...Object.values(times).flat())).toBeGreaterThanOrEqual(20);
  });

  it('numbers in a row tell no more than that', async () => {
    const told = new Set<string>();
    for (let n = 1; n <= 30; n++) {
      const { status, text } = await ask(`P${n}`);
      if (status !== 200) told.add(`${status} ${text.replace(/"correlation_id":"[^"]*"/, '')}`);
    }
    expect([...told]).toHaveLength(1);
  });
});

it('a flood gets 429 with Retry-After, whoever else asks is answered', async () => {
  const flooded = await testServer(httpRoutes(await offices.serving(new AuditLog(test.db, keys()), folder)), {
    requestsPerMinute: 20,
    proxies: ['127.0.0.1'],
  });
  try {
    const from = (address: string) =>
      fetch(`${flooded.base}/status`, { headers: { 'x-forwarded-for': address } });
    const answers = await Promise.all(Array.from({ length: 300 }, () => from('10.0.0.9')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBe(280);
    expect(refused.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
    expect((await from('10.0.0.10')).status).toBe(200);
  } finally {
    await flooded.stop();
  }
});
