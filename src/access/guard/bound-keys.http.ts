/** The ways of signing in, and those by keys of others' making: client certificates, OpenID Connect (security.md, "Keys"). */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { route } from '../../platform/http/operation.ts';
import { beginOidcSignIn, endOidcSignIn, signInWithCertificate } from '../sessions/bound-sign-in.service.ts';
import { cookieOf, OIDC_COOKIE, setOidcCookie } from './cookies.ts';
import type { GuardContext } from './guard.ts';
import { handOver, OPENED, OPENED_EXAMPLE, unknown, words } from './own.ts';
import { USER_ID } from './recovery.http.ts';

const WANTED = USER_ID.optional().describe(
  'Quale accesso, per chi ne ha due / which account, for who has two',
);
const PROVIDER = z.string().trim().min(1).max(60);

const WAYS = z.object({
  password: z.literal(true),
  passkey: z.boolean(),
  certificato: z.boolean(),
  fornitori: z.array(z.object({ id: PROVIDER, nome: z.string().max(60) })).max(20),
});
export const SESSION_WAYS: Operation<z.ZodType, typeof WAYS> = {
  id: 'sessionWays',
  method: 'GET',
  path: '/v1/sessions/ways',
  tag: 'sessions',
  summary: words('Come si può entrare', 'How one can sign in'),
  description: words(
    'I modi che questo servizio ha attivi, per la pagina d’ingresso.',
    'The ways that are turned on at this service, for the page of entry.',
  ),
  key: 'none',
  answer: WAYS,
  example: {
    answer: { password: true, passkey: true, certificato: true, fornitori: [{ id: 'spid', nome: 'SPID' }] },
  },
  refusals: [],
};

const CERTIFICATE_BODY = z.strictObject({ utente: WANTED });
export const CERTIFICATE_OPEN: Operation<typeof CERTIFICATE_BODY, typeof OPENED> = {
  id: 'sessionOpenByCertificate',
  method: 'POST',
  path: '/v1/sessions/open-by-certificate',
  tag: 'sessions',
  summary: words('Entra con il certificato', 'Sign in by the certificate'),
  description: words(
    'Quello della connessione (carta CNS), legato all’utente da chi amministra. Ogni richiesta della sessione deve venire con lo stesso certificato.',
    'That of the connection (a CNS card), tied to the user by who administers. Every request of the session must come with the same certificate.',
  ),
  key: 'none',
  body: CERTIFICATE_BODY,
  answer: OPENED,
  example: { body: {}, answer: OPENED_EXAMPLE },
  refusals: ['unauthenticated', 'not-found', 'ambiguous', 'audit-unavailable'],
};

const BEGIN_BODY = z.strictObject({ fornitore: PROVIDER, utente: WANTED });
const BEGUN = z.object({
  indirizzo: z.string().max(4000).describe('Dove mandare il browser / where to send the browser'),
});
export const OIDC_BEGIN: Operation<typeof BEGIN_BODY, typeof BEGUN> = {
  id: 'oidcBegin',
  method: 'POST',
  path: '/v1/oidc/begin',
  tag: 'sessions',
  summary: words('Va a un fornitore di identità', 'Go to an identity provider'),
  description: words(
    'L’indirizzo del fornitore (OpenID Connect: SPID, CIE). La pagina a cui rimanda passa a sessionOpenByOidc ciò che ha ricevuto, entro cinque minuti e dallo stesso browser.',
    'The provider’s address (OpenID Connect: SPID, CIE). The page it sends back to passes on to sessionOpenByOidc what it was given, within five minutes and from the same browser.',
  ),
  key: 'none',
  body: BEGIN_BODY,
  answer: BEGUN,
  example: { body: { fornitore: 'spid' }, answer: { indirizzo: 'https://proxy.example/auth?client_id=…' } },
  refusals: ['not-found', 'audit-unavailable'],
};

const OIDC_BODY = z.strictObject({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(4000),
  iss: z.string().max(300).optional(),
});
export const OIDC_OPEN: Operation<typeof OIDC_BODY, typeof OPENED> = {
  id: 'sessionOpenByOidc',
  method: 'POST',
  path: '/v1/sessions/open-by-oidc',
  tag: 'sessions',
  summary: words('Entra con un fornitore di identità', 'Sign in by an identity provider'),
  description: words(
    'Con i parametri che il fornitore ha dato alla pagina. Ogni errore dice lo stesso.',
    'With the parameters that the provider gave to the page. Every failure says the same.',
  ),
  key: 'none',
  body: OIDC_BODY,
  answer: OPENED,
  example: { body: { state: 'v1…', code: 'q8…', iss: 'https://proxy.example' }, answer: OPENED_EXAMPLE },
  refusals: ['unauthenticated', 'ambiguous', 'audit-unavailable'],
};

export const BOUND_KEY_OPERATIONS: readonly Operation[] = [
  SESSION_WAYS,
  CERTIFICATE_OPEN,
  OIDC_BEGIN,
  OIDC_OPEN,
];

export function boundKeyRoutes(context: GuardContext): readonly Route[] {
  const { sessions } = context;
  return [
    route(SESSION_WAYS, async () => ({
      password: true as const,
      passkey: sessions.site != null,
      certificato: sessions.certificates !== undefined,
      fornitori: (sessions.providers ?? []).map(({ id, name }) => ({ id, nome: name })),
    })),
    route(CERTIFICATE_OPEN, async ({ utente }, request) => {
      const { certificate, address } = request;
      const opened = await unknown(
        context,
        CERTIFICATE_OPEN.id,
        request,
        utente ?? null,
        (beforeCommit) =>
          signInWithCertificate({ ...sessions, beforeCommit }, certificate, utente ?? null, address),
        ({ userId }) => userId,
      );
      return handOver(request, opened.userId, opened);
    }),
    route(OIDC_BEGIN, ({ fornitore, utente }, request) =>
      unknown(context, OIDC_BEGIN.id, request, utente ?? null, async () => {
        const { address, browser } = await beginOidcSignIn(sessions, fornitore, utente ?? null);
        request.setHeader('Set-Cookie', setOidcCookie(browser));
        return { indirizzo: address };
      }),
    ),
    route(OIDC_OPEN, async ({ state, code, iss }, request) => {
      const browser = cookieOf(request.headers['cookie'], OIDC_COOKIE);
      const opened = await unknown(
        context,
        OIDC_OPEN.id,
        request,
        null,
        (beforeCommit) =>
          endOidcSignIn(
            { ...sessions, beforeCommit },
            { state, code, iss: iss ?? null },
            browser,
            request.address,
          ),
        ({ userId }) => userId,
      );
      return handOver(request, opened.userId, opened);
    }),
  ];
}
