/**
 * From what somebody is called to the entries of the person, as known at an instant (scale.md: key → numbers → facts).
 * Whoever calls must still see that the key is one the person bears openly: keys of sealed identities lead here too.
 */
import { nameKey } from '../../kernel/text-keys.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { EntryNumber } from './facts.sql.ts';
import { knownAtExpression } from './known-at.sql.ts';
import type { KnownAt } from './known-at.ts';
import { birthBounds, type PersonKey } from './person-key.ts';

/** An entry of a person found, and the instant at which the question is answered. */
export interface FoundEntry extends EntryNumber {
  readonly known_at: KnownAt;
}

/** Most persons that a search brings: beyond, only that there are more is said. */
export const MOST_FOUND = 50;

/**
 * The entries of the persons to whom the entries of `hit` belong, as known at $1. A person joined from two comuni answers
 * to both identifiers, for each leads to its entry and that to the person.
 */
const personsOf = (hit: string): string => `
  with clock as materialized (select ${knownAtExpression('$1')} as k),
  hit as materialized (${hit}),
  person as materialized (
    select p.person_id from person_entries p, clock
     where p.entry_id = any(array(select entry_id from hit)) and p.recorded_from <= k
    union
    select p.person_id from person_entries_past p, clock
     where p.entry_id = any(array(select entry_id from hit)) and p.recorded_from <= k and k < p.recorded_to
    limit ${MOST_FOUND + 1}
  ), member as materialized (
    select p.entry_id, p.person_id from person_entries p, clock
     where p.person_id = any(array(select person_id from person)) and p.recorded_from <= k
    union all
    select p.entry_id, p.person_id from person_entries_past p, clock
     where p.person_id = any(array(select person_id from person)) and p.recorded_from <= k and k < p.recorded_to
  )
  select e.entry_id, m.person_id, e.comune, e.id_soggetto, clock.k as known_at
    from clock, member m join entries e on e.entry_id = m.entry_id
   where e.entry_id = any(array(select entry_id from member))
   order by m.person_id, e.entry_id`;

/** The same for many codes at once: each row says which code led to it. One row at least: the instant of the answer. */
const BY_CODES = `
  with clock as materialized (select ${knownAtExpression('$1')} as k),
  hit as materialized (select codice_fiscale, entry_id from person_keys where codice_fiscale = any($2::text[])),
  person as materialized (
    select hit.codice_fiscale, p.person_id from clock, hit join person_entries p on p.entry_id = hit.entry_id
     where p.recorded_from <= k
    union
    select hit.codice_fiscale, p.person_id from clock, hit join person_entries_past p on p.entry_id = hit.entry_id
     where p.recorded_from <= k and k < p.recorded_to
  ), member as (
    select person.codice_fiscale, p.entry_id, p.person_id from clock, person join person_entries p on p.person_id = person.person_id
     where p.recorded_from <= k
    union all
    select person.codice_fiscale, p.entry_id, p.person_id from clock, person join person_entries_past p on p.person_id = person.person_id
     where p.recorded_from <= k and k < p.recorded_to
  )
  select m.codice_fiscale as key, e.entry_id, m.person_id, e.comune, e.id_soggetto, clock.k as known_at
    from clock left join (member m join entries e on e.entry_id = m.entry_id) on true
   order by m.codice_fiscale, m.person_id, e.entry_id`;

const NAMES = (table: string, held: string): string => `
  select i.entry_id from ${table} i, clock
   where i.surname_key = $2 and i.given_key = $3 and i.recorded_from <= k ${held}
     and ($4::date is null or (i.birth_from <= $5::date and i.birth_to >= $4::date))`;

const BY: Readonly<Record<PersonKey['kind'], string>> = {
  code: personsOf('select entry_id from person_keys where codice_fiscale = $2'),
  provincial: personsOf('select $2::bigint as entry_id'),
  number: personsOf('select entry_id from register_numbers where comune = $2 and id_soggetto = $3'),
  name: personsOf(
    `(${NAMES('identities', '')} limit 1000) union (${NAMES('identities_past', 'and k < i.recorded_to')} limit 1000)`,
  ),
};

function valuesOf(key: PersonKey): readonly unknown[] {
  switch (key.kind) {
    case 'code':
      return [key.codice_fiscale];
    case 'provincial':
      return [key.entryId];
    case 'number':
      return [key.comune, key.id_soggetto];
    case 'name':
      return [nameKey(key.surname), nameKey(key.given), ...birthBounds(key.birth)];
  }
}

/** Every entry of every person whom the key leads to; none: nobody. @param notoAl null for now */
export async function findEntries(db: Client, key: PersonKey, notoAl: KnownAt | null): Promise<FoundEntry[]> {
  const { rows } = await db.query<FoundEntry>({
    name: `find-person-${key.kind}`,
    text: BY[key.kind],
    values: [notoAl, ...valuesOf(key)],
  });
  return rows;
}

/** What many codes lead to, and the instant of the answer, which stands also where nobody was found. */
export interface FoundByCode {
  readonly knownAt: KnownAt;
  readonly byCode: ReadonlyMap<string, readonly FoundEntry[]>;
}

/** Every entry of every person whom each of the codes leads to: one round trip, whatever is found. @param notoAl null for now */
export async function findEntriesByCodes(
  db: Client,
  codes: readonly string[],
  notoAl: KnownAt | null,
): Promise<FoundByCode> {
  const { rows } = await db.query<Partial<FoundEntry> & { key: string | null; known_at: KnownAt }>({
    name: 'find-persons-by-codes',
    text: BY_CODES,
    values: [notoAl, codes],
  });
  const byCode = new Map<string, FoundEntry[]>();
  for (const { key, ...found } of rows) {
    if (key === null) continue;
    const own = byCode.get(key);
    if (own === undefined) byCode.set(key, [found as FoundEntry]);
    else own.push(found as FoundEntry);
  }
  return { knownAt: rows[0]!.known_at, byCode };
}
