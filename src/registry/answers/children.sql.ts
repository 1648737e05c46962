/** Who names the person as father or mother, in any register, as known at an instant: one round trip. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { type Child, childrenAmong, keysOf } from './children.ts';
import { assemble, type EntryNumber, heldAt, sealsOf } from './facts.sql.ts';
import type { FactRow, PersonFacts } from './facts.ts';
import type { KnownAt } from './known-at.ts';
import type { RelatedPerson } from './person-state.ts';
import { unsealedApart } from './sealing.ts';

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
  return childrenAmong(keys, numbers, unsealedApart(entries, seals), d);
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
