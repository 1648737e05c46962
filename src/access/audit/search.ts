/** Whose leaves: with the keys of a person, the leaves that are about them. */
import type { Client } from '../../platform/db/pool.ts';
import { listSubjectKeys } from './audit.sql.ts';
import type { AuditKeys } from './audit-keys.ts';
import { type FoundLeaf, type LeafQuery, listLeaves } from './search.sql.ts';
import { commitmentsOver } from './subjects.ts';

/** No leaf is older than the system. */
const BEGINNING = '2026-01-01T00:00:00.000Z';

export interface SubjectQuery extends Omit<LeafQuery, 'subjects'> {
  /** The names of one person (P123, one for each register); null: anybody. */
  readonly subjects: readonly string[] | null;
}

/** @param now up to which months commitments are made, where the query has no end */
export async function searchLeaves(
  db: Client,
  keys: AuditKeys,
  query: SubjectQuery,
  now: Date,
): Promise<FoundLeaf[]> {
  if (query.subjects === null) return listLeaves(db, { ...query, subjects: null });
  const own = await listSubjectKeys(db, query.subjects);
  const subjects = own.flatMap(({ key }) =>
    commitmentsOver(keys.subjectSecrets, key, query.from ?? BEGINNING, query.to ?? now.toISOString()),
  );
  return subjects.length === 0 ? [] : listLeaves(db, { ...query, subjects });
}
