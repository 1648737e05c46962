/** The files of a supply and their columns, in the order and with the marks of the page (tracciato.md 2 and 3). */

export interface ColumnSpec {
  readonly name: string;
  /** Marked `*` on the page: the column must be in the header (SIP-010). */
  readonly mandatory: boolean;
}

export interface FileSpec {
  readonly name: string;
  readonly columns: readonly ColumnSpec[];
  /** Columns of which the header must name one at least. */
  readonly oneOf?: readonly string[];
}

/** Address columns, wherever an address stands (tracciato.md 2). */
export const ADDRESS_COLUMNS = [
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

/** The columns written "name*" are mandatory. */
function table(name: string, columns: readonly string[], oneOf?: readonly string[]): FileSpec {
  const specs = columns.map((text) => ({ name: text.replace('*', ''), mandatory: text.endsWith('*') }));
  return oneOf === undefined ? { name, columns: specs } : { name, columns: specs, oneOf };
}

export const SOGGETTI = table('soggetti.csv', [
  'id_soggetto*',
  'codice_fiscale',
  'validita_cf',
  'cognome*',
  'nome*',
  'sesso*',
  'data_nascita*',
  'comune_nascita',
  'stato_nascita',
  'localita_nascita',
  'atto_nascita',
  'id_padre',
  'cf_padre',
  'id_madre',
  'cf_madre',
  'stato_civile*',
  'stato_civile_dal',
  'id_coniuge',
  'cf_coniuge',
  'cittadinanza*',
  'cittadinanza_dal',
  'altra_cittadinanza',
  'posizione*',
  'iscritto_dal*',
  'motivo_iscrizione*',
  'comune_provenienza',
  'stato_provenienza',
  'cancellato_dal',
  'motivo_cancellazione',
  'comune_destinazione',
  'stato_destinazione',
  'data_morte',
  'comune_morte',
  'stato_morte',
  'titolo_studio',
  'posizione_professionale',
  'condizione_non_professionale',
  'documento_tipo',
  'documento_numero',
  'documento_rilascio',
  'documento_scadenza',
  'soggiorno_tipo',
  'soggiorno_scadenza',
  'riservatezza',
  'data_aggiornamento*',
]);

export const FAMIGLIE = table('famiglie.csv', [
  'id_famiglia*',
  'dal*',
  'al',
  'motivo',
  'id_intestatario',
  ...ADDRESS_COLUMNS,
]);

export const CONVIVENZE = table('convivenze.csv', [
  'id_convivenza*',
  'specie_convivenza*',
  'denominazione*',
  'id_responsabile',
  'dal*',
  'al',
  ...ADDRESS_COLUMNS,
]);

export const LEGAMI = table(
  'legami.csv',
  ['id_soggetto*', 'id_famiglia', 'id_convivenza', 'relazione*', 'progressivo', 'dal*', 'al'],
  ['id_famiglia', 'id_convivenza'],
);

export const RESIDENZE = table('residenze.csv', ['id_soggetto*', 'dal*', 'al', ...ADDRESS_COLUMNS]);

export const ISCRIZIONI = table('iscrizioni.csv', [
  'id_soggetto*',
  'dal*',
  'al*',
  'motivo_iscrizione*',
  'motivo_cancellazione',
  'comune_provenienza',
  'stato_provenienza',
  'comune_destinazione',
  'stato_destinazione',
]);

export const STATI_CIVILI = table('stati_civili.csv', [
  'id_soggetto*',
  'stato_civile*',
  'dal*',
  'al',
  'id_coniuge',
  'cf_coniuge',
  'atto',
]);

export const CITTADINANZE = table('cittadinanze.csv', ['id_soggetto*', 'stato*', 'dal*', 'al']);

export const GENERALITA = table('generalita.csv', [
  'id_soggetto*',
  'dal*',
  'al*',
  'codice_fiscale',
  'cognome',
  'nome',
  'sesso',
  'motivo',
]);

/** The files of a COMPLETA, in the order of the page; the findings of a supply come in this order. */
export const TABLES: readonly FileSpec[] = [
  SOGGETTI,
  FAMIGLIE,
  CONVIVENZE,
  LEGAMI,
  RESIDENZE,
  ISCRIZIONI,
  STATI_CIVILI,
  CITTADINANZE,
  GENERALITA,
];

/** The one file of a VARIAZIONI. */
export const EVENTI = 'eventi.jsonl';
export const MANIFEST = 'fornitura.json';
/** Without these a COMPLETA is refused (SIP-007). */
export const REQUIRED_TABLES: readonly string[] = [SOGGETTI.name, FAMIGLIE.name, LEGAMI.name];
