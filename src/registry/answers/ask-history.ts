/** The question "what happened to this person, and who said so, and when". */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { askPerson, surroundingsNow, type When } from './ask-person.ts';
import { loadRecorded } from './facts.sql.ts';
import { ENTRY_TABLES } from './facts.ts';
import { getPerson } from './find-person.ts';
import { getPersonNow, isNow } from './find-person-now.ts';
import { listLinks, loadSources } from './history.sql.ts';
import { type PersonHistory, personHistory } from './history.ts';
import { type DirectKey, type LoadNow, loadingAlone } from './now.sql.ts';
import { linksNow, sourcesNow } from './now.ts';
import type { PersonKey } from './person-key.ts';
import { type PersonState, personState } from './person-state.ts';

/**
 * @param superseded also the facts that were held once and are no longer, with what retracted them
 * @throws AppError not-found; AmbiguousPerson
 */
export async function askHistory(
  db: Client,
  key: PersonKey,
  when: When,
  superseded: boolean,
): Promise<PersonHistory> {
  if (!superseded && isNow(key, when.notoAl)) return (await lifeNow(loadingAlone(db), key, when.al)).storia;
  const found = await getPerson(db, key, when.al, when.notoAl);
  // What holds at an instant was loaded to know the person by; what was superseded is asked for only when wanted.
  const person = superseded ? await loadRecorded(db, found.numbers, found.knownAt) : found.person;
  const links = await listLinks(
    db,
    person.entries.map((e) => e.entryId),
    found.knownAt,
  );
  const events = new Set(links.flatMap((l) => l.event_id ?? []));
  const households = new Set<number>();
  for (const entry of person.entries)
    for (const kind of ENTRY_TABLES)
      for (const fact of entry[kind]) {
        events.add(fact.eventId);
        if (fact.closedBy !== null) events.add(fact.closedBy);
        if ('household_id' in fact) households.add(Number(fact.household_id));
      }
  const sources = await loadSources(db, [...events], [...households]);
  return personHistory(person, found.knownAt, sources, links, superseded);
}

/** A person's history, with how the person stands on a day. */
export interface Life {
  readonly stato: Pick<PersonState, 'persona' | 'al' | 'parla' | 'segnali'>;
  readonly storia: PersonHistory;
}

/** @param load as askPerson has it @throws AppError not-found; AmbiguousPerson */
export async function askLife(
  db: Client,
  key: PersonKey,
  when: When,
  superseded: boolean,
  load: LoadNow = loadingAlone(db),
): Promise<Life> {
  if (!superseded && isNow(key, when.notoAl)) return lifeNow(load, key, when.al);
  const stato = await askPerson(db, key, when, load);
  return { stato, storia: await askHistory(db, key, when, superseded) };
}

async function lifeNow(load: LoadNow, key: DirectKey, al: Day): Promise<Life> {
  const now = await getPersonNow(load, 'history', key, al);
  const { person, knownAt } = now.found;
  return {
    stato: personState(person, al, knownAt, surroundingsNow(now, al)),
    storia: personHistory(person, knownAt, sourcesNow(now.parts), linksNow(now.parts), false),
  };
}
