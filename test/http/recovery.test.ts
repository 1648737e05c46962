/** Keys given again by another person of the body (security.md, 12), and keys in the hands of who administers. */
import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantProfile } from '../../src/access/accounts/grants.service.ts';
import { acceptInvitation, inviteUser } from '../../src/access/accounts/users.service.ts';
import { beginTotp, confirmTotp } from '../../src/access/sessions/second-factor.service.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import type { ApiClient } from '../support/api.ts';
import { type KeyServer, keyServer } from '../support/key-server.ts';
import { type Office, PASSWORD } from '../support/offices.ts';

const MINUTE = 60_000;
const ADMINISTRATION = { scopo: 'amministrazione-accessi' };
let server: KeyServer;
/** Who lost their keys, a colleague who keeps the keys of the body, and one of another body. */
let clerk: Office;
let custodian: ApiClient;
let elsewhere: ApiClient;
beforeAll(async () => {
  server = await keyServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.test.db.query('delete from access.sign_in_failures');
  clerk = await server.offices.open('police', 'polizia');
  custodian = await custodianOf(clerk);
  elsewhere = await server.signedIn(await server.offices.open('keyCustodian', 'altro'));
});

/** A keeper of keys in the body of an office: an agreement that lets the body have one, an account apart. */
async function custodianOf(office: Office, codiceFiscale?: string): Promise<ApiClient> {
  const { offices } = server;
  const keepers = await offices.open('keyCustodian', 'altro', { into: office.body });
  if (codiceFiscale === undefined) return server.signedIn(keepers);
  const { word, user } = await inviteUser(offices.access, {
    body_id: office.body.body_id,
    surname: 'Bianchi',
    given_name: 'Anna',
    codice_fiscale: codiceFiscale,
    office: null,
    account: 'administration',
  });
  await grantProfile(offices.access, { holder_id: user.user_id, profile_id: 'keyCustodian', comuni: [] });
  const active = await acceptInvitation(offices.access, word, PASSWORD, {
    secondFactor: true,
    address: '127.0.0.1',
  });
  const { secret } = await beginTotp(offices.sessions, user.user_id);
  await confirmTotp(offices.sessions, user.user_id, offices.code(secret));
  return server.signedIn({ ...keepers, user: active, secret });
}

const ask = async (utente: string) =>
  (await server.client().post('/v1/recoveries/ask', { utente })).body as { parola: string; numero: string };
const decide = (by: ApiClient, what: 'approve' | 'refuse', numero: string, utente = clerk.user.user_id) =>
  by.post(`/v1/recoveries/${what}`, { ...ADMINISTRATION, utente, numero });
const waiting = async (by: ApiClient) =>
  (await by.post('/v1/recoveries/list', ADMINISTRATION)).body['richieste'] as { numero: string }[];
const begin = (invito: string) => server.client().post('/v1/invitations/begin', { invito });

