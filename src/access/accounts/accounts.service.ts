/**
 * Bodies, agreements, users, clients and what they may: every change is one transaction, a row closed and another added, with who
 * made it. Whether they may make it is decided before (rights/authorise.ts), and recorded around (audit/with-audit.ts).
 */
import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../kernel/app-error.ts';
import { type Day, romeDay } from '../../kernel/day.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { alertRuleOf } from '../audit/read-alerts.ts';
import { hashPassword, passwordFaults, refusedPassword } from '../keys/passwords.ts';
import type { OperationId, Service } from '../rights/operations.ts';
import { OPERATION_RIGHTS } from '../rights/operations.ts';
import { FIRST_PROFILES, FIRST_PURPOSES } from '../rights/profiles.ts';
import {
  deleteKeys,
  hasAdministrator,
  insertInvitation,
  lockAccess,
  putLastUse,
  putPassword,
  takeIdentifier,
  useInvitation,
} from './accounts.sql.ts';
import { type Change, closeNow, findNow, type HistoryTable, listNow, putNow } from './history.sql.ts';
import { nextState, type Step } from './lifecycle.ts';
import {
  AGREEMENTS,
  type AgreementRow,
  ALERT_RULES,
  type AlertRuleRow,
  BODIES,
  type BodyRow,
  CLIENTS,
  type ClientRow,
  GRANTS,
  type GrantRow,
  PROFILES,
  PURPOSES,
  USERS,
  type UserRow,
} from './tables.ts';

/** Who administers, with what: the clock comes with it. */
export interface AccessContext {
  readonly db: Database;
  now(): Date;
  /** Who makes the change: a user, or the login of the command line. */
  readonly by: string;
}

/** Days in which an invitation must be used. */
const INVITATION_DAYS = 7;
const DAY_MS = 86_400_000;

const changeOf = (context: AccessContext): Change => ({ by: context.by, at: context.now().toISOString() });
const today = (context: AccessContext): Day => romeDay(context.now());

/** One change at a time, so that what was read still holds when it is written. */
function change<T>(context: AccessContext, work: (db: Client) => Promise<T>): Promise<T> {
  return context.db.transaction(async (db) => {
    await lockAccess(db);
    return work(db);
  });
}

const unknown = (what: string, id: string): AppError =>
  new AppError('not-found', `${what} ${id} non c’è`, `there is no ${id}`);

async function getNow<Row>(db: Client, table: HistoryTable<Row>, what: string, id: string): Promise<Row> {
  const row = await findNow(db, table, [id]);
  if (row === null) throw unknown(what, id);
  return row;
}

const conflict = (italian: string, english: string): AppError => new AppError('conflict', italian, english);

// Bodies and agreements

export function addBody(context: AccessContext, given: Omit<BodyRow, 'body_id' | 'ended'>): Promise<BodyRow> {
  return change(context, async (db) => {
    const bodies = await listNow(db, BODIES);
    if (given.comune !== null && bodies.some((b) => b.comune === given.comune && !b.ended))
      throw conflict(`il comune ${given.comune} c’è già`, `comune ${given.comune} is there already`);
    const body: BodyRow = { body_id: await takeIdentifier(db, 'body'), ...given, ended: false };
    await putNow(db, BODIES, body, changeOf(context));
    return body;
  });
}

/** Ends a body: from this moment none of its keys opens anything (security.md, 4). */
export function endBody(context: AccessContext, bodyId: string): Promise<BodyRow> {
  return change(context, async (db) => {
    const body = { ...(await getNow(db, BODIES, 'l’ente', bodyId)), ended: true };
    await putNow(db, BODIES, body, changeOf(context));
    return body;
  });
}

/** Makes an agreement. @throws AppError not-found, conflict for what names no profile, purpose or service */
export function makeAgreement(
  context: AccessContext,
  given: Omit<AgreementRow, 'agreement_id'>,
): Promise<AgreementRow> {
  return change(context, async (db) => {
    const body = await getNow(db, BODIES, 'l’ente', given.body_id);
    if (given.valid_to === null && body.kind !== 'gestore')
      throw conflict(
        'una convenzione ha un giorno di fine; senza, solo quella del gestore',
        'an agreement has an end; only that of the body that runs the system has none',
      );
    await refuseUnknownNames(db, given);
    const agreement: AgreementRow = { agreement_id: await takeIdentifier(db, 'agreement'), ...given };
    await putNow(db, AGREEMENTS, agreement, changeOf(context));
    return agreement;
  });
}

