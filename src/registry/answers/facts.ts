/**
 * Facts as they are read: rows of the register as known at one instant (ADR 0002), one list a kind for each entry.
 * The columns bear the names of the tracciato. Pure.
 */
import { day, firstDay, type PartialDate } from '../../kernel/day.ts';
import type { Dated } from './certainty.ts';

/** What every fact carries: when it was so, who asserted it, and when it was held to be so. */
export interface Fact extends Dated {
  readonly eventId: number;
  /** The row of the supply (source-row.ts). */
  readonly sourceRow: number;
  readonly recordedFrom: string;
  /** The instant from which it was no longer held, where that is known; null while it is held. */
  readonly recordedTo: string | null;
  /** The event that retracted it. */
  readonly closedBy: number | null;
}

export interface IdentityFact extends Fact {
  readonly codice_fiscale: string | null;
  readonly validita_cf: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly surname_key: string;
  readonly given_key: string;
  readonly sesso: string;
  readonly birth_text: PartialDate;
  readonly comune_nascita: string | null;
  readonly stato_nascita: string | null;
  readonly localita_nascita: string | null;
  readonly atto_nascita: string | null;
  readonly motivo: string | null;
  readonly sealed: boolean;
}

export interface RegistrationFact extends Fact {
  readonly comune: string;
  readonly motivo_iscrizione: string;
  readonly comune_provenienza: string | null;
  readonly stato_provenienza: string | null;
  readonly motivo_cancellazione: string | null;
  readonly comune_destinazione: string | null;
  readonly stato_destinazione: string | null;
  readonly end_event_id: number | null;
}

export interface DeathFact extends Fact {
  readonly comune_morte: string | null;
  readonly stato_morte: string | null;
}

/** Address columns as stored; null where absent (tracciato.md 2). */
export interface AddressColumns {
  readonly specie: string | null;
  readonly toponimo: string | null;
  readonly civico: string | null;
  readonly esponente: string | null;
  readonly scala: string | null;
  readonly piano: string | null;
  readonly interno: string | null;
  readonly cap: string | null;
  readonly frazione: string | null;
  readonly sezione: string | null;
  readonly lat: string | null;
  readonly lon: string | null;
  readonly senza_fissa_dimora: boolean;
}

export interface DwellingFact extends Fact, AddressColumns {
  readonly comune: string;
}

export interface MembershipFact extends Fact {
  readonly household_id: number;
  readonly progressivo: number | null;
  readonly relazione: string;
}

export interface CivilStatusFact extends Fact {
  readonly stato_civile: string;
  readonly id_coniuge: string | null;
  readonly cf_coniuge: string | null;
  readonly atto: string | null;
}

export interface CitizenshipFact extends Fact {
  readonly stato: string;
  readonly altra: string | null;
}

export interface ParentsFact extends Fact {
  readonly id_padre: string | null;
  readonly cf_padre: string | null;
  readonly id_madre: string | null;
  readonly cf_madre: string | null;
}

export interface DocumentFact extends Fact {
  readonly tipo: string | null;
  readonly numero: string | null;
  readonly rilascio: string | null;
  readonly scadenza: string | null;
}

export interface PermitFact extends Fact {
  readonly tipo: string | null;
  readonly scadenza: string | null;
}

export interface DeclarationFact extends Fact {
  readonly titolo_studio: string | null;
  readonly posizione_professionale: string | null;
  readonly condizione_non_professionale: string | null;
}

export interface ProtectionFact extends Fact {
  readonly protetto: boolean;
}

export interface HouseholdFact extends Fact {
  readonly comune: string;
  readonly kind: 'famiglia' | 'convivenza';
  readonly id_household: string;
  readonly motivo: string | null;
  readonly denominazione: string | null;
  readonly id_intestatario: string | null;
}

export interface HouseholdAddressFact extends Fact, AddressColumns {}

