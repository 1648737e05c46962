/**
 * Client certificates over HTTP (security.md, "Keys", 16, 17, 42): by mutual TLS of our own, by a proxy that tells them; what a stolen cookie, a forged header or an old
 * protocol gets.
 */
import { request } from 'node:https';
import tls, { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNow } from '../../src/access/accounts/history.sql.ts';
import { USERS, type UserRow } from '../../src/access/accounts/tables.ts';
import { inviteUser } from '../../src/access/accounts/users.service.ts';
import { type CertificateAuthorities, readAuthorities } from '../../src/access/keys/certificates.ts';
import { bindKey } from '../../src/access/sessions/users-keys.service.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import { Authority, FOR_SERVERS, type Issued } from '../support/authority.ts';
import { testServer } from '../support/http.ts';
import { type KeyServer, keyServer } from '../support/key-server.ts';
import type { Office } from '../support/offices.ts';

const NOW = new Date('2026-03-02T09:00:00Z');
const PATH = '/v1/sessions/open-by-certificate';
const SECRET = 'un segreto del proxy';
const CODE = 'BNCNNA80A41F257Y';

let cards: Authority;
let sites: Authority;
let site: Issued;
let known: CertificateAuthorities;
let direct: KeyServer;
let behind: KeyServer;
beforeAll(async () => {
  cards = await Authority.create('CN=Carte, C=IT', NOW);
  // TLS goes by the clock of the machine.
  sites = await Authority.create('CN=Siti, C=IT', new Date());
  site = await sites.issue('CN=localhost', new Date(), { uses: [FOR_SERVERS] });
  known = await readAuthorities(cards.pem, [await cards.list(NOW, [])]);
  const sessions = { certificates: async () => known };
  direct = await keyServer({
    sessions,
    options: { tls: { cert: site.cert, key: site.key, clientAuthorities: cards.pem } },
  });
  behind = await keyServer({
    sessions,
    options: { certificateProxy: { addresses: ['127.0.0.1'], secret: SECRET } },
  });
});
afterAll(() => Promise.all([direct.stop(), behind.stop()]));

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly cookie: string;
  readonly csrf: string;
}

/** One request on a connection of its own. @param card the client's certificate; null: none */
function post(path: string, card: Issued | null, body: object = {}, session?: Answer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        servername: 'localhost',
        port: direct.http.port,
        path,
        method: 'POST',
        agent: false,
        ca: sites.pem,
        ...(card === null ? {} : { cert: card.cert, key: card.key }),
        headers: {
          'content-type': 'application/json',
          ...(session === undefined ? {} : { cookie: session.cookie, 'x-csrf-token': session.csrf }),
        },
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += chunk));
        answer.on('end', () => {
          const told = JSON.parse(text);
          const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
          resolve({ status: answer.statusCode ?? 0, body: told, cookie, csrf: String(told.csrf) });
        });
      },
    );
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

const cardOf = (code: string, to?: Date) =>
  cards.issue([{ CN: [`${code}/7420.x`] }], NOW, to === undefined ? {} : { to });

/** An invited user whose codice fiscale a real card could bear. */
async function person(server: KeyServer, office: Office, code: string): Promise<UserRow> {
  const { user } = await inviteUser(server.offices.access, {
    body_id: office.body.body_id,
    surname: 'Bianchi',
    given_name: 'Anna',
    codice_fiscale: code,
    office: null,
    account: 'ordinary',
  });
  return user;
}
const bind = (server: KeyServer, userId: string, value: string) =>
  bindKey(
    server.offices.access,
    userId,
    { kind: value.length === 16 ? 'certificate-person' : 'certificate', issuer: '', value },
    [],
  );

