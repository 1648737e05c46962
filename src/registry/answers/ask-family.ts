/** The question "with whom on a day", by person or by household. */
import { AppError } from '../../kernel/app-error.ts';
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { surroundingsNow, type When } from './ask-person.ts';
import { findHousehold, loadHousehold } from './family.sql.ts';
import { type FamilyState, familyState, type StayAnswer, staysOf } from './family.ts';
import { getPerson } from './find-person.ts';
import { getPersonNow, isNow } from './find-person-now.ts';
import { type DirectKey, type LoadNow, loadingAlone } from './now.sql.ts';
import { householdNow } from './now.ts';
import type { PersonKey } from './person-key.ts';
import { type HouseholdName, type PersonState, personState, tieOn } from './person-state.ts';
import { speakers } from './speaking.ts';
import { loadSurroundings } from './surroundings.sql.ts';

export interface PersonFamily {
  readonly persona: PersonState;
  /** null: in no household on the day. */
  readonly famiglia: FamilyState | null;
  /** Every household the person was in: the one before is the family of origin, those after are the next. */
  readonly famiglie: readonly StayAnswer[];
}

/**
 * The family of a person on a day, and those before and after it.
 * @param load as askPerson has it
 * @throws AppError not-found; AmbiguousPerson
 */
export async function askFamily(
  db: Client,
  key: PersonKey,
  when: When,
  load: LoadNow = loadingAlone(db),
): Promise<PersonFamily> {
  if (isNow(key, when.notoAl)) return familyNow(load, key, when.al);
  const { person, knownAt } = await getPerson(db, key, when.al, when.notoAl);
  const householdId = tieOn(speakers(person.entries, when.al), when.al)?.fact.household_id;
  const around = await loadSurroundings(db, person, when.al, knownAt);
  const household = householdId === undefined ? null : await loadHousehold(db, householdId, when.al, knownAt);
  return {
    persona: personState(person, when.al, knownAt, around),
    famiglia: household === null ? null : familyState(household, when.al, knownAt),
    famiglie: staysOf(person, (id) => around.household(id)),
  };
}

async function familyNow(load: LoadNow, key: DirectKey, al: Day): Promise<PersonFamily> {
  const now = await getPersonNow(load, 'family', key, al);
  const { person, knownAt } = now.found;
  const home = tieOn(speakers(person.entries, al), al)?.fact.household_id;
  const around = surroundingsNow(now, al);
  const household = home === undefined ? null : householdNow(now.parts, now.others, home);
  return {
    persona: personState(person, al, knownAt, around),
    famiglia: household === null ? null : familyState(household, al, knownAt),
    famiglie: staysOf(person, (id) => around.household(id)),
  };
}

/** A family or a convivenza by what its comune calls it. @throws AppError not-found */
export async function askHousehold(db: Client, name: HouseholdName, when: When): Promise<FamilyState> {
  const found = await findHousehold(db, name, when.notoAl);
  const state =
    found === null
      ? null
      : familyState(
          await loadHousehold(db, found.householdId, when.al, found.knownAt),
          when.al,
          found.knownAt,
        );
  if (state === null)
    throw new AppError(
      'not-found',
      `nel comune ${name.comune} non c’è la ${name.tipo} «${name.id}»: l’identificativo è quello di famiglie.csv o convivenze.csv del comune`,
      `comune ${name.comune} has no ${name.tipo} "${name.id}": the identifier is that of the comune's famiglie.csv or convivenze.csv`,
    );
  return state;
}
