/** Defects of the codice fiscale and of the codes of the tables: loaded all the same, with a warning. */
import { dayText, yearOf } from '../calendar.ts';
import { omocodic } from '../fiscal-code.ts';
import type { Person } from '../model.ts';
import { onSubject, type Spoil } from './defect.ts';
import { get, set } from './unit-rows.ts';
import { wrongCheck } from './wrong-check.ts';

const sound = (person: Person): boolean => person.code.length === 16 && person.birthText === '';

/** Writes into a column of soggetti.csv, where the person is such that it tells. */
const write =
  (codice: string, column: string, value: (person: Person) => string, fits: (p: Person) => boolean): Spoil =>
  (unit, person) => {
    if (!fits(person)) return null;
    set(unit.subject(person.id), column, value(person));
    return onSubject(unit, person, codice);
  };

const short = write('EA001', 'codice_fiscale', (p) => p.code.slice(0, 15), sound);

const check = write('EA048', 'codice_fiscale', (p) => wrongCheck(p.code), sound);

/** A day too early, in the same month. */
const birthDate = write(
  'EA038',
  'data_nascita',
  (p) => dayText(p.birth - 1),
  (p) => sound(p) && !dayText(p.birth).endsWith('-01'),
);

const sex = write('EA042', 'sesso', (p) => (p.sex === 'M' ? 'F' : 'M'), sound);
const names = write(
  'SIP-120',
  'cognome',
  (p) => `QZ${p.surname}`,
  (p) => sound(p) && !p.code.startsWith('QZ'),
);

const place = write(
  'SIP-121',
  'comune_nascita',
  () => '037006',
  (p) => sound(p) && p.place.comune !== '' && p.place.cadastral !== 'A944',
);

const noCode: Spoil = (unit, person) => {
  if (person.code === '') return null;
  const row = unit.subject(person.id);
  set(row, 'codice_fiscale', '');
  set(row, 'validita_cf', '');
  return onSubject(unit, person, 'SIP-122');
};

/** A comune of birth that came to be later: 036029 is in use from 1959 on. */
const birthComune = write(
  'EC007',
  'comune_nascita',
  () => '036029',
  (p) => p.place.comune !== '' && yearOf(p.birth) < 1955,
);

const birthState = write(
  'EC030',
  'stato_nascita',
  () => '900',
  (p) => p.place.state !== '',
);
const reasonIn = write(
  'EC006',
  'motivo_iscrizione',
  () => '11',
  () => true,
);
const gone = (p: Person): boolean =>
  !p.resident && p.registration.reasonOut !== '' && p.deathText === '' && p.deathComune === '';
const reasonOut = write('SIP-124', 'motivo_cancellazione', () => '14', gone);
const permit = write(
  'EC063',
  'soggiorno_tipo',
  () => '0',
  (p) => p.permit !== '',
);
const occupation = write(
  'EC064',
  'posizione_professionale',
  () => '8',
  (p) => p.work !== '',
);
const condition = write(
  'EC065',
  'condizione_non_professionale',
  () => '9',
  (p) => p.noWork !== '',
);
const education = write(
  'EC066',
  'titolo_studio',
  () => 'Y',
  (p) => p.education !== '',
);

/** An unknown code in soggetti.csv, whose history is left out so that it does not contradict it. */
const civilStatus: Spoil = (unit, person) => {
  if (person.status.status !== '1' || unit.tie(person.id) === undefined) return null;
  unit.drop('stati_civili.csv', person.id);
  set(unit.subject(person.id), 'stato_civile', '5');
  return onSubject(unit, person, 'EC001');
};

const citizenship: Spoil = (unit, person) => {
  if (person.citizen.state === '100') return null;
  unit.drop('cittadinanze.csv', person.id);
  set(unit.subject(person.id), 'cittadinanza', '999X');
  return onSubject(unit, person, 'EC036');
};

const citizenSince: Spoil = (unit, person) => {
  unit.drop('cittadinanze.csv', person.id);
  set(unit.subject(person.id), 'cittadinanza_dal', dayText(person.birth - 365));
  return onSubject(unit, person, 'ES009');
};

const marriedSince: Spoil = (unit, person) => {
  if (!['2', '6'].includes(person.status.status)) return null;
  unit.drop('stati_civili.csv', person.id);
  set(unit.subject(person.id), 'stato_civile_dal', dayText(person.birth - 365));
  return onSubject(unit, person, 'ES010');
};

const updated = write(
  'ES127',
  'data_aggiornamento',
  (p) => dayText(p.registration.from - 1),
  (p) => p.registeredText === '',
);

const father: Spoil = (unit, person) => {
  const row = unit.subject(person.id);
  if (get(row, 'id_padre') !== '') return null;
  set(row, 'id_padre', 'IGNOTO');
  return onSubject(unit, person, 'SIP-134');
};

/** Somebody who lives alone, told twice under two numbers. */
const twice =
  (codice: string, code: (person: Person) => string): Spoil =>
  (unit, person) => {
    const tie = unit.tie(person.id);
    const family = tie === undefined ? undefined : unit.family(tie);
    const alone = family !== undefined && unit.members(family).length === 1 && get(tie!, 'relazione') === '1';
    if (!alone || !person.resident || !plainCode(person) || get(unit.subject(person.id), 'id_coniuge') !== '')
      return null;
    const twin = `${person.id}D`;
    const home = `${family.cells[0]}D`;
    const row = unit.copy(unit.subject(person.id));
    set(row, 'id_soggetto', twin);
    set(row, 'codice_fiscale', code(person));
    const other = unit.copy(family);
    set(other, 'id_famiglia', home);
    set(other, 'id_intestatario', twin);
    const membership = unit.copy(tie!);
    set(membership, 'id_soggetto', twin);
    set(membership, 'id_famiglia', home);
    // A tie from before the registration is of the first row's history; the second has but what is now.
    return { row, idSoggetto: twin, codice, twin: true };
  };

const plainCode = (person: Person): boolean => /^[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]$/.test(person.code);

/** Of one person alone: any number of them may stand in one unit. */
export const OWN: readonly Spoil[] = [
  short,
  check,
  birthDate,
  sex,
  names,
  place,
  noCode,
  birthComune,
  birthState,
  reasonIn,
  reasonOut,
  permit,
  occupation,
  condition,
  education,
  civilStatus,
  citizenship,
  citizenSince,
  marriedSince,
  updated,
  father,
];

/** Of a unit of one: a person told twice. */
export const TWICE: readonly Spoil[] = [
  twice('SIP-123', (person) => person.code),
  twice('EA036', (person) => omocodic(person.code, 1)),
];
