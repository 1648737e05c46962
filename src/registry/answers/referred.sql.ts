/** The persons whom facts name by number ("036023:S1") or by codice fiscale, as known at an instant: two round trips for any number of them. */
import type { Client } from '../../platform/db/pool.ts';
import { type EntryNumber, loadPersons } from './facts.sql.ts';
import type { PersonFacts } from './facts.ts';
import type { KnownAt } from './known-at.ts';

const NUMBERS = `
  with referred as materialized (
    select r.entry_id
      from unnest($1::text[], $3::text[]) as n (comune, id_soggetto)
      join register_numbers r on r.comune = n.comune and r.id_soggetto = n.id_soggetto
    union
    select k.entry_id from person_keys k where k.codice_fiscale = any($4::text[])
  ), person as materialized (
    select p.person_id from person_entries p
     where p.entry_id = any(array(select entry_id from referred)) and p.recorded_from <= $2::timestamptz
    union
    select p.person_id from person_entries_past p
     where p.entry_id = any(array(select entry_id from referred)) and p.recorded_from <= $2::timestamptz and $2::timestamptz < p.recorded_to
  ), member as materialized (
    select p.entry_id, p.person_id from person_entries p
     where p.person_id = any(array(select person_id from person)) and p.recorded_from <= $2::timestamptz
    union all
    select p.entry_id, p.person_id from person_entries_past p
     where p.person_id = any(array(select person_id from person)) and p.recorded_from <= $2::timestamptz and $2::timestamptz < p.recorded_to
  )
  select e.entry_id, m.person_id, e.comune, e.id_soggetto
    from member m join entries e on e.entry_id = m.entry_id
   where e.entry_id = any(array(select entry_id from member))
   order by m.person_id, e.entry_id`;

/** @param numbers register's numbers; @param codes that must still be borne openly: keys of sealed identities lead here too */
export async function loadReferred(
  db: Client,
  numbers: readonly { readonly comune: string; readonly id_soggetto: string }[],
  codes: readonly string[],
  knownAt: KnownAt,
): Promise<PersonFacts[]> {
  if (numbers.length + codes.length === 0) return [];
  const { rows } = await db.query<EntryNumber>({
    name: 'referred-persons',
    text: NUMBERS,
    values: [numbers.map((n) => n.comune), knownAt, numbers.map((n) => n.id_soggetto), codes],
  });
  return loadPersons(db, rows, knownAt);
}
