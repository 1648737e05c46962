/** The events, supplies and receipts behind facts, and the names of households: one round trip. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { HistorySources, LinkRow, SourceAnswer } from './history.ts';
import type { KnownAt } from './known-at.ts';
import type { HouseholdName } from './person-state.ts';

interface Row {
  readonly kind: 'event' | 'household';
  readonly id: number;
  readonly ricevuta: string;
  readonly fornitura: string;
  readonly operazione: string;
  readonly tipo: string;
  readonly id_evento: string | null;
  readonly registrazione: Day | null;
  readonly comune: string;
}

const SOURCES = `
  select 'event' as kind, v.event_id as id, s.ricevuta, s.file_name as fornitura, v.operazione, v.tipo, v.id_evento,
         v.registrazione, v.comune
    from events v join supplies s on s.supply_id = v.supply_id
   where v.event_id = any($1::bigint[])
  union all
  (select distinct 'household', h.household_id, '', h.id_household, h.kind, '', null, null::date, h.comune
     from (select household_id, id_household, kind, comune from households where household_id = any($2::bigint[])
           union all
           select household_id, id_household, kind, comune from households_past where household_id = any($2::bigint[])) h)`;

export async function loadSources(
  db: Client,
  eventIds: readonly number[],
  householdIds: readonly number[],
): Promise<HistorySources> {
  const { rows } = await db.query<Row>({
    name: 'history-sources',
    text: SOURCES,
    values: [eventIds, householdIds],
  });
  const events = new Map<number, SourceAnswer>();
  const households = new Map<number, HouseholdName>();
  for (const { kind, id, comune, ...row } of rows) {
    if (kind === 'event') events.set(id, row);
    else households.set(id, { comune, tipo: row.operazione as HouseholdName['tipo'], id: row.fornitura });
  }
  return { source: (id) => events.get(id), household: (id) => households.get(id) };
}

const LINKS = `
  select l.entry_id, l.person_id, l.basis, l.event_id, l.decision_id, d.operator, d.reason, l.recorded_from, l.recorded_to
    from (select entry_id, person_id, basis, event_id, decision_id, recorded_from, null::timestamptz as recorded_to
            from person_entries where entry_id = any($1::bigint[])
          union all
          select entry_id, person_id, basis, event_id, decision_id, recorded_from,
                 case when recorded_to <= $2::timestamptz then recorded_to end
            from person_entries_past where entry_id = any($1::bigint[])) l
    left join linkage_decisions d on d.decision_id = l.decision_id
   where l.recorded_from <= $2::timestamptz
   order by l.recorded_from, l.entry_id`;

/** Whose the entries were and are, as known at an instant. */
export async function listLinks(
  db: Client,
  entryIds: readonly number[],
  knownAt: KnownAt,
): Promise<LinkRow[]> {
  const { rows } = await db.query<LinkRow>({
    name: 'history-links',
    text: LINKS,
    values: [entryIds, knownAt],
  });
  return rows;
}
