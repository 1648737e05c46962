/** Dwellings at a street and number, as known at an instant, and the identities of those who live there. */
import type { Client } from '../../platform/db/pool.ts';
import type { Occupancy, Span } from './address.ts';
import { assemble, type EntryNumber, heldAt, sealsOf } from './facts.sql.ts';
import { type DwellingFact, type EntryFacts, type FactRow, factFrom } from './facts.ts';
import type { KnownAt } from './known-at.ts';
import { unsealedApart } from './sealing.ts';

interface DwellingRow extends FactRow {
  readonly entry_id: number;
}

const dwellingsWhere = (when: string): string => {
  const at = `f.comune = $1 and f.street_key = $3 and ($4::text is null or f.civico_key = $4)
     and f.recorded_from <= $2::timestamptz and not f.senza_fissa_dimora and ${when}`;
  return `select row_to_json(f) as fact from dwellings f where ${at}
    union all
    select row_to_json(f) from dwellings_past f where ${at} and $2::timestamptz < f.recorded_to`;
};
// A partial end may reach beyond its first day: the rules decide (certainty.ts).
const ON_DAY = dwellingsWhere(
  'f.valid_from <= $5::date and (f.valid_to > $5::date or f.to_text is not null)',
);
const IN_PERIOD = dwellingsWhere(
  'f.valid_from < $6::date and (f.valid_to > $5::date or f.to_text is not null)',
);

/**
 * The dwellings that may have been held at the address in the time asked.
 * @param civicoKey null for every number of the street
 */
export async function listDwellingsAt(
  db: Client,
  comune: string,
  street: string,
  civicoKey: string | null,
  span: Span,
  knownAt: KnownAt,
): Promise<Occupancy[]> {
  const place = [comune, knownAt, street, civicoKey];
  const { rows } = await db.query<{ fact: DwellingRow }>(
    'on' in span
      ? { name: 'dwellings-on', text: ON_DAY, values: [...place, span.on] }
      : { name: 'dwellings-in', text: IN_PERIOD, values: [...place, span.from, span.to] },
  );
  return rows.map(({ fact }) => ({ entryId: fact.entry_id, dwelling: factFrom<DwellingFact>(fact) }));
}

const PERSONS = `
    select p.entry_id, p.person_id from person_entries p
     where p.entry_id = any($1::bigint[]) and p.recorded_from <= $2::timestamptz
    union all
    select p.entry_id, p.person_id from person_entries_past p
     where p.entry_id = any($1::bigint[]) and p.recorded_from <= $2::timestamptz and $2::timestamptz < p.recorded_to`;

/** How many people the entries are: two of one register are one where an operator joined them (docs/adr/0015). */
export async function countPersons(
  db: Client,
  entryIds: readonly number[],
  knownAt: KnownAt,
): Promise<number> {
  if (entryIds.length < 2) return entryIds.length;
  const { rows } = await db.query<{ n: number }>({
    name: 'persons-of-entries',
    text: `select count(distinct person_id)::int as n from (${PERSONS}) p`,
    values: [entryIds, knownAt],
  });
  return rows[0]!.n;
}

const OCCUPANTS = `
  with person as materialized (${PERSONS}
  )
  select 'number' as kind, json_build_object('entry_id', e.entry_id, 'person_id', p.person_id, 'comune', e.comune,
           'id_soggetto', e.id_soggetto) as fact
    from entries e join person p on p.entry_id = e.entry_id where e.entry_id = any($1::bigint[])
  union all ${heldAt('identities', 'f.entry_id = any($1::bigint[])')}
  union all ${sealsOf('$1::bigint[]')}
  union all ${heldAt('protections', 'f.entry_id = any($1::bigint[])')}`;

/** Who the entries are: their person's number, and what is known of them by name. */
export async function loadOccupants(
  db: Client,
  entryIds: readonly number[],
  knownAt: KnownAt,
): Promise<ReadonlyMap<number, { readonly personId: number; readonly entry: EntryFacts }>> {
  if (entryIds.length === 0) return new Map();
  const { rows } = await db.query<{ kind: string; fact: FactRow }>({
    name: 'occupants',
    text: OCCUPANTS,
    values: [entryIds, knownAt],
  });
  const numbers = rows.filter((r) => r.kind === 'number').map((r) => r.fact as unknown as EntryNumber);
  const { entries, seals } = assemble(numbers, rows);
  const persons = new Map(numbers.map((n) => [n.entry_id, n.person_id]));
  return new Map(
    unsealedApart(entries, seals).map((entry) => [
      entry.entryId,
      { personId: persons.get(entry.entryId) ?? entry.entryId, entry },
    ]),
  );
}

const knownOf = (column: string, where: string): string => `
  select distinct ${column} as key from (
    select ${column} from dwellings where comune = $1 and recorded_from <= $3::timestamptz and ${where}
    union all
    select ${column} from dwellings_past
     where comune = $1 and recorded_from <= $3::timestamptz and $3::timestamptz < recorded_to and ${where}
  ) known order by key limit 400`;

/** Streets of the comune whose name holds the words asked, for who wrote it otherwise. */
export async function listStreetsLike(
  db: Client,
  comune: string,
  words: string,
  knownAt: KnownAt,
): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>({
    name: 'streets-like',
    text: knownOf('street_key', 'strpos(street_key, $2) > 0'),
    values: [comune, words, knownAt],
  });
  return rows.slice(0, 8).map((r) => r.key);
}

/** Numbers of a street that somebody lived at, for who asks for one that is not there. */
export async function listNumbersOf(
  db: Client,
  comune: string,
  street: string,
  knownAt: KnownAt,
): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>({
    name: 'numbers-of',
    text: knownOf('civico_key', 'street_key = $2'),
    values: [comune, street, knownAt],
  });
  return rows.map((r) => r.key);
}
