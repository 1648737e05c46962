/** Defects that set a row aside; one at most in a unit, since others may fall with it. */
import { dayNumber, dayText } from '../calendar.ts';
import type { Person } from '../model.ts';
import { type Spoil, type Spoilt, setAside } from './defect.ts';
import { get, type Row, set, type UnitRows } from './unit-rows.ts';

const blank =
  (codice: string, ...columns: string[]): Spoil =>
  (unit, person) => {
    if (!person.resident || convivenza(unit, person)) return null;
    for (const column of columns) set(unit.subject(person.id), column, '');
    return setAside(unit, person, codice);
  };

const convivenza = (unit: UnitRows, person: Person): boolean => {
  const tie = unit.tie(person.id);
  return tie !== undefined && get(tie, 'id_convivenza') !== '';
};

const noDate: Spoil = (unit, person) => {
  if (!person.resident || convivenza(unit, person)) return null;
  set(unit.subject(person.id), 'data_nascita', `${dayText(person.birth).slice(0, 4)}-02-30`);
  return setAside(unit, person, 'SIP-102');
};

const beforeBirth: Spoil = (unit, person) => {
  if (!person.resident || convivenza(unit, person)) return null;
  set(unit.subject(person.id), 'iscritto_dal', dayText(person.birth - 400));
  return setAside(unit, person, 'SIP-107');
};

const unborn: Spoil = (unit, person) => {
  if (!person.resident || convivenza(unit, person)) return null;
  set(unit.subject(person.id), 'data_nascita', '2025-01-05');
  return setAside(unit, person, 'ES008');
};

/** The same row again: the second is set aside, and nobody is lost. */
const again: Spoil = (unit, person) => {
  const row = unit.copy(unit.subject(person.id));
  return { row, idSoggetto: person.id, codice: 'SIP-103', fallen: 'row' };
};

const homeless: Spoil = (unit, person) => {
  const tie = unit.tie(person.id);
  const family = tie === undefined ? undefined : unit.family(tie);
  if (tie === undefined || family === undefined || !person.resident) return null;
  if (get(tie, 'relazione') === '1' || unit.members(family).length < 2) return null;
  unit.rows.splice(unit.rows.indexOf(tie), 1);
  return setAside(unit, person, 'ES092');
};

const onRow = (row: Row, codice: string): Spoilt => ({ row, idSoggetto: row.cells[0]!, codice });

/** A tie of the past. */
const pastTie = (unit: UnitRows, person: Person): Row | undefined =>
  unit.of('legami.csv', person.id).find((row) => get(row, 'al') !== '' && get(row, 'id_famiglia') !== '');

const unknownFamily: Spoil = (unit, person) => {
  const tie = pastTie(unit, person);
  if (tie === undefined) return null;
  set(tie, 'id_famiglia', `${get(tie, 'id_famiglia')}X`);
  return onRow(tie, 'SIP-104');
};

const unknownSubject: Spoil = (unit, person) => {
  const [row] = unit.of('residenze.csv', person.id);
  if (row === undefined) return null;
  const other = unit.copy(row);
  set(other, 'id_soggetto', `${person.id}X`);
  return onRow(other, 'SIP-104');
};

const overlap: Spoil = (unit, person) => {
  const rows = unit.of('residenze.csv', person.id);
  const [first, second] = rows;
  if (first === undefined || second === undefined || get(first, 'dal') >= get(first, 'al')) return null;
  set(second, 'dal', get(first, 'dal'));
  return onRow(second, 'SIP-105');
};

const backwards: Spoil = (unit, person) => {
  const row = unit.of('residenze.csv', person.id).find((r) => get(r, 'al') !== '');
  if (row === undefined) return null;
  set(row, 'al', dayText(dayNumber(get(row, 'dal')) - 10));
  return onRow(row, 'SIP-106');
};

const second: Spoil = (unit, person) => {
  const tie = unit.tie(person.id);
  if (tie === undefined || unit.family(tie) === undefined) return null;
  const other = unit.copy(tie);
  set(other, 'relazione', '13');
  set(other, 'progressivo', '');
  return onRow(other, 'SIP-108');
};

const outside: Spoil = (unit, person) => {
  const [first] = unit.of('legami.csv', person.id);
  if (first === undefined || get(first, 'al') === '') return null;
  const family = unit.family(first);
  if (family === undefined || get(family, 'dal') !== get(first, 'dal')) return null;
  set(first, 'dal', dayText(dayNumber(get(first, 'dal')) - 100));
  return onRow(first, 'SIP-109');
};

const contradicted: Spoil = (unit, person) => {
  const row = unit.of('stati_civili.csv', person.id).find((r) => get(r, 'al') === '');
  if (row === undefined) return null;
  set(row, 'stato_civile', '9');
  return onRow(row, 'SIP-133');
};

const otherDwelling: Spoil = (unit, person) => {
  const row = unit.of('residenze.csv', person.id).find((r) => get(r, 'al') === '');
  if (row === undefined || !person.resident) return null;
  set(row, 'civico', `${get(row, 'civico')}9`);
  return onRow(row, 'SIP-133');
};

export const SET_ASIDE: readonly Spoil[] = [
  blank('SIP-101', 'sesso'),
  blank('ES049', 'cognome', 'nome'),
  noDate,
  beforeBirth,
  unborn,
  again,
  homeless,
  unknownFamily,
  unknownSubject,
  overlap,
  backwards,
  second,
  outside,
  contradicted,
  otherDwelling,
];
