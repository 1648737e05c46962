/**
 * Where somebody was resident in the course of time: every residence that was held, or may have been, on a day or in a
 * period (registry.md, "Dates may be partial"). Pure.
 */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import {
  type Certainty,
  type CountedSpan,
  type Dated,
  type Span,
  spanHoldsIn,
  spanHoldsOn,
  spanOf,
  spansInSequence,
} from './certainty.ts';
import { type Elsewhere, staysElsewhere } from './elsewhere.ts';
import type { DwellingFact, EntryFacts, RegistrationFact } from './facts.ts';
import type { KnownAt } from './known-at.ts';
import { type EntryName, entryName, type PersonState } from './person-state.ts';
import { type AddressAnswer, addressAnswer } from './residence.ts';

/** A day, or a period [from, to). */
export type Asked = { readonly on: Day } | { readonly from: Day; readonly to: Day };

/** How a residence answers the time asked. */
export interface Surety {
  /** certa where every reading of the dates agrees, possibile where some does. */
  readonly certezza: Certainty;
  /**
   * Does it hold where each partial date is read as its first day, by which things are sorted and counted? Of a residence
   * and the one that took its place in a year, only the second does, in the whole of that year.
   */
  readonly secondo_il_primo_giorno: boolean;
}

/** How surely a residence was held at the time asked; null: in no reading. */
export function suretyAt(span: CountedSpan, asked: Asked): Surety | null {
  const counted: Span = {
    start: [span.counted.from, span.counted.from],
    end: span.counted.to === null ? null : [span.counted.to, span.counted.to],
  };
  const holds = (s: Span): Certainty | null =>
    'on' in asked ? spanHoldsOn(s, asked.on) : spanHoldsIn(s, asked.from, asked.to);
  const certezza = holds(span);
  return certezza === null ? null : { certezza, secondo_il_primo_giorno: holds(counted) !== null };
}

export interface HeldResidence extends Surety {
  readonly comune?: string;
  readonly scheda?: EntryName;
  /** Absent for those of no fixed abode, and where the register knows no dwelling. */
  readonly indirizzo?: AddressAnswer;
  readonly senza_fissa_dimora?: true;
  /** Outside the registers of the province, as far as the cancellation tells: a comune or a state. */
  readonly altrove?: Elsewhere;
  readonly dal: PartialDate;
  readonly al: PartialDate | null;
}

export interface ResidencesAnswer {
  readonly persona: string;
  readonly al: Day | null;
  readonly periodo: { readonly dal: Day; readonly al: Day } | null;
  readonly noto_al: KnownAt;
  /** Whose word holds first, and what stands in the way of a plain answer, on the day or on the last of the period. */
  readonly parla: EntryName | null;
  readonly segnali: PersonState['segnali'];
  /** The latest first. */
  readonly residenze: readonly HeldResidence[];
}

type Stay = Dated & { readonly told: Omit<HeldResidence, 'dal' | 'al' | keyof Surety> };

const laterStart = (a: PartialDate, b: PartialDate): PartialDate => (firstDay(a) < firstDay(b) ? b : a);
const earlierEnd = (a: PartialDate | null, b: PartialDate | null): PartialDate | null =>
  a === null ? b : b === null || firstDay(a) <= firstDay(b) ? a : b;

/** What of the dwelling lies within the registration; null: nothing. */
function within(dwelling: DwellingFact, registration: RegistrationFact): Dated | null {
  const from = laterStart(registration.from, dwelling.from);
  const to = earlierEnd(registration.to, dwelling.to);
  return to !== null && firstDay(to) < firstDay(from) ? null : { from, to };
}

/** The stays of a registration, with the days of which no dwelling is known. */
function withGaps(homes: readonly Stay[], { from, to }: Dated, told: Stay['told']): Stay[] {
  const stays: Stay[] = [];
  let since: PartialDate | null = from;
  for (const home of homes) {
    if (since !== null && firstDay(since) < firstDay(home.from))
      stays.push({ from: since, to: home.from, told });
    stays.push(home);
    since = home.to;
  }
  const open = since !== null && (to === null || firstDay(since) < firstDay(to));
  return homes.length === 0 || open ? [...stays, { from: since ?? from, to, told }] : stays;
}

function staysAt(entry: EntryFacts): Stay[] {
  const told = { comune: entry.comune, scheda: entryName(entry) };
  return entry.registrations.flatMap((registration): Stay[] => {
    const homes = entry.dwellings.flatMap((dwelling): Stay[] => {
      const part = within(dwelling, registration);
      if (part === null) return [];
      const home = dwelling.senza_fissa_dimora
        ? { senza_fissa_dimora: true as const }
        : { indirizzo: addressAnswer(dwelling) };
      return [{ ...part, told: { ...told, ...home } }];
    });
    return withGaps(homes, registration, told);
  });
}

/** Where the cancellations say that the person went: those that say nothing of it tell of no residence. */
const elsewhere = (entries: readonly EntryFacts[]): Stay[] =>
  staysElsewhere(entries).flatMap(({ from, to, altrove }) =>
    altrove === null ? [] : [{ from, to, told: { altrove } }],
  );

/**
 * The residences of a person that were or may have been held at the time asked, the latest first. Each register tells its
 * own: of somebody resident in two at once (registry.md, Double residence) both are given.
 */
export function residencesAt(entries: readonly EntryFacts[], asked: Asked): HeldResidence[] {
  const held: { day: Day; residence: HeldResidence }[] = [];
  for (const sequence of [...entries.map(staysAt), elsewhere(entries)]) {
    const spans = spansInSequence(sequence.map(spanOf));
    sequence.forEach((stay, i) => {
      const surety = suretyAt(spans[i]!, asked);
      if (surety === null) return;
      const residence = { ...stay.told, dal: stay.from, al: stay.to, ...surety };
      held.push({ day: spans[i]!.counted.from, residence });
    });
  }
  return held.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0)).map((h) => h.residence);
}
