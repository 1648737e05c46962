/** Which element of a request a cell of the tracciato came from: findings about events are told in the words of the request. */
import type { Rule } from '../rules.ts';
import { addressRules, CITIZENSHIP_RULES } from '../subject-rules.ts';
import type { OperationKind } from './kinds.ts';
import {
  ARRIVING_RULES,
  ARRIVING_STATUS_RULES,
  BORN_RULES,
  CHANGED_IDENTITY_RULES,
  DECLARED_RULES,
  DOCUMENT_RULES,
  FATHER_RULES,
  MOTHER_RULES,
  PERMIT_RULES,
  SPOUSE_RULES,
} from './request-rules.ts';

const within = (...rules: readonly (readonly Rule[])[]): Record<string, string> =>
  Object.fromEntries(rules.flat().map(({ column, from }) => [column, from[0]!.path]));

const SEARCHED = {
  id_soggetto: 'generalitaPerRicerca/idSchedaSoggettoComune/idSchedaSoggetto',
  id_soggetti: 'generalitaPerRicerca/idSchedaSoggettoComune/idSchedaSoggetto',
};
const HEAD = {
  decorrenza: 'testataRichiesta/dataDecorrenza',
  registrazione: 'testataRichiesta/dataOraRichiesta',
  id_evento: 'testataRichiesta/idOperazioneComune',
};

const arriving = (generalita: string, ...rules: readonly (readonly Rule[])[]): Record<string, string> => ({
  ...HEAD,
  ...within(...rules, CITIZENSHIP_RULES),
  id_soggetto: `${generalita}/idSchedaSoggettoComune/idSchedaSoggetto`,
  atto_nascita: 'attoNascita/numeroAtto',
});

const family = (element: string): string => `${element}/idFamigliaConvivenzaComune/idFamigliaConvivenza`;

const ELEMENTS: Readonly<Record<OperationKind, Readonly<Record<string, string>>>> = {
  '1001': {
    ...arriving('generalita1001/generalita', BORN_RULES),
    relazione: 'legameSoggetto/codiceLegame',
    id_famiglia: family('famConv'),
    id_convivenza: family('famConv'),
  },
  '1002': {
    ...arriving('generalita1002/generalita', ARRIVING_RULES, ARRIVING_STATUS_RULES),
    ...within(addressRules('residenza/indirizzo')),
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
    ...within(addressRules('residenzaFamigliaConvivenza/indirizzo')),
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
    ...within(addressRules('residenzaFamiglia/indirizzo')),
    id_famiglia: family('generalitaSchedaFamiglia'),
    id_convivenza: family('generalitaSchedaFamiglia'),
    id_soggetto: 'elencoSoggettiFamiglia/generalita',
    relazione: 'elencoSoggettiFamiglia/legameSoggetto/codiceLegame',
  },
  '5008': {
    ...HEAD,
    ...within(CHANGED_IDENTITY_RULES, DECLARED_RULES, DOCUMENT_RULES, PERMIT_RULES),
    ...within(FATHER_RULES, MOTHER_RULES, SPOUSE_RULES),
    ...SEARCHED,
    stato_civile: 'statoCivile/statoCivile',
    cittadinanza: 'cittadinanza/codiceStato',
    altra_cittadinanza: 'cittadinanza/codiceStato',
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
