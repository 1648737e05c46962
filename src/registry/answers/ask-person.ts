/** The question "who is this person on a day": key → numbers → facts → what they point to. One round trip as known now, four at another instant. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { listChildren } from './children.sql.ts';
import { childrenAmong, keysOf } from './children.ts';
import { getPerson } from './find-person.ts';
import { getPersonNow, isNow, type PersonNow } from './find-person-now.ts';
import type { KnownAt } from './known-at.ts';
import { type LoadNow, loadingAlone } from './now.sql.ts';
import { evidenceNow, householdNames, housemateFacts, isMendedNow } from './now.ts';
import type { PersonKey } from './person-key.ts';
import {
  type PersonState,
  personState,
  type RelatedPerson,
  type Surroundings,
  tieOn,
} from './person-state.ts';
import { speakers } from './speaking.ts';
import { loadSurroundings } from './surroundings.sql.ts';
import { surroundingsOf } from './surroundings.ts';

/** As of which day, and as known when (null: now). */
export interface When {
  readonly al: Day;
  readonly notoAl: KnownAt | null;
}

export interface PersonAnswer extends PersonState {
  /** Those who name the person as father or mother, by birth. */
  readonly figli: readonly RelatedPerson[];
}

/**
 * @param load how what is known now is read: a server that many ask reads it for several at once
 * @throws AppError not-found; AmbiguousPerson
 */
export async function askPerson(
  db: Client,
  key: PersonKey,
  when: When,
  load: LoadNow = loadingAlone(db),
): Promise<PersonAnswer> {
  if (isNow(key, when.notoAl)) {
    const now = await getPersonNow(load, 'person', key, when.al);
    const { person, knownAt } = now.found;
    const around = surroundingsNow(now, when.al);
    const { owners } = now.others;
    const figli = childrenAmong(keysOf(person), owners, now.others.children(), when.al);
    return { ...personState(person, when.al, knownAt, around), figli: figli.map(({ related }) => related) };
  }
  const { person, knownAt } = await getPerson(db, key, when.al, when.notoAl);
  const around = await loadSurroundings(db, person, when.al, knownAt);
  const figli = await listChildren(db, person, when.al, knownAt);
  return { ...personState(person, when.al, knownAt, around), figli };
}

/** What the facts point to, from what came with them. */
export function surroundingsNow({ found, parts, others }: PersonNow, d: Day): Surroundings {
  const { entries } = found.person;
  const home = tieOn(speakers(entries, d), d)?.fact.household_id ?? null;
  const mates = home === null ? [] : housemateFacts(parts, home);
  return surroundingsOf({
    named: others.named('referred'),
    households: householdNames(parts),
    home,
    housemates: [...Map.groupBy(mates, (fact) => fact.entry_id).values()],
    evidence: evidenceNow(parts),
    isMended: isMendedNow(parts),
    on: d,
  });
}
