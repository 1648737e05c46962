/**
 * The events of a VARIAZIONI once their form is checked (tracciato.md 3): one type for each operation, in the words of the
 * tracciato. Whatever stands here is well formed; whether it applies to the state is judged by the appliers.
 */
import type { Day, PartialDate } from '../../kernel/day.ts';
import type {
  AddressRecord,
  CittadinanzaRecord,
  Code,
  GeneralitaRecord,
  HouseholdRecord,
  IscrizioneRecord,
  LegameRecord,
  MotivoGeneralita,
  ResidenzaRecord,
  SoggettoRecord,
  StatoCivileRecord,
} from '../claims/records.ts';

/** Every operation, with the type of its `dati`. */
export interface EventData {
  readonly NASCITA: { readonly soggetto: SoggettoRecord; readonly legame: LegameInEvent };
  readonly ISCRIZIONE: {
    readonly motivo: Code;
    readonly provenienza: Place | null;
    readonly soggetti: readonly { readonly soggetto: SoggettoRecord; readonly legame: LegameInEvent }[];
    readonly famiglia: HouseholdInEvent | null;
  };
  readonly MORTE: {
    readonly id_soggetto: string;
    readonly data_morte: PartialDate;
    readonly comune_morte: string | null;
    readonly stato_morte: string | null;
  };
  readonly CANCELLAZIONE: {
    readonly motivo: Code;
    readonly id_soggetti: readonly string[];
    readonly destinazione: Place | null;
  };
  readonly CAMBIO_ABITAZIONE: {
    /** All of it moves; null where single persons do. */
    readonly id_famiglia: string | null;
    readonly id_soggetti: readonly string[];
    readonly legami: readonly { readonly id_soggetto: string; readonly relazione: Code }[];
    readonly famiglia: HouseholdInEvent;
  };
  readonly FAMIGLIA: {
    readonly movimenti: readonly Movement[];
    readonly famiglia: HouseholdInEvent | null;
    readonly id_intestatario: string | null;
    readonly relazioni: readonly { readonly id_soggetto: string; readonly relazione: Code }[];
  };
  readonly CONVIVENZA: {
    readonly azione: 'APERTURA' | 'MODIFICA' | 'CHIUSURA';
    readonly id_convivenza: string;
    readonly dal: PartialDate | null;
    readonly al: PartialDate | null;
    /** Of specie_convivenza, denominazione, id_responsabile: those that were given; null removes. */
    readonly columns: Patch;
    /** Null where no address column was given. */
    readonly indirizzo: AddressRecord | null;
    /** The address columns that were given: in MODIFICA the others stay as they were. */
    readonly indirizzo_dato: readonly string[];
    readonly movimenti: readonly Movement[];
  };
  readonly STATO_CIVILE: {
    readonly id_soggetto: string;
    readonly stato_civile: Code;
    readonly id_coniuge: string | null;
    readonly cf_coniuge: string | null;
    readonly atto: string | null;
  };
  readonly CITTADINANZA: {
    readonly id_soggetto: string;
    readonly cittadinanza: Code;
    /** Undefined where it was not given: it stays as it was. */
    readonly altra_cittadinanza: Code | null | undefined;
  };
  /** Of codice_fiscale, validita_cf, cognome, nome, sesso, data_nascita and the place of birth: those that were given. */
  readonly GENERALITA: {
    readonly id_soggetto: string;
    readonly motivo: MotivoGeneralita;
    readonly columns: Patch;
  };
  readonly GENITORI: { readonly id_soggetto: string; readonly columns: Patch };
  readonly DOCUMENTO: { readonly id_soggetto: string; readonly columns: Patch };
  readonly SOGGIORNO: { readonly id_soggetto: string; readonly columns: Patch };
  readonly RISERVATEZZA: { readonly id_soggetto: string; readonly riservatezza: boolean };
  readonly SCHEDA: SchedaData;
  readonly TOPONOMASTICA: { readonly da: AddressPatch; readonly a: AddressPatch };
  readonly TERRITORIO: {
    /** Towards another comune: what passes is named by sections or by families. */
    readonly a: string | null;
    readonly sezioni: readonly string[];
    readonly id_famiglie: readonly string[];
    /** From another comune: who and what comes, as in ISCRIZIONE. */
    readonly da: string | null;
    readonly famiglie: readonly HouseholdInEvent[];
    readonly soggetti: readonly { readonly soggetto: SoggettoRecord; readonly legame: LegameInEvent }[];
  };
}

