/** The question "who is this person on a day": key → numbers → facts → what they point to, three round trips. */
import type { Day } from '../kernel/day.ts';
import type { Client } from '../platform/db/pool.ts';
import { getPerson } from './find-person.ts';
import type { KnownAt } from './known-at.ts';
import type { PersonKey } from './person-key.ts';
import { type PersonState, personState } from './person-state.ts';
import { loadSurroundings } from './surroundings.sql.ts';

/** As of which day, and as known when (null: now). */
export interface When {
  readonly al: Day;
  readonly notoAl: KnownAt | null;
}

/** @throws AppError not-found; AmbiguousPerson */
export async function askPerson(db: Client, key: PersonKey, when: When): Promise<PersonState> {
  const { person, knownAt } = await getPerson(db, key, when.al, when.notoAl);
  const around = await loadSurroundings(db, person, when.al, knownAt);
  return personState(person, when.al, knownAt, around);
}