async function refuseUnknownNames(db: Client, given: Omit<AgreementRow, 'agreement_id'>): Promise<void> {
  const profiles = (await listNow(db, PROFILES)).map((p) => p.profile_id);
  const purposes = (await listNow(db, PURPOSES)).map((p) => p.purpose_id);
  const services: readonly string[] = SERVICES;
  const wrong = [
    ...given.profiles.filter((id) => !profiles.includes(id)),
    ...given.purposes.filter((id) => !purposes.includes(id)),
    ...given.services.filter((id) => !services.includes(id)),
  ];
  if (wrong.length === 0) return;
  throw conflict(
    `non ci sono: ${wrong.join(', ')}. Profili: ${profiles.join(', ')}. Scopi: ${purposes.join(', ')}. Servizi: ${services.join(', ')}`,
    `there is no ${wrong.join(', ')}. Profiles: ${profiles.join(', ')}. Purposes: ${purposes.join(', ')}. Services: ${services.join(', ')}`,
  );
}

export const SERVICES: readonly Service[] = [
  ...new Set(
    (Object.keys(OPERATION_RIGHTS) as OperationId[]).map((id): Service => OPERATION_RIGHTS[id].service),
  ),
];

/** Ends an agreement on a day: from that day on, it opens nothing. */
export function endAgreement(
  context: AccessContext,
  agreementId: string,
  validTo: Day,
): Promise<AgreementRow> {
  return change(context, async (db) => {
    const held = await getNow(db, AGREEMENTS, 'la convenzione', agreementId);
    if (validTo < held.valid_from)
      throw conflict(
        `${agreementId} comincia il ${held.valid_from}`,
        `${agreementId} begins on ${held.valid_from}`,
      );
    const agreement = { ...held, valid_to: validTo };
    await putNow(db, AGREEMENTS, agreement, changeOf(context));
    return agreement;
  });
}

// Users

/** What an invited user receives, by hand or by post: it opens the account once, for some days. */
export interface Invitation {
  readonly user: UserRow;
  readonly word: string;
  readonly expiresAt: string;
}

const digestOf = (word: string): Buffer => createHash('sha256').update(word).digest();

async function invitation(db: Client, context: AccessContext, user: UserRow): Promise<Invitation> {
  const word = randomBytes(24).toString('base64url');
  const expiresAt = new Date(context.now().getTime() + INVITATION_DAYS * DAY_MS).toISOString();
  await insertInvitation(db, { digest: digestOf(word), userId: user.user_id, expiresAt });
  return { user, word, expiresAt };
}

/** Invites a person: one account each, and one apart for who administers (security.md, 1 and 5). */
export function inviteUser(
  context: AccessContext,
  given: Omit<UserRow, 'user_id' | 'state' | 'reason'>,
): Promise<Invitation> {
  return change(context, async (db) => {
    const body = await getNow(db, BODIES, 'l’ente', given.body_id);
    if (body.ended) throw conflict(`${body.body_id} è cessato`, `${body.body_id} has ended`);
    const others = await listNow(db, USERS, { column: 'codice_fiscale', values: [given.codice_fiscale] });
    const same = others.find((u) => u.account === given.account && u.state !== 'ended');
    if (same !== undefined)
      throw conflict(
        `questa persona ha già l’accesso ${same.user_id} (${same.body_id}): uno per persona; farlo cessare prima di darne un altro`,
        `this person has the account ${same.user_id} (${same.body_id}) already: one a person; end it before giving another`,
      );
    const user: UserRow = {
      user_id: await takeIdentifier(db, 'user'),
      ...given,
      state: 'invited',
      reason: null,
    };
    await putNow(db, USERS, user, changeOf(context));
    return invitation(db, context, user);
  });
}

/** The first use: the invitation's word and a password of one's own (security.md, 7 and 8). @param address where from */
export async function acceptInvitation(
  context: Omit<AccessContext, 'by'>,
  word: string,
  password: string,
  options: { readonly secondFactor: boolean; readonly address: string },
): Promise<UserRow> {
  const at = context.now().toISOString();
  return context.db.transaction(async (db) => {
    await lockAccess(db);
    const userId = await useInvitation(db, digestOf(word), at);
    const user = userId === null ? null : await findNow(db, USERS, [userId]);
    if (user === null || user.state !== 'invited')
      throw new AppError(
        'unauthenticated',
        'l’invito non è valido, è già stato usato o è scaduto: chiederne un altro a chi amministra gli accessi',
        'the invitation is not valid, was used already or has expired: ask who administers access for another',
      );
    const faults = passwordFaults(password, ownerOf(user), options.secondFactor);
    if (faults.length > 0) throw refusedPassword(faults);
    const active: UserRow = { ...user, state: nextState(user.user_id, user.state, 'activate'), reason: null };
    await putNow(db, USERS, active, { by: user.user_id, at });
    await putPassword(db, {
      userId: user.user_id,
      hash: await hashPassword(password),
      at,
      mustChange: false,
    });
    await putLastUse(db, user.user_id, at, options.address);
    return active;
  });
}

