/**
 * The events of one register as they stand in the tables, each read once: a supply of changes writes nothing before it has read
 * everything, and what one correction has asked the next asks again.
 */
import type { Client } from '../../platform/db/pool.ts';
import {
  findEventsById,
  findSupplyEvents,
  findTouched,
  findTouching,
  findVersions,
  type StoredEvent,
  type SupplyEvent,
} from './events.sql.ts';

/** Whom and what events touched. */
export interface Touched {
  readonly entries: Set<number>;
  readonly households: Set<number>;
}

const inOrder = (a: StoredEvent, b: StoredEvent): number => a.event_id - b.event_id;

export class EventLog {
  readonly #db: Client;
  readonly #comune: string;
  readonly #byId = new Map<string, readonly StoredEvent[]>();
  readonly #versions = new Map<number, readonly StoredEvent[]>();
  readonly #touched = new Map<number, { entries: readonly number[]; households: readonly number[] }>();
  readonly #supplies = new Map<number, readonly SupplyEvent[]>();

  constructor(db: Client, comune: string) {
    this.#db = db;
    this.#comune = comune;
  }

  /** Events by their own ids, oldest first. */
  async byId(ids: Iterable<string>): Promise<StoredEvent[]> {
    const asked = [...new Set(ids)];
    const unknown = asked.filter((id) => !this.#byId.has(id));
    if (unknown.length > 0) {
      const found = await findEventsById(this.#db, this.#comune, unknown);
      const of = Map.groupBy(found, (e) => e.id_evento ?? '');
      for (const id of unknown) this.#byId.set(id, of.get(id) ?? []);
    }
    return asked.flatMap((id) => this.#byId.get(id) ?? []).sort(inOrder);
  }

  /** Every correction and annulment of the root events, oldest first. */
  async versions(roots: Iterable<number>): Promise<StoredEvent[]> {
    const asked = [...new Set(roots)];
    const unknown = asked.filter((root) => !this.#versions.has(root));
    if (unknown.length > 0) {
      const of = Map.groupBy(await findVersions(this.#db, unknown), (e) => e.root_event);
      for (const root of unknown) this.#versions.set(root, of.get(root) ?? []);
    }
    return asked.flatMap((root) => this.#versions.get(root) ?? []).sort(inOrder);
  }

  async touched(eventIds: Iterable<number>): Promise<Touched> {
    const asked = [...new Set(eventIds)];
    const unknown = asked.filter((id) => !this.#touched.has(id));
    if (unknown.length > 0) {
      for (const id of unknown) this.#touched.set(id, { entries: [], households: [] });
      for (const { event_id, entries, households } of await findTouched(this.#db, unknown))
        this.#touched.set(event_id, { entries, households });
    }
    const entries = new Set<number>();
    const households = new Set<number>();
    for (const id of asked) {
      for (const entry of this.#touched.get(id)!.entries) entries.add(entry);
      for (const household of this.#touched.get(id)!.households) households.add(household);
    }
    return { entries, households };
  }

  /** Events recorded from an instant on that touched any of the entries or households. */
  async touching(
    entryIds: readonly number[],
    householdIds: readonly number[],
    since: string,
  ): Promise<StoredEvent[]> {
    return findTouching(this.#db, entryIds, householdIds, since);
  }

  /** The full supplies of the comune up to a progressivo, the latest first. */
  async supplyEvents(progressivo: number): Promise<readonly SupplyEvent[]> {
    let found = this.#supplies.get(progressivo);
    if (found === undefined) {
      found = await findSupplyEvents(this.#db, this.#comune, progressivo);
      this.#supplies.set(progressivo, found);
    }
    return found;
  }

  /** Reads at once what corrections of these events will ask. */
  async foresee(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const roots = (await this.byId(ids)).map((e) => e.root_event ?? e.event_id);
    const versions = await this.versions(roots);
    await this.touched([...roots, ...versions.map((v) => v.event_id)]);
  }
}
