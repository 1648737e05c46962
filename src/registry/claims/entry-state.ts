/**
 * What is claimed of one entry and of one household: the state that events change (ADR 0002). Rows held in the tables
 * are these claims laid out in time, and can be read back into them.
 */
import type { PartialDate } from '../../kernel/day.ts';
import type { AddressRecord, Code } from './records.ts';
import type { Claim } from './timeline.ts';

export interface RegistrationValue {
  readonly motivo_iscrizione: Code;
  readonly comune_provenienza: string | null;
  readonly stato_provenienza: string | null;
  /** These three belong to the end the same row stated. */
  readonly motivo_cancellazione: Code | null;
  readonly comune_destinazione: string | null;
  readonly stato_destinazione: string | null;
}

/** An end of registration that came as an event of its own. */
export interface DepartureValue {
  readonly motivo_cancellazione: Code;
  readonly comune_destinazione: string | null;
  readonly stato_destinazione: string | null;
}

export interface DeathValue {
  readonly comune_morte: string | null;
  readonly stato_morte: string | null;
}

export interface IdentityValue {
  readonly data_nascita: PartialDate;
  readonly codice_fiscale: string | null;
  readonly validita_cf: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: string;
  readonly comune_nascita: string | null;
  readonly stato_nascita: string | null;
  readonly localita_nascita: string | null;
  readonly atto_nascita: string | null;
  readonly motivo: string | null;
  readonly sealed: boolean;
}

/** The address of a household that it follows wherever that goes, or one of its own; neither: unknown. */
export interface DwellingValue {
  readonly follows: number | null;
  readonly address: AddressRecord | null;
}

export interface MembershipValue {
  readonly householdId: number;
  readonly progressivo: number | null;
  readonly relazione: Code;
}

export interface CivilStatusValue {
  readonly stato_civile: Code;
  readonly id_coniuge: string | null;
  readonly cf_coniuge: string | null;
  readonly atto: string | null;
}

export interface CitizenshipValue {
  readonly stato: Code;
  readonly altra: Code | null;
}

export interface ParentsValue {
  readonly id_padre: string | null;
  readonly cf_padre: string | null;
  readonly id_madre: string | null;
  readonly cf_madre: string | null;
}

export interface DocumentValue {
  readonly rilascio: string | null;
  readonly scadenza: string | null;
  readonly tipo: string | null;
  readonly numero: string | null;
}

export interface PermitValue {
  readonly scadenza: string | null;
  readonly tipo: Code | null;
}

export interface DeclarationValue {
  readonly titolo_studio: Code | null;
  readonly posizione_professionale: Code | null;
  readonly condizione_non_professionale: Code | null;
}

export interface ProtectionValue {
  readonly protetto: boolean;
}

export interface EntryState {
  readonly entryId: number;
  readonly comune: string;
  readonly idSoggetto: string;
  /** The event that first named the entry. */
  readonly eventId: number;
  readonly registrations: Claim<RegistrationValue>[];
  readonly departures: Claim<DepartureValue>[];
  readonly deaths: Claim<DeathValue>[];
  readonly identities: Claim<IdentityValue>[];
  readonly dwellings: Claim<DwellingValue>[];
  readonly memberships: Claim<MembershipValue>[];
  readonly civilStatuses: Claim<CivilStatusValue>[];
  readonly citizenships: Claim<CitizenshipValue>[];
  readonly parents: Claim<ParentsValue>[];
  readonly documents: Claim<DocumentValue>[];
  readonly permits: Claim<PermitValue>[];
  readonly declarations: Claim<DeclarationValue>[];
  readonly protections: Claim<ProtectionValue>[];
}

/** The lists of claims of an entry, by name. */
export type ClaimKind = {
  [K in keyof EntryState]: EntryState[K] extends unknown[] ? K : never;
}[keyof EntryState];

export interface HouseholdValue {
  readonly motivo: Code | null;
  readonly denominazione: string | null;
  readonly id_intestatario: string | null;
}

export interface HouseholdState {
  readonly householdId: number;
  readonly comune: string;
  readonly kind: 'famiglia' | 'convivenza';
  readonly idHousehold: string;
  readonly eventId: number;
  readonly attributes: Claim<HouseholdValue>[];
  readonly addresses: Claim<AddressRecord>[];
}

export function emptyEntry(entryId: number, comune: string, idSoggetto: string, eventId: number): EntryState {
  return {
    entryId,
    comune,
    idSoggetto,
    eventId,
    registrations: [],
    departures: [],
    deaths: [],
    identities: [],
    dwellings: [],
    memberships: [],
    civilStatuses: [],
    citizenships: [],
    parents: [],
    documents: [],
    permits: [],
    declarations: [],
    protections: [],
  };
}
