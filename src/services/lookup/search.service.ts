/**
 * Search (services.md, Lookup): a question of the closed list gives a short list, enough to choose the right person; more than the cap gives the
 * count and no names. Reading a person is a second act, recorded apart. The caller's right, purpose and audit stand before it.
 */
import { AppError } from '../../kernel/app-error.ts';
import { firstDay, lastDay, type PartialDate } from '../../kernel/day.ts';
import { civicoKey, streetKey } from '../../kernel/text-keys.ts';
import type { Client } from '../../platform/db/pool.ts';
import { listDwellingsAt } from '../../registry/answers/address.sql.ts';
import type { When } from '../../registry/answers/ask-person.ts';
import { loadPersons } from '../../registry/answers/facts.sql.ts';
import { findHousehold, loadHousehold } from '../../registry/answers/family.sql.ts';
import { getKnownAt } from '../../registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import { entryName } from '../../registry/answers/person-state.ts';
import { entryKey, listProtected } from '../../registry/answers/protected.sql.ts';
import { speakers } from '../../registry/answers/speaking.ts';
import { foundBy, inListOrder, isPresent, type ListedPerson, listed } from './match.ts';
import type { Question, SearchOptions } from './question.ts';
import {
  findPersonsByHits,
  type Hits,
  hitsByCode,
  hitsByDocument,
  hitsByEntries,
  hitsByName,
  hitsByPerson,
} from './search.sql.ts';

export interface SearchRequest {
  readonly question: Question;
  readonly options: SearchOptions;
  readonly when: When;
  /** The profile's cap of names (services.md: 10 by default). */
  readonly cap: number;
  /** Does the profile's territory hold somebody? Who is outside is neither listed nor counted; everybody is inside where absent. */
  readonly inside?: (comune: string | null, persona: string) => boolean;
  /** May the address of who is protected be told? Otherwise no search by address or by household finds them; true where absent. */
  readonly mayReadProtected?: boolean;
}

export interface SearchAnswer {
  readonly noto_al: KnownAt;
  /** How many persons answer; of many, at least so many. */
  readonly numero: number;
  readonly almeno: boolean;
  /** null: more than the cap, so no names. */
  readonly persone: readonly ListedPerson[] | null;
}

/** Persons looked at to count them: beyond, "at least" so many. */
const MOST_COUNTED = 200;

/** @throws AppError not-found, where a comune has no such household */
export async function search(
  db: Client,
  { question, options, when, cap, inside, mayReadProtected = true }: SearchRequest,
): Promise<SearchAnswer> {
  const hits = await hitsOf(db, question, when);
  const numbers = await findPersonsByHits(db, hits, when.notoAl, MOST_COUNTED);
  const noto_al = numbers[0]?.known_at ?? (await getKnownAt(db, when.notoAl));
  const persons = await loadPersons(db, numbers, noto_al);
  const entries = persons.flatMap((person) => person.entries.map(entryName));
  const shielded = mayReadProtected || !tellsHome(question) ? NOBODY : await listProtected(db, entries);
  const found = persons
    .filter((person) => !person.entries.some((entry) => shielded.has(entryKey(entryName(entry)))))
    .flatMap((person): ListedPerson[] => {
      const by = foundBy(question, person, when.al);
      const speaks = speakers(person.entries, when.al)[0]?.comune ?? null;
      if (by === null || inside?.(speaks, `P${person.personId}`) === false) return [];
      return [listed(person, when.al, noto_al, by)];
    })
    .filter((person) => options.anche_passati || isPresent(person) || isExact(question))
    .sort(inListOrder);
  const numero = Math.min(found.length, MOST_COUNTED);
  return { noto_al, numero, almeno: found.length > MOST_COUNTED, persone: found.length > cap ? null : found };
}

/** Who asks by a number that names one person means them, dead or gone as they may be. */
const isExact = ({ per }: Question): boolean =>
  per === 'codice_fiscale' || per === 'identificativo' || per === 'documento';

/** Who is found so lives there. */
const tellsHome = ({ per }: Question): boolean => per === 'indirizzo' || per === 'famiglia';
const NOBODY: ReadonlySet<string> = new Set();

const bounds = (date: PartialDate): readonly [string, string] => [firstDay(date), lastDay(date)];

async function hitsOf(db: Client, question: Question, when: When): Promise<Hits> {
  switch (question.per) {
    case 'codice_fiscale':
      return hitsByCode(question.codice_fiscale);
    case 'identificativo':
      return hitsByPerson(Number(question.persona.slice(1)));
    case 'documento':
      return hitsByDocument(question.numero);
    case 'cognome_nascita':
      return hitsByName({
        surname: question.cognome,
        given: null,
        birth: bounds(question.data_nascita),
        comune: null,
      });
    case 'cognome_nome_anno':
      return hitsByName({
        surname: question.cognome,
        given: question.nome,
        birth: bounds(question.data_nascita),
        comune: null,
      });
    case 'cognome_nome_comune':
      return hitsByName({
        surname: question.cognome,
        given: question.nome,
        birth: null,
        comune: question.comune,
      });
    case 'indirizzo':
      return hitsByEntries(await atAddress(db, question, when));
    case 'famiglia':
      return hitsByEntries(await inHousehold(db, question, when));
  }
}

/** Whoever lives or lived at the street and number by the day: former addresses are searched too, and marked. */
async function atAddress(
  db: Client,
  asked: Extract<Question, { per: 'indirizzo' }>,
  when: When,
): Promise<readonly number[]> {
  const knownAt = await getKnownAt(db, when.notoAl);
  const span = { from: firstDay('0001' as PartialDate), to: lastDay('9999' as PartialDate) };
  const held = await listDwellingsAt(
    db,
    asked.comune,
    streetKey(asked.via),
    civicoKey(asked.civico),
    span,
    knownAt,
  );
  return [
    ...new Set(
      held.filter(({ dwelling }) => firstDay(dwelling.from) <= when.al).map(({ entryId }) => entryId),
    ),
  ];
}

async function inHousehold(
  db: Client,
  { comune, tipo, id }: Extract<Question, { per: 'famiglia' }>,
  when: When,
): Promise<readonly number[]> {
  const found = await findHousehold(db, { comune, tipo, id }, when.notoAl);
  if (found === null)
    throw new AppError(
      'not-found',
      `nel comune ${comune} non c’è la ${tipo} «${id}»`,
      `comune ${comune} has no ${tipo} "${id}"`,
    );
  const { members } = await loadHousehold(db, found.householdId, when.al, found.knownAt);
  return members.map(({ entryId }) => entryId);
}
