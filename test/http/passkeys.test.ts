/** Passkeys over HTTP, byte by byte (security.md, "Keys", 10, 11; WebAuthn 7.1 and 7.2): what a forged, replayed or copied answer gets. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/db/pool.ts';
import type { ApiAnswer, ApiClient } from '../support/api.ts';
import { Authenticator, type Behaviour } from '../support/authenticator.ts';
import { type KeyServer, keyServer } from '../support/key-server.ts';
import { type Office, SITE } from '../support/offices.ts';

const MINUTE = 60_000;
let server: KeyServer;
let office: Office;
let api: ApiClient;
beforeAll(async () => {
  server = await keyServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  office = await server.offices.open('police', 'polizia');
  api = await server.signedIn(office);
});

const authenticator = () => new Authenticator(SITE.id, SITE.origins[0] ?? '');
type Creation = { challenge: string; user: { id: string } };
const optionsOf = <O>(answer: ApiAnswer): O => answer.body['opzioni'] as O;

async function register(
  key: Authenticator,
  by: ApiClient = api,
  as: Behaviour = {},
): Promise<{ readonly answer: ApiAnswer; readonly options: Creation }> {
  const options = optionsOf<Creation>(await by.post('/v1/passkeys/begin', {}));
  const answer = await by.post('/v1/passkeys/confirm', {
    nome: 'chiavetta',
    risposta: key.create(options, as),
  });
  return { answer, options };
}

const ask = async () => optionsOf<{ challenge: string }>(await server.client().post('/v1/passkeys/ask', {}));
const open = (risposta: unknown, by: ApiClient = server.client()) =>
  by.open('/v1/sessions/open-by-passkey', { risposta });

it('a passkey signs in by itself, without an identifier, and stands for both factors', async () => {
  const key = authenticator();
  expect((await register(key)).answer.body).toEqual({ fatto: true });
  const other = server.client();
  const opened = await open(key.get(await ask()), other);
  expect(opened.body).toMatchObject({ utente: office.user.user_id, secondo_fattore: true });
  expect((await other.post('/v1/sessions/read', {})).body).toMatchObject({ utente: office.user.user_id });
  const [, leaf] = await server.leaves(2);
  expect(leaf).toMatchObject({
    operation: 'sessionOpenByPasskey',
    user: office.user.user_id,
    outcome: 'answered',
  });
});

it('what the browser is asked: a discoverable key, its owner verified, nobody named to who is not in', async () => {
  const creation = optionsOf<Record<string, unknown>>(await api.post('/v1/passkeys/begin', {}));
  expect(creation).toMatchObject({
    rp: { id: SITE.id },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    attestation: 'none',
  });
  expect(JSON.stringify(creation['user'])).not.toContain(office.user.codice_fiscale);
  expect(await ask()).toEqual({
    challenge: expect.stringMatching(/^[\w-]{43}$/),
    rpId: SITE.id,
    timeout: 120_000,
    userVerification: 'required',
  });
});

describe('a registration that is not right registers nothing', () => {
  const wrong: readonly [string, Behaviour][] = [
    ['of the page of another site', { origin: 'https://sipop.example.evil.example' }],
    ['of the same site without TLS', { origin: 'http://sipop.example' }],
    ['for another relying party', { rpId: 'evil.example' }],
    ['without its owner verified', { verifies: false }],
    ['with a challenge of the caller’s own', { challenge: 'A'.repeat(43) }],
    ['an answer of the other kind', { type: 'webauthn.get' }],
  ];
  it.each(wrong)('%s', async (_title, as) => {
    const key = authenticator();
    expect((await register(key, api, as)).answer.body['code']).toBe('invalid-request');
    expect((await api.post('/v1/passkeys/list', {})).body).toEqual({ passkey: [] });
    expect((await open(key.get(await ask()))).status).toBe(401);
  });

  it('a challenge is used once, and belongs to who asked for it', async () => {
    const key = authenticator();
    const { options } = await register(key);
    const again = await api.post('/v1/passkeys/confirm', {
      nome: 'seconda',
      risposta: authenticator().create(options),
    });
    expect(again.status).toBe(400);
    const colleague = await server.signedIn(await server.offices.open('police', 'polizia'));
    const mine = optionsOf<Creation>(await api.post('/v1/passkeys/begin', {}));
    const stolen = await colleague.post('/v1/passkeys/confirm', {
      nome: 'x',
      risposta: authenticator().create(mine),
    });
    expect(stolen.status).toBe(400);
  });

  it('a challenge is good for five minutes', async () => {
    const options = optionsOf<Creation>(await api.post('/v1/passkeys/begin', {}));
    server.offices.clock.pass(5 * MINUTE);
    const late = await api.post('/v1/passkeys/confirm', {
      nome: 'x',
      risposta: authenticator().create(options),
    });
    expect(late.status).toBe(400);
  });
});

describe('control 11: a sign-in that is not right gets the one answer', () => {
  const wrong: readonly [string, Behaviour][] = [
    ['of the page of another site', { origin: 'https://evil.example' }],
    ['for another relying party', { rpId: 'evil.example' }],
    ['without its owner verified', { verifies: false }],
    ['with a challenge of the caller’s own', { challenge: 'A'.repeat(43) }],
    ['an answer of the other kind', { type: 'webauthn.create' }],
    ['with another user’s handle', { userHandle: 'A'.repeat(43) }],
  ];
  it.each(wrong)('%s', async (_title, as) => {
    const key = authenticator();
    await register(key);
    const refused = await open(key.get(await ask(), as));
    const unknown = await open(authenticator().get(await ask()));
    expect([refused.status, refused.body['code']]).toEqual([401, 'unauthenticated']);
    expect(refused.body['detail']).toBe(unknown.body['detail']);
    expect((await open(key.get(await ask()))).status).toBe(200);
  });

  it('a replayed answer opens nothing', async () => {
    const key = authenticator();
    await register(key);
    const answer = key.get(await ask());
    expect((await open(answer)).status).toBe(200);
    expect((await open(answer)).status).toBe(401);
    // Of an authenticator without a counter nothing but the challenge, used up, tells it.
    const plain = authenticator();
    await register(plain, await server.signedIn(office), { counter: 0 });
    const again = plain.get(await ask(), { counter: 0 });
    expect((await open(again)).status).toBe(200);
    expect((await open(again)).status).toBe(401);
  });

  it('the challenge of a registration is none of a sign-in', async () => {
    const key = authenticator();
    await register(key);
    const creation = optionsOf<Creation>(await api.post('/v1/passkeys/begin', {}));
    expect((await open(key.get(creation))).status).toBe(401);
  });

  it('another key’s signature under this key’s identifier', async () => {
    const key = authenticator();
    const { options } = await register(key);
    const thief = authenticator();
    thief.create(options);
    expect((await open({ ...thief.get(await ask()), id: key.id, rawId: key.id })).status).toBe(401);
  });

  it('an address that fails fifty times waits', async () => {
    const key = authenticator();
    await register(key);
    await server.test.db.query('delete from access.sign_in_failures');
    for (let i = 0; i < 50; i++) await open(authenticator().get({ challenge: 'AAAA' }));
    expect((await open(key.get(await ask()))).status).toBe(401);
    await server.test.db.query('delete from access.sign_in_failures');
    expect((await open(key.get(await ask()))).status).toBe(200);
  });
});

it('a counter that goes back is a copy: neither opens anything from then on', async () => {
  const key = authenticator();
  await register(key);
  await open(key.get(await ask(), { counter: 20 }));
  expect((await open(key.get(await ask(), { counter: 20 }))).status).toBe(401);
  expect((await open(key.get(await ask(), { counter: 21 }))).status).toBe(401);
  const own = await server.signedIn(office);
  expect((await own.post('/v1/passkeys/list', {})).body).toMatchObject({ passkey: [{ bloccata: true }] });
});

it('an authenticator that keeps no counter says zero every time', async () => {
  const key = authenticator();
  await register(key, api, { counter: 0 });
  for (let i = 0; i < 2; i++) expect((await open(key.get(await ask(), { counter: 0 }))).status).toBe(200);
});

describe('several of one user', () => {
  it('each with its name; renamed and removed by their owner alone', async () => {
    const [one, two] = [authenticator(), authenticator()];
    await register(one);
    server.offices.clock.pass(1000);
    await register(two);
    expect((await api.post('/v1/passkeys/rename', { id: two.id, nome: 'portatile' })).status).toBe(200);
    const { passkey } = (await api.post('/v1/passkeys/list', {})).body as { passkey: { nome: string }[] };
    expect(passkey.map(({ nome }) => nome)).toEqual(['chiavetta', 'portatile']);
    const colleague = await server.signedIn(await server.offices.open('police', 'polizia'));
    expect((await colleague.post('/v1/passkeys/remove', { id: one.id })).status).toBe(404);
    expect((await colleague.post('/v1/passkeys/rename', { id: one.id, nome: 'x' })).status).toBe(404);
    expect((await api.post('/v1/passkeys/remove', { id: one.id })).status).toBe(200);
    expect((await open(one.get(await ask()))).status).toBe(401);
    expect((await open(two.get(await ask()))).status).toBe(200);
  });

  it('control 26: while the audit cannot be written none is renamed or removed', async () => {
    const [one, two] = [authenticator(), authenticator()];
    await register(one);
    await register(two);
    const list = async () => (await api.post('/v1/passkeys/list', {})).body;
    const before = await list();
    const owner = await openDatabase({ url: server.test.ownerUrl, applicationName: 'test', poolSize: 1 });
    try {
      await owner.query('revoke insert on audit.leaves from sipop_app');
      expect((await api.post('/v1/passkeys/rename', { id: one.id, nome: 'altro' })).status).toBe(503);
      expect((await api.post('/v1/passkeys/remove', { id: two.id })).status).toBe(503);
    } finally {
      await owner.query('grant insert on audit.leaves to sipop_app');
      await owner.close();
    }
    expect(await list()).toEqual(before);
  });

  it('an authenticator is told which it made already, and one identifier is registered once', async () => {
    const key = authenticator();
    await register(key);
    const { answer, options } = await register(key);
    expect(options).toMatchObject({ excludeCredentials: [{ id: key.id }] });
    expect(answer.status).toBe(400);
  });
});

describe('control 10: a new key only with one that is there', () => {
  it('not with a password alone', async () => {
    const alone = await server.signedIn(
      await server.offices.open('statistics', 'statistica', { secondFactor: false }),
    );
    expect((await alone.post('/v1/passkeys/begin', {})).status).toBe(403);
    expect((await alone.post('/v1/second-factors/begin', {})).status).toBe(403);
    expect((await alone.post('/v1/second-factors/confirm', { codice: '000000' })).status).toBe(403);
  });

  it('nor in a session that was left open', async () => {
    const options = optionsOf<Creation>(await api.post('/v1/passkeys/begin', {}));
    const key = authenticator();
    server.offices.clock.pass(2 * MINUTE);
    await api.post('/v1/passkeys/confirm', { nome: 'x', risposta: key.create(options) });
    server.offices.clock.pass(14 * MINUTE);
    expect((await api.post('/v1/passkeys/begin', {})).status).toBe(403);
    expect((await api.post('/v1/passkeys/remove', { id: key.id })).status).toBe(403);
  });
});

it('who is suspended comes in by no passkey, and resumed has none left (4, 12)', async () => {
  const { stopUser } = await import('../../src/access/accounts/users.service.ts');
  const key = authenticator();
  await register(key);
  await stopUser(server.offices.access, office.user.user_id, 'suspend', 'prova');
  expect((await open(key.get(await ask()))).status).toBe(401);
  const { rows } = await server.test.db.query('select from access.passkeys where user_id = $1', [
    office.user.user_id,
  ]);
  expect(rows).toEqual([]);
});
