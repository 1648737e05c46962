/** The months of changes after the day of the full supplies: each ends a supply of changes. */
import { monthEnd } from '../calendar.ts';

export class Months {
  /** The last day of month 0 (the full supplies), 1, 2 … */
  readonly ends: readonly number[];

  constructor(situation: number, count: number) {
    this.ends = Array.from({ length: count + 1 }, (_, m) => (m === 0 ? situation : monthEnd(situation, m)));
  }

  /** How many months of changes there are. */
  get count(): number {
    return this.ends.length - 1;
  }

  /** The last day of all. */
  get last(): number {
    return this.ends[this.count]!;
  }

  first(month: number): number {
    return this.ends[month - 1]! + 1;
  }

  end(month: number): number {
    return this.ends[month]!;
  }

  /** The month in which a day lies; 0 for any day up to the full supplies, `count + 1` past the last. */
  of(day: number): number {
    let month = 0;
    while (month <= this.count && day > this.ends[month]!) month++;
    return month;
  }
}
