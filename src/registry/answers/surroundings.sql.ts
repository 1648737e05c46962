/**
 * What a person's facts point to, in one round trip: the people they name (spouse, parents) by number or by code, the
 * households they belong to, and the story of half transfers (registry.md, Reconciliation).
 */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { doubtsOf } from './doubts.sql.ts';
import { assemble, type EntryNumber, heldAt, sealsOf } from './facts.sql.ts';
import { type EntryFacts, type FactRow, factFrom, type MembershipFact, type PersonFacts } from './facts.ts';
import type { KnownAt } from './known-at.ts';
import { type HouseholdName, type Surroundings, tieOn } from './person-state.ts';
import { awaitedHalves } from './residence.ts';
import { unsealedApart } from './sealing.ts';
import { speakers } from './speaking.ts';
import { surroundingsOf } from './surroundings.ts';
import { type HalfSourceRow, halfSource, NO_EVIDENCE, type TransferEvidence } from './transfers.ts';

const REFERRED = 'f.entry_id = any(array(select entry_id from referred))';

// Who is or may be on the day ($9) in the household of the day ($8): by number, then by entry (scale.md).
const HOUSEMATES = `f.entry_id = any(array(select m.entry_id from household_members m where m.household_id = $8::bigint))
   and f.household_id = $8::bigint and f.valid_from <= $9::date and (f.valid_to > $9::date or f.to_text is not null)`;

/** Where halves of moves came from, and how far each comune has told its story. @param events, comuni parameters */
const halvesOf = (events: string, comuni: string): string => `
  select 'source' as kind, json_build_object('event_id', v.event_id, 'registrazione', v.registrazione,
           'tipo', s.tipo, 'operazione', v.operazione, 'situazione_al', s.situazione_al) as fact
    from events v join supplies s on s.supply_id = v.supply_id where v.event_id = any(${events}::bigint[])
  union all
  select 'situation', json_build_object('comune', s.comune, 'situazione_al', max(s.situazione_al))
    from supplies s
   where s.comune = any(${comuni}::text[]) and s.esito <> 'RIFIUTATA' and s.recorded_at <= $2::timestamptz
   group by s.comune`;

// $1 numbers' comuni, $2 the instant, $3 their id_soggetto, $4 codes, $5 households, $6 events, $7 comuni whose supplies are
// asked about, $8 household and $9 day of the housemates, $10 to $12 the person's own entries.
const AROUND = `
  with referred as materialized (
    select r.entry_id, r.comune, r.id_soggetto
      from unnest($1::text[], $3::text[]) as n (comune, id_soggetto)
      join register_numbers r on r.comune = n.comune and r.id_soggetto = n.id_soggetto
    union
    select e.entry_id, e.comune, e.id_soggetto
      from entries e where e.entry_id = any(array(select k.entry_id from person_keys k where k.codice_fiscale = any($4::text[])))
  )
  select 'referred' as kind, row_to_json(r) as fact from referred r
  union all ${heldAt('identities', REFERRED)}
  union all ${sealsOf('array(select entry_id from referred)')}
  union all ${heldAt('households', 'f.household_id = any($5::bigint[])')}
  union all ${heldAt('memberships', HOUSEMATES)}
  union all ${halvesOf('$6', '$7')}
  union all ${doubtsOf('$10', '$11', '$12')}`;

interface SourceRow extends HalfSourceRow {
  readonly event_id: number;
}
interface SituationRow {
  readonly comune: string;
  readonly situazione_al: Day;
}
interface HouseholdRow {
  readonly household_id: number;
  readonly comune: string;
  readonly kind: HouseholdName['tipo'];
  readonly id_household: string;
}

interface Row {
  readonly kind: string;
  readonly fact: FactRow;
}

const rowsOf = <T>(rows: readonly Row[], kind: string): T[] =>
  rows.filter((r) => r.kind === kind).map((r) => r.fact as unknown as T);

