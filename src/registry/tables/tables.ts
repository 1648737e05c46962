/**
 * The columns of the register's tables as the writers fill them, in COPY order (migrations/0002_register.sql).
 * `recorded_from` is left to its default, the instant of the transaction (ADR 0002).
 */

const FACT = ['valid_from', 'valid_to', 'event_id', 'source_row'] as const;
const ADDRESS = [
  'specie',
  'toponimo',
  'civico',
  'esponente',
  'scala',
  'piano',
  'interno',
  'cap',
  'frazione',
  'sezione',
  'lat',
  'lon',
  'senza_fissa_dimora',
] as const;

export const FACT_COLUMNS = {
  identities: [
    'entry_id',
    ...FACT,
    'birth_from',
    'birth_to',
    'stated_to',
    'sesso',
    'birth_text',
    'codice_fiscale',
    'validita_cf',
    'cognome',
    'nome',
    'surname_key',
    'given_key',
    'comune_nascita',
    'stato_nascita',
    'localita_nascita',
    'atto_nascita',
    'motivo',
    'sealed',
    'stated',
    'from_text',
    'to_text',
  ],
  registrations: [
    'entry_id',
    ...FACT,
    'stated_to',
    'comune',
    'motivo_iscrizione',
    'comune_provenienza',
    'stato_provenienza',
    'motivo_cancellazione',
    'comune_destinazione',
    'stato_destinazione',
    'end_event_id',
    'from_text',
    'to_text',
  ],
  departures: ['entry_id', ...FACT, 'motivo_cancellazione', 'comune_destinazione', 'stato_destinazione'],
  deaths: ['entry_id', ...FACT, 'comune_morte', 'stato_morte', 'from_text', 'to_text'],
  dwellings: [
    'entry_id',
    ...FACT,
    'stated_to',
    'follows',
    'derived',
    'comune',
    'street_key',
    'civico_key',
    ...ADDRESS,
    'from_text',
    'to_text',
  ],
  memberships: [
    'entry_id',
    ...FACT,
    'household_id',
    'progressivo',
    'stated_to',
    'relazione',
    'stated',
    'from_text',
    'to_text',
  ],
  civil_statuses: [
    'entry_id',
    ...FACT,
    'stated_to',
    'stato_civile',
    'id_coniuge',
    'cf_coniuge',
    'atto',
    'from_text',
    'to_text',
  ],
  citizenships: ['entry_id', ...FACT, 'stated_to', 'stato', 'altra', 'stated', 'from_text', 'to_text'],
  parents: [
    'entry_id',
    ...FACT,
    'id_padre',
    'cf_padre',
    'id_madre',
    'cf_madre',
    'father_key',
    'mother_key',
    'stated',
  ],
  documents: ['entry_id', ...FACT, 'rilascio', 'scadenza', 'tipo', 'numero', 'stated'],
  permits: ['entry_id', ...FACT, 'scadenza', 'tipo', 'stated'],
  declarations: [
    'entry_id',
    ...FACT,
    'titolo_studio',
    'posizione_professionale',
    'condizione_non_professionale',
    'stated',
  ],
  protections: ['entry_id', ...FACT, 'protetto'],
  households: [
    'household_id',
    ...FACT,
    'stated_to',
    'comune',
    'kind',
    'id_household',
    'motivo',
    'denominazione',
    'id_intestatario',
    'stated',
    'from_text',
    'to_text',
  ],
  household_addresses: [
    'household_id',
    ...FACT,
    'stated_to',
    'derived',
    ...ADDRESS,
    'stated',
    'from_text',
    'to_text',
  ],
} as const;

/** Key tables and entries, filled beside the facts. */
export const KEY_COLUMNS = {
  entries: ['entry_id', 'comune', 'id_soggetto', 'event_id'],
  register_numbers: ['comune', 'id_soggetto', 'entry_id'],
  person_keys: ['codice_fiscale', 'entry_id'],
  household_members: ['household_id', 'entry_id'],
  household_numbers: ['comune', 'kind', 'id_household', 'household_id'],
} as const;

/** What is told of the supply itself; `n` numbers its findings in the order in which they were found. */
export const OUTCOME_COLUMNS = {
  findings: [
    'supply_id',
    'n',
    'comune',
    'codice',
    'gravita',
    'file',
    'riga',
    'id_soggetto',
    'id_famiglia',
    'id_evento',
    'campo',
    'valore',
    'messaggio',
    'messaggio_en',
    'dettaglio',
  ],
  set_aside: [
    'supply_id',
    'comune',
    'file',
    'riga',
    'id_soggetto',
    'id_household',
    'id_evento',
    'digest',
    'waits_for',
    'codice',
    'raw',
  ],
  events: [
    'event_id',
    'supply_id',
    'comune',
    'riga',
    'id_evento',
    'operazione',
    'tipo',
    'data_evento',
    'decorrenza',
    'registrazione',
    'pratica',
    'riferimento',
    'dati',
    'rank_day',
    'rank_event',
    'root_event',
    'root_fact',
    'digest',
  ],
  event_entries: ['event_id', 'entry_id'],
  event_households: ['event_id', 'household_id'],
  fallen_events: ['event_id', 'fallen_by'],
} as const;

/** A later full supply as it is told, held for the length of one transaction (realignment/told.sql.ts). */
export const TOLD_COLUMNS = {
  told_subjects: ['riga', 'id_soggetto', 'bundle'],
  told_households: ['n', 'kind', 'id_household', 'record'],
  told_homes: ['kind', 'id_household', 'dal'],
} as const;

export type OutcomeTable = keyof typeof OUTCOME_COLUMNS;
export type FactTable = keyof typeof FACT_COLUMNS;
export type KeyTable = keyof typeof KEY_COLUMNS;
export type RegisterTable = FactTable | KeyTable;
/** Every table that a supply's rows are copied into. */
export type CopyTable = RegisterTable | OutcomeTable | keyof typeof TOLD_COLUMNS;

export const FACT_TABLES = Object.keys(FACT_COLUMNS) as readonly FactTable[];

const COLUMNS: Readonly<Record<CopyTable, readonly string[]>> = {
  ...KEY_COLUMNS,
  ...FACT_COLUMNS,
  ...OUTCOME_COLUMNS,
  ...TOLD_COLUMNS,
};

export function columnsOf(table: CopyTable): readonly string[] {
  return COLUMNS[table];
}

/** A value of a row as the writers hold it: text, number, truth, or nothing. */
export type Cell = string | number | boolean | null;
/** The cells of one row, in the order of `columnsOf(table)`. */
export type Row = readonly Cell[];
/** Takes rows; the file writer and the tests are two of these. */
export type RowSink = (table: CopyTable, row: Row) => void;

/** The end of an open spell, as PostgreSQL writes it. */
export const OPEN = 'infinity';
