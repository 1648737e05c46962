/** Who asks, as the rights see it: read in one go, at every request, so that an end holds at once (security.md, 4). */
import { type Day, romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { Agreement, Grant, Holder } from '../rights/authorise.ts';
import type { Profile } from '../rights/profiles.ts';
import { findStateSince, listLastUses } from './accounts.sql.ts';
import { findNow, listNow } from './history.sql.ts';
import {
  AGREEMENTS,
  type AgreementRow,
  BODIES,
  CLIENTS,
  GRANTS,
  PROFILES,
  type ProfileRow,
  USERS,
} from './tables.ts';

const agreementOf = (row: AgreementRow): Agreement => ({
  id: row.agreement_id,
  services: row.services,
  profiles: row.profiles,
  purposes: row.purposes,
  network: row.network,
  certificate: row.certificate,
  validFrom: row.valid_from,
  validTo: row.valid_to,
});

export const profileOf = (row: ProfileRow): Profile => ({
  id: row.profile_id,
  italian: row.italian,
  english: row.english,
  account: row.account,
  operations: row.operations,
  fields: row.fields,
  territory: row.territory,
  purposes: row.purposes,
});

/**
 * A user or a client by identifier; null where there is none. What was used last is the last use recorded; a client that
 * never called counts from its making.
 * @param self the person that the user is, where the caller knows
 */
export async function findHolder(db: Client, id: string, self: string | null = null): Promise<Holder | null> {
  const user = await findNow(db, USERS, [id]);
  const client = user === null ? await findNow(db, CLIENTS, [id]) : null;
  const account = user ?? client;
  if (account === null) return null;
  const body = await findNow(db, BODIES, [account.body_id]);
  if (body === null) return null;
  const agreements = await listNow(db, AGREEMENTS, { column: 'body_id', values: [body.body_id] });
  return {
    id,
    account: user?.account ?? 'ordinary',
    state: account.state,
    usedOn: await lastUsedOn(db, id),
    body: { id: body.body_id, comune: body.comune, ended: body.ended },
    agreements: agreements.map(agreementOf),
    grants: await grantsOf(db, id),
    self,
  };
}

async function lastUsedOn(db: Client, id: string): Promise<Day> {
  const [use] = await listLastUses(db, [id]);
  const since = use?.used_at ?? (await findStateSince(db, id));
  return romeDay(new Date(since ?? 0));
}

async function grantsOf(db: Client, id: string): Promise<Grant[]> {
  const rows = await listNow(db, GRANTS, { column: 'holder_id', values: [id] });
  const profiles = await listNow(db, PROFILES, {
    column: 'profile_id',
    values: rows.map((row) => row.profile_id),
  });
  return rows.flatMap((row): Grant[] => {
    const profile = profiles.find((p) => p.profile_id === row.profile_id);
    if (profile === undefined) return [];
    return [{ profile: profileOf(profile), comuni: row.comuni, reviewedOn: row.reviewed_on }];
  });
}
