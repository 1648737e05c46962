/** Passkeys over HTTP (security.md, "Keys"): to sign in, to make, to name, to take away. */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { route } from '../../platform/http/operation.ts';
import { getNow } from '../accounts/change.service.ts';
import { USERS } from '../accounts/tables.ts';
import { listPasskeys } from '../keys/passkeys.sql.ts';
import { refuseUnproved } from '../sessions/own-keys.ts';
import {
  addOwnPasskey,
  beginPasskey,
  beginPasskeySignIn,
  nameOwnPasskey,
  removeOwnPasskey,
  signInWithPasskey,
} from '../sessions/passkeys.service.ts';
import type { GuardContext } from './guard.ts';
import { DONE, DONE_ANSWER, handOver, NOTHING, OPENED, OPENED_EXAMPLE, own, unknown, words } from './own.ts';
import {
  CREATED,
  CREATED_EXAMPLE,
  CREATION_EXAMPLE,
  CREATION_OPTIONS,
  CREDENTIAL_ID,
  PASSKEY_NAME,
  REQUEST_OPTIONS,
  USED,
} from './passkeys.schemas.ts';

const ASK = z.object({ opzioni: REQUEST_OPTIONS });
export const PASSKEY_ASK: Operation<typeof NOTHING, typeof ASK> = {
  id: 'passkeyAsk',
  method: 'POST',
  path: '/v1/passkeys/ask',
  tag: 'sessions',
  summary: words('Chiede una passkey', 'Ask for a passkey'),
  description: words(
    'Il primo passo per entrare: ciò che il browser passa a navigator.credentials.get(). Non chiede chi si è. Vale una volta, per cinque minuti.',
    'The first step to sign in: what the browser gives to navigator.credentials.get(). It does not ask who one is. It holds once, for five minutes.',
  ),
  key: 'none',
  body: NOTHING,
  answer: ASK,
  example: {
    body: {},
    answer: {
      opzioni: { challenge: 'b3…', timeout: 120_000, rpId: 'sipop.example', userVerification: 'required' },
    },
  },
  refusals: ['not-found'],
};

const OPEN_BODY = z.strictObject({ risposta: USED });
export const PASSKEY_OPEN: Operation<typeof OPEN_BODY, typeof OPENED> = {
  id: 'sessionOpenByPasskey',
  method: 'POST',
  path: '/v1/sessions/open-by-passkey',
  tag: 'sessions',
  summary: words('Entra con una passkey', 'Sign in by a passkey'),
  description: words(
    'Il secondo passo: ciò che il browser ha risposto. Ogni errore dice lo stesso. Una passkey vale i due fattori.',
    'The second step: what the browser answered. Every failure says the same. A passkey stands for both factors.',
  ),
  key: 'none',
  body: OPEN_BODY,
  answer: OPENED,
  example: {
    body: {
      risposta: {
        id: 'q1…',
        rawId: 'q1…',
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: 'eyJ…', authenticatorData: 'SZ…', signature: 'MEU…', userHandle: 'Zk…' },
      },
    },
    answer: OPENED_EXAMPLE,
  },
  refusals: ['unauthenticated', 'not-found', 'audit-unavailable'],
};

const CREATION = z.object({ opzioni: CREATION_OPTIONS });
export const PASSKEY_BEGIN: Operation<typeof NOTHING, typeof CREATION> = {
  id: 'passkeyBegin',
  method: 'POST',
  path: '/v1/passkeys/begin',
  tag: 'sessions',
  summary: words('Comincia una passkey nuova', 'Begin a new passkey'),
  description: words(
    'Ciò che il browser passa a navigator.credentials.create(). Solo a chi è entrato da poco (un quarto d’ora) con i due fattori; al primo uso: invitationBegin.',
    'What the browser gives to navigator.credentials.create(). Only to who signed in a short while ago (a quarter of an hour) with both factors; at first use: invitationBegin.',
  ),
  key: 'key',
  body: NOTHING,
  answer: CREATION,
  example: { body: {}, answer: { opzioni: CREATION_EXAMPLE } },
  refusals: ['not-found', 'conflict', 'audit-unavailable'],
};

const CONFIRM_BODY = z.strictObject({ nome: PASSKEY_NAME, risposta: CREATED });
export const PASSKEY_CONFIRM: Operation<typeof CONFIRM_BODY, typeof DONE> = {
  id: 'passkeyConfirm',
  method: 'POST',
  path: '/v1/passkeys/confirm',
  tag: 'sessions',
  summary: words('Registra la passkey nuova', 'Register the new passkey'),
  description: words(
    'Con la risposta del browser e un nome per riconoscerla.',
    'With the browser’s answer and a name to know it by.',
  ),
  key: 'key',
  body: CONFIRM_BODY,
  answer: DONE,
  example: { body: { nome: 'portatile', risposta: CREATED_EXAMPLE }, answer: DONE_ANSWER },
  refusals: ['not-found', 'audit-unavailable'],
};

