/** What the operations on one's own session and keys share: the leaf that each leaves, and a session handed to the browser. */
import { z } from 'zod';
import type { RequestContext } from '../../platform/http/operation.ts';
import type { Act } from '../audit/leaf.ts';
import { withAudit } from '../audit/with-audit.ts';
import { notSignedIn, type OpenedSession, type SessionCaller } from '../sessions/sign-in.service.ts';
import { setSessionCookie } from './cookies.ts';
import { type GuardContext, identify } from './guard.ts';

export const NOTHING = z.strictObject({});
export const DONE = z.object({ fatto: z.literal(true) });
export const DONE_ANSWER = { fatto: true } as const;
export const words = (it: string, en: string) => ({ it, en });

/** What every way of signing in answers. */
export const OPENED = z.object({
  utente: z.string().max(20),
  csrf: z
    .string()
    .max(64)
    .describe('Da ripetere nell’intestazione X-CSRF-Token / to be repeated in the X-CSRF-Token header'),
  ultimo_accesso: z
    .object({ quando: z.string().max(40), da: z.string().max(60) })
    .nullable()
    .describe(
      'L’accesso prima di questo: quando e da quale indirizzo / the access before this one: when, where from',
    ),
  cambio_password: z
    .boolean()
    .describe(
      'Prima di ogni altra cosa va cambiata la password / before anything else the password must be changed',
    ),
  secondo_fattore: z.boolean(),
});
export const OPENED_EXAMPLE = {
  utente: 'U12',
  csrf: 'kX…',
  ultimo_accesso: { quando: '2026-01-30T07:58:11Z', da: '10.1.2.3' },
  cambio_password: false,
  secondo_fattore: true,
};

/** Gives the session to the browser, in its cookie, and says of it what the page needs. */
export function handOver(
  request: RequestContext,
  userId: string,
  { word, csrf, lastUse, mustChange, secondFactor }: OpenedSession,
): z.input<typeof OPENED> {
  request.setHeader('Set-Cookie', setSessionCookie(word));
  return {
    utente: userId,
    csrf,
    ultimo_accesso: lastUse === null ? null : { quando: lastUse.used_at, da: lastUse.address },
    cambio_password: mustChange,
    secondo_fattore: secondFactor,
  };
}

const actOf = (operation: string, user: string | null, body: string | null, from: string): Act => ({
  caller: { user, client: null, body, from },
  operation,
  kind: 'administered',
  purpose: null,
  file: null,
});

const ABOUT_NOBODY = { subjects: [], fields: [], count: 0 };

/**
 * Runs what a signed-in user does with their own session or keys, as a leaf.
 * @param work is given what makes the leaf durable before a change of keys is committed
 */
export async function own<A>(
  context: GuardContext,
  operation: string,
  request: RequestContext,
  work: (caller: SessionCaller, beforeCommit: () => Promise<void>) => Promise<A>,
): Promise<A> {
  const caller = await identify(context, request);
  const act = actOf(operation, caller?.holder.id ?? null, caller?.holder.body.id ?? null, request.address);
  const released = await withAudit(context, { ...act, sought: [] }, async (record) => {
    if (caller === null) throw notSignedIn();
    return { answer: await work(caller, () => record(ABOUT_NOBODY)), ...ABOUT_NOBODY };
  });
  return released.answer;
}

/**
 * Runs what somebody does who is not signed in yet, as a leaf.
 * @param tried who they say they are, known or not; null where they do not: then the leaf of a sign-in names whom it let in
 * @param work is given what makes the leaf durable before a change is committed
 */
export async function unknown<A>(
  context: GuardContext,
  operation: string,
  request: RequestContext,
  tried: string | null,
  work: (beforeCommit: (userId?: string) => Promise<void>) => Promise<A>,
  who: (answer: A) => string | null = () => null,
): Promise<A> {
  const act = actOf(operation, tried, null, request.address);
  const about = (user: string | null) => ({ ...ABOUT_NOBODY, ...(user === null ? {} : { user }) });
  const released = await withAudit(context, { ...act, sought: [] }, async (record) => {
    const answer = await work((user) => record(about(user ?? null)));
    return { answer, ...about(who(answer)) };
  });
  return released.answer;
}
