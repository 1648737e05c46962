/** Statements of record linkage: what is compared, the keys of the blocks, models, runs and candidates. */
import type { Readable } from 'node:stream';
import { AppError } from '../../kernel/app-error.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { without } from '../tables/planner.sql.ts';
import type { RecordRow } from './entry-record.ts';
import type { Model, WeighedField } from './model.ts';
import type { RuleCount } from './rule-count.ts';
import { IS_SEALED_SINCE, SEALED_SINCE } from './seals.sql.ts';

/** The number of the lock that keeps two runs apart ("LINK" in ASCII). */
const LINKAGE_LOCK = 0x4c_49_4e_4b;

/** Waits for a run that is under way, and keeps others waiting until the transaction ends. */
export async function lockLinkage(db: Client): Promise<void> {
  await db.query('select pg_advisory_xact_lock($1)', [LINKAGE_LOCK]);
}

/**
 * Identities as they are compared: those that hold now, former ones too, with the parents and the dwelling of the present. Sealed ones
 * are marked; parents are of after the adoption, and go with what is not sealed alone. A parent named by number is looked up.
 */
const RECORDS = (where: string): string => `
  select i.entry_id, l.person_id, e.comune, i.sealed, coalesce(i.cognome, p.cognome) as cognome, coalesce(i.nome, p.nome) as nome,
         i.surname_key, i.given_key, i.sesso, i.birth_text, i.codice_fiscale, i.validita_cf, i.comune_nascita, i.stato_nascita, i.localita_nascita,
         case when not i.sealed then coalesce(r.cf_padre, f.codice_fiscale) end as cf_padre,
         case when not i.sealed then coalesce(r.cf_madre, m.codice_fiscale) end as cf_madre,
         d.street_key, d.civico_key
    from identities i
    join entries e on e.entry_id = i.entry_id
    join person_entries l on l.entry_id = i.entry_id
    left join parents r on r.entry_id = i.entry_id and r.valid_to = 'infinity'
    left join register_numbers fn on fn.comune = e.comune and fn.id_soggetto = r.id_padre and r.cf_padre is null
    left join identities f on f.entry_id = fn.entry_id and f.valid_to = 'infinity'
    left join register_numbers mn on mn.comune = e.comune and mn.id_soggetto = r.id_madre and r.cf_madre is null
    left join identities m on m.entry_id = mn.entry_id and m.valid_to = 'infinity'
    left join dwellings d on d.entry_id = i.entry_id and d.valid_to = 'infinity' and not d.senza_fissa_dimora
    left join identities p on i.sealed and p.entry_id = i.entry_id and p.valid_to = 'infinity'
   ${where}`;

const BATCH = 20_000;

/**
 * Every record of the register, in a transaction; `take` is given some thousand at a time. A cursor is planned for its first rows, and
 * nested loops over a register just loaded, of which nothing is known yet, took minutes for 25,000 entries.
 */
export async function eachRecordRow(db: Client, take: (rows: readonly RecordRow[]) => void): Promise<void> {
  await without(db, ['nestloop'], () =>
    db.query(`declare linkage_records no scroll cursor for ${RECORDS('')}`),
  );
  for (;;) {
    const { rows } = await db.query<RecordRow>(`fetch forward ${BATCH} from linkage_records`);
    if (rows.length === 0) break;
    take(rows);
  }
  await db.query('close linkage_records');
}

/** The records of some entries, also of a hundred thousand. */
export async function listRecordRows(db: Client, entryIds: readonly number[]): Promise<RecordRow[]> {
  const { rows } = await db.query<RecordRow>(RECORDS('where i.entry_id = any($1::bigint[])'), [entryIds]);
  return rows;
}

/** How far the register has been written, as a run finds it. */
export interface Reach {
  /** Whatever was recorded until then is committed: whoever takes an instant holds the clock until the commit. */
  readonly instant: string;
  /** The greatest number of an accepted supply; 0 before the first. */
  readonly supplyId: number;
}

