/** Loads what the rules of the reconciliation look at: facts of persons, who is meant by whom, heads, forms of codes. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { assemble, type EntryNumber, heldAt, sealsOf } from '../answers/facts.sql.ts';
import { ENTRY_TABLES, type EntryFacts, type Fact, type FactRow, withoutShadowed } from '../answers/facts.ts';
import { unsealed } from '../answers/sealing.ts';
import { type HalfSourceRow, halfSource, type TransferEvidence } from '../answers/transfers.ts';
import type { CodeBearer, HeadedFamily, Reference } from './world.ts';

const OF_ENTRIES = 'f.entry_id = any($1::bigint[])';
const union = (selects: readonly string[]): string => selects.join('\nunion all\n');

/** Of somebody known by one register alone only these bear on another. */
const ALONE = union(['registrations', 'deaths', 'civil_statuses'].map((t) => heldAt(t, OF_ENTRIES)));
const SHARED = union([
  ...['identities', 'citizenships', 'parents'].map((t) => heldAt(t, OF_ENTRIES)),
  sealsOf('$1::bigint[]'),
]);

interface Loaded {
  readonly personId: number;
  readonly entries: readonly EntryFacts[];
}

/** The facts of these persons as held at the instant, what is sealed left out, what holds on no day too. */
export async function loadPersons(
  db: Client,
  persons: readonly number[],
  instant: string,
): Promise<Loaded[]> {
  const numbers = (
    await db.query<EntryNumber>(
      `select p.entry_id, p.person_id, e.comune, e.id_soggetto
         from person_entries p join entries e using (entry_id) where p.person_id = any($1::bigint[])
        order by p.entry_id`,
      [persons],
    )
  ).rows;
  const entriesOf = new Map<number, EntryNumber[]>();
  for (const n of numbers) entriesOf.set(n.person_id, [...(entriesOf.get(n.person_id) ?? []), n]);
  const shared = [...entriesOf.values()].filter((of) => of.length > 1).flat();
  const load = (text: string, of: readonly EntryNumber[]) =>
    db.query<{ kind: string; fact: FactRow }>(text, [of.map((n) => n.entry_id), instant]);
  const rows = [
    ...(await load(ALONE, numbers)).rows,
    ...(shared.length === 0 ? [] : (await load(SHARED, shared)).rows),
  ];
  const { entries, seals } = assemble(numbers, rows);
  const byEntry = new Map(entries.map((e) => [e.entryId, e]));
  return [...entriesOf].map(([personId, of]) => {
    const facts = of.map((n) => byEntry.get(n.entry_id)!);
    const shown = unsealed(
      facts,
      of.flatMap((n) => seals.get(n.entry_id) ?? []),
    );
    return { personId, entries: shown.map(heldFacts) };
  });
}

function heldFacts(entry: EntryFacts): EntryFacts {
  const lists: Record<string, unknown> = { ...entry };
  for (const kind of ENTRY_TABLES) lists[kind] = withoutShadowed<Fact>(entry[kind]);
  return lists as unknown as EntryFacts;
}

/** How far each comune has told its story, and where these events came from. */
export async function loadEvidence(db: Client, eventIds: readonly number[]): Promise<TransferEvidence> {
  const sources = await db.query<HalfSourceRow & { readonly event_id: number }>(
    `select v.event_id, v.operazione, v.registrazione, s.tipo, s.situazione_al
       from events v join supplies s using (supply_id) where v.event_id = any($1::bigint[])`,
    [eventIds],
  );
  const situations = await db.query<{ comune: string; situazione_al: Day }>(
    `select comune, max(situazione_al) as situazione_al from supplies where esito <> 'RIFIUTATA' group by comune`,
  );
  return {
    sources: new Map(sources.rows.map((r) => [r.event_id, halfSource(r)])),
    situations: new Map(situations.rows.map((r) => [r.comune, r.situazione_al])),
  };
}

/** Persons by register number ("036001:S1") and by codice fiscale; a code of several persons means none. */
export interface Meant {
  readonly byNumber: ReadonlyMap<string, number>;
  readonly byCode: ReadonlyMap<string, number>;
}

