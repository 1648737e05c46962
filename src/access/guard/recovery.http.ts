/** Keys given again by a colleague, over HTTP (security.md, 12). */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { route } from '../../platform/http/operation.ts';
import { listRecoveries } from '../keys/recoveries.sql.ts';
import { approveRecovery, askRecovery, refuseRecovery } from '../sessions/recovery.service.ts';
import type { SessionContext } from '../sessions/sign-in.service.ts';
import { ASKED, type Granted, type GuardContext, guarded } from './guard.ts';
import { DONE, DONE_ANSWER, unknown, words } from './own.ts';

export const USER_ID = z
  .string()
  .trim()
  .toUpperCase()
  .min(1)
  .max(20)
  .describe('Identificativo dell’utente (U12) / user identifier');
const NUMBER = z
  .string()
  .regex(/^\d{8}$/)
  .max(8)
  .describe('Il numero che vedono entrambi / the number that both see');

const ASK_BODY = z.strictObject({ utente: USER_ID });
const ASKED_ANSWER = z.object({
  parola: z
    .string()
    .max(64)
    .describe(
      'La tiene la pagina: con il codice del collega (parola, punto, codice) è un invito / kept by the page: with the colleague’s code (word, dot, code) it is an invitation',
    ),
  numero: NUMBER,
});
export const RECOVERY_ASK: Operation<typeof ASK_BODY, typeof ASKED_ANSWER> = {
  id: 'recoveryAsk',
  method: 'POST',
  path: '/v1/recoveries/ask',
  tag: 'sessions',
  summary: words('Chiede chiavi nuove', 'Ask for new keys'),
  description: words(
    'Per chi le ha perse. La risposta è la stessa per chiunque. Un collega dello stesso ente confronta il numero, approva e consegna un codice: «parola.codice» si usa come invito (invitationBegin). La richiesta vale un giorno, il codice mezz’ora.',
    'For who lost them. The answer is the same for anybody. A colleague of the same body compares the number, approves and hands over a code: "word.code" is used as an invitation (invitationBegin). The request holds a day, the code half an hour.',
  ),
  key: 'none',
  body: ASK_BODY,
  answer: ASKED_ANSWER,
  example: { body: { utente: 'U12' }, answer: { parola: 'd9…', numero: '40718823' } },
  refusals: ['audit-unavailable'],
};

const LIST_BODY = z.strictObject({ ...ASKED });
const LIST = z.object({
  richieste: z
    .array(
      z.object({
        utente: z.string().max(20),
        cognome: z.string().max(200),
        nome: z.string().max(200),
        numero: NUMBER,
        chiesta: z.string().max(40),
        da: z.string().max(60),
        scade: z.string().max(40),
      }),
    )
    .max(200),
});
const purpose = { scopo: 'amministrazione-accessi' };
export const RECOVERY_LIST: Operation<typeof LIST_BODY, typeof LIST> = {
  id: 'recoveryList',
  method: 'POST',
  path: '/v1/recoveries/list',
  tag: 'keys',
  summary: words('Richieste di chiavi nuove', 'Requests for new keys'),
  description: words(
    'Quelle dei colleghi del proprio ente che aspettano.',
    'Those of colleagues of one’s own body that wait.',
  ),
  key: 'key',
  body: LIST_BODY,
  answer: LIST,
  example: {
    body: purpose,
    answer: {
      richieste: [
        {
          utente: 'U12',
          cognome: 'Bianchi',
          nome: 'Anna',
          numero: '40718823',
          chiesta: '2026-01-30T08:00:00Z',
          da: '10.1.2.3',
          scade: '2026-01-31T08:00:00Z',
        },
      ],
    },
  },
  refusals: ['audit-unavailable'],
};

