/** The question "who is this person on a day": key → numbers → facts → what they point to, four round trips. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { listChildren } from './children.sql.ts';
import { getPerson } from './find-person.ts';
import type { KnownAt } from './known-at.ts';
import type { PersonKey } from './person-key.ts';
import { type PersonState, personState, type RelatedPerson } from './person-state.ts';
import { loadSurroundings } from './surroundings.sql.ts';

/** As of which day, and as known when (null: now). */
export interface When {
  readonly al: Day;
  readonly notoAl: KnownAt | null;
}

export interface PersonAnswer extends PersonState {
  /** Those who name the person as father or mother, by birth. */
  readonly figli: readonly RelatedPerson[];
}

/** @throws AppError not-found; AmbiguousPerson */
export async function askPerson(db: Client, key: PersonKey, when: When): Promise<PersonAnswer> {
  const { person, knownAt } = await getPerson(db, key, when.al, when.notoAl);
  const around = await loadSurroundings(db, person, when.al, knownAt);
  const figli = await listChildren(db, person, when.al, knownAt);
  return { ...personState(person, when.al, knownAt, around), figli };
}
