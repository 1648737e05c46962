/** Sessions over HTTP (security.md, 13 to 17): what each control gives and what it takes away, by the very requests that a browser or a thief would make. */
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SESSION_COOKIE } from '../../src/access/guard/cookies.ts';
import type { ApiClient } from '../support/api.ts';
import { type KeyServer, keyServer } from '../support/key-server.ts';
import { type Office, PASSWORD } from '../support/offices.ts';

const MINUTE = 60_000;
/** Of nobody: who may ask hears that nobody is there, who may not hears no. */
const ASK = { scopo: 'pubblica-sicurezza', pratica: '1', persona: 'RSSMRA70A01F257X' };
let server: KeyServer;
let behind: KeyServer;
let office: Office;
let api: ApiClient;
beforeAll(async () => {
  server = await keyServer();
  behind = await keyServer({ options: { proxies: ['127.0.0.1'] } });
});
afterAll(() => Promise.all([server.stop(), behind.stop()]));
beforeEach(async () => {
  office = await server.offices.open('police', 'polizia');
  api = await server.signedIn(office);
});

const read = async (by: ApiClient): Promise<number> => (await by.post('/v1/sessions/read', {})).status;

it('control 13: the last access, day, hour and address, is told at the next', async () => {
  const police = await behind.offices.open('police', 'polizia');
  const from = (address: string) =>
    behind.client().signIn(behind.offices, police, { 'x-forwarded-for': address });
  await from('10.1.2.3');
  const at = behind.offices.clock.now().toISOString();
  const { ultimo_accesso } = (await from('10.9.9.9')).body as {
    ultimo_accesso: { quando: string; da: string };
  };
  expect(ultimo_accesso.da).toBe('10.1.2.3');
  expect(new Date(ultimo_accesso.quando).toISOString()).toBe(at);
});

it('control 14: one session a user, whatever key opens it', async () => {
  const second = await server.signedIn(office);
  expect([await read(api), await read(second)]).toEqual([401, 200]);
});

describe('control 15', () => {
  it('a quarter of an hour without a request ends it', async () => {
    server.offices.clock.pass(15 * MINUTE - 1000);
    expect(await read(api)).toBe(200);
    server.offices.clock.pass(15 * MINUTE);
    expect(await read(api)).toBe(401);
  });

  it('eight hours end it, whatever is done', async () => {
    for (let i = 0; i < 47; i++) {
      server.offices.clock.pass(10 * MINUTE);
      expect(await read(api)).toBe(200);
    }
    server.offices.clock.pass(10 * MINUTE);
    expect(await read(api)).toBe(401);
  });

  it('signing out ends it on the server: the cookie kept aside is worth nothing', async () => {
    const kept = api.copy();
    await api.post('/v1/sessions/close', {});
    expect(await read(kept)).toBe(401);
  });
});

describe('control 16', () => {
  it('from outside the agreed network nothing is answered, from inside it is', async () => {
    const police = await behind.offices.open('police', 'polizia', { network: ['10.20.0.0/16'] });
    const inside = behind.client();
    await inside.signIn(behind.offices, police, { 'x-forwarded-for': '10.20.1.1' });
    const asked = async (address: string) =>
      (await inside.post('/v1/persons/read', ASK, { 'x-forwarded-for': address })).status;
    expect([await asked('10.20.1.1'), await asked('10.21.1.1')]).toEqual([404, 403]);
  });

  it('where the agreement asks for a certificate, a session by password sees nothing', async () => {
    const police = await server.offices.open('police', 'polizia', { certificate: true });
    const by = await server.signedIn(police);
    expect((await by.post('/v1/persons/read', ASK)).status).toBe(403);
    expect((await api.post('/v1/persons/read', ASK)).status).toBe(404);
  });
});

describe('control 17', () => {
  it('CSRF: the cookie without the word of the page is nobody', async () => {
    expect(await read(api.forged())).toBe(401);
    expect((await api.forged().post('/v1/sessions/close', {})).status).toBe(401);
    expect(await read(api)).toBe(200);
  });

  it('CSRF: what a form of another page can send is not taken', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const answer = await fetch(`${server.http.base}/v1/sessions/open`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify({ utente: office.user.user_id, password: PASSWORD }),
      });
      expect([400, 415]).toContain(answer.status);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it('no other site may read an answer, nor ask in advance whether it may', async () => {
    const origin = 'https://evil.example';
    const preflight = await fetch(`${server.http.base}/v1/sessions/open`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    const asked = await api.post('/v1/sessions/read', {}, { origin });
    for (const { headers } of [preflight, asked])
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('the cookie: of this host alone, over TLS alone, out of reach of scripts and of other sites', async () => {
    server.offices.clock.pass(30_000);
    const answer = await server.client().post('/v1/sessions/open', {
      utente: office.user.user_id,
      password: PASSWORD,
      codice: server.offices.code(office.secret ?? ''),
    });
    const attributes = (answer.headers.get('set-cookie') ?? '').split('; ').slice(1);
    expect(attributes.map((word) => word.toLowerCase()).sort()).toEqual([
      'httponly',
      'path=/',
      'samesite=strict',
      'secure',
    ]);
    expect(SESSION_COOKIE).toMatch(/^__Host-/);
  });
});

describe('session fixation', () => {
  it('a word that somebody planted is not taken up: signing in gives another, and the planted one opens nothing', async () => {
    const planted = `${SESSION_COOKIE}=${'A'.repeat(43)}`;
    const victim = server.client();
    const opened = await victim.signIn(server.offices, office, { cookie: planted });
    expect(opened.headers.get('set-cookie')).toMatch(new RegExp(`^${SESSION_COOKIE}=[\\w-]{43};`));
    expect(opened.headers.get('set-cookie')).not.toContain(planted);
    const attacker = await server
      .client()
      .post('/v1/sessions/read', {}, { cookie: planted, 'x-csrf-token': String(opened.body['csrf']) });
    expect(attacker.status).toBe(401);
  });

  it('the attacker’s own session, planted, does not become the victim’s', async () => {
    const attacker = await server.signedIn(await server.offices.open('police', 'polizia'));
    const victim = server.client();
    await victim.signIn(server.offices, office, { cookie: attacker.cookie });
    expect((await attacker.post('/v1/sessions/read', {})).body['utente']).not.toBe(office.user.user_id);
    expect((await victim.post('/v1/sessions/read', {})).body['utente']).toBe(office.user.user_id);
  });

  it('a planted cookie before the caller’s own makes nobody of the caller, and never somebody else', async () => {
    const head = `POST /v1/sessions/read HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n`;
    const text = await new Promise<string>((resolve, reject) => {
      let told = '';
      const socket = connect(server.http.port, '127.0.0.1', () =>
        socket.write(`${head}Cookie: ${SESSION_COOKIE}=${'A'.repeat(43)}; ${api.cookie}\r\n\r\n{}`),
      );
      socket.on('data', (data) => (told += data));
      socket.on('end', () => resolve(told));
      socket.on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
  });
});
