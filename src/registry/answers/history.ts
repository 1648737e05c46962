/**
 * The history of a person: every fact of every kind, in both times, each with the supply, the receipt and the event that
 * asserted it, and those that retracted it (registry.md; services.md, Lookup). Pure.
 */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import { fromSourceRow } from '../claims/source-row.ts';
import {
  ENTRY_TABLES,
  type EntryFacts,
  type EntryTable,
  type Fact,
  type HouseholdAddressFact,
  type PersonFacts,
} from './facts.ts';
import type { KnownAt } from './known-at.ts';
import { type EntryName, entryName, type HouseholdName } from './person-state.ts';
import { addressAnswer } from './residence.ts';

/** Who said it: a row of a supply, or an event of one. */
export interface SourceAnswer {
  readonly ricevuta: string;
  readonly fornitura: string;
  readonly operazione: string;
  /** N new, R correction, A annulment. */
  readonly tipo: string;
  readonly id_evento: string | null;
  readonly registrazione: Day | null;
  /** The row of the file that asserted the fact. */
  readonly file?: string;
  readonly riga?: number;
}

/** What kind of fact a line of the history is: Italian, as operators call it. */
export const KINDS: Readonly<Record<EntryTable, string>> = {
  identities: 'generalità',
  registrations: 'iscrizione',
  deaths: 'decesso',
  dwellings: 'abitazione',
  memberships: 'famiglia',
  civil_statuses: 'stato civile',
  citizenships: 'cittadinanza',
  parents: 'genitori',
  documents: 'documento',
  permits: 'soggiorno',
  declarations: 'dichiarati',
  protections: 'riservatezza',
};

export interface HistoryLine {
  readonly genere: EntryTable;
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
  readonly scheda: EntryName;
  /** The columns of the fact that are filled, under the names of the tracciato. */
  readonly valore: Readonly<Record<string, unknown>>;
  readonly registrato_dal: KnownAt;
  /** null while it is held to be so. */
  readonly registrato_al: KnownAt | null;
  readonly fonte: SourceAnswer | null;
  /** What retracted it. */
  readonly ritrattato_da: SourceAnswer | null;
}

/** Since when an entry has been, or was, somebody's: by itself, by its codice fiscale, or by the decision of an operator. */
export interface JoinLine {
  readonly scheda: EntryName;
  readonly persona: string;
  readonly base: 'propria' | 'codice fiscale' | 'operatore';
  readonly registrato_dal: KnownAt;
  /** null while it is so. */
  readonly registrato_al: KnownAt | null;
  /** What made it so: the event of a supply, or a decision. */
  readonly fonte: SourceAnswer | null;
  readonly decisione: DecisionName | null;
}

/** The decision of an operator about two entries (docs/adr/0015). */
export interface DecisionName {
  readonly decisione: number;
  readonly operatore: string;
  readonly motivo: string;
}

export interface PersonHistory {
  readonly persona: string;
  readonly noto_al: KnownAt;
  readonly schede: readonly EntryName[];
  /** Entries that are the person's with others; where superseded facts are told, also whose they were. */
  readonly unioni: readonly JoinLine[];
  readonly fatti: readonly HistoryLine[];
}

/** A link of an entry to a person, as recorded. */
export interface LinkRow {
  readonly entry_id: number;
  readonly person_id: number;
  readonly basis: 'own' | 'codice-fiscale' | 'operator';
  readonly event_id: number | null;
  readonly decision_id: number | null;
  readonly operator: string | null;
  readonly reason: string | null;
  readonly recorded_from: KnownAt;
  readonly recorded_to: KnownAt | null;
}

/** What the facts point to. */
export interface HistorySources {
  source(eventId: number): SourceAnswer | undefined;
  household(id: number): HouseholdName | undefined;
}

/** Keys and columns of the machinery, which are not of the fact. */
const INNER = new Set([
  'entry_id',
  'household_id',
  'from',
  'to',
  'eventId',
  'sourceRow',
  'recordedFrom',
  'recordedTo',
  'closedBy',
  'stated',
  'stated_to',
  'follows',
  'derived',
  'birth_from',
  'birth_to',
  'surname_key',
  'given_key',
  'street_key',
  'civico_key',
  'father_key',
  'mother_key',
  'end_event_id',
  'sealed',
]);