export async function getReach(db: Client): Promise<Reach> {
  const { rows } = await db.query<{ instant: string; supply_id: number }>(
    `select last_recorded as instant,
            (select coalesce(max(supply_id), 0) from supplies where esito <> 'RIFIUTATA') as supply_id
       from register_clock`,
  );
  return { instant: rows[0]!.instant, supplyId: rows[0]!.supply_id };
}

/** When an accepted supply was recorded, named COMUNE:PROGRESSIVO or by its receipt. */
export async function findSupplyInstant(db: Client, name: string): Promise<string | null> {
  const [comune, progressivo] = name.split(':');
  const { rows } = await db.query<{ recorded_at: string }>(
    `select recorded_at from supplies where esito <> 'RIFIUTATA' and (ricevuta = $1 or (comune = $2 and progressivo::text = $3))`,
    [name, comune, progressivo ?? ''],
  );
  return rows[0]?.recorded_at ?? null;
}

/**
 * What changed after an instant: entries that supplies brought or touched, those that became somebody else's by them, those of the
 * persons that operators joined or parted; the children who name by number one whose identity is another, for they are compared by the
 * code of their parents (RECORDS); and with any of a person of whom something is sealed, the others.
 */
export async function listTouched(db: Client, since: string): Promise<number[]> {
  const { rows } = await db.query<{ entry_id: number }>(
    `with told as materialized (
       select event_id from events
        where supply_id in (select supply_id from supplies where recorded_at > $1::timestamptz)),
     judged as (
       select unnest(array[entry_id, other_entry_id]) as entry_id from linkage_decisions where recorded_from > $1::timestamptz),
     persons as (
       select person_id from person_entries where entry_id in (select entry_id from judged)
       union select person_id from person_entries_past where entry_id in (select entry_id from judged)),
     moved as (
       select entry_id from entries where event_id in (select event_id from told)
       union select entry_id from event_entries where event_id in (select event_id from told)
       union select entry_id from person_entries where event_id in (select event_id from told)
       union select entry_id from person_entries where person_id in (select person_id from persons)
       union select entry_id from person_entries_past where person_id in (select person_id from persons)),
     named as materialized (
       select distinct e.comune || ':' || e.id_soggetto as key
         from moved m join identities i on i.entry_id = m.entry_id and i.recorded_from > $1::timestamptz
         join entries e on e.entry_id = m.entry_id),
     touched as (
       select entry_id from moved
       union select r.entry_id from named n join parents r on r.father_key = n.key
       union select r.entry_id from named n join parents r on r.mother_key = n.key),
     sealed as (
       select distinct p.person_id from identities i join person_entries p on p.entry_id = i.entry_id where i.sealed)
     select entry_id from touched
     union
     select l.entry_id
       from sealed s join person_entries p on p.person_id = s.person_id join touched t on t.entry_id = p.entry_id
       join person_entries l on l.person_id = s.person_id`,
    [since],
  );
  return rows.map((r) => r.entry_id);
}

export async function countEntries(db: Client): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select count(*) as n from entries');
  return rows[0]!.n;
}

export async function listEntriesOf(db: Client, comune: string): Promise<number[]> {
  const { rows } = await db.query<{ entry_id: number }>('select entry_id from entries where comune = $1', [
    comune,
  ]);
  return rows.map((r) => r.entry_id);
}

/** Keys of blocks in COPY's text format; those held before are gone. */
export async function replaceKeys(db: Database, client: Client, source: Readable): Promise<void> {
  await client.query('truncate linkage_keys');
  await db.copyFrom(client, 'linkage_keys', ['block_key', 'entry_id'], source);
}

export async function addKeys(
  db: Client,
  keys: readonly number[],
  entryIds: readonly number[],
): Promise<void> {
  await db.query(
    `insert into linkage_keys (block_key, entry_id)
     select distinct * from unnest($1::bigint[], $2::bigint[]) on conflict do nothing`,
    [keys, entryIds],
  );
}

