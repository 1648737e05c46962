/**
 * Drafts over HTTP: what a page keeps so that nothing typed is lost when a session ends or a page is loaded again. Sealed for its user
 * under a key outside the database, for a few days; nothing of it is an access to the register, so it makes no leaf of the audit.
 */
import { z } from 'zod';
import type { Operation, RequestContext, Route } from '../../platform/http/operation.ts';
import { route } from '../../platform/http/operation.ts';
import { deleteDraft, forgetDrafts, listDrafts, putDraft } from '../sessions/drafts.sql.ts';
import { notSignedIn } from '../sessions/sign-in.service.ts';
import { type GuardContext, identify } from './guard.ts';

const NAME = z
  .string()
  .max(60)
  .regex(/^[a-z0-9-]{1,60}$/);
const LONGEST = 60_000;
/** Days after which a draft is gone. */
const DAYS = 7;

const WRITE_BODY = z.strictObject({
  nome: NAME.describe('Di che cosa è la bozza / what the draft is of'),
  contenuto: z
    .string()
    .max(LONGEST)
    .nullable()
    .describe('Il testo da tenere; null per toglierlo / the text to keep; null to take it away'),
});
const DONE = z.object({ fatto: z.literal(true) });
const READ_BODY = z.strictObject({ nomi: z.array(NAME).min(1).max(20) });
const READ_ANSWER = z.object({
  bozze: z
    .array(z.object({ nome: NAME, contenuto: z.string().max(LONGEST), scritta_al: z.string().max(40) }))
    .max(20),
});

export const DRAFT_WRITE: Operation<typeof WRITE_BODY, typeof DONE> = {
  id: 'draftWrite',
  method: 'POST',
  path: '/v1/drafts/write',
  tag: 'sessions',
  summary: { it: 'Tiene una bozza', en: 'Keep a draft' },
  description: {
    it: 'Ciò che si stava scrivendo, cifrato, per sette giorni, per il solo utente.',
    en: 'What was being typed, encrypted, for seven days, for the user alone.',
  },
  key: 'key',
  body: WRITE_BODY,
  answer: DONE,
  example: { body: { nome: 'ricerca', contenuto: '{}' }, answer: { fatto: true } },
  refusals: [],
};

export const DRAFT_READ: Operation<typeof READ_BODY, typeof READ_ANSWER> = {
  id: 'draftRead',
  method: 'POST',
  path: '/v1/drafts/read',
  tag: 'sessions',
  summary: { it: 'Rilegge le bozze', en: 'Read drafts back' },
  description: {
    it: 'Le proprie bozze, tra quelle chieste.',
    en: 'One’s own drafts, of those asked for.',
  },
  key: 'key',
  body: READ_BODY,
  answer: READ_ANSWER,
  example: { body: { nomi: ['ricerca'] }, answer: { bozze: [] } },
  refusals: [],
};

export const DRAFT_OPERATIONS: readonly Operation[] = [DRAFT_WRITE, DRAFT_READ];

export function draftRoutes(context: GuardContext): readonly Route[] {
  const { db, box } = context.sessions;
  const userOf = async (request: RequestContext): Promise<string> => {
    const caller = await identify(context, request);
    if (caller === null) throw notSignedIn();
    return caller.holder.id;
  };
  const since = (): Date => new Date(context.now().getTime() - DAYS * 86_400_000);
  const owner = (user: string, name: string): string => `draft:${user}:${name}`;
  return [
    route(DRAFT_WRITE, async ({ nome, contenuto }, request) => {
      const user = await userOf(request);
      if (contenuto === null) await deleteDraft(db, user, nome);
      else {
        await putDraft(db, user, nome, box.seal(owner(user, nome), Buffer.from(contenuto)), context.now());
        await forgetDrafts(db, since());
      }
      return { fatto: true as const };
    }),
    route(DRAFT_READ, async ({ nomi }, request) => {
      const user = await userOf(request);
      const held = await listDrafts(db, user, nomi, since());
      return {
        // One sealed under a key that is no longer ours is as if it had not been kept.
        bozze: held.flatMap(({ name, box: sealed, written_at }) => {
          const text = box.open(owner(user, name), sealed);
          return text === null
            ? []
            : [
                {
                  nome: name,
                  contenuto: text.toString('utf8'),
                  scritta_al: new Date(written_at).toISOString(),
                },
              ];
        }),
      };
    }),
  ];
}
