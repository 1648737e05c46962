/**
 * Who is who in one register, and when what was registered: read once, and the same whatever instant of the past is looked at,
 * for numbers and codes are never taken back. A supply of changes writes nothing before it has read everything.
 */
import type { Client } from '../../platform/db/pool.ts';
import type { EntryHeader } from '../claims/state-rows.ts';
import type { Rank } from '../claims/timeline.ts';
import {
  findByCode,
  findEntries,
  findHouseholds,
  listMembers,
  loadHeaders,
  loadRanks,
} from '../tables/state.sql.ts';
import type { HouseholdKey } from './event-records.ts';

const FIRST: Rank = { day: '', event: 0 };

export class Directory {
  readonly db: Client;
  readonly comune: string;
  readonly #headers = new Map<number, EntryHeader>();
  /** Null: the register has no such number. */
  readonly #byNumber = new Map<string, EntryHeader | null>();
  readonly #byCode = new Map<string, readonly EntryHeader[]>();
  readonly #households = new Map<string, number | null>();
  readonly #members = new Map<number, readonly number[]>();
  readonly #ranks = new Map<number, Rank>();

  constructor(db: Client, comune: string) {
    this.db = db;
    this.comune = comune;
  }

  #learn(headers: readonly EntryHeader[]): void {
    for (const header of headers) {
      this.#headers.set(header.entry_id, header);
      this.#byNumber.set(header.id_soggetto, header);
    }
  }

  async entries(entryIds: Iterable<number>): Promise<EntryHeader[]> {
    const asked = [...new Set(entryIds)];
    const unknown = asked.filter((id) => !this.#headers.has(id));
    if (unknown.length > 0) this.#learn(await loadHeaders(this.db, unknown));
    return asked.flatMap((id) => this.#headers.get(id) ?? []);
  }

  async entriesByNumber(ids: Iterable<string>): Promise<EntryHeader[]> {
    const asked = [...new Set(ids)];
    const unknown = asked.filter((id) => !this.#byNumber.has(id));
    if (unknown.length > 0) {
      for (const id of unknown) this.#byNumber.set(id, null);
      this.#learn(await findEntries(this.db, this.comune, unknown));
    }
    return asked.flatMap((id) => this.#byNumber.get(id) ?? []);
  }

  /** Those who bear or bore one of the codes. */
  async entriesByCode(codes: Iterable<string>): Promise<EntryHeader[]> {
    const asked = [...new Set(codes)];
    const unknown = asked.filter((code) => !this.#byCode.has(code));
    if (unknown.length > 0) {
      const found = await findByCode(this.db, this.comune, unknown);
      this.#learn(found);
      const bearers = Map.groupBy(found, (header) => header.codice_fiscale);
      for (const code of unknown) this.#byCode.set(code, bearers.get(code) ?? []);
    }
    const entries = new Set(asked.flatMap((code) => (this.#byCode.get(code) ?? []).map((h) => h.entry_id)));
    return [...entries].sort((a, b) => a - b).map((id) => this.#headers.get(id)!);
  }

  /** The numbers of the households that the comune calls so. */
  async households(kind: HouseholdKey['kind'], ids: Iterable<string>): Promise<Map<string, number>> {
    const asked = [...new Set(ids)];
    const unknown = asked.filter((id) => !this.#households.has(`${kind}:${id}`));
    if (unknown.length > 0) {
      for (const id of unknown) this.#households.set(`${kind}:${id}`, null);
      for (const h of await findHouseholds(this.db, this.comune, kind, unknown))
        this.#households.set(`${kind}:${h.id_household}`, h.household_id);
    }
    return new Map(
      asked.flatMap((id): [string, number][] => {
        const household = this.#households.get(`${kind}:${id}`);
        return household == null ? [] : [[id, household]];
      }),
    );
  }

  /** Everybody who ever belonged to the households. */
  async members(householdIds: readonly number[]): Promise<EntryHeader[]> {
    const unknown = householdIds.filter((id) => !this.#members.has(id));
    if (unknown.length > 0) {
      const found = await listMembers(this.db, unknown);
      this.#learn(found);
      const of = Map.groupBy(found, (member) => member.household_id);
      for (const id of unknown)
        this.#members.set(
          id,
          (of.get(id) ?? []).map((m) => m.entry_id),
        );
    }
    const ids = new Set(householdIds.flatMap((id) => this.#members.get(id) ?? []));
    return [...ids].map((id) => this.#headers.get(id)!);
  }

  async learnRanks(eventIds: Iterable<number>): Promise<void> {
    const unknown = new Set<number>();
    for (const id of eventIds) if (!this.#ranks.has(id)) unknown.add(id);
    if (unknown.size === 0) return;
    for (const { event_id, rank_day, rank_event } of await loadRanks(this.db, [...unknown]))
      this.#ranks.set(event_id, { day: rank_day ?? '', event: rank_event ?? event_id });
  }

  /** Where the event stands among those of one day (timeline.ts), once learned. */
  readonly rank = (eventId: number): Rank => this.#ranks.get(eventId) ?? FIRST;
}
