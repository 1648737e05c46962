/** The index of names: what is new is added, and names almost like one are found (migrations/0025_names.sql). */
import type { Client } from '../../platform/db/pool.ts';
import {
  distinctForms,
  keysOf,
  type NameForm,
  type NameKind,
  type SoughtKeys,
  type WrittenName,
} from './name-forms.ts';

/** Adds the names that are not there yet. @returns how many forms were added */
export async function addNames(db: Client, names: Iterable<WrittenName>): Promise<number> {
  const forms = distinctForms(names);
  if (forms.length === 0) return 0;
  const columns = (of: readonly NameForm[]) => [
    of.map((f) => f.kind),
    of.map((f) => f.form),
    of.map((f) => f.name_key),
  ];
  const { rows: added } = await db.query<NameForm>({
    name: 'names-missing',
    text: `select n.kind, n.form, n.name_key from unnest($1::text[], $2::text[], $3::text[]) as n (kind, form, name_key)
            where not exists (select from name_forms f where f.kind = n.kind and f.form = n.form and f.name_key = n.name_key)`,
    values: columns(forms),
  });
  if (added.length === 0) return 0;
  const keys = added.map((f) => keysOf(f.form));
  await db.query({
    name: 'names-add',
    text: `insert into name_forms (kind, form, name_key, sound, bones, head, tail)
           select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
           on conflict do nothing`,
    values: [
      ...columns(added),
      keys.map((k) => k.sound),
      keys.map((k) => k.bones),
      keys.map((k) => k.head),
      keys.map((k) => k.tail),
    ],
  });
  return added.length;
}

// A double name may be there under its key alone: its words are looked at again.
const NEW = (kind: NameKind, column: string, key: string, from: string): string => `
  select distinct '${kind}' as kind, i.${column} as text from ${from}
   where i.${column} is not null
     and (i.${column} ~ '[^[:alpha:]]'
       or not exists (select from name_forms f where f.kind = '${kind}' and f.form = i.${key} and f.name_key = i.${key}))`;
const newOf = (from: string): string =>
  `${NEW('C', 'cognome', 'surname_key', from)} union all ${NEW('N', 'nome', 'given_key', from)}`;

/** Names borne by the entries of a block (base, upTo] which the index may not know. */
export async function listNewNames(db: Client, above: number, upTo: number): Promise<WrittenName[]> {
  const { rows } = await db.query<WrittenName>({
    name: 'names-of-block',
    text: newOf('(select * from identities where entry_id > $1::bigint and entry_id <= $2::bigint) i'),
    values: [above, upTo],
  });
  return rows;
}

/** Every name that anybody bears or bore and the index may not know. */
export async function listUnknownNames(db: Client): Promise<WrittenName[]> {
  const all = ['identities', 'identities_past'].map((table) => newOf(`${table} i`)).join(' union ');
  const { rows } = await db.query<WrittenName>(all);
  return rows;
}

/** A form of a name, with the whole name, and how the form sounds. */
export type FoundForm = Pick<NameForm, 'form' | 'name_key'> & { readonly sound: string };

/** A name whose like are looked for. */
export interface SoughtName {
  readonly kind: NameKind;
  readonly keys: SoughtKeys;
}

/** Forms looked at for one key: enough for every name that is not a syllable. */
const MOST_FORMS = 3000;

/** The column of a key, and what else its index wants to be told. Of a word of a double name the consonants say nothing that its sound does not (similar.ts). */
const WAYS = {
  forms: ['form', ''],
  sounds: ['sound', ''],
  bones: ['bones', "and f.bones <> '' and f.form = f.name_key"],
  heads: ['head', "and f.head <> ''"],
  tails: ['tail', "and f.tail <> ''"],
} as const satisfies Record<keyof SoughtKeys, readonly [column: string, and: string]>;
const waysOf = Object.entries(WAYS) as [keyof SoughtKeys, (typeof WAYS)[keyof SoughtKeys]][];

// Names of the very form sought are found by the form, and by no other way again: a common given name is part of hundreds.
const BY = ([way, [column, and]]: (typeof waysOf)[number]): string => `
  select s.place, f.form, f.name_key, f.sound from sought s cross join lateral (
    select f.form, f.name_key, f.sound from name_forms f
     where f.kind = s.kind and f.${column} = s.key ${and} ${way === 'forms' ? '' : 'and f.form <> s.typed'} limit ${MOST_FORMS}) f
   where s.way = '${way}'`;

/**
 * Names that may be almost each of those sought: a form of it, of one sound, of the same consonants, or one slip away; the measures tell which. One statement for
 * all of them, each key by its index, so that it is planned once whatever is sought.
 * @returns the forms of each, in the order of those sought; one found in two ways may be there twice
 */
export async function findForms(db: Client, sought: readonly SoughtName[]): Promise<FoundForm[][]> {
  const keys = sought.flatMap(({ kind, keys: of }, place) =>
    waysOf.flatMap(([way]) => of[way].map((key) => ({ place, kind, way, key, typed: of.forms[0] ?? '' }))),
  );
  const { rows } = await db.query<FoundForm & { readonly place: number }>({
    name: 'names-like',
    text: `with sought as materialized (
             select s.place, s.kind, s.way, s.key, s.typed
               from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) as s (place, kind, way, key, typed))
           ${waysOf.map(BY).join(' union all ')}`,
    values: [
      keys.map((k) => k.place),
      keys.map((k) => k.kind),
      keys.map((k) => k.way),
      keys.map((k) => k.key),
      keys.map((k) => k.typed),
    ],
  });
  const found: FoundForm[][] = sought.map(() => []);
  for (const row of rows) found[row.place]!.push(row);
  return found;
}