const ownerOf = (user: UserRow) => ({
  userId: user.user_id,
  surname: user.surname,
  givenName: user.given_name,
  codiceFiscale: user.codice_fiscale,
});

/** Suspends or ends an account: its keys are taken away in the same moment (security.md, 4). */
export function stopUser(
  context: AccessContext,
  userId: string,
  step: 'suspend' | 'end',
  reason: string,
): Promise<UserRow> {
  return change(context, async (db) => {
    const user = await stepped(db, context, userId, step, reason);
    await deleteKeys(db, userId);
    if (step === 'end')
      for (const grant of await listNow(db, GRANTS, { column: 'holder_id', values: [userId] }))
        await closeNow(db, GRANTS, [userId, grant.profile_id], changeOf(context));
    return user;
  });
}

/** Opens an account anew, or gives other keys to who lost them: by an invitation, from another person of the body (12). */
export function inviteAgain(
  context: AccessContext,
  userId: string,
  step: 'resume' | 'invite-again',
): Promise<Invitation> {
  return change(context, async (db) => {
    if (context.by === userId)
      throw conflict('le chiavi le ridà un’altra persona', 'keys are given again by another person');
    const user = await stepped(db, context, userId, step, null);
    await deleteKeys(db, userId);
    return invitation(db, context, user);
  });
}

async function stepped(
  db: Client,
  context: AccessContext,
  userId: string,
  step: Step,
  reason: string | null,
): Promise<UserRow> {
  const held = await getNow(db, USERS, 'l’utente', userId);
  const user: UserRow = { ...held, state: nextState(userId, held.state, step), reason };
  await putNow(db, USERS, user, changeOf(context));
  return user;
}

// Clients

export function addClient(context: AccessContext, bodyId: string, name: string): Promise<ClientRow> {
  return change(context, async (db) => {
    await getNow(db, BODIES, 'l’ente', bodyId);
    const client: ClientRow = {
      client_id: await takeIdentifier(db, 'client'),
      body_id: bodyId,
      name,
      state: 'active',
      reason: null,
    };
    await putNow(db, CLIENTS, client, changeOf(context));
    return client;
  });
}

export function endClient(context: AccessContext, clientId: string, reason: string): Promise<ClientRow> {
  return change(context, async (db) => {
    const held = await getNow(db, CLIENTS, 'il sistema', clientId);
    const client: ClientRow = { ...held, state: 'ended', reason };
    await putNow(db, CLIENTS, client, changeOf(context));
    return client;
  });
}

// Grants

/** Gives a profile, or other comuni with it, to a user or a client. @throws AppError not-found, conflict */
export function grantProfile(
  context: AccessContext,
  given: Omit<GrantRow, 'reviewed_on'>,
): Promise<GrantRow> {
  return change(context, async (db) => {
    const profile = await getNow(db, PROFILES, 'il profilo', given.profile_id);
    const user = await findNow(db, USERS, [given.holder_id]);
    const client = user === null ? await findNow(db, CLIENTS, [given.holder_id]) : null;
    if (user === null && client === null) throw unknown('l’accesso', given.holder_id);
    if ((user?.account ?? 'ordinary') !== profile.account)
      throw conflict(
        `${given.profile_id} vuole un accesso ${profile.account === 'administration' ? 'di amministrazione' : 'ordinario'}, e ${given.holder_id} non lo è: chi amministra ha un accesso a parte`,
        `${given.profile_id} wants an account of the kind ${profile.account}, which ${given.holder_id} is not: who administers has an account apart`,
      );
    if ((user ?? client)?.state === 'ended')
      throw conflict(`${given.holder_id} è cessato`, `${given.holder_id} has ended`);
    if (profile.territory === 'listed' && given.comuni.length === 0)
      throw conflict(
        `${given.profile_id} vuole un elenco di comuni`,
        `${given.profile_id} wants a list of comuni`,
      );
    if (given.holder_id === context.by)
      throw conflict('nessuno dà profili a sé stesso', 'nobody grants profiles to oneself');
    const grant: GrantRow = { ...given, reviewed_on: today(context) };
    await putNow(db, GRANTS, grant, changeOf(context));
    return grant;
  });
}

