/** Rows that come inside events: subjects, ties, families, addresses (tracciato.md 3, "Rows inside events"). */
import { type Day, firstDay, parsePartialDate } from '../../../kernel/day.ts';
import { type AddressRecord, isUnknownCode, type SoggettoRecord } from '../../../registry/claims/records.ts';
import type {
  HouseholdInEvent,
  HouseholdKey,
  LegameInEvent,
  Movement,
  Patch,
  Place,
} from '../../../registry/events/event-records.ts';
import type { Json } from '../archive/jsonl.ts';
import { subjectFault, warnRow } from '../register/subject-checks.ts';
import { ADDRESS_COLUMNS, SOGGETTI } from '../rows/file-specs.ts';
import { readAddress } from '../rows/form-address.ts';
import { readRelazione } from '../rows/form-histories.ts';
import { readSoggetto, S } from '../rows/form-soggetti.ts';
import type { RowForm } from '../rows/row-form.ts';
import { type EventReader, isObject, keysOf } from './event-keys.ts';

const AGREES: readonly [string, string] = [
  "non concorda con ciò che l'evento dice già",
  'it does not agree with what the event says already',
];

/** "As far as it is known": of a partial date the first day is what the event says. */
const firstDayIs = (text: string, said: string): boolean => {
  const date = parsePartialDate(text);
  return date !== null && firstDay(date) === said;
};

/** A value that the event says already may be missing, and must agree (SIP-202). */
export function repeated(r: EventReader, form: RowForm, column: number, name: string, said: string): RowForm {
  const cells = [...form.cells];
  if (cells[column] === '') cells[column] = said;
  else if (cells[column] !== said && !firstDayIs(cells[column]!, said)) r.fault(name, cells[column], AGREES);
  form.begin(form.riga, cells);
  return form;
}

export interface SubjectRules {
  readonly decorrenza: Day;
  readonly situazioneAl: Day;
  /** T7: the reason of the registration, where the event gives it. */
  readonly motivo: string | null;
}

/** A row of soggetti.csv inside an event. */
export function readSubject(
  r: EventReader,
  object: Json,
  rules: SubjectRules,
  others: readonly string[] = [],
): SoggettoRecord | null {
  let form = r.row(SOGGETTI, object, others);
  form = repeated(r, form, S.iscritto_dal, 'iscritto_dal', rules.decorrenza);
  if (rules.motivo !== null) form = repeated(r, form, S.motivo_iscrizione, 'motivo_iscrizione', rules.motivo);
  return finishSubject(r, form, rules.situazioneAl, rules.motivo);
}

/** Reads the row and what it warns of. */
export function finishSubject(
  r: EventReader,
  form: RowForm,
  situazioneAl: Day,
  motivo: string | null = null,
): SoggettoRecord | null {
  const record = readSoggetto(form);
  // What is wrong with the motivo of the event is told there (one cause, one finding).
  if (motivo !== null)
    form.warnings = form.warnings.filter((w) => w.campo !== 'motivo_iscrizione' || w.valore !== motivo);
  const id = form.cells[S.id_soggetto]!;
  r.settle(form, id);
  if (form.faults.length > 0) return null;
  const fault = subjectFault(record, situazioneAl);
  if (fault !== null) r.faults.push(fault);
  const placeKnown = !form.warnings.some((w) => w.codice === 'EC007' || w.codice === 'EC030');
  warnRow(record, r.reference, placeKnown, (warning) => r.warnings.push({ ...warning, id_soggetto: id }));
  return record;
}

const TIE = keysOf(['id_famiglia', 'id_convivenza', 'relazione']);
const [TIE_FAMIGLIA, TIE_CONVIVENZA, TIE_RELAZIONE] = [0, 1, 2] as const;

/** One of the two households; null where there is none or both. */
function oneHousehold(form: RowForm, famiglia: number, convivenza: number): HouseholdKey | null {
  const f = form.text(famiglia);
  const c = form.text(convivenza);
  if ((f === null) === (c === null)) return null;
  return f !== null ? { kind: 'famiglia', id: f } : { kind: 'convivenza', id: c! };
}

/** The tie of somebody who comes in by the event. */
export function readTie(
  r: EventReader,
  parent: Json,
  key: string,
  subject: SoggettoRecord | null,
  decorrenza: Day,
): LegameInEvent | null {
  const object = r.object(parent, key);
  if (object === null) return null;
  const form = r.row(TIE, object);
  const household = oneHousehold(form, TIE_FAMIGLIA, TIE_CONVIVENZA);
  form.require(TIE_RELAZIONE);
  const relazione = readRelazione(form, TIE_RELAZIONE, household?.kind ?? 'famiglia', decorrenza);
  r.settle(form, subject?.id_soggetto);
  if (household === null) {
    r.fault('id_famiglia', object['id_famiglia'] ?? object['id_convivenza'], [
      'serve una famiglia o una convivenza, non entrambe',
      'a family or a convivenza is needed, not both',
    ]);
    return null;
  }
  if (relazione === null) return null;
  if (household.kind === 'famiglia' && subject !== null) warnKinship(r, subject, relazione);
  return { household, relazione };
}