/** The numbers and codes that the facts name. */
function references(entries: readonly EntryFacts[]): { numbers: [string, string][]; codes: string[] } {
  const numbers = new Map<string, [string, string]>();
  const codes = new Set<string>();
  for (const e of entries) {
    const name = (id: string | null, code: string | null): void => {
      if (id !== null) numbers.set(id, [e.comune, id]);
      else if (code !== null) codes.add(code);
    };
    for (const c of e.civil_statuses) name(c.id_coniuge, c.cf_coniuge);
    for (const p of e.parents) {
      name(p.id_padre, p.cf_padre);
      name(p.id_madre, p.cf_madre);
    }
  }
  return { numbers: [...numbers.values()], codes: [...codes] };
}

/** @param d the day whose identity the people named are shown under */
export async function loadSurroundings(
  db: Client,
  person: PersonFacts,
  d: Day,
  knownAt: KnownAt,
): Promise<Surroundings> {
  const { numbers, codes } = references(person.entries);
  const households = person.entries.flatMap((e) => e.memberships.map((m) => m.household_id));
  const halves = awaitedHalves(person.entries);
  const inOrder = speakers(person.entries, d);
  const home = tieOn(inOrder, d)?.fact.household_id ?? null;
  const speaking = inOrder[0]?.comune;
  const { rows } = await db.query<Row>({
    name: 'person-around',
    text: AROUND,
    values: [
      numbers.map((n) => n[0]),
      knownAt,
      numbers.map((n) => n[1]),
      codes,
      [...new Set(households)],
      halves.eventIds,
      speaking === undefined ? halves.comuni : [...halves.comuni, speaking],
      home,
      d,
      person.entries.map((e) => e.entryId),
      person.entries.map((e) => e.comune),
      person.entries.map((e) => e.idSoggetto),
    ],
  });
  const referred = rowsOf<EntryNumber>(rows, 'referred');
  const { entries, seals } = assemble(referred, rows);
  const housemates = Map.groupBy(rowsOf<FactRow>(rows, 'memberships'), (fact) => fact.entry_id);
  return surroundingsOf({
    named: unsealedApart(entries, seals),
    households: rowsOf<HouseholdRow>(rows, 'households').map((h) => ({ householdId: h.household_id, ...h })),
    home,
    housemates: [...housemates.values()].map((own) => own.map((fact) => factFrom<MembershipFact>(fact))),
    evidence: transferEvidence(rows),
    isMended: rows.some((r) => r.kind === 'doubt'),
    on: d,
  });
}

function transferEvidence(rows: readonly Row[]): TransferEvidence {
  return {
    sources: new Map(rowsOf<SourceRow>(rows, 'source').map((s) => [s.event_id, halfSource(s)])),
    situations: new Map(
      rowsOf<SituationRow>(rows, 'situation').map((s) => [s.comune, s.situazione_al] as const),
    ),
  };
}

/** What `movesOn` needs of the moves of several persons at once; nothing is asked where no half was left alone. */
export async function loadTransferEvidence(
  db: Client,
  persons: readonly PersonFacts[],
  knownAt: KnownAt,
): Promise<TransferEvidence> {
  const halves = persons.map(({ entries }) => awaitedHalves(entries));
  const eventIds = halves.flatMap((half) => half.eventIds);
  if (eventIds.length === 0) return NO_EVIDENCE;
  const { rows } = await db.query<Row>({
    name: 'transfer-evidence',
    text: halvesOf('$1', '$3'),
    values: [eventIds, knownAt, [...new Set(halves.flatMap((half) => half.comuni))]],
  });
  return transferEvidence(rows);
}

/** Those of the entries of which something is being mended (doubts.sql.ts). */
export async function listMended(
  db: Client,
  entries: readonly EntryFacts[],
  knownAt: KnownAt,
): Promise<ReadonlySet<number>> {
  const { rows } = await db.query<{ fact: { entry_id: number } }>({
    name: 'entries-mended',
    text: doubtsOf('$1', '$3', '$4'),
    values: [
      entries.map((e) => e.entryId),
      knownAt,
      entries.map((e) => e.comune),
      entries.map((e) => e.idSoggetto),
    ],
  });
  return new Set(rows.map(({ fact }) => fact.entry_id));
}
