/**
 * Which entries are one person, set-wise (registry.md, "People, not rows"): the present validated codice fiscale is the
 * same, sex and birth do not disagree, the registers are two, and neither has the code on two entries.
 */
import type { Client } from '../../platform/db/pool.ts';
import { without } from './planner.sql.ts';

/** Each new entry is at first a person of its own, whose number it gives. */
export async function insertOwnPersons(
  db: Client,
  eventId: number,
  above: number,
  upTo: number,
): Promise<void> {
  await db.query(
    `insert into person_entries (entry_id, person_id, basis, event_id)
     select entry_id, entry_id, 'own', $1 from entries where entry_id > $2 and entry_id <= $3`,
    [eventId, above, upTo],
  );
}

/** The pairs of new entries and known persons that are one: the person with the lowest number for each. */
const JOINS = `
  with bearer as materialized (
    select i.entry_id, i.codice_fiscale, i.sesso, i.birth_from, i.birth_to,
           count(*) over (partition by i.codice_fiscale) as here
      from identities i
     where i.entry_id > $2 and i.entry_id <= $3 and i.valid_to = 'infinity' and not i.sealed
       and i.validita_cf = '1' and i.codice_fiscale is not null
  ), other as materialized (
    select b.entry_id as newcomer, b.sesso as b_sesso, b.birth_from as b_from, b.birth_to as b_to,
           o.sesso, o.birth_from, o.birth_to, o.entry_id,
           count(*) over (partition by b.codice_fiscale, o.comune) as there
      from bearer b cross join lateral (
        select i.entry_id, i.sesso, i.birth_from, i.birth_to, e.comune
          from person_keys k
          join identities i on i.entry_id = k.entry_id and i.codice_fiscale = k.codice_fiscale
           and i.valid_to = 'infinity' and not i.sealed and i.validita_cf = '1'
          join entries e on e.entry_id = i.entry_id
         where k.codice_fiscale = b.codice_fiscale and not (k.entry_id > $2 and k.entry_id <= $3)
        offset 0) o
     where b.here = 1 and o.comune <> $4
  )
  select o.newcomer as entry_id, min(p.person_id) as person_id
    from other o join person_entries p on p.entry_id = o.entry_id
   where o.there = 1 and o.sesso = o.b_sesso and o.birth_from <= o.b_to and o.b_from <= o.birth_to
   group by o.newcomer`;

/**
 * Joins the entries of a first full supply (`above` < entry_id <= `upTo`) to the persons known by other registers.
 * They are written here for the first time, in this very transaction, so that nothing recorded is overwritten.
 */
export async function joinNewEntries(
  db: Client,
  eventId: number,
  above: number,
  upTo: number,
  comune: string,
): Promise<number> {
  // From each new entry through the keys: a few index rows each, whatever the planner thinks of the block.
  const { rowCount } = await without(db, ['hashjoin', 'mergejoin', 'seqscan'], () =>
    db.query(
      `with joined as (${JOINS})
       update person_entries p set person_id = j.person_id, basis = 'codice-fiscale', event_id = $1
         from joined j where p.entry_id = j.entry_id`,
      [eventId, above, upTo, comune],
    ),
  );
  return rowCount;
}

/**
 * Looks again at the entries whose codes, sex or birth may have changed: those that agree with an entry of another register
 * become its person, those that no longer do become persons of their own again. What an operator decided stays.
 * @returns the entries, of any register, that became somebody else's
 */
export async function relinkEntries(
  db: Client,
  eventId: number,
  entryIds: readonly number[],
): Promise<number[]> {
  if (entryIds.length === 0) return [];
  await db.query(
    `insert into person_entries (entry_id, person_id, basis, event_id)
     select e.entry_id, e.entry_id, 'own', e.event_id from entries e
      where e.entry_id = any($1::bigint[]) and not exists (select from person_entries p where p.entry_id = e.entry_id)`,
    [entryIds],
  );
  const { rows } = await db.query<{ entry_id: number }>(
    `with touched as (
       select distinct k.codice_fiscale from person_keys k where k.entry_id = any($1::bigint[])
     ), bearer as (
       select i.entry_id, i.codice_fiscale, i.sesso, i.birth_from, i.birth_to, e.comune,
              count(*) over (partition by i.codice_fiscale, e.comune) as there
         from touched t join person_keys k using (codice_fiscale)
         join identities i on i.entry_id = k.entry_id and i.codice_fiscale = t.codice_fiscale
          and i.valid_to = 'infinity' and not i.sealed and i.validita_cf = '1'
         join entries e on e.entry_id = i.entry_id
     ), pair as (
       select a.entry_id, min(least(a.entry_id, b.entry_id)) as first
         from bearer a join bearer b on b.codice_fiscale = a.codice_fiscale and b.comune <> a.comune
        where a.there = 1 and b.there = 1 and a.sesso = b.sesso
          and a.birth_from <= b.birth_to and b.birth_from <= a.birth_to
        group by a.entry_id
     ), concerned as (
       select entry_id from bearer union select unnest($1::bigint[])
     ), wanted as (
       select c.entry_id, coalesce(p.first, c.entry_id) as person_id,
              case when p.first is null or p.first = c.entry_id then 'own' else 'codice-fiscale' end as basis
         from concerned c left join pair p using (entry_id)
     ), gone as (
       delete from person_entries p using wanted w
        where p.entry_id = w.entry_id and p.basis <> 'operator' and p.person_id <> w.person_id
       returning p.*, w.person_id as becomes, w.basis as by
     ), kept as (
       insert into person_entries_past (entry_id, person_id, basis, event_id, recorded_from, recorded_to, closed_by)
       select entry_id, person_id, basis, event_id, recorded_from, recorded_now(), $2 from gone
        where recorded_from < recorded_now()
     )
     insert into person_entries (entry_id, person_id, basis, event_id)
     select entry_id, becomes, by, $2 from gone
     returning entry_id`,
    [entryIds, eventId],
  );
  return rows.map((r) => r.entry_id);
}