describe('control 12: recovery by another person of the body', () => {
  it('asked, approved by a colleague who sees the same number, finished with word and code', async () => {
    const police = await server.signedIn(clerk);
    const { parola, numero } = await ask(clerk.user.user_id);
    expect(await waiting(custodian)).toMatchObject([
      { utente: clerk.user.user_id, numero, cognome: 'Bianchi' },
    ]);
    const { body } = await decide(custodian, 'approve', numero);
    expect(body['codice']).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    // What was lost opens nothing from that moment.
    expect((await police.post('/v1/sessions/read', {})).status).toBe(401);
    expect((await server.client().signIn(server.offices, clerk)).status).toBe(401);
    const invito = `${parola}.${String(body['codice']).toLowerCase()}`;
    const begun = await begin(invito);
    expect(begun.body).toMatchObject({ utente: clerk.user.user_id });
    const epoch = Math.floor(server.offices.clock.now().getTime() / 1000);
    const accepted = await server.client().open('/v1/invitations/accept', {
      invito,
      password: 'tramonto libreria ventidue',
      codice: generateSync({ secret: String(begun.body['segreto']), epoch }),
    });
    expect(accepted.body).toMatchObject({ utente: clerk.user.user_id, secondo_fattore: true });
    expect((await begin(invito)).status).toBe(401);
    expect(await waiting(custodian)).toEqual([]);
  });

  it('neither half is enough, nor another’s half', async () => {
    const { parola, numero } = await ask(clerk.user.user_id);
    const other = await ask(clerk.user.user_id);
    const code = String((await decide(custodian, 'approve', numero)).body['codice']);
    for (const invito of [
      parola,
      code,
      `.${code}`,
      `${parola}.`,
      `${other.parola}.${code}`,
      `${parola}.${code}1`,
    ])
      expect((await begin(invito)).status).toBe(401);
    expect((await begin(`${parola}.${code}`)).status).toBe(200);
  });

  it('not by oneself, not by the same person’s other account, not by another body, not by who has no such right', async () => {
    const { numero } = await ask(clerk.user.user_id);
    const twin = await custodianOf(clerk, clerk.user.codice_fiscale);
    expect((await decide(twin, 'approve', numero)).status).toBe(409);
    expect((await decide(elsewhere, 'approve', numero)).status).toBe(404);
    expect(await waiting(elsewhere)).toEqual([]);
    const police = await server.signedIn(clerk);
    expect((await decide(police, 'approve', numero)).status).toBe(403);
    expect((await police.post('/v1/recoveries/list', ADMINISTRATION)).status).toBe(403);
    expect((await police.post('/v1/sessions/read', {})).status).toBe(200);
  });

  it('whether there is such a user is told to nobody', async () => {
    const [there, absent] = [await ask(clerk.user.user_id), await ask('U999999')];
    expect(Object.keys(absent)).toEqual(Object.keys(there));
    expect(absent.parola).toHaveLength(there.parola.length);
    expect(absent.numero).toHaveLength(there.numero.length);
  });

  it('a refused request is over, and the keys are as they were', async () => {
    const { parola, numero } = await ask(clerk.user.user_id);
    expect((await decide(custodian, 'refuse', numero)).status).toBe(200);
    expect((await decide(custodian, 'approve', numero)).status).toBe(404);
    expect((await begin(parola)).status).toBe(401);
    expect((await server.client().signIn(server.offices, clerk)).status).toBe(200);
  });

  it('a request waits a day, a code half an hour', async () => {
    const old = await ask(clerk.user.user_id);
    server.offices.clock.pass(24 * 60 * MINUTE);
    // The session of the colleague is over as well.
    custodian = await custodianOf(clerk);
    expect((await decide(custodian, 'approve', old.numero)).status).toBe(404);
    const { parola, numero } = await ask(clerk.user.user_id);
    const { codice } = (await decide(custodian, 'approve', numero)).body;
    server.offices.clock.pass(30 * MINUTE);
    expect((await begin(`${parola}.${codice}`)).status).toBe(401);
  });

  it('who asks without end fills no list: five a user, fifty an address', async () => {
    for (let i = 0; i < 6; i++) await ask(clerk.user.user_id);
    expect(await waiting(custodian)).toHaveLength(5);
    const other = await server.offices.open('police', 'polizia');
    for (let i = 0; i < 50; i++) await ask('U999999');
    await ask(other.user.user_id);
    const { rows } = await server.test.db.query('select from access.recoveries where user_id = $1', [
      other.user.user_id,
    ]);
    expect(rows).toEqual([]);
  });

  it('every step is a leaf, and neither word nor code is in one', async () => {
    const { parola, numero } = await ask(clerk.user.user_id);
    const { codice } = (await decide(custodian, 'approve', numero)).body;
    await decide(elsewhere, 'approve', numero);
    const leaves = await server.leaves(3);
    expect(leaves).toMatchObject([
      { operation: 'recoveryApprove', outcome: 'refused', reason: 'not-found' },
      { operation: 'recoveryApprove', outcome: 'answered', subjects: [expect.any(String)] },
      { operation: 'recoveryAsk', outcome: 'answered', user: clerk.user.user_id },
    ]);
    for (const secret of [parola, String(codice)]) expect(JSON.stringify(leaves)).not.toContain(secret);
  });
});

