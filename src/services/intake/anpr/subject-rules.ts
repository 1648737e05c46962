/** Elements that ANPR writes alike wherever a person stands (tipoDato.xsd): identity, parents, citizenship, papers, address. */
import type { Reading, Rule, Source } from './rules.ts';

const one = (column: string, path: string, by: Reading = 'text'): Rule => ({ column, from: [{ path }], by });
const first = (column: string, by: Reading, ...from: readonly Source[]): Rule => ({ column, from, by });

/** Civil statuses of T1 that the rules name. */
const MARRIED = ['2'];
const WIDOWED = ['3'];
const DIVORCED = ['4'];
const UNITED = ['6'];
const PARTNER_DEAD = ['7'];
const UNION_DISSOLVED = ['8'];

/** The element of a marriage that ended otherwise than by death. */
export const ENDED = 'separazioneAnnullamentoCessazioneMatrimonio';

/** tipoGeneralita and tipoGeneralitaSubIscr. @param at the element of that type */
export const identityRules = (at: string): readonly Rule[] => [
  one('codice_fiscale', `${at}/codiceFiscale/codFiscale`, 'upper'),
  one('validita_cf', `${at}/codiceFiscale/validitaCF`, 'code'),
  one('cognome', `${at}/cognome`),
  one('nome', `${at}/nome`),
  one('sesso', `${at}/sesso`, 'upper'),
  one('data_nascita', `${at}/dataNascita`, 'partialDay'),
  one('comune_nascita', `${at}/luogoNascita/comune`, 'comune'),
  one('stato_nascita', `${at}/luogoNascita/localita/codiceStato`),
  first(
    'localita_nascita',
    'text',
    { path: `${at}/luogoNascita/localita/descrizioneLocalita` },
    { path: `${at}/luogoNascita/luogoEccezionale` },
  ),
];

/** tipoGenitore twice. */
export const PARENT_RULES: readonly Rule[] = [
  one('id_padre', 'paternita/generalita/idSchedaSoggettoComune', 'ownId'),
  one('cf_padre', 'paternita/generalita/codiceFiscale/codFiscale', 'upper'),
  one('id_madre', 'maternita/generalita/idSchedaSoggettoComune', 'ownId'),
  one('cf_madre', 'maternita/generalita/codiceFiscale/codFiscale', 'upper'),
];

/** tipoStatoCivile, with the acts that it goes back to. */
export const CIVIL_STATUS_RULES: readonly Rule[] = [
  one('stato_civile', 'statoCivile/statoCivile', 'code'),
  first(
    'stato_civile_dal',
    'partialDay',
    { path: 'matrimonio/datiMatrimonio/dataEvento', status: MARRIED },
    { path: 'vedovanza/datiMorteconiuge/dataEvento', status: WIDOWED },
    { path: `${ENDED}/sentenza/dataValidita`, status: DIVORCED },
    { path: `${ENDED}/attoAnnullamentoMatrimonio/dataFormazioneAtto`, status: DIVORCED },
    { path: 'unioneCivile/attoUnione/dataEvento', status: UNITED },
    {
      path: 'unioneCivile/scioglimentoUnione/datiEvento/dataEvento',
      status: [...PARTNER_DEAD, ...UNION_DISSOLVED],
    },
    { path: 'vedovanza/datiMorteconiuge/dataEvento', status: PARTNER_DEAD },
    { path: 'unioneCivile/scioglimentoUnione/sentenza/dataValidita', status: UNION_DISSOLVED },
  ),
  first(
    'id_coniuge',
    'ownId',
    { path: 'matrimonio/coniuge/idSchedaSoggettoComune', status: MARRIED },
    { path: 'unioneCivile/unitoCivilmente/idSchedaSoggettoComune', status: UNITED },
  ),
  first(
    'cf_coniuge',
    'upper',
    { path: 'matrimonio/coniuge/codiceFiscale/codFiscale', status: MARRIED },
    { path: 'unioneCivile/unitoCivilmente/codiceFiscale/codFiscale', status: UNITED },
  ),
];

/** tipoCittadinanza. */
export const CITIZENSHIP_RULES: readonly Rule[] = [
  one('cittadinanza', 'cittadinanza/codiceStato'),
  one('cittadinanza_dal', 'cittadinanza/dataValidita', 'day'),
  one('altra_cittadinanza', 'altraCittadinanza/codiceStato'),
];

/** tipoAltriDati, tipoCartaIdentita, tipoPermessoSoggiorno. */
export const PAPER_RULES: readonly Rule[] = [
  one('titolo_studio', 'altriDati/titoloStudio', 'upper'),
  one('posizione_professionale', 'altriDati/posizioneProfessionale', 'upper'),
  one('condizione_non_professionale', 'altriDati/condizioneNonProfessionale', 'code'),
  one('documento_tipo', 'cartaIdentita/numero', 'card'),
  one('documento_numero', 'cartaIdentita/numero'),
  one('documento_rilascio', 'cartaIdentita/dataRilascio', 'day'),
  one('documento_scadenza', 'cartaIdentita/dataScadenza', 'day'),
  one('soggiorno_tipo', 'permessoSoggiorno/tipoSoggiorno', 'code'),
  one('soggiorno_scadenza', 'permessoSoggiorno/dataScadenza', 'day'),
];

/** tipoIndirizzo. @param at the element of that type */
export const addressRules = (at: string): readonly Rule[] => [
  one('specie', `${at}/toponimo/specie`),
  one('toponimo', `${at}/toponimo/denominazioneToponimo`),
  first('civico', 'text', { path: `${at}/numeroCivico/numero` }, { path: `${at}/numeroCivico/metrico` }),
  first(
    'esponente',
    'text',
    { path: `${at}/numeroCivico/esponente1` },
    { path: `${at}/numeroCivico/lettera` },
  ),
  first(
    'scala',
    'text',
    { path: `${at}/numeroCivico/civicoInterno/scala` },
    { path: `${at}/numeroCivico/civicoInterno/scalaEsterna` },
  ),
  one('piano', `${at}/numeroCivico/civicoInterno/piano`),
  one('interno', `${at}/numeroCivico/civicoInterno/interno1`),
  one('cap', `${at}/cap`),
  one('frazione', `${at}/frazione`),
];
