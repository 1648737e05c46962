/** Reads findings of the reconciliation again, as they were known at an instant, with the entries and events they speak of. */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { assemble, type EntryNumber, heldAt, sealsOf } from '../answers/facts.sql.ts';
import type { EntryFacts, FactRow } from '../answers/facts.ts';
import type { KnownAt } from '../answers/known-at.ts';
import { unsealedApart } from '../answers/sealing.ts';
import type { FindingKind } from './finding.ts';

/** Which findings are asked for. */
export interface FindingQuery {
  /** null: of every comune. */
  readonly comune: string | null;
  /** mine: what the comune must mend; others: what others must mend that concerns it. */
  readonly side: 'mine' | 'others';
  /** aperte: not those that are put off, which are rinviate. */
  readonly state: 'aperte' | 'rinviate' | 'chiuse' | 'tutte';
  readonly kind: FindingKind | null;
  /** Only those that the decision of an operator opened or closed. */
  readonly decision?: number;
  /** Only those about an entry, or in which it is the other. */
  readonly entry?: number;
}

/** An event with its supply. */
export interface EventName {
  readonly comune: string;
  readonly id_evento: string | null;
  /** 0 of an operation. */
  readonly progressivo: number;
  /** idOperazioneComune, where it came with an operation. */
  readonly id_operazione: string | null;
  readonly registrazione: Day | null;
}

export interface FindingRow {
  readonly entry_id: number;
  readonly finding_key: string;
  readonly other_entry_id: number | null;
  readonly kind: FindingKind;
  readonly owner: string;
  readonly other: string;
  readonly about: Day;
  readonly waits_from: Day | null;
  readonly event_id: number | null;
  readonly detail: Readonly<Record<string, string>>;
  readonly opened_at: string;
  readonly opened_by: EventName | null;
  /** The decision of an operator by which it appeared, and the one by which it went. */
  readonly opened_by_decision: number | null;
  readonly closed_by_decision: number | null;
  readonly closed_at: string | null;
  /** The last instant at which it was open, at most the one asked. */
  readonly open_at: string;
  readonly closed_by: EventName | null;
  /** The latest situazione_al of the owner before it closed, or until now; and of either comune. */
  readonly told: Day | null;
  readonly told_either: Day | null;
  /** Until when it was last put off, by whom, why and when; null: never, or that was taken back. */
  readonly put_off_until: Day | null;
  readonly put_off_by: string | null;
  readonly put_off_why: string | null;
  readonly put_off_at: string | null;
}

const TOLD = (whose: string, until: string): string =>
  `(select max(s.situazione_al) from supplies s
     where s.comune in (${whose}) and s.esito <> 'RIFIUTATA' and ${until})`;

// Until now, or before the supply that closed it.
const UNTIL = `case when f.closed_at <= $1::timestamptz then s.recorded_at < f.closed_at else s.recorded_at <= $1::timestamptz end`;

const nameOf = (event: string, supply: string): string =>
  `(select json_build_object('comune', s.comune, 'id_evento', v.id_evento, 'progressivo', s.progressivo,
      'id_operazione', s.id_operazione,
      'registrazione', coalesce(v.registrazione, s.situazione_al))
      from supplies s left join events v on v.event_id = ${event}
     where s.supply_id = coalesce(v.supply_id, ${supply}))`;

