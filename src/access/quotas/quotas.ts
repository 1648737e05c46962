/**
 * How much a user and a body may ask in a day (security.md, 21). What a process took of a quota and did not use is lost with it: a quota is then a
 * little narrower, never wider.
 */
import { AppError } from '../../kernel/app-error.ts';
import { type Day, romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { takeBlock } from './quotas.sql.ts';

/** Questions taken at once, as far as there are many left. */
const BLOCK = 50;
/** Days begin where one of these does: what time it is in Rome differs from UTC by whole ones. */
const QUARTER_MS = 900_000;

export class Quotas {
  readonly #db: Client;
  readonly #taking = new Map<string, Promise<number>>();
  readonly #left = new Map<string, { readonly day: Day; left: number }>();

  constructor(db: Client) {
    this.#db = db;
  }

  /** One question of a holder and of its body. @throws QuotaUsedUp */
  async use(holderId: string, bodyId: string, now: Date): Promise<void> {
    const day = romeDay(now);
    if (!(await this.#take(holderId, 'user', day))) throw new QuotaUsedUp('user', now);
    if (!(await this.#take(bodyId, 'body', day))) throw new QuotaUsedUp('body', now);
  }

  async #take(id: string, of: 'user' | 'body', day: Day): Promise<boolean> {
    for (;;) {
      const held = this.#left.get(id);
      if (held?.day === day && held.left > 0) {
        held.left -= 1;
        return true;
      }
      // Those that come at once share one block: else some would be refused what others hold.
      const under = this.#taking.get(id) ?? this.#fill(id, of, day);
      if ((await under) <= 0) return false;
    }
  }

  #fill(id: string, of: 'user' | 'body', day: Day): Promise<number> {
    const filling = takeBlock(this.#db, id, of, day, BLOCK)
      .then((given) => {
        if (given > 0) this.#left.set(id, { day, left: given });
        return given;
      })
      .finally(() => this.#taking.delete(id));
    this.#taking.set(id, filling);
    return filling;
  }
}

/** Seconds to the first instant of tomorrow in Rome, within a quarter of an hour. */
function secondsToTomorrow(now: Date): number {
  const today = romeDay(now);
  let at = now.getTime();
  while (romeDay(new Date(at)) === today) at += QUARTER_MS;
  return Math.ceil((at - now.getTime()) / 1000);
}

/** The questions of the day are used up. */
export class QuotaUsedUp extends AppError {
  /** Seconds after which there are others. */
  readonly retryAfter: number;

  constructor(of: 'user' | 'body', now: Date) {
    super(
      'too-many-requests',
      of === 'user'
        ? 'le interrogazioni che questo accesso può fare oggi sono finite: riprendono domani; chi ne ha bisogno di più le chiede a chi amministra gli accessi'
        : 'le interrogazioni che l’ente può fare oggi sono finite: riprendono domani; chi ne ha bisogno di più le chiede a chi amministra gli accessi',
      `the questions that this ${of === 'user' ? 'account' : 'body'} may put today are used up: they begin again tomorrow; who needs more asks who administers access`,
    );
    this.name = 'QuotaUsedUp';
    this.retryAfter = secondsToTomorrow(now);
  }
}
