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
import { findHousehold, loadHousehold } from '../../registry/answers/family.sql.ts';
import { getKnownAt } from '../../registry/answers/known-at.sql.ts';
import {
  answering,
  answeringOf,
  loadFew,
  loadMany,
  orderOf,
  type SearchAnswer,
  type SearchRequest,
} from './answering.ts';
import { foundBy } from './match.ts';
import type { Question } from './question.ts';
import {
  findPersonsByHits,
  type Hits,
  hitsByCode,
  hitsByDocument,
  hitsByEntries,
  hitsByName,
  hitsByPerson,
  hitsNow,
  nameHitsOf,
} from './search.sql.ts';
import { nearTo, searchSimilar } from './search-similar.ts';

/** Persons looked at to count them: beyond, "at least" so many. */
const MOST_COUNTED = 200;
/** @throws AppError not-found, where a comune has no such household */
export async function search(db: Client, request: SearchRequest): Promise<SearchAnswer> {
  const { question, options, when } = request;
  const near = options.simile ? await nearTo(db, question) : null;
  if (near !== null) return searchSimilar(db, request, near);
  const few = when.notoAl === null ? await searchNow(db, request) : null;
  if (few !== null) return few;
  const hits = await hitsOf(db, question, when);
  const numbers = await findPersonsByHits(db, hits, when.notoAl, MOST_COUNTED);
  const found = await answering(db, request, numbers, (person) => {
    const by = foundBy(question, person, when.al);
    return by === null ? null : { by };
  });
  const numero = Math.min(found.persons.length, MOST_COUNTED);
  const persone = found.persons.length > request.cap ? null : await found.list(found.persons);
  return {
    noto_al: found.noto_al,
    numero,
    almeno: found.persons.length > MOST_COUNTED,
    persone: persone === null ? null : persone.sort(orderOf(request)),
  };
}

async function hitsOf(db: Client, question: Question, when: When): Promise<Hits> {
  switch (question.per) {
    case 'codice_fiscale':
      return hitsByCode(question.codice_fiscale);
    case 'identificativo':
      return hitsByPerson(Number(question.persona.slice(1)));
    case 'documento':
      return hitsByDocument(question.numero);
    case 'cognome_nascita':
    case 'cognome_nome_anno':
    case 'cognome_nome_comune':
      return hitsByName(nameHitsOf(question));
    case 'indirizzo':
      return hitsByEntries(await atAddress(db, question, when));
    case 'famiglia':
      return hitsByEntries(await inHousehold(db, question, when));
  }
}

/** Persons of whom all that a list shows is read at once; of more, first what tells who answers. */
const FEW = 30;

/** As known now: one round trip where few persons are found, or two; null where the question takes two steps of its own. */
async function searchNow(db: Client, request: SearchRequest): Promise<SearchAnswer | null> {
  const { question, when, cap } = request;
  const hits = hitsNow(question);
  if (hits === null) return null;
  const few = question.per === 'indirizzo' ? null : await loadFew(db, question, hits, when.al, FEW);
  const now = few ?? (await loadMany(db, question, hits, when.al, MOST_COUNTED));
  const found = await answeringOf(db, request, now, (person) => {
    const by = foundBy(question, person, when.al);
    return by === null ? null : { by };
  });
  const answering = found.persons.length;
  const persone = answering > cap ? null : (await found.list(found.persons)).sort(orderOf(request));
  return {
    noto_al: found.noto_al,
    numero: Math.min(answering, MOST_COUNTED),
    almeno: answering > MOST_COUNTED,
    persone,
  };
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
