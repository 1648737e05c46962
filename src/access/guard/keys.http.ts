/** The keys of users in the hands of who administers, over HTTP (security.md, "Keys"). */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { bindKey, listKeysOf, revokeKey } from '../sessions/users-keys.service.ts';
import { ASKED, type GuardContext, guarded } from './guard.ts';
import { DONE, DONE_ANSWER, words } from './own.ts';
import { aboutUser, administering, USER_ID } from './recovery.http.ts';

const KEY_ID = z
  .string()
  .regex(/^K[0-9A-F]{12}$/)
  .max(13)
  .describe('La chiave, come la nomina keyList / the key, as keyList names it');
const LIST_BODY = z.strictObject({ ...ASKED, utente: USER_ID });
const LIST = z.object({
  chiavi: z
    .array(
      z.object({
        chiave: KEY_ID,
        tipo: z
          .enum(['password', 'totp', 'passkey', 'certificate', 'certificate-person', 'oidc'])
          .describe(
            'certificate: per impronta; certificate-person: la carta con il codice fiscale dell’utente / by fingerprint; the card with the user’s codice fiscale',
          ),
        nome: z.string().max(300),
        dal: z.string().max(40).nullable(),
        usata: z.string().max(40).nullable(),
        bloccata: z.boolean(),
      }),
    )
    .max(200),
});
const purpose = { scopo: 'amministrazione-accessi' };
const refusals = ['not-found', 'conflict', 'audit-unavailable'] as const;

export const KEY_LIST: Operation<typeof LIST_BODY, typeof LIST> = {
  id: 'keyList',
  method: 'POST',
  path: '/v1/keys/list',
  tag: 'keys',
  summary: words('Le chiavi di un utente', 'The keys of a user'),
  description: words(
    'Che cosa apre il suo accesso; mai le chiavi stesse.',
    'What opens their access; never the keys themselves.',
  ),
  key: 'key',
  body: LIST_BODY,
  answer: LIST,
  example: {
    body: { ...purpose, utente: 'U12' },
    answer: {
      chiavi: [
        {
          chiave: 'K0A1B2C3D4E5F',
          tipo: 'passkey',
          nome: 'portatile',
          dal: '2026-01-12T08:00:00Z',
          usata: '2026-01-30T07:58:11Z',
          bloccata: false,
        },
      ],
    },
  },
  refusals,
};

const BIND_BODY = z.strictObject({
  ...ASKED,
  utente: USER_ID,
  tipo: z.enum(['certificate', 'certificate-person', 'oidc']),
  fornitore: z
    .string()
    .trim()
    .max(60)
    .default('')
    .describe(
      'Per oidc: il fornitore, come lo nomina sessionWays / for oidc: the provider, as sessionWays names it',
    ),
  valore: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .describe(
      'L’impronta SHA-256 del certificato; il codice fiscale della carta; per oidc il valore dell’attributo che identifica la persona / SHA-256 fingerprint; the card’s codice fiscale; for oidc the value of the claim that identifies the person',
    ),
});
export const KEY_BIND: Operation<typeof BIND_BODY, typeof DONE> = {
  id: 'keyBind',
  method: 'POST',
  path: '/v1/keys/bind',
  tag: 'keys',
  summary: words('Lega una chiave a un utente', 'Tie a key to a user'),
  description: words(
    'Un certificato (carta CNS) o una persona di un fornitore di identità: da ora apre il suo accesso. Di un utente invitato è anche il primo uso.',
    'A certificate (CNS card) or a person of an identity provider: from now on it opens their access. For an invited user it is the first use too.',
  ),
  key: 'key',
  body: BIND_BODY,
  answer: DONE,
  example: {
    body: { ...purpose, utente: 'U12', tipo: 'certificate-person', valore: 'BNCNNA80A41F257Y' },
    answer: DONE_ANSWER,
  },
  refusals,
};

const REVOKE_BODY = z.strictObject({ ...ASKED, utente: USER_ID, chiave: KEY_ID });
export const KEY_REVOKE: Operation<typeof REVOKE_BODY, typeof DONE> = {
  id: 'keyRevoke',
  method: 'POST',
  path: '/v1/keys/revoke',
  tag: 'keys',
  summary: words('Toglie una chiave a un utente', 'Take a key away from a user'),
  description: words(
    'Da subito; finisce anche la sua sessione. Mai una propria.',
    'At once; their session ends too. Never one of one’s own.',
  ),
  key: 'key',
  body: REVOKE_BODY,
  answer: DONE,
  example: { body: { ...purpose, utente: 'U12', chiave: 'K0A1B2C3D4E5F' }, answer: DONE_ANSWER },
  refusals,
};

export const KEY_OPERATIONS: readonly Operation[] = [KEY_LIST, KEY_BIND, KEY_REVOKE];

export function keyRoutes(context: GuardContext): readonly Route[] {
  const { sessions } = context;
  const nobody = (): readonly string[] => [];
  return [
    guarded(context, {
      operation: KEY_LIST,
      sought: nobody,
      look: async ({ utente }) => {
        const keys = await listKeysOf(sessions.db, utente);
        const chiavi = keys.map((key) => ({
          chiave: key.id,
          tipo: key.kind,
          nome: key.name,
          dal: key.since,
          usata: key.usedAt,
          bloccata: key.blocked,
        }));
        return { ...aboutUser({ chiavi }, utente), count: keys.length };
      },
    }),
    guarded(context, {
      operation: KEY_BIND,
      sought: nobody,
      look: async ({ utente, tipo, fornitore, valore }, granted) => {
        const providers = (sessions.providers ?? []).map(({ id }) => id);
        const key = { kind: tipo, issuer: fornitore, value: valore };
        await bindKey(administering(sessions, granted, utente), utente, key, providers);
        return aboutUser(DONE_ANSWER, utente);
      },
    }),
    guarded(context, {
      operation: KEY_REVOKE,
      sought: nobody,
      look: async ({ utente, chiave }, granted) => {
        await revokeKey(administering(sessions, granted, utente), utente, chiave);
        return aboutUser(DONE_ANSWER, utente);
      },
    }),
  ];
}
