/** Systems of bodies behind the guard (security.md, 38 to 42): vouchers, signatures both ways, tracking evidence, each number once; every operation with a client too. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
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
  http = await testServer(httpRoutes({ ...(await offices.serving(audit, folder)), interoperability }));
  const { access } = offices;
  const { body_id } = await addBody(access, { name: 'Istituto', kind: 'statistica', comune: null });
  const agreement = await makeAgreement(access, {
    body_id,
    legal_basis: 'convenzione',
    delivers: null,
    every_days: null,
    services: SERVICES,
    profiles: ['statistics'],
    purposes: FIRST_PURPOSES.map(({ id }) => id),
    network: [],
    certificate: false,
    valid_from: day('2020-01-01'),
    valid_to: day('2040-01-01'),
  });
  agreementId = agreement.agreement_id;
  clientId = (await addClient(access, body_id, 'gestionale')).client_id;
  await grantProfile(access, { holder_id: clientId, profile_id: 'statistics', comuni: [] });
  await putClientKeys(access, {
    client_id: clientId,
    platform_id: CLIENT,
    jwks: { keys: [await publicOf(client!, 'c1')] },
    purposes: { [PURPOSE]: 'statistica' },
    certificate_digest: null,
  });
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

let number = 0;
const seconds = () => Math.floor(offices.clock.now().getTime() / 1000);
const sign = (payload: JWTPayload, key: CryptoKey, header: { kid: string; typ: string }) =>
  new SignJWT({ iat: seconds() - 5, exp: seconds() + 500, jti: `n${++number}`, aud: AUDIENCE, ...payload })
    .setProtectedHeader({ alg: 'RS256', ...header })
    .sign(key);

interface Change {
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
    { iss: CLIENT, signed_headers: [{ digest }, { 'content-type': type }] },
    change.signer ?? client!.privateKey,
    { kid: 'c1', typ: 'JWT' },
  );
  const voucher = await sign(
    { iss: PLATFORM, client_id: CLIENT, purposeId: PURPOSE, ...change.voucher },
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

describe('the end', () => {
  it('of the agreement, and of the system, shuts it at once (4); a certificate that is asked must be shown (42)', async () => {
    const { access } = offices;
    const bare = await makeAgreement(access, {
      body_id: (await addBody(access, { name: 'Altro', kind: 'statistica', comune: null })).body_id,
      legal_basis: 'convenzione',
      delivers: null,
      every_days: null,
      services: SERVICES,
      profiles: ['statistics'],
      purposes: ['statistica'],
      network: [],
      certificate: true,
      valid_from: day('2020-01-01'),
      valid_to: day('2040-01-01'),
    });
    const system = await addClient(access, bare.body_id, 'con certificato');
    await grantProfile(access, { holder_id: system.client_id, profile_id: 'statistics', comuni: [] });
    const other = '5a1f5d40-0000-4000-8000-0000000000aa';
    await putClientKeys(access, {
      client_id: system.client_id,
      platform_id: other,
      jwks: { keys: [await publicOf(client!, 'c1')] },
      purposes: { [PURPOSE]: 'statistica' },
      certificate_digest: null,
    });
    const text = JSON.stringify(QUESTION);
    const digest = digestHeader(Buffer.from(text));
    const signature = await sign(
      { iss: other, signed_headers: [{ digest }, { 'content-type': 'application/json' }] },
      client!.privateKey,
      { kid: 'c1', typ: 'JWT' },
    );
    const asked = await ask(PATH, QUESTION, {
      voucher: { client_id: other },
      headers: { 'agid-jwt-signature': signature },
    });
    expect(asked.status).toBe(403);
    await endAgreement(access, agreementId, day('2026-03-02'));
    expect((await ask(PATH, QUESTION)).status).toBe(403);
    await endClient(access, clientId, 'sostituito');
    expect((await ask(PATH, QUESTION)).status).toBe(401);
  });
});
