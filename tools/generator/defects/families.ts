/** Defects of families and couples, seen only where all members are seen: loaded, with a warning on the family or on the later row. */
import type { Person } from '../model.ts';
import { onSubject, type Spoil, type Spoilt } from './defect.ts';
import { get, type Row, set, type UnitRows } from './unit-rows.ts';

/** The family of today of somebody, with more than one member. */
function shared(unit: UnitRows, person: Person): { tie: Row; family: Row; members: Row[] } | null {
  const tie = unit.tie(person.id);
  const family = tie === undefined || !person.resident ? undefined : unit.family(tie);
  if (tie === undefined || family === undefined) return null;
  const members = unit.members(family);
  return members.length > 1 ? { tie, family, members } : null;
}

const onFamily = (family: Row, codice: string): Spoilt => ({ row: family, idSoggetto: '', codice });
const onTie = (tie: Row, codice: string): Spoilt => ({ row: tie, idSoggetto: tie.cells[0]!, codice });

const isOther = (tie: Row): boolean => get(tie, 'relazione') !== '1';

const kinship: Spoil = (unit, person) => {
  const home = shared(unit, person);
  if (home === null || !isOther(home.tie)) return null;
  set(home.tie, 'relazione', '77');
  return onTie(home.tie, 'EC002');
};

/** Stepchild (14) is no kinship any more since 15 September 2015 (table 5). */
const retired: Spoil = (unit, person) => {
  const home = shared(unit, person);
  if (home === null || get(home.tie, 'relazione') !== '3' || get(home.tie, 'dal') < '2016') return null;
  set(home.tie, 'relazione', '14');
  return onTie(home.tie, 'EN064');
};

const order: Spoil = (unit, person) => {
  const home = shared(unit, person);
  if (home === null || get(home.tie, 'progressivo') !== '2') return null;
  set(home.tie, 'progressivo', '1');
  return onTie(home.tie, 'EF004');
};

const headless: Spoil = (unit, person) => {
  const home = shared(unit, person);
  if (home === null || isOther(home.tie)) return null;
  set(home.tie, 'relazione', '13');
  return onFamily(home.family, 'EF008');
};

const twoHeads: Spoil = (unit, person) => {
  const home = shared(unit, person);
  if (home === null || !isOther(home.tie)) return null;
  set(home.tie, 'relazione', '1');
  return onFamily(home.family, 'EF009');
};

const empty: Spoil = (unit, person) => {
  const tie = unit.tie(person.id);
  const family = tie === undefined ? undefined : unit.family(tie);
  if (family === undefined) return null;
  const other = unit.copy(family);
  set(other, 'id_famiglia', `${family.cells[0]}V`);
  set(other, 'id_intestatario', '');
  return onFamily(other, 'EF010');
};

const anotherNamed: Spoil = (unit, person) => {
  const home = shared(unit, person);
  if (home === null || !isOther(home.tie)) return null;
  set(home.family, 'id_intestatario', person.id);
  return onFamily(home.family, 'SIP-135');
};

const familyReason: Spoil = (unit, person) => {
  const tie = unit.tie(person.id);
  const family = tie === undefined ? undefined : unit.family(tie);
  if (family === undefined) return null;
  set(family, 'motivo', '7');
  return onFamily(family, 'EC004');
};

const unmarried: Spoil = (unit, person) => {
  const home = shared(unit, person);
  const { status } = person.status;
  if (home === null || get(home.tie, 'relazione') !== '23' || ['2', '9'].includes(status)) return null;
  set(home.tie, 'relazione', '2');
  return onTie(home.tie, 'SIP-131');
};

/** The one names the other, who names nobody: said on the later row of the two. */
const oneSided: Spoil = (unit, person) => {
  const row = unit.subject(person.id);
  const spouse = unit.of('soggetti.csv', get(row, 'id_coniuge'))[0];
  if (spouse === undefined || get(spouse, 'id_coniuge') !== person.id) return null;
  if (get(row, 'posizione') !== 'RESIDENTE' || get(spouse, 'posizione') !== 'RESIDENTE') return null;
  set(row, 'id_coniuge', '');
  set(row, 'cf_coniuge', '');
  const later = unit.rows.indexOf(spouse) > unit.rows.indexOf(row) ? spouse : row;
  return { ...onSubject(unit, person, 'SIP-132'), row: later, idSoggetto: later.cells[0]! };
};

const convivenzaKind: Spoil = (unit, person) => {
  const tie = unit.tie(person.id);
  if (tie === undefined || get(tie, 'id_convivenza') === '') return null;
  const [row] = unit.of('convivenze.csv', get(tie, 'id_convivenza'));
  set(row!, 'specie_convivenza', '7');
  return onFamily(row!, 'EC005');
};

const convivenzaTie: Spoil = (unit, person) => {
  const tie = unit.tie(person.id);
  if (tie === undefined || get(tie, 'id_convivenza') === '' || !isOther(tie)) return null;
  set(tie, 'relazione', '4');
  return onTie(tie, 'EC003');
};

/** One of them at most in a unit: two could meet in one family. */
export const OF_FAMILIES: readonly Spoil[] = [
  kinship,
  retired,
  order,
  headless,
  twoHeads,
  empty,
  anotherNamed,
  familyReason,
  unmarried,
  oneSided,
  convivenzaKind,
  convivenzaTie,
];
