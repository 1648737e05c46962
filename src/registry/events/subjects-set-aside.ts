/** Which subjects stand set aside: with their row of a full supply, or with the event that would have made them known. */
import type { Client } from '../../platform/db/pool.ts';
import { broughtBy } from './brought.ts';
import { findLinesBringing, findSetAsideSubjects } from './events.sql.ts';
import type { WorkingRegister } from './working-register.ts';

/** @param named subjects that are asked about; the register has been read as far as it knows them */
export async function subjectsSetAside(
  db: Client,
  register: WorkingRegister,
  named: readonly string[],
): Promise<Set<string>> {
  const found = new Set(await findSetAsideSubjects(db, register.comune, named));
  const unknown = named.filter((id) => register.entry(id) === undefined && !found.has(id));
  const asked = new Set(unknown);
  for (const raw of await findLinesBringing(db, register.comune, unknown))
    for (const id of broughtBy(raw)) if (asked.has(id)) found.add(id);
  return found;
}
