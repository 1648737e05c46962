/** Making people and households before any register has seen them: names, places, codes, and who lives with whom from when. */
import { birthAbroad, birthComune, birthOutside, type Place } from './birthplaces.ts';
import { dayText, OPEN, yearOf } from './calendar.ts';
import { COMUNI } from './comuni.ts';
import { type CodeBook, fiscalCode, omocodic, ownerOf, provisionalCode } from './fiscal-code.ts';
import { type Household, type Membership, Person, type Registration, type Sex } from './model.ts';
import type { Nation } from './names-foreign.ts';
import { italianName, italianSurname } from './names-italian.ts';
import { hash, Random } from './random.ts';

/** A household whose addresses are not chosen yet: only the days on which it moved. */
export interface DraftHousehold {
  readonly household: Household;
  moves: number[];
  homeless: boolean;
  readonly stays: { readonly person: Person; readonly membership: Membership }[];
}

export interface Draft {
  readonly people: Person[];
  readonly households: DraftHousehold[];
  /** Of people whom two numbers know: what the unit is called under both. */
  readonly twice?: string;
}

const MIDDLE: Readonly<Record<Sex, readonly string[]>> = {
  M: ['MARIA', 'LUIGI', 'CARLO', 'PAOLO', 'GIOVANNI', 'PIETRO', 'UGO', 'ENEA'],
  F: ['MARIA', 'ANNA', 'ROSA', 'LUISA', 'CHIARA', 'PIA', 'EVA', 'LEA'],
};

/** The chance and the bookkeeping of one unit at a time. */
export class Drafting {
  readonly random = new Random(0);
  readonly today: number;
  private readonly book: CodeBook;
  private unit = 0;
  private members = 0;
  /** The comune that the unit calls home: its position in COMUNI. */
  home = 0;

  constructor(today: number, book: CodeBook) {
    this.today = today;
    this.book = book;
  }

  begin(unit: number, home: number): void {
    this.unit = unit;
    this.members = 0;
    this.home = home;
    this.random.reseed(unit);
  }

  /** Somebody new, named after the custom of `nation` (null: Italian), `local` when of this comune. */
  person(sex: Sex, birth: number, nation: Nation | null, local: boolean, surname?: string): Person {
    const { random } = this;
    const year = yearOf(birth);
    const family =
      surname ?? (nation === null ? italianSurname(random, local) : nation.surnames.draw(random));
    const name =
      nation === null
        ? italianName(random, sex, year)
        : (sex === 'M' ? nation.men : nation.women).draw(random);
    return this.named(family, name, sex, birth, this.place(nation, local, year), nation);
  }

  /** A child of the household, born where its parents then were. */
  child(sex: Sex, birth: number, nation: Nation | null, surname: string, bornHere: boolean): Person {
    const { random } = this;
    const year = yearOf(birth);
    const name =
      nation === null || random.chance(0.25)
        ? italianName(random, sex, year)
        : (sex === 'M' ? nation.men : nation.women).draw(random);
    const place = bornHere ? birthComune(random, this.home, year) : this.place(nation, false, year);
    return this.named(surname, name, sex, birth, place, nation);
  }

  private place(nation: Nation | null, local: boolean, year: number): Place {
    const { random } = this;
    if (nation !== null) return birthAbroad(random, nation.state, nation.cadastral, nation.towns);
    if (local) return birthComune(random, this.home, year);
    if (random.chance(0.35)) return birthComune(random, random.int(0, COMUNI.length - 1), year);
    return birthOutside(random, year);
  }

  private named(
    surname: string,
    name: string,
    sex: Sex,
    birth: number,
    place: Place,
    nation: Nation | null,
  ): Person {
    const owner = ownerOf(this.unit, this.members++);
    const person = new Person(owner, surname, name, sex, birth, place, nation);
    // Somebody else has the code: a second name parts them. The choice follows from the person alone.
    for (let attempt = 0; ; attempt++) {
      if (attempt > 0) {
        const names = MIDDLE[sex];
        person.name = `${names[hash(owner, attempt) % names.length]} ${name}`;
        if (attempt > 3) person.surname = `${surname} ${italianSurname(this.random, true)}`;
      }
      person.code = fiscalCode(person.surname, person.name, sex, birth, place.cadastral);
      if (this.book.take(person.code, owner)) break;
    }
    const draw = hash(owner, 'validity') % 1000;
    if (draw < 12) person.validity = '9';
    if (nation !== null && draw < 6) person.code = provisionalCode(hash(owner, 'provisional'));
    person.act = actOf(person);
    person.citizenship.push({ state: nation === null ? '100' : nation.state, from: birth, to: OPEN });
    person.civil.push({ status: '1', from: birth, to: OPEN, spouse: null, spouseCode: '', act: '' });
    return person;
  }

