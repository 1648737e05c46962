/**
 * The one way from a request to an answer about persons: who asks (a session), whether they may (rights/authorise.ts), and the leaf that is durable before
 * the answer leaves (audit/with-audit.ts). An operation behind the guard gives its look; nothing else can make its route.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { romeDay } from '../../kernel/day.ts';
import type { Operation, RequestContext, Route } from '../../platform/http/operation.ts';
import type { Act } from '../audit/leaf.ts';
import { type AuditContext, type Look, type RecordFirst, withAudit } from '../audit/with-audit.ts';
import { certificateDigest } from '../keys/certificates.ts';
import { type Quotas, QuotaUsedUp } from '../quotas/quotas.ts';
import {
  authorise,
  closest,
  type Demand,
  type Holder,
  NotAllowed,
  type RefusalReason,
} from '../rights/authorise.ts';
import { operationRight } from '../rights/operations.ts';
import type { Field } from '../rights/profiles.ts';
import type { KnownCallers } from '../sessions/known-callers.ts';
import {
  callerOf,
  notSignedIn,
  repeatsCsrf,
  type SessionCaller,
  type SessionContext,
} from '../sessions/sign-in.service.ts';
import { sessionWord } from './cookies.ts';
import { type Interoperability, identifySystem, isSystem } from './systems.ts';

export interface GuardContext {
  readonly sessions: SessionContext;
  /** Who asks, at less cost; every request reads all of it where absent. */
  readonly callers?: KnownCallers;
  readonly audit: AuditContext['audit'];
  now(): Date;
  /** How much may be asked in a day (21); nothing is counted where absent. */
  readonly quotas?: Quotas;
  /** How systems of bodies ask (security.md, 38 to 42); none may where absent. */
  readonly interoperability?: Interoperability | null;
  /** The person that a user is (P123), for what one asks of oneself; nobody where absent. */
  readonly selfOf?: (userId: string) => Promise<string | null>;
}

/** What every guarded request says beside its question: what for, and for which file (control 18). */
export const ASKED = {
  scopo: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe('Scopo, tra quelli della convenzione / purpose, of those agreed'),
  pratica: z.string().trim().min(1).max(60).optional().describe('Numero di pratica / file number'),
} as const;

interface AskedBody {
  readonly scopo?: string | undefined;
  readonly pratica?: string | undefined;
  /** Where bytes are sent it is said in a header. */
  readonly 'x-scopo'?: string | undefined;
}

/** What the caller may, as the rights say it. */
export interface Granted {
  readonly holder: Holder;
  readonly profile: string;
  /** All that may leave (control 19). */
  readonly fields: ReadonlySet<Field>;
  /** What the session was opened with, for work that goes on after it. */
  readonly keys: { readonly certificate: boolean; readonly secondFactor: boolean };
  /** Does it lie in the profile's territory? @param comuni in which it lies, at least one; @param person the one asked about */
  mayIn(comuni: readonly string[], person?: string): boolean;
  /** The comuni in which it may be asked; null: the whole province. */
  comuni(): readonly string[] | null;
  /** Makes the leaf durable before a change is committed (audit/with-audit.ts). */
  readonly record: RecordFirst;
}

/** Who asks, and with what: a session, or a voucher. */
export interface Caller {
  readonly holder: Holder;
  readonly session: Pick<SessionCaller['session'], 'must_change' | 'certificate' | 'second_factor'>;
}

export interface Guarded<Op extends Operation> {
  readonly operation: Op;
  /** Whom the question names: a refusal is recorded with them. */
  sought(body: z.output<NonNullable<Op['body']>>): readonly string[];
  look(
    body: z.output<NonNullable<Op['body']>>,
    granted: Granted,
    context: RequestContext,
  ): Promise<Look<z.input<Op['answer']>>>;
}

/** Headers by which a page of ours tells that the request is its own, and an answer its place in the audit. */
const CSRF_HEADER = 'x-csrf-token';
const LEAF_HEADER = 'X-Audit-Leaf';

/** Makes the route of a guarded operation. @throws Error where the rights do not know the operation: it would be allowed to nobody */
export function guarded<Op extends Operation>(
  context: GuardContext,
  { operation, sought, look }: Guarded<Op>,
): Route {
  const name = operation.right ?? operation.id;
  const right = operationRight(name);
  if (right === null) throw new Error(`no right for operation ${operation.id}`);
  return {
    operation,
    async handle(body, request) {
      const given = body as z.output<NonNullable<Op['body']>> & AskedBody;
      const asked: AskedBody = { scopo: given.scopo ?? given['x-scopo'], pratica: given.pratica };
      const system = isSystem(request) ? await identifySystem(context, request) : null;
      let caller: Caller | null = system ?? (isSystem(request) ? null : await identify(context, request));
      const act: Act = {
        caller: {
          user: system === null ? (caller?.holder.id ?? null) : system.user,
          client: system?.holder.id ?? null,
          body: caller?.holder.body.id ?? null,
          from: request.address,
        },
        operation: operation.id,
        kind: right.kind,
        purpose: asked.scopo ?? null,
        file: asked.pratica ?? null,
      };
      const asking = withAudit(
        { audit: context.audit, now: context.now },
        { ...act, sought: [...sought(given)] },
        async (record) => {
          if (caller === null) throw notSignedIn();
          if (right.service === 'own') caller = await asSelf(context, caller);
          // The platform granted one purpose: what is said here must be the same.
          if (system !== null && system.purpose !== (asked.scopo ?? null))
            throw new NotAllowed('purpose-not-allowed');
          const granted = grantedTo(context, caller, name, asked, request);
          if (right.persons) await useQuota(context, caller, request);
          return look(given, { ...granted, record }, request);
        },
      );
      const released = await evenly(asking);
      request.setHeader(LEAF_HEADER, String(released.leaf.index));
      return released.answer;
    },
  };
}

