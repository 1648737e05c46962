/** Systems of bodies behind the guard (security.md, 38 to 42): vouchers, signatures both ways, tracking evidence, each number once; every operation with a client too. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addBody,
  addClient,
  endAgreement,
  endClient,
  makeAgreement,
  putClientKeys,
  SERVICES,
} from '../../src/access/accounts/bodies.service.ts';
import { grantProfile } from '../../src/access/accounts/grants.service.ts';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import type { Interoperability } from '../../src/access/guard/systems.ts';
import { digestHeader } from '../../src/access/interoperability/integrity.ts';
import { operationRight } from '../../src/access/rights/operations.ts';
import { FIRST_PROFILES, FIRST_PURPOSES } from '../../src/access/rights/profiles.ts';
import { httpRoutes, OPERATIONS } from '../../src/entry/http.ts';
import { day } from '../../src/kernel/day.ts';
import type { Route } from '../../src/platform/http/operation.ts';
import { Authority, FOR_SERVERS, type Issued } from '../support/authority.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, Offices } from '../support/offices.ts';

const PLATFORM = 'interop.example';
const AUDIENCE = 'https://sipop.example/v1';
const CLIENT = '5a1f5d40-0000-4000-8000-000000000001';
const PURPOSE = '5a1f5d40-0000-4000-8000-000000000002';
const QUESTION = { scopo: 'statistica' };
const PATH = '/v1/population/count';

const [platform, client, ours] = await Promise.all(
  [0, 1, 2].map(() => generateKeyPair('RS256', { extractable: true })),
);
const publicOf = async (pair: NonNullable<typeof platform>, kid: string) => ({
  ...(await exportJWK(pair.publicKey)),
  kid,
});

let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
let routes: readonly Route[];
let clientId: string;
let agreementId: string;
beforeAll(async () => {
  test = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'sipop-systems-'));
  offices = new Offices(test.db, new Clock('2026-03-02T09:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  const interoperability: Interoperability = {
    db: test.db,
    issuer: PLATFORM,
    audience: AUDIENCE,
    keys: createLocalJWKSet({ keys: [await publicOf(platform!, 'p1')] }),
    signing: { key: ours!.privateKey, kid: 'o1' },
  };
  routes = httpRoutes({ ...(await offices.serving(audit, folder)), interoperability });
  http = await testServer(routes);
  const system = await systemOf('Istituto', false, null, CLIENT);
  [clientId, agreementId] = [system.client_id, system.agreementId];
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

/** A system of a body of its own, with the keys of the client here. @param certificate whether the agreement asks for one @param digest the one it is known by */
async function systemOf(
  name: string,
  certificate: boolean,
  digest: string | null,
  platform_id = randomUUID(),
) {
  const { access } = offices;
  const { body_id } = await addBody(access, { name, kind: 'statistica', comune: null });
  const agreement = await makeAgreement(access, {
    body_id,
    legal_basis: 'convenzione',
    delivers: null,
    every_days: null,
    services: SERVICES,
    profiles: ['statistics'],
    purposes: FIRST_PURPOSES.map(({ id }) => id),
    network: [],
    certificate,
    valid_from: day('2020-01-01'),
    valid_to: day('2040-01-01'),
  });
  const { client_id } = await addClient(access, body_id, 'gestionale');
  await grantProfile(access, { holder_id: client_id, profile_id: 'statistics', comuni: [] });
  const keys = {
    client_id,
    platform_id,
    jwks: { keys: [await publicOf(client!, 'c1')] },
    purposes: { [PURPOSE]: 'statistica' },
    certificate_digest: digest,
  };
  await putClientKeys(access, keys);
  return { ...keys, agreementId: agreement.agreement_id };
}

let number = 0;
const seconds = () => Math.floor(offices.clock.now().getTime() / 1000);
const sign = (payload: JWTPayload, key: CryptoKey, header: { kid: string; typ: string }) =>
  new SignJWT({ iat: seconds() - 5, exp: seconds() + 500, jti: `n${++number}`, aud: AUDIENCE, ...payload })
    .setProtectedHeader({ alg: 'RS256', ...header })
    .sign(key);

