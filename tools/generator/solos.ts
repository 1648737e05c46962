/** People who live alone, parents alone with their children, and those of no fixed abode. */
import { dayNumber, OPEN, YEAR } from './calendar.ts';
import { COMUNI } from './comuni.ts';
import { comeOn, moves, settleDown } from './couples.ts';
import { type Draft, type Drafting, die, leave, registration, statusFrom, stay } from './drafting.ts';
import type { Person } from './model.ts';
import type { Nation } from './names-foreign.ts';

const years = (count: number): number => Math.round(count * YEAR);
/** States from which women mostly come alone, to look after the old. */
const CARERS = ['243', '254', '235'];

export interface SoloPlan {
  readonly age: number;
  readonly nation: Nation | null;
  /** Somebody of the comune who leaves the parents' home, on `from`. */
  readonly anchor?: Person;
  readonly from?: number;
  /** Nobody but the one, alive today: for those who will move. */
  readonly plain?: boolean;
  readonly before?: number;
}

/** Draws one person's household. */
export function draftSolo(d: Drafting, plan: SoloPlan): Draft {
  const { random, today } = d;
  const { nation } = plan;
  const last = plan.before ?? today - 30;
  const carer = nation !== null && CARERS.includes(nation.state);
  const women = carer ? 0.78 : plan.age > 75 ? 0.75 : plan.age > 60 ? 0.55 : 0.44;
  const sex = plan.anchor?.sex ?? (random.chance(women) ? 'F' : 'M');
  const birth = Math.min(
    plan.anchor?.birth ?? today - years(plan.age) - random.int(0, 364),
    last - years(18),
  );
  const person = plan.anchor ?? d.person(sex, birth, nation, nation === null && random.chance(0.55));
  const grown = person.birth + years(19);
  let start = plan.from ?? random.int(grown + Math.floor((last - grown) * 0.35), last);
  if (start > last) start = last;
  if (person.registrations.length === 0) {
    if (nation === null) settleDown(d, person, start, 0.6);
    else {
      start = Math.max(start, Math.min(last, dayNumber('1990-01-01')));
      comeOn(d, person, start);
    }
  }
  if (plan.anchor === undefined && nation === null && random.chance(0.3)) {
    person.fatherCode = d.parentCode(person, 'M');
    person.motherCode = d.parentCode(person, 'F');
  }
  pastMarriage(d, plan, person, start);
  const home = d.household('9', start);
  const draft: Draft = { people: [person], households: [home] };
  stay(home, person, '1', start);
  home.household.head = person;
  if (plan.plain !== true) {
    if (nation === null && plan.anchor === undefined && random.chance(0.006)) homeless(d, draft);
    else if (person.sex === 'F' && plan.age > 24 && plan.age < 58 && random.chance(0.16)) kids(d, draft);
  }
  if (!home.homeless) home.moves = moves(d, start, Math.min(last, today));
  return draft;
}

/** Widowed or divorced before coming to live alone here. */
function pastMarriage(d: Drafting, plan: SoloPlan, person: Person, start: number): void {
  const { random } = d;
  const share = plan.age < 35 ? 0.02 : plan.age < 50 ? 0.2 : plan.age < 65 ? 0.34 : 0.55;
  if (plan.anchor !== undefined || !random.chance(share)) return;
  const from = random.int(person.birth + years(20), person.birth + years(30));
  if (from + years(3) >= start) return;
  const to = random.int(from + years(2), start);
  const code = random.chance(0.6) ? d.parentCode(person, person.sex === 'M' ? 'F' : 'M') : '';
  const divorced = to > dayNumber('1971-06-01') && random.chance(plan.age < 60 ? 0.93 : 0.35);
  statusFrom(person, '2', from, null, '', code);
  statusFrom(person, divorced ? '4' : '3', to, null, '');
}

/** No fixed abode: registered at a conventional address (T7 8 and DPR 223/1989 art. 2). */
function homeless(d: Drafting, draft: Draft): void {
  draft.households[0]!.homeless = true;
  const current = draft.people[0]!.registration;
  if (current.reasonIn === '3' && d.random.chance(0.5)) current.reasonIn = '8';
}

/** A mother alone with her children; the father is known by his code, or not at all. */
function kids(d: Drafting, draft: Draft): void {
  const { random, today } = d;
  const mother = draft.people[0]!;
  const home = draft.households[0]!;
  const start = home.household.from;
  const count = random.chance(0.3) ? 2 : 1;
  let birth = Math.max(mother.birth + years(19), start - years(12)) + random.int(0, years(8));
  for (let i = 0; i < count; i++) {
    if (birth > today - 5 || birth > mother.birth + years(43)) break;
    if (today - birth > years(21)) {
      birth += random.int(500, 2000);
      continue;
    }
    const bornHere = birth >= start;
    const known = random.chance(0.7);
    const surname = known && mother.nation === null ? undefined : mother.surname;
    const child = d.child(
      random.chance(0.513) ? 'M' : 'F',
      birth,
      mother.nation,
      surname ?? mother.surname,
      bornHere,
    );
    child.mother = mother;
    if (known) child.fatherCode = d.parentCode(child, 'M');
    if (bornHere) child.registrations.push(registration(birth, '1'));
    else {
      const from = Math.max(start, mother.registration.from);
      const { reasonIn, fromComune, fromState } = mother.registration;
      const born = reasonIn === '1' ? '3' : reasonIn;
      child.registrations.push(
        registration(from, born, reasonIn === '1' ? COMUNI[22]!.code : fromComune, fromState),
      );
    }
    draft.people.push(child);
    stay(home, child, '3', child.registration.from);
    birth += random.int(500, 1800);
  }
}

/** The household ends: its one member dies, or goes. */
export function endSolo(d: Drafting, draft: Draft, day: number, toState: string): void {
  const person = draft.people[0]!;
  if (toState === '') die(person, day, COMUNI[d.home]!.code);
  else leave(person, day, person.nation === null ? '8' : '5', '', toState);
  for (const home of draft.households) if (home.household.to === OPEN) home.household.to = day;
}
