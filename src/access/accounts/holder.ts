/** Who asks, as the rights see it: read in one go, at every request, so that an end holds at once (security.md, 4). */
import { romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { Agreement, Grant, Holder } from '../rights/authorise.ts';
import type { Profile } from '../rights/profiles.ts';
import { findHolderRow } from './holder.sql.ts';
import type { AgreementRow, ProfileRow } from './tables.ts';

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

const profileOf = (row: ProfileRow): Profile => ({
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
 * A user or a client by identifier; null where there is none. What was used last is the last use recorded; an account that was
 * never used counts from when it became what it is.
 * @param self the person that the user is, where the caller knows
 */
export async function findHolder(db: Client, id: string, self: string | null = null): Promise<Holder | null> {
  const row = await findHolderRow(db, id);
  if (row === null) return null;
  return {
    id,
    account: row.account,
    state: row.state,
    usedOn: romeDay(new Date(row.used_at)),
    body: { id: row.body_id, name: row.body_name, comune: row.comune, ended: row.ended },
    agreements: row.agreements.map(agreementOf),
    grants: row.grants.map(
      ({ profile, comuni, reviewed_on }): Grant => ({
        profile: profileOf(profile),
        comuni,
        reviewedOn: reviewed_on,
      }),
    ),
    self,
  };
}
