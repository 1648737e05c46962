/**
 * A page that was loaded again takes its session up: the cookie is still there, the word against forgery is not. It is given to our own
 * pages alone: the cookie goes with no request of another site (SameSite=Strict), and no other site can read the answer (no CORS).
 */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { route } from '../../platform/http/operation.ts';
import { listNow } from '../accounts/history.sql.ts';
import { findNames } from '../accounts/names.sql.ts';
import { PURPOSES } from '../accounts/tables.ts';
import { withAudit } from '../audit/with-audit.ts';
import { callerOf, notSignedIn } from '../sessions/sign-in.service.ts';
import { sessionWord } from './cookies.ts';
import { type GuardContext, isOfCertificate } from './guard.ts';

const NOTHING = z.strictObject({});
const PURPOSE = z.object({ id: z.string().max(60), it: z.string().max(200), en: z.string().max(200) });
const RESUMED = z.object({
  csrf: z.string().max(64),
  cambio_password: z.boolean(),
  secondo_fattore: z.boolean(),
  utente: z.object({ id: z.string().max(20), nome: z.string().max(170), conto: z.string().max(20) }),
  ente: z.object({ id: z.string().max(20), nome: z.string().max(200), comune: z.string().max(6).nullable() }),
  profili: z
    .array(
      z.object({
        id: z.string().max(60),
        it: z.string().max(200),
        en: z.string().max(200),
        operazioni: z.array(z.string().max(60)).max(200),
        campi: z.array(z.string().max(60)).max(60),
        scopi: z.array(z.string().max(60)).max(100),
      }),
    )
    .max(50),
  scopi: z.array(PURPOSE).max(100).describe('Quelli dei profili / those of the profiles'),
});

export const SESSION_RESUME: Operation<typeof NOTHING, typeof RESUMED> = {
  id: 'sessionResume',
  method: 'POST',
  path: '/v1/sessions/resume',
  tag: 'sessions',
  summary: { it: 'Riprende la sessione', en: 'Take the session up again' },
  description: {
    it: 'Per una pagina ricaricata: ridà la parola da ripetere in X-CSRF-Token, e dice chi è l’utente e che cosa può.',
    en: 'For a page loaded again: gives anew the word to repeat in X-CSRF-Token, and tells who the user is and what they may.',
  },
  key: 'key',
  body: NOTHING,
  answer: RESUMED,
  example: {
    body: {},
    answer: {
      csrf: 'kX…',
      cambio_password: false,
      secondo_fattore: true,
      utente: { id: 'U12', nome: 'Anna Bianchi', conto: 'ordinary' },
      ente: { id: 'B3', nome: 'Comune di Carpi', comune: '036005' },
      profili: [],
      scopi: [],
    },
  },
  refusals: ['audit-unavailable'],
};

export function resumeRoute(context: GuardContext): Route {
  return route(SESSION_RESUME, async (_body, request) => {
    const word = sessionWord(request.headers['cookie']);
    // Old browsers send no such header; those that do must say that the page is ours.
    const site = request.headers['sec-fetch-site'];
    const ours = site === undefined || site === 'same-origin';
    const held = word === null || !ours ? null : await callerOf(context.sessions, word);
    const caller = held !== null && isOfCertificate(held, request) ? held : null;
    const released = await withAudit(
      context,
      {
        caller: {
          user: caller?.holder.id ?? null,
          client: null,
          body: caller?.holder.body.id ?? null,
          from: request.address,
        },
        operation: SESSION_RESUME.id,
        kind: 'administered',
        purpose: null,
        file: null,
        sought: [],
      },
      async () => {
        if (caller === null) throw notSignedIn();
        return { answer: caller, subjects: [], fields: [], count: 0 };
      },
    );
    const { holder, session } = released.answer;
    const names = await findNames(context.sessions.db, holder.id);
    const purposes = new Set(holder.grants.flatMap(({ profile }) => profile.purposes));
    return {
      csrf: session.csrf,
      cambio_password: session.must_change,
      secondo_fattore: session.second_factor,
      utente: { id: holder.id, nome: names?.user ?? holder.id, conto: holder.account },
      ente: { id: holder.body.id, nome: names?.body ?? holder.body.id, comune: holder.body.comune },
      profili: holder.grants.map(({ profile }) => ({
        id: profile.id,
        it: profile.italian,
        en: profile.english,
        operazioni: [...profile.operations],
        campi: [...profile.fields],
        scopi: [...profile.purposes],
      })),
      scopi: (await listNow(context.sessions.db, PURPOSES))
        .filter(({ purpose_id }) => purposes.has(purpose_id))
        .map(({ purpose_id, italian, english }) => ({ id: purpose_id, it: italian, en: english })),
    };
  });
}
