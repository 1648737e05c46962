/** Form of a row of soggetti.csv (tracciato.md 2). */
import type { Posizione, SoggettoRecord } from '../../../registry/claims/records.ts';
import type { Words } from '../messages/message-rule.ts';
import { columnsOf } from './columns.ts';
import { SOGGETTI } from './file-specs.ts';
import type { RowForm } from './row-form.ts';
import { birthComuneFault } from './row-places.ts';

export const S = columnsOf(SOGGETTI, [
  'id_soggetto',
  'codice_fiscale',
  'validita_cf',
  'cognome',
  'nome',
  'sesso',
  'data_nascita',
  'comune_nascita',
  'stato_nascita',
  'localita_nascita',
  'atto_nascita',
  'id_padre',
  'cf_padre',
  'id_madre',
  'cf_madre',
  'stato_civile',
  'stato_civile_dal',
  'id_coniuge',
  'cf_coniuge',
  'cittadinanza',
  'cittadinanza_dal',
  'altra_cittadinanza',
  'posizione',
  'iscritto_dal',
  'motivo_iscrizione',
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
  'data_aggiornamento',
]);

/** "up to 20 characters", "up to 80" (tracciato.md 2). */
const MAX_ID = 20;
const MAX_NAME = 80;
const SEXES = ['M', 'F'] as const;
const POSITIONS = ['RESIDENTE', 'CANCELLATO', 'DECEDUTO'] as const;
const DOCUMENTS = ['CIE', 'CI'] as const;
const VALIDITY = ['1', '9'] as const;

const MANDATORY = [
  S.id_soggetto,
  S.sesso,
  S.data_nascita,
  S.stato_civile,
  S.cittadinanza,
  S.posizione,
  S.iscritto_dal,
  S.motivo_iscrizione,
  S.data_aggiornamento,
];

const BOTH_PLACES: Words = [
  'la nascita è in un comune o in uno Stato, non in tutti e due',
  'birth is in a comune or in a state, not in both',
];
const NO_ACT: Words = [
  'non ha la forma comune/anno/parte/serie/numero',
  'it is not comune/anno/parte/serie/numero',
];
const OF_A_RESIDENT: Words = ['la posizione è RESIDENTE', 'the position is RESIDENTE'];
const NO_PLACE: Words = [
  'serve il comune o lo Stato di nascita',
  'the comune or the state of birth is needed',
];

/** Codice fiscale as it is compared everywhere: upper case. Its own faults are warnings (codice-fiscale-checks.ts). */
export function codiceFiscale(f: RowForm, column: number): string | null {
  return f.text(column)?.toUpperCase() ?? null;
}

/** What the position asks for and what it excludes (tracciato.md 2, "cancellato_dal" and "data_morte"). */
function checkPosition(f: RowForm, posizione: Posizione): void {
  const { cells } = f;
  if (posizione === 'RESIDENTE') {
    // One contradiction, one finding, whichever of the columns says it.
    const said = [S.cancellato_dal, S.motivo_cancellazione, S.data_morte].find((c) => cells[c] !== '');
    if (said !== undefined) f.fault('SIP-102', said, OF_A_RESIDENT);
  } else if (posizione === 'CANCELLATO') {
    f.require(S.cancellato_dal);
    f.require(S.motivo_cancellazione);
  } else f.require(S.data_morte);
}

function checkPlaceOfBirth(f: RowForm): void {
  const { cells } = f;
  const comune = cells[S.comune_nascita] !== '';
  const state = cells[S.stato_nascita] !== '';
  if (!comune && !state) f.fault('SIP-101', S.comune_nascita, NO_PLACE);
  if (comune && state) f.fault('SIP-102', S.stato_nascita, BOTH_PLACES);
}

/** comune/anno/parte/serie/numero: five parts, of which some may be empty. */
function act(f: RowForm): string | null {
  const text = f.text(S.atto_nascita);
  if (text === null || text.split('/').length === 5) return text;
  return f.fault('SIP-102', S.atto_nascita, NO_ACT);
}

