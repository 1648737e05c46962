/** How far what is held about somebody may be trusted, as known at an instant: one round trip. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { EntryFacts } from '../../registry/answers/facts.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import type { FindingKind } from '../../registry/reconciliation/finding.ts';

// $1 entries, $2 the instant, $3 comuni and $4 id_soggetto of the entries.
const QUALITY = `
  with taken as materialized (
    select supply_id from supplies
     where comune = any($3::text[]) and esito <> 'RIFIUTATA' and recorded_at <= $2::timestamptz
  )
  select
    (select array_agg(array[c.comune, c.day::text]) from (
       select comune, max(situazione_al) as day from supplies
        where comune = any($3::text[]) and esito <> 'RIFIUTATA' and recorded_at <= $2::timestamptz group by comune
     ) c where c.day is not null) as situations,
    exists (
      select from set_aside s join unnest($3::text[], $4::text[]) as n (comune, id_soggetto)
          on s.comune = n.comune and (s.id_soggetto = n.id_soggetto or n.id_soggetto = any(s.waits_for))
       where s.supply_id in (select supply_id from taken)
         and (s.chiusa_da is null or not exists (select from taken t where t.supply_id = s.chiusa_da))
    ) as set_aside,
    (select array_agg(distinct f.kind) from reconciliation_findings f
      where f.entry_id = any($1::bigint[]) and f.opened_at <= $2::timestamptz
        and (f.closed_at is null or f.closed_at > $2::timestamptz)) as findings,
    (select array_agg(v.event_id) from events v where v.event_id = any($5::bigint[]) and v.operazione = 'TOPONOMASTICA') as renamings`;

export interface LoadedQuality {
  readonly situations: ReadonlyMap<string, Day>;
  readonly setAside: boolean;
  readonly findings: readonly FindingKind[];
  readonly renamings: ReadonlySet<number>;
}

export async function loadQuality(
  db: Client,
  entries: readonly EntryFacts[],
  knownAt: KnownAt,
): Promise<LoadedQuality> {
  const { rows } = await db.query<{
    situations: [string, Day][] | null;
    set_aside: boolean;
    findings: FindingKind[] | null;
    renamings: (number | string)[] | null;
  }>({
    name: 'verification-quality',
    text: QUALITY,
    values: [
      entries.map((e) => e.entryId),
      knownAt,
      entries.map((e) => e.comune),
      entries.map((e) => e.idSoggetto),
      [...new Set(entries.flatMap((e) => e.dwellings.map((d) => d.eventId)))],
    ],
  });
  const row = rows[0];
  return {
    situations: new Map(row?.situations ?? []),
    setAside: row?.set_aside ?? false,
    findings: row?.findings ?? [],
    renamings: new Set((row?.renamings ?? []).map(Number)),
  };
}
