/** The table of correspondence of subentro.xml (tracciato.md 5): which rows its records become, and which element says which cell. */
import type { Words } from '../messages/message-rule.ts';
import { CONVIVENZE, FAMIGLIE, type FileSpec, LEGAMI, RESIDENZE, SOGGETTI } from '../rows/file-specs.ts';
import type { Constant, Rule } from './rules.ts';
import {
  addressRules,
  CITIZENSHIP_RULES,
  CIVIL_STATUS_RULES,
  ENDED,
  identityRules,
  PAPER_RULES,
  PARENT_RULES,
} from './subject-rules.ts';

/** The root of a subentro (subentro.xsd). Elements within it are in no namespace. */
export const ROOT = '{http://sogei.it/ANPR/subentro}subentro';
export const SOGGETTO = `${ROOT}/generalitaSoggetti/soggetto`;
export const FAMIGLIA = `${ROOT}/famiglie/famiglia`;
export const CONVIVENZA = `${ROOT}/convivenze/convivenza`;
export const DATI_FORNITURA = `${ROOT}/datiFornitura`;
export const DATI_INVIO = `${ROOT}/datiInvio`;

/** A row that a record becomes. */
export interface RowMapping {
  readonly table: FileSpec;
  /** Path of the record. */
  readonly record: string;
  /** The element without which the record has no such row; '' where it always has one. */
  readonly where: string;
  readonly rules: readonly Rule[];
  readonly constants: readonly Constant[];
}

const OPEN: Constant = {
  column: 'al',
  value: '',
  why: ['aperto: c’è solo il presente', 'open: there is only the present'],
};
const GENERALITA = 'generalitaSubIscr';
const ID_SOGGETTO: Rule = {
  column: 'id_soggetto',
  from: [{ path: `${GENERALITA}/idSchedaSoggettoComune/idSchedaSoggetto` }],
  by: 'text',
};
const FIRST_HERE = `${GENERALITA}/dataPrimaIscrizioneComune`;
const LIVES_THERE = 'residenza/dataDecorrenzaResidenza';

const tie = (element: 'famiglia' | 'convivenza'): RowMapping => ({
  table: LEGAMI,
  record: SOGGETTO,
  where: element,
  rules: [
    ID_SOGGETTO,
    { column: `id_${element}`, from: [{ path: `${element}/idFamConvComune` }], by: 'text' },
    { column: 'relazione', from: [{ path: `${element}/legameSoggetto/codiceLegame` }], by: 'code' },
    {
      column: 'progressivo',
      from: [{ path: `${element}/legameSoggetto/progressivoComponente` }],
      by: 'code',
    },
    {
      column: 'dal',
      from: [
        { path: `${element}/legameSoggetto/dataDecorrenza` },
        { path: `${element}/dataDecorrenzaLegame` },
      ],
      by: 'day',
    },
  ],
  constants: [OPEN],
});

const HOUSEHOLD_ID = 'idFamigliaConvivenzaComune/idFamigliaConvivenza';
const HEAD = 'tipoTutoreIntestatario/generalita/idSchedaSoggettoComune';

export const SUBENTRO_SOGGETTI: RowMapping = {
  table: SOGGETTI,
  record: SOGGETTO,
  where: '',
  rules: [
    ID_SOGGETTO,
    ...identityRules(GENERALITA),
    { column: 'atto_nascita', from: [{ path: 'attoNascita' }], by: 'act' },
    ...PARENT_RULES,
    ...CIVIL_STATUS_RULES,
    ...CITIZENSHIP_RULES,
    { column: 'iscritto_dal', from: [{ path: FIRST_HERE }, { path: LIVES_THERE }], by: 'day' },
    { column: 'motivo_iscrizione', from: [{ path: 'motivoIscrizioneAPR' }], by: 'code' },
    ...PAPER_RULES,
    { column: 'data_aggiornamento', from: [{ path: 'dataUltimoAggiornamento' }], by: 'day' },
  ],
  constants: [
    {
      column: 'posizione',
      value: 'RESIDENTE',
      why: ['il subentro contiene i soli residenti', 'a subentro holds residents only'],
    },
  ],
};

export const SUBENTRO_LEGAMI: readonly RowMapping[] = [tie('famiglia'), tie('convivenza')];

/** Where the subject lives; the address of a household is that of its intestatario, else of its first member (household-homes.ts). */
export const SUBENTRO_RESIDENZE: RowMapping = {
  table: RESIDENZE,
  record: SOGGETTO,
  where: 'residenza',
  rules: [
    ID_SOGGETTO,
    { column: 'dal', from: [{ path: LIVES_THERE }, { path: FIRST_HERE }], by: 'day' },
    ...addressRules('residenza/indirizzo'),
    { column: 'sezione', from: [{ path: 'censimento/sezioneCensimento' }], by: 'text' },
    { column: 'senza_fissa_dimora', from: [{ path: 'attributiSoggetto/senzaFissaDimora' }], by: 'mark' },
  ],
  constants: [OPEN],
};

export const SUBENTRO_FAMIGLIE: RowMapping = {
  table: FAMIGLIE,
  record: FAMIGLIA,
  where: '',
  rules: [
    { column: 'id_famiglia', from: [{ path: HOUSEHOLD_ID }], by: 'text' },
    { column: 'dal', from: [{ path: 'dataOrigineFamigliaConvivenza' }], by: 'day' },
    { column: 'motivo', from: [{ path: 'motivoCostituzione' }], by: 'code' },
    { column: 'id_intestatario', from: [{ path: HEAD }], by: 'ownId' },
  ],
  constants: [OPEN],
};

