/** Bodies, their agreements and their systems (security.md, "Who"). Whether somebody may change them is decided before (rights/authorise.ts), and recorded around. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { OPERATION_RIGHTS, type OperationId, type Service } from '../rights/operations.ts';
import { takeIdentifier } from './accounts.sql.ts';
import { type AccessContext, change, changeOf, conflict, getNow } from './change.service.ts';
import { listNow, putNow } from './history.sql.ts';
import {
  AGREEMENTS,
  type AgreementRow,
  BODIES,
  type BodyRow,
  CLIENT_KEYS,
  CLIENTS,
  type ClientKeysRow,
  type ClientRow,
  PROFILES,
  PURPOSES,
} from './tables.ts';

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

/** Changes what an agreement says, from now on. @throws AppError not-found, conflict as when it is made */
export function changeAgreement(
  context: AccessContext,
  agreementId: string,
  terms: Omit<AgreementRow, 'agreement_id' | 'body_id' | 'valid_from'>,
): Promise<AgreementRow> {
  return change(context, async (db) => {
    const held = await getNow(db, AGREEMENTS, 'la convenzione', agreementId);
    const agreement: AgreementRow = { ...held, ...terms };
    if (held.valid_to === null)
      throw conflict(
        'la convenzione del gestore non si cambia: chi vi amministra si chiuderebbe fuori',
        'the agreement of the body that runs the system is not changed: who administers would be shut out',
      );
    if (agreement.valid_to !== null && agreement.valid_to < held.valid_from)
      throw conflict(
        `${agreementId} comincia il ${held.valid_from}`,
        `${agreementId} begins on ${held.valid_from}`,
      );
    await refuseUnknownNames(db, agreement);
    await putNow(db, AGREEMENTS, agreement, changeOf(context));
    return agreement;
  });
}

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

/** From one of the states to another, where the step is one. */
function stepClient(
  context: AccessContext,
  clientId: string,
  from: readonly ClientRow['state'][],
  next: Pick<ClientRow, 'state' | 'reason'>,
): Promise<ClientRow> {
  return change(context, async (db) => {
    const held = await getNow(db, CLIENTS, 'il sistema', clientId);
    if (!from.includes(held.state))
      throw conflict(
        `${clientId} è ${held.state}: questo passo non si può fare`,
        `${clientId} is ${held.state}: this step cannot be taken`,
      );
    const client: ClientRow = { ...held, ...next };
    await putNow(db, CLIENTS, client, changeOf(context));
    return client;
  });
}

export const suspendClient = (context: AccessContext, clientId: string, reason: string): Promise<ClientRow> =>
  stepClient(context, clientId, ['active'], { state: 'suspended', reason });
export const resumeClient = (context: AccessContext, clientId: string, reason: string): Promise<ClientRow> =>
  stepClient(context, clientId, ['suspended'], { state: 'active', reason });
/** For ever. */
export const endClient = (context: AccessContext, clientId: string, reason: string): Promise<ClientRow> =>
  stepClient(context, clientId, ['active', 'suspended'], { state: 'ended', reason });

/** Says what a system asks with from now on. @throws AppError not-found, conflict where the platform's number is another system's */
export function putClientKeys(context: AccessContext, keys: ClientKeysRow): Promise<ClientKeysRow> {
  return change(context, async (db) => {
    await getNow(db, CLIENTS, 'il sistema', keys.client_id);
    const others = await listNow(db, CLIENT_KEYS, { column: 'platform_id', values: [keys.platform_id] });
    if (others.some(({ client_id }) => client_id !== keys.client_id))
      throw conflict(
        'questo numero della piattaforma è già di un altro sistema',
        'this number of the platform is another system’s already',
      );
    await putNow(db, CLIENT_KEYS, keys, changeOf(context));
    return keys;
  });
}
