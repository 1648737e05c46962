/** Persons, days and corrections worth showing to somebody who sees the register for the first time (`sipop demo`). */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { KnownAt } from './known-at.ts';

/** How many rows are looked at: enough to find a good example in, few enough to be quick at any size. */
const LOOKED_AT = 20_000;

/** The person known to several registers of whom the most has been said; null where nobody is in two registers. */
export async function findMovedPerson(db: Client): Promise<number | null> {
  const { rows } = await db.query<{ person_id: number }>(
    `with several as materialized (
       select person_id from person_entries group by person_id having count(*) > 1 order by person_id limit $1
     )
     select p.person_id
       from several s join person_entries p using (person_id)
       join registrations r on r.entry_id = p.entry_id
       left join dwellings d on d.entry_id = p.entry_id and d.valid_from < d.valid_to
       left join civil_statuses c on c.entry_id = p.entry_id
      group by p.person_id
      order by bool_or(r.valid_to = 'infinity') desc, count(distinct d.valid_from) + count(distinct c.valid_from) desc, p.person_id
      limit 1`,
    [LOOKED_AT],
  );
  return rows[0]?.person_id ?? null;
}

/** Somebody who left a family of many, and a day on which all were still together. */
export async function findPastFamily(db: Client): Promise<{ entryId: number; al: Day } | null> {
  const { rows } = await db.query<{ entryId: number; al: Day }>(
    `with left_home as materialized (
       select m.entry_id, m.household_id, m.valid_to - 31 as al
         from memberships m join registrations r on r.entry_id = m.entry_id and r.valid_to = 'infinity'
        where m.valid_to < 'infinity' and m.valid_to - m.valid_from > 3650 and m.relazione = '3'
        order by m.entry_id limit $1
     )
     select l.entry_id as "entryId", l.al
       from left_home l
       join household_members h using (household_id)
       join memberships o on o.entry_id = h.entry_id and o.household_id = l.household_id
        and o.valid_from <= l.al and l.al < o.valid_to
      group by l.entry_id, l.al order by count(*) desc, l.entry_id limit 1`,
    [LOOKED_AT],
  );
  return rows[0] ?? null;
}

/** A correction or an annulment that moved a fact, the entry it speaks of, and the last instant before it was known. */
export interface WorkedCorrection {
  readonly entryId: number;
  readonly tipo: 'R' | 'A';
  readonly operazione: string;
  readonly comune: string;
  readonly al: Day;
  readonly before: KnownAt;
  readonly after: KnownAt;
}

/** Corrections of where somebody lived or whether alive, which anybody understands, come first. */
export async function listCorrections(db: Client, limit: number): Promise<WorkedCorrection[]> {
  const { rows } = await db.query<WorkedCorrection>(
    `select t.entry_id as "entryId", e.tipo, e.operazione, e.comune, coalesce(e.decorrenza, root.decorrenza) as al,
            to_char(s.recorded_at - interval '1 microsecond', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as before,
            to_char(s.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as after
       from events e
       join supplies s on s.supply_id = e.supply_id
       join events root on root.event_id = e.root_event
       join event_entries t on t.event_id = e.event_id
      where e.tipo <> 'N' and coalesce(e.decorrenza, root.decorrenza) is not null
      order by case e.operazione when 'CAMBIO_ABITAZIONE' then 0 when 'ISCRIZIONE' then 1 when 'MORTE' then 2
                 when 'CANCELLAZIONE' then 3 else 4 end, e.event_id, t.entry_id
      limit $1`,
    [limit],
  );
  return rows;
}
