/** The units a comune is made of: families with the grown children who stayed, lone people, convivenze, those who are gone. */
import { YEAR } from './calendar.ts';
import { draftCouple } from './couples.ts';
import { type Draft, type Drafting, die, leave, registration, stay } from './drafting.ts';
import type { Person } from './model.ts';
import { ABROAD, NATIONS } from './names-foreign.ts';
import { Weighted } from './random.ts';
import { draftSolo, endSolo } from './solos.ts';

/** Age of the head of an Italian household, by class of five years (rough ISTAT proportions), and of a foreign one. */
const ITALIAN_AGES = new Weighted<number>([
  [20, 6],
  [25, 22],
  [30, 36],
  [35, 44],
  [40, 54],
  [45, 74],
  [50, 88],
  [55, 92],
  [60, 84],
  [65, 76],
  [70, 74],
  [75, 68],
  [80, 62],
  [85, 42],
  [90, 20],
  [95, 6],
]);
const FOREIGN_AGES = new Weighted<number>([
  [20, 14],
  [25, 30],
  [30, 48],
  [35, 56],
  [40, 56],
  [45, 48],
  [50, 40],
  [55, 32],
  [60, 24],
  [65, 14],
  [70, 8],
  [75, 4],
]);
/** Share of heads who ever formed a couple that did not part, by class of ten years of age from 20. */
const COUPLES = [0.3, 0.6, 0.68, 0.7, 0.76, 0.84, 0.88, 0.88];

const KINDS = new Weighted<readonly [string, string, number]>([
  [['3', 'CASA RESIDENZA ANZIANI', 40], 6],
  [['1', 'CONVENTO DEI FRATI', 8], 1],
  [['2', 'CASA DI CURA', 20], 1],
  [['6', "COMUNITA' ALLOGGIO", 10], 2],
  [['4', 'CASERMA', 14], 0.5],
]);
const DEDICATIONS =
  'VILLA SERENA|SAN GIUSEPPE|IL GIRASOLE|SANTA CLARA|LE QUERCE|VILLA IGEA|SAN BENEDETTO|LA CASA DI ANNA|IL GELSO|MADRE TERESA'.split(
    '|',
  );

/** A family or a lone person with whoever of the children stayed, for a comune that still has room for `room` people. */
export function draftClan(d: Drafting, room: number): Draft {
  const { random } = d;
  const nation = random.chance(0.18) ? NATIONS.draw(random) : null;
  const age = (nation === null ? ITALIAN_AGES : FOREIGN_AGES).draw(random) + random.int(0, 4);
  const share = COUPLES[Math.min(7, Math.floor(age / 10) - 2)]!;
  if (room < 12 || !random.chance(nation === null ? share : share * 0.85)) {
    return draftSolo(d, { age, nation, plain: room < 4 });
  }
  const draft = draftCouple(d, { age, nation });
  const parents = draft.households[0]!.household;
  for (const { person, from } of draft.stayed) {
    const own = ownHome(d, person, from);
    const start = own.households[0]!.household.from;
    for (const membership of person.memberships)
      if (membership.household === parents && membership.to > start) membership.to = start;
    draft.people.push(...own.people.filter((member) => member !== person));
    draft.households.push(...own.households);
  }
  return draft;
}

/** The home of a grown child: alone, or with a partner. */
function ownHome(d: Drafting, person: Person, from: number): Draft {
  const age = Math.floor((d.today - person.birth) / YEAR);
  if (!d.random.chance(0.62)) return draftSolo(d, { age, nation: null, anchor: person, from });
  return draftCouple(d, { age, nation: null, anchor: person });
}

