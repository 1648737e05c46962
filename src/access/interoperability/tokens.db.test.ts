/** security.md 38 to 40: vouchers, signatures and tracking evidence; each rule with the token that breaks it and nothing else. */
import { createHash } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { checkIntegrity, digestHeader, type Headers, signMessage } from './integrity.ts';
import { RefusedToken, type UsedTokens } from './token.ts';
import { readTracking } from './tracking.ts';
import { useToken } from './used-tokens.sql.ts';
import { readVoucher } from './voucher.ts';

const NOW = new Date('2026-03-02T09:00:00Z');
const seconds = NOW.getTime() / 1000;
const PLATFORM = 'interop.example';
const AUDIENCE = 'https://sipop.example/v1';
const CLIENT = '5a1f5d40-0000-4000-8000-000000000001';
const PURPOSE = '5a1f5d40-0000-4000-8000-000000000002';

const pair = await generateKeyPair('RS256', { extractable: true });
const other = await generateKeyPair('RS256', { extractable: true });
const publicKey = await exportJWK(pair.publicKey);
const keys = createLocalJWKSet({ keys: [{ ...publicKey, kid: 'k1', alg: 'RS256' }] });

let database: TestDatabase;
let used: UsedTokens;
beforeAll(async () => {
  database = await testDatabase();
  used = { use: (issuer, number, until) => useToken(database.db, issuer, number, until, NOW) };
});
afterAll(() => database.drop());