describe('by mutual TLS of our own', () => {
  const FIRST = 'GLLUGO80A01F257K';
  beforeAll(async () => {
    const user = await person(direct, await direct.offices.open('police', 'polizia'), CODE);
    await bind(direct, user.user_id, CODE);
  });

  it('a card that nobody tied opens nothing; tied, it opens the account of its person, both factors shown', async () => {
    const office = await direct.offices.open('police', 'polizia');
    const user = await person(direct, office, FIRST);
    const card = await cardOf(FIRST);
    expect((await post(PATH, card)).status).toBe(401);
    await bind(direct, user.user_id, FIRST);
    const opened = await post(PATH, card);
    expect(opened.body).toMatchObject({ utente: user.user_id, secondo_fattore: true });
    // Of an invited user it was the first use.
    expect((await findNow(direct.test.db, USERS, [user.user_id]))?.state).toBe('active');
    const { rows } = await direct.test.db.query<{ certificate: boolean }>(
      'select certificate from access.sessions where holder_id = $1',
      [user.user_id],
    );
    expect(rows).toEqual([{ certificate: true }]);
  });

  it('control 16: the session is worth nothing without the card, and with another', async () => {
    const card = await cardOf(CODE);
    const other = await cardOf(CODE);
    const opened = await post(PATH, card);
    expect((await post('/v1/sessions/read', card, {}, opened)).status).toBe(200);
    expect((await post('/v1/sessions/read', null, {}, opened)).status).toBe(401);
    expect((await post('/v1/sessions/read', other, {}, opened)).status).toBe(401);
  });

  it('control 16: nor is its word against forgery given to who has the cookie alone', async () => {
    const card = await cardOf(CODE);
    const opened = await post(PATH, card);
    const resumed = await post('/v1/sessions/resume', card, {}, opened);
    expect(resumed).toMatchObject({ status: 200, body: { csrf: opened.csrf } });
    expect((await post('/v1/sessions/resume', null, {}, opened)).status).toBe(401);
    expect((await post('/v1/sessions/resume', await cardOf(CODE), {}, opened)).status).toBe(401);
  });

  it('without a certificate, expired, of another authority, revoked: the one answer', async () => {
    const expired = await cardOf(CODE, new Date(NOW.getTime() - 1000));
    const stranger = await (await Authority.create('CN=Altri', NOW)).issue([{ CN: [`${CODE}/1`] }], NOW);
    const stolen = await cardOf(CODE);
    expect((await post(PATH, stolen)).status).toBe(200);
    known = await readAuthorities(cards.pem, [await cards.list(NOW, [stolen])]);
    const said = new Set<string>();
    for (const card of [null, expired, stranger, stolen]) {
      const { status, body } = await post(PATH, card);
      said.add(`${status} ${String(body['code'])} ${String(body['detail'])}`);
    }
    expect(said.size).toBe(1);
    expect([...said][0]).toMatch(/^401 unauthenticated/);
  });

  it('control 25: the leaf of a sign-in names whom the card let in', async () => {
    const opened = await post(PATH, await cardOf(CODE));
    const leaves = await direct.leaves(1);
    expect(leaves).toMatchObject([
      { operation: 'sessionOpenByCertificate', user: opened.body['utente'], outcome: 'answered' },
    ]);
  });

  it('control 26: while the audit cannot be written no card makes an account active', async () => {
    const office = await direct.offices.open('police', 'polizia');
    const user = await person(direct, office, 'VRDUGO80A01F257K');
    await bind(direct, user.user_id, 'VRDUGO80A01F257K');
    const card = await cardOf('VRDUGO80A01F257K');
    const owner = await openDatabase({ url: direct.test.ownerUrl, applicationName: 'test', poolSize: 1 });
    const stateNow = async () => (await findNow(direct.test.db, USERS, [user.user_id]))?.state;
    try {
      await owner.query('revoke insert on audit.leaves from sipop_app');
      expect((await post(PATH, card)).status).toBe(503);
      expect(await stateNow()).toBe('invited');
    } finally {
      await owner.query('grant insert on audit.leaves to sipop_app');
      await owner.close();
    }
    expect((await post(PATH, card)).status).toBe(200);
    expect(await stateNow()).toBe('active');
    // One leaf, with the user, though the account was made active in the midst of it.
    expect(await direct.leaves(1)).toMatchObject([{ user: user.user_id, outcome: 'answered' }]);
  });

  it('one certificate is tied by its fingerprint; of two accounts one must be named', async () => {
    const office = await direct.offices.open('police', 'polizia');
    const card = await cards.issue('CN=senza codice', NOW);
    const print = Buffer.from(await crypto.subtle.digest('SHA-256', card.der)).toString('hex');
    await bind(direct, office.user.user_id, print);
    expect((await post(PATH, card)).body).toMatchObject({ utente: office.user.user_id });
    const second = await direct.offices.open('court', 'giustizia');
    await bind(direct, second.user.user_id, print);
    expect((await post(PATH, card)).body['code']).toBe('ambiguous');
    const named = await post(PATH, card, { utente: second.user.user_id });
    expect(named.body).toMatchObject({ utente: second.user.user_id });
    expect((await post(PATH, card, { utente: 'U1' })).status).toBe(401);
  });

  it('who is suspended comes in by no card', async () => {
    const { stopUser } = await import('../../src/access/accounts/users.service.ts');
    const office = await direct.offices.open('police', 'polizia');
    const user = await person(direct, office, 'NREUGO80A01F257K');
    const card = await cardOf('NREUGO80A01F257K');
    await bind(direct, user.user_id, 'NREUGO80A01F257K');
    const opened = await post(PATH, card);
    await stopUser(direct.offices.access, user.user_id, 'suspend', 'prova');
    expect((await post('/v1/sessions/read', card, {}, opened)).status).toBe(401);
    expect((await post(PATH, card)).status).toBe(401);
  });
});

