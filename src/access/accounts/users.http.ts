/** Users and the profiles in their hands, over HTTP: invitation, suspension, end, yearly review (security.md, 1 to 6). */
import { z } from 'zod';
import { romeDay } from '../../kernel/day.ts';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { listLastUses, listUserHistory } from './accounts.sql.ts';
import {
  type AdministrationContext,
  administered,
  COMMON,
  COUNT,
  DAY,
  ID,
  listed,
  NAME,
  PAGE,
  page,
  REFUSALS,
  SCOPO,
  WHY,
} from './administered.ts';
import { grantProfile, reviewGrant, revokeGrant } from './grants.service.ts';
import { listNow } from './history.sql.ts';
import { dueReviews } from './reviews.ts';
import { AGREEMENTS, CLIENTS, GRANTS, USERS } from './tables.ts';
import { inviteAgain, inviteUser, stopUser } from './users.service.ts';

const REASON = z.string().trim().min(3).max(300);
const STATE = z.enum(['invited', 'active', 'suspended', 'ended']);
const ACCOUNT = z.enum(['ordinary', 'administration']);
const PROFILE = z.string().trim().min(1).max(60);

const GRANT = z.object({
  holder_id: z.string().max(20),
  profile_id: z.string().max(60),
  comuni: z.array(z.string().max(6)).max(500),
  reviewed_on: DAY,
});
const USER = z.object({
  user_id: z.string().max(20),
  body_id: z.string().max(20),
  surname: NAME,
  given_name: NAME,
  office: NAME.nullable(),
  account: ACCOUNT,
  state: STATE,
  reason: NAME.nullable(),
  ultimo_uso: z.string().max(40).nullable(),
  profili: z.array(GRANT).max(100),
});
const USERS_ANSWER = z.object({ numero: COUNT, utenti: z.array(USER).max(500) });
const INVITATION = z.object({
  utente: z.string().max(20),
  invito: z.string().max(100).describe('Da consegnare a mano, vale una volta / to be handed over, once'),
  scade: z.string().max(40),
});
const STOPPED = z.object({ utente: z.string().max(20), stato: STATE });
const DONE = z.object({ fatto: z.literal(true) });
const HISTORY = z.object({
  storia: z
    .array(
      z.object({
        state: STATE,
        body_id: z.string().max(20),
        office: NAME.nullable(),
        reason: NAME.nullable(),
        recorded_from: z.string().max(40),
        recorded_to: z.string().max(40),
        changed_by: z.string().max(100),
      }),
    )
    .max(10_000),
});
const DUE = z.object({
  scadenze: z
    .array(
      z.object({
        kind: z.enum([
          'review-due',
          'review-past',
          'unused-soon',
          'unused',
          'agreement-ending',
          'no-profile',
        ]),
        id: z.string().max(20),
        body: z.string().max(20),
        profile: z.string().max(60).nullable(),
        on: DAY.nullable(),
      }),
    )
    .max(500),
  numero: COUNT,
});

const LIST_BODY = z.strictObject({ ...WHY, ...PAGE, ente: ID.optional(), stato: STATE.optional() });
const INVITE_BODY = z.strictObject({
  ...WHY,
  ente: ID,
  cognome: z.string().trim().min(1).max(100),
  nome: z.string().trim().min(1).max(100),
  codice_fiscale: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9]{16}$/)
    .max(16),
  ufficio: z.string().trim().min(1).max(200).optional(),
  accesso: z.enum(['ordinario', 'amministrazione']).default('ordinario'),
});
const STOP_BODY = z.strictObject({
  ...WHY,
  utente: ID,
  passo: z.enum(['sospendi', 'cessa']),
  motivo: REASON,
});
const AGAIN_BODY = z.strictObject({
  ...WHY,
  utente: ID,
  passo: z.enum(['riattiva', 'reinvita']).describe('Dopo una sospensione, o per chi ha perso le chiavi'),
});
const ONE_BODY = z.strictObject({ ...WHY, utente: ID });
const GRANT_BODY = z.strictObject({
  ...WHY,
  accesso: ID.describe('Utente o sistema / user or system'),
  profilo: PROFILE,
  comuni: z
    .array(
      z
        .string()
        .regex(/^\d{6}$/)
        .max(6),
    )
    .max(500)
    .default([]),
});
const HELD_BODY = z.strictObject({ ...WHY, accesso: ID, profilo: PROFILE });
const DUE_BODY = z.strictObject({ ...WHY, ...PAGE });

const GRANT_EXAMPLE = {
  holder_id: 'U12',
  profile_id: 'registryOfficer',
  comuni: [],
  reviewed_on: '2026-01-31',
};
const INVITED = { utente: 'U12', invito: 'k3…', scade: '2026-02-07T08:15:00Z' };

