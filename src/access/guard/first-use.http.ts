/** The first use of an account and the change of a password, over HTTP (security.md, 7, 8, 10). */
import { z } from 'zod';
import type { Operation, Route } from '../../platform/http/operation.ts';
import { route } from '../../platform/http/operation.ts';
import { changePassword } from '../sessions/change-password.service.ts';
import { beginFirstUse, endFirstUse, type FirstKeys } from '../sessions/first-use.service.ts';
import type { GuardContext } from './guard.ts';
import { handOver, OPENED, OPENED_EXAMPLE, own, unknown, words } from './own.ts';
import {
  CREATED,
  CREATED_EXAMPLE,
  CREATION_EXAMPLE,
  CREATION_OPTIONS,
  PASSKEY_NAME,
} from './passkeys.schemas.ts';

const INVITATION = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .describe(
    'La parola dell’invito; di un recupero, quella della richiesta, un punto e il codice del collega / the word of the invitation; of a recovery, that of the request, a dot and the colleague’s code',
  );
const PASSWORD = z.string().min(1).max(256);

const BEGIN_BODY = z.strictObject({ invito: INVITATION });
const BEGUN = z.object({
  utente: z.string().max(20),
  segreto: z.string().max(100).describe('Per l’app dei codici, da scrivere / for the app of codes, to type'),
  indirizzo: z
    .string()
    .max(500)
    .describe('Lo stesso, da mostrare come QR / the same, to be shown as a QR code'),
  passkey: CREATION_OPTIONS.nullable(),
});
export const INVITATION_BEGIN: Operation<typeof BEGIN_BODY, typeof BEGUN> = {
  id: 'invitationBegin',
  method: 'POST',
  path: '/v1/invitations/begin',
  tag: 'sessions',
  summary: words('Comincia il primo uso', 'Begin the first use'),
  description: words(
    'Ciò che serve a scegliere tra passkey e password con l’app dei codici. L’invito resta valido: lo usa invitationAccept.',
    'What is needed to choose between a passkey and a password with the app of codes. The invitation stays valid: invitationAccept uses it.',
  ),
  key: 'none',
  body: BEGIN_BODY,
  answer: BEGUN,
  example: {
    body: { invito: 'k3…' },
    answer: {
      utente: 'U12',
      segreto: 'JBSWY3DPEHPK3PXP',
      indirizzo: 'otpauth://totp/SIPOP:U12?secret=…',
      passkey: CREATION_EXAMPLE,
    },
  },
  refusals: ['unauthenticated', 'audit-unavailable'],
};

const ACCEPT_BODY = z
  .strictObject({
    invito: INVITATION,
    password: PASSWORD.optional(),
    codice: z
      .string()
      .regex(/^\d{6}$/)
      .max(6)
      .optional()
      .describe('Il primo codice dell’app / the app’s first code'),
    passkey: z.strictObject({ nome: PASSKEY_NAME, risposta: CREATED }).optional(),
  })
  .refine(
    ({ password, codice, passkey }) =>
      (password === undefined) !== (passkey === undefined) && (passkey === undefined || codice === undefined),
    { message: 'password (con codice) oppure passkey / password (with codice) or passkey' },
  );

export const INVITATION_ACCEPT: Operation<typeof ACCEPT_BODY, typeof OPENED> = {
  id: 'invitationAccept',
  method: 'POST',
  path: '/v1/invitations/accept',
  tag: 'sessions',
  summary: words('Accetta un invito', 'Accept an invitation'),
  description: words(
    'Il primo uso: la parola ricevuta, e una passkey oppure una password propria con il primo codice dell’app. Solo chi non vede persone può avere la password sola (15 caratteri; con il codice, 8). Apre la prima sessione. Un invito vale una volta e per sette giorni.',
    'The first use: the word received, and a passkey or a password of one’s own with the app’s first code. Only who sees no persons may have the password alone (15 characters; with the code, 8). It opens the first session. An invitation holds once and for seven days.',
  ),
  key: 'none',
  body: ACCEPT_BODY,
  answer: OPENED,
  example: {
    body: { invito: 'k3…', passkey: { nome: 'portatile', risposta: CREATED_EXAMPLE } },
    answer: { ...OPENED_EXAMPLE, ultimo_accesso: null },
  },
  refusals: ['unauthenticated', 'audit-unavailable'],
};

const CHANGE_BODY = z.strictObject({ attuale: PASSWORD, nuova: PASSWORD });
export const PASSWORD_CHANGE: Operation<typeof CHANGE_BODY, typeof OPENED> = {
  id: 'passwordChange',
  method: 'POST',
  path: '/v1/passwords/change',
  tag: 'sessions',
  summary: words('Cambia la password', 'Change the password'),
  description: words(
    'Con quella attuale. La sessione ricomincia: cookie e csrf nuovi. Dopo alcuni errori la sessione finisce.',
    'With the present one. The session begins anew: new cookie and csrf. After some failures the session ends.',
  ),
  key: 'key',
  body: CHANGE_BODY,
  answer: OPENED,
  example: { body: { attuale: '…', nuova: '…' }, answer: OPENED_EXAMPLE },
  refusals: ['audit-unavailable'],
};

export const FIRST_USE_OPERATIONS: readonly Operation[] = [
  INVITATION_BEGIN,
  INVITATION_ACCEPT,
  PASSWORD_CHANGE,
];

export function firstUseRoutes(context: GuardContext): readonly Route[] {
  const { sessions } = context;
  return [
    route(INVITATION_BEGIN, ({ invito }, request) =>
      unknown(context, INVITATION_BEGIN.id, request, null, async () => {
        const { user, totp, passkey } = await beginFirstUse(sessions, invito);
        return { utente: user.user_id, segreto: totp.secret, indirizzo: totp.uri, passkey };
      }),
    ),
    route(INVITATION_ACCEPT, async ({ invito, password, codice, passkey }, request) => {
      const keys: FirstKeys =
        passkey === undefined
          ? { kind: 'password', password: password ?? '', code: codice ?? null }
          : { kind: 'passkey', name: passkey.nome, response: passkey.risposta };
      const opened = await unknown(context, INVITATION_ACCEPT.id, request, null, (beforeCommit) =>
        endFirstUse({ ...sessions, beforeCommit }, invito, keys, request.address),
      );
      return handOver(request, opened.userId, { ...opened, lastUse: null });
    }),
    route(PASSWORD_CHANGE, async ({ attuale, nuova }, request) => {
      const { opened, userId } = await own(
        context,
        PASSWORD_CHANGE.id,
        request,
        async (caller, beforeCommit) => ({
          opened: await changePassword(
            { ...sessions, beforeCommit },
            caller,
            attuale,
            nuova,
            request.address,
          ),
          userId: caller.holder.id,
        }),
      );
      return handOver(request, userId, opened);
    }),
  ];
}
