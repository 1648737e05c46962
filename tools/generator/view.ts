/**
 * What one register knows of a draft: the whole life in one comune, or the part before (origin) or after (destination) the day on
 * which a household moved between two comuni of the province. Then numbers, addresses and dwellings are given.
 */
import { OPEN } from './calendar.ts';
import { type Draft, type DraftHousehold, leave, registration } from './drafting.ts';
import type { Household, Membership, Person, Unit } from './model.ts';
import type { Random } from './random.ts';
import type { Streets } from './streets.ts';

/** Gives numbers in the style of the comune's software. */
export class Numbers {
  private person = 0;
  private household = 0;
  private institute = 0;
  private readonly code: string;
  private readonly style: number;

  /** @param from numbers up to this one are taken: those of the full supply, where changes follow it. */
  constructor(code: string, index: number, from = 0) {
    this.code = code;
    this.style = index % 3;
    this.person = from;
    this.household = from;
    this.institute = Math.min(from, 500);
  }

  nextPerson(): string {
    const n = ++this.person;
    if (this.style === 0) return String(n).padStart(8, '0');
    return this.style === 1 ? `${this.code}-${n}` : `S${n}`;
  }

  nextHousehold(): string {
    const n = ++this.household;
    if (this.style === 0) return String(90_000_000 + n);
    return this.style === 1 ? String(1_000_000 + n) : `F${n}`;
  }

  nextInstitute(): string {
    return `C${String(++this.institute).padStart(5, '0')}`;
  }
}

/** Nothing that begins on or after `day` is known; who is here then leaves for `comune`. */
export function seenBefore(draft: Draft, day: number, comune: string): Draft {
  const people = draft.people.filter((person) => person.registrations[0]!.from < day);
  for (const person of people) {
    const known = person.registration.to <= day;
    person.civil = person.civil.filter((spell) => spell.from < day);
    person.citizenship = person.citizenship.filter((spell) => spell.from < day);
    if (person.status.to > day) person.status.to = OPEN;
    if (person.citizen.to > day) person.citizen.to = OPEN;
    if (person.citizenship.length === 1) person.otherCitizenship = '';
    person.memberships = person.memberships.filter((membership) => membership.from < day);
    if (known) continue;
    person.death = OPEN;
    person.deathText = '';
    leave(person, day, '3', comune, '');
  }
  const households = draft.households.filter(({ household }) => household.from < day);
  for (const home of households) cutHome(home, people, (m) => m.from < day);
  for (const { household, moves } of households) {
    if (household.to > day) household.to = day;
    while ((moves[moves.length - 1] ?? 0) >= day) moves.pop();
  }
  return { people, households };
}

/** Nothing that ended before `day` is known; who was there then comes from `comune` on that day. */
export function seenFrom(draft: Draft, day: number, comune: string): Draft {
  const people = draft.people.filter((person) => person.registration.to > day);
  for (const person of people) {
    const current = person.registration;
    if (current.from < day) person.registrations = [{ ...registration(day, '3', comune), ...endOf(current) }];
    const kept: Membership[] = [];
    for (const membership of person.memberships) {
      if (membership.to <= day) continue;
      kept.push(membership.from < day ? { ...membership, from: day } : membership);
    }
    person.memberships = kept;
  }
  const households = draft.households
    .filter(({ household }) => household.to > day)
    .map((home) => ({ ...home, moves: home.moves.filter((at) => at > day + 60), stays: [] }));
  const known = new Map<Household, Household>();
  for (const home of households) {
    const { household } = home;
    if (household.from < day) known.set(household, { ...household, from: day });
  }
  for (const person of people) {
    person.memberships = person.memberships.map((membership) => {
      const household = known.get(membership.household);
      return household === undefined ? membership : { ...membership, household };
    });
  }
  return {
    people,
    households: households.map((home) => ({
      ...home,
      household: known.get(home.household) ?? home.household,
    })),
  };
}

const endOf = (r: { to: number; reasonOut: string; toComune: string; toState: string }) => ({
  to: r.to,
  reasonOut: r.reasonOut,
  toComune: r.toComune,
  toState: r.toState,
});

function cutHome(home: DraftHousehold, people: readonly Person[], keep: (m: Membership) => boolean): void {
  const kept = home.stays.filter((s) => people.includes(s.person) && keep(s.membership));
  home.stays.length = 0;
  home.stays.push(...kept);
}

/** Numbers, addresses, dwellings: what the draft is in this register. */
export function enlist(draft: Draft, numbers: Numbers, streets: Streets, random: Random): Unit {
  const households: Household[] = [];
  for (const { household, moves, homeless } of draft.households) {
    household.id = household.name === '' ? numbers.nextHousehold() : numbers.nextInstitute();
    const address = (): string => (homeless ? streets.homeless() : streets.draw(random));
    household.addresses.push({ address: address(), from: household.from });
    for (const day of moves) household.addresses.push({ address: address(), from: day });
    households.push(household);
  }
  for (const person of draft.people) person.id = numbers.nextPerson();
  for (const person of draft.people) {
    dwell(person, streets, random);
  }
  return {
    people: draft.people,
    households: households.filter((household) => conclude(household, draft.people)),
  };
}

/** Where the person lived: before the first household known, at an address of those days; then with each household. */
function dwell(person: Person, streets: Streets, random: Random): void {
  const first = person.memberships[0]?.from ?? OPEN;
  for (const { from, to } of person.registrations) {
    const end = Math.min(to, first);
    if (from < end) person.dwellings.push({ address: streets.draw(random), from, to: end });
  }
  let last = '';
  for (const { household, from: since, to } of person.memberships) {
    const { addresses } = household;
    addresses.forEach((spell, i) => {
      const next = addresses[i + 1]?.from ?? OPEN;
      const start = Math.max(spell.from, since);
      const end = Math.min(next, to);
      if (next <= since || start > end || (start === end && since !== to)) return;
      const previous = person.dwellings[person.dwellings.length - 1];
      if (previous !== undefined && spell.address === last && previous.to === start)
        person.dwellings[person.dwellings.length - 1] = { ...previous, to: end };
      else person.dwellings.push({ address: spell.address, from: start, to: end });
      last = spell.address;
    });
  }
}

/** Who is intestatario last, and when the last member went: a household that nobody lives in is closed on that day. */
function conclude(household: Household, people: readonly Person[]): boolean {
  let end = household.from;
  let since = -OPEN;
  let members = 0;
  for (const person of people) {
    for (const membership of person.memberships) {
      if (membership.household !== household) continue;
      members++;
      end = Math.max(end, membership.to);
      if (membership.relation === '1' && membership.from >= since) {
        since = membership.from;
        household.head = person;
      }
    }
  }
  if (household.to >= OPEN) household.to = end;
  return members > 0;
}
