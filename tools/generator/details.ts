/** What a register also holds of a person: study and work as declared, documents, permits, protection, the day of the last change. */
import { dayNumber, OPEN, YEAR } from './calendar.ts';
import type { Person } from './model.ts';
import { nationOf } from './names-foreign.ts';
import { Random, Weighted } from './random.ts';

const STUDY_OLD = new Weighted<string>([
  ['8', 44],
  ['2', 26],
  ['9', 10],
  ['C', 12],
  ['G', 5],
  ['7', 3],
]);
const STUDY = new Weighted<string>([
  ['2', 26],
  ['A', 12],
  ['C', 36],
  ['F', 9],
  ['G', 15],
  ['H', 2],
]);
const WORK = new Weighted<string>([
  ['1', 3],
  ['2', 38],
  ['3', 36],
  ['4', 9],
  ['5', 9],
  ['6', 3],
  ['7', 2],
]);
const CIE_START = dayNumber('2018-01-01');
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const random = new Random(0);

/** Fills in the details of a person as the register has them today; they follow from the person and from `register`. */
export function addDetails(person: Person, today: number, register: number): void {
  random.reseed(person.owner ^ register);
  const { registration } = person;
  const until = Math.min(today, registration.to);
  const age = (until - person.birth) / YEAR;
  study(person, age);
  document(person, until, age);
  if (person.citizen.state !== '100' && person.nation !== null) permit(person, until);
  if (person.registration.to >= OPEN && random.chance(0.0006)) person.reserved = true;
  if (person.nation === null && age > 72 && person.registration.reasonIn === '3') partial(person);
  person.updated = lastChange(person, until, today);
}

function study(person: Person, age: number): void {
  if (random.chance(0.35)) return;
  if (age < 15) {
    if (age > 6) person.noWork = '2';
    return;
  }
  person.education = (age > 68 ? STUDY_OLD : STUDY).draw(random);
  if (age > 66) person.noWork = '4';
  else if (age < 22) person.noWork = '2';
  else if (random.chance(0.72)) person.work = WORK.draw(random);
  else person.noWork = person.sex === 'F' && random.chance(0.6) ? '1' : '3';
}

function document(person: Person, until: number, age: number): void {
  if (age < 3 || random.chance(0.3)) return;
  const since = person.registration.from;
  const life = age < 18 ? 5 * YEAR : 10 * YEAR;
  const from = Math.max(person.birth + 30, since, until - Math.floor(random.float() * Math.min(life, 3600)));
  if (from > until || from < dayNumber('1990-01-01')) return;
  const electronic = from >= CIE_START;
  const n = random.next();
  const pair = `${LETTERS[n % 26]}${LETTERS[(n >>> 5) % 26]}`;
  person.documentKind = electronic ? 'CIE' : 'CI';
  person.documentNumber = electronic
    ? `C${LETTERS[(n >>> 10) % 26]}${String((n >>> 3) % 100_000).padStart(5, '0')}${pair}`
    : `A${LETTERS[(n >>> 10) % 26]}${String((n >>> 3) % 10_000_000).padStart(7, '0')}`;
  person.documentFrom = from;
  person.documentTo = from + Math.floor(life);
}

function permit(person: Person, until: number): void {
  const union = nationOf(person.citizen.state)?.union ?? false;
  if (union) {
    person.permit = random.chance(0.55) ? '3' : '4';
    return;
  }
  person.permit = random.chance(0.52) ? '2' : random.chance(0.93) ? '1' : '6';
  if (person.permit === '1') person.permitTo = until + random.int(20, 700);
}

/** Registers taken over from paper cards know the year or the month alone. */
function partial(person: Person): void {
  const { registration } = person;
  if (person.registrations.length > 1 || !random.chance(0.05)) return;
  const first = person.dwellings[0];
  const membership = person.memberships[0];
  if (first === undefined || membership === undefined || membership.from < registration.from + 800) return;
  const year = Math.floor(1970 + (registration.from + 366) / YEAR);
  const start = dayNumber(`${year}-01-01`);
  if (start < person.birth || start + 366 > membership.from) return;
  registration.from = start;
  person.registeredText = random.chance(0.6) ? String(year) : `${year}-01`;
  person.dwellings[0] = { ...first, from: start };
}

function lastChange(person: Person, until: number, today: number): number {
  let last = person.registration.from;
  for (const spell of person.memberships) if (spell.from > last) last = spell.from;
  for (const spell of person.dwellings) if (spell.from > last) last = spell.from;
  if (person.status.from > last) last = person.status.from;
  if (person.citizen.from > last) last = person.citizen.from;
  if (person.documentFrom > last) last = person.documentFrom;
  if (until < today) last = Math.max(last, until);
  return Math.min(today, last + random.int(0, 28));
}
