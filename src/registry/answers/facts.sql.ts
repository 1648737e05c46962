/**
 * Loads what is known of entries at an instant: every kind of fact in one round trip, by `entry_id = any($1::bigint[])`
 * (scale.md: key → numbers → facts; bigint, for an int4 parameter would read the whole index).
 */
import type { Client } from '../../platform/db/pool.ts';
import {
  byStart,
  ENTRY_TABLES,
  type EntryFacts,
  type EntryTable,
  emptyEntryFacts,
  type Fact,
  type FactRow,
  factFrom,
  type IdentityFact,
  type PersonFacts,
} from './facts.ts';
import type { KnownAt } from './known-at.ts';
import { shownFacts, unsealed } from './sealing.ts';

/** An entry of a person, by its register's number. */
export interface EntryNumber {
  readonly entry_id: number;
  readonly person_id: number;
  readonly comune: string;
  readonly id_soggetto: string;
}

/** A row as statements of facts give them: its table, or what else it is, and its columns. */
export interface LoadedRow {
  readonly kind: string;
  readonly fact: FactRow;
}

/**
 * Rows of one table held at $2, as JSON: from the table itself, and from what it held once. That they are held no more was
 * not known then, and is not told.
 */
export const heldAt = (table: string, where: string): string =>
  `select '${table}' as kind, row_to_json(f) as fact from ${table} f where ${where} and f.recorded_from <= $2::timestamptz
   union all
   select '${table}', to_json(to_jsonb(f) - 'recorded_to' - 'closed_by') from ${table}_past f
    where ${where} and f.recorded_from <= $2::timestamptz and $2::timestamptz < f.recorded_to`;

/** The same with what had been superseded by $2. */
const recordedBy = (table: string, where: string): string =>
  `select '${table}' as kind, row_to_json(f) as fact from ${table} f where ${where} and f.recorded_from <= $2::timestamptz
   union all
   select '${table}', case when f.recorded_to <= $2::timestamptz then row_to_json(f)
            else to_json(to_jsonb(f) - 'recorded_to' - 'closed_by') end
     from ${table}_past f where ${where} and f.recorded_from <= $2::timestamptz`;

// A list whose length the planner cannot see: seeing it, it planned the whole anew at each question, four times as long as answering took.
const OF_ENTRIES = 'f.entry_id = any(array(select unnest($1::bigint[])))';

/**
 * What the sealing entries of a person say now, whatever the instant asked: a seal hides also what was known before it was
 * set, and covers every entry of the person (registry.md, Sealed). `entries` is an SQL array; each row names, as
 * `of_entry`, the entry of the array whose person it is.
 */
export const sealsOf = (entries: string): string =>
  `select 'seals' as kind, to_json(to_jsonb(f) || jsonb_build_object('of_entry', p.entry_id)) as fact
     from person_entries p
     join person_entries q on q.person_id = p.person_id
     join identities f on f.entry_id = q.entry_id
    where p.entry_id = any(${entries})
      and exists (select from identities s where s.entry_id = q.entry_id and s.sealed)`;

/** What the tables hold of the entries of $1 at $2, with their seals: for a statement that asks no more than it needs. */
export const heldOf = (tables: readonly EntryTable[]): string =>
  [...tables.map((table) => heldAt(table, OF_ENTRIES)), sealsOf('$1::bigint[]')].join('\nunion all\n');

const HELD = heldOf(ENTRY_TABLES);
const RECORDED = [
  ...ENTRY_TABLES.map((table) => recordedBy(table, OF_ENTRIES)),
  sealsOf('$1::bigint[]'),
].join('\nunion all\n');

type Lists = { -readonly [K in EntryTable]: EntryFacts[K][number][] } & Pick<
  EntryFacts,
  'entryId' | 'comune' | 'idSoggetto'
>;

const isEntryTable = (kind: string): kind is EntryTable => (ENTRY_TABLES as readonly string[]).includes(kind);