interface Change {
  /** The number of the system on the platform; that of the first where absent. */
  readonly client?: string;
  readonly voucher?: JWTPayload;
  readonly evidence?: string;
  readonly signer?: CryptoKey;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function headersOf(text: string, change: Change): Promise<Record<string, string>> {
  const digest = digestHeader(Buffer.from(text));
  const type = 'application/json';
  const signature = await sign(
    { iss: change.client ?? CLIENT, signed_headers: [{ digest }, { 'content-type': type }] },
    change.signer ?? client!.privateKey,
    { kid: 'c1', typ: 'JWT' },
  );
  const voucher = await sign(
    { iss: PLATFORM, client_id: change.client ?? CLIENT, purposeId: PURPOSE, ...change.voucher },
    platform!.privateKey,
    { kid: 'p1', typ: 'at+jwt' },
  );
  return {
    authorization: `Bearer ${voucher}`,
    'content-type': type,
    digest,
    'agid-jwt-signature': signature,
    ...(change.evidence === undefined ? {} : { 'agid-jwt-trackingevidence': change.evidence }),
    ...change.headers,
  };
}

async function ask(path: string, question: object, change: Change = {}) {
  const text = JSON.stringify(question);
  const headers = await headersOf(text, change);
  const answer = await fetch(`${http.base}${path}`, { method: 'POST', headers, body: change.body ?? text });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, bytes, answer, sent: headers };
}

describe('a system with a voucher', () => {
  it('is answered, and the answer is signed: digest, signed headers, for that client alone (39)', async () => {
    for (const question of [QUESTION, { scopo: 'anagrafe' }]) {
      const { status, bytes, answer } = await ask(PATH, question);
      expect(status).toBe(question === QUESTION ? 200 : 403);
      expect(answer.headers.get('digest')).toBe(digestHeader(bytes));
      const { payload } = await jwtVerify(
        String(answer.headers.get('agid-jwt-signature')),
        createLocalJWKSet({ keys: [await publicOf(ours!, 'o1')] }),
        { audience: CLIENT, issuer: AUDIENCE, currentDate: offices.clock.now() },
      );
      expect(payload['signed_headers']).toEqual([
        { digest: digestHeader(bytes) },
        { 'content-type': answer.headers.get('content-type') },
      ]);
    }
  });

  it('what is replayed, forged, for another audience, changed on the way or unsigned is not known (38, 39)', async () => {
    const first = await ask(PATH, QUESTION);
    const text = JSON.stringify(QUESTION);
    const replayed = await fetch(`${http.base}${PATH}`, { method: 'POST', headers: first.sent, body: text });
    expect(replayed.status).toBe(401);
    const changes: Change[] = [
      { voucher: { aud: 'https://altro.example' } },
      { voucher: { client_id: 'nobody' } },
      { voucher: { exp: seconds() - 100 } },
      { signer: platform!.privateKey },
      { body: JSON.stringify({ scopo: 'statistica', comune: '036005' }) },
      { headers: { digest: digestHeader(Buffer.from('altro')) } },
      { headers: { 'agid-jwt-signature': 'x' } },
      { headers: { authorization: 'Bearer x' } },
      { headers: { authorization: 'Basic eDp4' } },
    ];
    for (const change of changes) {
      const { status, bytes } = await ask(PATH, QUESTION, change);
      expect([status, JSON.parse(bytes.toString())['code']]).toEqual([401, 'unauthenticated']);
    }
  });

  it('the tracking evidence is the one that the voucher announced, and its user stands in the leaf (40)', async () => {
    const evidence = await sign(
      { iss: CLIENT, purposeId: PURPOSE, userID: 'anna', userLocation: 'sportello 2', LoA: '3' },
      client!.privateKey,
      { kid: 'c1', typ: 'JWT' },
    );
    const value = createHash('sha256').update(evidence).digest('hex');
    const voucher = { digest: { alg: 'SHA256', value } };
    expect((await ask(PATH, QUESTION, { evidence })).status).toBe(401);
    expect((await ask(PATH, QUESTION, { voucher })).status).toBe(401);
    expect((await ask(PATH, QUESTION, { evidence, voucher })).status).toBe(200);
    const { rows } = await test.db.query<{ body: string }>(
      'select body::text as body from audit.leaves order by leaf_index desc limit 1',
    );
    expect(JSON.parse(rows[0]!.body)).toMatchObject({ client: clientId, user: `${clientId}:anna` });
  });

  it('may ask for the purpose that the platform granted, and no other', async () => {
    const other = { voucher: { purposeId: '5a1f5d40-0000-4000-8000-000000000009' } };
    expect((await ask(PATH, QUESTION, other)).status).toBe(403);
  });
});

