/**
 * Statements of a replay: what was recorded, and the second schema set back to the moment of each supply. Those about the
 * second schema run on a session whose search_path begins with it; they alone name the first (docs/adr/0011-replay.md).
 */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { Door, OperationsDoor, TipoFornitura } from './supply-record.ts';

/** A supply as it must come again. */
export interface RecordedSupply {
  readonly supplyId: number;
  readonly fileName: string;
  readonly door: Door | OperationsDoor;
  readonly comune: string;
  readonly progressivo: number;
  readonly tipo: TipoFornitura;
  readonly situazioneAl: Day | null;
  readonly ricevuta: string;
  readonly esito: string;
  readonly confirmed: boolean;
  readonly entryBase: number;
  readonly householdBase: number;
  readonly eventBase: number;
  readonly receivedAt: string;
  /** Null of a refused supply. */
  readonly recordedAt: string | null;
  /** Of all its files. */
  readonly rows: number;
}

/** Every supply in the order in which it was recorded; refusals stand where their receipts do. */
export async function listRecorded(db: Client): Promise<RecordedSupply[]> {
  const { rows } = await db.query<RecordedSupply>(
    `select supply_id as "supplyId", file_name as "fileName", door, comune, progressivo, tipo,
            situazione_al as "situazioneAl", ricevuta, esito, confirmed,
            coalesce(entry_base, 0) as "entryBase", coalesce(household_base, 0) as "householdBase",
            coalesce(event_base, 0) as "eventBase", received_at as "receivedAt", recorded_at as "recordedAt",
            (select coalesce(sum(value::bigint), 0)::bigint from jsonb_each_text(lette)) as rows
       from supplies s
      order by coalesce(recorded_at, (select max(a.recorded_at) from supplies a where a.ricevuta < s.ricevuta)) nulls first,
               recorded_at nulls last, ricevuta`,
  );
  return rows;
}

/** An act of an operator as it must come again, and the accepted supply before which it came; null: after the last. */
export interface RecordedAct {
  readonly decisionId: number;
  readonly kind: 'same' | 'different' | 'later' | 'undo';
  readonly entryId: number;
  readonly otherEntryId: number;
  readonly undoes: number | null;
  readonly operator: string;
  readonly reason: string;
  readonly until: Day | null;
  readonly recordedAt: string;
  readonly beforeSupply: number | null;
}

/** Every decision about who is one person, in the order in which they were recorded (docs/adr/0015). */
export async function listRecordedActs(db: Client): Promise<RecordedAct[]> {
  const { rows } = await db.query<RecordedAct>(
    `select decision_id as "decisionId", kind, entry_id as "entryId", other_entry_id as "otherEntryId", undoes, operator, reason,
            until, recorded_from as "recordedAt",
            (select s.supply_id from supplies s where s.recorded_at > d.recorded_from order by s.recorded_at limit 1)
              as "beforeSupply"
       from linkage_decisions d order by decision_id`,
  );
  return rows;
}

/**
 * What was put off of the findings of the reconciliation: acts that no supply makes and none depends on. They are carried over as they
 * stand, each only where the finding that it names has come again.
 */
export async function carryPostponements(stored: Client, replica: Client): Promise<void> {
  const { rows } = await stored.query<{ act: string }>(
    'select to_jsonb(p)::text as act from reconciliation_postponements p',
  );
  await replica.query(
    `insert into reconciliation_postponements
     select p.* from unnest($1::jsonb[]) act, jsonb_populate_record(null::reconciliation_postponements, act) p
      where exists (select from reconciliation_findings f
                     where f.entry_id = p.entry_id and f.finding_key = p.finding_key and f.opened_at = p.opened_at)`,
    [rows.map((r) => r.act)],
  );
}

/** Sets the clock of the second schema to the moment of an act. */
export async function setClockBack(replica: Client, recordedAt: string): Promise<void> {
  await replica.query('update register_clock set last_recorded = $1', [recordedAt]);
}

/** The archive of a supply, a piece at a time: one may be of half a gigabyte. */
export async function* eachContent(db: Client, supplyId: number): AsyncGenerator<Buffer> {
  for (let chunk = 0; ; chunk++) {
    const { rows } = await db.query<{ bytes: Buffer }>(
      'select bytes from supply_contents where supply_id = $1 and chunk = $2',
      [supplyId, chunk],
    );
    if (rows[0] === undefined) return;
    yield rows[0].bytes;
  }
}

/**
 * Makes the clock of the second schema stand still, and starts its counters: in it no time is read and no number is found,
 * they are those of the originals. Run once, by the owner of the schema.
 */
export const STANDING_CLOCK: readonly string[] = [
  'insert into register_clock select * from registry.register_clock',
  'insert into number_blocks select * from registry.number_blocks',
  // The row is locked until the commit, as by the register's own.
  `create or replace function take_instant() returns timestamptz language sql as $$
     update register_clock set last_recorded = last_recorded returning last_recorded
   $$`,
];

/** Sets clock, counters and receipts of the second schema to the moment of an accepted supply. */
export async function setBack(replica: Client, supply: RecordedSupply): Promise<void> {
  const [year, number] = supply.ricevuta.split('/').map(Number);
  await setClockBack(replica, supply.recordedAt!);
  await replica.query(
    `update number_blocks b set last = n.last
       from (values ('entry', $1::bigint), ('household', $2), ('event', $3), ('supply', $4)) as n(kind, last) where n.kind = b.kind`,
    [supply.entryBase, supply.householdBase, supply.eventBase, supply.supplyId - 1],
  );
  await replica.query(
    'insert into receipt_numbers (year, last) values ($1, $2) on conflict (year) do update set last = $2',
    [year, number! - 1],
  );
}

/** Carries a refusal over as it stands: of what was refused only the outcome is kept, so there is nothing to do again. */
export async function carryRefusal(replica: Client, supplyId: number): Promise<void> {
  await replica.query('insert into supplies select * from registry.supplies where supply_id = $1', [
    supplyId,
  ]);
  await replica.query('insert into findings select * from registry.findings where supply_id = $1', [
    supplyId,
  ]);
  await replica.query('update findings set chiusa_da = null where supply_id = $1', [supplyId]);
}
