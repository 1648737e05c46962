/** Whom and what to ask about: entries and dwellings taken at random from a loaded register. */
import type { Client } from '../../src/platform/db/pool.ts';

/** What a question may name a person by. */
export interface SampledPerson {
  readonly entry_id: number;
  readonly comune: string;
  readonly id_soggetto: string;
  readonly codice_fiscale: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly birth_text: string;
  /** From when the register knows the entry. */
  readonly recorded_from: string;
}

export interface SampledAddress {
  readonly comune: string;
  readonly street_key: string;
  readonly civico_key: string;
}

export async function highestEntry(db: Client): Promise<number> {
  const { rows } = await db.query<{ last: number }>('select coalesce(max(entry_id), 0) as last from entries');
  return rows[0]!.last;
}

/** Persons by entry numbers; those numbers that no entry bears are passed over. */
export async function listSampledPersons(db: Client, entryIds: readonly number[]): Promise<SampledPerson[]> {
  const { rows } = await db.query<SampledPerson>(
    `select distinct on (e.entry_id) e.entry_id, e.comune, e.id_soggetto, i.codice_fiscale, i.cognome, i.nome, i.birth_text, e.recorded_from
       from entries e join identities i on i.entry_id = e.entry_id and i.valid_to = 'infinity'
      where e.entry_id = any($1::bigint[])`,
    [entryIds],
  );
  return rows;
}

export async function listSampledAddresses(
  db: Client,
  entryIds: readonly number[],
): Promise<SampledAddress[]> {
  const { rows } = await db.query<SampledAddress>(
    `select distinct on (entry_id) comune, street_key, civico_key from dwellings
      where entry_id = any($1::bigint[]) and not senza_fissa_dimora and civico_key <> ''`,
    [entryIds],
  );
  return rows;
}

/** The last instant recorded. */
export async function lastRecorded(db: Client): Promise<string> {
  const { rows } = await db.query<{ last_recorded: string }>('select last_recorded from register_clock');
  return rows[0]!.last_recorded;
}

/** Statistics and visibility as autovacuum leaves them a while after a load. */
export async function settle(owner: Client): Promise<void> {
  await owner.query('vacuum (analyze)');
}

export async function hasDatabase(owner: Client, name: string): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>(
    'select exists (select from pg_database where datname = $1) as there',
    [name],
  );
  return rows[0]!.there;
}

/** Copies a database nobody is connected to; names of our own making. */
export async function makeCopy(owner: Client, from: string, to: string): Promise<void> {
  await owner.query(`drop database if exists ${to} with (force)`);
  await owner.query(`create database ${to} template ${from} strategy file_copy`);
  // What a migration grants on the database itself (0001_roles.sql) is not copied with it; later ones may need it.
  await owner.query(`grant create on database ${to} to sipop_migrator`);
}

/** Whom ten years of events may be told of: registered, and alone in charge of a family, since before a day. */
export interface LongResident {
  readonly entry_id: number;
  readonly id_soggetto: string;
  readonly id_famiglia: string;
  readonly recorded_from: string;
}

/** Heads of families of a comune who have been so without a break since before `day`. */
export async function listLongResidents(
  db: Client,
  comune: string,
  day: string,
  count: number,
): Promise<LongResident[]> {
  const { rows } = await db.query<LongResident>(
    `select e.entry_id, e.id_soggetto, h.id_household as id_famiglia, e.recorded_from
       from entries e
       join registrations r on r.entry_id = e.entry_id and r.valid_to = 'infinity' and r.valid_from < $2::date
       join memberships m on m.entry_id = e.entry_id and m.valid_to = 'infinity' and m.valid_from < $2::date and m.relazione = '1'
       join households h on h.household_id = m.household_id and h.kind = 'famiglia' and h.valid_to = 'infinity' and h.valid_from < $2::date
      where e.comune = $1 order by e.entry_id limit $3`,
    [comune, day, count],
  );
  return rows;
}

/** The number of a comune's last accepted supply. */
export async function lastNumber(db: Client, comune: string): Promise<number> {
  const { rows } = await db.query<{ last: number }>(
    "select coalesce(max(progressivo), 0) as last from supplies where comune = $1 and esito <> 'RIFIUTATA'",
    [comune],
  );
  return rows[0]!.last;
}

/** How many facts of a table's two halves an entry has on average: the depth of its history. */
export async function countFacts(db: Client, entryIds: readonly number[]): Promise<number> {
  const tables = ['dwellings', 'documents', 'protections', 'declarations'];
  const halves = tables.flatMap((t) => [t, `${t}_past`]);
  const { rows } = await db.query<{ n: number }>(
    `select (${halves.map((t) => `(select count(*) from ${t} where entry_id = any($1::bigint[]))`).join(' + ')}) as n`,
    [entryIds],
  );
  return rows[0]!.n;
}