export const USER_LIST: Operation<typeof LIST_BODY, typeof USERS_ANSWER> = {
  ...COMMON,
  id: 'userList',
  right: 'accessList',
  path: '/v1/users/list',
  summary: { it: 'Gli utenti, con profili e ultimo uso', en: 'The users, with profiles and last use' },
  description: { it: 'Di un ente o di tutti.', en: 'Of one body or of all.' },
  body: LIST_BODY,
  answer: USERS_ANSWER,
  example: {
    body: SCOPO,
    answer: {
      numero: 1,
      utenti: [
        {
          user_id: 'U12',
          body_id: 'B3',
          surname: 'Bianchi',
          given_name: 'Anna',
          office: 'anagrafe',
          account: 'ordinary',
          state: 'active',
          reason: null,
          ultimo_uso: '2026-01-30T07:58:11Z',
          profili: [GRANT_EXAMPLE],
        },
      ],
    },
  },
  refusals: ['audit-unavailable'],
};
export const USER_INVITE: Operation<typeof INVITE_BODY, typeof INVITATION> = {
  ...COMMON,
  id: 'userInvite',
  right: 'userManage',
  path: '/v1/users/invite',
  summary: { it: 'Invita una persona', en: 'Invite a person' },
  description: {
    it: 'Un accesso per persona; chi amministra ne ha uno a parte, che non vede persone.',
    en: 'One account a person; who administers has one apart, which sees no persons.',
  },
  body: INVITE_BODY,
  answer: INVITATION,
  example: {
    body: { ...SCOPO, ente: 'B3', cognome: 'Bianchi', nome: 'Anna', codice_fiscale: 'BNCNNA80A41F257X' },
    answer: INVITED,
  },
  refusals: REFUSALS,
};
export const USER_STOP: Operation<typeof STOP_BODY, typeof STOPPED> = {
  ...COMMON,
  id: 'userStop',
  right: 'userManage',
  path: '/v1/users/stop',
  summary: { it: 'Sospende o fa cessare un utente', en: 'Suspend or end a user' },
  description: {
    it: 'Le sue chiavi cadono nello stesso momento, anche nel mezzo di una sessione.',
    en: 'The keys fall in the same moment, in the midst of a session too.',
  },
  body: STOP_BODY,
  answer: STOPPED,
  example: {
    body: { ...SCOPO, utente: 'U12', passo: 'cessa', motivo: 'altro ufficio' },
    answer: { utente: 'U12', stato: 'ended' },
  },
  refusals: REFUSALS,
};
export const USER_AGAIN: Operation<typeof AGAIN_BODY, typeof INVITATION> = {
  ...COMMON,
  id: 'userInviteAgain',
  right: 'userManage',
  path: '/v1/users/invite-again',
  summary: { it: 'Ridà le chiavi con un nuovo invito', en: 'Give keys again by a new invitation' },
  description: {
    it: 'Mai a sé stessi: lo fa un’altra persona (12).',
    en: 'Never to oneself: another person does it (12).',
  },
  body: AGAIN_BODY,
  answer: INVITATION,
  example: { body: { ...SCOPO, utente: 'U12', passo: 'reinvita' }, answer: INVITED },
  refusals: REFUSALS,
};
export const USER_HISTORY: Operation<typeof ONE_BODY, typeof HISTORY> = {
  ...COMMON,
  id: 'userHistory',
  right: 'accessList',
  path: '/v1/users/history',
  summary: { it: 'La storia di un accesso', en: 'The history of an account' },
  description: {
    it: 'Ogni stato, da chi e perché.',
    en: 'Every state, by whom and why.',
  },
  body: ONE_BODY,
  answer: HISTORY,
  example: { body: { ...SCOPO, utente: 'U12' }, answer: { storia: [] } },
  refusals: ['audit-unavailable'],
};
export const GRANT_GIVE: Operation<typeof GRANT_BODY, typeof GRANT> = {
  ...COMMON,
  id: 'grantGive',
  right: 'grantManage',
  path: '/v1/grants/give',
  summary: { it: 'Dà un profilo', en: 'Give a profile' },
  description: {
    it: 'A un utente o a un sistema; nessuno a sé stesso. Vale un anno, poi va rivisto.',
    en: 'To a user or a system; nobody to oneself. It holds a year, then it is to be reviewed.',
  },
  body: GRANT_BODY,
  answer: GRANT,
  example: { body: { ...SCOPO, accesso: 'U12', profilo: 'registryOfficer' }, answer: GRANT_EXAMPLE },
  refusals: REFUSALS,
};
export const GRANT_REVIEW: Operation<typeof HELD_BODY, typeof GRANT> = {
  ...COMMON,
  id: 'grantReview',
  right: 'grantManage',
  path: '/v1/grants/review',
  summary: { it: 'Rivede un profilo: serve ancora', en: 'Review a profile: it is still needed' },
  description: { it: 'La revisione annuale (3).', en: 'The yearly review (3).' },
  body: HELD_BODY,
  answer: GRANT,
  example: { body: { ...SCOPO, accesso: 'U12', profilo: 'registryOfficer' }, answer: GRANT_EXAMPLE },
  refusals: REFUSALS,
};
export const GRANT_REVOKE: Operation<typeof HELD_BODY, typeof DONE> = {
  ...COMMON,
  id: 'grantRevoke',
  right: 'grantManage',
  path: '/v1/grants/revoke',
  summary: { it: 'Toglie un profilo', en: 'Revoke a profile' },
  description: { it: 'Da subito.', en: 'At once.' },
  body: HELD_BODY,
  answer: DONE,
  example: { body: { ...SCOPO, accesso: 'U12', profilo: 'registryOfficer' }, answer: { fatto: true } },
  refusals: REFUSALS,
};
export const REVIEW_LIST: Operation<typeof DUE_BODY, typeof DUE> = {
  ...COMMON,
  id: 'reviewList',
  right: 'accessList',
  path: '/v1/reviews/list',
  summary: { it: 'Che cosa attende una decisione', en: 'What waits for a decision' },
  description: {
    it: 'Profili da rivedere o scaduti, accessi inutilizzati da quasi sei mesi o già chiusi, convenzioni che finiscono, accessi senza profilo.',
    en: 'Profiles to review or expired, accounts almost six months unused or already shut, agreements that end, accounts without a profile.',
  },
  body: DUE_BODY,
  answer: DUE,
  example: {
    body: SCOPO,
    answer: {
      numero: 1,
      scadenze: [{ kind: 'review-due', id: 'U12', body: 'B3', profile: 'registryOfficer', on: '2026-02-20' }],
    },
  },
  refusals: ['audit-unavailable'],
};

