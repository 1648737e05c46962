/**
 * The life of a couple and its children: how it formed, who came from where, who was born, left, died, parted. One household;
 * grown children who stay in the comune open one of their own (clans.ts).
 */
import { elsewhere } from './birthplaces.ts';
import { dayNumber, dayText, OPEN, YEAR, yearOf } from './calendar.ts';
import { COMUNI } from './comuni.ts';
import {
  type Draft,
  type DraftHousehold,
  type Drafting,
  die,
  leave,
  marry,
  registration,
  statusFrom,
  stay,
} from './drafting.ts';
import type { Person } from './model.ts';
import { ABROAD, type Nation } from './names-foreign.ts';

const D1990 = dayNumber('1990-01-01');
const D1995 = dayNumber('1995-01-01');

/** What is known of the couple before it is drawn. */
export interface CouplePlan {
  /** The age today of the partner who is surely alive. */
  readonly age: number;
  readonly nation: Nation | null;
  /** Somebody of the comune, already registered, who leaves the parents' home for this couple. */
  readonly anchor?: Person;
  /** Both alive and together today, with children at most at home: for those who will move as one. */
  readonly plain?: boolean;
  /** No later than this day does the household begin (default: a month before today). */
  readonly before?: number;
}

/** Grown children who stayed in the comune, with the day they left home. */
export interface CoupleDraft extends Draft {
  readonly stayed: { readonly person: Person; readonly from: number }[];
}

const years = (count: number): number => Math.round(count * YEAR);

/** How likely somebody whose partner is alive has died by this age. */
function dead(age: number, sex: 'M' | 'F'): number {
  const p = age < 50 ? 0.004 : age < 60 ? 0.02 : age < 70 ? 0.06 : age < 80 ? 0.2 : age < 90 ? 0.5 : 0.85;
  return sex === 'M' ? p : p * 0.55;
}

function marriedShare(year: number): number {
  return year < 1990 ? 0.97 : year < 2005 ? 0.86 : year < 2015 ? 0.6 : 0.45;
}

/** Registers somebody who was here by birth, or came by `start` at the latest. */
export function settleDown(d: Drafting, person: Person, start: number, native: number): void {
  const { random } = d;
  if (person.registrations.length > 0) return;
  if (person.nation === null && person.place.state === '' && random.chance(native)) {
    person.registrations.push(registration(person.birth, '1'));
    if (start > person.birth + years(30) && random.chance(0.04)) wander(d, person, start);
    return;
  }
  const earliest = Math.max(person.birth + years(1), start - years(6));
  const from = random.chance(0.6) ? start : random.int(earliest, start);
  comeOn(d, person, from);
}

/** Went away when young and came back: an earlier registration in the same register (iscrizioni.csv). */
function wander(d: Drafting, person: Person, start: number): void {
  const { random } = d;
  const went = random.int(person.birth + years(18), person.birth + years(24));
  const back = random.int(went + 300, start);
  const place = elsewhere.draw(random);
  leave(person, went, '3', place, '');
  person.registrations.push(registration(back, '3', place));
}

/** Registers somebody on the day they came, from another comune or from abroad. */
export function comeOn(d: Drafting, person: Person, from: number): void {
  const { random } = d;
  if (person.nation !== null && random.chance(0.55)) {
    person.registrations.push(registration(from, '4', '', person.nation.state));
  } else if (person.nation === null && random.chance(0.02)) {
    person.registrations.push(registration(from, '6', '', ABROAD.draw(random)));
  } else {
    // Registers kept on paper are gone: before 1995 the other comune of the province need not know of it.
    const near = from < D1995 && random.chance(0.5);
    const other = COMUNI[(d.home + 1 + random.int(0, COMUNI.length - 2)) % COMUNI.length]!.code;
    person.registrations.push(registration(from, '3', near ? other : elsewhere.draw(random)));
  }
}

function giveParents(d: Drafting, person: Person): void {
  if (person.nation !== null || person.father !== null || person.mother !== null) return;
  if (!d.random.chance(0.3)) return;
  person.fatherCode = d.parentCode(person, 'M');
  person.motherCode = d.parentCode(person, 'F');
}