/** A household of which nobody is left: died, or gone abroad or to another part of Italy. The register keeps it. */
export function draftGone(d: Drafting): Draft {
  const { random, today } = d;
  const emigrates = random.chance(0.4);
  const nation = emigrates && random.chance(0.6) ? NATIONS.draw(random) : null;
  const back = random.int(40, Math.round((emigrates ? 10 : 14) * YEAR));
  const age = emigrates ? random.int(24, 60) + Math.floor(back / YEAR) : random.int(78, 105);
  if (emigrates && random.chance(0.4)) {
    const draft = draftCouple(d, { age, nation, plain: true, before: today - back - 400 });
    const day = today - back;
    const state = nation === null ? ABROAD.draw(random) : nation.state;
    const here = draft.people.filter((person) => person.registration.from < day);
    for (const person of here) leave(person, day, nation === null ? '8' : '5', '', state);
    draft.people.splice(0, draft.people.length, ...here);
    const { household, moves } = draft.households[0]!;
    draft.households[0]!.moves = moves.filter((move) => move < day);
    household.to = day;
    return draft;
  }
  const draft = draftSolo(d, { age, nation, plain: true, before: today - back - 400 });
  const home = draft.households[0]!;
  home.moves = home.moves.filter((move) => move < today - back);
  endSolo(d, draft, today - back, emigrates ? (nation?.state ?? ABROAD.draw(random)) : '');
  const reason = random.float();
  const { registration: last } = draft.people[0]!;
  // Untraceable, or no longer renewed: not heard of since (DPR 223/1989 art. 11).
  if (emigrates && nation !== null && reason < 0.4) {
    last.reasonOut = reason < 0.25 ? '6' : '7';
    last.toState = '';
  }
  return draft;
}

/** A convivenza with its members, most of whom came from elsewhere when they were old. */
export function draftConvivenza(d: Drafting, serial: number): Draft {
  const { random, today } = d;
  const [kind, label, size] = KINDS.draw(random);
  const opened = today - random.int(1500, 14_000);
  const name = `${label} "${DEDICATIONS[serial % DEDICATIONS.length]}"`;
  const home = d.household(kind, opened, name);
  const draft: Draft = { people: [], households: [home] };
  const members = random.int(Math.ceil(size / 2), size);
  const old = kind === '3' || kind === '2';
  for (let i = 0; i < members; i++) {
    const age = i === 0 || !old ? random.int(25, 62) : random.int(72, 98);
    const from = Math.max(opened, today - random.int(30, old ? 2200 : 5000));
    const birth = today - Math.round(age * YEAR) - random.int(0, 364);
    const nation = kind === '6' && random.chance(0.5) ? NATIONS.draw(random) : null;
    const female = random.chance(old ? 0.72 : kind === '4' ? 0.1 : 0.4);
    const person = d.person(female ? 'F' : 'M', birth, nation, random.chance(0.6));
    const native = nation === null && person.place.state === '' && random.chance(0.5) && birth < from - 7000;
    if (native) person.registrations.push(registration(birth, '1'));
    else if (nation !== null) person.registrations.push(registration(from, '4', '', nation.state));
    else person.registrations.push(registration(from, '3', '037006'));
    // Who runs it may be too young to have lived alone for long before.
    if (native && old && person.birth + ALONE_AT <= from - ALONE_FOR) ownBefore(d, draft, person, from);
    stay(home, person, i === 0 ? '1' : '2', from);
    if (i === 0) home.household.head = person;
    draft.people.push(person);
    if (i > 0 && old && random.chance(0.25) && from < today - 400)
      die(person, random.int(from + 60, today - 10), '036023');
  }
  return draft;
}

/** Days from birth after which somebody may live alone, and for how many at least. */
const ALONE_AT = 9000;
const ALONE_FOR = 800;

/** Lived alone in the comune before. */
function ownBefore(d: Drafting, draft: Draft, person: Person, until: number): void {
  const from = d.random.int(person.birth + ALONE_AT, until - ALONE_FOR);
  const home = d.household('9', from);
  stay(home, person, '1', from, until);
  home.household.head = person;
  home.household.to = until;
  draft.households.push(home);
}

/** Two people whom the same code would have fitted: both alone, both with an omocodic code. */
export function draftNamesakes(d: Drafting): Draft {
  const first = draftSolo(d, { age: d.random.int(30, 70), nation: null, plain: true });
  const twin = d.namesake(first.people[0]!);
  twin.registrations.push(registration(twin.birth, twin.place.state === '' ? '1' : '3'));
  const start = Math.min(d.today - 400, twin.birth + 9500);
  const home = d.household('9', start);
  stay(home, twin, '1', start);
  home.household.head = twin;
  return {
    people: [...first.people, twin],
    households: [...first.households, home],
  };
}
