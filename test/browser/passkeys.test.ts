/**
 * A real browser with an authenticator of its own (Chromium's, over CDP): what the server asks, a browser understands, and what a browser answers, the server
 * takes. Byte by byte: test/http/passkeys.test.ts.
 */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inviteUser } from '../../src/access/accounts/users.service.ts';
import { openBrowser } from '../support/browser.ts';
import { type KeyServer, keyServer } from '../support/key-server.ts';

interface Told {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Runs in the page: what our own pages do with the API. Text, since nothing else here knows the words of a browser. */
const PAGE = `
  const nameOf = (error) => error.name;
  globalThis.sipop = {
    csrf: '',
    async post(path, body) {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': this.csrf },
        body: JSON.stringify(body),
      });
      const told = await answer.json();
      this.csrf = told.csrf ?? this.csrf;
      return { status: answer.status, body: told };
    },
    create: (options) =>
      navigator.credentials
        .create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        .then((made) => made.toJSON(), nameOf),
    get: (options) =>
      navigator.credentials
        .get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
        .then((used) => used.toJSON(), nameOf),
  };`;

describe('passkeys in a browser', () => {
  let server: KeyServer;
  let browser: Browser;
  let page: Page;
  let cdp: CDPSession;
  let authenticatorId: string;
  let invitation: string;
  let userId: string;
  beforeAll(async () => {
    const site = { id: 'localhost', name: 'SIPOP', origins: [] as string[] };
    server = await keyServer({ sessions: { site } });
    const base = `http://localhost:${server.http.port}`;
    site.origins.push(base);
    const office = await server.offices.open('police', 'polizia');
    const { word, user } = await inviteUser(server.offices.access, {
      body_id: office.body.body_id,
      surname: 'Neri',
      given_name: 'Ugo',
      codice_fiscale: 'NREUGO80A01F257X',
      office: null,
      account: 'ordinary',
    });
    invitation = word;
    userId = user.user_id;
    browser = await openBrowser();
    const context = await browser.newContext({ bypassCSP: true });
    await context.addInitScript(PAGE);
    page = await context.newPage();
    cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    ({ authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    }));
    await page.goto(`${base}/none`);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  const post = (path: string, body: object) =>
    page.evaluate<Told>(`sipop.post(${JSON.stringify(path)}, ${JSON.stringify(body)})`);
  /** The credential as JSON; the name of the error where the authenticator gave none. */
  const create = (options: unknown) =>
    page.evaluate<object | string>(`sipop.create(${JSON.stringify(options)})`);
  const get = (options: unknown) => page.evaluate<object | string>(`sipop.get(${JSON.stringify(options)})`);
  const signIn = async (): Promise<Told> => {
    const { body } = await post('/v1/passkeys/ask', {});
    return post('/v1/sessions/open-by-passkey', { risposta: await get(body['opzioni']) });
  };

  it('first use with a passkey, out, and in again without an identifier', async () => {
    const begun = await post('/v1/invitations/begin', { invito: invitation });
    const risposta = await create(begun.body['passkey']);
    const accepted = await post('/v1/invitations/accept', {
      invito: invitation,
      passkey: { nome: 'portatile', risposta },
    });
    expect(accepted).toMatchObject({ status: 200, body: { utente: userId, secondo_fattore: true } });
    expect(await post('/v1/sessions/read', {})).toMatchObject({ body: { utente: userId } });
    expect(await post('/v1/sessions/close', {})).toMatchObject({ status: 200 });
    expect(await post('/v1/sessions/read', {})).toMatchObject({ status: 401 });
    expect(await signIn()).toMatchObject({ status: 200, body: { utente: userId, secondo_fattore: true } });
    expect(await post('/v1/sessions/read', {})).toMatchObject({ status: 200 });
  });

  it('the authenticator makes no second passkey of one user, and no script reads the cookie', async () => {
    const { body } = await post('/v1/passkeys/begin', {});
    expect(await create(body['opzioni'])).toBe('InvalidStateError');
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  it('without its owner verified it signs nothing', async () => {
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    const { body } = await post('/v1/passkeys/ask', {});
    expect(await get(body['opzioni'])).toBe('NotAllowedError');
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  });

  it('copied, and used on both sides, it opens nothing any more', async () => {
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    const [copy] = credentials;
    if (copy === undefined) throw new Error('no passkey');
    expect(await signIn()).toMatchObject({ status: 200 });
    await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
    await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: copy });
    expect(await signIn()).toMatchObject({ status: 401 });
    expect(await signIn()).toMatchObject({ status: 401 });
  });
});
