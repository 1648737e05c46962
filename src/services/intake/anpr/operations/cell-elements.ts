/** Which element of a request a cell of the tracciato came from: findings about events are told in the words of the request. */
import {
  ADDRESS_CELLS,
  type CellRule,
  DECLARED_CELLS,
  DOCUMENT_CELLS,
  GENERALITA_CELLS,
  PERMIT_CELLS,
} from './cells.ts';
import type { OperationKind } from './kinds.ts';

const within = (element: string, rules: readonly CellRule[]): Record<string, string> =>
  Object.fromEntries(
    [...rules].reverse().map(({ column, path }) => [column, path === '' ? element : `${element}/${path}`]),
  );

const SEARCHED = {
  id_soggetto: 'generalitaPerRicerca/idSchedaSoggettoComune/idSchedaSoggetto',
  id_soggetti: 'generalitaPerRicerca/idSchedaSoggettoComune/idSchedaSoggetto',
};
const HEAD = {
  decorrenza: 'testataRichiesta/dataDecorrenza',
  registrazione: 'testataRichiesta/dataOraRichiesta',
  id_evento: 'testataRichiesta/idOperazioneComune',
};

function arriving(generalita: string): Record<string, string> {
  return {
    ...HEAD,
    ...within(generalita, GENERALITA_CELLS),
    id_soggetto: `${generalita}/idSchedaSoggettoComune/idSchedaSoggetto`,
    cittadinanza: 'cittadinanza/codiceStato',
    cittadinanza_dal: 'cittadinanza/dataValidita',
    atto_nascita: 'attoNascita/numeroAtto',
    id_padre: 'paternita/generalita',
    cf_padre: 'paternita/generalita/codiceFiscale/codFiscale',
    id_madre: 'maternita/generalita',
    cf_madre: 'maternita/generalita/codiceFiscale/codFiscale',
  };
}

const family = (element: string): string => `${element}/idFamigliaConvivenzaComune/idFamigliaConvivenza`;

const ELEMENTS: Readonly<Record<OperationKind, Readonly<Record<string, string>>>> = {
  '1001': {
    ...arriving('generalita1001/generalita'),
    relazione: 'legameSoggetto/codiceLegame',
    id_famiglia: family('famConv'),
    id_convivenza: family('famConv'),
  },
  '1002': {
    ...arriving('generalita1002/generalita'),
    ...within('residenza/indirizzo', ADDRESS_CELLS),
    ...within('altriDati', DECLARED_CELLS),
    ...within('cartaIdentita', DOCUMENT_CELLS),
    ...within('permessoSoggiorno', PERMIT_CELLS),
    motivo: 'motivoIscrizione/idMotivoIscrizione',
    motivo_iscrizione: 'motivoIscrizione/idMotivoIscrizione',
    stato_civile: 'generalita1002/statoCivile/statoCivile',
    provenienza: 'provenienza/comune',
    relazione: 'famiglia/legameSoggetto/codiceLegame',
    id_famiglia: family('famiglia/famiglia'),
    id_convivenza: family('convivenza/convivenza'),
  },
  '2001': {
    ...HEAD,
    ...SEARCHED,
    data_evento: 'datiDecesso/dataEvento',
    data_morte: 'datiDecesso/dataEvento',
    comune_morte: 'datiDecesso/luogoEvento/comune',
    stato_morte: 'datiDecesso/luogoEvento/localita/codiceStato',
    relazione: 'elencoSoggettiFamiglia/legameSoggetto/codiceLegame',
    id_intestatario: 'elencoSoggettiFamiglia/generalita',
  },
  '2003': {
    ...HEAD,
    ...SEARCHED,
    motivo: 'datiCancellazione/motivoCancellazione',
    decorrenza: 'datiCancellazione/dataDecorrenzaCancellazione',
    destinazione: 'destinazione/comune',
    relazione: 'elencoSoggetti/legameSoggetto/codiceLegame',
    id_intestatario: 'elencoSoggetti/generalita',
  },
  '5001': {
    ...HEAD,
    ...within('residenzaFamigliaConvivenza/indirizzo', ADDRESS_CELLS),
    id_famiglia: family('famigliaConvivenza'),
    id_convivenza: family('famigliaConvivenza'),
    motivo: 'famigliaConvivenza/motivoCostituzione',
    specie_convivenza: 'famigliaConvivenza/specieConvivenza',
    denominazione: 'famigliaConvivenza/denominazioneConvivenza',
    id_soggetto: 'elencoSoggettiFamiglia/generalita',
    id_intestatario: 'elencoSoggettiFamiglia/generalita',
    relazione: 'elencoSoggettiFamiglia/legameSoggetto/codiceLegame',
  },
  '5005': {
    ...HEAD,
    ...within('residenzaFamiglia/indirizzo', ADDRESS_CELLS),
    id_famiglia: family('generalitaSchedaFamiglia'),
    id_convivenza: family('generalitaSchedaFamiglia'),
    id_soggetto: 'elencoSoggettiFamiglia/generalita',
    relazione: 'elencoSoggettiFamiglia/legameSoggetto/codiceLegame',
  },
  '5008': {
    ...HEAD,
    ...within('generalitaDaModificare/generalita', GENERALITA_CELLS),
    ...within('altriDati', DECLARED_CELLS),
    ...within('cartaIdentita', DOCUMENT_CELLS),
    ...within('permessoSoggiorno', PERMIT_CELLS),
    ...SEARCHED,
    stato_civile: 'statoCivile/statoCivile',
    id_coniuge: 'matrimonio/coniuge',
    cf_coniuge: 'matrimonio/coniuge/codiceFiscale/codFiscale',
    cittadinanza: 'cittadinanza/codiceStato',
    altra_cittadinanza: 'cittadinanza/codiceStato',
    cf_padre: 'paternita/generalita/codiceFiscale/codFiscale',
    cf_madre: 'maternita/generalita/codiceFiscale/codFiscale',
    atto_nascita: 'attoNascita/numeroAtto',
    data_morte: 'datiDecesso/eventoDecesso/dataEvento',
    comune_morte: 'datiDecesso/eventoDecesso/luogoEvento/comune',
  },
  '5012': { ...HEAD, riferimento: 'datiOperazioneDaAnnullare/idOperazioneComune' },
  '5014': {
    ...HEAD,
    ...SEARCHED,
    dal: 'tipoRettifica',
    iscritto_dal: 'tipoRettifica/dataPrimaIscrizioneComune',
    motivo_iscrizione: 'tipoRettifica/idMotivoIscrizione',
  },
};

/** The element that a finding's campo stands for; the campo itself where it is one already, or comes from none. */
export const elementOfCell = (kind: OperationKind, campo: string): string =>
  Object.hasOwn(ELEMENTS[kind], campo) ? ELEMENTS[kind][campo]! : headed(campo);

const TOP = new Set([
  'idOperazioneComune',
  'codMittente',
  'operazioneRichiesta',
  'dataOraRichiesta',
  'tipoOperazione',
  'tipoInvio',
  'dataDecorrenza',
]);
const headed = (campo: string): string => (TOP.has(campo) ? `testataRichiesta/${campo}` : campo);

/** Cells by element, for the table of correspondence. */
export const CELL_ELEMENTS = ELEMENTS;
