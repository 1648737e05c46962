/**
 * While one supply of changes is written the next is read and applied, so that the server and this process work side by side;
 * each is still written in a transaction of its own, in its turn, and applied again there where it was foreseen wrongly.
 */
import type { Database } from '../../platform/db/pool.ts';
import { type AppliedAhead, applyAhead, numbersAfter } from '../../registry/events/event-supply.service.ts';
import type { PreparedEvents } from '../../registry/events/supply-applier.ts';
import type { Numbers } from '../../registry/supplies/supplies.sql.ts';

export class ApplyAhead {
  readonly #db: Database;
  #writing = false;
  /** The numbers that will have been given once what is written now is written; null: nobody can tell. */
  #after: Numbers | null = null;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @param written until what comes before is written */
  async apply(prepared: PreparedEvents, written: Promise<void>): Promise<AppliedAhead | null> {
    if (this.#writing && this.#after === null) await written;
    return applyAhead(this.#db, prepared, this.#writing ? this.#after : null);
  }

  /** Tells that a supply is written, and how it was applied ahead, if it was. */
  async whileWriting<T>(ahead: AppliedAhead | null, work: () => Promise<T>): Promise<T> {
    this.#writing = true;
    this.#after = ahead === null ? null : numbersAfter(ahead);
    try {
      return await work();
    } finally {
      this.#writing = false;
    }
  }
}
