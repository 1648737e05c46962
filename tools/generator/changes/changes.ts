/**
 * The changes of the whole province after its full supplies: every unit is drafted again as it was, and lives on; a move between
 * two comuni is told to both as it happens. Events go to files by comune and month (event-log.ts), so memory does not grow.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { COMUNI } from '../comuni.ts';
import type { DefectList } from '../defect-list.ts';
import { spoilEvents, spoilMonths, withNote } from '../defects/events.ts';
import { Drafting } from '../drafting.ts';
import type { CodeBook } from '../fiscal-code.ts';
import type { Unit } from '../model.ts';
import { fraction, hash } from '../random.ts';
import { Streets } from '../streets.ts';
import { softwareOf } from '../supply.ts';
import { Numbers } from '../view.ts';
import { arrives } from './arriving.ts';
import { Months } from './calendar.ts';
import { writeChanges } from './change-supply.ts';
import { EventLog } from './event-log.ts';
import { evolve } from './evolve.ts';
import { clanOf } from './living.ts';
import { Population } from './population.ts';
import { openConvivenze, renameStreets } from './town-events.ts';
import { newRandom, type Town, type World } from './world.ts';

/** Households that come from outside the province, for each resident and year. */
const ARRIVALS = 0.0165;
/** Numbers given after those of the full supplies. */
const AFTER = 5_000_000;

export interface ChangesOptions {
  readonly seed: number;
  readonly months: number;
  readonly situation: number;
  readonly sizes: readonly number[];
  readonly book: CodeBook;
  readonly out: string;
  /** Share of defects, 0 to 1. */
  readonly defects: number;
  readonly list: DefectList;
  /** What the register of a comune holds of its full supply. */
  readonly loaded: (comune: number) => { readonly residents: number; readonly aside: readonly string[] };
  /** The units of a comune, as its full supply gave them; those with a defect stay as they are. */
  readonly units: (comune: number) => Iterable<Unit>;
  /** Called after each comune's supplies, with the number of events. */
  readonly progress: (comune: number, events: number) => void;
}

/** Writes the supplies of changes of the 47 comuni and `popolazione.csv`. */
export async function generateChanges(options: ChangesOptions): Promise<void> {
  const { seed, sizes, book, out, situation } = options;
  const months = new Months(situation, options.months);
  const parts = join(out, '.eventi');
  const towns: Town[] = [];
  for (const comune of COMUNI)
    towns.push({
      comune,
      index: comune.index,
      streets: new Streets(comune, seed, sizes[comune.index]!),
      numbers: new Numbers(comune.code, comune.index, AFTER),
      log: await EventLog.open(comune, months, parts),
      renamings: [],
      convivenze: [],
      aside: options.loaded(comune.index).aside,
    });
  const population = new Population(months);
  const drafting = new Drafting(situation, book);
  const world: World = {
    seed,
    defects: options.defects,
    sizes,
    months,
    towns,
    population,
    drafting,
    random: newRandom(),
  };
  for (const town of towns) {
    foreseen(world, town);
    population.start(town.index, options.loaded(town.index).residents);
  }
  for (const town of towns) live(world, town, options.units(town.index));
  for (const town of towns) options.progress(town.index, await writeTown(world, town, options));
  await rm(parts, { recursive: true });
  await population.write(join(out, 'popolazione.csv'));
}

/** Writes every supply of changes of a comune, and lists what each should be met with. @returns the number of events */
async function writeTown(world: World, town: Town, options: ChangesOptions): Promise<number> {
  const { months } = world;
  const { comune } = town;
  const spoilt = spoilMonths(world, town);
  let count = 0;
  for (let month = 1; month <= months.count; month++) {
    const serial = month + 1;
    const events = await town.log.read(month);
    const [first] = events;
    const text = month === spoilt.noted && first !== undefined ? withNote(first.text) : null;
    if (first !== undefined && text !== null) events[0] = { ...first, text };
    const software = softwareOf(comune, month >= spoilt.software ? 1 : 0);
    const archive = await writeChanges(
      { comune, serial, day: months.end(month), events, software },
      options.out,
    );
    const add = (file: string, riga: number | null, idSoggetto: string, codice: string): void =>
      options.list.add({ archive, comune: comune.code, progressivo: serial, file, riga, idSoggetto, codice });
    if (month === spoilt.software) add('fornitura.json', null, '', 'SIP-021');
    if (text !== null) add('eventi.jsonl', null, '', 'SIP-020');
    for (const [i, { expected }] of events.entries())
      for (const { codice, idSoggetto } of expected) add('eventi.jsonl', i + 1, idSoggetto, codice);
    count += events.length;
  }
  return count;
}

/** What does not depend on who lives there. */
function foreseen(world: World, town: Town): void {
  world.random.reseed(hash(world.seed, 'town', town.comune.code));
  renameStreets(world, town);
  openConvivenze(world, town);
}

function live(world: World, town: Town, units: Iterable<Unit>): void {
  const { seed, months, random } = world;
  const { code } = town.comune;
  let k = 0;
  for (const unit of units) {
    const clan = clanOf(unit, town.index);
    const [first] = clan.members;
    if (first?.home.convivenza === true) town.convivenze.push(first.home);
    random.reseed(hash(seed, 'life', code, k++));
    spoilEvents(world, clan, unit);
    evolve(world, clan, 1);
  }
  for (let month = 1; month <= months.count; month++) {
    const count = Math.floor(
      (world.sizes[town.index]! * ARRIVALS) / 12 + fraction(seed, 'arrivals', code, month),
    );
    for (let i = 0; i < count; i++) {
      const unit = hash(seed, 'arrival', code, month, i);
      random.reseed(hash(unit, 'life'));
      const clan = arrives(world, town, unit, random.int(months.first(month), months.end(month)));
      evolve(world, clan, month);
    }
  }
}
