/** Form of the rows that belong to a subject: memberships and histories (tracciato.md 2). */
import type { PartialDate } from '../../../kernel/day.ts';
import type {
  CittadinanzaRecord,
  Code,
  GeneralitaRecord,
  IscrizioneRecord,
  LegameRecord,
  MotivoGeneralita,
  ResidenzaRecord,
  StatoCivileRecord,
} from '../../../registry/claims/records.ts';
import type { Words } from '../messages/message-rule.ts';
import { columnsOf } from './columns.ts';
import { CITTADINANZE, GENERALITA, ISCRIZIONI, LEGAMI, RESIDENZE, STATI_CIVILI } from './file-specs.ts';
import { readAddress } from './form-address.ts';
import { codiceFiscale } from './form-soggetti.ts';
import type { RowForm } from './row-form.ts';

/** id_soggetto is the first column of all of them. */
const ID_SOGGETTO = 0;

export const L = columnsOf(LEGAMI, ['id_famiglia', 'id_convivenza', 'relazione', 'progressivo', 'dal', 'al']);
const R = columnsOf(RESIDENZE, ['dal', 'al', 'specie']);
export const I = columnsOf(ISCRIZIONI, [
  'dal',
  'al',
  'motivo_iscrizione',
  'motivo_cancellazione',
  'comune_provenienza',
  'stato_provenienza',
  'comune_destinazione',
  'stato_destinazione',
]);
export const SC = columnsOf(STATI_CIVILI, ['stato_civile', 'dal', 'al', 'id_coniuge', 'cf_coniuge', 'atto']);
export const CI = columnsOf(CITTADINANZE, ['stato', 'dal', 'al']);
export const G = columnsOf(GENERALITA, ['dal', 'al', 'codice_fiscale', 'cognome', 'nome', 'sesso', 'motivo']);

const SEXES = ['M', 'F'] as const;
const MOTIVES: readonly MotivoGeneralita[] = [
  'MATRIMONIO',
  'RETTIFICA',
  'ADOZIONE',
  'SESSO',
  'CITTADINANZA',
  'ALTRO',
];
const TWO_HOUSEHOLDS: Words = [
  'il legame è con una famiglia o con una convivenza, non con tutte e due',
  'a membership is of a famiglia or of a convivenza, not of both',
];
const NO_HOUSEHOLD: Words = ['serve la famiglia o la convivenza', 'the famiglia or the convivenza is needed'];

/** A relation: in a famiglia T5, retired or not on the day on which it begins (EN064); in a convivenza T6. */
export function readRelazione(
  f: RowForm,
  column: number,
  kind: 'famiglia' | 'convivenza',
  dal: PartialDate | null,
): Code | null {
  if (kind === 'convivenza') return f.code(column, 'T6', 'EC003');
  const relazione = f.code(column, 'T5', 'EC002');
  const { reference } = f;
  if (relazione !== null && dal !== null && reference.isCode('T5', relazione))
    if (!reference.codeValidOn('T5', relazione, dal)) f.warn('EN064', column);
  return relazione;
}

export function readLegame(f: RowForm): LegameRecord {
  f.require(ID_SOGGETTO);
  f.require(L.relazione);
  f.require(L.dal);
  const famiglia = f.text(L.id_famiglia);
  const convivenza = f.text(L.id_convivenza);
  if (f.cells[L.id_famiglia] !== '' && f.cells[L.id_convivenza] !== '')
    f.fault('SIP-102', L.id_convivenza, TWO_HOUSEHOLDS);
  if (f.cells[L.id_famiglia] === '' && f.cells[L.id_convivenza] === '')
    f.fault('SIP-101', L.id_famiglia, NO_HOUSEHOLD);
  const kind = famiglia === null ? 'convivenza' : 'famiglia';
  const dal = f.date(L.dal);
  const relazione = readRelazione(f, L.relazione, kind, dal);
  return {
    riga: f.riga,
    kind,
    id_household: (famiglia ?? convivenza)!,
    relazione: relazione!,
    progressivo: f.number(L.progressivo),
    dal: dal!,
    al: f.day(L.al),
  };
}

export function readResidenza(f: RowForm): ResidenzaRecord {
  f.require(ID_SOGGETTO);
  f.require(R.dal);
  return { riga: f.riga, dal: f.date(R.dal)!, al: f.day(R.al), indirizzo: readAddress(f, R.specie) };
}

export function readIscrizione(f: RowForm): IscrizioneRecord {
  f.require(ID_SOGGETTO);
  f.require(I.dal);
  f.require(I.al);
  f.require(I.motivo_iscrizione);
  return {
    riga: f.riga,
    dal: f.date(I.dal)!,
    al: f.day(I.al)!,
    motivo_iscrizione: f.code(I.motivo_iscrizione, 'T7', 'EC006')!,
    motivo_cancellazione: f.code(I.motivo_cancellazione, 'T15', 'SIP-124'),
    comune_provenienza: f.comune(I.comune_provenienza),
    stato_provenienza: f.state(I.stato_provenienza),
    comune_destinazione: f.comune(I.comune_destinazione),
    stato_destinazione: f.state(I.stato_destinazione),
  };
}

export function readStatoCivile(f: RowForm): StatoCivileRecord {
  f.require(ID_SOGGETTO);
  f.require(SC.stato_civile);
  f.require(SC.dal);
  return {
    riga: f.riga,
    stato_civile: f.code(SC.stato_civile, 'T1', 'EC001')!,
    dal: f.date(SC.dal)!,
    al: f.day(SC.al),
    id_coniuge: f.text(SC.id_coniuge),
    cf_coniuge: codiceFiscale(f, SC.cf_coniuge),
    atto: f.text(SC.atto),
  };
}

export function readCittadinanza(f: RowForm): CittadinanzaRecord {
  f.require(ID_SOGGETTO);
  f.require(CI.stato);
  f.require(CI.dal);
  return {
    riga: f.riga,
    stato: f.stateCode(CI.stato, 'EC036')!,
    dal: f.date(CI.dal)!,
    al: f.day(CI.al),
  };
}

export function readGeneralita(f: RowForm): GeneralitaRecord {
  f.require(ID_SOGGETTO);
  f.require(G.dal);
  f.require(G.al);
  return {
    riga: f.riga,
    dal: f.date(G.dal)!,
    al: f.day(G.al)!,
    codice_fiscale: codiceFiscale(f, G.codice_fiscale),
    cognome: f.text(G.cognome, 80),
    nome: f.text(G.nome, 80),
    sesso: f.oneOf(G.sesso, SEXES),
    motivo: f.oneOf(G.motivo, MOTIVES),
  };
}
