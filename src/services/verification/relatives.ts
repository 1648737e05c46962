/** Spouse, ascendants and descendants in two degrees, as the registers name them, on the reference day. */
import type { Client } from '../../platform/db/pool.ts';
import type { When } from '../../registry/answers/ask-person.ts';
import { listChildren } from '../../registry/answers/children.sql.ts';
import type { PersonFacts } from '../../registry/answers/facts.ts';
import { findPersons } from '../../registry/answers/find-person.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import type { PersonKey } from '../../registry/answers/person-key.ts';
import { type PersonState, personState, type RelatedPerson } from '../../registry/answers/person-state.ts';
import { loadSurroundings } from '../../registry/answers/surroundings.sql.ts';
import type { Relative, Tie } from './evidence.ts';
import { knownPerson } from './known-persons.ts';

/** Somebody with what is known of them. */
export interface Person {
  readonly person: PersonFacts;
  readonly knownAt: KnownAt;
}

/** Degrees that the law calls ascendants and descendants go on; two are what people declare. */
const DEGREES = 2;

function keyOf(related: RelatedPerson): PersonKey | null {
  if (related.comune !== undefined && related.id_soggetto !== undefined)
    return { kind: 'number', comune: related.comune, id_soggetto: related.id_soggetto };
  return related.codice_fiscale === null ? null : { kind: 'code', codice_fiscale: related.codice_fiscale };
}

/** The one person whom the reference leads to; null where no register has them, or it leads to several. */
async function follow(db: Client, related: RelatedPerson, when: When): Promise<Person | null> {
  const key = keyOf(related);
  const found = key === null ? [] : await findPersons(db, key, when.notoAl);
  return found.length === 1 ? (found[0] ?? null) : null;
}

const relative = (legame: Tie, found: Person, { al }: When): Relative => ({
  legame,
  persona: knownPerson(`P${found.person.personId}`, found.person.entries, al),
});

async function parentsOf(db: Client, found: Person, when: When): Promise<RelatedPerson[]> {
  const around = await loadSurroundings(db, found.person, when.al, found.knownAt);
  const { padre, madre } = personState(found.person, when.al, found.knownAt, around).genitori;
  return [padre, madre].filter((parent) => parent !== null);
}

/** Goes on from a first step by the same step, as far as the degrees reach. */
async function lineOf(
  db: Client,
  first: readonly RelatedPerson[],
  next: (found: Person) => Promise<RelatedPerson[]>,
  when: When,
): Promise<Person[]> {
  const line: Person[] = [];
  let step = first;
  for (let degree = 1; degree <= DEGREES; degree++) {
    const reached: Person[] = [];
    for (const related of step) {
      const found = await follow(db, related, when);
      if (found !== null) reached.push(found);
    }
    line.push(...reached);
    if (degree < DEGREES) step = (await Promise.all(reached.map(next))).flat();
  }
  return line;
}

export async function loadSpouse(db: Client, state: PersonState, when: When): Promise<Relative[]> {
  const coniuge = state.stato_civile?.coniuge ?? null;
  const found = coniuge === null ? null : await follow(db, coniuge, when);
  return found === null ? [] : [relative('coniuge', found, when)];
}

/** Whoever the person was married to, also of marriages that death or divorce ended. */
export async function loadSpouses(db: Client, person: Person, when: When): Promise<Relative[]> {
  const named = new Map<string, RelatedPerson>();
  for (const entry of person.person.entries)
    for (const { id_coniuge, cf_coniuge } of entry.civil_statuses) {
      if (id_coniuge !== null)
        named.set(`${entry.comune}:${id_coniuge}`, {
          codice_fiscale: cf_coniuge,
          comune: entry.comune,
          id_soggetto: id_coniuge,
        });
      else if (cf_coniuge !== null) named.set(cf_coniuge, { codice_fiscale: cf_coniuge });
    }
  const spouses: Relative[] = [];
  for (const related of named.values()) {
    const found = await follow(db, related, when);
    if (found !== null) spouses.push(relative('coniuge', found, when));
  }
  return spouses;
}

export async function loadAscendants(db: Client, person: Person, when: When): Promise<Relative[]> {
  const parents = await parentsOf(db, person, when);
  const line = await lineOf(db, parents, (found) => parentsOf(db, found, when), when);
  return line.map((found) => relative('ascendente', found, when));
}

export async function loadDescendants(db: Client, person: Person, when: When): Promise<Relative[]> {
  const childrenOf = (found: Person) => listChildren(db, found.person, when.al, found.knownAt);
  const line = await lineOf(db, await childrenOf(person), childrenOf, when);
  return line.map((found) => relative('discendente', found, when));
}
