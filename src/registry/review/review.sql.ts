/** Statements of the review: entries by their numbers, acts as they are recorded, candidates of the linkage. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { EntryNumber } from '../answers/facts.sql.ts';
import type { Agreements } from './agreement.ts';
import type { DecisionAct, DecisionKind } from './decisions.ts';

/** An entry by the number that its register gives it. */
export interface EntryKey {
  readonly comune: string;
  readonly id_soggetto: string;
}

export async function findEntryId(db: Client, key: EntryKey): Promise<number | null> {
  const { rows } = await db.query<{ entry_id: number }>(
    'select entry_id from register_numbers where comune = $1 and id_soggetto = $2',
    [key.comune, key.id_soggetto],
  );
  return rows[0]?.entry_id ?? null;
}

/** The names under which the persons of entries stand in the audit (P123: one for each entry, whoever it is joined with). */
export async function listSubjects(db: Client, keys: readonly EntryKey[]): Promise<string[]> {
  const { rows } = await db.query<{ entry_id: number }>(
    `select distinct r.entry_id from unnest($1::text[], $2::text[]) as k (comune, id)
       join register_numbers r on r.comune = k.comune and r.id_soggetto = k.id order by r.entry_id`,
    [keys.map((k) => k.comune), keys.map((k) => k.id_soggetto)],
  );
  return rows.map(({ entry_id }) => `P${entry_id}`);
}

/** How the comuni call entries. */
export async function findEntryNames(db: Client, entryIds: readonly number[]): Promise<EntryKey[]> {
  const { rows } = await db.query<EntryKey>(
    `select distinct on (entry_id) comune, id_soggetto from register_numbers where entry_id = any($1::bigint[])
      order by entry_id, id_soggetto`,
    [entryIds],
  );
  return rows;
}

const ACT = `decision_id, kind, entry_id, other_entry_id, undoes, operator, reason, until, seen, recorded_from`;

/** Everything decided of a pair by then, undone or not, in its order. @param at null: by now */
export async function listActsOfPair(
  db: Client,
  pair: readonly [number, number],
  at: string | null,
): Promise<DecisionAct[]> {
  const { rows } = await db.query<DecisionAct>(
    `select ${ACT} from linkage_decisions
      where entry_id = $1 and other_entry_id = $2 and recorded_from <= coalesce($3::timestamptz, 'infinity') order by decision_id`,
    [...pair, at],
  );
  return rows;
}

/** Every act of the register, in its order: for a replay, and for whoever asks what was decided. */
export async function listActs(db: Client, at: string | null): Promise<DecisionAct[]> {
  const { rows } = await db.query<DecisionAct>(
    `select ${ACT} from linkage_decisions where recorded_from <= coalesce($1::timestamptz, 'infinity') order by decision_id`,
    [at],
  );
  return rows;
}

export async function findAct(db: Client, decisionId: number): Promise<DecisionAct | null> {
  const { rows } = await db.query<DecisionAct>(
    `select ${ACT} from linkage_decisions where decision_id = $1`,
    [decisionId],
  );
  return rows[0] ?? null;
}

/** The next number, under the register's clock: whoever decides holds it until the commit. */
export async function nextDecisionId(db: Client): Promise<number> {
  const { rows } = await db.query<{ next: number }>(
    'select coalesce(max(decision_id), 0) + 1 as next from linkage_decisions',
  );
  return rows[0]!.next;
}

/** An act before it has its number and instant. */
export interface NewAct {
  readonly kind: DecisionKind | 'undo';
  readonly pair: readonly [number, number];
  readonly undoes: number | null;
  readonly operator: string;
  readonly reason: string;
  readonly until: Day | null;
}

export async function insertAct(
  db: Client,
  decisionId: number,
  act: NewAct,
  seen: Agreements,
): Promise<void> {
  await db.query(
    `insert into linkage_decisions (decision_id, kind, entry_id, other_entry_id, undoes, operator, reason, until, seen)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      decisionId,
      act.kind,
      ...act.pair,
      act.undoes,
      act.operator,
      act.reason,
      act.until,
      JSON.stringify(seen),
    ],
  );
}

/** Every entry of the persons that these entries were at an instant, with the number of the person. */
export async function listPersonsAt(
  db: Client,
  entryIds: readonly number[],
  at: string,
): Promise<EntryNumber[]> {
  const held = (where: string): string => `
    select entry_id, person_id from person_entries where ${where} and recorded_from <= $2::timestamptz
    union all
    select entry_id, person_id from person_entries_past
     where ${where} and recorded_from <= $2::timestamptz and $2::timestamptz < recorded_to`;
  const { rows } = await db.query<EntryNumber>(
    `with person as materialized (select array_agg(person_id) as ids from (${held('entry_id = any($1::bigint[])')}) p)
     select h.entry_id, h.person_id, e.comune, e.id_soggetto
       from (${held('person_id = any((select ids from person)::bigint[])')}) h join entries e using (entry_id)
      order by e.comune, e.id_soggetto`,
    [entryIds, at],
  );
  return rows;
}

/** The instant just before another: instants of the register are whole microseconds. */
export async function instantBefore(db: Client, instant: string): Promise<string> {
  const { rows } = await db.query<{ before: string }>(
    `select $1::timestamptz - interval '1 microsecond' as before`,
    [instant],
  );
  return rows[0]!.before;
}

/** Tells the linkage what stands of a pair, for its candidate where there is one. */
export async function noteCandidate(
  db: Client,
  pair: readonly [number, number],
  state: DecisionKind | 'open',
): Promise<void> {
  await db.query(
    `update linkage_candidates set state = $3
      where entry_a = $1 and entry_b = $2 and gone_recorded is null and state <> $3`,
    [...pair, state],
  );
}
