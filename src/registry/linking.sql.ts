/**
 * Which entries are one person, set-wise (registry.md, "People, not rows"): the present validated codice fiscale is the
 * same, sex and birth do not disagree, the registers are two, and neither has the code on two entries.
 */
import type { Client } from '../platform/db/pool.ts';

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
           i.entry_id, i.sesso, i.birth_from, i.birth_to,
           count(*) over (partition by b.codice_fiscale, e.comune) as there
      from bearer b
      join person_keys k on k.codice_fiscale = b.codice_fiscale and not (k.entry_id > $2 and k.entry_id <= $3)
      join identities i on i.entry_id = k.entry_id and i.codice_fiscale = b.codice_fiscale
       and i.valid_to = 'infinity' and not i.sealed and i.validita_cf = '1'
      join entries e on e.entry_id = i.entry_id
     where b.here = 1 and e.comune <> $4
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
  const { rowCount } = await db.query(
    `with joined as (${JOINS})
     update person_entries p set person_id = j.person_id, basis = 'codice-fiscale', event_id = $1
       from joined j where p.entry_id = j.entry_id`,
    [eventId, above, upTo, comune],
  );
  return rowCount;
}