export const USER_OPERATIONS: readonly Operation[] = [
  USER_LIST,
  USER_INVITE,
  USER_STOP,
  USER_AGAIN,
  USER_HISTORY,
  GRANT_GIVE,
  GRANT_REVIEW,
  GRANT_REVOKE,
  REVIEW_LIST,
];

export function userRoutes(context: AdministrationContext): readonly Route[] {
  const { db } = context;
  return [
    listed(context, USER_LIST, async ({ ente, stato, ...of }) => {
      const rows = (
        await listNow(db, USERS, ente === undefined ? undefined : { column: 'body_id', values: [ente] })
      ).filter(({ state }) => stato === undefined || state === stato);
      const shown = page(rows, of);
      const ids = shown.map(({ user_id }) => user_id);
      const grants = Map.groupBy(
        await listNow(db, GRANTS, { column: 'holder_id', values: ids }),
        ({ holder_id }) => holder_id,
      );
      const uses = new Map((await listLastUses(db, ids)).map((use) => [use.holder_id, use.used_at]));
      const utenti = shown.map((user) => ({
        ...user,
        ultimo_uso: uses.get(user.user_id) ?? null,
        profili: (grants.get(user.user_id) ?? []).map((grant) => ({ ...grant, comuni: [...grant.comuni] })),
      }));
      return { answer: { numero: rows.length, utenti }, count: utenti.length };
    }),
    administered(context, USER_INVITE, async (access, given) => {
      const { user, word, expiresAt } = await inviteUser(access, {
        body_id: given.ente,
        surname: given.cognome,
        given_name: given.nome,
        codice_fiscale: given.codice_fiscale,
        office: given.ufficio ?? null,
        account: given.accesso === 'ordinario' ? 'ordinary' : 'administration',
      });
      return { utente: user.user_id, invito: word, scade: expiresAt };
    }),
    administered(context, USER_STOP, async (access, { utente, passo, motivo }) => {
      const { user_id, state } = await stopUser(
        access,
        utente,
        passo === 'cessa' ? 'end' : 'suspend',
        motivo,
      );
      return { utente: user_id, stato: state };
    }),
    administered(context, USER_AGAIN, async (access, { utente, passo }) => {
      const step = passo === 'riattiva' ? 'resume' : 'invite-again';
      const { user, word, expiresAt } = await inviteAgain(access, utente, step);
      return { utente: user.user_id, invito: word, scade: expiresAt };
    }),
    listed(context, USER_HISTORY, async ({ utente }) => {
      const storia = (await listUserHistory(db, utente)) as z.input<typeof HISTORY>['storia'];
      return { answer: { storia }, count: storia.length };
    }),
    administered(context, GRANT_GIVE, async (access, { accesso, profilo, comuni }) => {
      const grant = await grantProfile(access, { holder_id: accesso, profile_id: profilo, comuni });
      return { ...grant, comuni: [...grant.comuni] };
    }),
    administered(context, GRANT_REVIEW, async (access, { accesso, profilo }) => {
      const grant = await reviewGrant(access, accesso, profilo);
      return { ...grant, comuni: [...grant.comuni] };
    }),
    administered(context, GRANT_REVOKE, async (access, { accesso, profilo }) => {
      await revokeGrant(access, accesso, profilo);
      return { fatto: true as const };
    }),
    listed(context, REVIEW_LIST, async (of) => {
      const users = await listNow(db, USERS);
      const clients = await listNow(db, CLIENTS);
      const ids = [...users.map((u) => u.user_id), ...clients.map((c) => c.client_id)];
      const due = dueReviews(
        {
          users,
          clients,
          grants: await listNow(db, GRANTS),
          agreements: await listNow(db, AGREEMENTS),
          lastUses: await listLastUses(db, ids),
        },
        romeDay(context.now()),
      );
      const scadenze = page(due, of);
      return { answer: { numero: due.length, scadenze }, count: scadenze.length };
    }),
  ];
}