/** The yearly review: it is still needed, as it is (security.md, 3). */
export function reviewGrant(context: AccessContext, holderId: string, profileId: string): Promise<GrantRow> {
  return change(context, async (db) => {
    const held = await findNow(db, GRANTS, [holderId, profileId]);
    if (held === null) throw unknown('il profilo', `${holderId} ${profileId}`);
    const grant = { ...held, reviewed_on: today(context) };
    await putNow(db, GRANTS, grant, changeOf(context));
    return grant;
  });
}

export function revokeGrant(context: AccessContext, holderId: string, profileId: string): Promise<void> {
  return change(context, async (db) => {
    if (!(await closeNow(db, GRANTS, [holderId, profileId], changeOf(context))))
      throw unknown('il profilo', `${holderId} ${profileId}`);
  });
}

// The beginning

/** Writes the first profiles and purposes, where there are none of their name. */
async function ensureFirstTables(db: Client, by: Change): Promise<void> {
  for (const p of FIRST_PURPOSES)
    if ((await findNow(db, PURPOSES, [p.id])) === null)
      await putNow(
        db,
        PURPOSES,
        {
          purpose_id: p.id,
          italian: p.italian,
          english: p.english,
          legal_basis: p.legalBasis,
          disclosed: p.disclosed,
        },
        by,
      );
  for (const p of FIRST_PROFILES)
    if ((await findNow(db, PROFILES, [p.id])) === null)
      await putNow(
        db,
        PROFILES,
        {
          profile_id: p.id,
          italian: p.italian,
          english: p.english,
          account: p.account,
          operations: p.operations,
          fields: p.fields,
          territory: p.territory,
          purposes: p.purposes,
        },
        by,
      );
}

export interface FirstAdministrator {
  readonly surname: string;
  readonly givenName: string;
  readonly codiceFiscale: string;
  /** The body that runs the system. */
  readonly bodyName: string;
}

/** The first account of a new system; refused as soon as anybody administers. @throws AppError conflict */
export function firstAdministrator(context: AccessContext, given: FirstAdministrator): Promise<Invitation> {
  return change(context, async (db) => {
    if (await hasAdministrator(db))
      throw conflict(
        'c’è già chi amministra gli accessi: è lui a invitare gli altri (./sipop access user invite)',
        'somebody administers access already, who invites the others (./sipop access user invite)',
      );
    const by = changeOf(context);
    await ensureFirstTables(db, by);
    const running = (await listNow(db, BODIES)).find((b) => b.kind === 'gestore' && !b.ended);
    const body: BodyRow = running ?? {
      body_id: await takeIdentifier(db, 'body'),
      name: given.bodyName,
      kind: 'gestore',
      comune: null,
      ended: false,
    };
    if (running === undefined) {
      await putNow(db, BODIES, body, by);
      await putNow(db, AGREEMENTS, await runningAgreement(db, body, today(context)), by);
    }
    const user: UserRow = {
      user_id: await takeIdentifier(db, 'user'),
      body_id: body.body_id,
      surname: given.surname,
      given_name: given.givenName,
      codice_fiscale: given.codiceFiscale,
      office: null,
      account: 'administration',
      state: 'invited',
      reason: null,
    };
    await putNow(db, USERS, user, by);
    const grant: GrantRow = {
      holder_id: user.user_id,
      profile_id: 'securityAdministrator',
      comuni: [],
      reviewed_on: today(context),
    };
    await putNow(db, GRANTS, grant, by);
    return invitation(db, context, user);
  });
}

/** What the body that runs the system may: administer access and control it, no persons. */
async function runningAgreement(db: Client, body: BodyRow, from: Day): Promise<AgreementRow> {
  return {
    agreement_id: await takeIdentifier(db, 'agreement'),
    body_id: body.body_id,
    legal_basis: 'convenzione SIPOP',
    delivers: null,
    every_days: null,
    services: ['access', 'audit', 'monitoring', 'statistics'],
    profiles: ['securityAdministrator', 'auditor', 'coordinator'],
    purposes: ['amministrazione-accessi', 'controllo-audit', 'coordinamento'],
    network: [],
    certificate: false,
    valid_from: from,
    valid_to: null,
  };
}

/** Says what a rule of alerts is from now on. @throws AppError invalid-request for what is no rule (audit/alerts.ts) */
export function putAlertRule(context: AccessContext, rule: AlertRuleRow): Promise<AlertRuleRow> {
  return change(context, async (db) => {
    alertRuleOf(rule);
    await putNow(db, ALERT_RULES, rule, changeOf(context));
    return rule;
  });
}
