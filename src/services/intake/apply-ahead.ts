/**
 * While one supply of changes is written the next is read and applied, and some more where they are small, so that the server and
 * this process work side by side; each is still written in a transaction of its own, in its turn, and applied again there where it was foreseen wrongly.
 */
import type { Database } from '../../platform/db/pool.ts';
import { type AppliedAhead, applyAhead, numbersAfter } from '../../registry/events/event-supply.service.ts';
import type { PreparedEvents } from '../../registry/events/supply-applier.ts';
import type { Numbers } from '../../registry/supplies/supplies.sql.ts';

/** Events of supplies that are applied and wait to be written: while they are no more the next is applied too. They lie in memory. */
const WAITING_EVENTS = 1500;

export class ApplyAhead {
  readonly #db: Database;
  /** Supplies applied ahead that are not written yet, that being written among them. */
  #unwritten = 0;
  /** Events of those of them that wait. */
  #waiting = 0;
  /** The numbers that will have been given once all of them are written. */
  #after: Numbers | null = null;
  /** Something is being written that was not applied ahead: nobody can tell which numbers it takes. */
  #unforeseen = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Supplies are applied in the order in which they are written. @param written until what comes before is written */
  async apply(prepared: PreparedEvents, written: Promise<void>): Promise<AppliedAhead | null> {
    if (this.#unforeseen) await written;
    const ahead = await applyAhead(this.#db, prepared, this.#unwritten > 0 ? this.#after : null);
    if (ahead === null) return null;
    this.#unwritten++;
    this.#waiting += eventsOf(ahead);
    this.#after = numbersAfter(ahead);
    return ahead;
  }

  /** May one more be applied before what was applied last begins to be written? */
  mayGoOn(ahead: AppliedAhead | null): boolean {
    return ahead !== null && this.#waiting <= WAITING_EVENTS;
  }

  /** Tells that a supply is written, and how it was applied ahead, if it was. */
  async whileWriting<T>(ahead: AppliedAhead | null, work: () => Promise<T>): Promise<T> {
    if (ahead === null) this.#unforeseen = true;
    else this.#waiting -= eventsOf(ahead);
    try {
      return await work();
    } finally {
      if (ahead === null) this.#unforeseen = false;
      else this.#unwritten--;
    }
  }
}

const eventsOf = ({ applied }: AppliedAhead): number => applied.numbered.room.event;
