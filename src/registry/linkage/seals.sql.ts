/**
 * What seals hide, for whoever compares entries: "a seal set in one register covers every entry of the person: an older entry that
 * still bears the sealed identity is hidden with it, and linkage proposes such a pair only to that profile" (registry.md, Sealed).
 */
import type { Client } from '../../platform/db/pool.ts';
import { hiding, type SealableIdentity } from '../answers/sealing.ts';

/** Entries `entry_id` (alias l) of persons of whom an entry is sealed, with that entry (z) and what it says now (s). */
const COVERED = `
    from (select distinct entry_id from identities where sealed) z
    join identities s on s.entry_id = z.entry_id
    join person_entries q on q.entry_id = z.entry_id
    join person_entries l on l.person_id = q.person_id`;

/**
 * Entries of persons with a seal, each with the last instant (`at`) at which the seal, or who the person is, changed. What was found of
 * them before that instant was not held against the seals of now.
 */
const SEALED_LAST = `
  select l.entry_id, max(greatest(s.recorded_from, q.recorded_from, l.recorded_from)) as at ${COVERED} group by l.entry_id`;

/**
 * To be joined to candidates `c`. Of one that was found before a seal came, or reached the person, nobody has looked yet whether the
 * seal hides what it was found by: until linkage has, it is shown to nobody.
 */
export const SEALED_SINCE = `
    left join (${SEALED_LAST}) seal_a on seal_a.entry_id = c.entry_a
    left join (${SEALED_LAST}) seal_b on seal_b.entry_id = c.entry_b`;
/** After `SEALED_SINCE`: the candidate `c` waits to be held against a seal. */
export const IS_SEALED_SINCE = `coalesce(greatest(seal_a.at, seal_b.at) > c.found_recorded, false)`;

/** Tells whether a seal hides an identity of an entry. */
export type Hides = (identity: SealableIdentity & { readonly entry_id: number }) => boolean;

/**
 * The seals that hold now.
 * @param entryIds of the persons of these; null: all
 */
export async function loadSeals(db: Client, entryIds: readonly number[] | null): Promise<Hides> {
  const { rows } = await db.query<SealableIdentity & { readonly entry_id: number }>(
    `select l.entry_id, s.sealed, s.codice_fiscale, s.surname_key, s.given_key, s.sesso ${COVERED}
      where $1::bigint[] is null or l.entry_id = any($1::bigint[])`,
    [entryIds],
  );
  const byEntry = new Map(
    [...Map.groupBy(rows, (row) => row.entry_id)].map(([entryId, seals]) => [entryId, hiding(seals)]),
  );
  return (identity) => identity.sealed || byEntry.get(identity.entry_id)?.(identity) === true;
}

/** Entries of persons whose seals, or whose entries, changed after an instant. */
export async function listSealedSince(db: Client, since: string): Promise<Set<number>> {
  const { rows } = await db.query<{ entry_id: number }>(
    `select entry_id from (${SEALED_LAST}) k where at > $1::timestamptz`,
    [since],
  );
  return new Set(rows.map((row) => row.entry_id));
}