const LIST = `
  select f.entry_id, f.finding_key, f.other_entry_id, f.kind, f.owner, f.other, f.about, f.waits_from, f.event_id, f.detail, f.opened_at,
         ${nameOf('f.event_id', 'f.opened_by')} as opened_by,
         f.opened_by_decision,
         case when f.closed_at <= $1::timestamptz then f.closed_by_decision end as closed_by_decision,
         case when f.closed_at <= $1::timestamptz then f.closed_at end as closed_at,
         case when f.closed_at <= $1::timestamptz then f.closed_at - interval '1 microsecond' else $1::timestamptz end as open_at,
         case when f.closed_at <= $1::timestamptz then ${nameOf('f.closing_event', 'f.closed_by')} end as closed_by,
         ${TOLD('f.owner', UNTIL)} as told,
         ${TOLD('f.owner, f.other', UNTIL)} as told_either,
         p.until as put_off_until,
         case when p.until is not null then p.operator end as put_off_by,
         case when p.until is not null then p.reason end as put_off_why,
         case when p.until is not null then p.recorded_from end as put_off_at
    from reconciliation_findings f
    left join lateral (
      select until, operator, reason, recorded_from from reconciliation_postponements p
       where p.entry_id = f.entry_id and p.finding_key = f.finding_key and p.opened_at = f.opened_at
         and p.recorded_from <= $1::timestamptz
       order by p.recorded_from desc limit 1) p on true
   where f.opened_at <= $1::timestamptz
     and ($2::text is null or case when $3 = 'mine' then f.owner else f.other end = $2)
     and ($4 = 'tutte' or (f.closed_at is null or f.closed_at > $1::timestamptz) = ($4 in ('aperte', 'rinviate')))
     and ($5::text is null or f.kind = $5)
     and ($6::bigint is null or f.opened_by_decision = $6 or f.closed_by_decision = $6)
     and ($7::bigint is null or f.entry_id = $7 or f.other_entry_id = $7)
   order by f.opened_at, f.kind, f.about, f.event_id, f.entry_id, f.finding_key`;

/** Rows of findings, those of halves not yet awaited, and of the open ones those put off, among them (listing.ts tells them apart). */
export async function listFindingRows(
  db: Client,
  query: FindingQuery,
  knownAt: KnownAt,
): Promise<FindingRow[]> {
  const { rows } = await db.query<FindingRow>(LIST, [
    knownAt,
    query.comune,
    query.side,
    query.state,
    query.kind,
    query.decision ?? null,
    query.entry ?? null,
  ]);
  return rows;
}

/** The people of these entries as they may be shown: every entry of each, by the number of the person. */
export interface FindingPeople {
  readonly personOf: ReadonlyMap<number, number>;
  readonly entriesOf: ReadonlyMap<number, readonly EntryFacts[]>;
}

const IDENTITIES = `${heldAt('identities', 'f.entry_id = any($1::bigint[])')}
  union all ${sealsOf('$1::bigint[]')}`;

/** Links held at $2, of which the condition is true; an entry is of one person at any instant. */
const linked = (condition: string): string =>
  `select p.entry_id, p.person_id from person_entries p where ${condition} and p.recorded_from <= $2::timestamptz
   union all
   select p.entry_id, p.person_id from person_entries_past p
    where ${condition} and p.recorded_from <= $2::timestamptz and $2::timestamptz < p.recorded_to`;

const NUMBERS = `
  with person as materialized (
    select array_agg(person_id) as ids from (${linked('p.entry_id = any($1::bigint[])')}) of_entry
  )
  select h.entry_id, h.person_id, e.comune, e.id_soggetto
    from (${linked('p.person_id = any((select ids from person)::bigint[])')}) h join entries e using (entry_id)`;

/** As known at the instant, and who is sealed now. */
export async function loadFindingPeople(
  db: Client,
  entryIds: readonly number[],
  at: string,
): Promise<FindingPeople> {
  const numbers = (await db.query<EntryNumber>(NUMBERS, [entryIds, at])).rows;
  const { rows } = await db.query<{ kind: string; fact: FactRow }>(IDENTITIES, [
    numbers.map((n) => n.entry_id),
    at,
  ]);
  const { entries, seals } = assemble(numbers, rows);
  const personOf = new Map(numbers.map((n) => [n.entry_id, n.person_id]));
  const entriesOf = new Map<number, EntryFacts[]>();
  for (const entry of unsealedApart(entries, seals)) {
    const person = personOf.get(entry.entryId)!;
    const known = entriesOf.get(person);
    if (known === undefined) entriesOf.set(person, [entry]);
    else known.push(entry);
  }
  return { personOf, entriesOf };
}
