/** The question "where was this person resident", on a day or in a period. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { When } from './ask-person.ts';
import { getPerson } from './find-person.ts';
import type { PersonKey } from './person-key.ts';
import { personState } from './person-state.ts';
import { type ResidencesAnswer, residencesAt } from './residences.ts';
import { loadSurroundings } from './surroundings.sql.ts';

/**
 * @param from the first day of the period that ends with `when.al`, the last not included; null: on the day `when.al`
 * @throws AppError not-found; AmbiguousPerson
 */
export async function askResidences(
  db: Client,
  key: PersonKey,
  from: Day | null,
  when: When,
): Promise<ResidencesAnswer> {
  const { person, knownAt } = await getPerson(db, key, when.al, when.notoAl);
  const around = await loadSurroundings(db, person, when.al, knownAt);
  const { segnali, parla } = personState(person, when.al, knownAt, around);
  const asked = from === null ? { on: when.al } : { from, to: when.al };
  return {
    persona: `P${person.personId}`,
    al: from === null ? when.al : null,
    periodo: from === null ? null : { dal: from, al: when.al },
    noto_al: knownAt,
    parla,
    segnali,
    residenze: residencesAt(person.entries, asked),
  };
}
