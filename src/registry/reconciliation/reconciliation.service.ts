/** Asking what the registers do not agree about, as known at an instant, and bringing the whole of it up to date. */
import type { Database } from '../../platform/db/pool.ts';
import { getKnownAt } from '../answers/known-at.sql.ts';
import type { KnownAt } from '../answers/known-at.ts';
import { takeInstant } from '../supplies/supplies.sql.ts';
import {
  type FindingPeople,
  type FindingQuery,
  type FindingRow,
  listFindingRows,
  loadFindingPeople,
} from './listing.sql.ts';
import {
  countFindings,
  type FindingCount,
  findingsAmong,
  inState,
  type ListedFinding,
  listedFindings,
} from './listing.ts';
import { loadOtherForms } from './load-world.ts';
import { findPersons, listAllPersons } from './reconcile.sql.ts';
import { comparePersons, type Difference } from './reconcile.ts';

export interface FindingsAnswer {
  readonly noto_al: KnownAt;
  readonly segnalazioni: readonly ListedFinding[];
}

export interface CountsAnswer {
  readonly noto_al: KnownAt;
  readonly conteggi: readonly FindingCount[];
}

/** @param comuneName the name of a comune, for the sentences */
export async function askFindings(
  db: Database,
  query: FindingQuery,
  notoAl: KnownAt | null,
  comuneName: (code: string) => string,
): Promise<FindingsAnswer> {
  const knownAt = await getKnownAt(db, notoAl);
  const rows = inState(findingsAmong(await listFindingRows(db, query, knownAt)), query, knownAt);
  // What closed a finding may have parted its entries, or brought the one that was missing.
  const entriesAt = new Map<string, Set<number>>();
  for (const row of rows)
    for (const at of [row.open_at, knownAt]) {
      const entries = entriesAt.get(at) ?? new Set<number>();
      entriesAt.set(at, entries.add(row.entry_id));
      if (row.other_entry_id !== null) entries.add(row.other_entry_id);
    }
  const peopleAt = new Map<string, FindingPeople>();
  for (const [at, entries] of entriesAt) peopleAt.set(at, await loadFindingPeople(db, [...entries], at));
  const people = (row: FindingRow) => [peopleAt.get(row.open_at)!, peopleAt.get(knownAt)!];
  return { noto_al: knownAt, segnalazioni: listedFindings(rows, people, knownAt, comuneName) };
}

/** How many of each kind every comune has to mend: each person of a move counts. */
export async function askFindingCounts(
  db: Database,
  query: FindingQuery,
  notoAl: KnownAt | null,
): Promise<CountsAnswer> {
  const knownAt = await getKnownAt(db, notoAl);
  // Of the open ones those put off are counted too, apart.
  const rows = findingsAmong(await listFindingRows(db, query, knownAt));
  const counted = query.state === 'rinviate' ? inState(rows, query, knownAt) : rows;
  return { noto_al: knownAt, conteggi: countFindings(counted, knownAt) };
}

/**
 * Computes every finding anew from what is held and writes the difference. There is none to write where each supply
 * brought them up to date, as it does: this is the check, and the mend.
 */
export async function refreshFindings(db: Database): Promise<Difference> {
  return db.transaction(async (client) => {
    const instant = await takeInstant(client);
    const forms = await loadOtherForms(client);
    const persons = new Set([
      ...(await listAllPersons(client)),
      ...(await findPersons(client, [...forms.keys()])),
    ]);
    return comparePersons(client, [...persons], forms, instant, { supplyId: null, decisionId: null });
  });
}
