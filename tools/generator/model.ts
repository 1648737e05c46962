/**
 * A life as one register knows it. Days are whole numbers (calendar.ts), spells half-open, an open end is OPEN. People are made
 * first (draft), then seen by a register (view.ts), which gives the numbers and writes the spells down.
 */
import type { Place } from './birthplaces.ts';
import { OPEN } from './calendar.ts';
import type { Nation } from './names-foreign.ts';

export type Sex = 'M' | 'F';

/** A spell of legal residence: reasons T7 and T15, places as ISTAT codes, '' where there is none. */
export interface Registration {
  from: number;
  to: number;
  reasonIn: string;
  fromComune: string;
  fromState: string;
  reasonOut: string;
  toComune: string;
  toState: string;
}

export interface CivilSpell {
  readonly status: string;
  readonly from: number;
  to: number;
  readonly spouse: Person | null;
  readonly spouseCode: string;
  readonly act: string;
}

export interface CitizenshipSpell {
  readonly state: string;
  readonly from: number;
  to: number;
}

export interface Membership {
  readonly household: Household;
  readonly relation: string;
  readonly from: number;
  to: number;
}

export interface Dwelling {
  readonly address: string;
  readonly from: number;
  readonly to: number;
}

/** A row of generalita.csv: '' where it was as it is now. */
export interface FormerIdentity {
  readonly from: number;
  readonly to: number;
  readonly code: string;
  readonly surname: string;
  readonly name: string;
  readonly reason: string;
}

export class Person {
  /** The number in this register; '' for somebody it does not know. */
  id = '';
  /** The comune whose number that is: its position in COMUNI; -1 before there is one. */
  register = -1;
  /** The same in every register (fiscal-code.ts). */
  readonly owner: number;
  surname: string;
  name: string;
  sex: Sex;
  birth: number;
  /** As written, where only the year or month is known. */
  birthText = '';
  place: Place;
  readonly nation: Nation | null;
  code = '';
  validity: '1' | '9' = '1';
  act = '';
  father: Person | null = null;
  fatherCode = '';
  mother: Person | null = null;
  motherCode = '';
  civil: CivilSpell[] = [];
  citizenship: CitizenshipSpell[] = [];
  otherCitizenship = '';
  /** Registrations, in time; the last is the one of soggetti.csv. */
  registrations: Registration[] = [];
  registeredText = '';
  memberships: Membership[] = [];
  dwellings: Dwelling[] = [];
  former: FormerIdentity[] = [];
  death = OPEN;
  deathText = '';
  deathComune = '';
  deathState = '';
  education = '';
  work = '';
  noWork = '';
  documentKind = '';
  documentNumber = '';
  documentFrom = 0;
  documentTo = 0;
  permit = '';
  permitTo = 0;
  reserved = false;
  /** The day of the last change of the record. */
  updated = 0;
  /** Names of the mistakes under which the register holds the person (duplicates/errors.ts). */
  mistakes: readonly string[] = [];

  constructor(
    owner: number,
    surname: string,
    name: string,
    sex: Sex,
    birth: number,
    place: Place,
    nation: Nation | null,
  ) {
    this.owner = owner;
    this.surname = surname;
    this.name = name;
    this.sex = sex;
    this.birth = birth;
    this.place = place;
    this.nation = nation;
  }

  /** The registration of soggetti.csv. */
  get registration(): Registration {
    return this.registrations[this.registrations.length - 1]!;
  }

  get status(): CivilSpell {
    return this.civil[this.civil.length - 1]!;
  }

  get citizen(): CitizenshipSpell {
    return this.citizenship[this.citizenship.length - 1]!;
  }

  /** RESIDENTE, with the registration open. */
  get resident(): boolean {
    return this.registrations.length > 0 && this.registration.to >= OPEN;
  }
}

/** A famiglia, or a convivenza where `name` is not ''. */
export interface Household {
  id: string;
  readonly name: string;
  /** T26, or T27 for a convivenza. */
  readonly reason: string;
  readonly from: number;
  to: number;
  head: Person | null;
  /** Where it lived from which day, in time; the last is its address. */
  readonly addresses: { readonly address: string; readonly from: number }[];
}

/** What one unit (a clan, a convivenza, one side of a move) brings to a register. */
export interface Unit {
  readonly people: Person[];
  readonly households: Household[];
}