it('control 17: TLS 1.2 and 1.3 and nothing before, also on a machine whose defaults would do with 1.0', async () => {
  const defaults = { DEFAULT_MIN_VERSION: tls.DEFAULT_MIN_VERSION, DEFAULT_CIPHERS: tls.DEFAULT_CIPHERS };
  Object.assign(tls, { DEFAULT_MIN_VERSION: 'TLSv1', DEFAULT_CIPHERS: 'DEFAULT@SECLEVEL=0' });
  try {
    const server = await testServer([], { tls: { cert: site.cert, key: site.key } });
    const handshake = (version: tls.SecureVersion): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(
          {
            host: '127.0.0.1',
            port: server.port,
            servername: 'localhost',
            ca: sites.pem,
            minVersion: version,
            maxVersion: version,
          },
          () => {
            resolve(String(socket.getProtocol()));
            socket.destroy();
          },
        );
        socket.on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? 'error'));
      });
    for (const good of ['TLSv1.2', 'TLSv1.3'] as const) expect(await handshake(good)).toBe(good);
    for (const old of ['TLSv1', 'TLSv1.1'] as const)
      expect(await handshake(old)).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    await server.stop();
  } finally {
    Object.assign(tls, defaults);
  }
});

describe('by a proxy that ended TLS', () => {
  const escaped = (card: Issued): string => encodeURIComponent(card.cert);
  const binary = (card: Issued): string => `:${Buffer.from(card.der).toString('base64')}:`;
  let user: UserRow;
  let card: Issued;
  beforeAll(async () => {
    known = await readAuthorities(cards.pem, [await cards.list(NOW, [])]);
    user = await person(behind, await behind.offices.open('police', 'polizia'), CODE);
    card = await cardOf(CODE);
    await bind(behind, user.user_id, CODE);
  });
  const ask = (headers: Record<string, string>, server = behind) => server.client().open(PATH, {}, headers);

  it('is believed with its secret, in either form of the header', async () => {
    for (const told of [escaped(card), binary(card)]) {
      const opened = await ask({ 'client-cert': told, 'x-certificate-proxy': SECRET });
      expect(opened.body).toMatchObject({ utente: user.user_id });
    }
  });

  it('without its secret, or with another, nobody is: the header is taken away', async () => {
    for (const more of [{}, { 'x-certificate-proxy': `${SECRET}!` }, { 'x-certificate-proxy': '' }])
      expect((await ask({ 'client-cert': escaped(card), ...more })).status).toBe(401);
  });

  it('from another address the secret is worth nothing', async () => {
    const elsewhere = await keyServer({
      sessions: { certificates: async () => known },
      options: { certificateProxy: { addresses: ['10.0.0.1'], secret: SECRET }, proxies: ['127.0.0.1'] },
    });
    try {
      const anna = await person(elsewhere, await elsewhere.offices.open('police', 'polizia'), CODE);
      await bind(elsewhere, anna.user_id, CODE);
      const headers = { 'client-cert': escaped(card), 'x-certificate-proxy': SECRET };
      // Neither does an address that the caller tells of itself.
      for (const more of [{}, { 'x-forwarded-for': '10.0.0.1' }, { forwarded: 'for=10.0.0.1' }])
        expect((await ask({ ...headers, ...more }, elsewhere)).status).toBe(401);
    } finally {
      await elsewhere.stop();
    }
  });

  it('a header that is no certificate is none', async () => {
    for (const told of [
      'x',
      '::',
      ':AAAA:',
      '%',
      '%ff',
      `${escaped(card)}${escaped(card)}`,
      'A'.repeat(14_000),
    ])
      expect((await ask({ 'client-cert': told, 'x-certificate-proxy': SECRET })).status).toBe(401);
  });

  it('control 16: the session is worth nothing without the header', async () => {
    const api = behind.client();
    const headers = { 'client-cert': escaped(card), 'x-certificate-proxy': SECRET };
    await api.open(PATH, {}, headers);
    expect((await api.post('/v1/sessions/read', {}, headers)).status).toBe(200);
    expect((await api.post('/v1/sessions/read', {})).status).toBe(401);
  });
});

it('where no certificates are turned on there is no such way', async () => {
  const none = await keyServer();
  try {
    expect((await none.client().post(PATH, {})).status).toBe(404);
    const ways = await fetch(`${none.http.base}/v1/sessions/ways`);
    expect(await ways.json()).toEqual({ password: true, passkey: true, certificato: false, fornitori: [] });
  } finally {
    await none.stop();
  }
});