const isDwelling = (fact: object): fact is HouseholdAddressFact => 'toponimo' in fact;

function shownValue(fact: Fact, household: HouseholdName | undefined): Record<string, unknown> {
  if (isDwelling(fact))
    return { ...addressAnswer(fact), ...(fact.senza_fissa_dimora ? { senza_fissa_dimora: true } : {}) };
  const value: Record<string, unknown> = {};
  for (const [column, v] of Object.entries(fact)) {
    if (v === null || INNER.has(column)) continue;
    value[column === 'birth_text' ? 'data_nascita' : column === 'altra' ? 'altra_cittadinanza' : column] = v;
  }
  return household === undefined ? value : { ...household, ...value };
}

/** A full supply names the row of its file; a VARIAZIONI its line. */
function sourceAnswer(
  sources: HistorySources,
  eventId: number | null,
  row: number | null,
): SourceAnswer | null {
  const found = eventId === null ? undefined : sources.source(eventId);
  if (found === undefined) return null;
  return row === null ? found : { ...found, ...fromSourceRow(row) };
}

function line(genere: EntryTable, fact: Fact, entry: EntryFacts, sources: HistorySources): HistoryLine {
  const household = 'household_id' in fact ? sources.household(Number(fact.household_id)) : undefined;
  return {
    genere,
    dal: fact.from,
    al: fact.to,
    scheda: entryName(entry),
    valore: shownValue(fact, household),
    registrato_dal: fact.recordedFrom as KnownAt,
    registrato_al: fact.recordedTo as KnownAt | null,
    fonte: sourceAnswer(sources, fact.eventId, fact.sourceRow),
    ritrattato_da: sourceAnswer(sources, fact.closedBy, null),
  };
}

const BASES = { own: 'propria', 'codice-fiscale': 'codice fiscale', operator: 'operatore' } as const;

function joinLine(link: LinkRow, entry: EntryFacts, sources: HistorySources): JoinLine {
  const { decision_id: decisione, operator, reason } = link;
  return {
    scheda: entryName(entry),
    persona: `P${link.person_id}`,
    base: BASES[link.basis],
    registrato_dal: link.recorded_from,
    registrato_al: link.recorded_to,
    fonte: sourceAnswer(sources, link.event_id, null),
    decisione: decisione === null ? null : { decisione, operatore: operator ?? '', motivo: reason ?? '' },
  };
}

/** A fact that holds on no day because another took its place, or one that is no longer held. */
const isSuperseded = (l: HistoryLine): boolean =>
  l.registrato_al !== null ||
  (l.genere !== 'registrations' && l.al !== null && firstDay(l.al) === firstDay(l.dal));

/**
 * The lines in the order of their start, then of their recording.
 * @param links of the person's entries
 * @param superseded also what was held once, and what another fact of the same day took the place of
 */
export function personHistory(
  person: PersonFacts,
  knownAt: KnownAt,
  sources: HistorySources,
  links: readonly LinkRow[],
  superseded: boolean,
): PersonHistory {
  const byId = new Map(person.entries.map((e) => [e.entryId, e]));
  const unioni = links.flatMap((link) => {
    const entry = byId.get(link.entry_id);
    const told = superseded || (link.recorded_to === null && link.basis !== 'own');
    return entry === undefined || !told ? [] : [joinLine(link, entry, sources)];
  });
  const lines = person.entries.flatMap((entry) =>
    ENTRY_TABLES.flatMap((kind) =>
      (entry[kind] as readonly Fact[]).map((f) => line(kind, f, entry, sources)),
    ),
  );
  const order = (l: HistoryLine): string =>
    [firstDay(l.dal), ENTRY_TABLES.indexOf(l.genere) + 10, l.registrato_dal, l.scheda.comune].join(' ');
  return {
    persona: `P${person.personId}`,
    noto_al: knownAt,
    schede: person.entries.map(entryName),
    unioni,
    fatti: lines
      .filter((l) => superseded || !isSuperseded(l))
      .sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)),
  };
}
