/** The whole province: comune after comune, unit after unit, in memory that does not grow with it. */
import { mkdir } from 'node:fs/promises';
import type { Day } from '../../src/kernel/day.ts';
import { loadReference, type Reference } from '../../src/reference/load-reference.ts';
import { dayNumber, dayText } from './calendar.ts';
import { Months } from './changes/calendar.ts';
import { generateChanges } from './changes/changes.ts';
import { draftClan, draftConvivenza, draftGone, draftNamesakes } from './clans.ts';
import { COMUNI, type Comune, shareOut } from './comuni.ts';
import { DefectList } from './defect-list.ts';
import { isSpoilt, spoil } from './defects/spoil.ts';
import { addDetails } from './details.ts';
import { type Draft, Drafting } from './drafting.ts';
import { DuplicateList, draftReturn, mistakenAmong, returning } from './duplicates/duplicates.ts';
import { CodeBook } from './fiscal-code.ts';
import type { Unit } from './model.ts';
import { draftMove, movesBetween } from './moves.ts';
import { hash, Random } from './random.ts';
import { Streets } from './streets.ts';
import { SubentroSupply } from './subentro.ts';
import { FullSupply, supplyName, type WrittenSupply } from './supply.ts';
import { enlist, Numbers } from './view.ts';

export interface ProvinceOptions {
  /** Residents of the province at the day of the full supplies. */
  readonly persons: number;
  /** Months of changes after it. */
  readonly months: number;
  readonly seed: number;
  /** The day of the full supplies, as a day number; that of the official figures where absent. */
  readonly situation?: number;
  /** Share of subjects with a defect, 0 to 1. */
  readonly defects: number;
  /** Share of persons registered twice under different data, 0 to MOST_DUPLICATES; none where absent. */
  readonly duplicates?: number;
  readonly out: string;
  /** In how many files of subentro.xml (ANPR) each full supply is written; where absent it is a ZIP of the tracciato SIPOP. */
  readonly subentro?: number;
  /** ISTAT code of the one comune to write; its registers' neighbours are imagined all the same. */
  readonly comune?: string;
}

/** Beyond it moves between comuni are too few. */
export const MOST_DUPLICATES = 0.05;

/** Called after each comune's full supply. */
export type Progress = (comune: Comune, written: WrittenSupply) => void;
/** Called after each comune's supplies of changes, with the number of events. */
export type ChangesProgress = (comune: Comune, events: number) => void;

/** The day of the full supplies, where no other is asked for: that of the comuni's real proportions. */
export const SITUATION = dayNumber('2024-12-31');

const situationOf = ({ situation }: ProvinceOptions): number => situation ?? SITUATION;

/** The day at whose end the last supply of so many months of changes is true, AAAA-MM-GG. */
export const lastSituation = (months: number): Day => dayText(new Months(SITUATION, months).last);

/** Writes the supplies of the 47 comuni: the full ones, and `months` of changes after them. */
export async function generateProvince(
  options: ProvinceOptions,
  progress: Progress,
  onChanges: ChangesProgress = () => {},
): Promise<void> {
  const { seed, months, out, defects } = options;
  await mkdir(out, { recursive: true });
  const sizes = shareOut(options.persons);
  const book = new CodeBook(Math.ceil(options.persons * (2 + months / 40)) + 1000);
  const list = months > 0 || defects > 0 ? new DefectList(out) : null;
  const twice = (options.duplicates ?? 0) > 0 ? new DuplicateList(out) : null;
  const loaded: Loaded[] = [];
  const reference = loadReference();
  for (const comune of COMUNI) {
    if (options.comune !== undefined && comune.code !== options.comune) continue;
    const { written, ...rest } = await fullSupply(options, comune, sizes, book, list, twice, reference);
    loaded.push(rest);
    progress(comune, written);
  }
  twice?.close();
  if (months > 0 && list !== null)
    await generateChanges({
      seed,
      months,
      situation: situationOf(options),
      sizes,
      book,
      out,
      defects,
      list,
      loaded: (index) => loaded[index]!,
      units: (index) => sound(options, COMUNI[index]!, sizes, book),
      progress: (index, events) => onChanges(COMUNI[index]!, events),
    });
  list?.close();
}

/** How many units go by between two waits for the disk. */
const BREATH = 64;
/** Of those set aside in a comune, how many are remembered for events about them. */
const ASIDE = 40;

