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

/** A form of a name, with the whole name. */
export type FoundForm = Pick<NameForm, 'form' | 'name_key'>;

/** Forms looked at for one name and one way: enough for every name that is not a syllable. */
const MOST_FORMS = 3000;

const BY = (column: string, parameter: number): string => `
  (select f.form, f.name_key from name_forms f where f.kind = n.kind and f.${column} = any($${parameter}::text[]) limit ${MOST_FORMS})`;

/** Names that may be almost the one sought: a form of it, of one sound, of the same consonants, or one slip away; the measures tell which. */
export async function findForms(
  db: Client,
  kind: NameKind,
  { forms, sounds, bones, heads, tails }: SoughtKeys,
): Promise<FoundForm[]> {
  const { rows } = await db.query<FoundForm>({
    name: 'names-like',
    text: `select distinct l.form, l.name_key from (select $1::text as kind) n, lateral (
             ${[BY('form', 2), BY('sound', 3), BY('bones', 4), BY('head', 5), BY('tail', 6)].join(' union all ')}) l`,
    values: [kind, forms, sounds, bones, heads, tails],
  });
  return rows;
}
