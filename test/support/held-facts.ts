/** What a register holds, without the numbers that the order of loading gives: by the comuni's own numbers. And its invariants. */
import type { Database } from '../../src/platform/db/pool.ts';
import { findViolations } from '../../src/registry/tables/invariants.sql.ts';
import { FACT_TABLES } from '../../src/registry/tables/tables.ts';

const NAMES = `
  with entry as (select entry_id, comune || ':' || id_soggetto as name from entries),
       household as (select household_id, comune || ':' || id_household as name from household_numbers)`;

/** Every row held now of every kind of fact, as text, sorted. */
export async function heldFacts(db: Database): Promise<string[]> {
  const found: string[] = [];
  for (const table of FACT_TABLES) {
    const { rows } = await db.query<{ fact: string }>(
      `${NAMES}
       select '${table} ' || (select name from entry e where e.entry_id::text = f.row ->> 'entry_id') || ' '
              || coalesce((select name from household h where h.household_id::text = f.row ->> 'household_id'), '') || ' '
              || coalesce((select name from household h where h.household_id::text = f.row ->> 'follows'), '') || ' '
              || (f.row - array['entry_id', 'household_id', 'follows', 'event_id', 'end_event_id', 'source_row', 'recorded_from', 'stated'])::text as fact
         from (select jsonb_strip_nulls(to_jsonb(t)) as row from ${table} t) f`,
    );
    found.push(...rows.map((r) => r.fact ?? `${table}: a row of nobody`));
  }
  return found.sort();
}

/** Facts held now whose event is not a full supply; facts, held or past, that no event asserts. */
export async function factsOf(
  db: Database,
): Promise<{ readonly ofChanges: number; readonly past: number; readonly ofNothing: number }> {
  let [ofChanges, past, ofNothing] = [0, 0, 0];
  for (const table of FACT_TABLES) {
    const { rows } = await db.query<{ changes: number; past: number; nothing: number }>(
      `select (select count(*) from ${table} join events using (event_id) where operazione <> 'COMPLETA') as changes,
              (select count(*) from ${table}_past) as past,
              (select count(*) from (select event_id from ${table} union all select event_id from ${table}_past) f
                where not exists (select from events e join supplies s using (supply_id)
                                   where e.event_id = f.event_id and s.ricevuta <> '')) as nothing`,
    );
    ofChanges += rows[0]!.changes;
    past += rows[0]!.past;
    ofNothing += rows[0]!.nothing;
  }
  return { ofChanges, past, ofNothing };
}

const TWO_HEADS = `
  select a.household_id as id from memberships a join memberships b using (household_id)
   where a.relazione = '1' and b.relazione = '1' and a.entry_id < b.entry_id
     and a.valid_from < b.valid_to and b.valid_from < a.valid_to
     and a.valid_from < a.valid_to and b.valid_from < b.valid_to limit 1`;

/** Two entries of one person, resident on one day, of which nothing is said. */
const UNSAID = `
  select a.entry_id as id
    from registrations a join person_entries p on p.entry_id = a.entry_id
    join person_entries q on q.person_id = p.person_id and q.entry_id > p.entry_id
    join registrations b on b.entry_id = q.entry_id
   where a.valid_from < b.valid_to and b.valid_from < a.valid_to
     and a.valid_from < a.valid_to and b.valid_from < b.valid_to
     and not exists (select from reconciliation_findings f
                      where f.closed_at is null and (f.entry_id in (a.entry_id, b.entry_id)
                                                     or f.other_entry_id in (a.entry_id, b.entry_id)))
   limit 1`;

/** Rules of registry.md, Invariants 1 to 3, that do not hold of what is held now. */
export async function brokenInvariants(db: Database): Promise<string[]> {
  const everything = [0, Number.MAX_SAFE_INTEGER] as const;
  const violations = await db.transaction((client) =>
    findViolations(client, { kind: 'blocks', entries: everything, households: everything }),
  );
  const broken = violations.map((v) => `${v.rule}: ${v.id}`);
  for (const [rule, query] of [
    ['two heads on one day', TWO_HEADS],
    ['resident twice, and nothing said of it', UNSAID],
    ['set aside without raw or reason', "select riga as id from set_aside where raw = '' or codice = ''"],
  ] as const)
    for (const { id } of (await db.query<{ id: number }>(query)).rows) broken.push(`${rule}: ${id}`);
  const { ofNothing } = await factsOf(db);
  if (ofNothing > 0) broken.push(`facts without event, supply and receipt: ${ofNothing}`);
  return broken;
}