/** What one register says of one person, each list by start. */
export interface EntryFacts {
  readonly entryId: number;
  readonly comune: string;
  readonly idSoggetto: string;
  readonly identities: readonly IdentityFact[];
  readonly registrations: readonly RegistrationFact[];
  readonly deaths: readonly DeathFact[];
  readonly dwellings: readonly DwellingFact[];
  readonly memberships: readonly MembershipFact[];
  readonly civil_statuses: readonly CivilStatusFact[];
  readonly citizenships: readonly CitizenshipFact[];
  readonly parents: readonly ParentsFact[];
  readonly documents: readonly DocumentFact[];
  readonly permits: readonly PermitFact[];
  readonly declarations: readonly DeclarationFact[];
  readonly protections: readonly ProtectionFact[];
}

/** The kinds of fact of an entry. */
export type EntryTable = Exclude<keyof EntryFacts, 'entryId' | 'comune' | 'idSoggetto'>;

export const ENTRY_TABLES: readonly EntryTable[] = [
  'identities',
  'registrations',
  'deaths',
  'dwellings',
  'memberships',
  'civil_statuses',
  'citizenships',
  'parents',
  'documents',
  'permits',
  'declarations',
  'protections',
];

/** One person: every entry that is held to be theirs. */
export interface PersonFacts {
  readonly personId: number;
  readonly entries: readonly EntryFacts[];
}

/** A row as the loaders bring it: the columns of its table, days as text. */
export type FactRow = Readonly<Record<string, unknown>> & {
  readonly valid_from: string;
  readonly valid_to: string;
  readonly event_id: number;
  readonly source_row: number;
  readonly recorded_from: string;
  readonly entry_id?: number;
  readonly household_id?: number;
  readonly from_text?: PartialDate | null;
  readonly to_text?: PartialDate | null;
  readonly recorded_to?: string;
  readonly closed_by?: number;
  /** Of a seal: the entry that was asked about. */
  readonly of_entry?: number;
};

const HIDDEN_COLUMNS = new Set([
  'valid_from',
  'valid_to',
  'from_text',
  'to_text',
  'event_id',
  'source_row',
  'recorded_from',
  'recorded_to',
  'closed_by',
]);

/** PostgreSQL's JSON writes +00:00 for UTC; everywhere else an instant ends in Z. */
const instant = (text: unknown): string => String(text).replace(/\+00(?::00)?$/, 'Z');

/** A fact from its row: a partial date takes the place of its first day, and 'infinity' becomes an open end. */
export function factFrom<F extends Fact>(row: FactRow): F {
  const value: Record<string, unknown> = {};
  for (const column in row) if (!HIDDEN_COLUMNS.has(column)) value[column] = row[column];
  return {
    ...value,
    from: row.from_text ?? day(row.valid_from),
    to: row.valid_to === 'infinity' ? null : (row.to_text ?? day(row.valid_to)),
    eventId: row.event_id,
    sourceRow: row.source_row,
    recordedFrom: instant(row.recorded_from),
    recordedTo: row.recorded_to === undefined ? null : instant(row.recorded_to),
    closedBy: row.closed_by ?? null,
  } as unknown as F;
}

/** By start, then by end, then as they were recorded. */
export function byStart(a: Fact, b: Fact): number {
  const x = firstDay(a.from);
  const y = firstDay(b.from);
  if (x !== y) return x < y ? -1 : 1;
  const p = a.to === null ? '9999-99' : firstDay(a.to);
  const q = b.to === null ? '9999-99' : firstDay(b.to);
  return p < q ? -1 : p > q ? 1 : a.eventId - b.eventId;
}

/**
 * Leaves out the facts that another of the same day has taken the place of: they are kept as empty spells (ADR 0002) and
 * hold on no day, whatever their dates may mean.
 */
export function withoutShadowed<F extends Fact>(facts: readonly F[]): readonly F[] {
  if (facts.length < 2) return facts;
  return facts.filter((fact, i) => {
    if (fact.to === null || firstDay(fact.to) > firstDay(fact.from)) return true;
    return !facts.some((other, j) => j > i && firstDay(other.from) === firstDay(fact.from));
  });
}

/** An entry of which nothing is known yet. */
export function emptyEntryFacts(entryId: number, comune: string, idSoggetto: string): EntryFacts {
  return {
    entryId,
    comune,
    idSoggetto,
    identities: [],
    registrations: [],
    deaths: [],
    dwellings: [],
    memberships: [],
    civil_statuses: [],
    citizenships: [],
    parents: [],
    documents: [],
    permits: [],
    declarations: [],
    protections: [],
  };
}