export const SUBENTRO_CONVIVENZE: RowMapping = {
  table: CONVIVENZE,
  record: CONVIVENZA,
  where: '',
  rules: [
    { column: 'id_convivenza', from: [{ path: HOUSEHOLD_ID }], by: 'text' },
    { column: 'specie_convivenza', from: [{ path: 'specieConvivenza' }], by: 'code' },
    { column: 'denominazione', from: [{ path: 'denominazioneConvivenza' }], by: 'text' },
    { column: 'dal', from: [{ path: 'dataOrigineFamigliaConvivenza' }], by: 'day' },
    { column: 'id_responsabile', from: [{ path: HEAD }], by: 'ownId' },
  ],
  constants: [OPEN],
};

/** Elements of the layout that no column has a place for, each with all it holds; by record. */
export const NOT_READ: Readonly<Record<string, readonly (readonly [path: string, why: Words])[]>> = {
  [SOGGETTO]: [
    [`${GENERALITA}/codiceFiscale/dataAttribuzioneValidita`, ['non ha una colonna', 'has no column']],
    [`${GENERALITA}/senzaCognome`, ['il cognome è vuoto', 'the surname is empty']],
    [`${GENERALITA}/senzaNome`, ['il nome è vuoto', 'the name is empty']],
    [`${GENERALITA}/soggettoAIRE`, ['riguarda l’AIRE', 'is of the AIRE']],
    [`${GENERALITA}/idSchedaSoggettoANPR`, ['numero di ANPR', 'ANPR’s own number']],
    ['statoCivile/noteStatoCivile', ['nota', 'a note']],
    ['statoCivile/statoCivileND', ['lo dice il codice 9', 'code 9 says it']],
    ['attributiSoggetto/soggettoCertificabile', ['non ha una colonna', 'has no column']],
    ['attoNascita', ['gli altri dati dell’atto', 'whatever else the act says']],
    ['cittadinanza', ['descrizione e note: vale il codice', 'description and notes: the code holds']],
    ['altraCittadinanza', ['vale la prima', 'the first one holds']],
    [
      'paternita',
      ['del genitore, identificativo e codice fiscale', 'of a parent, identifier and codice fiscale'],
    ],
    ['maternita', ['come per il padre', 'as for the father']],
    [
      'residenza',
      ['tipo, note, presso, indirizzo estero, fonti', 'kind, notes, care of, address abroad, sources'],
    ],
    ['altraLingua', ['l’indirizzo in altra lingua', 'the address in another language']],
    ['famiglia', ['il tipo di legame è quello dell’elemento', 'the kind of tie is that of the element']],
    ['convivenza', ['come per la famiglia', 'as for the famiglia']],
    ['matrimonio', ['gli altri dati del matrimonio', 'whatever else is said of the marriage']],
    ['vedovanza', ['gli altri dati della morte del coniuge', 'whatever else is said of the spouse’s death']],
    [ENDED, ['gli altri dati della cessazione', 'whatever else is said of its end']],
    ['cartaIdentita', ['rilascio, interdizione, annullamento', 'issue, restriction, annulment']],
    ['permessoSoggiorno', ['numero, questura, passaporto, note', 'number, questura, passport, notes']],
    ['listaElettorale', ['non è anagrafe', 'is not the population register']],
    ['listaLeva', ['non è anagrafe', 'is not the population register']],
    ['censimento', ['anno, foglio, motivo', 'year, sheet, reason']],
    ['autoveicoli', ['non è anagrafe', 'is not the population register']],
    ['unioneCivile', ['gli altri dati dell’unione', 'whatever else is said of the union']],
    ['convivenzaDiFatto', ['non ha una colonna', 'has no column']],
    [`${GENERALITA}/luogoNascita`, ['descrizioni e sigle', 'descriptions and plates']],
    [`${GENERALITA}/idSchedaSoggettoComune`, ['il comune della scheda', 'the comune of the card']],
  ],
  [FAMIGLIA]: householdNotRead(),
  [CONVIVENZA]: householdNotRead(),
};

function householdNotRead(): readonly (readonly [path: string, why: Words])[] {
  return [
    ['idFamigliaConvivenzaComune', ['il comune della scheda', 'the comune of the card']],
    ['idFamigliaConvivenzaANPR', ['numero di ANPR', 'ANPR’s own number']],
    ['famigliaAire', ['riguarda l’AIRE', 'is of the AIRE']],
    ['motivoCostituzione', ['di una convivenza', 'of a convivenza']],
    ['denominazioneConvivenza', ['di una famiglia', 'of a famiglia']],
    ['specieConvivenza', ['di una famiglia', 'of a famiglia']],
    ['tipoMovimentazione', ['non ha una colonna', 'has no column']],
    ['presenzaFamigliaCoabitante', ['non ha una colonna', 'has no column']],
    ['tipoScheda', ['lo dice l’elemento', 'the element says it']],
    ['tipoTutoreIntestatario', ['gli altri dati di chi intesta', 'whatever else is said of the head']],
  ];
}

export const SUBENTRO: readonly RowMapping[] = [
  SUBENTRO_SOGGETTI,
  ...SUBENTRO_LEGAMI,
  SUBENTRO_RESIDENZE,
  SUBENTRO_FAMIGLIE,
  SUBENTRO_CONVIVENZE,
];
