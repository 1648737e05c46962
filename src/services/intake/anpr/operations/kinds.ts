/**
 * The requests of the national operations: what each is called, and where each of its parts goes (docs/adr/0016-anpr-operations.md).
 * Source: 1000iscrizione.xsd, 2000cancellazione.xsd, 5000mutazione.xsd; tracciato.md 3, column ANPR. The generated table
 * docs/generated/anpr-operations.md is made from here.
 */

const NAMESPACE = 'http://sogei.it/ANPR/';

export const OPERATION_KINDS = [
  '1001',
  '1002',
  '2001',
  '2003',
  '5001',
  '5005',
  '5008',
  '5012',
  '5014',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** Where the content of a part goes: events and their keys. Null: the tracciato keeps nothing of it. */
export type Goes = string | null;

export interface RequestKind {
  readonly namespace: string;
  readonly italian: string;
  /** The events that it comes to. */
  readonly events: string;
  /** Every part of the request, in the order of its schema. */
  readonly parts: Readonly<Record<string, Goes>>;
}

const HEAD = { testataRichiesta: 'id_evento, registrazione, decorrenza, pratica' };
const TAIL = { datiDelProcedimento: 'pratica' };
export const REQUEST_KINDS: Readonly<Record<OperationKind, RequestKind>> = {
  '1001': {
    namespace: `${NAMESPACE}1000iscrizione`,
    italian: 'iscrizione per nascita',
    events: 'NASCITA',
    parts: {
      ...HEAD,
      generalita1001: 'soggetto',
      attoNascita: 'soggetto.atto_nascita',
      attoNascitaANPR: 'soggetto.atto_nascita',
      cittadinanza: 'soggetto.cittadinanza, cittadinanza_dal',
      paternita: 'soggetto.id_padre, cf_padre',
      maternita: 'soggetto.id_madre, cf_madre',
      famConv: 'legame.id_famiglia o legame.id_convivenza; dove manca, la famiglia del genitore',
      legameSoggetto: 'legame.relazione',
      ...TAIL,
      datiControllo: 'attribuzioneFamiglia: di quale genitore è la famiglia',
    },
  },
  '1002': {
    namespace: `${NAMESPACE}1000iscrizione`,
    italian: 'iscrizione per altri motivi',
    events: 'ISCRIZIONE',
    parts: {
      ...HEAD,
      motivoIscrizione: 'motivo',
      generalita1002: 'soggetti[0]',
      altriDati: 'soggetti[0].titolo_studio, posizione_professionale, condizione_non_professionale',
      attoNascita: 'soggetti[0].atto_nascita',
      attoNascitaANPR: 'soggetti[0].atto_nascita',
      cittadinanza: 'soggetti[0].cittadinanza, cittadinanza_dal; la seconda altra_cittadinanza',
      paternita: 'soggetti[0].id_padre, cf_padre',
      maternita: 'soggetti[0].id_madre, cf_madre',
      provenienza: 'provenienza',
      residenza: 'famiglia, se è nuova',
      altraLingua: null,
      famiglia: 'soggetti[0].legame; famiglia, se è nuova',
      convivenza: 'soggetti[0].legame',
      matrimonio: 'soggetti[0].stato_civile_dal, id_coniuge, cf_coniuge',
      vedovanza: 'soggetti[0].stato_civile_dal',
      separazioneAnnullamentoCessazioneMatrimonio: 'soggetti[0].stato_civile_dal',
      convivenzaDiFatto: null,
      unioneCivile: 'soggetti[0].stato_civile_dal, id_coniuge, cf_coniuge',
      cartaIdentita: 'soggetti[0].documento_…',
      permessoSoggiorno: 'soggetti[0].soggiorno_…',
      listaLeva: null,
      listaElettorale: null,
      censimento: null,
      autoveicoli: null,
      domicilioDigitale: null,
      ...TAIL,
      datiSentenza: null,
      datiControllo: null,
    },
  },
  '2001': {
    namespace: `${NAMESPACE}2000cancellazione`,
    italian: 'cancellazione per morte',
    events: 'MORTE; FAMIGLIA dove cambia l’intestatario',
    parts: {
      ...HEAD,
      motivoCancellazione: 'solo controllato (T15 1 e 2)',
      generalitaPerRicerca: 'id_soggetto',
      datiDecesso: 'data_morte, comune_morte, stato_morte; data_evento, decorrenza',
      datiSentenza: 'data_morte, dove manca datiDecesso',
      elencoSoggettiFamiglia: 'FAMIGLIA: id_intestatario, relazioni',
      altriDati: null,
      ...TAIL,
      datiControllo: null,
    },
  },
  '2003': {
    namespace: `${NAMESPACE}2000cancellazione`,
    italian: 'cancellazione per altri motivi',
    events: 'CANCELLAZIONE; FAMIGLIA dove cambia l’intestatario',
    parts: {
      ...HEAD,
      datiCancellazione: 'motivo; decorrenza',
      generalitaPerRicerca: 'id_soggetti',
      destinazione: 'destinazione',
      elencoSoggetti: 'FAMIGLIA: id_intestatario, relazioni',
      altriDati: null,
      ...TAIL,
      datiControllo: null,
    },
  },
  '5001': {
    namespace: `${NAMESPACE}5000mutazione`,
    italian: 'mutazione famiglia o convivenza',
    events: 'secondo tipoMutazione (sotto)',
    parts: {
      ...HEAD,
      famigliaConvivenza: 'id_famiglia o id_convivenza; motivo, specie, denominazione',
      elencoSoggettiFamiglia: 'movimenti, id_intestatario, relazioni, id_responsabile',
      residenzaFamigliaConvivenza: 'indirizzo',
      altraLingua: null,
      ...TAIL,
      datiControllo: 'tipoMutazione sceglie l’evento',
    },
  },
  '5005': {
    namespace: `${NAMESPACE}5000mutazione`,
    italian: 'mutazione residenza',
    events: 'CAMBIO_ABITAZIONE; CONVIVENZA per una convivenza',
    parts: {
      ...HEAD,
      generalitaSchedaFamiglia: 'id_famiglia, famiglia.id_famiglia',
      residenzaFamiglia:
        'famiglia: indirizzo; rifiutato se non è quello della famiglia e non si trasferisce tutta',
      altraLingua: null,
      elencoSoggettiFamiglia: 'id_soggetti, legami',
      ...TAIL,
      datiControllo: 'tipoMutazione: 01 e 04 senza_fissa_dimora',
    },
  },
  '5008': {
    namespace: `${NAMESPACE}5000mutazione`,
    italian: 'mutazione dati generali e stato civile',
    events: 'secondo ogni tipoMutazione (sotto)',
    parts: {
      ...HEAD,
      generalitaPerRicerca: 'id_soggetto',
      generalitaDaModificare: 'GENERALITA',
      statoCivile: 'stato_civile',
      attoNascita: 'SCHEDA: atto_nascita',
      attoNascitaANPR: 'SCHEDA: atto_nascita',
      paternita: 'GENITORI',
      maternita: 'GENITORI',
      cittadinanza: 'CITTADINANZA',
      matrimonio: 'STATO_CIVILE 2: id_coniuge, cf_coniuge, atto',
      vedovanza: 'STATO_CIVILE 3',
      separazioneAnnullamentoCessazioneMatrimonio: 'STATO_CIVILE 4',
      convivenzaDiFatto: null,
      unioneCivile: 'STATO_CIVILE 6; scioglimentoUnione 8, o 7 per morte',
      cartaIdentita: 'DOCUMENTO',
      permessoSoggiorno: 'SOGGIORNO',
      liste: null,
      censimento: null,
      altriDati: 'SCHEDA: titolo_studio, posizione_professionale, condizione_non_professionale',
      autoVeicoli: null,
      domicilioDigitale: null,
      datiDecesso: 'MORTE, rettifica di quella che il registro ha',
      ...TAIL,
      datiControllo: 'tipoMutazione sceglie gli eventi',
    },
  },
  '5012': {
    namespace: `${NAMESPACE}5000mutazione`,
    italian: 'annullamento di una mutazione',
    events: 'annullamento (A) di ogni evento dell’operazione, dall’ultimo',
    parts: {
      ...HEAD,
      datiOperazioneDaAnnullare: 'riferimento, per idOperazioneComune',
      datiSchedaSoggettoFamigliaConvivenza:
        'controllato: l’operazione riguarda il soggetto, la sua famiglia o convivenza, o quella indicata',
      datiControllo: null,
    },
  },
  '5014': {
    namespace: `${NAMESPACE}5000mutazione`,
    italian: 'rettifica dati',
    events: 'SCHEDA',
    parts: {
      ...HEAD,
      generalitaPerRicerca: 'id_soggetto',
      tipoRettifica: 'righe di soggetti, famiglie, legami, residenze (sotto)',
      datiControllo: null,
    },
  },
};

export const isOperationKind = (text: string): text is OperationKind =>
  (OPERATION_KINDS as readonly string[]).includes(text);

/** What tipoMutazione of 5008 (T36) comes to; null: the tracciato keeps nothing of it. */
export const MUTATIONS: Readonly<Record<string, { readonly what: string; readonly events: Goes }>> = {
  '1': { what: 'Dati anagrafici / Codice fiscale', events: 'GENERALITA' },
  '2': { what: 'Cittadinanza', events: 'CITTADINANZA' },
  '3': { what: 'Carta identità', events: 'DOCUMENTO' },
  '4': { what: 'Permesso di soggiorno', events: 'SOGGIORNO' },
  '5': { what: 'Liste', events: null },
  '6': { what: 'Censimento', events: null },
  '7': { what: 'Altri dati', events: 'SCHEDA' },
  '8': { what: 'Autoveicoli', events: null },
  '9': { what: 'Domicilio digitale', events: null },
  '10': { what: 'Paternità', events: 'GENITORI' },
  '11': { what: 'Maternità', events: 'GENITORI' },
  '12': { what: 'Matrimonio', events: 'STATO_CIVILE' },
  '13': { what: 'Vedovanza', events: 'STATO_CIVILE' },
  '14': { what: 'Annullamento matrimonio', events: 'STATO_CIVILE' },
  '15': { what: 'Atto nascita', events: 'SCHEDA' },
  '16': { what: 'Convivenza di fatto', events: null },
  '17': { what: 'Risoluzione convivenza', events: null },
  '18': { what: 'Unione civile', events: 'STATO_CIVILE' },
  '19': { what: 'Scioglimento unione', events: 'STATO_CIVILE' },
  '22': { what: 'Dati decesso', events: 'MORTE' },
};