/** The entries of each block that has two or more, and no more than its rule allows. */
export async function listBlocks(
  db: Client,
  keys: readonly number[],
  most: readonly number[],
): Promise<{ block_key: number; entries: number[] }[]> {
  const { rows } = await db.query<{ block_key: number; entries: number[] }>(
    `select b.block_key, k.entries
       from unnest($1::bigint[], $2::int[]) as b (block_key, most)
      cross join lateral (select array_agg(o.entry_id) as entries, count(*) as n from (
              select entry_id from linkage_keys where block_key = b.block_key limit b.most + 1) o) k
      where k.n between 2 and b.most`,
    [keys, most],
  );
  return rows;
}

export interface StoredModel {
  readonly modelId: number;
  readonly recordedFrom: string;
  readonly model: Model;
}

async function findModel(db: Client): Promise<StoredModel | null> {
  const { rows } = await db.query<{ model_id: number; recorded_from: string; parameters: Model }>(
    'select model_id, recorded_from, parameters from linkage_models order by model_id desc limit 1',
  );
  const row = rows[0];
  return row === undefined
    ? null
    : { modelId: row.model_id, recordedFrom: row.recorded_from, model: row.parameters };
}

/** The model that is held. @throws AppError conflict, where the whole register was never linked */
export async function getModel(db: Client): Promise<StoredModel> {
  const stored = await findModel(db);
  if (stored !== null) return stored;
  throw new AppError(
    'conflict',
    'il registro non è mai stato collegato per intero: eseguire prima ./sipop linkage run',
    'the register was never linked as a whole: run ./sipop linkage run first',
  );
}

export async function insertModel(db: Client, model: Model): Promise<number> {
  const { rows } = await db.query<{ model_id: number }>(
    'insert into linkage_models (parameters) values ($1::jsonb) returning model_id',
    [JSON.stringify(model)],
  );
  return rows[0]!.model_id;
}

export interface RunCounts {
  /** Identities compared, former ones too. */
  readonly records: number;
  /** Of a run over the whole: entries of the register then. Runs before it was kept do not tell it. */
  readonly entries?: number;
  readonly pairs: number;
  readonly rules: readonly RuleCount[];
  readonly candidates: number;
}

/**
 * Writes down what a run saw.
 * @param run since: what was recorded after it was linked, null: the whole. Where that leaves out what no run has linked yet, the run
 *   does not bring the others forward: what it left out is still to be linked.
 */
export async function insertRun(
  db: Client,
  run: {
    readonly modelId: number;
    readonly since: string | null;
    readonly upto: string;
    readonly counts: RunCounts;
  },
): Promise<void> {
  await db.query(
    `insert into linkage_runs (model_id, since, upto, counts)
     select $1, $2::timestamptz, case when $2::timestamptz > l.linked then l.linked else $3::timestamptz end, $4::jsonb
       from (select max(upto) as linked from linkage_runs) l`,
    [run.modelId, run.since, run.upto, JSON.stringify(run.counts)],
  );
}

/** What the last run over the whole register counted. */
export async function findWholeRun(db: Client): Promise<RunCounts | null> {
  const { rows } = await db.query<{ counts: RunCounts }>(
    'select counts from linkage_runs where since is null order by run_id desc limit 1',
  );
  return rows[0]?.counts ?? null;
}

/** The instant until which everything recorded is linked; null before the first run. */
export async function lastLinked(db: Client): Promise<string | null> {
  const { rows } = await db.query<{ upto: string | null }>('select max(upto) as upto from linkage_runs');
  return rows[0]!.upto;
}

/** A candidate as it is held now. */
export interface HeldCandidate {
  readonly candidate_id: number;
  readonly entry_a: number;
  readonly entry_b: number;
  readonly weight: number;
  readonly probability: number;
  readonly fields: readonly WeighedField[];
  readonly sealed: boolean;
  /** A seal came, or reached one of the two, after it was found: whether it hides it, nobody has looked yet. */
  readonly awaits_seal: boolean;
  readonly state: string;
}

