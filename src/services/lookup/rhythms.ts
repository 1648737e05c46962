/** How late the supplies of a comune are (services.md, Lookup: "supply of this comune late by N days"), by the rhythm of its agreement. */
import { type Day, daysBetween, romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { When } from '../../registry/answers/ask-person.ts';
import { listRhythms } from './rhythms.sql.ts';

/** Agreements change once in a while: they are read again after so many milliseconds. */
const KEPT = 60_000;

/** Days beyond the agreed rhythm since the day that the supplies have come to; null where no rhythm is agreed. Pure. */
export function daysLate(situazioneAl: Day, today: Day, everyDays: number | null): number | null {
  return everyDays === null ? null : Math.max(0, daysBetween(situazioneAl, today) - everyDays);
}

/** The day on which lateness is told: that of the instant asked, or today. */
export const dayOfKnowing = ({ notoAl }: When, today: Day): Day => {
  const then = notoAl === null ? today : romeDay(new Date(notoAl));
  return then < today ? then : today;
};

/** The rhythms that the agreements give, kept for a minute. */
export class Rhythms {
  readonly #db: Client;
  #known: { readonly until: number; readonly days: Promise<ReadonlyMap<string, number>> } | null = null;

  constructor(db: Client) {
    this.#db = db;
  }

  /** Every how many days the comune delivers; null where no agreement says. */
  async everyDays(comune: string, today: Day): Promise<number | null> {
    const now = performance.now();
    if (this.#known === null || this.#known.until < now) {
      const days = listRhythms(this.#db, today).then(
        (rows) => new Map(rows.map((row) => [row.comune, row.every_days])),
      );
      // One that fails is not kept.
      days.catch(() => {
        this.#known = null;
      });
      this.#known = { until: now + KEPT, days };
    }
    return (await this.#known.days).get(comune) ?? null;
  }
}