const guarded = OPERATIONS.filter(
  ({ id, right, bytes }) => operationRight(right ?? id) !== null && bytes === undefined,
);
const allowed: readonly string[] = FIRST_PROFILES.find(({ id }) => id === 'statistics')!.operations;
it.each(guarded)('every operation with a client: $id', async ({ id, right, path, example }) => {
  const body = { ...(example.body as object), scopo: 'statistica' };
  const { status } = await ask(path, body);
  if (allowed.includes(right ?? id)) expect([200, 404, 409]).toContain(status);
  else expect(status).toBe(403);
});

describe('control 42: a system by mutual TLS', () => {
  it('is answered with the certificate that it is known by, and with no other, none, or one past its time', async () => {
    const { access } = offices;
    // TLS goes by the clock of the machine, the rest by that of the test.
    const now = offices.clock.now();
    const [site, cards] = [
      await Authority.create('CN=Siti', new Date()),
      await Authority.create('CN=Sistemi', now),
    ];
    const served = await site.issue('CN=localhost', new Date(), { uses: [FOR_SERVERS] });
    const [own, another] = [await cards.issue('CN=gestionale', now), await cards.issue('CN=altro', now)];
    const secure = await testServer(routes, {
      tls: { cert: served.cert, key: served.key, clientAuthorities: cards.pem },
    });
    const digestOf = ({ der }: Issued) => createHash('sha256').update(der).digest('hex');
    const { agreementId: _, ...keys } = await systemOf('Con TLS reciproco', true, digestOf(own));
    const status = async (card: Issued | null): Promise<number> => {
      const text = JSON.stringify(QUESTION);
      const headers = await headersOf(text, { client: keys.platform_id });
      return new Promise((resolve, reject) => {
        const sent = request(
          {
            host: '127.0.0.1',
            servername: 'localhost',
            port: secure.port,
            path: PATH,
            method: 'POST',
            agent: false,
            ca: site.pem,
            ...(card === null ? {} : { cert: card.cert, key: card.key }),
            headers: { ...headers, 'content-length': Buffer.byteLength(text) },
          },
          (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0)),
        );
        sent.on('error', reject);
        sent.end(text);
      });
    };
    try {
      expect(await status(own)).toBe(200);
      expect(await status(another)).toBe(403);
      expect(await status(null)).toBe(403);
      await putClientKeys(access, { ...keys, certificate_digest: digestOf(another) });
      expect([await status(own), await status(another)]).toEqual([403, 200]);
      const old = await cards.issue('CN=scaduto', now, { to: new Date(now.getTime() - 1000) });
      await putClientKeys(access, { ...keys, certificate_digest: digestOf(old) });
      expect(await status(old)).toBe(403);
    } finally {
      await secure.stop();
    }
  });
});

describe('the end', () => {
  it('of the agreement, and of the system, shuts it at once (4); a certificate that is asked must be shown (42)', async () => {
    const { access } = offices;
    const { platform_id } = await systemOf('Altro', true, null);
    expect((await ask(PATH, QUESTION, { client: platform_id })).status).toBe(403);
    await endAgreement(access, agreementId, day('2026-03-02'));
    expect((await ask(PATH, QUESTION)).status).toBe(403);
    await endClient(access, clientId, 'sostituito');
    expect((await ask(PATH, QUESTION)).status).toBe(401);
  });
});