/** The record of the row at hand; to be used only where `f.faults` is empty. */
export function readSoggetto(f: RowForm): SoggettoRecord {
  for (const column of MANDATORY) if (f.cells[column] === '') f.fault('SIP-101', column);
  if (f.cells[S.cognome] === '' && f.cells[S.nome] === '')
    f.faults.push({ codice: 'ES049', campo: 'cognome', valore: '' });
  checkPlaceOfBirth(f);
  const posizione = f.oneOf(S.posizione, POSITIONS);
  if (posizione !== null) checkPosition(f, posizione);
  const record: SoggettoRecord = {
    riga: f.riga,
    id_soggetto: f.text(S.id_soggetto, MAX_ID)!,
    codice_fiscale: codiceFiscale(f, S.codice_fiscale),
    validita_cf: f.oneOf(S.validita_cf, VALIDITY),
    cognome: f.text(S.cognome, MAX_NAME),
    nome: f.text(S.nome, MAX_NAME),
    sesso: f.oneOf(S.sesso, SEXES)!,
    data_nascita: f.date(S.data_nascita)!,
    comune_nascita: f.comune(S.comune_nascita),
    stato_nascita: f.stateCode(S.stato_nascita, 'EC030'),
    localita_nascita: f.text(S.localita_nascita),
    atto_nascita: act(f),
    id_padre: f.text(S.id_padre),
    cf_padre: codiceFiscale(f, S.cf_padre),
    id_madre: f.text(S.id_madre),
    cf_madre: codiceFiscale(f, S.cf_madre),
    stato_civile: f.code(S.stato_civile, 'T1', 'EC001')!,
    stato_civile_dal: f.date(S.stato_civile_dal),
    id_coniuge: f.text(S.id_coniuge),
    cf_coniuge: codiceFiscale(f, S.cf_coniuge),
    cittadinanza: f.stateCode(S.cittadinanza, 'EC036')!,
    cittadinanza_dal: f.date(S.cittadinanza_dal),
    altra_cittadinanza: f.stateCode(S.altra_cittadinanza, 'EC036'),
    posizione: posizione!,
    iscritto_dal: f.date(S.iscritto_dal)!,
    motivo_iscrizione: f.code(S.motivo_iscrizione, 'T7', 'EC006')!,
    comune_provenienza: f.comune(S.comune_provenienza),
    stato_provenienza: f.state(S.stato_provenienza),
    cancellato_dal: f.date(S.cancellato_dal),
    motivo_cancellazione: f.code(S.motivo_cancellazione, 'T15', 'SIP-124'),
    comune_destinazione: f.comune(S.comune_destinazione),
    stato_destinazione: f.state(S.stato_destinazione),
    data_morte: f.date(S.data_morte),
    comune_morte: f.comune(S.comune_morte),
    stato_morte: f.state(S.stato_morte),
    titolo_studio: f.code(S.titolo_studio, 'T11', 'EC066'),
    posizione_professionale: f.code(S.posizione_professionale, 'T9', 'EC064'),
    condizione_non_professionale: f.code(S.condizione_non_professionale, 'T10', 'EC065'),
    documento_tipo: f.oneOf(S.documento_tipo, DOCUMENTS),
    documento_numero: f.text(S.documento_numero),
    documento_rilascio: f.day(S.documento_rilascio),
    documento_scadenza: f.day(S.documento_scadenza),
    soggiorno_tipo: f.code(S.soggiorno_tipo, 'T8', 'EC063'),
    soggiorno_scadenza: f.day(S.soggiorno_scadenza),
    riservatezza: f.cells[S.riservatezza] === '' ? null : f.mark(S.riservatezza),
    data_aggiornamento: f.day(S.data_aggiornamento)!,
  };
  if (f.faults.length === 0 && record.comune_nascita !== null) {
    const perche = birthComuneFault(f.reference, record.comune_nascita, record.data_nascita);
    if (perche !== null) f.warn('EC007', S.comune_nascita, { perche });
  }
  return record;
}
