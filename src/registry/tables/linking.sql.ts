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

/** Validated codes of a block, sealed ones too, that some other register bears or bore as well. */
async function listSharedCodes(db: Client, above: number, upTo: number): Promise<string[]> {
  const { rows } = await db.query<{ codice_fiscale: string }>(
    `select distinct i.codice_fiscale
       from (select codice_fiscale from identities
              where entry_id > $1 and entry_id <= $2 and codice_fiscale is not null
                and (sealed or (valid_to = 'infinity' and validita_cf = '1')) offset 0) i
      where exists (select from person_keys k
                     where k.codice_fiscale = i.codice_fiscale and not (k.entry_id > $1 and k.entry_id <= $2) offset 0)`,
    [above, upTo],
  );
  return rows.map((r) => r.codice_fiscale);
}

/**
 * Who bears these codes, validated: at present, or by an identity that is sealed (a row of generalita.csv says nothing of its
 * validity: that whoever bears the code openly has it validated is enough). Who bears one in both ways bears it at present.
 */
async function listBearers(db: Client, codes: readonly string[]): Promise<Bearer[]> {
  if (codes.length === 0) return [];
  const { rows } = await db.query<Bearer>({
    name: 'bearers',
    text: `select k.entry_id, e.comune, k.codice_fiscale, i.sesso, i.birth_from, i.birth_to, i.sealed
             from (select entry_id, codice_fiscale from person_keys where codice_fiscale = any($1::text[]) offset 0) k
            cross join lateral (select i.sesso, i.birth_from, i.birth_to, i.sealed from identities i
                                 where i.entry_id = k.entry_id and i.codice_fiscale = k.codice_fiscale
                                   and case when i.sealed then i.validita_cf is distinct from '9'
                                            else i.valid_to = 'infinity' and i.validita_cf = '1' end
                                 order by i.sealed, i.valid_from desc, i.event_id desc limit 1) i
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

/** All who bear these codes, and whoever bears another code of theirs: an entry may bear one openly and one sealed. */
async function listAllBearers(db: Client, codes: readonly string[]): Promise<Bearer[]> {
  const asked = new Set(codes);
  const known = new Set<number>();
  const bearers: Bearer[] = [];
  for (let next = [...asked]; next.length > 0; ) {
    const found = await listBearers(db, next);
    bearers.push(...found);
    const others = [...new Set(found.map((b) => b.entry_id))].filter((id) => !known.has(id));
    for (const id of others) known.add(id);
    next = others.length === 0 ? [] : (await listCodes(db, others)).filter((code) => !asked.has(code));
    for (const code of next) asked.add(code);
  }
  return bearers;
}

/** The links that differ from these; what an operator decided stays, and who is joined to such an entry is joined to its person. */
async function differing(db: Client, wanted: readonly Link[]): Promise<Link[]> {
  const { rows } = await db.query<{ entry_id: number; person_id: number; decided: boolean }>({
    name: 'links-of-entries',
    text: `select entry_id, person_id, basis = 'operator' as decided from person_entries where entry_id = any($1::bigint[])`,
    values: [wanted.map((w) => w.entry_id)],
  });
  const held = new Map(rows.map((r) => [r.entry_id, r]));
  return wanted.flatMap((link) => {
    const now = held.get(link.entry_id);
    const first = held.get(link.person_id);
    const person_id = first?.decided === true ? first.person_id : link.person_id;
    return now === undefined || now.decided || now.person_id === person_id ? [] : [{ ...link, person_id }];
  });
}

/** Makes the links so from the supply's instant on. @returns the entries that became somebody else's */
async function relink(db: Client, eventId: number, wanted: readonly Link[]): Promise<number[]> {
  const links = await differing(db, wanted);
  if (links.length === 0) return [];
  // What was written in this very transaction was never known otherwise.
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
    [links.map((l) => l.entry_id), links.map((l) => l.person_id), links.map((l) => l.basis), eventId],
  );
  return links.map((l) => l.entry_id);
}

/**
 * Joins the entries of a first full supply (`above` < entry_id <= `upTo`) to the persons known by other registers. One that
 * disagrees parts those whom its code had joined.
 * @returns the entries of other registers that became somebody else's
 */
export async function joinNewEntries(
  db: Client,
  eventId: number,
  above: number,
  upTo: number,
): Promise<number[]> {
  const bearers = await listAllBearers(db, await listSharedCodes(db, above, upTo));
  const relinked = await relink(db, eventId, linksOf([], bearers));
  return relinked.filter((id) => id <= above || id > upTo);
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
  const bearers = await listAllBearers(db, await listCodes(db, entryIds));
  return relink(db, eventId, linksOf(entryIds, bearers));
}