/** Draws a couple, from its union to today. */
export function draftCouple(d: Drafting, plan: CouplePlan): CoupleDraft {
  const { random, today } = d;
  const { nation } = plan;
  const last = plan.before ?? today - 30;
  const anchorSex = plan.anchor?.sex ?? (random.chance(plan.age > 72 ? 0.62 : 0.5) ? 'F' : 'M');
  const drawn = today - years(plan.age) - random.int(0, 364);
  const birth = plan.anchor?.birth ?? Math.min(drawn, last - years(19));
  const gap = Math.round(random.bell(3, 3) * YEAR);
  const same = plan.plain !== true && random.chance(0.006) && plan.age < 60;
  const otherSex = same ? anchorSex : anchorSex === 'M' ? 'F' : 'M';
  const otherBirth = Math.min(birth + (anchorSex === 'M' ? gap : -gap), last - years(18));
  const mixed = plan.anchor === undefined && random.chance(nation === null ? 0.015 : 0.1);
  const otherNation = mixed ? null : nation;
  const anchor = plan.anchor ?? d.person(anchorSex, birth, nation, nation === null && random.chance(0.6));
  const other = d.person(otherSex, otherBirth, otherNation, otherNation === null && random.chance(0.5));
  giveParents(d, anchor);
  giveParents(d, other);

  const [man, woman] = anchorSex === 'M' ? [anchor, other] : [other, anchor];
  const here = (plan.anchor?.registration.from ?? -OPEN) + 30;
  const bothAdult = Math.max(here, man.birth + years(18), woman.birth + years(18));
  const hoped = woman.birth + years(random.bell(yearOf(woman.birth) < 1955 ? 24.5 : 28.5, 3.2));
  const union = hoped > last || hoped < bothAdult ? random.int(bothAdult, Math.max(bothAdult, last)) : hoped;
  const came = plan.anchor === undefined && (nation !== null || random.chance(0.35));
  const start = came ? arrival(d, anchor, union, last) : union;

  for (const person of [anchor, other]) {
    if (!came) settleDown(d, person, start, person === anchor ? 0.78 : 0.5);
  }
  if (came) {
    comeOn(d, anchor, start);
    const model = anchor.registration;
    const apart = otherNation !== null && random.chance(0.5) && start + 400 < last;
    const later = apart ? random.int(start + 100, Math.min(last, start + years(6))) : start;
    if (later === start && otherNation === nation) other.registrations.push({ ...model });
    else comeOn(d, other, Math.max(later, otherBirth + years(18)));
  }
  return live(d, { plan, man, woman, anchor, other, union, start, same, last });
}

interface Bond {
  readonly plan: CouplePlan;
  readonly man: Person;
  readonly woman: Person;
  readonly anchor: Person;
  readonly other: Person;
  readonly union: number;
  readonly start: number;
  readonly same: boolean;
  readonly last: number;
}

/** The day a family came as one, after its union. */
function arrival(d: Drafting, anchor: Person, union: number, last: number): number {
  const { random } = d;
  const earliest = anchor.nation === null ? union : Math.max(D1990, anchor.birth + years(19));
  const low = Math.min(earliest, last);
  return low + Math.floor((last - low) * Math.sqrt(random.float()));
}

function live(d: Drafting, bond: Bond): CoupleDraft {
  const { random, today } = d;
  const { plan, anchor, other, union, start, same, last } = bond;
  const joined = Math.max(start, other.registration.from);
  const home = d.household('1', start);
  const draft: CoupleDraft = { people: [anchor, other], households: [home], stayed: [] };
  const head = bond.man === anchor || random.chance(0.75) ? bond.man : bond.woman;
  // The intestatario is whoever of the two was there first.
  const first = head.registration.from <= start ? head : anchor;
  const second = first === anchor ? other : anchor;

  const adult = Math.max(anchor.birth, other.birth) + years(18);
  const married = same ? random.chance(0.6) : random.chance(marriedShare(yearOf(union)));
  const later = union + random.int(200, 2500);
  let wedding = OPEN;
  if (same) {
    // Civil unions exist since 5 June 2016 (L. 76/2016).
    const day = Math.max(union, dayNumber('2016-07-01')) + random.int(0, 900);
    if (married && day < last) wedding = day;
  } else if (married) wedding = Math.max(union, adult);
  else if (random.chance(0.3) && later < last) wedding = Math.max(later, adult);
  if (wedding > last) wedding = OPEN;
  const act = wedding < OPEN ? weddingAct(d, wedding) : '';

  const early = earlierMarriage(d, plan, anchor, union);
  if (wedding < OPEN) marry(anchor, other, wedding, same ? '6' : '2', act);
  const secondFrom = Math.max(joined, second.registration.from);
  const bound = same ? '28' : '2';
  stay(home, first, '1', start);
  if (wedding <= secondFrom) stay(home, second, bound, secondFrom);
  else if (wedding < OPEN) {
    stay(home, second, '23', secondFrom, wedding);
    stay(home, second, bound, wedding);
  } else stay(home, second, '23', secondFrom);
  home.household.head = first;

  const end = outcome(d, bond, home, first, wedding, early);
  if (!same) children(d, bond, draft, end);
  naturalise(d, draft, bond);
  home.moves = moves(d, start, today);
  return draft;
}

