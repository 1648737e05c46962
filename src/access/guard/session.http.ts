/** Sessions over HTTP: sign in, who am I, sign out, enrolment of the second factor (security.md, "Keys" and "Sessions"). Each is a leaf of the audit too. */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { route } from '../../platform/http/operation.ts';
import { beginOwnTotp, confirmOwnTotp } from '../sessions/second-factor.service.ts';
import { signIn, signOut } from '../sessions/sign-in.service.ts';
import { clearSessionCookie, sessionWord } from './cookies.ts';
import type { GuardContext } from './guard.ts';
import { DONE, DONE_ANSWER, handOver, NOTHING, OPENED, OPENED_EXAMPLE, own, unknown, words } from './own.ts';

const OPEN_BODY = z.strictObject({
  utente: z
    .string()
    .trim()
    .toUpperCase()
    .min(1)
    .max(20)
    .describe('Identificativo dell’utente (U12) / user identifier'),
  password: z.string().min(1).max(256),
  codice: z
    .string()
    .regex(/^\d{6}$/)
    .max(6)
    .optional()
    .describe('Secondo fattore, sei cifre / second factor, six digits'),
});
const WHO = z.object({
  utente: z.string().max(20),
  ente: z.string().max(20),
  secondo_fattore: z.boolean(),
  profili: z
    .array(
      z.object({
        id: z.string().max(60),
        operazioni: z.array(z.string().max(60)).max(200),
        scopi: z.array(z.string().max(60)).max(100),
      }),
    )
    .max(50),
});
const ENROLMENT = z.object({ segreto: z.string().max(100), indirizzo: z.string().max(500) });
const CODE_BODY = z.strictObject({
  codice: z
    .string()
    .regex(/^\d{6}$/)
    .max(6),
});

export const SESSION_OPEN: Operation<typeof OPEN_BODY, typeof OPENED> = {
  id: 'sessionOpen',
  method: 'POST',
  path: '/v1/sessions/open',
  tag: 'sessions',
  summary: words('Entra', 'Sign in'),
  description: words(
    'Con identificativo, password e secondo fattore. Ogni errore dice lo stesso; dopo alcuni si attende.',
    'With identifier, password and second factor. Every failure says the same; after some one waits.',
  ),
  key: 'none',
  body: OPEN_BODY,
  answer: OPENED,
  example: {
    body: { utente: 'U12', password: '…', codice: '123456' },
    answer: OPENED_EXAMPLE,
  },
  refusals: ['unauthenticated', 'audit-unavailable'],
};

export const SESSION_READ: Operation<typeof NOTHING, typeof WHO> = {
  id: 'sessionRead',
  method: 'POST',
  path: '/v1/sessions/read',
  tag: 'sessions',
  summary: words('Chi sono', 'Who am I'),
  description: words(
    'Utente, ente, profili con operazioni e scopi.',
    'User, body, profiles with operations and purposes.',
  ),
  key: 'key',
  body: NOTHING,
  answer: WHO,
  example: { body: {}, answer: { utente: 'U12', ente: 'B3', secondo_fattore: true, profili: [] } },
  refusals: ['audit-unavailable'],
};

export const SESSION_CLOSE: Operation<typeof NOTHING, typeof DONE> = {
  id: 'sessionClose',
  method: 'POST',
  path: '/v1/sessions/close',
  tag: 'sessions',
  summary: words('Esci', 'Sign out'),
  description: words('Chiude la sessione sul server.', 'Ends the session on the server.'),
  key: 'key',
  body: NOTHING,
  answer: DONE,
  example: { body: {}, answer: { fatto: true } },
  refusals: ['audit-unavailable'],
};

export const FACTOR_BEGIN: Operation<typeof NOTHING, typeof ENROLMENT> = {
  id: 'secondFactorBegin',
  method: 'POST',
  path: '/v1/second-factors/begin',
  tag: 'sessions',
  summary: words('Comincia il secondo fattore', 'Begin the second factor'),
  description: words(
    'Un segreto per l’app dei codici, mostrato una volta, a chi è entrato da poco con un’altra chiave che vale due fattori (passkey). Al primo uso: invitationBegin.',
    'A secret for the app of codes, shown once, to who signed in a short while ago by another key that stands for two factors (passkey). At first use: invitationBegin.',
  ),
  key: 'key',
  body: NOTHING,
  answer: ENROLMENT,
  example: {
    body: {},
    answer: { segreto: 'JBSWY3DPEHPK3PXP', indirizzo: 'otpauth://totp/SIPOP:U12?secret=…' },
  },
  refusals: ['conflict', 'audit-unavailable'],
};

export const FACTOR_CONFIRM: Operation<typeof CODE_BODY, typeof DONE> = {
  id: 'secondFactorConfirm',
  method: 'POST',
  path: '/v1/second-factors/confirm',
  tag: 'sessions',
  summary: words('Conferma il secondo fattore', 'Confirm the second factor'),
  description: words('Con il primo codice dell’app.', 'By the app’s first code.'),
  key: 'key',
  body: CODE_BODY,
  answer: DONE,
  example: { body: { codice: '123456' }, answer: { fatto: true } },
  refusals: ['audit-unavailable'],
};

export const SESSION_OPERATIONS: readonly Operation[] = [
  SESSION_OPEN,
  SESSION_READ,
  SESSION_CLOSE,
  FACTOR_BEGIN,
  FACTOR_CONFIRM,
];

export function sessionRoutes(context: GuardContext): readonly Route[] {
  const { sessions } = context;
  return [
    route(SESSION_OPEN, async ({ utente, password, codice }, request) => {
      // Who tries is recorded, known or not; the password never.
      const opened = await unknown(context, SESSION_OPEN.id, request, utente, () =>
        signIn(sessions, { userId: utente, password, code: codice ?? null, address: request.address }),
      );
      return handOver(request, utente, opened);
    }),
    route(SESSION_READ, (_body, request) =>
      own(context, SESSION_READ.id, request, async ({ holder, session }) => ({
        utente: holder.id,
        ente: holder.body.id,
        secondo_fattore: session.second_factor,
        profili: holder.grants.map(({ profile }) => ({
          id: profile.id,
          operazioni: [...profile.operations],
          scopi: [...profile.purposes],
        })),
      })),
    ),
    route(SESSION_CLOSE, async (_body, request) => {
      await own(context, SESSION_CLOSE.id, request, async () => {
        const word = sessionWord(request.headers['cookie']);
        if (word !== null) await signOut(sessions, word);
      });
      request.setHeader('Set-Cookie', clearSessionCookie());
      return DONE_ANSWER;
    }),
    route(FACTOR_BEGIN, (_body, request) =>
      own(context, FACTOR_BEGIN.id, request, async (caller) => {
        const { secret, uri } = await beginOwnTotp(sessions, caller);
        return { segreto: secret, indirizzo: uri };
      }),
    ),
    route(FACTOR_CONFIRM, ({ codice }, request) =>
      own(context, FACTOR_CONFIRM.id, request, async (caller, beforeCommit) => {
        await confirmOwnTotp({ ...sessions, beforeCommit }, caller, codice);
        return DONE_ANSWER;
      }),
    ),
  ];
}
