/** The people of a unit after the full supply: who lives with whom, where, in which register, and when they last had to do with it. */
import { OPEN } from '../calendar.ts';
import type { Person, Unit } from '../model.ts';

export interface Home {
  id: string;
  readonly convivenza: boolean;
  /** The comune: its position in COMUNI. */
  readonly town: number;
  /** The thirteen address columns. */
  address: string;
  readonly members: Member[];
}

export interface Member {
  readonly person: Person;
  home: Home;
  /** T5, or T6 in a convivenza. */
  relation: string;
  /** Numbers that other registers of the province have given. */
  readonly ids: Map<number, string>;
  /** Residence in this register goes back to this day. */
  since: number;
  /** Was the first full supply of this register the first to tell of them? */
  readonly full: boolean;
}

/** A unit that lives on. */
export interface Clan {
  readonly members: Member[];
  /** Nothing of what comes lies before or on this day: what the registers have been told is in order, unit by unit. */
  clock: number;
}

const HEAD = '1';

export const isHead = (member: Member): boolean => member.relation === HEAD;

export const headOf = (home: Home): Member | undefined => home.members.find(isHead);

/** The clan of a unit as a full supply gave it; those who are gone or dead stay behind. */
export function clanOf(unit: Unit, town: number): Clan {
  const homes = new Map<object, Home>();
  const clan: Clan = { members: [], clock: -OPEN };
  for (const person of unit.people) {
    person.register = town;
    clan.clock = Math.max(clan.clock, lastDay(person));
    if (!person.resident || person.death < OPEN) continue;
    const membership = person.memberships.find((spell) => spell.to >= OPEN);
    if (membership === undefined) continue;
    const { household } = membership;
    let home = homes.get(household);
    if (home === undefined) {
      const address = household.addresses[household.addresses.length - 1]!.address;
      home = { id: household.id, convivenza: household.name !== '', town, address, members: [] };
      homes.set(household, home);
    }
    const member: Member = {
      person,
      home,
      relation: membership.relation,
      ids: new Map([[town, person.id]]),
      since: person.registration.from,
      full: true,
    };
    home.members.push(member);
    clan.members.push(member);
  }
  return clan;
}

/** The last day on which anything is said to have begun or ended. */
function lastDay(person: Person): number {
  let last = person.birth;
  const see = (day: number): void => {
    if (day < OPEN && day > last) last = day;
  };
  for (const spell of person.registrations) {
    see(spell.from);
    see(spell.to);
  }
  for (const spell of person.memberships) {
    see(spell.from);
    see(spell.to);
  }
  for (const spell of person.dwellings) see(spell.from);
  for (const spell of person.civil) see(spell.from);
  for (const spell of person.citizenship) see(spell.from);
  see(person.documentFrom);
  return last;
}

/** Takes a member out of the home; the unit keeps only those who live in the province. */
export function takeOut(member: Member): void {
  const { members } = member.home;
  members.splice(members.indexOf(member), 1);
}

export function forgetMember(clan: Clan, member: Member): void {
  takeOut(member);
  clan.members.splice(clan.members.indexOf(member), 1);
}

export function putIn(member: Member, home: Home, relation: string): void {
  member.home = home;
  member.relation = relation;
  home.members.push(member);
}

/** The member of the clan who is this person. */
export const memberOf = (clan: Clan, person: Person | null): Member | undefined =>
  person === null ? undefined : clan.members.find((member) => member.person === person);

const sameParent = (a: Person, b: Person): boolean =>
  (a.father !== null && a.father === b.father) || (a.mother !== null && a.mother === b.mother);

const childOf = (a: Person | null, b: Person | null): boolean =>
  a !== null && b !== null && (a.father === b || a.mother === b);

/** T5: what `person` is to the intestatario. */
export function kinship(head: Person, person: Person): string {
  const { status, spouse } = head.status;
  if (spouse === person) return status === '6' ? '28' : '2';
  if (childOf(person, head)) return '3';
  if (childOf(head, person)) return '6';
  if (sameParent(head, person)) return '9';
  if (childOf(person.father, head) || childOf(person.mother, head)) return '4';
  if (childOf(head.father, person) || childOf(head.mother, person)) return '7';
  if (spouse !== null && (status === '2' || status === '6')) {
    if (childOf(spouse, person)) return '17';
    if (childOf(person, spouse)) return '22';
  }
  const married = person.status.spouse;
  if (childOf(married, head)) return '16';
  return '13';
}
