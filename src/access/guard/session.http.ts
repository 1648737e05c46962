/** Sessions over HTTP: sign in, who am I, sign out, enrolment of the second factor (security.md, "Keys" and "Sessions"). Each is a leaf of the audit too. */
import { z } from 'zod';
import type { Operation, RequestContext, Route } from '../../platform/http/operation.ts';
import { route } from '../../platform/http/operation.ts';
import { acceptInvitation } from '../accounts/users.service.ts';
import type { AccessKind, Act } from '../audit/leaf.ts';
import { withAudit } from '../audit/with-audit.ts';
import { beginTotp, confirmTotp } from '../sessions/second-factor.service.ts';
import { notSignedIn, type SessionCaller, signIn, signOut } from '../sessions/sign-in.service.ts';
import { clearSessionCookie, sessionWord, setSessionCookie } from './cookies.ts';
import { type GuardContext, identify } from './guard.ts';

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
const OPEN_ANSWER = z.object({
  csrf: z
    .string()
    .max(64)
    .describe('Da ripetere nell’intestazione X-CSRF-Token / to be repeated in the X-CSRF-Token header'),
  ultimo_accesso: z.object({ quando: z.string().max(40), da: z.string().max(60) }).nullable(),
  cambio_password: z.boolean(),
  secondo_fattore: z.boolean(),
});
const NOTHING = z.strictObject({});
const DONE = z.object({ fatto: z.literal(true) });
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

const text = (it: string, en: string) => ({ it, en });

export const SESSION_OPEN: Operation<typeof OPEN_BODY, typeof OPEN_ANSWER> = {
  id: 'sessionOpen',
  method: 'POST',
  path: '/v1/sessions/open',
  tag: 'sessions',
  summary: text('Entra', 'Sign in'),
  description: text(
    'Con identificativo, password e secondo fattore. Ogni errore dice lo stesso; dopo alcuni si attende.',
    'With identifier, password and second factor. Every failure says the same; after some one waits.',
  ),
  key: 'none',
  body: OPEN_BODY,
  answer: OPEN_ANSWER,
  example: {
    body: { utente: 'U12', password: '…', codice: '123456' },
    answer: {
      csrf: 'kX…',
      ultimo_accesso: { quando: '2026-01-30T07:58:11Z', da: '10.1.2.3' },
      cambio_password: false,
      secondo_fattore: true,
    },
  },
  refusals: ['unauthenticated', 'audit-unavailable'],
};

