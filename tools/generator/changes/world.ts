/** What the changes of a province share: its months, its comuni with their streets, numbers and logs, and one stream of chance. */
import { dayText, YEAR } from '../calendar.ts';
import type { Comune } from '../comuni.ts';
import type { Drafting } from '../drafting.ts';
import type { Person } from '../model.ts';
import { Random } from '../random.ts';
import { ADDRESS, HEADERS, subjectRow } from '../rows.ts';
import type { Streets } from '../streets.ts';
import type { Numbers } from '../view.ts';
import type { Months } from './calendar.ts';
import type { EventLog, Expected, Happening } from './event-log.ts';
import type { Clan, Home, Member } from './living.ts';
import type { Population } from './population.ts';

/** A street that gets another name. */
export interface Renaming {
  /** specie;toponimo; */
  readonly from: string;
  readonly to: string;
  readonly day: number;
}

export interface Town {
  readonly comune: Comune;
  readonly index: number;
  readonly streets: Streets;
  readonly numbers: Numbers;
  readonly log: EventLog;
  readonly renamings: Renaming[];
  /** The convivenze that are open. */
  readonly convivenze: Home[];
  /** Some who stand set aside since the full supply. */
  readonly aside: readonly string[];
}

export interface World {
  readonly seed: number;
  /** Share of defects, 0 to 1. */
  readonly defects: number;
  /** Residents of each comune in the full supplies. */
  readonly sizes: readonly number[];
  readonly months: Months;
  readonly towns: readonly Town[];
  readonly population: Population;
  readonly drafting: Drafting;
  readonly random: Random;
}

export const newRandom = (): Random => new Random(0);

/** Something that befalls a member of a clan on a day. False: it could not be, and nothing was told. */
export type Happen = (world: World, clan: Clan, member: Member, day: number) => boolean;

export const ageOn = (person: Person, day: number): number => (day - person.birth) / YEAR;

export const townOf = (world: World, home: Home): Town => world.towns[home.town]!;

/** The name of a family as `dati` give it, whatever kind of household it is. */
export const homeKey = (home: Home): object =>
  home.convivenza ? { id_convivenza: home.id } : { id_famiglia: home.id };

const ADDRESS_COLUMNS = ADDRESS.split(';');
const SUBJECT_COLUMNS = HEADERS['soggetti.csv']!.split(';');

function filled(columns: readonly string[], cells: readonly string[]): Record<string, string> {
  const object: Record<string, string> = {};
  columns.forEach((column, i) => {
    if (cells[i] !== undefined && cells[i] !== '') object[column] = cells[i];
  });
  return object;
}

/** The address columns that are not empty. */
export const addressColumns = (address: string): Record<string, string> =>
  filled(ADDRESS_COLUMNS, address.split(';'));

/** A dwelling in the comune, by the names that its streets bear on the day. */
export function drawAddress(world: World, town: Town, day: number): string {
  let address = town.streets.draw(world.random);
  for (const { from, to, day: since } of town.renamings)
    if (since <= day && address.startsWith(from)) address = to + address.slice(from.length);
  return address;
}

/** The row of soggetti.csv inside an event: parents and spouse by the register's number only where it is of this register. */
export function subjectColumns(person: Person, town: number, updated: number): Record<string, string> {
  person.updated = updated;
  const row = filled(SUBJECT_COLUMNS, subjectRow(person).split(';'));
  if (person.father !== null && person.father.register !== town) delete row['id_padre'];
  if (person.mother !== null && person.mother.register !== town) delete row['id_madre'];
  const { spouse } = person.status;
  if (spouse !== null && spouse.register !== town) delete row['id_coniuge'];
  return row;
}

export interface Telling {
  readonly expected?: readonly Expected[];
  /** How many residents the comune gains. */
  readonly change?: number;
  /** What may be told wrongly at first; a correction then follows. */
  readonly mistaken?: Partial<Pick<Happening, 'dati' | 'decorrenza' | 'happened'>>;
}

/** Share of the events that are told wrongly at first, where a likely mistake is given. */
const MISTAKES = 0.03;

/** Tells an event to its comune, now and then wrongly first and corrected later; moves the clan's clock past it. */
export function tell(world: World, clan: Clan, town: Town, event: Happening, telling: Telling = {}): string {
  const { random, months, population } = world;
  const { expected = [], change = 0, mistaken } = telling;
  const wrong = mistaken !== undefined && random.chance(MISTAKES);
  const first = wrong ? { ...event, ...mistaken } : event;
  const id = town.log.add(first, expected);
  clan.clock = Math.max(clan.clock, event.registrazione);
  if (id === '') return id;
  const told = months.of(event.registrazione);
  let until: number | undefined;
  if (wrong) {
    const registrazione = event.registrazione + random.int(3, 70);
    clan.clock = Math.max(clan.clock, registrazione);
    if (town.log.correct(id, { ...event, registrazione }) !== '') {
      until = months.of(registrazione);
      if (change !== 0) population.count(town.index, change, event.decorrenza, until);
    }
  }
  if (change !== 0) population.count(town.index, change, first.decorrenza, told, until);
  return id;
}

/**
 * When the comune records what happened on a day: mostly within `usual` days, sometimes much later, never before the day of the
 * full supply, which would have told of it.
 */
export function recordedAfter({ random, months }: World, day: number, usual: number, late = 0.02): number {
  const after = random.chance(late) ? random.int(usual + 10, usual + 100) : random.int(0, usual);
  return Math.max(day + after, months.first(1));
}

/** comune/anno/parte/serie/numero. */
export function actIn(world: World, town: Town, day: number, part: string): string {
  const { random } = world;
  return `${town.comune.code}/${dayText(day).slice(0, 4)}/${part}/${random.pick(['A', 'B', 'C'])}/${random.int(1, 400)}`;
}

/** Somebody new in the register. */
export function enrol(town: Town, person: Person): void {
  person.id = town.numbers.nextPerson();
  person.register = town.index;
}