/** SIP-131: spouse (2) not married, partner (28) not in a union. */
function warnKinship(r: EventReader, s: SoggettoRecord, relazione: string): void {
  if (isUnknownCode(s.stato_civile) || s.stato_civile === '9') return;
  const wrong =
    (relazione === '2' && s.stato_civile !== '2') || (relazione === '28' && s.stato_civile !== '6');
  if (wrong)
    r.warnings.push({
      codice: 'SIP-131',
      campo: 'relazione',
      valore: relazione,
      altro: r.reference.describeCode('T1', s.stato_civile) ?? s.stato_civile,
      id_soggetto: s.id_soggetto,
    });
}

const FAMILY = keysOf(['id_famiglia', 'motivo', ...ADDRESS_COLUMNS]);
const FAMILY_ADDRESS = 2;

/** A family: a new one with its address, or an existing one by its id alone. */
export function readFamily(r: EventReader, object: Json): HouseholdInEvent | null {
  const form = r.row(FAMILY, object);
  const id = r.required(form, 0);
  const motivo = form.code(1, 'T26', 'EC004');
  const given = ADDRESS_COLUMNS.some((_, i) => form.cells[FAMILY_ADDRESS + i] !== '');
  const indirizzo: AddressRecord | null = given ? readAddress(form, FAMILY_ADDRESS) : null;
  r.settle(form);
  return form.faults.length > 0 ? null : { id, motivo, indirizzo };
}

const PLACE = keysOf(['comune', 'stato']);

/** Where from, or where to; null where it is not said. */
export function readPlace(r: EventReader, parent: Json, key: string): Place | null {
  if (parent[key] === undefined || parent[key] === null) return null;
  const object = r.object(parent, key);
  if (object === null) return null;
  const form = r.row(PLACE, object);
  const place = { comune: form.comune(0), stato: form.state(1) };
  r.settle(form);
  if (form.faults.length === 0 && (place.comune === null) === (place.stato === null))
    r.fault(key, object, ['serve un comune o uno Stato', 'a comune or a state is needed']);
  return place;
}

const MOVEMENT = keysOf(['id_soggetto', 'relazione']);
const ENDS = keysOf(['id_famiglia', 'id_convivenza']);

/** One end of a movement: an id_famiglia, or in a CONVIVENZA an object with one of the two. */
function readEnd(r: EventReader, value: unknown, campo: string): HouseholdKey | null {
  if (typeof value === 'string' && value.trim() !== '') return { kind: 'famiglia', id: value.trim() };
  if (isObject(value)) {
    const form = r.row(ENDS, value);
    const household = oneHousehold(form, 0, 1);
    r.settle(form);
    if (household !== null) return household;
  }
  r.fault(campo, value, ['serve una famiglia o una convivenza', 'a family or a convivenza is needed']);
  return null;
}

export function readMovements(r: EventReader, parent: Json, decorrenza: Day): Movement[] {
  const movimenti = r.objects(parent, 'movimenti', false).flatMap((object) => {
    const form = r.row(MOVEMENT, object, ['da', 'a']);
    const id = r.required(form, 0);
    const a = readEnd(r, object['a'], 'a');
    const da = readEnd(r, object['da'], 'da');
    form.require(1);
    const relazione = readRelazione(form, 1, a?.kind ?? 'famiglia', decorrenza);
    r.settle(form, id);
    return a === null || relazione === null ? [] : [{ id_soggetto: id, da, a, relazione }];
  });
  r.checkRepeated(
    movimenti.map((m) => m.id_soggetto),
    'id_soggetto',
  );
  return movimenti;
}

/** Kinships told of named subjects. */
export function readRelations(
  r: EventReader,
  parent: Json,
  key: string,
  decorrenza: Day,
): { id_soggetto: string; relazione: string }[] {
  return r.objects(parent, key, false).flatMap((object) => {
    const form = r.row(MOVEMENT, object);
    const id = r.required(form, 0);
    form.require(1);
    const relazione = readRelazione(form, 1, 'famiglia', decorrenza);
    r.settle(form, id);
    return relazione === null ? [] : [{ id_soggetto: id, relazione }];
  });
}

/** The keys that were given among the columns of a row, null where they remove. */
export function patchOf(
  form: RowForm,
  object: Json,
  names: readonly string[],
  value: (name: string, column: number) => string | null,
): Patch {
  const patch: Record<string, string | null> = {};
  for (const [column, name] of names.entries())
    if (Object.hasOwn(object, name)) patch[name] = form.cells[column] === '' ? null : value(name, column);
  return patch;
}