  /** Gives a person another code, where nobody else has it. */
  reserve(code: string, person: Person): boolean {
    return this.book.take(code, person.owner);
  }

  /** Somebody of the same names, sex, day and place of birth: both bear an omocodic code, nobody the plain one. */
  namesake(person: Person): Person {
    const owner = ownerOf(this.unit, this.members++);
    const { surname, name, sex, birth, place } = person;
    const other = new Person(owner, surname, name, sex, birth, place, null);
    const plain = person.code;
    person.code = omocodic(plain, 1);
    other.code = omocodic(plain, 2);
    this.book.take(person.code, person.owner);
    this.book.take(other.code, owner);
    other.act = actOf(other);
    other.citizenship.push({ state: '100', from: birth, to: OPEN });
    other.civil.push({ status: '1', from: birth, to: OPEN, spouse: null, spouseCode: '', act: '' });
    person.validity = '1';
    return other;
  }

  /** The code of a parent whom no register here knows. */
  parentCode(child: Person, sex: Sex): string {
    const { random } = this;
    const birth = child.birth - Math.round(random.bell(sex === 'M' ? 31 : 28, 4) * 365);
    const name = italianName(random, sex, yearOf(birth));
    const surname = sex === 'M' ? child.surname : italianSurname(random, true);
    return fiscalCode(surname, name, sex, birth, birthComune(random, this.home, yearOf(birth)).cadastral);
  }

  household(reason: string, from: number, name = ''): DraftHousehold {
    const household: Household = { id: '', name, reason, from, to: OPEN, head: null, addresses: [] };
    return { household, moves: [], homeless: false, stays: [] };
  }
}

const SERIES = ['A', 'A', 'B', '', ''];

/** comune/anno/parte/serie/numero for those born in Italy. */
function actOf(person: Person): string {
  if (person.place.comune === '') return '';
  const n = hash(person.owner, 'act');
  const part = n % 9 === 0 ? 'II' : 'I';
  return `${person.place.comune}/${dayText(person.birth).slice(0, 4)}/${part}/${SERIES[(n >>> 8) % 5]}/${1 + ((n >>> 12) % 2500)}`;
}

/** `person` lives in the household from a day on, with this kinship to its intestatario. */
export function stay(draft: DraftHousehold, person: Person, relation: string, from: number, to = OPEN): void {
  const membership: Membership = { household: draft.household, relation, from, to };
  person.memberships.push(membership);
  draft.stays.push({ person, membership });
}

export const registration = (
  from: number,
  reasonIn: string,
  fromComune = '',
  fromState = '',
): Registration => ({
  from,
  to: OPEN,
  reasonIn,
  fromComune,
  fromState,
  reasonOut: '',
  toComune: '',
  toState: '',
});

/** Everything open of a person's life in the household ends on a day. */
export function endStays(person: Person, day: number): void {
  for (const membership of person.memberships) if (membership.to > day) membership.to = day;
}

/** The person leaves the comune on a day: reason T15, and where to. */
export function leave(person: Person, day: number, reason: string, toComune: string, toState: string): void {
  const current = person.registration;
  current.to = day;
  current.reasonOut = reason;
  current.toComune = toComune;
  current.toState = toState;
  endStays(person, day);
}

/** The person dies on a day; the registration ends with it. */
export function die(person: Person, day: number, comune: string): void {
  person.death = day;
  person.deathComune = comune;
  person.registration.to = day;
  endStays(person, day);
}

/** A civil status from a day on (T1), for one of the two. */
export function statusFrom(
  person: Person,
  status: string,
  day: number,
  spouse: Person | null,
  act: string,
  spouseCode = spouse?.code ?? '',
): void {
  person.status.to = day;
  person.civil.push({ status, from: day, to: OPEN, spouse, spouseCode, act });
}

/** Both marry, or bind themselves in a civil union (6). */
export function marry(a: Person, b: Person, day: number, status: '2' | '6', act: string): void {
  statusFrom(a, status, day, b, act);
  statusFrom(b, status, day, a, act);
}
