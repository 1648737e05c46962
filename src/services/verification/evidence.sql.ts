/** What declarations about many persons are held against: facts of the kinds they need, and how far they may be trusted; one round trip. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import {
  type EntryNumber,
  heldAt,
  heldOf,
  type LoadedRow,
  personsFrom,
} from '../../registry/answers/facts.sql.ts';
import { ENTRY_TABLES, type EntryTable, type PersonFacts } from '../../registry/answers/facts.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import type { FindingKind } from '../../registry/reconciliation/finding.ts';
import { ALWAYS, OF_MATTER } from './needs.ts';

// $1 entries, $2 the instant, $3 comuni and $4 id_soggetto of the entries. A row set aside is found by its subject, or by whom it waits for.
const QUALITY = `
  select 'situation' as kind, json_build_object('comune', comune, 'day', max(situazione_al)) as fact from supplies
   where comune = any($3::text[]) and esito <> 'RIFIUTATA' and recorded_at <= $2::timestamptz group by comune
  union all
  select 'set_aside', json_build_object('entry_id', n.entry_id)
    from unnest($1::bigint[], $3::text[], $4::text[]) as n (entry_id, comune, id_soggetto)
    join lateral (
      select s.supply_id, s.chiusa_da from set_aside s where s.comune = n.comune and s.id_soggetto = n.id_soggetto
      union all
      select s.supply_id, s.chiusa_da from set_aside s
       where s.comune = n.comune and s.waits_for is not null and s.waits_for @> array[n.id_soggetto]
    ) s on true
    join supplies told on told.supply_id = s.supply_id and told.esito <> 'RIFIUTATA' and told.recorded_at <= $2::timestamptz
   where s.chiusa_da is null or not exists (
      select from supplies mended where mended.supply_id = s.chiusa_da and mended.esito <> 'RIFIUTATA' and mended.recorded_at <= $2::timestamptz)
  union all
  select 'finding', json_build_object('entry_id', f.entry_id, 'kind', f.kind) from reconciliation_findings f
   where f.entry_id = any($1::bigint[]) and f.opened_at <= $2::timestamptz
     and (f.closed_at is null or f.closed_at > $2::timestamptz)`;

// A street renamed: its events begin dwellings that are no move.
const renamings = (dwelling: string): string => `
  select 'renaming', json_build_object('event_id', v.event_id) from events v
   where v.operazione = 'TOPONOMASTICA' and v.event_id = any(array(
     select event_id from dwellings f where ${dwelling} union select event_id from dwellings_past f where ${dwelling}))`;

/** Kinds that some matters alone ask for: each has its own list of entries, after the four parameters of all. */
const SOME_ASK: readonly EntryTable[] = ENTRY_TABLES.filter(
  (table) => !ALWAYS.includes(table) && Object.values(OF_MATTER).some((tables) => tables.includes(table)),
);
const FIRST_LIST = 5;

/** A list whose length the planner cannot see: seeing it, it would plan anew at each question. */
const ofList = (parameter: number): string =>
  `f.entry_id = any(array(select unnest($${parameter}::bigint[])))`;
const ofAsking = (table: EntryTable): string => ofList(FIRST_LIST + SOME_ASK.indexOf(table));

// One statement whatever is asked: of a kind that nobody asks for it reads nothing.
const EVIDENCE = [
  heldOf(ALWAYS),
  ...SOME_ASK.map((table) => heldAt(table, ofAsking(table))),
  QUALITY,
  renamings(ofAsking('dwellings')),
].join('\nunion all\n');

/** Persons by their entries, and of which kinds of fact something is asked of them. */
export interface EvidenceWanted {
  readonly numbers: readonly EntryNumber[];
  readonly tables: ReadonlySet<EntryTable>;
}

export interface LoadedEvidence {
  readonly persons: readonly PersonFacts[];
  readonly situations: ReadonlyMap<string, Day>;
  /** Entries about which something is set aside. */
  readonly setAside: ReadonlySet<number>;
  /** Open findings by entry. */
  readonly findings: ReadonlyMap<number, readonly FindingKind[]>;
  readonly renamings: ReadonlySet<number>;
}

interface QualityFact {
  readonly entry_id: number;
  readonly comune: string;
  readonly day: Day;
  readonly kind: FindingKind;
  readonly event_id: number;
}

/** Evidence for several questions at once: of each person the kinds that some of the questions about them ask for; of others the lists come empty. */
export async function loadEvidence(
  db: Client,
  wanted: readonly EvidenceWanted[],
  knownAt: KnownAt,
): Promise<LoadedEvidence> {
  const numbers = [
    ...new Map(wanted.flatMap((one) => one.numbers.map((n) => [n.entry_id, n] as const))).values(),
  ];
  const asking = (table: EntryTable): readonly number[] => [
    ...new Set(
      wanted.flatMap((one) => (one.tables.has(table) ? one.numbers.map(({ entry_id }) => entry_id) : [])),
    ),
  ];
  const { rows } = await db.query<LoadedRow>({
    name: 'verification-evidence',
    text: EVIDENCE,
    values: [
      numbers.map((n) => n.entry_id),
      knownAt,
      numbers.map((n) => n.comune),
      numbers.map((n) => n.id_soggetto),
      ...SOME_ASK.map(asking),
    ],
  });
  const situations = new Map<string, Day>();
  const setAside = new Set<number>();
  const findings = new Map<number, FindingKind[]>();
  const renamings = new Set<number>();
  for (const { kind, fact } of rows) {
    const told = fact as unknown as QualityFact;
    if (kind === 'situation') situations.set(told.comune, told.day);
    else if (kind === 'set_aside') setAside.add(told.entry_id);
    else if (kind === 'renaming') renamings.add(told.event_id);
    else if (kind === 'finding')
      findings.set(told.entry_id, [...(findings.get(told.entry_id) ?? []), told.kind]);
  }
  return { persons: personsFrom(numbers, rows), situations, setAside, findings, renamings };
}