export async function resolveReferences(db: Client, references: readonly Reference[]): Promise<Meant> {
  const numbers = references.filter((r) => r.id !== null);
  // The number goes before the code, as where a parent's key is made (entry-rows.ts).
  const codes = [...new Set(references.flatMap((r) => (r.id === null && r.code !== null ? [r.code] : [])))];
  const byNumber = await db.query<{ name: string; person_id: number }>(
    `select n.comune || ':' || n.id as name, p.person_id
       from (select distinct * from unnest($1::text[], $2::text[]) as u (comune, id)) n
       join register_numbers r on r.comune = n.comune and r.id_soggetto = n.id
       join person_entries p using (entry_id)`,
    [numbers.map((r) => r.comune), numbers.map((r) => r.id)],
  );
  const byCode = await db.query<{ code: string; person_id: number }>(
    `select k.codice_fiscale as code, min(p.person_id) as person_id
       from (select codice_fiscale, entry_id from person_keys where codice_fiscale = any($1::text[]) offset 0) k
       join person_entries p using (entry_id)
      group by 1 having min(p.person_id) = max(p.person_id)`,
    [codes],
  );
  return {
    byNumber: new Map(byNumber.rows.map((r) => [r.name, r.person_id])),
    byCode: new Map(byCode.rows.map((r) => [r.code, r.person_id])),
  };
}

/** Every code that the entries of these persons bear or bore. */
export async function loadCodes(db: Client, persons: readonly number[]): Promise<Map<number, Set<string>>> {
  const { rows } = await db.query<{ person_id: number; codice_fiscale: string }>(
    `with p as materialized (select entry_id, person_id from person_entries where person_id = any($1::bigint[]))
     select p.person_id, i.codice_fiscale
       from p cross join lateral (
         select codice_fiscale from identities where entry_id = p.entry_id and not sealed and codice_fiscale is not null
         union
         select codice_fiscale from identities_past where entry_id = p.entry_id and not sealed and codice_fiscale is not null
       ) i`,
    [persons],
  );
  const codes = new Map<number, Set<string>>();
  for (const r of rows)
    codes.set(r.person_id, (codes.get(r.person_id) ?? new Set<string>()).add(r.codice_fiscale));
  return codes;
}

/** Of these entries, those that head an open family with others in it. */
export async function loadHeads(db: Client, entries: readonly number[]): Promise<Map<number, HeadedFamily>> {
  const { rows } = await db.query<{ entry_id: number; id_famiglia: string; event_id: number }>(
    `select m.entry_id, h.id_household as id_famiglia, m.event_id
       from memberships m join households h using (household_id)
      where m.entry_id = any($1::bigint[]) and m.valid_to = 'infinity' and m.relazione = '1'
        and h.kind = 'famiglia' and h.valid_to = 'infinity'
        and exists (select from household_members x join memberships o on o.entry_id = x.entry_id
                     where x.household_id = m.household_id and o.household_id = m.household_id
                       and o.valid_to = 'infinity' and o.entry_id <> m.entry_id)`,
    [entries],
  );
  return new Map(rows.map((r) => [r.entry_id, { idFamiglia: r.id_famiglia, eventId: r.event_id }]));
}

/** Bearers, at present, of these codes. */
export async function findBearers(db: Client, codes: readonly string[]): Promise<CodeBearer[]> {
  const { rows } = await db.query<CodeBearer>(
    `select k.entry_id as "entryId", p.person_id as "personId", e.comune, k.codice_fiscale as code,
            i.valid_from as since, i.event_id as "eventId"
       from (select entry_id, codice_fiscale from person_keys where codice_fiscale = any($1::text[]) offset 0) k
      cross join lateral (select i.valid_from, i.event_id from identities i
                           where i.entry_id = k.entry_id and i.codice_fiscale = k.codice_fiscale
                             and i.valid_to = 'infinity' and not i.sealed offset 0) i
       join entries e on e.entry_id = k.entry_id
       join person_entries p on p.entry_id = k.entry_id`,
    [codes],
  );
  return rows;
}

/** Codes with letters for some of their digits. */
const OMOCODIC = `length(codice_fiscale) = 16 and codice_fiscale !~ '^.{6}[0-9]{2}.[0-9]{2}.[0-9]{3}.$'`;

const keepCodes = (whose: string): string =>
  `insert into omocodic_keys (codice_fiscale, entry_id)
   select distinct codice_fiscale, entry_id from identities where ${whose} and not sealed and ${OMOCODIC}
   on conflict do nothing`;
const KEEP_OF_RANGE = keepCodes('entry_id > $1 and entry_id <= $2');
const KEEP_OF_LIST = keepCodes('entry_id = any($1::bigint[])');

/** Keeps the omocodic codes that these entries bear: those named, and those numbered above one and up to another. */
export async function keepOmocodicCodes(
  db: Client,
  entries: readonly number[],
  above: number,
  upTo: number,
): Promise<void> {
  if (upTo > above) await db.query(KEEP_OF_RANGE, [above, upTo]);
  if (entries.length > 0) await db.query(KEEP_OF_LIST, [entries]);
}

/** Every omocodic code of the province: a few in ten thousand. */
export async function listOmocodicCodes(db: Client): Promise<string[]> {
  const { rows } = await db.query<{ codice_fiscale: string }>(
    'select distinct codice_fiscale from omocodic_keys',
  );
  return rows.map((r) => r.codice_fiscale);
}
