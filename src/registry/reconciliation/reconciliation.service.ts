/** Asking what the registers do not agree about, as known at an instant, and bringing the whole of it up to date. */
import type { Database } from '../../platform/db/pool.ts';
import { getKnownAt } from '../known-at.sql.ts';
import type { KnownAt } from '../known-at.ts';
import { takeInstant } from '../supplies.sql.ts';
import { type FindingQuery, listFindingRows, loadFindingPeople } from './listing.sql.ts';
import { type ListedFinding, listedFindings } from './listing.ts';
import { listAllPersons } from './reconcile.sql.ts';
import { comparePersons, type Difference } from './reconcile.ts';

const BATCH = 20_000;

export interface FindingsAnswer {
  readonly noto_al: KnownAt;
  readonly segnalazioni: readonly ListedFinding[];
}

/** @param comuneName the name of a comune, for the sentences */
export async function askFindings(
  db: Database,
  query: FindingQuery,
  notoAl: KnownAt | null,
  comuneName: (code: string) => string,
): Promise<FindingsAnswer> {
  const knownAt = await getKnownAt(db, notoAl);
  const rows = await listFindingRows(db, query, knownAt);
  const entries = rows.flatMap((r) => [r.entry_id, ...(r.other_entry_id === null ? [] : [r.other_entry_id])]);
  const people = await loadFindingPeople(db, [...new Set(entries)], knownAt);
  return { noto_al: knownAt, segnalazioni: listedFindings(rows, people, knownAt, comuneName) };
}

/**
 * Computes every finding anew from what is held and writes the difference. There is none to write where each supply
 * brought them up to date, as it does: this is the check, and the mend.
 */
export async function refreshFindings(db: Database): Promise<Difference> {
  return db.transaction(async (client) => {
    const instant = await takeInstant(client);
    let difference: Difference = { opened: 0, closed: 0 };
    for (let after = 0; ; ) {
      const persons = await listAllPersons(client, after, BATCH);
      if (persons.length === 0) return difference;
      const { opened, closed } = await comparePersons(client, persons, instant, null);
      difference = { opened: difference.opened + opened, closed: difference.closed + closed };
      after = persons.at(-1)!;
    }
  });
}