/** Puts loaded rows in the lists of their entries, and seals by the entry whose person they are of. Other rows are left out. */
export function assemble(
  numbers: readonly EntryNumber[],
  rows: readonly LoadedRow[],
): { entries: EntryFacts[]; seals: Map<number, IdentityFact[]> } {
  const entries = new Map<number, Lists>();
  for (const n of numbers)
    entries.set(n.entry_id, emptyEntryFacts(n.entry_id, n.comune, n.id_soggetto) as Lists);
  const seals = new Map<number, IdentityFact[]>();
  for (const { kind, fact } of rows) {
    if (kind === 'seals') {
      const of = fact.of_entry ?? 0;
      seals.set(of, [...(seals.get(of) ?? []), factFrom<IdentityFact>(fact)]);
    }
    if (isEntryTable(kind)) {
      const entry = entries.get(fact.entry_id ?? 0);
      (entry?.[kind] as Fact[] | undefined)?.push(factFrom(fact));
    }
  }
  for (const entry of entries.values())
    for (const kind of ENTRY_TABLES) (entry[kind] as Fact[]).sort(byStart);
  return { entries: [...entries.values()], seals };
}

/**
 * The facts of several persons in one round trip, as `loadPerson` gives those of one; in the order of their numbers.
 * @param tables of which facts; all of them where absent
 */
export async function loadPersons(
  db: Client,
  numbers: readonly EntryNumber[],
  knownAt: KnownAt,
  tables: readonly EntryTable[] = ENTRY_TABLES,
): Promise<PersonFacts[]> {
  if (numbers.length === 0) return [];
  const all = tables === ENTRY_TABLES;
  const { rows } = await db.query<LoadedRow>({
    name: all ? 'person-facts' : `person-facts-${tables.join('-')}`.slice(0, 63),
    text: all ? HELD : heldOf(tables),
    values: [numbers.map((n) => n.entry_id), knownAt],
  });
  return personsFrom(numbers, rows);
}

/** The persons whose entries' rows these are; rows of other kinds are left out. */
export function personsFrom(numbers: readonly EntryNumber[], rows: readonly LoadedRow[]): PersonFacts[] {
  const { entries, seals } = assemble(numbers, rows);
  const byPerson = new Map<number, EntryFacts[]>();
  const persons = new Map(numbers.map((n) => [n.entry_id, n.person_id]));
  for (const entry of entries) {
    const personId = persons.get(entry.entryId) ?? entry.entryId;
    const own = byPerson.get(personId);
    if (own === undefined) byPerson.set(personId, [entry]);
    else own.push(entry);
  }
  return [...byPerson].map(([personId, own]) => ({
    personId,
    entries: shownFacts(
      own,
      own.flatMap(({ entryId }) => seals.get(entryId) ?? []),
    ),
  }));
}

/** One person's facts as known at `knownAt`, what is sealed left out, what holds on no day too. */
export async function loadPerson(
  db: Client,
  numbers: readonly EntryNumber[],
  knownAt: KnownAt,
): Promise<PersonFacts> {
  const { rows } = await db.query<LoadedRow>({
    name: 'person-facts',
    text: HELD,
    values: [numbers.map((n) => n.entry_id), knownAt],
  });
  const { entries, seals } = assemble(numbers, rows);
  const shown = shownFacts(entries, [...seals.values()].flat());
  return { personId: numbers[0]?.person_id ?? 0, entries: shown };
}

/** The same with every fact recorded until then, superseded ones included: `recordedTo` tells which. */
export async function loadRecorded(
  db: Client,
  numbers: readonly EntryNumber[],
  knownAt: KnownAt,
): Promise<PersonFacts> {
  const { rows } = await db.query<LoadedRow>({
    name: 'person-recorded',
    text: RECORDED,
    values: [numbers.map((n) => n.entry_id), knownAt],
  });
  const { entries, seals } = assemble(numbers, rows);
  return { personId: numbers[0]?.person_id ?? 0, entries: unsealed(entries, [...seals.values()].flat()) };
}
