/** The rows read of a part of a register, and the claims that they are put back into. Each row is read once. */
import type { Client } from '../../platform/db/pool.ts';
import { DEPTH, type Tables } from '../claims/entry-depth.ts';
import type { HouseholdState } from '../claims/entry-state.ts';
import { type EntryHeader, entryFromRows, fillEntry, householdFromRows } from '../claims/state-rows.ts';
import type { Rank } from '../claims/timeline.ts';
import {
  findHouseholdNumbers,
  type KindRow,
  loadEntryRows,
  loadHouseholdRows,
  loadRanks,
} from '../tables/state.sql.ts';
import type { FactTable } from '../tables/tables.ts';
import { keyOf, type WorkingRegister } from './working-register.ts';

const FIRST: Rank = { day: '', event: 0 };
const NO_TABLES: Tables = new Set();

/** An entry, and the tables of which its rows are wanted. */
export interface EntryPart {
  readonly header: EntryHeader;
  readonly tables: Tables;
}

function byOwner(rows: readonly KindRow[], key: 'entry_id' | 'household_id'): Map<number, KindRow[]> {
  const found = new Map<number, KindRow[]>();
  for (const row of rows) {
    const id = row.row[key] as number;
    const list = found.get(id);
    if (list === undefined) found.set(id, [row]);
    else list.push(row);
  }
  return found;
}

export class HeldRows {
  readonly #db: Client;
  readonly #register: WorkingRegister;
  readonly #before: string | null;
  /** Of each entry asked for, the tables that were read. */
  readonly #read = new Map<number, Tables>();
  readonly #entryRows = new Map<number, readonly KindRow[]>();
  readonly #householdRows = new Map<number, readonly KindRow[]>();
  readonly #ranks = new Map<number, Rank>();
  readonly entryNumbers = new Map<string, number>();
  readonly householdNumbers = new Map<string, number>();

  /** @param before null: what is held now */
  constructor(db: Client, register: WorkingRegister, before: string | null) {
    this.#db = db;
    this.#register = register;
    this.#before = before;
  }

  ofEntry(entryId: number): readonly KindRow[] {
    return this.#entryRows.get(entryId) ?? [];
  }

  ofHousehold(householdId: number): readonly KindRow[] {
    return this.#householdRows.get(householdId) ?? [];
  }

  async #learnRanks(rows: readonly KindRow[]): Promise<void> {
    const unknown = new Set<number>();
    for (const { row } of rows) {
      const id = row['event_id'] as number;
      if (!this.#ranks.has(id)) unknown.add(id);
    }
    if (unknown.size === 0) return;
    for (const { event_id, rank_day, rank_event } of await loadRanks(this.#db, [...unknown]))
      this.#ranks.set(event_id, { day: rank_day ?? '', event: rank_event ?? event_id });
  }

  readonly #rank = (eventId: number): Rank => this.#ranks.get(eventId) ?? FIRST;

  /** Reads what is wanted and has not been read, and holds the entries in the register. */
  async readEntries(parts: readonly EntryPart[]): Promise<void> {
    const asked = new Map<number, EntryHeader>();
    const wanted = new Map<FactTable, number[]>();
    for (const { header, tables } of parts) {
      const read = this.#read.get(header.entry_id) ?? NO_TABLES;
      if (tables.isSubsetOf(read)) continue;
      for (const table of tables)
        if (!read.has(table)) {
          const ids = wanted.get(table);
          if (ids === undefined) wanted.set(table, [header.entry_id]);
          else ids.push(header.entry_id);
        }
      this.#read.set(header.entry_id, read.size === 0 ? tables : read.union(tables));
      this.entryNumbers.set(header.id_soggetto, header.entry_id);
      asked.set(header.entry_id, header);
    }
    if (asked.size === 0) return;
    const rows = await loadEntryRows(this.#db, wanted, this.#before);
    await this.#learnRanks(rows);
    const owned = byOwner(rows, 'entry_id');
    const bare: EntryPart[] = [];
    for (const header of asked.values()) {
      this.#hold(header, owned.get(header.entry_id) ?? []);
      // Where nobody was ever registered, the rest says whether anything is held at all.
      const state = this.#register.entryById(header.entry_id);
      if (state === undefined || state.registrations.length === 0) bare.push({ header, tables: DEPTH.whole });
    }
    await this.readEntries(bare);
  }

  /** An entry all of whose facts were annulled is known by its number alone. */
  #hold(header: EntryHeader, rows: readonly KindRow[]): void {
    const { entry_id } = header;
    const before = this.#entryRows.get(entry_id) ?? [];
    this.#entryRows.set(entry_id, before.length === 0 ? rows : [...before, ...rows]);
    if (rows.length === 0) return;
    const held = this.#register.entryById(entry_id);
    const state = held ?? entryFromRows(header, rows, this.#rank);
    if (held !== undefined) fillEntry(held, rows, this.#rank);
    this.#register.hold([state], []);
  }

  async readHouseholds(ids: Iterable<number>): Promise<void> {
    const fresh = [...new Set(ids)].filter((id) => !this.#householdRows.has(id));
    if (fresh.length === 0) return;
    const rows = await loadHouseholdRows(this.#db, fresh, this.#before);
    await this.#learnRanks(rows);
    const owned = byOwner(rows, 'household_id');
    const states: HouseholdState[] = [];
    const bare: number[] = [];
    for (const id of fresh) {
      const mine = owned.get(id) ?? [];
      this.#householdRows.set(id, mine);
      const state = householdFromRows(id, mine, this.#rank);
      if (state === null) bare.push(id);
      else {
        states.push(state);
        this.householdNumbers.set(keyOf({ kind: state.kind, id: state.idHousehold }), id);
      }
    }
    // One all of whose facts were annulled is known by its number alone.
    for (const { household_id, kind, id_household } of await findHouseholdNumbers(this.#db, bare))
      this.householdNumbers.set(keyOf({ kind, id: id_household }), household_id);
    this.#register.hold([], states);
  }
}