const weddingAct = (d: Drafting, day: number): string =>
  `${COMUNI[d.home]!.code}/${yearOf(day)}/II/${d.random.pick(['A', 'B', 'C'])}/${d.random.int(1, 400)}`;

/** Some had been married before: free again when this union began. */
function earlierMarriage(d: Drafting, plan: CouplePlan, anchor: Person, union: number): boolean {
  const { random } = d;
  if (plan.anchor !== undefined || anchor.nation !== null || anchor.birth + years(31) > union) return false;
  if (!random.chance(0.25)) return false;
  const from = random.int(anchor.birth + years(21), anchor.birth + years(26));
  const to = random.int(from + years(2), union - 30);
  const code = random.chance(0.7) ? d.parentCode(anchor, anchor.sex === 'M' ? 'F' : 'M') : '';
  statusFrom(anchor, '2', from, null, '', code);
  statusFrom(anchor, to > dayNumber('1971-01-01') ? '4' : '3', to, null, '');
  return true;
}

/** How it went: together today, widowed, or parted. The day it ended, or OPEN. */
function outcome(
  d: Drafting,
  bond: Bond,
  home: DraftHousehold,
  first: Person,
  wedding: number,
  early: boolean,
): number {
  const { random, today } = d;
  const { anchor, other, start, plan, same } = bond;
  const since = Math.max(start, other.registration.from, wedding < OPEN ? wedding : start) + 60;
  if (plan.plain === true || since > today - 60) return OPEN;
  const age = (today - other.birth) / YEAR;
  if (random.chance(dead(age, other.sex))) {
    const day = random.int(Math.max(since, today - years(22)), today - 10);
    widow(d, home, anchor, other, first, wedding, same, day);
    return day;
  }
  const parts = wedding < OPEN ? (plan.age < 35 || plan.age > 78 ? 0.04 : 0.17) : 0.08;
  // Divorce exists since 18 December 1970 (L. 898/1970).
  const soonest = Math.max(since + years(2), dayNumber('1971-06-01'));
  if (!early && random.chance(parts) && soonest < today - 90) {
    const day = random.int(soonest, today - 30);
    part(d, home, anchor, other, first, wedding, same, day);
    return day;
  }
  return OPEN;
}

function widow(
  d: Drafting,
  home: DraftHousehold,
  anchor: Person,
  other: Person,
  first: Person,
  wedding: number,
  same: boolean,
  day: number,
): void {
  die(other, day, COMUNI[d.random.chance(0.6) ? d.home : 22]!.code);
  if (dayText(day).endsWith('-01')) other.deathText = dayText(day).slice(0, 7);
  if (wedding < OPEN) statusFrom(anchor, same ? '7' : '3', day, null, '');
  if (first === other) headChange(home, anchor, day);
}

/** A separation: the one goes, the other keeps the house and the children. */
function part(
  d: Drafting,
  home: DraftHousehold,
  anchor: Person,
  other: Person,
  first: Person,
  wedding: number,
  same: boolean,
  day: number,
): void {
  const { random } = d;
  if (wedding < OPEN) {
    const status = same ? '8' : '4';
    statusFrom(anchor, status, day, null, '');
    statusFrom(other, status, day, null, '');
  }
  const foreigner = other.nation !== null && random.chance(0.3);
  leave(
    other,
    day,
    foreigner ? '5' : '3',
    foreigner ? '' : elsewhere.draw(random),
    foreigner ? other.nation!.state : '',
  );
  if (first === other) headChange(home, anchor, day);
}

/** Another member becomes intestatario from a day on; the kinships of the others are said anew. */
export function headChange(home: DraftHousehold, next: Person, day: number): void {
  home.household.head = next;
  const open = home.stays.filter(({ membership }) => membership.to > day && membership.from < day);
  for (const { person, membership } of open) {
    if (person === next) {
      membership.to = day;
      stay(home, person, '1', day);
    } else if (membership.relation === '6' || membership.relation === '17') {
      membership.to = day;
      stay(home, person, membership.relation === '6' ? '17' : '6', day);
    }
  }
}