export const SESSION_READ: Operation<typeof NOTHING, typeof WHO> = {
  id: 'sessionRead',
  method: 'POST',
  path: '/v1/sessions/read',
  tag: 'sessions',
  summary: text('Chi sono', 'Who am I'),
  description: text(
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
  summary: text('Esci', 'Sign out'),
  description: text('Chiude la sessione sul server.', 'Ends the session on the server.'),
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
  summary: text('Comincia il secondo fattore', 'Begin the second factor'),
  description: text(
    'Un segreto per l’app dei codici, mostrato una volta.',
    'A secret for the app of codes, shown once.',
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
  summary: text('Conferma il secondo fattore', 'Confirm the second factor'),
  description: text('Con il primo codice dell’app.', 'By the app’s first code.'),
  key: 'key',
  body: CODE_BODY,
  answer: DONE,
  example: { body: { codice: '123456' }, answer: { fatto: true } },
  refusals: ['audit-unavailable'],
};

const INVITATION_BODY = z.strictObject({
  invito: z.string().trim().min(1).max(100).describe('La parola dell’invito / the word of the invitation'),
  password: z.string().min(1).max(256),
});
const ACCEPTED = z.object({ utente: z.string().max(20) });

export const INVITATION_ACCEPT: Operation<typeof INVITATION_BODY, typeof ACCEPTED> = {
  id: 'invitationAccept',
  method: 'POST',
  path: '/v1/invitations/accept',
  tag: 'sessions',
  summary: text('Accetta un invito', 'Accept an invitation'),
  description: text(
    'Il primo uso: la parola ricevuta e una password propria. Un invito vale una volta e per sette giorni.',
    'The first use: the word received and a password of one’s own. An invitation holds once and for seven days.',
  ),
  key: 'none',
  body: INVITATION_BODY,
  answer: ACCEPTED,
  example: { body: { invito: 'k3…', password: '…' }, answer: { utente: 'U12' } },
  refusals: ['unauthenticated', 'audit-unavailable'],
};

export const SESSION_OPERATIONS: readonly Operation[] = [
  INVITATION_ACCEPT,
  SESSION_OPEN,
  SESSION_READ,
  SESSION_CLOSE,
  FACTOR_BEGIN,
  FACTOR_CONFIRM,
];

const act = (
  operation: string,
  kind: AccessKind,
  caller: SessionCaller | null,
  request: RequestContext,
): Act => ({
  caller: {
    user: caller?.holder.id ?? null,
    client: null,
    body: caller?.holder.body.id ?? null,
    from: request.address,
  },
  operation,
  kind,
  purpose: null,
  file: null,
});

/** Runs what a signed-in user does with their own session or keys, as a leaf. */
async function own<A>(
  context: GuardContext,
  operation: string,
  request: RequestContext,
  work: (caller: SessionCaller) => Promise<A>,
): Promise<A> {
  const caller = await identify(context, request);
  const released = await withAudit(
    context,
    { ...act(operation, 'administered', caller, request), sought: [] },
    async () => {
      if (caller === null) throw notSignedIn();
      return { answer: await work(caller), subjects: [], fields: [], count: 0 };
    },
  );
  return released.answer;
}

export function sessionRoutes(context: GuardContext): readonly Route[] {
  const { sessions } = context;
  return [
    route(INVITATION_ACCEPT, async ({ invito, password }, request) => {
      const asked = { ...act(INVITATION_ACCEPT.id, 'administered', null, request), sought: [] };
      const released = await withAudit(context, asked, async () => ({
        // Eight characters are enough with a second factor, which whoever accepts has not yet: fifteen (control 7).
        answer: await acceptInvitation(sessions, invito, password, {
          secondFactor: false,
          address: request.address,
        }),
        subjects: [],
        fields: [],
        count: 0,
      }));
      return { utente: released.answer.user_id };
    }),
    route(SESSION_OPEN, async ({ utente, password, codice }, request) => {
      const asked = act(SESSION_OPEN.id, 'administered', null, request);
      // Who tries is recorded, known or not; the password never.
      const tried = { ...asked, caller: { ...asked.caller, user: utente }, sought: [] };
      const released = await withAudit(context, tried, async () => ({
        answer: await signIn(sessions, {
          userId: utente,
          password,
          code: codice ?? null,
          address: request.address,
        }),
        subjects: [],
        fields: [],
        count: 0,
      }));
      const { word, csrf, lastUse, mustChange, secondFactor } = released.answer;
      request.setHeader('Set-Cookie', setSessionCookie(word));
      return {
        csrf,
        ultimo_accesso: lastUse === null ? null : { quando: lastUse.used_at, da: lastUse.address },
        cambio_password: mustChange,
        secondo_fattore: secondFactor,
      };
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
      return { fatto: true as const };
    }),
    route(FACTOR_BEGIN, (_body, request) =>
      own(context, FACTOR_BEGIN.id, request, async ({ holder }) => {
        const { secret, uri } = await beginTotp(sessions, holder.id);
        return { segreto: secret, indirizzo: uri };
      }),
    ),
    route(FACTOR_CONFIRM, ({ codice }, request) =>
      own(context, FACTOR_CONFIRM.id, request, async ({ holder }) => {
        await confirmTotp(sessions, holder.id, codice);
        return { fatto: true as const };
      }),
    ),
  ];
}
