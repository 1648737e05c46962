/**
 * A later full supply as it is told, in tables of one transaction, so that it can be compared with what is held block by
 * block and in any order, in bounded memory (docs/adr/0009).
 */
import type { Day, PartialDate } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { EntryBundle, HouseholdRecord } from '../claims/records.ts';

export async function createToldTables(db: Client): Promise<void> {
  await db.query(
    'create temp table told_subjects (riga integer not null, id_soggetto text not null, bundle text not null) on commit drop',
  );
  await db.query(
    `create temp table told_households (n integer not null, kind text not null, id_household text not null,
       record text not null) on commit drop`,
  );
  await db.query(
    'create temp table told_homes (kind text not null, id_household text not null, dal text not null) on commit drop',
  );
}

/** To be called once they are filled. */
export async function indexToldTables(db: Client): Promise<void> {
  await db.query('alter table told_subjects add primary key (riga)');
  await db.query('create unique index on told_subjects (id_soggetto)');
  await db.query('alter table told_households add primary key (n)');
  await db.query('create unique index on told_households (kind, id_household)');
  await db.query('create index on told_homes (kind, id_household)');
  await db.query('analyze told_subjects, told_households, told_homes');
}

export interface ToldSubject {
  readonly riga: number;
  /** The entry that bears its number in the register; null: it is new. */
  readonly entryId: number | null;
  readonly bundle: EntryBundle;
}

interface SubjectRow {
  readonly riga: number;
  readonly entry_id: number | null;
  readonly bundle: string;
}

const SUBJECTS = `select t.riga, n.entry_id, t.bundle
    from told_subjects t left join register_numbers n on n.comune = $1 and n.id_soggetto = t.id_soggetto`;

const toldSubject = (r: SubjectRow): ToldSubject => ({
  riga: r.riga,
  entryId: r.entry_id,
  bundle: JSON.parse(r.bundle) as EntryBundle,
});

/** The next subjects, in the order of the file. */
export async function nextSubjects(
  db: Client,
  comune: string,
  after: number,
  limit: number,
): Promise<ToldSubject[]> {
  const { rows } = await db.query<SubjectRow>(`${SUBJECTS} where t.riga > $2 order by t.riga limit $3`, [
    comune,
    after,
    limit,
  ]);
  return rows.map(toldSubject);
}

/** What the supply tells of some entries. */
export async function findToldSubjectsById(
  db: Client,
  comune: string,
  entryIds: readonly number[],
): Promise<ToldSubject[]> {
  const { rows } = await db.query<SubjectRow>(
    `${SUBJECTS} where n.entry_id = any($2::bigint[]) order by t.riga`,
    [comune, entryIds],
  );
  return rows.map(toldSubject);
}

export interface ToldHousehold {
  readonly n: number;
  /** The household that bears its number in the register; null: it is new. */
  readonly householdId: number | null;
  readonly record: HouseholdRecord;
  /** The first day on which residenze.csv has somebody of it at its address; null where it tells none. */
  readonly homeFrom: PartialDate | null;
}

interface HouseholdRow {
  readonly n: number;
  readonly household_id: number | null;
  readonly record: string;
  readonly home_from: string | null;
}

const HOUSEHOLDS = `select t.n, h.household_id, t.record,
         (select min(d.dal) from told_homes d where d.kind = t.kind and d.id_household = t.id_household) as home_from
    from told_households t
    left join household_numbers h on h.comune = $1 and h.kind = t.kind and h.id_household = t.id_household`;

const toldHousehold = (r: HouseholdRow): ToldHousehold => ({
  n: r.n,
  householdId: r.household_id,
  record: JSON.parse(r.record) as HouseholdRecord,
  homeFrom: r.home_from as PartialDate | null,
});

/** The next households, famiglie before convivenze, each in the order of its file. */
export async function nextHouseholds(
  db: Client,
  comune: string,
  after: number,
  limit: number,
): Promise<ToldHousehold[]> {
  const { rows } = await db.query<HouseholdRow>(`${HOUSEHOLDS} where t.n > $2 order by t.n limit $3`, [
    comune,
    after,
    limit,
  ]);
  return rows.map(toldHousehold);
}

/** The households that some subjects' rows name. */
export async function findToldHouseholds(
  db: Client,
  comune: string,
  kind: HouseholdRecord['kind'],
  ids: readonly string[],
): Promise<ToldHousehold[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.query<HouseholdRow>(
    `${HOUSEHOLDS} where t.kind = $2 and t.id_household = any($3::text[])`,
    [comune, kind, ids],
  );
  return rows.map(toldHousehold);
}

/** What the supply tells of some households. */
export async function findToldHouseholdsById(
  db: Client,
  comune: string,
  householdIds: readonly number[],
): Promise<ToldHousehold[]> {
  const { rows } = await db.query<HouseholdRow>(
    `${HOUSEHOLDS} where h.household_id = any($2::bigint[]) order by t.n`,
    [comune, householdIds],
  );
  return rows.map(toldHousehold);
}

/** Registered at the end of the day, as is held. */
const RESIDENT = 'r.comune = $1 and r.valid_from <= $2::date and r.valid_to > $2::date';

export async function countResidents(db: Client, comune: string, on: Day): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from registrations r where ${RESIDENT}`,
    [comune, on],
  );
  return rows[0]!.n;
}

/** Residents of the day of whom the supply has no row; a record present but set aside is not absent (tracciato.md 1). */
export async function findAbsent(
  db: Client,
  comune: string,
  on: Day,
  supplyId: number,
): Promise<{ entryId: number; idSoggetto: string }[]> {
  const { rows } = await db.query<{ entryId: number; idSoggetto: string }>(
    `select e.entry_id as "entryId", e.id_soggetto as "idSoggetto"
       from registrations r join entries e using (entry_id)
      where ${RESIDENT}
        and not exists (select from told_subjects t where t.id_soggetto = e.id_soggetto)
        and not exists (select from set_aside s
                         where s.supply_id = $3 and s.file = 'soggetti.csv' and s.id_soggetto = e.id_soggetto)
      order by e.entry_id`,
    [comune, on, supplyId],
  );
  return rows;
}

/** Those who ever belonged to the households and of whom the supply has no row. */
export async function findUntoldMembers(db: Client, householdIds: readonly number[]): Promise<number[]> {
  const { rows } = await db.query<{ entry_id: number }>(
    `select distinct m.entry_id from household_members m join entries e using (entry_id)
      where m.household_id = any($1::bigint[])
        and not exists (select from told_subjects t where t.id_soggetto = e.id_soggetto)
      order by m.entry_id`,
    [householdIds],
  );
  return rows.map((r) => r.entry_id);
}

/** Of the households, those that the supply says nothing of. */
export async function findUntoldHouseholds(
  db: Client,
  comune: string,
  householdIds: readonly number[],
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select i.id from unnest($2::bigint[]) as i(id)
      where not exists (select from household_numbers n
                          join told_households t on t.kind = n.kind and t.id_household = n.id_household
                         where n.comune = $1 and n.household_id = i.id)
      order by i.id`,
    [comune, householdIds],
  );
  return rows.map((r) => r.id);
}

/** Of the households, those held to end after the day: left with nobody then, as far as was known. */
export async function findEndingLater(
  db: Client,
  householdIds: readonly number[],
  on: Day,
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select household_id as id from households where household_id = any($1::bigint[])
      group by 1 having max(valid_to) > $2::date and max(valid_to) < 'infinity' order by 1`,
    [householdIds, on],
  );
  return rows.map((r) => r.id);
}