const DECIDE_BODY = z.strictObject({ ...ASKED, utente: USER_ID, numero: NUMBER });
const APPROVED = z.object({
  codice: z.string().max(20).describe('Da consegnare di persona / to be handed over in person'),
  scade: z.string().max(40),
});
export const RECOVERY_APPROVE: Operation<typeof DECIDE_BODY, typeof APPROVED> = {
  id: 'recoveryApprove',
  method: 'POST',
  path: '/v1/recoveries/approve',
  tag: 'keys',
  summary: words('Approva una richiesta di chiavi', 'Approve a request for keys'),
  description: words(
    'Di un collega dello stesso ente, riconosciuto di persona e con lo stesso numero; mai la propria. Le chiavi di prima non aprono più nulla da subito.',
    'Of a colleague of the same body, recognised in person and with the same number; never one’s own. The keys from before open nothing from this moment.',
  ),
  key: 'key',
  body: DECIDE_BODY,
  answer: APPROVED,
  example: {
    body: { ...purpose, utente: 'U12', numero: '40718823' },
    answer: { codice: '7KQ2M-XH4DT', scade: '2026-01-30T08:30:00Z' },
  },
  refusals: ['not-found', 'conflict', 'audit-unavailable'],
};

export const RECOVERY_REFUSE: Operation<typeof DECIDE_BODY, typeof DONE> = {
  id: 'recoveryRefuse',
  method: 'POST',
  path: '/v1/recoveries/refuse',
  tag: 'keys',
  summary: words('Respinge una richiesta di chiavi', 'Refuse a request for keys'),
  description: words('Che nessun collega ha fatto.', 'That no colleague made.'),
  key: 'key',
  body: DECIDE_BODY,
  answer: DONE,
  example: { body: { ...purpose, utente: 'U12', numero: '40718823' }, answer: DONE_ANSWER },
  refusals: ['not-found', 'conflict', 'audit-unavailable'],
};

export const RECOVERY_OPERATIONS: readonly Operation[] = [
  RECOVERY_ASK,
  RECOVERY_LIST,
  RECOVERY_APPROVE,
  RECOVERY_REFUSE,
];

/** An answer about a user's keys, with whom it is about. */
export const aboutUser = <A>(answer: A, userId: string) => ({
  answer,
  subjects: [userId],
  fields: [],
  count: 1,
});

/** Who changes another's keys: the leaf is durable before the change is. */
export const administering = (sessions: SessionContext, { holder, record }: Granted, userId: string) => ({
  ...sessions,
  by: holder.id,
  beforeCommit: () => record({ subjects: [userId], fields: [], count: 1 }),
});

export function recoveryRoutes(context: GuardContext): readonly Route[] {
  const { sessions } = context;
  const colleague = ({ holder }: Granted) => ({ userId: holder.id, bodyId: holder.body.id });
  const nobody = (): readonly string[] => [];
  return [
    route(RECOVERY_ASK, ({ utente }, request) =>
      unknown(context, RECOVERY_ASK.id, request, utente, async () => {
        const { word, number } = await askRecovery(sessions, utente, request.address);
        return { parola: word, numero: number };
      }),
    ),
    guarded(context, {
      operation: RECOVERY_LIST,
      sought: nobody,
      look: async (_body, granted) => {
        const waiting = await listRecoveries(sessions.db, granted.holder.body.id, sessions.now());
        return {
          answer: {
            richieste: waiting.map((row) => ({
              utente: row.user_id,
              cognome: row.surname,
              nome: row.given_name,
              numero: row.number,
              chiesta: row.asked_at,
              da: row.address,
              scade: row.expires_at,
            })),
          },
          subjects: [],
          fields: [],
          count: waiting.length,
        };
      },
    }),
    guarded(context, {
      operation: RECOVERY_APPROVE,
      sought: nobody,
      look: async ({ utente, numero }, granted) => {
        const { code, expiresAt } = await approveRecovery(
          administering(sessions, granted, utente),
          colleague(granted),
          utente,
          numero,
        );
        return aboutUser({ codice: code, scade: expiresAt }, utente);
      },
    }),
    guarded(context, {
      operation: RECOVERY_REFUSE,
      sought: nobody,
      look: async ({ utente, numero }, granted) => {
        await refuseRecovery(administering(sessions, granted, utente), colleague(granted), utente, numero);
        return aboutUser(DONE_ANSWER, utente);
      },
    }),
  ];
}
