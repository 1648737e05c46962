/** Profiles and purposes that a newer version of the program brings: told, and taken by who administers, with their history. */
import type { Client } from '../../platform/db/pool.ts';
import { FIRST_PROFILES, FIRST_PURPOSES, type Purpose } from '../rights/profiles.ts';
import { type Renewal, type Renewals, renewalsOf } from '../rights/renewal.ts';
import { type AccessContext, change, changeOf, unknown } from './change.service.ts';
import { type Change, listNow, putNow } from './history.sql.ts';
import { PROFILES, type ProfileRow, PURPOSES } from './tables.ts';

const FIRST = { profiles: FIRST_PROFILES, purposes: FIRST_PURPOSES };

/** What is new, of a system that has its tables; nothing before its first administrator. */
export async function findRenewals(db: Client): Promise<Renewals> {
  const profiles = await listNow(db, PROFILES);
  const purposes = await listNow(db, PURPOSES);
  if (profiles.length === 0) return { profiles: [], purposes: [] };
  return renewalsOf(
    {
      profiles: profiles.map(({ profile_id, ...profile }) => ({ id: profile_id, ...profile })),
      purposes: purposes.map(({ purpose_id }) => purpose_id),
    },
    FIRST,
  );
}

/**
 * Takes what is new of the profiles named, with the purposes that they need.
 * @param ids null: of all
 * @throws AppError not-found for a profile of which nothing is new
 */
export function takeRenewals(context: AccessContext, ids: readonly string[] | null): Promise<Renewals> {
  return change(context, async (db) => {
    const all = await findRenewals(db);
    const missing = ids?.find((id) => !all.profiles.some(({ profile }) => profile.id === id));
    if (missing !== undefined) throw unknown('di nuovo nel profilo', missing);
    const profiles = all.profiles.filter(({ profile }) => ids === null || ids.includes(profile.id));
    const needed = new Set(profiles.flatMap((renewal) => renewal.purposes));
    const purposes = all.purposes.filter(({ id }) => ids === null || needed.has(id));
    const held = new Map((await listNow(db, PROFILES)).map((row) => [row.profile_id, row]));
    const by = changeOf(context);
    for (const purpose of purposes) await putPurpose(db, purpose, by);
    for (const renewal of profiles)
      await putNow(db, PROFILES, renewed(renewal, held.get(renewal.profile.id)), by);
    return { profiles, purposes };
  });
}

/** What it was, with what is new; the names and the territory that the province gave it stay. */
function renewed(
  { profile, operations, fields, purposes }: Renewal,
  held: ProfileRow | undefined,
): ProfileRow {
  if (held === undefined) return rowOf(profile);
  return {
    ...held,
    operations: [...held.operations, ...operations],
    fields: [...held.fields, ...fields],
    purposes: [...held.purposes, ...purposes],
  };
}

const rowOf = ({ id, ...profile }: Renewal['profile']): ProfileRow => ({ profile_id: id, ...profile });

function putPurpose(db: Client, purpose: Purpose, by: Change): Promise<void> {
  const { id, italian, english, legalBasis, disclosed } = purpose;
  return putNow(db, PURPOSES, { purpose_id: id, italian, english, legal_basis: legalBasis, disclosed }, by);
}

/** Writes the first profiles and purposes, where there are none of their name. In a transaction. */
export async function putFirstTables(db: Client, by: Change): Promise<void> {
  const purposes = new Set((await listNow(db, PURPOSES)).map(({ purpose_id }) => purpose_id));
  const profiles = new Set((await listNow(db, PROFILES)).map(({ profile_id }) => profile_id));
  for (const purpose of FIRST_PURPOSES) if (!purposes.has(purpose.id)) await putPurpose(db, purpose, by);
  for (const profile of FIRST_PROFILES)
    if (!profiles.has(profile.id)) await putNow(db, PROFILES, rowOf(profile), by);
}
