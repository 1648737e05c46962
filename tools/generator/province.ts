/** The whole province: comune after comune, unit after unit, in memory that does not grow with it. */
import { mkdir } from 'node:fs/promises';
import { dayNumber } from './calendar.ts';
import { draftClan, draftConvivenza, draftGone, draftNamesakes } from './clans.ts';
import { COMUNI, type Comune, shareOut } from './comuni.ts';
import { type Draft, Drafting } from './drafting.ts';
import { CodeBook } from './fiscal-code.ts';
import { draftMove, movesBetween } from './moves.ts';
import { hash, Random } from './random.ts';
import { Streets } from './streets.ts';
import { FullSupply, type WrittenSupply } from './supply.ts';
import { enlist, Numbers } from './view.ts';

export interface ProvinceOptions {
  /** Residents of the province at the day of the full supplies. */
  readonly persons: number;
  /** Months of changes after it. */
  readonly months: number;
  readonly seed: number;
  /** Share of subjects with a defect, 0 to 1. */
  readonly defects: number;
  readonly out: string;
}

/** Called after each comune. */
export type Progress = (comune: Comune, written: WrittenSupply) => void;

/** The day of the full supplies. */
export const SITUATION = dayNumber('2024-12-31');

/** Writes the supplies of the 47 comuni. */
export async function generateProvince(options: ProvinceOptions, progress: Progress): Promise<void> {
  await mkdir(options.out, { recursive: true });
  const sizes = shareOut(options.persons);
  const book = new CodeBook(Math.ceil(options.persons * 2) + 1000);
  for (const comune of COMUNI) progress(comune, await fullSupply(options, comune, sizes, book));
}

/** How many units go by between two waits for the disk. */
const BREATH = 64;

async function fullSupply(
  options: ProvinceOptions,
  comune: Comune,
  sizes: readonly number[],
  book: CodeBook,
): Promise<WrittenSupply> {
  const { seed } = options;
  const target = sizes[comune.index]!;
  const d = new Drafting(SITUATION, book);
  const streets = new Streets(comune, seed, target);
  const numbers = new Numbers(comune.code, comune.index);
  const random = new Random(hash(seed, 'addresses', comune.code));
  const supply = await FullSupply.open(comune, SITUATION, seed, options.out);
  let count = 0;
  for (const draft of drafts(d, seed, comune, sizes, target, () => supply.totals.residenti)) {
    supply.add(enlist(draft, numbers, streets, random));
    if (++count % BREATH === 0) await supply.drain();
  }
  return supply.close();
}

/** Every unit of a comune, until it has its residents. */
function* drafts(
  d: Drafting,
  seed: number,
  comune: Comune,
  sizes: readonly number[],
  target: number,
  residents: () => number,
): Generator<Draft> {
  for (const other of COMUNI) {
    const out = movesBetween(seed, sizes, comune.index, other.index);
    for (let k = 0; k < out; k++) yield draftMove(d, seed, comune.index, other.index, k, 'origin');
    const into = movesBetween(seed, sizes, other.index, comune.index);
    for (let k = 0; k < into; k++) yield draftMove(d, seed, other.index, comune.index, k, 'destination');
  }
  const institutes = Math.floor(target / 3500 + 0.4);
  for (let k = 0; k < institutes; k++) {
    d.begin(hash(seed, 'convivenza', comune.code, k), comune.index);
    yield draftConvivenza(d, k + comune.index);
  }
  for (let k = 0; residents() < target; k++) {
    d.begin(hash(seed, 'clan', comune.code, k), comune.index);
    const draft = draftClan(d, target - residents());
    yield draft;
    if (k % 9 === 8) {
      d.begin(hash(seed, 'gone', comune.code, k), comune.index);
      yield draftGone(d);
    }
    if (k % 7000 === 1500 && target - residents() > 20) {
      d.begin(hash(seed, 'namesakes', comune.code, k), comune.index);
      yield draftNamesakes(d);
    }
  }
}
