/** Finding one person: unknown and ambiguous are refusals that help (issue 2.8). */
import { AppError } from '../../kernel/app-error.ts';
import { type Day, firstDay, lastDay } from '../../kernel/day.ts';
import { nameKey } from '../../kernel/text-keys.ts';
import type { Client } from '../../platform/db/pool.ts';
import { loadPerson } from './facts.sql.ts';
import type { IdentityFact, PersonFacts } from './facts.ts';
import { type FoundEntry, findEntries, MOST_FOUND } from './find-person.sql.ts';
import { type KnownAt, knownAtWords } from './known-at.ts';
import { type PersonKey, personKeyText } from './person-key.ts';
import { identityOn } from './person-state.ts';
import { speakers } from './speaking.ts';

/** Enough to choose the right person. */
export interface Candidate {
  readonly persona: string;
  readonly codice_fiscale: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly data_nascita: string;
  readonly schede: readonly string[];
}

/** Several persons answer to the key; they are listed. */
export class AmbiguousPerson extends AppError {
  readonly candidates: readonly Candidate[];

  constructor(key: string, candidates: readonly Candidate[], more: boolean) {
    const count = `${candidates.length}${more ? '+' : ''}`;
    super(
      'ambiguous',
      `${count} persone rispondono a «${key}»: ripetere con uno di questi identificativi`,
      `${count} persons answer to "${key}": ask again with one of these identifiers`,
    );
    this.name = 'AmbiguousPerson';
    this.candidates = candidates;
  }
}

/** A person found, with what is known of them. */
export interface FoundPerson {
  readonly person: PersonFacts;
  readonly numbers: readonly FoundEntry[];
  readonly knownAt: KnownAt;
}

/** Does the identity, which may be shown, bear the key? */
export function bears(f: IdentityFact, key: PersonKey): boolean {
  if (key.kind === 'code') return f.codice_fiscale === key.codice_fiscale;
  if (key.kind !== 'name') return true;
  if (f.surname_key !== nameKey(key.surname) || f.given_key !== nameKey(key.given)) return false;
  return (
    key.birth === null ||
    (firstDay(f.birth_text) <= lastDay(key.birth) && lastDay(f.birth_text) >= firstDay(key.birth))
  );
}

function candidate(found: FoundPerson, d: Day): Candidate {
  const identity = identityOn(speakers(found.person.entries, d), d)?.fact;
  return {
    persona: `P${found.person.personId}`,
    codice_fiscale: identity?.codice_fiscale ?? null,
    cognome: identity?.cognome ?? null,
    nome: identity?.nome ?? null,
    data_nascita: identity?.birth_text ?? '',
    schede: found.person.entries.map((e) => `${e.comune}:${e.idSoggetto}`),
  };
}

function notFound(key: PersonKey, notoAl: KnownAt | null): AppError {
  const text = personKeyText(key);
  const when =
    notoAl === null
      ? ['', '']
      : [` come noto al ${knownAtWords(notoAl)}`, ` as known at ${knownAtWords(notoAl)}`];
  const hint = {
    code: [
      'controllare il codice, o cercare per cognome, nome e data di nascita',
      'check the code, or search by surname, name and birth date',
    ],
    number: [
      'la forma è COMUNE:ID_SOGGETTO, con il codice ISTAT del comune, per esempio 036023:S4711',
      'the form is COMUNE:ID_SOGGETTO, with the ISTAT code of the comune, such as 036023:S4711',
    ],
    provincial: ['controllare il numero dopo la P', 'check the number after the P'],
    name: [
      'provare senza la data di nascita, o con il solo anno; accenti e apostrofi non contano',
      'try without the birth date, or with the year alone; accents and apostrophes do not matter',
    ],
  }[key.kind];
  return new AppError(
    'not-found',
    `nessuno risponde a «${text}»${when[0]}: ${hint[0]}`,
    `nobody answers to "${text}"${when[1]}: ${hint[1]}`,
  );
}

/** The persons who bear the key, as known at `notoAl` (null: now); empty where nobody does. */
export async function findPersons(
  db: Client,
  key: PersonKey,
  notoAl: KnownAt | null,
): Promise<FoundPerson[]> {
  const rows = await findEntries(db, key, notoAl);
  const byPerson = new Map<number, FoundEntry[]>();
  for (const row of rows) {
    const list = byPerson.get(row.person_id);
    if (list === undefined) byPerson.set(row.person_id, [row]);
    else list.push(row);
  }
  const found: FoundPerson[] = [];
  for (const numbers of byPerson.values()) {
    const knownAt = numbers[0]!.known_at;
    const person = await loadPerson(db, numbers, knownAt);
    if (person.entries.some((e) => e.identities.some((f) => bears(f, key))))
      found.push({ person, numbers, knownAt });
  }
  return found;
}

/**
 * The one person who bears the key.
 * @param al the day under whose identity candidates are listed
 * @throws AppError not-found; AmbiguousPerson
 */
export async function getPerson(
  db: Client,
  key: PersonKey,
  al: Day,
  notoAl: KnownAt | null,
): Promise<FoundPerson> {
  return onlyOne(await findPersons(db, key, notoAl), key, al, notoAl);
}

/** The one person found. @throws AppError not-found; AmbiguousPerson */
export function onlyOne(
  found: readonly FoundPerson[],
  key: PersonKey,
  al: Day,
  notoAl: KnownAt | null,
): FoundPerson {
  const [only] = found;
  if (only === undefined) throw notFound(key, notoAl);
  if (found.length === 1) return only;
  throw new AmbiguousPerson(
    personKeyText(key),
    found.slice(0, MOST_FOUND).map((f) => candidate(f, al)),
    found.length > MOST_FOUND,
  );
}
