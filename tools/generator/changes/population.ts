/**
 * How many residents each comune has at each month end, as its own supplies say: `noti` as known when the supply of that month
 * has been loaded, `residenti` as known when all have been (what was registered late, corrected or annulled has moved the past).
 */
import { writeFile } from 'node:fs/promises';
import { dayText } from '../calendar.ts';
import { COMUNI } from '../comuni.ts';
import type { Months } from './calendar.ts';

export class Population {
  private readonly months: Months;
  private readonly inTheEnd: Int32Array[];
  private readonly known: Int32Array[];

  constructor(months: Months) {
    this.months = months;
    const table = (): Int32Array[] => COMUNI.map(() => new Int32Array(months.count + 2));
    this.inTheEnd = table();
    this.known = table();
  }

  /** The residents of a comune in its full supply. */
  start(comune: number, residents: number): void {
    this.inTheEnd[comune]![0]! += residents;
    this.known[comune]![0]! += residents;
  }

  /**
   * `change` more residents from the end of `day` on, told in the supply of month `told`, and held to be so until the supply
   * of month `until`, which takes it back.
   */
  count(comune: number, change: number, day: number, told: number, until = Number.POSITIVE_INFINITY): void {
    const { count } = this.months;
    if (told > count) return;
    const month = this.months.of(day);
    if (until > count && month <= count) this.inTheEnd[comune]![month]! += change;
    const from = Math.max(month, told);
    if (from <= count) this.known[comune]![from]! += change;
    const to = Math.max(month, until);
    if (to <= count) this.known[comune]![to]! -= change;
  }

  /** `comune;al;residenti;noti`, a row for each comune and month end, the day of the full supplies first. */
  async write(path: string): Promise<void> {
    const rows = ['comune;al;residenti;noti'];
    for (const { code, index } of COMUNI) {
      let residents = 0;
      let known = 0;
      for (let month = 0; month <= this.months.count; month++) {
        residents += this.inTheEnd[index]![month]!;
        known += this.known[index]![month]!;
        rows.push(`${code};${dayText(this.months.end(month))};${residents};${known}`);
      }
    }
    await writeFile(path, `${rows.join('\n')}\n`);
  }
}