const LIST = z.object({
  passkey: z
    .array(
      z.object({
        id: CREDENTIAL_ID,
        nome: PASSKEY_NAME,
        creata: z.string().max(40),
        usata: z.string().max(40).nullable(),
        sincronizzata: z.boolean().describe('Sta su più dispositivi di chi la usa / lies on several devices'),
        bloccata: z
          .boolean()
          .describe('Ne è stata fatta una copia: non apre più / it was copied: it opens nothing'),
      }),
    )
    .max(20),
});
export const PASSKEY_LIST: Operation<typeof NOTHING, typeof LIST> = {
  id: 'passkeyList',
  method: 'POST',
  path: '/v1/passkeys/list',
  tag: 'sessions',
  summary: words('Le mie passkey', 'My passkeys'),
  description: words('Quelle di chi è entrato.', 'Those of who is signed in.'),
  key: 'key',
  body: NOTHING,
  answer: LIST,
  example: {
    body: {},
    answer: {
      passkey: [
        {
          id: 'q1…',
          nome: 'portatile',
          creata: '2026-01-12T08:00:00Z',
          usata: '2026-01-30T07:58:11Z',
          sincronizzata: false,
          bloccata: false,
        },
      ],
    },
  },
  refusals: ['audit-unavailable'],
};

const RENAME_BODY = z.strictObject({ id: CREDENTIAL_ID, nome: PASSKEY_NAME });
export const PASSKEY_RENAME: Operation<typeof RENAME_BODY, typeof DONE> = {
  id: 'passkeyRename',
  method: 'POST',
  path: '/v1/passkeys/rename',
  tag: 'sessions',
  summary: words('Rinomina una passkey', 'Rename a passkey'),
  description: words('Una propria.', 'One of one’s own.'),
  key: 'key',
  body: RENAME_BODY,
  answer: DONE,
  example: { body: { id: 'q1…', nome: 'chiavetta' }, answer: DONE_ANSWER },
  refusals: ['not-found', 'audit-unavailable'],
};

const REMOVE_BODY = z.strictObject({ id: CREDENTIAL_ID });
export const PASSKEY_REMOVE: Operation<typeof REMOVE_BODY, typeof DONE> = {
  id: 'passkeyRemove',
  method: 'POST',
  path: '/v1/passkeys/remove',
  tag: 'sessions',
  summary: words('Toglie una passkey', 'Remove a passkey'),
  description: words(
    'Una propria, persa o non più usata; l’ultima chiave non si toglie. Solo a chi è entrato da poco con i due fattori.',
    'One of one’s own, lost or no longer used; the last key is not removed. Only to who signed in a short while ago with both factors.',
  ),
  key: 'key',
  body: REMOVE_BODY,
  answer: DONE,
  example: { body: { id: 'q1…' }, answer: DONE_ANSWER },
  refusals: ['not-found', 'conflict', 'audit-unavailable'],
};

export const PASSKEY_OPERATIONS: readonly Operation[] = [
  PASSKEY_ASK,
  PASSKEY_OPEN,
  PASSKEY_BEGIN,
  PASSKEY_CONFIRM,
  PASSKEY_LIST,
  PASSKEY_RENAME,
  PASSKEY_REMOVE,
];

export function passkeyRoutes(context: GuardContext): readonly Route[] {
  const { sessions } = context;
  return [
    // No leaf: nothing is learned or changed by asking, and the page of entry asks each time it is opened.
    route(PASSKEY_ASK, async () => ({ opzioni: await beginPasskeySignIn(sessions) })),
    route(PASSKEY_OPEN, async ({ risposta }, request) => {
      const opened = await unknown(
        context,
        PASSKEY_OPEN.id,
        request,
        null,
        () => signInWithPasskey(sessions, risposta, request.address),
        ({ userId }) => userId,
      );
      return handOver(request, opened.userId, opened);
    }),
    route(PASSKEY_BEGIN, (_body, request) =>
      own(context, PASSKEY_BEGIN.id, request, async ({ holder, session }) => {
        refuseUnproved(sessions, session);
        const user = await getNow(sessions.db, USERS, 'l’utente', holder.id);
        return { opzioni: await beginPasskey(sessions, user) };
      }),
    ),
    route(PASSKEY_CONFIRM, ({ nome, risposta }, request) =>
      own(context, PASSKEY_CONFIRM.id, request, async ({ holder, session }, beforeCommit) => {
        refuseUnproved(sessions, session);
        await addOwnPasskey({ ...sessions, beforeCommit }, holder.id, nome, risposta);
        return DONE_ANSWER;
      }),
    ),
    route(PASSKEY_LIST, (_body, request) =>
      own(context, PASSKEY_LIST.id, request, async ({ holder }) => ({
        passkey: (await listPasskeys(sessions.db, holder.id)).map((row) => ({
          id: row.passkey_id,
          nome: row.name,
          creata: row.made_at,
          usata: row.used_at,
          sincronizzata: row.synced,
          bloccata: row.blocked_at !== null,
        })),
      })),
    ),
    route(PASSKEY_RENAME, ({ id, nome }, request) =>
      own(context, PASSKEY_RENAME.id, request, async ({ holder }, beforeCommit) => {
        await nameOwnPasskey({ ...sessions, beforeCommit }, holder.id, id, nome);
        return DONE_ANSWER;
      }),
    ),
    route(PASSKEY_REMOVE, ({ id }, request) =>
      own(context, PASSKEY_REMOVE.id, request, async ({ holder, session }, beforeCommit) => {
        refuseUnproved(sessions, session);
        await removeOwnPasskey({ ...sessions, beforeCommit }, holder.id, id);
        return DONE_ANSWER;
      }),
    ),
  ];
}
