/**
 * Links of entries to persons, read and moved set-wise. Each statement names the entries or codes it is about: in one statement
 * the planner, which cannot know how few they are among rows just written, has read whole tables for each of them.
 */
import type { Client } from '../../platform/db/pool.ts';
import { type Bearer, type Decided, type DecidedPair, type Link, linksOf } from './linking.ts';

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

/** Two entries of which an operator decided, and the decision that stands. */
export interface StandingPair extends DecidedPair {
  readonly decision_id: number;
  readonly kind: 'same' | 'different';
}

/**
 * What stands of the pairs with one of these entries: of each the last decision that nobody undid; to put off decides nothing
 * (docs/adr/0015).
 */
export async function listStanding(db: Client, entryIds: readonly number[]): Promise<StandingPair[]> {
  if (entryIds.length === 0) return [];
  const { rows } = await db.query<StandingPair>({
    name: 'standing-decisions',
    text: `select s.decision_id, s.kind, s.entry_id, a.comune, s.other_entry_id, b.comune as other_comune
             from (select distinct on (d.entry_id, d.other_entry_id) d.*
                     from linkage_decisions d
                    where (d.entry_id = any($1::bigint[]) or d.other_entry_id = any($1::bigint[]))
                      and d.kind in ('same', 'different')
                      and not exists (select from linkage_decisions u where u.undoes = d.decision_id)
                    order by d.entry_id, d.other_entry_id, d.decision_id desc) s
             join entries a on a.entry_id = s.entry_id
             join entries b on b.entry_id = s.other_entry_id`,
    values: [entryIds],
  });
  return rows;
}

/** What the links of some entries depend on. */
export interface LinkGround {
  readonly entries: readonly number[];
  readonly bearers: readonly Bearer[];
  readonly decided: Decided & {
    readonly same: readonly StandingPair[];
    readonly different: readonly StandingPair[];
  };
}

/**
 * All who bear these codes or those of the entries, whoever bears another code of theirs (an entry may bear one openly and one
 * sealed), and whomever operators joined to any of them.
 */
export async function loadLinkGround(
  db: Client,
  entryIds: readonly number[],
  codes: readonly string[],
): Promise<LinkGround> {
  const asked = new Set<string>();
  const known = new Set<number>();
  const bearers: Bearer[] = [];
  const standing = new Map<string, StandingPair>();
  let entries = [...entryIds];
  let next = [...codes];
  while (entries.length > 0 || next.length > 0) {
    for (const id of entries) known.add(id);
    const borne = entries.length === 0 ? [] : await listCodes(db, entries);
    const wanted = [...new Set([...next, ...borne])].filter((code) => !asked.has(code));
    for (const code of wanted) asked.add(code);
    const found = await listBearers(db, wanted);
    bearers.push(...found);
    const pairs = await listStanding(db, entries);
    for (const pair of pairs) standing.set(`${pair.entry_id} ${pair.other_entry_id}`, pair);
    const joined = pairs.filter((p) => p.kind === 'same').flatMap((p) => [p.entry_id, p.other_entry_id]);
    entries = [...new Set([...found.map((b) => b.entry_id), ...joined])].filter((id) => !known.has(id));
    next = [];
  }
  const of = (kind: StandingPair['kind']) => [...standing.values()].filter((p) => p.kind === kind);
  return { entries: [...known], bearers, decided: { same: of('same'), different: of('different') } };
}

/** What makes a link, and ends the one before it: an event of a supply, or the decision of an operator. */
export type LinkCause = { readonly eventId: number } | { readonly decisionId: number };

/** The links that differ from these. */
async function differing(db: Client, wanted: readonly Link[]): Promise<Link[]> {
  const { rows } = await db.query<Link>({
    name: 'links-of-entries',
    text: 'select entry_id, person_id, basis from person_entries where entry_id = any($1::bigint[])',
    values: [wanted.map((w) => w.entry_id)],
  });
  const held = new Map(rows.map((r) => [r.entry_id, r]));
  return wanted.filter((link) => {
    const now = held.get(link.entry_id);
    return now !== undefined && (now.person_id !== link.person_id || now.basis !== link.basis);
  });
}

/** Makes the links so from this transaction's instant on. @returns the entries that became somebody else's */
async function relink(db: Client, cause: LinkCause, wanted: readonly Link[]): Promise<number[]> {
  const links = await differing(db, wanted);
  if (links.length === 0) return [];
  const [eventId, decisionId] = 'eventId' in cause ? [cause.eventId, null] : [null, cause.decisionId];
  // What was written in this very transaction was never known otherwise.
  await db.query(
    `with wanted as (
       select * from unnest($1::bigint[], $2::bigint[], $3::text[]) as w (entry_id, becomes, by)
     ), gone as (
       delete from person_entries p using wanted w where p.entry_id = w.entry_id
       returning p.*, w.becomes, w.by
     ), kept as (
       insert into person_entries_past (entry_id, person_id, basis, event_id, decision_id, recorded_from, recorded_to,
         closed_by, closed_by_decision)
       select entry_id, person_id, basis, event_id, decision_id, recorded_from, recorded_now(), $4::bigint, $5::bigint from gone
        where recorded_from < recorded_now()
     )
     insert into person_entries (entry_id, person_id, basis, event_id, decision_id)
     select entry_id, becomes, by, $4::bigint, $5::bigint from gone`,
    [
      links.map((l) => l.entry_id),
      links.map((l) => l.person_id),
      links.map((l) => l.basis),
      eventId,
      decisionId,
    ],
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
  const ground = await loadLinkGround(db, [], await listSharedCodes(db, above, upTo));
  const relinked = await relinkByGround(db, { eventId }, ground);
  return relinked.filter((id) => id <= above || id > upTo);
}

/**
 * Looks again at the entries whose codes, sex or birth may have changed: those that agree with an entry of another register
 * become its person, those that no longer do become persons of their own again. What operators decided stands (linking.ts).
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
  return relinkByGround(db, { eventId }, await loadLinkGround(db, entryIds, []));
}

/** Makes the links of these entries, and of all that they depend on, what codes and decisions say. @returns those changed */
export async function relinkByGround(db: Client, cause: LinkCause, ground: LinkGround): Promise<number[]> {
  return relink(db, cause, linksOf(ground.entries, ground.bearers, ground.decided));
}