/** Those held now, all of them or those of some entries. */
export async function listHeld(db: Client, entryIds: readonly number[] | null): Promise<HeldCandidate[]> {
  const held = 'select * from linkage_candidates where gone_recorded is null';
  const { rows } = await db.query<HeldCandidate>(
    `select c.candidate_id, c.entry_a, c.entry_b, c.weight, c.probability, c.fields, c.sealed, ${IS_SEALED_SINCE} as awaits_seal, c.state
       from (${entryIds === null ? held : `${held} and entry_a = any($1::bigint[]) union ${held} and entry_b = any($1::bigint[])`}) c
       ${SEALED_SINCE}`,
    entryIds === null ? [] : [entryIds],
  );
  return rows;
}

/** Ends the spells that are held of these candidates, at the transaction's instant. */
export async function endCandidates(db: Client, candidateIds: readonly number[]): Promise<void> {
  await db.query(
    `update linkage_candidates set gone_recorded = recorded_now()
      where candidate_id = any($1::bigint[]) and gone_recorded is null`,
    [candidateIds],
  );
}

/** A spell to be written. */
export interface NewCandidate {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
  readonly probability: number;
  readonly fields: readonly WeighedField[];
  readonly sealed: boolean;
  readonly state: string;
}

const INSERTED_AT_ONCE = 5000;

/** Spells of candidates; a pair that was a candidate before, even if not just now, keeps its number, and the others are given one. */
export async function insertCandidates(
  db: Client,
  modelId: number,
  supplyId: number,
  candidates: readonly NewCandidate[],
): Promise<void> {
  const columns = 'entry_a, entry_b, weight, probability, fields, model, sealed, state, found_supply';
  const told = `jsonb_to_recordset($3::jsonb) as t (a bigint, b bigint, weight float8, probability float8, fields jsonb,
                sealed boolean, state text)`;
  const values = 't.a, t.b, t.weight, t.probability, t.fields, $1, t.sealed, t.state, $2';
  for (let from = 0; from < candidates.length; from += INSERTED_AT_ONCE) {
    const parameters = [modelId, supplyId, JSON.stringify(candidates.slice(from, from + INSERTED_AT_ONCE))];
    await db.query(
      `insert into linkage_candidates (candidate_id, ${columns})
       select c.candidate_id, ${values} from ${told}
         join (select distinct entry_a, entry_b, candidate_id from linkage_candidates) c on c.entry_a = t.a and c.entry_b = t.b`,
      parameters,
    );
    await db.query(
      `insert into linkage_candidates (${columns})
       select ${values} from ${told}
        where not exists (select from linkage_candidates c where c.entry_a = t.a and c.entry_b = t.b)`,
      parameters,
    );
  }
}

/** A candidate as it is listed. */
export interface ListedCandidate {
  readonly candidate_id: number;
  readonly entry_a: number;
  readonly comune_a: string;
  readonly id_soggetto_a: string;
  readonly entry_b: number;
  readonly comune_b: string;
  readonly id_soggetto_b: string;
  readonly weight: number;
  readonly probability: number;
  readonly fields: readonly WeighedField[];
  readonly state: string;
}

/** Candidates held now, the likeliest first; never those that only a hidden identity shows, or may show. */
export async function listCandidates(
  db: Client,
  comune: string | null,
  least: number,
  limit: number,
): Promise<ListedCandidate[]> {
  const { rows } = await db.query<ListedCandidate>(
    `select c.candidate_id, c.entry_a, a.comune as comune_a, a.id_soggetto as id_soggetto_a, c.entry_b, b.comune as comune_b,
            b.id_soggetto as id_soggetto_b, c.weight, c.probability, c.fields, c.state
       from linkage_candidates c join entries a on a.entry_id = c.entry_a join entries b on b.entry_id = c.entry_b
       ${SEALED_SINCE}
      where c.gone_recorded is null and not c.sealed and not ${IS_SEALED_SINCE} and c.probability >= $2
        and ($1::text is null or a.comune = $1 or b.comune = $1)
      order by c.weight desc, c.entry_a, c.entry_b limit $3`,
    [comune, least, limit],
  );
  return rows;
}
