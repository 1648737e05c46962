/** The first use of an account, and the password after it (security.md, 7, 8, 10, 11): what an invitation gives, and what it does not. */
import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantProfile } from '../../src/access/accounts/grants.service.ts';
import { type Invitation, inviteAgain, inviteUser } from '../../src/access/accounts/users.service.ts';
import { SESSION_POLICY } from '../../src/access/sessions/policy.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import type { ApiClient } from '../support/api.ts';
import { Authenticator } from '../support/authenticator.ts';
import { type KeyServer, keyServer } from '../support/key-server.ts';
import { type Office, PASSWORD, SITE } from '../support/offices.ts';

const DAY = 86_400_000;
const OTHER = 'tramonto libreria ventidue';
let server: KeyServer;
let office: Office;
let people = 0;
beforeAll(async () => {
  // Passwords rotate here after half a year.
  server = await keyServer({ sessions: { policy: { ...SESSION_POLICY, passwordDays: 180 } } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  office = await server.offices.open('police', 'polizia');
});

const invited = (bodyId = office.body.body_id): Promise<Invitation> =>
  inviteUser(server.offices.access, {
    body_id: bodyId,
    surname: 'Neri',
    given_name: 'Ugo',
    codice_fiscale: `NREUGO${String(++people).padStart(10, '0')}`,
    office: null,
    account: 'ordinary',
  });
const begin = (invito: string) => server.client().post('/v1/invitations/begin', { invito });
const accept = (body: object, by: ApiClient = server.client()) => by.open('/v1/invitations/accept', body);
const code = (secret: unknown): string =>
  generateSync({ secret: String(secret), epoch: Math.floor(server.offices.clock.now().getTime() / 1000) });

describe('control 8: the first use', () => {
  it('password and the app’s first code: signed in with both factors, and the invitation is used up', async () => {
    const { word, user } = await invited();
    const begun = await begin(word);
    expect(begun.body).toMatchObject({ utente: user.user_id });
    const api = server.client();
    const keys = { invito: word, password: 'tR7#kq9!', codice: code(begun.body['segreto']) };
    const opened = await accept(keys, api);
    expect(opened.body).toMatchObject({
      utente: user.user_id,
      secondo_fattore: true,
      cambio_password: false,
      ultimo_accesso: null,
    });
    expect((await api.post('/v1/sessions/read', {})).status).toBe(200);
    expect((await accept(keys)).status).toBe(401);
    expect((await begin(word)).status).toBe(401);
  });

  it('a passkey: no password is ever there', async () => {
    const { word, user } = await invited();
    const begun = await begin(word);
    const key = new Authenticator(SITE.id, SITE.origins[0] ?? '');
    const risposta = key.create(begun.body['passkey'] as { challenge: string; user: { id: string } });
    const opened = await accept({ invito: word, passkey: { nome: 'chiavetta', risposta } });
    expect(opened.body).toMatchObject({ utente: user.user_id, secondo_fattore: true });
    const { rows } = await server.test.db.query('select from access.passwords where user_id = $1', [
      user.user_id,
    ]);
    expect(rows).toEqual([]);
    const { opzioni } = (await server.client().post('/v1/passkeys/ask', {})).body as {
      opzioni: { challenge: string };
    };
    const again = await server.client().open('/v1/sessions/open-by-passkey', { risposta: key.get(opzioni) });
    expect(again.body).toMatchObject({ utente: user.user_id });
  });

  it('what is wrong leaves the invitation as it was, and the account shut', async () => {
    const { word, user } = await invited();
    const begun = await begin(word);
    const right = { invito: word, password: PASSWORD, codice: code(begun.body['segreto']) };
    const key = new Authenticator(SITE.id, 'https://evil.example');
    const risposta = key.create(begun.body['passkey'] as { challenge: string; user: { id: string } });
    for (const [wrong, status] of [
      [{ ...right, invito: 'x' }, 401],
      [{ ...right, password: 'cavallo1' }, 400],
      [{ ...right, password: 'neri-gvx-mqz-ptk' }, 400],
      [{ ...right, codice: '000000' }, 400],
      [{ ...right, codice: undefined }, 400],
      [{ ...right, password: undefined }, 400],
      [{ invito: word, passkey: { nome: 'x', risposta } }, 400],
      [{ ...right, passkey: { nome: 'x', risposta } }, 400],
    ] as const)
      expect((await accept(wrong)).status).toBe(status);
    const tried = await server
      .client()
      .post('/v1/sessions/open', { utente: user.user_id, password: PASSWORD });
    expect(tried.status).toBe(401);
    expect((await accept(right)).status).toBe(200);
  });

  it('begun again, the secret shown before is worth nothing', async () => {
    const { word } = await invited();
    const first = code((await begin(word)).body['segreto']);
    await begin(word);
    expect((await accept({ invito: word, password: PASSWORD, codice: first })).status).toBe(400);
  });
});

describe('control 10: a password alone', () => {
  it('is enough for who sees no persons, at fifteen characters (7)', async () => {
    const statistics = await server.offices.open('statistics', 'statistica');
    const { word, user } = await invited(statistics.body.body_id);
    await grantProfile(server.offices.access, {
      holder_id: user.user_id,
      profile_id: 'statistics',
      comuni: [],
    });
    expect((await accept({ invito: word, password: 'tR7#kq9!' })).status).toBe(400);
    expect((await accept({ invito: word, password: PASSWORD })).body).toMatchObject({
      secondo_fattore: false,
    });
  });

  it('not for who sees persons, administers, or has no profile yet', async () => {
    const police = await invited();
    await grantProfile(server.offices.access, {
      holder_id: police.user.user_id,
      profile_id: 'police',
      comuni: [],
    });
    const none = await invited();
    const administrator = await inviteUser(server.offices.access, {
      body_id: office.body.body_id,
      surname: 'Verdi',
      given_name: 'Lia',
      codice_fiscale: 'AMMINISTRATORE00',
      office: null,
      account: 'administration',
    });
    for (const { word } of [police, none, administrator])
      expect((await accept({ invito: word, password: PASSWORD })).status).toBe(400);
  });
});

it('a leaf for each step, with neither the word nor a key in it', async () => {
  const { word } = await invited();
  const begun = await begin(word);
  await accept({ invito: word, password: PASSWORD, codice: code(begun.body['segreto']) });
  const leaves = await server.leaves(2);
  expect(leaves).toMatchObject([
    { operation: 'invitationAccept', outcome: 'answered' },
    { operation: 'invitationBegin', outcome: 'answered' },
  ]);
  const text = JSON.stringify(leaves);
  for (const secret of [word, PASSWORD, String(begun.body['segreto'])]) expect(text).not.toContain(secret);
});

describe('the change of a password', () => {
  const change = (api: ApiClient, attuale: string, nuova: string) =>
    api.open('/v1/passwords/change', { attuale, nuova });

  it('with the one that was; the session begins anew, and the old one is over', async () => {
    const api = await server.signedIn(office);
    const before = api.copy();
    expect((await change(api, PASSWORD, OTHER)).body).toMatchObject({ secondo_fattore: true });
    expect((await api.post('/v1/sessions/read', {})).status).toBe(200);
    expect((await before.post('/v1/sessions/read', {})).status).toBe(401);
    server.offices.clock.pass(30_000);
    const codice = server.offices.code(office.secret ?? '');
    const open = (password: string) =>
      server.client().post('/v1/sessions/open', { utente: office.user.user_id, password, codice });
    expect((await open(PASSWORD)).status).toBe(401);
    expect((await open(OTHER)).status).toBe(200);
  });

  it('not with a wrong one, the same one, a weak one or one’s own name', async () => {
    const api = await server.signedIn(office);
    for (const [held, next] of [
      ['sbagliata', OTHER],
      [PASSWORD, PASSWORD],
      [PASSWORD, 'password1'],
      [PASSWORD, 'bianchi-gvx-mqz'],
    ] as const)
      expect((await change(api, held, next)).status).toBe(400);
  });

  it('control 11: after five wrong ones the session ends', async () => {
    const api = await server.signedIn(office);
    for (let i = 0; i < 5; i++) expect((await change(api, `no${i}`, OTHER)).status).toBe(400);
    expect((await change(api, PASSWORD, OTHER)).status).toBe(401);
    expect((await api.post('/v1/sessions/read', {})).status).toBe(401);
  });

  it('control 8, rotation: too old, nothing else may be done before it is changed', async () => {
    const api = server.client();
    server.offices.clock.pass(180 * DAY - 300_000);
    expect((await api.signIn(server.offices, office)).body).toMatchObject({ cambio_password: false });
    server.offices.clock.pass(300_000);
    expect((await api.signIn(server.offices, office)).body).toMatchObject({ cambio_password: true });
    const ask = { scopo: 'pubblica-sicurezza', pratica: '1', persona: 'RSSMRA70A01F257X' };
    expect((await api.post('/v1/persons/read', ask)).status).toBe(403);
    expect((await api.post('/v1/passkeys/begin', {})).status).toBe(403);
    expect((await change(api, PASSWORD, OTHER)).body).toMatchObject({ cambio_password: false });
    expect((await api.post('/v1/persons/read', ask)).status).toBe(404);
  });
});

it('keys that were given again leave nothing of the ones before: password, code, passkey, session (12)', async () => {
  const api = await server.signedIn(office);
  await inviteAgain(server.offices.access, office.user.user_id, 'invite-again');
  expect((await api.post('/v1/sessions/read', {})).status).toBe(401);
  for (const table of ['passwords', 'second_factors', 'passkeys', 'bound_keys']) {
    const { rows } = await server.test.db.query(`select from access.${table} where user_id = $1`, [
      office.user.user_id,
    ]);
    expect(rows).toEqual([]);
  }
});

it('control 26: while the audit cannot be written no first key is taken and no password changed', async () => {
  const { word, user } = await invited();
  const begun = await begin(word);
  const keys = { invito: word, password: PASSWORD, codice: code(begun.body['segreto']) };
  const api = await server.signedIn(office);
  const owner = await openDatabase({ url: server.test.ownerUrl, applicationName: 'test', poolSize: 1 });
  try {
    await owner.query('revoke insert on audit.leaves from sipop_app');
    expect((await accept(keys)).status).toBe(503);
    const changed = await api.post('/v1/passwords/change', { attuale: PASSWORD, nuova: OTHER });
    expect(changed.status).toBe(503);
  } finally {
    await owner.query('grant insert on audit.leaves to sipop_app');
    await owner.close();
  }
  const accepted = await accept({ ...keys, codice: code(begun.body['segreto']) });
  expect(accepted.body).toMatchObject({ utente: user.user_id });
  const again = await api.post('/v1/passwords/change', { attuale: PASSWORD, nuova: OTHER });
  expect(again.status).toBe(200);
});