/** Children, in the order of birth, until the couple ends. */
function children(d: Drafting, bond: Bond, draft: CoupleDraft, end: number): void {
  const { random, today } = d;
  const { man, woman, union, plan, start } = bond;
  const home = draft.households[0]!;
  const fertile = plan.nation === null ? 1 : 1.25;
  let wanted = random.chance(0.82) ? 1 : 0;
  while (wanted > 0 && wanted < 5 && random.chance((wanted === 1 ? 0.56 : 0.2) * fertile)) wanted++;
  let birth = Math.max(union + Math.round(random.bell(900, 420)), woman.birth + years(18));
  const limit = Math.min(end, today - 3, woman.birth + years(44));
  const bothFrom = Math.max(start, woman.registration.from);
  for (let i = 0; i < wanted && birth < limit; i++) {
    const twins = random.chance(0.015);
    for (let twin = 0; twin < (twins ? 2 : 1); twin++) {
      const bornHere = birth >= bothFrom;
      const sex = random.chance(0.513) ? 'M' : 'F';
      const child = d.child(sex, birth, woman.nation === null ? null : man.nation, man.surname, bornHere);
      child.father = man;
      child.mother = woman;
      if (bornHere) child.registrations.push(registration(birth, '1'));
      else child.registrations.push({ ...woman.registration, from: bothFrom, to: OPEN, ...CLEAR });
      draft.people.push(child);
      stay(home, child, '3', child.registration.from);
      if (bornHere && random.chance(0.0012)) die(child, birth, COMUNI[22]!.code);
      else grow(d, bond, draft, child);
    }
    birth += Math.round(random.bell(1150, 330));
    if (birth - union < 300) birth = union + 300;
  }
}

const CLEAR = { reasonOut: '', toComune: '', toState: '' } as const;

/** Grown up: at home still, gone away, or in a household of their own in the comune. */
function grow(d: Drafting, bond: Bond, draft: CoupleDraft, child: Person): void {
  const { random, today } = d;
  const gone = child.birth + years(Math.max(19, random.bell(26.5, 3.6)));
  if (gone >= today - 60 || bond.plan.plain === true) return;
  // Left before the family came, or so long ago that only paper knows it.
  const never = gone <= child.registration.from + 60;
  if (!never && bond.plan.nation === null && random.chance(0.5)) {
    draft.stayed.push({ person: child, from: gone });
    return;
  }
  if (never || gone < D1990) {
    forget(draft, child);
    return;
  }
  const abroad = random.chance(0.12);
  leave(
    child,
    gone,
    abroad ? (child.nation === null ? '8' : '5') : '3',
    abroad ? '' : elsewhere.draw(random),
    abroad ? ABROAD.draw(random) : '',
  );
}

function forget(draft: CoupleDraft, child: Person): void {
  draft.people.splice(draft.people.indexOf(child), 1);
  const { stays } = draft.households[0]!;
  stays.splice(
    stays.findIndex((s) => s.person === child),
    1,
  );
}

/** Foreigners who have lived here long enough become citizens, their minor children with them (L. 91/1992). */
function naturalise(d: Drafting, draft: CoupleDraft, bond: Bond): void {
  const { random, today } = d;
  if (bond.plan.nation === null) return;
  const earliest = bond.start + years(10.5);
  if (earliest > today - 100 || !random.chance(0.38)) return;
  const day = random.int(earliest, today - 60);
  for (const person of draft.people) {
    if (person.nation === null || person.death < day || person.registration.to < day) continue;
    if (person.birth > day) {
      person.citizenship = [{ state: '100', from: person.birth, to: OPEN }];
      continue;
    }
    if (person.registration.from > day) continue;
    const minor = day - person.birth < years(18);
    if (!minor && !random.chance(0.75)) continue;
    person.citizen.to = day;
    person.citizenship.push({ state: '100', from: day, to: OPEN });
    person.otherCitizenship = person.nation.state;
  }
}

/** The days on which a household moved within the comune. */
export function moves(d: Drafting, from: number, to: number): number[] {
  const days: number[] = [];
  const span = to - from;
  for (let i = 0; i < 4; i++) {
    if (span > 900 && d.random.chance(0.3)) days.push(d.random.int(from + 200, to - 60));
  }
  return days.sort((a, b) => a - b).filter((day, i) => i === 0 || day > days[i - 1]! + 60);
}
