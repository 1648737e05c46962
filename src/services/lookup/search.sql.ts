/**
 * The entries that a question may mean, and their persons, as known at an instant (scale.md: key → numbers → facts). Keys of sealed identities lead
 * here too: whoever calls must still see that the person bears openly what was asked (search.ts).
 */
import { civicoKey, streetKey } from '../../kernel/text-keys.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { EntryNumber } from '../../registry/answers/facts.sql.ts';
import type { HitsNow } from '../../registry/answers/hits-now.sql.ts';
import { knownAtExpression } from '../../registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';

import { bounds, type Question } from './question.ts';
import { bornIn } from './similar.sql.ts';

/** A statement that gives entry_id, its parameters from $2 on; `k` of `clock` is the instant. */
export interface Hits {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface FoundNumber extends EntryNumber {
  readonly known_at: KnownAt;
}

/** Entries looked at before a search is given up as too vague: enough for every search that one can choose from. */
export const MOST_ENTRIES = 1000;

/** Every entry of every person whom the hits lead to. @param most persons; one more is brought, to tell that there are more */
export async function findPersonsByHits(
  db: Client,
  hits: Hits,
  notoAl: KnownAt | null,
  most: number,
): Promise<FoundNumber[]> {
  const { rows } = await db.query<FoundNumber>({
    // The limit stands in the text: one name, one text.
    name: `search-${hits.name}-${Math.trunc(most)}`,
    text: `with clock as materialized (select ${knownAtExpression('$1')} as k),
      hit as materialized (${hits.text} limit ${MOST_ENTRIES}),
      person as materialized (
        select p.person_id from person_entries p, clock
         where p.entry_id = any(array(select entry_id from hit)) and p.recorded_from <= k
        union
        select p.person_id from person_entries_past p, clock
         where p.entry_id = any(array(select entry_id from hit)) and p.recorded_from <= k and k < p.recorded_to
        limit ${Math.trunc(most) + 1}
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
       order by m.person_id, e.entry_id`,
    values: [notoAl, ...hits.values],
  });
  return rows;
}

const held = (table: string, where: string): string =>
  `select f.entry_id from ${table} f, clock where ${where} and f.recorded_from <= k
   union
   select f.entry_id from ${table}_past f, clock where ${where} and f.recorded_from <= k and k < f.recorded_to`;

/** A condition on a key column: equal, or in the range of those that begin so (no LIKE: its index would need the C locale). */
function keyIs(
  column: string,
  prefix: boolean,
  first: number,
): { readonly where: string; readonly parameters: number } {
  if (!prefix) return { where: `f.${column} = $${first}`, parameters: 1 };
  return { where: `f.${column} >= $${first} and f.${column} < $${first + 1}`, parameters: 2 };
}

/** The values for `keyIs`: a key, or the bounds of its range. */
export const keyValues = (key: string, prefix: boolean): readonly string[] =>
  prefix ? [key, `${key}\u{10FFFF}`] : [key];

export interface NameHits {
  readonly surname: { readonly key: string; readonly prefix: boolean };
  readonly given: { readonly key: string; readonly prefix: boolean } | null;
  readonly birth: readonly [from: string, to: string] | null;
  readonly comune: string | null;
}

/** The entries of a comune, among those a condition leads to: by number, one after another. */
const ofComune = (parameter: number): string =>
  `cross join lateral (select from entries e where e.entry_id = f.entry_id and e.comune = $${parameter} offset 0) e`;

export function hitsByName(asked: NameHits): Hits {
  const { where, values, shape } = namesWanted(asked);
  const text = held('identities', where);
  return {
    name: `name-${shape}`,
    // Of whoever ever was in the comune; who is there on the day is for the rules to say.
    text: asked.comune === null ? text : `select f.entry_id from (${text}) f ${ofComune(values.length + 2)}`,
    values: asked.comune === null ? values : [...values, asked.comune],
  };
}

/** The same as held now: from the index of names alone, and the limit is of those of the comune. */
function hitsByNameNow(asked: NameHits): HitsNow {
  const { where, values, shape } = namesWanted(asked);
  const of = asked.comune === null ? '' : ofComune(values.length + 2);
  return {
    name: `name-${shape}`,
    text: `select f.entry_id from identities f ${of} where ${where} limit ${MOST_ENTRIES}`,
    values: asked.comune === null ? values : [...values, asked.comune],
  };
}

function namesWanted({ surname, given, birth, comune }: NameHits): {
  readonly where: string;
  readonly values: readonly unknown[];
  readonly shape: string;
} {
  const values: unknown[] = [];
  const where: string[] = [];
  const add = (column: string, pattern: { readonly key: string; readonly prefix: boolean }): void => {
    where.push(keyIs(column, pattern.prefix, values.length + 2).where);
    values.push(...keyValues(pattern.key, pattern.prefix));
  };
  add('surname_key', surname);
  if (given !== null) add('given_key', given);
  if (birth !== null) {
    where.push(bornIn(`$${values.length + 2}`, `$${values.length + 3}`));
    values.push(...birth);
  }
  const shape = [surname.prefix, given?.prefix, birth !== null, comune !== null]
    .map((part) => Number(part ?? 2))
    .join('');
  return { where: where.join(' and '), values, shape };
}

export const hitsByCode = (code: string): Hits => ({
  name: 'code',
  text: 'select entry_id from person_keys where codice_fiscale = $2',
  values: [code],
});

export const hitsByDocument = (number: string): Hits => ({
  name: 'document',
  text: held('documents', 'f.numero = $2'),
  values: [number],
});

export const hitsByPerson = (entryId: number): Hits => ({
  name: 'person',
  text: 'select $2::bigint as entry_id',
  values: [entryId],
});

export const hitsByEntries = (entryIds: readonly number[]): Hits => ({
  name: 'entries',
  text: 'select unnest($2::bigint[]) as entry_id',
  values: [entryIds],
});

const heldNow = (table: string, where: string): string =>
  `select f.entry_id from ${table} f where ${where} limit ${MOST_ENTRIES}`;

const THERE = 'f.comune = $2 and f.street_key = $3 and f.civico_key = $4 and not f.senza_fissa_dimora';
/** An empty spell gives way to another of the same day, wherever that is (facts.ts, withoutShadowed). */
const UNSHADOWED = `(f.valid_to > f.valid_from or not exists (
  select from dwellings g where g.entry_id = f.entry_id and g.valid_from = f.valid_from
     and (g.valid_to, g.event_id, g.source_row) > (f.valid_to, f.event_id, f.source_row)))`;

/** The same as held now, for one statement that brings the facts too (now.sql.ts); null for a question that takes two steps. */
export function hitsNow(question: Question): HitsNow | null {
  switch (question.per) {
    case 'cognome_nascita':
    case 'cognome_nome_anno':
    case 'cognome_nome_comune':
      return hitsByNameNow(nameHitsOf(question));
    case 'codice_fiscale':
      return hitsByCode(question.codice_fiscale);
    case 'identificativo':
      return hitsByPerson(Number(question.persona.slice(1)));
    case 'documento':
      return { name: 'document', text: heldNow('documents', 'f.numero = $2'), values: [question.numero] };
    case 'indirizzo':
      return {
        name: 'address',
        text: heldNow('dwellings', `${THERE} and f.valid_from <= $1::date`),
        values: [question.comune, streetKey(question.via), civicoKey(question.civico)],
        only: { dwellings: `${THERE} and ${UNSHADOWED}` },
      };
    case 'famiglia':
      return null;
  }
}

type ByName = Extract<Question, { per: 'cognome_nascita' | 'cognome_nome_anno' | 'cognome_nome_comune' }>;

export const nameHitsOf = (question: ByName): NameHits => ({
  surname: question.cognome,
  given: question.per === 'cognome_nascita' ? null : question.nome,
  birth: question.per === 'cognome_nome_comune' ? null : bounds(question.data_nascita),
  comune: question.per === 'cognome_nome_comune' ? question.comune : null,
});
