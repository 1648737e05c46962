/** Checked rows for tests of the register: a subject and a family with everything that a test does not care about filled in. */
import { day } from '../../src/kernel/day.ts';
import type {
  AddressRecord,
  EntryBundle,
  HouseholdRecord,
  LegameRecord,
  SoggettoRecord,
} from '../../src/registry/claims/records.ts';

export function address(change: Partial<AddressRecord> = {}): AddressRecord {
  return {
    specie: 'VIA',
    toponimo: 'ROMA',
    civico: '1',
    esponente: null,
    scala: null,
    piano: null,
    interno: null,
    cap: null,
    frazione: null,
    sezione: null,
    lat: null,
    lon: null,
    senza_fissa_dimora: false,
    ...change,
  };
}

export function soggetto(riga: number, change: Partial<SoggettoRecord> = {}): SoggettoRecord {
  return {
    riga,
    id_soggetto: `S${riga}`,
    codice_fiscale: null,
    validita_cf: null,
    cognome: 'ROSSI',
    nome: 'MARIO',
    sesso: 'M',
    data_nascita: day('1980-05-04'),
    comune_nascita: '036023',
    stato_nascita: null,
    localita_nascita: null,
    atto_nascita: null,
    id_padre: null,
    cf_padre: null,
    id_madre: null,
    cf_madre: null,
    stato_civile: '1',
    stato_civile_dal: null,
    id_coniuge: null,
    cf_coniuge: null,
    cittadinanza: '100',
    cittadinanza_dal: null,
    altra_cittadinanza: null,
    posizione: 'RESIDENTE',
    iscritto_dal: day('2010-01-01'),
    motivo_iscrizione: '3',
    comune_provenienza: null,
    stato_provenienza: null,
    cancellato_dal: null,
    motivo_cancellazione: null,
    comune_destinazione: null,
    stato_destinazione: null,
    data_morte: null,
    comune_morte: null,
    stato_morte: null,
    titolo_studio: null,
    posizione_professionale: null,
    condizione_non_professionale: null,
    documento_tipo: null,
    documento_numero: null,
    documento_rilascio: null,
    documento_scadenza: null,
    soggiorno_tipo: null,
    soggiorno_scadenza: null,
    riservatezza: null,
    data_aggiornamento: day('2024-12-31'),
    ...change,
  };
}

export function famiglia(riga: number, change: Partial<HouseholdRecord> = {}): HouseholdRecord {
  return {
    riga,
    kind: 'famiglia',
    id: `F${riga}`,
    dal: day('2010-01-01'),
    al: null,
    motivo: null,
    denominazione: null,
    id_intestatario: null,
    indirizzo: address(),
    ...change,
  };
}

export function legame(riga: number, idFamiglia: string, change: Partial<LegameRecord> = {}): LegameRecord {
  return {
    riga,
    kind: 'famiglia',
    id_household: idFamiglia,
    relazione: '1',
    progressivo: 1,
    dal: day('2010-01-01'),
    al: null,
    ...change,
  };
}

export function bundle(
  s: SoggettoRecord,
  legami: readonly LegameRecord[],
  change: Partial<EntryBundle> = {},
): EntryBundle {
  return {
    soggetto: s,
    legami,
    residenze: [],
    iscrizioni: [],
    stati_civili: [],
    cittadinanze: [],
    generalita: [],
    contradicted: { residenza: null, stato_civile: null, cittadinanza: null },
    ...change,
  };
}
