/** The `dati` of each operation, key by key as the page gives them (tracciato.md 3, the table and "How events read"). */
import { certainlyBefore, type Day, firstDay, parsePartialDate } from '../../../kernel/day.ts';
import type { MotivoGeneralita } from '../../../registry/claims/records.ts';
import type { AddressPatch, EventData, Operazione, Patch } from '../../../registry/events/event-records.ts';
import type { Json } from '../archive/jsonl.ts';
import { checkCodeForm } from '../register/codice-fiscale-checks.ts';
import { endsBeforeStart } from '../register/spell-checks.ts';
import { ADDRESS_COLUMNS, CONVIVENZE } from '../rows/file-specs.ts';
import { readAddress } from '../rows/form-address.ts';
import { readConvivenza } from '../rows/form-households.ts';
import { codiceFiscale } from '../rows/form-soggetti.ts';
import type { Fault } from '../rows/row-form.ts';
import { birthComuneFault } from '../rows/row-places.ts';
import { type EventReader, isObject, keysOf } from './event-keys.ts';
import {
  patchOf,
  readFamily,
  readMovements,
  readPlace,
  readRelations,
  readSubject,
  readTie,
} from './event-rows.ts';
import { readScheda } from './event-scheda.ts';

export interface EventDates {
  readonly decorrenza: Day;
  readonly situazioneAl: Day;
}

type Reader<O extends Operazione> = (r: EventReader, dati: Json, dates: EventDates) => EventData[O] | null;

const NEEDED: readonly [string, string] = ['il dato è obbligatorio', 'the datum is mandatory'];

const nascita: Reader<'NASCITA'> = (r, dati, dates) => {
  r.checkKeys(dati, null, ['soggetto', 'legame']);
  const object = r.object(dati, 'soggetto');
  // T7 1: by birth.
  const soggetto = object === null ? null : readSubject(r, object, { ...dates, motivo: '1' });
  const legame = readTie(r, dati, 'legame', soggetto, dates.decorrenza);
  return soggetto === null || legame === null ? null : { soggetto, legame };
};

function arrivals(r: EventReader, dati: Json, dates: EventDates, motivo: string | null) {
  const arriving = r.objects(dati, 'soggetti', true).flatMap((object) => {
    const soggetto = readSubject(r, object, { ...dates, motivo }, ['legame']);
    const legame = readTie(r, object, 'legame', soggetto, dates.decorrenza);
    return soggetto === null || legame === null ? [] : [{ soggetto, legame }];
  });
  r.checkRepeated(
    arriving.map((a) => a.soggetto.id_soggetto),
    'id_soggetto',
  );
  return arriving;
}

const ISCRIZIONE_KEYS = keysOf(['motivo']);

const iscrizione: Reader<'ISCRIZIONE'> = (r, dati, dates) => {
  const form = r.row(ISCRIZIONE_KEYS, dati, ['provenienza', 'soggetti', 'famiglia']);
  form.require(0);
  const motivo = form.code(0, 'T7', 'EC006');
  r.settle(form);
  const provenienza = readPlace(r, dati, 'provenienza');
  const soggetti = arrivals(r, dati, dates, form.cells[0] === '' ? null : form.cells[0]!);
  const famiglia = isObject(dati['famiglia']) ? readFamily(r, dati['famiglia']) : null;
  if (!isObject(dati['famiglia']) && dati['famiglia'] != null) r.object(dati, 'famiglia');
  return motivo === null ? null : { motivo, provenienza, soggetti, famiglia };
};

const MORTE_KEYS = keysOf(['id_soggetto', 'data_morte', 'comune_morte', 'stato_morte']);

