/**
 * Links of entries to persons, read and moved set-wise. Each statement names the entries or codes it is about: in one statement
 * the planner, which cannot know how few they are among rows just written, has read whole tables for each of them.
 */
import type { Client } from '../../platform/db/pool.ts';
import { type Bearer, type Link, linksOf } from './linking.ts';

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

/** Validated codes of a block that some other register bears or bore too. */
async function listSharedCodes(db: Client, above: number, upTo: number): Promise<string[]> {
  const { rows } = await db.query<{ codice_fiscale: string }>(
    `select distinct i.codice_fiscale
       from (select codice_fiscale from identities
              where entry_id > $1 and entry_id <= $2 and valid_to = 'infinity' and not sealed
                and validita_cf = '1' and codice_fiscale is not null offset 0) i
      where exists (select from person_keys k
                     where k.codice_fiscale = i.codice_fiscale and not (k.entry_id > $1 and k.entry_id <= $2) offset 0)`,
    [above, upTo],
  );
  return rows.map((r) => r.codice_fiscale);
}

/** Who bears these codes at present, validated and not sealed. */
async function listBearers(db: Client, codes: readonly string[]): Promise<Bearer[]> {
  if (codes.length === 0) return [];
  const { rows } = await db.query<Bearer>({
    name: 'bearers',
    text: `select k.entry_id, e.comune, k.codice_fiscale, i.sesso, i.birth_from, i.birth_to
             from (select entry_id, codice_fiscale from person_keys where codice_fiscale = any($1::text[]) offset 0) k
            cross join lateral (select i.sesso, i.birth_from, i.birth_to from identities i
                                 where i.entry_id = k.entry_id and i.codice_fiscale = k.codice_fiscale
                                   and i.valid_to = 'infinity' and not i.sealed and i.validita_cf = '1' offset 0) i
            cross join lateral (select comune from entries where entry_id = k.entry_id offset 0) e`,
    values: [codes],
  });
  return rows;
}

/** Every code that the entries bear or bore. */
async function listCodes(db: Client, entryIds: readonly number[]): Promise<string[]> {
  const { rows } = await db.query<{ codice_fiscale: string }>({
    name: 'codes-of-entries',
    text: 'select distinct codice_fiscale from person_keys where entry_id = any($1::bigint[])',
    values: [entryIds],
  });
  return rows.map((r) => r.codice_fiscale);
}

/** The links that differ from these; what an operator decided stays. */
async function differing(db: Client, wanted: readonly Link[]): Promise<Link[]> {
  const { rows } = await db.query<{ entry_id: number; person_id: number }>({
    name: 'links-of-entries',
    text: `select entry_id, person_id from person_entries where entry_id = any($1::bigint[]) and basis <> 'operator'`,
    values: [wanted.map((w) => w.entry_id)],
  });
  const held = new Map(rows.map((r) => [r.entry_id, r.person_id]));
  return wanted.filter((w) => held.has(w.entry_id) && held.get(w.entry_id) !== w.person_id);
}

/** What a link needs, as columns. */
const columnsOf = (links: readonly Link[]): unknown[] => [
  links.map((l) => l.entry_id),
  links.map((l) => l.person_id),
  links.map((l) => l.basis),
];

/**
 * Joins the entries of a first full supply (`above` < entry_id <= `upTo`) to the persons known by other registers.
 * They are written here for the first time, in this very transaction, so that nothing recorded is overwritten.
 */
export async function joinNewEntries(
  db: Client,
  eventId: number,
  above: number,
  upTo: number,
): Promise<number> {
  const bearers = await listBearers(db, await listSharedCodes(db, above, upTo));
  const persons = new Map(
    (
      await db.query<{ entry_id: number; person_id: number }>(
        'select entry_id, person_id from person_entries where entry_id = any($1::bigint[])',
        [bearers.map((b) => b.entry_id)],
      )
    ).rows.map((r) => [r.entry_id, r.person_id]),
  );
  // The first entry that agrees may itself be somebody else's: the person is his.
  const links = linksOf([], bearers)
    .filter((l) => l.entry_id > above && l.entry_id <= upTo && l.person_id !== l.entry_id)
    .map((l) => ({ ...l, person_id: persons.get(l.person_id) ?? l.person_id }));
  const { rowCount } = await db.query(
    `update person_entries p set person_id = w.person_id, basis = w.basis, event_id = $4
       from unnest($1::bigint[], $2::bigint[], $3::text[]) as w (entry_id, person_id, basis)
      where p.entry_id = w.entry_id`,
    [...columnsOf(links), eventId],
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
  await db.query({
    name: 'own-persons',
    text: `insert into person_entries (entry_id, person_id, basis, event_id)
           select e.entry_id, e.entry_id, 'own', e.event_id from entries e
            where e.entry_id = any($1::bigint[]) and not exists (select from person_entries p where p.entry_id = e.entry_id)`,
    values: [entryIds],
  });
  const bearers = await listBearers(db, await listCodes(db, entryIds));
  const links = await differing(db, linksOf(entryIds, bearers));
  if (links.length === 0) return [];
  await db.query(
    `with wanted as (
       select * from unnest($1::bigint[], $2::bigint[], $3::text[]) as w (entry_id, becomes, by)
     ), gone as (
       delete from person_entries p using wanted w where p.entry_id = w.entry_id
       returning p.*, w.becomes, w.by
     ), kept as (
       insert into person_entries_past (entry_id, person_id, basis, event_id, recorded_from, recorded_to, closed_by)
       select entry_id, person_id, basis, event_id, recorded_from, recorded_now(), $4 from gone
        where recorded_from < recorded_now()
     )
     insert into person_entries (entry_id, person_id, basis, event_id)
     select entry_id, becomes, by, $4 from gone`,
    [...columnsOf(links), eventId],
  );
  return links.map((l) => l.entry_id);
}