/** What a register will hold of a full supply: residents, and some of those set aside. */
interface Loaded {
  readonly residents: number;
  readonly aside: readonly string[];
}

async function fullSupply(
  options: ProvinceOptions,
  comune: Comune,
  sizes: readonly number[],
  book: CodeBook,
  list: DefectList | null,
  twice: DuplicateList | null,
  reference: Reference,
): Promise<Loaded & { readonly written: WrittenSupply }> {
  const { out, defects } = options;
  const supply =
    options.subentro === undefined
      ? await FullSupply.open(comune, situationOf(options), out)
      : new SubentroSupply(comune, situationOf(options), out, options.subentro, reference);
  const archive = supplyName(comune.code, 1, 'COMPLETA');
  const aside: string[] = [];
  let residents = 0;
  let fallen = 0;
  let count = 0;
  for (const { unit, seed: own, twice: known } of detailed(options, comune, sizes, book)) {
    for (const person of unit.people) if (person.resident) residents++;
    if (known !== undefined) for (const person of unit.people) twice?.note(known, comune.code, person);
    if (isSpoilt(own, defects, unit)) {
      const { rows, spoilt } = spoil(own, defects, unit);
      supply.addRows(rows);
      for (const { row, idSoggetto, codice, ...effect } of spoilt) {
        const { file, riga } = row;
        list?.add({ archive, comune: comune.code, progressivo: 1, file, riga, idSoggetto, codice });
        if (effect.fallen !== undefined) fallen++;
        if (effect.fallen === 'subject') residents--;
        if (effect.fallen === 'subject' && aside.length < ASIDE) aside.push(idSoggetto);
        if (effect.twin === true) residents++;
      }
    } else supply.add(unit);
    if (++count % BREATH === 0) await supply.drain();
  }
  return { residents, aside, written: await supply.close(fallen) };
}

/** The units without a defect. */
function* sound(
  options: ProvinceOptions,
  comune: Comune,
  sizes: readonly number[],
  book: CodeBook,
): Generator<Unit> {
  for (const { unit, seed: own } of detailed(options, comune, sizes, book))
    if (!isSpoilt(own, options.defects, unit)) yield unit;
}

/** Every unit of a comune as its register knows it, until it has its residents; as often as asked, the same. */
function* detailed(
  options: ProvinceOptions,
  comune: Comune,
  sizes: readonly number[],
  book: CodeBook,
): Generator<{ readonly unit: Unit; readonly seed: number; readonly twice: string | undefined }> {
  const { seed, duplicates = 0 } = options;
  const situation = situationOf(options);
  const target = sizes[comune.index]!;
  const d = new Drafting(situation, book);
  const streets = new Streets(comune, seed, target);
  const numbers = new Numbers(comune.code, comune.index);
  const random = new Random(hash(seed, 'addresses', comune.code));
  const register = hash(seed, comune.code);
  let residents = 0;
  let k = 0;
  for (const draft of drafts(d, { seed, duplicates }, comune, sizes, target, () => residents)) {
    const unit = enlist(draft, numbers, streets, random);
    for (const person of unit.people) {
      addDetails(person, situation, register);
      if (person.resident) residents++;
    }
    yield { unit, seed: hash(seed, 'unit', comune.code, k++), twice: draft.twice };
  }
}

/** Every unit of a comune before its register has seen it. */
function* drafts(
  d: Drafting,
  { seed, duplicates }: { readonly seed: number; readonly duplicates: number },
  comune: Comune,
  sizes: readonly number[],
  target: number,
  residents: () => number,
): Generator<Draft> {
  for (const other of COMUNI) {
    const out = movesBetween(seed, sizes, comune.index, other.index);
    for (let k = 0; k < out; k++) {
      const draft = draftMove(d, seed, comune.index, other.index, k, 'origin');
      yield {
        ...mistakenAmong(draft, seed, duplicates),
        twice: `${comune.code} ${other.code} ${k}`,
      };
    }
    const into = movesBetween(seed, sizes, other.index, comune.index);
    for (let k = 0; k < into; k++)
      yield {
        ...draftMove(d, seed, other.index, comune.index, k, 'destination'),
        twice: `${other.code} ${comune.code} ${k}`,
      };
  }
  for (let k = 0; k < returning(duplicates, target); k++)
    for (const part of ['before', 'after'] as const)
      yield {
        ...draftReturn(d, seed, sizes, comune.index, k, part),
        twice: `${comune.code} ${k}`,
      };
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