let number = 0;
const claims = (more: JWTPayload = {}): JWTPayload => ({
  iss: PLATFORM,
  aud: AUDIENCE,
  client_id: CLIENT,
  purposeId: PURPOSE,
  iat: seconds - 10,
  exp: seconds + 590,
  jti: `n${++number}`,
  ...more,
});
const sign = (payload: JWTPayload, header: object = {}, key = pair.privateKey): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'k1', ...header }).sign(key);
const rules = () => ({ keys, issuer: PLATFORM, audience: AUDIENCE, now: NOW, used });
const unsigned = (header: object, payload: JWTPayload): string =>
  `${[header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

describe('control 38: the voucher of the platform', () => {
  it('a good voucher names client and purpose', async () => {
    const voucher = await readVoucher(await sign(claims()), rules());
    expect(voucher).toMatchObject({ client: CLIENT, purpose: PURPOSE, evidenceDigest: null });
  });

  const without = (claim: string) => {
    const { [claim]: _, ...rest } = claims();
    return rest;
  };
  const cases: readonly [string, () => Promise<string> | string][] = [
    ['not a token', () => 'abc'],
    ['empty', () => ''],
    ['longer than a token may be', () => 'a'.repeat(20_000)],
    ['signed by another key under a known kid', () => sign(claims(), {}, other.privateKey)],
    ['signed with a kid that nobody published', () => sign(claims(), { kid: 'k2' })],
    ['alg none', () => unsigned({ alg: 'none', typ: 'at+jwt', kid: 'k1' }, claims())],
    [
      'alg HS256 with the public key as the secret',
      () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'k1' })
          .sign(new TextEncoder().encode(JSON.stringify(publicKey))),
    ],
    ['typ JWT', () => sign(claims(), { typ: 'JWT' })],
    ['another issuer', () => sign(claims({ iss: 'interop.other' }))],
    ['another audience', () => sign(claims({ aud: 'https://other.example' }))],
    ['expired', () => sign(claims({ iat: seconds - 900, exp: seconds - 300 }))],
    ['not yet valid', () => sign(claims({ nbf: seconds + 300 }))],
    ['issued in the future', () => sign(claims({ iat: seconds + 300, exp: seconds + 600 }))],
    ['living longer than an hour', () => sign(claims({ exp: seconds + 86_400 }))],
    ['exp that is no number', () => sign(claims({ exp: 'never' as unknown as number }))],
    ['without exp', () => sign(without('exp'))],
    ['without jti', () => sign(without('jti'))],
    ['a jti that is no text', () => sign(claims({ jti: 7 as unknown as string }))],
    ['without purposeId', () => sign(without('purposeId'))],
    ['a purposeId that is no text', () => sign(claims({ purposeId: [PURPOSE] }))],
    ['without a client', () => sign(without('client_id'))],
    ['a digest of another algorithm', () => sign(claims({ digest: { alg: 'MD5', value: 'x' } }))],
  ];
  it.each(cases)('refused: %s', async (_name, make) => {
    await expect(readVoucher(await make(), rules())).rejects.toBeInstanceOf(RefusedToken);
  });

  it('control 11: every failure says the same to the caller', async () => {
    const said = new Set<string>();
    for (const [, make] of cases)
      said.add(
        await Promise.resolve(make())
          .then((token) => readVoucher(token, rules()))
          .then(
            () => 'taken',
            (e: Error) => e.message,
          ),
      );
    expect(said.size).toBe(1);
  });

  it('a number is used once, by whatever process', async () => {
    const token = await sign(claims());
    const [first, second] = await Promise.allSettled([
      readVoucher(token, rules()),
      readVoucher(token, rules()),
    ]);
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
    await expect(readVoucher(token, rules())).rejects.toMatchObject({ reason: 'replayed' });
  });

  it('a token that fails uses no number up', async () => {
    const payload = claims();
    await expect(readVoucher(await sign(payload, {}, other.privateKey), rules())).rejects.toBeInstanceOf(
      RefusedToken,
    );
    await readVoucher(await sign(payload), rules());
  });

  it('numbers are forgotten once their tokens have expired', async () => {
    const past = new Date(NOW.getTime() - 1);
    expect(await useToken(database.db, 'x', 'old', past, new Date(0))).toBe(true);
    expect(await useToken(database.db, 'x', 'new', new Date(NOW.getTime() + 1000), NOW)).toBe(true);
    const { rows } = await database.db.query<{ n: number }>(
      'select count(*)::int as n from access.used_tokens where expires_at < $1',
      [NOW],
    );
    expect(rows[0]?.n).toBe(0);
  });
});

describe('control 39: Digest and Agid-JWT-Signature', () => {
  const body = new TextEncoder().encode('{"surname":"rossi"}');
  const integrity = () => ({ keys, issuer: CLIENT, audience: AUDIENCE, now: NOW, used });
  async function request(more: Headers = {}, signed?: unknown): Promise<Headers> {
    const digest = digestHeader(body);
    const token = await sign(
      {
        ...claims({ iss: CLIENT }),
        signed_headers: signed ?? [{ digest }, { 'content-type': 'application/json' }],
      },
      { typ: 'JWT' },
    );
    return { digest, 'content-type': 'application/json', 'agid-jwt-signature': token, ...more };
  }

  it('a request as it was signed passes', async () => {
    await expect(checkIntegrity(await request(), body, integrity())).resolves.toBeUndefined();
  });

  const digest = digestHeader(body);
  const cases: readonly [string, Headers, unknown?][] = [
    ['no digest', { digest: undefined }],
    ['the digest of another body', { digest: digestHeader(new Uint8Array([1])) }],
    ['no signature', { 'agid-jwt-signature': undefined }],
    ['a header changed after signing', { 'content-type': 'text/plain' }],
    ['a content-encoding that was not signed', { 'content-encoding': 'gzip' }],
    ['the digest not signed', {}, [{ 'content-type': 'application/json' }]],
    ['signed_headers no array', {}, { digest, 'content-type': 'application/json' }],
    ['two headers in one object', {}, [{ digest, 'content-type': 'application/json' }]],
    ['a name in capitals', {}, [{ Digest: digest }, { 'content-type': 'application/json' }]],
    ['a header named twice', {}, [{ digest }, { digest }, { 'content-type': 'application/json' }]],
    [
      'a signed header that the request lacks',
      {},
      [{ digest }, { 'content-type': 'application/json' }, { 'x-extra': '1' }],
    ],
  ];
  it.each(cases)('refused: %s', async (_name, more, signed) => {
    await expect(checkIntegrity(await request(more, signed), body, integrity())).rejects.toBeInstanceOf(
      RefusedToken,
    );
  });

  it('refused: another body under the same headers', async () => {
    await expect(checkIntegrity(await request(), new Uint8Array([1]), integrity())).rejects.toMatchObject({
      reason: 'digest differs',
    });
  });

  it('what we sign on a response, a body that has our key can check', async () => {
    const headers = await signMessage(
      {
        body,
        contentType: 'application/json',
        issuer: CLIENT,
        audience: AUDIENCE,
        number: 'r1',
        now: NOW,
        life: 300,
      },
      { key: pair.privateKey, kid: 'k1' },
    );
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    await expect(checkIntegrity(lower, body, integrity())).resolves.toBeUndefined();
  });
});

describe('control 40: the tracking evidence equals the digest of the voucher', () => {
  const evidence = (more: JWTPayload = {}) =>
    sign(
      { ...claims({ iss: CLIENT }), userID: 'U12', userLocation: 'desk 4', LoA: 'substantial', ...more },
      { typ: 'JWT' },
    );
  const voucherFor = async (token: string) =>
    readVoucher(
      await sign(
        claims({ digest: { alg: 'SHA256', value: createHash('sha256').update(token).digest('hex') } }),
      ),
      rules(),
    );
  const tracking = async (token: string, announced = token) =>
    readTracking(token, { keys, audience: AUDIENCE, now: NOW, used, voucher: await voucherFor(announced) });

  it('user, place and level of assurance are read', async () => {
    expect(await tracking(await evidence())).toEqual({
      user: 'U12',
      location: 'desk 4',
      assurance: 'substantial',
    });
  });

  it.each([
    ['for another purpose', { purposeId: CLIENT }],
    ['by another client', { iss: PURPOSE }],
    ['without a user', { userID: '' }],
    ['a level that is no text', { LoA: 3 }],
  ])('refused: %s', async (_name, more) => {
    await expect(evidence(more as JWTPayload).then((token) => tracking(token))).rejects.toBeInstanceOf(
      RefusedToken,
    );
  });

  it('refused: another evidence than the voucher announced', async () => {
    await expect(tracking(await evidence(), await evidence())).rejects.toMatchObject({
      reason: 'evidence differs',
    });
  });

  it('refused: a voucher that announced none', async () => {
    const voucher = await readVoucher(await sign(claims()), rules());
    await expect(
      readTracking(await evidence(), { keys, audience: AUDIENCE, now: NOW, used, voucher }),
    ).rejects.toMatchObject({ reason: 'voucher without digest' });
  });
});