export type Operazione = keyof EventData;

export const OPERAZIONI: readonly Operazione[] = [
  'NASCITA',
  'ISCRIZIONE',
  'MORTE',
  'CANCELLAZIONE',
  'CAMBIO_ABITAZIONE',
  'FAMIGLIA',
  'CONVIVENZA',
  'STATO_CIVILE',
  'CITTADINANZA',
  'GENERALITA',
  'GENITORI',
  'DOCUMENTO',
  'SOGGIORNO',
  'RISERVATEZZA',
  'SCHEDA',
  'TOPONOMASTICA',
  'TERRITORIO',
];

/** Columns that were given, by name; null removes a value. What was not given is not there, and stays as it was. */
export type Patch = Readonly<Record<string, string | null>>;
/** Address columns that were given, by name. */
export type AddressPatch = Readonly<Partial<Record<keyof AddressRecord, string | null>>>;

/** A comune or a state: one of the two is given. */
export interface Place {
  readonly comune: string | null;
  readonly stato: string | null;
}

export interface HouseholdKey {
  readonly kind: 'famiglia' | 'convivenza';
  readonly id: string;
}

/** The tie of somebody who comes into a household by the event. */
export interface LegameInEvent {
  readonly household: HouseholdKey;
  readonly relazione: Code;
}

/** A family as an event names it: a new one with its address, or an existing one by its id alone. */
export interface HouseholdInEvent {
  readonly id: string;
  readonly motivo: Code | null;
  /** Null where no address column was given: the family exists already. */
  readonly indirizzo: AddressRecord | null;
}

/** Somebody passes from one household to another, or takes another kinship within one. */
export interface Movement {
  readonly id_soggetto: string;
  readonly da: HouseholdKey | null;
  readonly a: HouseholdKey;
  readonly relazione: Code;
}

/** Every row of one person or of one family, as arrays named like the files. A list that is null was not given: it asserts nothing. */
export interface SchedaData {
  readonly soggetti: readonly SoggettoRecord[];
  readonly famiglie: readonly HouseholdRecord[] | null;
  readonly convivenze: readonly HouseholdRecord[] | null;
  readonly legami: readonly (LegameRecord & { readonly id_soggetto: string })[] | null;
  readonly residenze: readonly (ResidenzaRecord & { readonly id_soggetto: string })[] | null;
  readonly iscrizioni: readonly (IscrizioneRecord & { readonly id_soggetto: string })[] | null;
  readonly stati_civili: readonly (StatoCivileRecord & { readonly id_soggetto: string })[] | null;
  readonly cittadinanze: readonly (CittadinanzaRecord & { readonly id_soggetto: string })[] | null;
  readonly generalita: readonly (GeneralitaRecord & { readonly id_soggetto: string })[] | null;
}

/** What an R or an A speaks of: an event of the same comune by its id, or a fact that came with a COMPLETA. */
export type Riferimento =
  | { readonly id_evento: string }
  | {
      readonly fornitura: number;
      readonly id_soggetto: string;
      readonly fatto: Operazione;
      readonly dal: PartialDate | null;
    };

export interface EventHead {
  /** Line of eventi.jsonl, from 1. */
  readonly riga: number;
  readonly id_evento: string;
  readonly data_evento: PartialDate;
  readonly decorrenza: Day;
  readonly registrazione: Day;
  readonly pratica: string | null;
}

type NewOrCorrected = {
  readonly [O in Operazione]: EventHead & { readonly operazione: O; readonly dati: EventData[O] } & (
      | { readonly tipo: 'N'; readonly riferimento: null }
      | { readonly tipo: 'R'; readonly riferimento: Riferimento }
    );
}[Operazione];

export type Annulment = EventHead & {
  readonly operazione: Operazione;
  readonly tipo: 'A';
  readonly riferimento: Riferimento;
};

export type EventRecord = NewOrCorrected | Annulment;
/** A new event or a correction of one kind, with its data. */
export type EventOf<O extends Operazione> = Extract<NewOrCorrected, { readonly operazione: O }>;