const morte: Reader<'MORTE'> = (r, dati, { decorrenza }) => {
  const form = r.row(MORTE_KEYS, dati);
  const id_soggetto = r.required(form, 0);
  const data_morte = form.date(1) ?? decorrenza;
  const comune_morte = form.comune(2);
  const stato_morte = form.state(3);
  r.settle(form);
  if (form.faults.length === 0 && comune_morte === null && stato_morte === null)
    r.fault('comune_morte', '', NEEDED);
  // "A partial data_morte has its first day as decorrenza."
  if (form.faults.length === 0 && firstDay(data_morte) !== decorrenza)
    r.fault('data_morte', form.cells[1], [
      `non concorda con la decorrenza ${decorrenza}`,
      `it does not agree with decorrenza ${decorrenza}`,
    ]);
  return { id_soggetto, data_morte, comune_morte, stato_morte };
};

const CANCELLAZIONE_KEYS = keysOf(['motivo']);
/** T15 1 and 2 are deaths. */
const DEATHS: ReadonlySet<string> = new Set(['1', '2']);

const cancellazione: Reader<'CANCELLAZIONE'> = (r, dati) => {
  const form = r.row(CANCELLAZIONE_KEYS, dati, ['id_soggetti', 'destinazione']);
  form.require(0);
  const motivo = form.code(0, 'T15', 'SIP-124');
  r.settle(form);
  if (motivo !== null && DEATHS.has(motivo))
    r.fault('motivo', motivo, ['una morte si comunica con MORTE', 'a death is told with MORTE']);
  const id_soggetti = r.texts(dati, 'id_soggetti', true);
  const destinazione = readPlace(r, dati, 'destinazione');
  return motivo === null ? null : { motivo, id_soggetti, destinazione };
};

const CAMBIO_KEYS = keysOf(['id_famiglia']);

const cambioAbitazione: Reader<'CAMBIO_ABITAZIONE'> = (r, dati, { decorrenza }) => {
  const form = r.row(CAMBIO_KEYS, dati, ['id_soggetti', 'legami', 'famiglia']);
  const id_famiglia = form.text(0);
  r.settle(form);
  const object = r.object(dati, 'famiglia');
  const famiglia = object === null ? null : readFamily(r, object);
  const id_soggetti = r.texts(dati, 'id_soggetti', id_famiglia === null);
  const legami = readRelations(r, dati, 'legami', decorrenza);
  if (id_famiglia === null)
    for (const id of id_soggetti)
      if (!legami.some((l) => l.id_soggetto === id)) r.fault('legami', id, NEEDED);
  if (id_famiglia !== null && famiglia?.id === id_famiglia && famiglia.indirizzo === null)
    r.fault('famiglia', dati['famiglia'], ['manca il nuovo indirizzo', 'the new address is missing']);
  return famiglia === null ? null : { id_famiglia, id_soggetti, legami, famiglia };
};

const FAMIGLIA_KEYS = keysOf(['id_intestatario']);

const famiglia: Reader<'FAMIGLIA'> = (r, dati, { decorrenza }) => {
  const form = r.row(FAMIGLIA_KEYS, dati, ['movimenti', 'famiglia', 'relazioni']);
  const id_intestatario = form.text(0);
  r.settle(form);
  const movimenti = readMovements(r, dati, decorrenza);
  const relazioni = readRelations(r, dati, 'relazioni', decorrenza);
  const nuova = isObject(dati['famiglia']) ? readFamily(r, dati['famiglia']) : null;
  if (nuova === null && dati['famiglia'] != null && r.faults.length === 0) r.object(dati, 'famiglia');
  if (movimenti.length === 0 && id_intestatario === null && r.faults.length === 0)
    r.fault('movimenti', dati['movimenti'], [
      'servono movimenti, o un nuovo intestatario',
      'movements are needed, or a new head',
    ]);
  return { movimenti, famiglia: nuova, id_intestatario, relazioni };
};

const CONVIVENZA_KEYS = keysOf(['azione']);
const AZIONI = ['APERTURA', 'MODIFICA', 'CHIUSURA'] as const;
const CONVIVENZA_COLUMNS = ['specie_convivenza', 'denominazione', 'id_responsabile'];

