/**
 * Records of subentro.xml (ANPR, subentro.xsd) written from rows of the tracciato: what a package that knows both layouts would write
 * of the same register. Elements stand in the order of the schema; what a row does not say is left out where the schema lets it be.
 */
import type { Reference } from '../../src/reference/load-reference.ts';
import { get, type Row } from './defects/unit-rows.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An element, or '' where it would hold nothing. */
const el = (name: string, ...inner: readonly string[]): string => {
  const content = inner.join('');
  return content === '' ? '' : `<${name}>${content}</${name}>`;
};
const text = (name: string, value: string): string => el(name, escaped(value));

/** What a record needs beside its row. */
export interface RecordContext {
  readonly comune: string;
  readonly reference: Reference;
}

function comune(name: string, code: string, { reference }: RecordContext): string {
  if (code === '') return '';
  const spell = reference.comuneSpells(code).at(-1);
  return el(
    name,
    text('nomeComune', spell?.name ?? 'COMUNE'),
    text('codiceIstat', code),
    text('siglaProvinciaIstat', spell?.province ?? 'EE'),
  );
}

const stateName = (code: string, { reference }: RecordContext): string =>
  reference.stateName(code)?.replaceAll(/[^\p{L}\d\- '.,]/gu, ' ') ?? 'STATO';

/** A cell that was quoted in its row. */
const unquoted = (cell: string): string =>
  /^".*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;

/** Only the year, or the year and the month. */
const PARTIAL = /^\d{4}(?:-\d{2})?$/;

/** The schema has no partial date there: the first day it can be. */
const wholeDate = (value: string): string => (PARTIAL.test(value) ? `${value}-01-01`.slice(0, 10) : value);

/** A date that may be partial: the first day it can be, with the flag that says so. */
function partialDate(name: string, value: string): string {
  const flag = value.length === 4 ? 'senzaGiornoMese' : 'senzaGiorno';
  return text(name, wholeDate(value)) + (PARTIAL.test(value) ? text(flag, '1') : '');
}

const ownCard = (id: string, { comune: code }: RecordContext): string =>
  id === ''
    ? ''
    : el('idSchedaSoggettoComune', text('idSchedaSoggettoComuneIstat', code), text('idSchedaSoggetto', id));

const fiscalCode = (code: string, validity: string): string =>
  code === '' ? '' : el('codiceFiscale', text('codFiscale', code), text('validitaCF', validity));

const named = (name: string, without: string, value: string): string =>
  value === '' ? text(without, '1') : text(name, value);

/** tipoGeneralita of somebody of whom the register keeps a number and a code. */
function other(name: string, id: string, code: string, context: RecordContext): string {
  if (id === '' && code === '') return '';
  return el(
    name,
    fiscalCode(code, ''),
    text('senzaCognome', '1'),
    text('senzaNome', '1'),
    ownCard(id, context),
  );
}

function identity(row: Row, context: RecordContext): string {
  const state = get(row, 'stato_nascita');
  return el(
    'generalitaSubIscr',
    fiscalCode(get(row, 'codice_fiscale'), get(row, 'validita_cf')),
    named('cognome', 'senzaCognome', get(row, 'cognome')),
    named('nome', 'senzaNome', get(row, 'nome')),
    text('sesso', get(row, 'sesso')),
    partialDate('dataNascita', get(row, 'data_nascita')),
    el(
      'luogoNascita',
      comune('comune', get(row, 'comune_nascita'), context),
      state === ''
        ? ''
        : el(
            'localita',
            text('descrizioneLocalita', get(row, 'localita_nascita')),
            text('descrizioneStato', stateName(state, context)),
            text('codiceStato', state),
          ),
    ),
    ownCard(get(row, 'id_soggetto'), context),
    text('dataPrimaIscrizioneComune', wholeDate(get(row, 'iscritto_dal'))),
  );
}

function birthAct(row: Row, context: RecordContext): string {
  const [where = '', anno = '', parte = '', serie = '', numero = ''] = get(row, 'atto_nascita').split('/');
  if (where === '') return '';
  return el(
    'attoNascita',
    comune('comuneRegistrazione', where, context),
    text('anno', anno),
    text('parte', parte),
    text('serie', serie),
    text('numeroAtto', numero),
  );
}

function citizenship(name: string, state: string, from: string, context: RecordContext): string {
  if (state === '') return '';
  return el(
    name,
    text('descrizioneStato', stateName(state, context)),
    text('codiceStato', state),
    text('dataValidita', wholeDate(from)),
  );
}

const event = (name: string, date: string): string => el(name, partialDate('dataEvento', date));

const judgement = (date: string): string =>
  date === ''
    ? ''
    : el(
        'sentenza',
        text('data', date),
        text('tipoTribunale', '1'),
        text('autorita', 'TRIBUNALE'),
        text('dataValidita', date),
      );

/** What the civil status goes back to: marriage, widowhood and end of a marriage stand before the papers, a union after them. */
function civilStatus(
  row: Row,
  context: RecordContext,
): { readonly marriage: string; readonly union: string } {
  const from = get(row, 'stato_civile_dal');
  const [id, code] = [get(row, 'id_coniuge'), get(row, 'cf_coniuge')];
  const spouse = (name: string): string =>
    other(name, id, code, context) ||
    (from === '' ? '' : el(name, text('senzaCognome', '1'), text('senzaNome', '1')));
  const dissolved = (reason: string, ...how: readonly string[]): string =>
    from === ''
      ? ''
      : el('unioneCivile', el('scioglimentoUnione', text('motivoScioglimento', reason), ...how));
  switch (get(row, 'stato_civile')) {
    case '2':
      return { marriage: el('matrimonio', spouse('coniuge'), event('datiMatrimonio', from)), union: '' };
    case '3':
      return { marriage: el('vedovanza', event('datiMorteconiuge', from)), union: '' };
    case '4':
      return {
        marriage:
          from === ''
            ? ''
            : el(
                'separazioneAnnullamentoCessazioneMatrimonio',
                text('tipoCessazione', '1'),
                judgement(wholeDate(from)),
              ),
        union: '',
      };
    case '6':
      return {
        marriage: '',
        union: el('unioneCivile', spouse('unitoCivilmente'), event('attoUnione', from)),
      };
    case '7':
      return { marriage: '', union: dissolved('98', event('datiEvento', from)) };
    case '8':
      return { marriage: '', union: dissolved('3', judgement(wholeDate(from))) };
    default:
      return { marriage: '', union: '' };
  }
}

/** @param home the row with the address of the household. @param since day on which the subject came to live there */
function residence(home: Row, since: string, context: RecordContext): string {
  return el(
    'residenza',
    text('tipoIndirizzo', '1'),
    el(
      'indirizzo',
      text('cap', get(home, 'cap')),
      comune('comune', context.comune, context),
      text('frazione', get(home, 'frazione')),
      el(
        'toponimo',
        text('specie', get(home, 'specie')),
        text('denominazioneToponimo', get(home, 'toponimo')),
      ),
      el(
        'numeroCivico',
        text('numero', get(home, 'civico')),
        text('esponente1', get(home, 'esponente')),
        el(
          'civicoInterno',
          text('scala', get(home, 'scala')),
          text('interno1', get(home, 'interno')),
          text('piano', get(home, 'piano')),
        ),
      ),
    ),
    text('dataDecorrenzaResidenza', wholeDate(since)),
  );
}

function tie(row: Row): string {
  const family = get(row, 'id_famiglia');
  return el(
    family === '' ? 'convivenza' : 'famiglia',
    text('idFamConvComune', family || get(row, 'id_convivenza')),
    el(
      'legameSoggetto',
      text('tipoLegame', family === '' ? '2' : '1'),
      text('dataDecorrenza', wholeDate(get(row, 'dal'))),
      text('codiceLegame', get(row, 'relazione')),
      text('progressivoComponente', get(row, 'progressivo')),
    ),
  );
}

function papers(row: Row, context: RecordContext): string {
  const issued = get(row, 'documento_rilascio');
  const permit = get(row, 'soggiorno_tipo');
  return (
    (issued === ''
      ? ''
      : el(
          'cartaIdentita',
          text('numero', get(row, 'documento_numero')),
          text('dataRilascio', issued),
          text('interdizioneEspatrio', 'N'),
          comune('comuneRilascio', context.comune, context),
          text('dataScadenza', get(row, 'documento_scadenza')),
        )) +
    (permit === ''
      ? ''
      : el(
          'permessoSoggiorno',
          text('tipoSoggiorno', permit),
          text('dataScadenza', get(row, 'soggiorno_scadenza')),
        ))
  );
}

/** A resident with what the register says of today. */
export interface Resident {
  readonly row: Row;
  readonly tie: Row | null;
  /** The row of the household of the tie. */
  readonly home: Row | null;
  /** The day on which the dwelling of today began. */
  readonly since: string;
}

export function soggettoXml({ row, tie: bond, home, since }: Resident, context: RecordContext): string {
  const { marriage, union } = civilStatus(row, context);
  const section = home === null ? '' : get(home, 'sezione');
  return el(
    'soggetto',
    identity(row, context),
    el('statoCivile', text('statoCivile', get(row, 'stato_civile'))),
    home === null || get(home, 'senza_fissa_dimora') !== '1'
      ? ''
      : el('attributiSoggetto', text('senzaFissaDimora', 'S')),
    text('dataUltimoAggiornamento', get(row, 'data_aggiornamento')),
    text('motivoIscrizioneAPR', get(row, 'motivo_iscrizione')),
    birthAct(row, context),
    citizenship('cittadinanza', get(row, 'cittadinanza'), get(row, 'cittadinanza_dal'), context),
    el('paternita', other('generalita', get(row, 'id_padre'), get(row, 'cf_padre'), context)),
    el('maternita', other('generalita', get(row, 'id_madre'), get(row, 'cf_madre'), context)),
    home === null ? '' : residence(home, since, context),
    bond === null ? '' : tie(bond),
    marriage,
    papers(row, context),
    section === ''
      ? ''
      : el(
          'censimento',
          text('annoCensimento', '2021'),
          text('sezioneCensimento', section),
          text('foglioCensimento', '1'),
        ),
    el(
      'altriDati',
      text('posizioneProfessionale', get(row, 'posizione_professionale')),
      text('condizioneNonProfessionale', get(row, 'condizione_non_professionale')),
      text('titoloStudio', get(row, 'titolo_studio')),
    ),
    union,
    citizenship('altraCittadinanza', get(row, 'altra_cittadinanza'), '', context),
  );
}

/** @param row of famiglie.csv or convivenze.csv, open */
export function householdXml(row: Row, context: RecordContext): string {
  const family = row.file === 'famiglie.csv';
  const head = get(row, family ? 'id_intestatario' : 'id_responsabile');
  const from = wholeDate(get(row, 'dal'));
  return el(
    family ? 'famiglia' : 'convivenza',
    el(
      'idFamigliaConvivenzaComune',
      text('idFamigliaConvivenzaComuneIstat', context.comune),
      text('idFamigliaConvivenza', get(row, family ? 'id_famiglia' : 'id_convivenza')),
    ),
    text('dataOrigineFamigliaConvivenza', from),
    family
      ? text('motivoCostituzione', get(row, 'motivo'))
      : text('denominazioneConvivenza', unquoted(get(row, 'denominazione'))),
    family ? '' : text('specieConvivenza', get(row, 'specie_convivenza')),
    text('tipoScheda', family ? '1' : '2'),
    head === ''
      ? ''
      : el(
          'tipoTutoreIntestatario',
          other('generalita', head, '', context),
          text('dataIntestarioConvivenza', from),
        ),
  );
}
