/** The beginning of a new system: its first tables, the body that runs it, and the first who administers access. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { hasAdministrator, takeIdentifier } from './accounts.sql.ts';
import { type AccessContext, change, changeOf, conflict, today } from './change.service.ts';
import { listNow, putNow } from './history.sql.ts';
import { putFirstTables } from './renewal.service.ts';
import {
  AGREEMENTS,
  type AgreementRow,
  BODIES,
  type BodyRow,
  GRANTS,
  type GrantRow,
  USERS,
  type UserRow,
} from './tables.ts';
import { type Invitation, newInvitation } from './users.service.ts';

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
    await putFirstTables(db, by);
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
    return newInvitation(db, context, user);
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