const convivenza: Reader<'CONVIVENZA'> = (r, dati, { decorrenza }) => {
  const form = r.row(CONVIVENZA_KEYS, dati, ['convivenza', 'movimenti']);
  form.require(0);
  const azione = form.oneOf(0, AZIONI);
  r.settle(form);
  const object = r.object(dati, 'convivenza');
  const movimenti = readMovements(r, dati, decorrenza);
  if (azione === null || object === null) return null;
  const row = r.row(CONVIVENZE, object);
  const record = readConvivenza(row);
  // "In MODIFICA and CHIUSURA of a convivenza every column but id_convivenza" may be missing.
  if (azione !== 'APERTURA')
    row.faults = row.faults.filter((f) => f.codice !== 'SIP-101' || f.campo === 'id_convivenza');
  r.settle(row);
  if (azione === 'APERTURA' && row.faults.length === 0 && endsBeforeStart(record))
    r.faults.push({ codice: 'SIP-106', campo: 'al', valore: record.al!, altro: record.dal });
  const names = CONVIVENZE.columns.map((c) => c.name);
  const all = patchOf(row, object, names, (name, column) =>
    name === 'specie_convivenza' ? record.motivo : (row.cells[column] ?? null),
  );
  const columns = Object.fromEntries(
    Object.entries(all).filter(([name]) => CONVIVENZA_COLUMNS.includes(name)),
  );
  const given = ADDRESS_COLUMNS.filter((name) => Object.hasOwn(object, name));
  return {
    azione,
    id_convivenza: record.id,
    dal: record.dal ?? null,
    al: record.al,
    columns,
    indirizzo: given.length > 0 ? readAddress(row, names.indexOf('specie')) : null,
    indirizzo_dato: given,
    movimenti,
  };
};

const STATO_CIVILE_KEYS = keysOf(['id_soggetto', 'stato_civile', 'id_coniuge', 'cf_coniuge', 'atto']);

const statoCivile: Reader<'STATO_CIVILE'> = (r, dati) => {
  const form = r.row(STATO_CIVILE_KEYS, dati);
  const id_soggetto = r.required(form, 0);
  form.require(1);
  const stato_civile = form.code(1, 'T1', 'EC001');
  const value = { id_coniuge: form.text(2), cf_coniuge: codiceFiscale(form, 3), atto: form.text(4) };
  r.settle(form, id_soggetto);
  // "Mandatory are all keys but … the spouse outside 2 and 6."
  const binds = stato_civile === '2' || stato_civile === '6';
  if (binds && value.id_coniuge === null && value.cf_coniuge === null) r.fault('id_coniuge', '', NEEDED);
  return stato_civile === null ? null : { id_soggetto, stato_civile, ...value };
};

const CITTADINANZA_KEYS = keysOf(['id_soggetto', 'cittadinanza', 'altra_cittadinanza']);

const cittadinanza: Reader<'CITTADINANZA'> = (r, dati) => {
  const form = r.row(CITTADINANZA_KEYS, dati);
  const id_soggetto = r.required(form, 0);
  form.require(1);
  const stato = form.stateCode(1, 'EC036');
  const altra = form.stateCode(2, 'EC036');
  r.settle(form, id_soggetto);
  if (stato === null) return null;
  const told = Object.hasOwn(dati, 'altra_cittadinanza');
  return { id_soggetto, cittadinanza: stato, altra_cittadinanza: told ? altra : undefined };
};

const GENERALITA_COLUMNS = [
  'codice_fiscale',
  'validita_cf',
  'cognome',
  'nome',
  'sesso',
  'data_nascita',
  'comune_nascita',
  'stato_nascita',
  'localita_nascita',
];
const GENERALITA_KEYS = keysOf([...GENERALITA_COLUMNS, 'id_soggetto', 'motivo']);
const MOTIVI = ['MATRIMONIO', 'RETTIFICA', 'ADOZIONE', 'SESSO', 'CITTADINANZA', 'ALTRO'] as const;