/** A refusal that says that nobody is there leaves at the next of these milliseconds since it was asked. */
const EVEN_MS = 25;

/**
 * Nobody there, and somebody whom the caller may not see, are one answer; it must not be told by the time either, which looking somebody up takes more of
 * (issue 5: guessing persons through timing).
 */
async function evenly<T>(asking: Promise<T>): Promise<T> {
  const from = performance.now();
  try {
    return await asking;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found')
      await wait(EVEN_MS - ((performance.now() - from) % EVEN_MS));
    throw error;
  }
}

/** Who asks; null where there is no session, it is over, or the request is not our own page's (CSRF). */
export async function identify(
  context: GuardContext,
  request: RequestContext,
): Promise<SessionCaller | null> {
  const word = sessionWord(request.headers['cookie']);
  const caller = word === null ? null : await callerBy(context, word);
  const repeated = request.headers[CSRF_HEADER];
  if (caller === null || !repeatsCsrf(caller.session, typeof repeated === 'string' ? repeated : undefined))
    return null;
  return isOfCertificate(caller, request) ? caller : null;
}

/** A session that a certificate opened is worth nothing on a connection without it: a stolen cookie opens nothing (control 16). */
export const isOfCertificate = ({ session }: SessionCaller, { certificate }: RequestContext): boolean =>
  session.certificate_digest === null ||
  (certificate !== null && session.certificate_digest.equals(certificateDigest(certificate)));

/** What was refused by the rights costs nothing of the day's questions. @throws QuotaUsedUp */
async function useQuota(context: GuardContext, { holder }: Caller, request: RequestContext): Promise<void> {
  try {
    await context.quotas?.use(holder.id, holder.body.id, context.now());
  } catch (error) {
    if (error instanceof QuotaUsedUp) request.setHeader('Retry-After', String(error.retryAfter));
    throw error;
  }
}

/** With who they are in the register, which only a question about oneself needs. */
async function asSelf(context: GuardContext, caller: Caller): Promise<Caller> {
  const self = (await context.selfOf?.(caller.holder.id)) ?? null;
  return { ...caller, holder: { ...caller.holder, self } };
}

const callerBy = (context: GuardContext, word: string): Promise<SessionCaller | null> =>
  context.callers === undefined ? callerOf(context.sessions, word) : context.callers.of(word);

/** What the holder may, by that operation, now. @throws NotAllowed; AppError forbidden, where the password must be changed first */
export function grantedTo(
  context: Pick<GuardContext, 'now'>,
  { holder, session }: Caller,
  operation: string,
  asked: AskedBody,
  request: Pick<RequestContext, 'address'>,
): Omit<Granted, 'record'> {
  if (session.must_change) throw mustChange();
  const demand = (comuni: readonly string[] | null, person: string | null): Demand => ({
    operation,
    purpose: asked.scopo ?? null,
    file: asked.pratica ?? null,
    comuni,
    person,
    fields: null,
    address: request.address,
    certificate: session.certificate,
    secondFactor: session.second_factor,
    today: romeDay(context.now()),
  });
  // Somewhere: what is asked is known only once it is found. Where it lies is asked again then, by `mayIn`.
  const somewhere = [
    null,
    ...[holder.body.comune, ...holder.grants.flatMap(({ comuni }) => comuni)]
      .filter((c) => c !== null)
      .map((c) => [c]),
  ];
  const reasons: RefusalReason[] = [];
  for (const comuni of somewhere) {
    const decision = authorise(holder, demand(comuni, holder.self));
    if (decision.kind === 'refused') {
      reasons.push(decision.reason);
      continue;
    }
    // From here on this profile alone: the fields of one and the territory of another would be more than either.
    const alone = {
      ...holder,
      grants: holder.grants.filter(({ profile }) => profile.id === decision.profile),
    };
    const mayIn: Granted['mayIn'] = (lies, person) =>
      authorise(alone, demand(lies.length === 0 ? null : lies, person ?? null)).kind === 'granted';
    return {
      holder,
      profile: decision.profile,
      fields: new Set(decision.fields as readonly Field[]),
      keys: { certificate: session.certificate, secondFactor: session.second_factor },
      mayIn,
      comuni: () =>
        mayIn([])
          ? null
          : [...new Set(somewhere.flatMap((c) => c ?? []))].filter((comune) => mayIn([comune])),
    };
  }
  throw new NotAllowed(closest(reasons));
}

const mustChange = (): AppError =>
  new AppError(
    'forbidden',
    'prima di ogni altra cosa va cambiata la password',
    'before anything else the password must be changed',
  );
