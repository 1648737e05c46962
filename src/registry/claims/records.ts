/**
 * The rows of a supply once checked: what a comune says of one subject or of one household, in the words of
 * the tracciato (tracciato.md 2), so that a reader holding the page finds each column under its own name.
 * Whatever stands in a record is well formed; what was not has become a Finding and a set-aside row.
 *
 * A code outside its table is loaded with a warning and kept as written behind a tilde ("~77"): unknown to
 * every rule, and the raw value is not lost (tracciato.md 4, "stored as unknown, the raw value kept").
 */
import type { Day, PartialDate } from '../../kernel/day.ts';

/** A code of an ANPR table, or "~" and the raw value when it is not in the table. */
export type Code = string;

export const isUnknownCode = (code: Code): boolean => code.startsWith('~');

/** Address columns, as written; null where absent (tracciato.md 2, "Address columns"). */
export interface AddressRecord {
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

export type Posizione = 'RESIDENTE' | 'CANCELLATO' | 'DECEDUTO';

/** A row of soggetti.csv. `riga` counts data rows from 1. */
export interface SoggettoRecord {
  readonly riga: number;
  readonly id_soggetto: string;
  readonly codice_fiscale: string | null;
  readonly validita_cf: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: 'M' | 'F';
  readonly data_nascita: PartialDate;
  readonly comune_nascita: string | null;
  readonly stato_nascita: string | null;
  readonly localita_nascita: string | null;
  readonly atto_nascita: string | null;
  readonly id_padre: string | null;
  readonly cf_padre: string | null;
  readonly id_madre: string | null;
  readonly cf_madre: string | null;
  readonly stato_civile: Code;
  readonly stato_civile_dal: PartialDate | null;
  readonly id_coniuge: string | null;
  readonly cf_coniuge: string | null;
  readonly cittadinanza: Code;
  readonly cittadinanza_dal: PartialDate | null;
  readonly altra_cittadinanza: Code | null;
  readonly posizione: Posizione;
  readonly iscritto_dal: PartialDate;
  readonly motivo_iscrizione: Code;
  readonly comune_provenienza: string | null;
  readonly stato_provenienza: string | null;
  readonly cancellato_dal: PartialDate | null;
  readonly motivo_cancellazione: Code | null;
  readonly comune_destinazione: string | null;
  readonly stato_destinazione: string | null;
  readonly data_morte: PartialDate | null;
  readonly comune_morte: string | null;
  readonly stato_morte: string | null;
  readonly titolo_studio: Code | null;
  readonly posizione_professionale: Code | null;
  readonly condizione_non_professionale: Code | null;
  readonly documento_tipo: string | null;
  readonly documento_numero: string | null;
  readonly documento_rilascio: Day | null;
  readonly documento_scadenza: Day | null;
  readonly soggiorno_tipo: Code | null;
  readonly soggiorno_scadenza: Day | null;
  /** Null where the cell was empty, which asserts nothing of a protection held before. */
  readonly riservatezza: boolean | null;
  readonly data_aggiornamento: Day;
}

/** A row of famiglie.csv or convivenze.csv. */
export interface HouseholdRecord {
  readonly riga: number;
  readonly kind: 'famiglia' | 'convivenza';
  /** id_famiglia or id_convivenza. */
  readonly id: string;
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
  /** T26 for a famiglia, T27 (specie_convivenza) for a convivenza. */
  readonly motivo: Code | null;
  readonly denominazione: string | null;
  /** id_intestatario or id_responsabile, as written. */
  readonly id_intestatario: string | null;
  readonly indirizzo: AddressRecord;
}

/** A row of legami.csv: exactly one of the two household ids is given. */
export interface LegameRecord {
  readonly riga: number;
  readonly kind: 'famiglia' | 'convivenza';
  readonly id_household: string;
  readonly relazione: Code;
  readonly progressivo: number | null;
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
}

/** A row of residenze.csv. */
export interface ResidenzaRecord {
  readonly riga: number;
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
  readonly indirizzo: AddressRecord;
}

/** A row of iscrizioni.csv: an earlier registration in the same register. */
export interface IscrizioneRecord {
  readonly riga: number;
  readonly dal: PartialDate;
  readonly al: PartialDate;
  readonly motivo_iscrizione: Code;
  readonly motivo_cancellazione: Code | null;
  readonly comune_provenienza: string | null;
  readonly stato_provenienza: string | null;
  readonly comune_destinazione: string | null;
  readonly stato_destinazione: string | null;
}

/** A row of stati_civili.csv. */
export interface StatoCivileRecord {
  readonly riga: number;
  readonly stato_civile: Code;
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
  readonly id_coniuge: string | null;
  readonly cf_coniuge: string | null;
  readonly atto: string | null;
}

/** A row of cittadinanze.csv: a principal citizenship. */
export interface CittadinanzaRecord {
  readonly riga: number;
  readonly stato: Code;
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
}

export type MotivoGeneralita = 'MATRIMONIO' | 'RETTIFICA' | 'ADOZIONE' | 'SESSO' | 'CITTADINANZA' | 'ALTRO';

/** A row of generalita.csv: a former identity; null where the cell was empty (as it is in the present one). */
export interface GeneralitaRecord {
  readonly riga: number;
  readonly dal: PartialDate;
  readonly al: PartialDate;
  readonly codice_fiscale: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: 'M' | 'F' | null;
  readonly motivo: MotivoGeneralita | null;
}

/** Everything one supply says of one subject, rows set aside left out, each list in the order of its file. */
export interface EntryBundle {
  readonly soggetto: SoggettoRecord;
  readonly legami: readonly LegameRecord[];
  readonly residenze: readonly ResidenzaRecord[];
  readonly iscrizioni: readonly IscrizioneRecord[];
  readonly stati_civili: readonly StatoCivileRecord[];
  readonly cittadinanze: readonly CittadinanzaRecord[];
  readonly generalita: readonly GeneralitaRecord[];
  readonly contradicted: ContradictedStarts;
  /** What is told of ties and dwellings is the present alone: no history, which would replace the one that is held (tracciato.md 5). */
  readonly onlyPresent?: true;
}

/**
 * The `dal` of the open history row that was set aside because it contradicts the present (SIP-133), or null: the present
 * value then holds from its own `_dal`, or else from this day (tracciato.md 2, "An open row of a history that differs").
 */
export interface ContradictedStarts {
  readonly residenza: PartialDate | null;
  readonly stato_civile: PartialDate | null;
  readonly cittadinanza: PartialDate | null;
}

/** Nothing was set aside as contradicting the present. */
export const NO_CONTRADICTION: ContradictedStarts = {
  residenza: null,
  stato_civile: null,
  cittadinanza: null,
};

/** Which optional files the supply held at all: an absent file asserts nothing (tracciato.md 1). */
export interface PresentFiles {
  readonly convivenze: boolean;
  readonly residenze: boolean;
  readonly iscrizioni: boolean;
  readonly stati_civili: boolean;
  readonly cittadinanze: boolean;
  readonly generalita: boolean;
}

/** A household as the bundles of its members see it: by id, for addresses and lives. */
export interface HouseholdLookup {
  get(kind: 'famiglia' | 'convivenza', id: string): HouseholdRecord | undefined;
}
