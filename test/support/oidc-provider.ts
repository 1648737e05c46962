/** A real OpenID provider on this machine (`oidc-provider`), and a browser's way through its pages: sign in as somebody, agree, come back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { interactionPolicy } from 'oidc-provider';

export interface TestProvider {
  readonly issuer: string;
  /**
   * Goes where the browser is sent, signs in, and gives the address that the provider sends it back to.
   * @param person the account @param level the assurance that the sign-in had
   */
  visit(address: string, person: string, level: string): Promise<URL>;
  stop(): Promise<void>;
}

export const CLIENT = { id: 'sipop', secret: 'un segreto di almeno trentadue byte, per prova' };
export const REDIRECT = 'https://sipop.example/accesso/ritorno';

export async function testProvider(): Promise<TestProvider> {
  let provider: Provider | null = null;
  /** As whom the next interaction ends. */
  let next = { person: '', level: '' };
  const server = createServer((request, response) => {
    if (provider === null) return void response.end();
    if (request.url?.startsWith('/interaction/') !== true) return void provider.callback()(request, response);
    void finish(provider, request, response);
  });
  const finish = async (
    of: Provider,
    request: Parameters<Provider['interactionDetails']>[0],
    response: Parameters<Provider['interactionDetails']>[1],
  ): Promise<void> => {
    const { prompt, grantId, params, session } = await of.interactionDetails(request, response);
    if (prompt.name === 'login') {
      await of.interactionFinished(request, response, {
        login: { accountId: next.person, acr: next.level },
      });
      return;
    }
    const grant =
      (grantId === undefined ? undefined : await of.Grant.find(grantId)) ??
      new of.Grant({ accountId: String(session?.accountId), clientId: String(params['client_id']) });
    grant.addOIDCScope('openid profile');
    await of.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [REDIRECT] }],
    acrValues: ['livello-1', 'livello-2'],
    claims: { openid: ['sub', 'acr'], profile: ['fiscal_number'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}`, policy: interactionPolicy.base() },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, fiscal_number: `TINIT-${id}` }),
    }),
    cookies: { keys: ['una chiave di prova'] },
  });
  return {
    issuer,
    visit: async (address, person, level) => {
      next = { person, level };
      const jar = new Map<string, string>();
      let at = new URL(address);
      for (let i = 0; i < 10; i++) {
        const answer = await fetch(at, {
          redirect: 'manual',
          headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        });
        for (const cookie of answer.headers.getSetCookie()) {
          const [pair = ''] = cookie.split(';');
          const cut = pair.indexOf('=');
          jar.set(pair.slice(0, cut), pair.slice(cut + 1));
        }
        const location = answer.headers.get('location');
        if (location === null) throw new Error(`${answer.status} at ${at.pathname}: ${await answer.text()}`);
        at = new URL(location, at);
        if (at.href.startsWith(REDIRECT)) return at;
      }
      throw new Error('the provider never came back');
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
