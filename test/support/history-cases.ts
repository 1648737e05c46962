/**
 * Reads the published residence histories (../shared/cases/history) and puts their vocabulary into the register's: dates
 * AAAAMMGG with 00 for what is not known, corrections of the residence before, "ABROAD:" and a state.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Day,
  day,
  firstDay,
  lastDay,
  type PartialDate,
  parsePartialDate,
} from '../../src/kernel/day.ts';
import { type CountedSpan, type Span, spansInSequence } from '../../src/registry/answers/certainty.ts';
import type { Asked } from '../../src/registry/answers/residences.ts';

const FILE = resolve(import.meta.dirname, '../../../shared/cases/history/residence_as_of_and_period.json');

interface RawCase {
  readonly title: string;
  readonly residences: readonly (
    | { readonly op: 'register'; readonly address: string; readonly from: string }
    | { readonly op: 'correct_last'; readonly from: string }
  )[];
  readonly query: { readonly peildatum: string } | { readonly datumVan: string; readonly datumTot: string };
  readonly expected: readonly {
    readonly address: string;
    readonly from: string;
    readonly next_from: string | null;
  }[];
}

export interface Residence {
  readonly address: string;
  /** null: not known at all. */
  readonly from: PartialDate | null;
}

export interface HistoryCase {
  /** What is asked, of what: the title of the case says why. */
  readonly title: string;
  /** In the order of registration, corrections carried out. */
  readonly residences: readonly Residence[];
  /** What stood in place of the last one, before it was corrected. */
  readonly corrected: Residence | null;
  readonly asked: Asked;
  /** "address from>next": dates as the register writes them. */
  readonly expected: readonly string[];
}

/** @throws RangeError on a date that is none */
function dateOf(text: string): PartialDate | null {
  if (text === '00000000') return null;
  const known = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].filter((part) => part !== '00');
  const date = parsePartialDate(known.join('-'));
  if (date === null) throw new RangeError(`not a date of a case: ${text}`);
  return date;
}

export function historyCases(): HistoryCase[] | null {
  if (!existsSync(FILE)) return null;
  const cases = JSON.parse(readFileSync(FILE, 'utf8')) as RawCase[];
  return cases.map((raw, i): HistoryCase => {
    const residences: Residence[] = [];
    let corrected: Residence | null = null;
    for (const r of raw.residences) {
      if (r.op === 'register') residences.push({ address: r.address, from: dateOf(r.from) });
      else {
        corrected = residences.pop()!;
        residences.push({ address: corrected.address, from: dateOf(r.from) });
      }
    }
    const { query } = raw;
    return {
      title: `${i + 1} ${raw.title}`,
      residences,
      corrected,
      asked:
        'peildatum' in query
          ? { on: day(query.peildatum) }
          : { from: day(query.datumVan), to: day(query.datumTot) },
      expected: raw.expected.map((e) =>
        told(e.address, dateOf(e.from), e.next_from === null ? 'open' : dateOf(e.next_from)),
      ),
    };
  });
}

export const told = (address: string, from: PartialDate | null, next: PartialDate | null | 'open'): string =>
  `${address} ${from ?? '?'}>${next === 'open' ? '' : (next ?? '?')}`;

const reading = (date: PartialDate | null): [Day, Day] =>
  date === null ? [day('0001-01-01'), day('9999-12-31')] : [firstDay(date), lastDay(date)];

/** Each residence ends when the next begins. */
export function spansOf(residences: readonly Residence[]): CountedSpan[] {
  return spansInSequence(
    residences.map((r, i): Span => {
      const next = residences[i + 1];
      return { start: reading(r.from), end: next === undefined ? null : reading(next.from) };
    }),
  );
}
