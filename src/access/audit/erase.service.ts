/** Unties a person from the leaves of the audit for ever (subjects.ts): their key is deleted, the leaves and the tree stay as they are. */
import type { Database } from '../../platform/db/pool.ts';
import { deleteSubjectKeys } from './audit.sql.ts';
import type { RecordFirst } from './with-audit.ts';

/**
 * @param subjects the names under which the person stands in leaves
 * @param record the leaf of who does it, before the commit; it names no subject, as that would give them a key anew
 * @returns how many keys there were
 */
export function eraseSubjects(
  db: Database,
  subjects: readonly string[],
  record: RecordFirst,
): Promise<number> {
  return db.transaction(async (client) => {
    const erased = await deleteSubjectKeys(client, subjects);
    await record({ subjects: [], fields: [`subject-keys=${erased}`], count: erased });
    return erased;
  });
}
