/** Everything about who asks in one round trip: it is read at every request. */
import type { Client } from '../../platform/db/pool.ts';
import type { AccountState } from '../rights/authorise.ts';
import type { AccountKind } from '../rights/operations.ts';
import type { AgreementRow, GrantRow, ProfileRow } from './tables.ts';

export interface HolderRow {
  readonly account: AccountKind;
  readonly state: AccountState;
  readonly body_id: string;
  readonly body_name: string;
  readonly comune: string | null;
  readonly ended: boolean;
  /** The last use or, where there was none, since when the account is as it is. */
  readonly used_at: string;
  readonly agreements: readonly AgreementRow[];
  readonly grants: readonly (GrantRow & { readonly profile: ProfileRow })[];
}

/** A user or a client as it stands now; null where there is none of that identifier. */
export async function findHolderRow(db: Client, id: string): Promise<HolderRow | null> {
  const { rows } = await db.query<HolderRow>({
    name: 'access_holder',
    text: `with holder as (
             select user_id as id, body_id, account, state, recorded_from
               from access.users where user_id = $1 and recorded_to = 'infinity'
             union all
             select client_id, body_id, 'ordinary', state, recorded_from
               from access.clients where client_id = $1 and recorded_to = 'infinity'
           )
           select h.account, h.state, b.body_id, b.name as body_name, b.comune, b.ended, coalesce(l.used_at, h.recorded_from) as used_at,
                  (select coalesce(json_agg(a order by a.valid_from, a.agreement_id), '[]') from access.agreements a
                    where a.body_id = h.body_id and a.recorded_to = 'infinity') as agreements,
                  (select coalesce(json_agg(json_build_object('holder_id', g.holder_id, 'profile_id', g.profile_id,
                            'comuni', g.comuni, 'reviewed_on', g.reviewed_on, 'profile', p) order by g.profile_id), '[]')
                     from access.grants g
                     join access.profiles p on p.profile_id = g.profile_id and p.recorded_to = 'infinity'
                    where g.holder_id = h.id and g.recorded_to = 'infinity') as grants
             from holder h
             join access.bodies b on b.body_id = h.body_id and b.recorded_to = 'infinity'
             left join access.last_uses l on l.holder_id = h.id`,
    values: [id],
  });
  return rows[0] ?? null;
}