const BOTH_PLACES: readonly [string, string] = [
  'la nascita è in un comune o in uno Stato, non in tutti e due',
  'birth is in a comune or in a state, not in both',
];

const generalita: Reader<'GENERALITA'> = (r, dati, { situazioneAl }) => {
  const form = r.row(GENERALITA_KEYS, dati);
  const at = GENERALITA_COLUMNS.length;
  const id_soggetto = r.required(form, at);
  form.require(at + 1);
  const motivo: MotivoGeneralita | null = form.oneOf(at + 1, MOTIVI);
  const columns = patchOf(form, dati, GENERALITA_COLUMNS, (name, column) => {
    switch (name) {
      case 'codice_fiscale':
        return codiceFiscale(form, column);
      case 'validita_cf':
        return form.oneOf(column, ['1', '9']);
      case 'sesso':
        return form.oneOf(column, ['M', 'F']);
      case 'data_nascita':
        return form.date(column);
      case 'comune_nascita':
        return form.comune(column);
      case 'stato_nascita':
        return form.stateCode(column, 'EC030');
      case 'cognome':
      case 'nome':
        return form.text(column, 80);
      default:
        return form.text(column);
    }
  });
  checkIdentity(r, columns, (fault) => r.warnings.push({ ...fault, id_soggetto }));
  r.settle(form, id_soggetto);
  for (const name of ['sesso', 'data_nascita']) if (columns[name] === null) r.fault(name, '', NEEDED);
  if (columns['comune_nascita'] != null && columns['stato_nascita'] != null)
    r.fault('stato_nascita', columns['stato_nascita'], BOTH_PLACES);
  const birth = columns['data_nascita'] == null ? null : parsePartialDate(columns['data_nascita']);
  if (birth !== null && certainlyBefore(situazioneAl, birth))
    r.faults.push({ codice: 'ES008', campo: 'data_nascita', valore: birth, altro: situazioneAl });
  atLeastOne(r, columns, GENERALITA_COLUMNS);
  return motivo === null ? null : { id_soggetto, motivo, columns };
};

/** What the new data say by themselves: the form of the code, a comune that was not there at birth. */
function checkIdentity(r: EventReader, columns: Patch, warn: (fault: Fault) => void): void {
  const { codice_fiscale: code, comune_nascita: comune, data_nascita } = columns;
  if (typeof code === 'string') checkCodeForm(code, warn);
  const birth = typeof data_nascita === 'string' ? parsePartialDate(data_nascita) : null;
  if (typeof comune !== 'string' || birth === null) return;
  const perche = birthComuneFault(r.reference, comune, birth);
  if (perche !== null) warn({ codice: 'EC007', campo: 'comune_nascita', valore: comune, perche });
}

/** "One of them at least." */
function atLeastOne(r: EventReader, columns: Patch, names: readonly string[]): void {
  if (Object.keys(columns).length === 0)
    r.fault(names[0]!, '', ['serve almeno un dato da cambiare', 'one datum to change is needed at least']);
}

const GENITORI_COLUMNS = ['id_padre', 'cf_padre', 'id_madre', 'cf_madre'];
const DOCUMENTO_COLUMNS = ['documento_tipo', 'documento_numero', 'documento_rilascio', 'documento_scadenza'];
const SOGGIORNO_COLUMNS = ['soggiorno_tipo', 'soggiorno_scadenza'];

