/** Sign-in by an OpenID provider (security.md, "Keys"), against a real one: PKCE, state, nonce, the level of assurance, and who is tied to whom. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inviteUser, stopUser } from '../../src/access/accounts/users.service.ts';
import type { OidcProvider } from '../../src/access/keys/oidc.ts';
import { bindKey } from '../../src/access/sessions/users-keys.service.ts';
import type { ApiAnswer, ApiClient } from '../support/api.ts';
import { type KeyServer, keyServer } from '../support/key-server.ts';
import type { Office } from '../support/offices.ts';
import { CLIENT, REDIRECT, type TestProvider, testProvider } from '../support/oidc-provider.ts';

const MINUTE = 60_000;
let idp: TestProvider;
let server: KeyServer;
let office: Office;
let people = 0;
let person: string;
beforeAll(async () => {
  idp = await testProvider();
  const of = (id: string, more: Partial<OidcProvider> = {}): OidcProvider => ({
    id,
    name: id.toUpperCase(),
    issuer: idp.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    redirectUri: REDIRECT,
    scope: 'openid profile',
    claim: 'fiscal_number',
    levels: ['livello-2'],
    ...more,
  });
  server = await keyServer({
    sessions: { providers: [of('spid'), of('altro'), of('muto', { issuer: 'http://127.0.0.1:1' })] },
  });
});
afterAll(async () => {
  await server.stop();
  await idp.stop();
});
beforeEach(async () => {
  office = await server.offices.open('police', 'polizia');
  person = `BNCNNA80A41F${String(257 + people++).padStart(3, '0')}Y`;
});

const bind = (value: string, issuer = 'spid', userId = office.user.user_id) =>
  bindKey(server.offices.access, userId, { kind: 'oidc', issuer, value }, ['spid', 'altro']);
/** A browser that went to the provider; what it came back with is not told yet. */
async function gone(
  who: string = person,
  level = 'livello-2',
  more: object = {},
): Promise<{ readonly api: ApiClient; readonly back: URL; readonly sent: URL }> {
  const api = server.client();
  const begun = await api.open('/v1/oidc/begin', { fornitore: 'spid', ...more });
  const sent = new URL(String(begun.body['indirizzo']));
  return { api, back: await idp.visit(sent.href, who, level), sent };
}
const tell = (api: ApiClient, back: URL, more: object = {}): Promise<ApiAnswer> =>
  api.open('/v1/sessions/open-by-oidc', { ...Object.fromEntries(back.searchParams), ...more });

it('a person whom an administrator tied comes in, with both factors; of an invited user it is the first use', async () => {
  const { user } = await inviteUser(server.offices.access, {
    body_id: office.body.body_id,
    surname: 'Neri',
    given_name: 'Ugo',
    codice_fiscale: person,
    office: null,
    account: 'ordinary',
  });
  await bind(`TINIT-${person}`, 'spid', user.user_id);
  const { api, back } = await gone();
  const opened = await tell(api, back);
  expect(opened.body).toMatchObject({ utente: user.user_id, secondo_fattore: true });
  // Also where the account was made active in the midst of it, one leaf, of who came in.
  expect(await server.leaves(1)).toMatchObject([{ operation: 'sessionOpenByOidc', user: user.user_id }]);
  expect((await api.post('/v1/sessions/read', {})).body).toMatchObject({ utente: user.user_id });
});

it('what is asked of the provider: a code, PKCE, state, nonce, the level', async () => {
  const { sent } = await gone();
  expect(Object.fromEntries(sent.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    acr_values: 'livello-2',
    redirect_uri: REDIRECT,
  });
});

describe('control 11: whatever is wrong gets the one answer', () => {
  beforeEach(() => bind(person));
  const refused = async (answer: Promise<ApiAnswer>): Promise<void> => {
    const { status, body } = await answer;
    expect([status, body['code']]).toEqual([401, 'unauthenticated']);
  };

  it('a person whom nobody tied, or tied at another provider', async () => {
    const stranger = await gone('RSSMRA70A01F257X');
    await refused(tell(stranger.api, stranger.back));
    const other = 'VRDLCU70A01F257X';
    await bind(other, 'altro');
    const elsewhere = await gone(other);
    await refused(tell(elsewhere.api, elsewhere.back));
  });

  it('a level of assurance that is not among those taken', async () => {
    const { api, back } = await gone(person, 'livello-1');
    await refused(tell(api, back));
  });

  it('a state that is not ours, told twice, or too late', async () => {
    const one = await gone();
    await refused(tell(one.api, one.back, { state: 'A'.repeat(43) }));
    expect((await tell(one.api, one.back)).status).toBe(200);
    await refused(tell(one.api, one.back));
    const late = await gone();
    server.offices.clock.pass(5 * MINUTE);
    await refused(tell(late.api, late.back));
  });

  it('a code of another sign-in under one’s own state: the verifier and the nonce are not its', async () => {
    const mine = await gone();
    const theirs = await gone();
    await refused(tell(mine.api, mine.back, { code: theirs.back.searchParams.get('code') }));
  });

  it('told by another browser than the one that went (login CSRF)', async () => {
    const { back } = await gone();
    await refused(tell(server.client(), back));
    const other = await gone();
    const mine = await gone();
    await refused(tell(other.api, mine.back));
  });

  it('another issuer than the one asked (RFC 9207)', async () => {
    const { api, back } = await gone();
    await refused(tell(api, back, { iss: 'https://evil.example' }));
  });

  it('who is suspended', async () => {
    const { api, back } = await gone();
    await stopUser(server.offices.access, office.user.user_id, 'suspend', 'prova');
    await refused(tell(api, back));
  });
});

it('a provider that is not there, or does not answer, is told as such', async () => {
  const begin = (fornitore: string) => server.client().post('/v1/oidc/begin', { fornitore });
  expect((await begin('nessuno')).status).toBe(404);
  expect((await begin('muto')).status).toBe(503);
});

it('the page of entry is told which ways there are', async () => {
  const answer = await fetch(`${server.http.base}/v1/sessions/ways`);
  expect(await answer.json()).toMatchObject({
    fornitori: [{ id: 'spid', nome: 'SPID' }, { id: 'altro' }, { id: 'muto' }],
  });
});
