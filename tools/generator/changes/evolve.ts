/**
 * How a unit lives on, month after month: what may befall each member, and how often. Rates are events for a person and year,
 * in the proportions of the province of Modena (ISTAT, bilancio demografico); what is told in one event befalls a whole home.
 */
import { bears, dies, fertility, mortality } from './births-deaths.ts';
import { divorces, findsParents, isRenamed, marries, marriesAway, naturalises } from './civil.ts';
import { changesHead, entersConvivenza, movesHouse, movesIn, movesOut, splits } from './dwellings.ts';
import { isCeded } from './land.ts';
import { leaves, movesAway } from './leaving.ts';
import { type Clan, isHead, type Member } from './living.ts';
import { getsCard, isProtected, renewsPermit } from './papers.ts';
import { cardIsTold, isCorrected, isMistaken } from './undone.ts';
import { ageOn, type Happen, type World } from './world.ts';

type Rate = (member: Member, age: number) => number;

const foreign = ({ person }: Member): boolean => person.citizen.state !== '100';
const grown =
  (rate: number): Rate =>
  (_, age) =>
    age >= 18 ? rate : 0;
/** The young move most. */
const restless = (age: number): number =>
  age < 18 ? 0 : age < 30 ? 2 : age < 45 ? 1.5 : age < 60 ? 0.7 : 0.35;
const ofHead =
  (rate: number): Rate =>
  (member, age) =>
    isHead(member) ? rate * restless(age) : 0;
const ofOther =
  (rate: number): Rate =>
  (member, age) =>
    isHead(member) ? 0 : rate * restless(age);

/** What may befall somebody, and how likely it is within a year. */
const CHANCES: readonly (readonly [Happen, Rate])[] = [
  [dies, (_, age) => 0.88 * mortality(age)],
  [bears, ({ person }, age) => (person.sex === 'F' && age >= 18 && age < 44 ? 0.112 * fertility(age) : 0)],
  [movesHouse, ofHead(0.085)],
  [movesOut, ofOther(0.06)],
  [movesIn, (_, age) => (age > 70 ? 0.012 : 0.002)],
  [movesAway, (member, age) => (isHead(member) ? 0.013 : 0.01) * restless(age)],
  [leaves, (member, age) => (foreign(member) ? 0.06 : isHead(member) ? 0.012 : 0.01) * restless(age)],
  [splits, (_, age) => (age > 20 && age < 50 ? 0.008 : 0)],
  [changesHead, grown(0.0012)],
  [entersConvivenza, (_, age) => (age > 78 ? 0.03 : 0)],
  [marries, ({ relation }) => (relation === '23' ? 0.09 : 0)],
  [marriesAway, (member, age) => (isHead(member) && age < 60 ? 0.008 : 0)],
  [divorces, ({ relation }, age) => (relation === '2' || relation === '28' ? (age < 65 ? 0.011 : 0.002) : 0)],
  [naturalises, (member, age) => (foreign(member) && age >= 18 ? 0.1 : 0)],
  [isRenamed, () => 0.0012],
  [findsParents, (_, age) => (age < 20 ? 0.08 : 0.0006)],
  [getsCard, () => 0.104],
  [renewsPermit, ({ person }) => (person.permit === '1' ? 0.75 : 0)],
  [isProtected, () => 0.0002],
  [isMistaken, () => 0.0012],
  [isCorrected, () => 0.001],
  [cardIsTold, () => 0.0004],
  [isCeded, ofHead(0.0002)],
];

const rates = new Float64Array(CHANCES.length);

/** Lives a unit through the months from `first` on. */
export function evolve(world: World, clan: Clan, first: number): void {
  const { months, random } = world;
  for (let month = first; month <= months.count; month++) {
    const end = months.end(month);
    if (clan.clock >= end) continue;
    // Who comes in during the month has their turn with the next one.
    for (const member of [...clan.members]) {
      if (clan.clock >= end) break;
      if (!clan.members.includes(member)) continue;
      const happen = draw(world, member, end);
      if (happen === null) continue;
      // Some of what the first supply of changes tells had happened before the full one was made.
      const low = month === 1 && random.chance(0.08) ? months.first(1) - 15 : months.first(month);
      const day = random.int(Math.max(clan.clock + 1, low), end);
      happen(world, clan, member, day);
    }
  }
}

/** What befalls a member this month, if anything. */
function draw({ random }: World, member: Member, day: number): Happen | null {
  const age = ageOn(member.person, day);
  let total = 0;
  for (let i = 0; i < CHANCES.length; i++) {
    const rate = CHANCES[i]![1](member, age);
    rates[i] = rate;
    total += rate;
  }
  let at = random.float() * 12;
  if (at >= total) return null;
  for (let i = 0; i < CHANCES.length; i++) {
    at -= rates[i]!;
    if (at < 0) return CHANCES[i]![0];
  }
  return null;
}