describe('keys in the hands of who administers', () => {
  let administrator: ApiClient;
  let office: Office;
  beforeEach(async () => {
    office = await server.offices.open('securityAdministrator', 'altro');
    administrator = await server.signedIn(office);
  });
  const keys = async (utente = clerk.user.user_id) =>
    (await administrator.post('/v1/keys/list', { ...ADMINISTRATION, utente })).body['chiavi'] as {
      chiave: string;
      tipo: string;
    }[];
  const bind = (tipo: string, valore: string, more: object = {}) =>
    administrator.post('/v1/keys/bind', {
      ...ADMINISTRATION,
      utente: clerk.user.user_id,
      tipo,
      valore,
      ...more,
    });
  const revoke = (chiave: string, utente = clerk.user.user_id) =>
    administrator.post('/v1/keys/revoke', { ...ADMINISTRATION, utente, chiave });

  it('are listed without what they are, and taken away one by one, the session with them', async () => {
    const police = await server.signedIn(clerk);
    const held = await keys();
    expect(held.map(({ tipo }) => tipo)).toEqual(['password', 'totp']);
    expect(JSON.stringify(held)).not.toContain('argon2');
    expect((await revoke(held[1]?.chiave ?? '')).status).toBe(200);
    expect((await police.post('/v1/sessions/read', {})).status).toBe(401);
    expect((await keys()).map(({ tipo }) => tipo)).toEqual(['password']);
    expect((await revoke('K000000000000')).status).toBe(404);
  });

  it('a card is tied by the user’s own codice fiscale, a certificate by its fingerprint, once', async () => {
    expect((await bind('certificate-person', 'RSSMRA70A01F257X')).status).toBe(409);
    expect((await bind('certificate-person', clerk.user.codice_fiscale.toLowerCase())).status).toBe(200);
    const print = 'AB:'.repeat(31);
    expect((await bind('certificate', 'AB:CD')).status).toBe(409);
    expect((await bind('certificate', `${print}AB`)).status).toBe(200);
    expect((await bind('certificate', 'ab'.repeat(32))).status).toBe(409);
    expect((await bind('oidc', 'x', { fornitore: 'nessuno' })).status).toBe(409);
    expect((await keys()).map(({ tipo }) => tipo).sort()).toEqual([
      'certificate',
      'certificate-person',
      'password',
      'totp',
    ]);
  });

  it('nobody touches their own', async () => {
    const own = office.user.user_id;
    for (const { chiave } of await keys(own)) expect((await revoke(chiave, own)).status).toBe(409);
    expect((await bind('certificate', 'ef'.repeat(32), { utente: own })).status).toBe(409);
  });

  it('control 26: while the audit cannot be written no key is tied, taken away or given again', async () => {
    const { numero } = await ask(clerk.user.user_id);
    const before = await keys();
    const owner = await openDatabase({ url: server.test.ownerUrl, applicationName: 'test', poolSize: 1 });
    try {
      await owner.query('revoke insert on audit.leaves from sipop_app');
      expect((await bind('certificate', 'ab'.repeat(32))).status).toBe(503);
      expect((await revoke(before[0]?.chiave ?? '')).status).toBe(503);
      expect((await decide(custodian, 'approve', numero)).status).toBe(503);
    } finally {
      await owner.query('grant insert on audit.leaves to sipop_app');
      await owner.close();
    }
    expect(await keys()).toEqual(before);
    expect(await waiting(custodian)).toMatchObject([{ numero }]);
  });
});
