/** What a supply takes from the moment at which it comes: the clock, an operator's word, and its numbers. */
import type { Database } from '../../platform/db/pool.ts';
import { findWaitingRoom } from '../../registry/events/events.sql.ts';
import { reserveNumbers } from '../../registry/supplies/supplies.sql.ts';
import type { SupplyNumbers } from '../../registry/supplies/supply-record.ts';
import type { OpenedCounts } from './check-contract.ts';

export interface Arrival {
  readonly now: () => Date;
  /** An operator confirmed by name that much is set aside or cancelled (SIP-014). */
  readonly confirmed: boolean;
  readonly supplyId: () => Promise<number>;
  /** Of a full supply, once its rows are counted. */
  readonly numbers: (supplyId: number, counts: OpenedCounts) => Promise<SupplyNumbers>;
  /** It is an operation in the national form, which a replay brings again with the supplies. */
  readonly operation?: boolean;
  /** Its numbers are the next ones: it may be applied before its turn to be written has come (apply-ahead.ts). */
  readonly ahead?: boolean;
  /** Called when the supply's turn to be written has come. */
  readonly beforeWrite: () => Promise<void>;
}

/** A supply that comes now: the next numbers are its own. */
export function arriveNow(db: Database, now: () => Date, confirmed: boolean): Arrival {
  return {
    now,
    confirmed,
    ahead: true,
    supplyId: async () => (await reserveNumbers(db, 'supply', 1)) + 1,
    numbers: async (supplyId, counts) => {
      const households = counts.famiglie + counts.convivenze;
      // What waits for a subject is tried again by a later full supply, and takes the numbers after those of its rows.
      const waiting = await findWaitingRoom(db, counts.comune);
      return {
        supplyId,
        eventId: (await reserveNumbers(db, 'event', 1 + waiting.events)) + 1,
        entryBase: await reserveNumbers(db, 'entry', counts.soggetti + waiting.things),
        householdBase: await reserveNumbers(db, 'household', households + waiting.things),
        entries: counts.soggetti,
        households,
      };
    },
    beforeWrite: async () => undefined,
  };
}
