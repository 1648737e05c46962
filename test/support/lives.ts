/**
 * Random lives of invented families in a few comuni, told by each comune in the words of the tracciato: a first register and
 * lines of changes. A life is drawn from acts, each a few numbers, so that a failing one can be shrunk to the acts that matter.
 * What happens is plausible when it is thought of; late registrations, corrections and annulments make of it what they will.
 */
import fc from 'fast-check';
import { type Day, day } from '../../src/kernel/day.ts';

export const KINDS = [
  'birth',
  'death',
  'abroad',
  'move',
  'arrival',
  'address',
  'split',
  'join',
  'marriage',
  'divorce',
  'citizenship',
  'name',
  'head',
  'document',
  'street',
  'convivenza',
  'card',
  'land',
  'correction',
  'annulment',
  'fact',
] as const;
export type Kind = (typeof KINDS)[number];

/** Something that happens: to whom, with whom, on which day from the first one, registered how much later. */
export interface Act {
  readonly kind: Kind;
  readonly who: number;
  readonly other: number;
  readonly on: number;
  readonly late: number;
}

export interface FamilySeed {
  readonly comune: number;
  readonly couple: boolean;
  readonly children: number;
  readonly foreign: boolean;
  readonly born: number;
  /** Only the year of birth is known. */
  readonly uncertain: boolean;
}

/** A later full supply: of which comune, after which cut, what it leaves out, and what becomes of those. */
export interface Whole {
  readonly comune: number;
  readonly cut: number;
  readonly but: number;
  readonly cancels: boolean;
}

export interface Life {
  readonly comuni: number;
  readonly families: readonly FamilySeed[];
  readonly acts: readonly Act[];
  readonly wholes: readonly Whole[];
  /** Two orders of delivery: which comune comes next, of those with supplies left. */
  readonly orders: readonly [readonly number[], readonly number[]];
}

export const START = day('2024-12-31');
/** situazione_al of the supplies of changes. */
export const CUTS: readonly Day[] = [day('2025-03-31'), day('2025-07-31'), day('2025-12-31')];
export const END = CUTS.at(-1)!;
/** Comuni that lives are lived in. */
export const CODES = ['036023', '036042', '036047', '036005'];

const nat = (max: number) => fc.nat({ max });

export const lives: fc.Arbitrary<Life> = fc.record({
  comuni: fc.integer({ min: 2, max: CODES.length }),
  families: fc.array(
    fc.record({
      comune: nat(3),
      couple: fc.boolean(),
      children: nat(2),
      foreign: nat(4).map((n) => n === 0),
      born: nat(14_000),
      uncertain: nat(5).map((n) => n === 0),
    }),
    { minLength: 3, maxLength: 6 },
  ),
  acts: fc.array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      who: nat(999),
      other: nat(999),
      // Some of it happened before the first supply, and was registered after it.
      on: fc.integer({ min: -30, max: 340 }),
      late: fc.oneof({ weight: 3, arbitrary: nat(5) }, { weight: 1, arbitrary: nat(150) }),
    }),
    { minLength: 8, maxLength: 40, size: 'max' },
  ),
  wholes: fc.array(
    fc.record({ comune: nat(3), cut: nat(2), but: nat(999), cancels: nat(3).map((n) => n === 0) }),
    { maxLength: 2 },
  ),
  orders: fc.tuple(
    fc.array(nat(3), { minLength: 16, maxLength: 16 }),
    fc.array(nat(3), { minLength: 16, maxLength: 16 }),
  ),
});

export type Cells = Readonly<Record<string, string>>;
export type Line = Readonly<Record<string, unknown>> & {
  readonly id_evento: string;
  readonly operazione: string;
  readonly tipo: string;
  readonly decorrenza: Day;
  readonly registrazione: Day;
};

/** The rows of a full supply. */
export interface Rows {
  readonly soggetti: Cells[];
  readonly famiglie: Cells[];
  readonly convivenze: Cells[];
  readonly legami: Cells[];
}

/** What one comune tells. */
export interface Register extends Rows {
  readonly comune: string;
  /** The register told again, after the cut of that number. */
  readonly wholes: { readonly cut: number; readonly rows: Rows; readonly cancels: boolean }[];
  /** In the order of registration. */
  readonly lines: Line[];
}