function columnsEvent<O extends 'GENITORI' | 'DOCUMENTO' | 'SOGGIORNO'>(names: readonly string[]): Reader<O> {
  const keys = keysOf([...names, 'id_soggetto']);
  return (r, dati) => {
    const form = r.row(keys, dati);
    const id_soggetto = r.required(form, names.length);
    const columns = patchOf(form, dati, names, (name, column) => {
      if (name.startsWith('cf_')) return codiceFiscale(form, column);
      if (name === 'documento_tipo') return form.oneOf(column, ['CIE', 'CI']);
      if (name === 'soggiorno_tipo') return form.code(column, 'T8', 'EC063');
      if (name.endsWith('_rilascio') || name.endsWith('_scadenza')) return form.day(column);
      return form.text(column);
    });
    r.settle(form, id_soggetto);
    atLeastOne(r, columns, names);
    return { id_soggetto, columns };
  };
}

const RISERVATEZZA_KEYS = keysOf(['id_soggetto', 'riservatezza']);

const riservatezza: Reader<'RISERVATEZZA'> = (r, dati) => {
  const form = r.row(RISERVATEZZA_KEYS, dati);
  const id_soggetto = r.required(form, 0);
  if (!Object.hasOwn(dati, 'riservatezza')) form.require(1);
  const marked = form.mark(1);
  r.settle(form, id_soggetto);
  return { id_soggetto, riservatezza: marked };
};

const ADDRESS_KEYS = keysOf(ADDRESS_COLUMNS);

const toponomastica: Reader<'TOPONOMASTICA'> = (r, dati) => {
  r.checkKeys(dati, null, ['da', 'a']);
  const patch = (key: string): AddressPatch => {
    const object = r.object(dati, key);
    if (object === null) return {};
    const form = r.row(ADDRESS_KEYS, object);
    const columns = patchOf(form, object, ADDRESS_COLUMNS, (_, column) => form.text(column));
    r.settle(form);
    if (Object.keys(columns).length === 0) r.fault(key, '', NEEDED);
    return columns;
  };
  return { da: patch('da'), a: patch('a') };
};

const TERRITORIO_KEYS = keysOf(['a', 'da']);

const territorio: Reader<'TERRITORIO'> = (r, dati, dates) => {
  const form = r.row(TERRITORIO_KEYS, dati, ['sezioni', 'id_famiglie', 'famiglie', 'soggetti']);
  const [a, da] = [form.comune(0), form.comune(1)];
  r.settle(form);
  if ((a === null) === (da === null)) {
    r.fault('a', form.cells[0], [
      'serve il comune verso cui, o quello da cui',
      'the comune towards which, or from which, is needed',
    ]);
    return null;
  }
  const sezioni = r.texts(dati, 'sezioni', false);
  const id_famiglie = r.texts(dati, 'id_famiglie', a !== null && sezioni.length === 0);
  // T7 9: with the land.
  const soggetti = da === null ? [] : arrivals(r, dati, dates, '9');
  const famiglie =
    da === null ? [] : r.objects(dati, 'famiglie', true).flatMap((f) => readFamily(r, f) ?? []);
  r.checkRepeated(
    famiglie.map((f) => f.id),
    'id_famiglia',
  );
  return { a, da, sezioni, id_famiglie, famiglie, soggetti };
};

export const READERS: { readonly [O in Operazione]: Reader<O> } = {
  NASCITA: nascita,
  ISCRIZIONE: iscrizione,
  MORTE: morte,
  CANCELLAZIONE: cancellazione,
  CAMBIO_ABITAZIONE: cambioAbitazione,
  FAMIGLIA: famiglia,
  CONVIVENZA: convivenza,
  STATO_CIVILE: statoCivile,
  CITTADINANZA: cittadinanza,
  GENERALITA: generalita,
  GENITORI: columnsEvent<'GENITORI'>(GENITORI_COLUMNS),
  DOCUMENTO: columnsEvent<'DOCUMENTO'>(DOCUMENTO_COLUMNS),
  SOGGIORNO: columnsEvent<'SOGGIORNO'>(SOGGIORNO_COLUMNS),
  RISERVATEZZA: riservatezza,
  SCHEDA: readScheda,
  TOPONOMASTICA: toponomastica,
  TERRITORIO: territorio,
};
