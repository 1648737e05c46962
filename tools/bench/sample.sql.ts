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
