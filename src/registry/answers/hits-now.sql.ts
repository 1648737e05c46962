/**
 * The persons whom a search leads to, as held now, in one round trip (now.sql.ts tells why one statement needs no instant): key → numbers → facts, and of the
 * facts only the tables that the search reads. Everything is looked up by number, whatever tables hold, so that no part grows with the population.
 */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { UNFLAGGED } from './doubts.sql.ts';
import { ENTRY_TABLES, type EntryTable } from './facts.ts';
import type { NowRow } from './now.sql.ts';

/** What leads to entries: a statement that gives entry_id, $1 being the day asked about and its own values following. */
export interface HitsNow {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /** Of a table, the rows `f` that matter to the search, where the others do not. */
  readonly only?: Readonly<Partial<Record<EntryTable, string>>>;
}

/** What is read of the persons found. */
export interface Reading {
  readonly tables: readonly EntryTable[];
  /** Is something of them being mended? */
  readonly doubts: boolean;
  /** Persons; whoever wants to know that there are more asks for one more. */
  readonly most: number;
}

const MEMBERS = 'f.entry_id = any(array(select entry_id from scheda))';

/** Moves of which one half may be there alone (transfers.ts): T7 and T15 codes of who came from or went to another comune. */
const HALVES = `
  half as materialized (
    select f.event_id, f.end_event_id, v.comune
      from registrations f cross join lateral (values (f.comune), (f.comune_provenienza), (f.comune_destinazione)) v (comune)
     where ${MEMBERS} and v.comune is not null
       and (f.motivo_iscrizione in ('3', '8', '9') or f.motivo_cancellazione in ('3', '4', '13'))
  )`;
const EVIDENCE = [
  `select 'source', row(v.event_id, v.registrazione, s.tipo, v.operazione, s.situazione_al)::text
     from events v cross join lateral (select s.tipo, s.situazione_al from supplies s where s.supply_id = v.supply_id offset 0) s
    where v.event_id = any(array(select event_id from half union select end_event_id from half))`,
  `select 'situation', row(c.comune, t.situazione_al)::text
     from (select distinct comune from half) c
     cross join lateral (select max(s.situazione_al) as situazione_al from supplies s
                          where s.comune = c.comune and s.esito <> 'RIFIUTATA') t
    where t.situazione_al is not null`,
];
const DOUBTS = [
  `select 'doubt', row(f.entry_id)::text from reconciliation_findings f
    where ${MEMBERS} and ${UNFLAGGED} and f.closed_at is null`,
  `select 'doubt', row(s.entry_id)::text
     from scheda s cross join lateral (
       select from set_aside a
         cross join lateral (select from supplies v where v.supply_id = a.supply_id and v.recorded_at is not null offset 0) v
        where a.comune = s.comune and a.id_soggetto = s.id_soggetto and a.id_soggetto <> ''
          and not exists (select from supplies c where c.supply_id = a.chiusa_da and c.recorded_at is not null)
        limit 1) a`,
];

function textOf(hits: HitsNow, { tables, doubts, most }: Reading): string {
  return `
  with hit as materialized (${hits.text}),
  person as materialized (
    select p.person_id from person_entries p where p.entry_id = any(array(select entry_id from hit))
    group by p.person_id limit ${Math.trunc(most)}
  ), scheda as materialized (
    select e.entry_id, p.person_id, e.comune, e.id_soggetto
      from person_entries p
     cross join lateral (select e.entry_id, e.comune, e.id_soggetto from entries e where e.entry_id = p.entry_id offset 0) e
     where p.person_id = any(array(select person_id from person))
  ),${HALVES}
  ${[
    // The day is named in every statement, so that each has it as its first value.
    `select 'clock' as part, row(last_recorded, $1::date)::text as row from register_clock`,
    `select 'number', row(entry_id, person_id, comune, id_soggetto)::text from scheda`,
    ...tables.map(
      (table) =>
        `select '${table}', f::text from ${table} f where ${[MEMBERS, hits.only?.[table] ?? 'true'].join(' and ')}`,
    ),
    ...EVIDENCE,
    ...(doubts ? DOUBTS : []),
  ].join('\nunion all\n')}`;
}

/** Texts are put together once. */
const texts = new Map<string, string>();

/** What the reading wants of the persons to whom the hits lead, and what their flags need, as held now. */
export async function loadHitsNow(
  db: Client,
  hits: HitsNow,
  d: Day,
  reading: Reading,
): Promise<readonly NowRow[]> {
  const of = reading.tables.map((table) => ENTRY_TABLES.indexOf(table).toString(36)).join('');
  const name = `hits-${hits.name}-${of}${reading.doubts ? '-d' : ''}-${reading.most}`;
  let text = texts.get(name);
  if (text === undefined) {
    text = textOf(hits, reading);
    texts.set(name, text);
  }
  const { rows } = await db.query<NowRow>({ name, text, values: [d, ...hits.values] });
  return rows;
}
