/** Who names the person as father or mother, in any register, as known at an instant: one round trip. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { assemble, type EntryNumber, heldAt, sealsOf } from './facts.sql.ts';
import type { EntryFacts, FactRow, ParentsFact, PersonFacts } from './facts.ts';
import type { KnownAt } from './known-at.ts';
import { type EntryName, entryName, identityOn, type RelatedPerson } from './person-state.ts';
import { type KnownBy, knownBy } from './relations.ts';
import { unsealedApart } from './sealing.ts';
import { said } from './speaking.ts';

/** "036023:S1" or a codice fiscale: what a child's parents fact bears (initial-facts.ts, parentKey). */
const CHILDREN = `
  with child as materialized (
    select entry_id from parents where father_key = any($1::text[]) or mother_key = any($1::text[])
    union
    select entry_id from parents_past where father_key = any($1::text[]) or mother_key = any($1::text[])
  ), of_person as materialized (
    select p.entry_id, p.person_id from person_entries p
     where p.entry_id = any(array(select entry_id from child)) and p.recorded_from <= $2::timestamptz
    union all
    select p.entry_id, p.person_id from person_entries_past p
     where p.entry_id = any(array(select entry_id from child)) and p.recorded_from <= $2::timestamptz and $2::timestamptz < p.recorded_to
  )
  select 'number' as kind, json_build_object('entry_id', e.entry_id, 'person_id', o.person_id, 'comune', e.comune,
           'id_soggetto', e.id_soggetto) as fact
    from entries e join of_person o on o.entry_id = e.entry_id where e.entry_id = any(array(select entry_id from child))
  union all ${heldAt('identities', 'f.entry_id = any(array(select entry_id from child))')}
  union all ${heldAt('parents', 'f.entry_id = any(array(select entry_id from child))')}
  union all ${sealsOf('array(select entry_id from child)')}`;

function keysOf(person: PersonFacts): Set<string> {
  const keys = new Set<string>();
  for (const e of person.entries) {
    keys.add(`${e.comune}:${e.idSoggetto}`);
    for (const f of e.identities) if (f.codice_fiscale !== null) keys.add(f.codice_fiscale);
  }
  return keys;
}

/** How the child's parents name somebody of these keys: null where they do not. */
function namedBy(entry: EntryFacts, p: ParentsFact, keys: ReadonlySet<string>): KnownBy | null {
  const named = (id: string | null, code: string | null): KnownBy | null =>
    knownBy(
      id !== null && keys.has(`${entry.comune}:${id}`) ? id : null,
      code !== null && keys.has(code) ? code : null,
    );
  return named(p.id_padre, p.cf_padre) ?? named(p.id_madre, p.cf_madre);
}

const textOrder = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const byNumber = (a: EntryFacts, b: EntryFacts): number =>
  textOrder(a.comune, b.comune) || textOrder(a.idSoggetto, b.idSoggetto);

/** A child, as the first of the registers that know of it says. */
export interface Child {
  readonly related: RelatedPerson & EntryName;
  readonly birth: string;
  readonly noto_per: KnownBy;
}

/** The children that the registers know of on the day, in the order of their birth; each once, in how many registers it be. */
export async function findChildren(
  db: Client,
  person: PersonFacts,
  d: Day,
  knownAt: KnownAt,
): Promise<Child[]> {
  const keys = keysOf(person);
  const { rows } = await db.query<{ kind: string; fact: FactRow }>({
    name: 'children',
    text: CHILDREN,
    values: [[...keys], knownAt],
  });
  const numbers = rows.filter((r) => r.kind === 'number').map((r) => r.fact as unknown as EntryNumber);
  const { entries, seals } = assemble(numbers, rows);
  const persons = new Map(numbers.map((n) => [n.entry_id, n.person_id]));
  const found = new Map<number, Child>();
  // Of a child whom two registers know the first by their codes is named, whatever came first.
  for (const entry of unsealedApart(entries, seals).toSorted(byNumber)) {
    const fact = said([entry], (e) => e.parents, d)?.fact;
    const identity = identityOn([entry], d)?.fact;
    const noto_per = fact == null ? null : namedBy(entry, fact, keys);
    if (noto_per === null || identity === undefined) continue;
    const personId = persons.get(entry.entryId) ?? entry.entryId;
    if (found.has(personId)) continue;
    const { codice_fiscale, cognome, nome, birth_text } = identity;
    found.set(personId, {
      birth: birth_text,
      noto_per,
      related: { codice_fiscale, ...entryName(entry), cognome, nome },
    });
  }
  return [...found.values()].sort((a, b) => textOrder(a.birth, b.birth));
}

/** The same, without how each is known. */
export async function listChildren(
  db: Client,
  person: PersonFacts,
  d: Day,
  knownAt: KnownAt,
): Promise<RelatedPerson[]> {
  return (await findChildren(db, person, d, knownAt)).map(({ related }) => related);
}
