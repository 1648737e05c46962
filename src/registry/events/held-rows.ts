/** The rows read of a part of a register, and the claims that they are put back into. Each row is read once. */
import { DEPTH, type Tables } from '../claims/entry-depth.ts';
import type { HouseholdState } from '../claims/entry-state.ts';
import {
  type EntryHeader,
  entryFromRows,
  fillEntry,
  type HeldRow,
  householdFromRows,
} from '../claims/state-rows.ts';
import { findHouseholdNumbers, loadEntryRows, loadHouseholdRows } from '../tables/state.sql.ts';
import type { FactTable } from '../tables/tables.ts';
import type { Directory } from './directory.ts';
import { keyOf, type WorkingRegister } from './working-register.ts';

const NO_TABLES: Tables = new Set();

/** An entry, and the tables of which its rows are wanted. */
export interface EntryPart {
  readonly header: EntryHeader;
  readonly tables: Tables;
}

function byOwner(rows: readonly HeldRow[]): Map<number, HeldRow[]> {
  const found = new Map<number, HeldRow[]>();
  for (const row of rows) {
    const list = found.get(row.owner);
    if (list === undefined) found.set(row.owner, [row]);
    else list.push(row);
  }
  return found;
}

export class HeldRows {
  readonly #directory: Directory;
  readonly #register: WorkingRegister;
  readonly #before: string | null;
  /** Of each entry asked for, the tables that were read. */
  readonly #read = new Map<number, Tables>();
  readonly #entryRows = new Map<number, readonly HeldRow[]>();
  readonly #householdRows = new Map<number, readonly HeldRow[]>();
  readonly entryNumbers = new Map<string, number>();
  readonly householdNumbers = new Map<string, number>();

  /** @param before null: what is held now */
  constructor(directory: Directory, register: WorkingRegister, before: string | null) {
    this.#directory = directory;
    this.#register = register;
    this.#before = before;
  }

  ofEntry(entryId: number): readonly HeldRow[] {
    return this.#entryRows.get(entryId) ?? [];
  }

  ofHousehold(householdId: number): readonly HeldRow[] {
    return this.#householdRows.get(householdId) ?? [];
  }

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
    const rows = await loadEntryRows(this.#directory.db, wanted, this.#before);
    await this.#directory.learnRanks(rows.map((row) => row.eventId));
    const owned = byOwner(rows);
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
  #hold(header: EntryHeader, rows: readonly HeldRow[]): void {
    const { entry_id } = header;
    const before = this.#entryRows.get(entry_id) ?? [];
    this.#entryRows.set(entry_id, before.length === 0 ? rows : [...before, ...rows]);
    if (rows.length === 0) return;
    const held = this.#register.entryById(entry_id);
    const state = held ?? entryFromRows(header, rows, this.#directory.rank);
    if (held !== undefined) fillEntry(held, rows, this.#directory.rank);
    this.#register.hold([state], []);
  }

  async readHouseholds(ids: Iterable<number>): Promise<void> {
    const fresh = [...new Set(ids)].filter((id) => !this.#householdRows.has(id));
    if (fresh.length === 0) return;
    const rows = await loadHouseholdRows(this.#directory.db, fresh, this.#before);
    await this.#directory.learnRanks(rows.map((row) => row.eventId));
    const owned = byOwner(rows);
    const states: HouseholdState[] = [];
    const bare: number[] = [];
    for (const id of fresh) {
      const mine = owned.get(id) ?? [];
      this.#householdRows.set(id, mine);
      const state = householdFromRows(id, mine, this.#directory.rank);
      if (state === null) bare.push(id);
      else {
        states.push(state);
        this.householdNumbers.set(keyOf({ kind: state.kind, id: state.idHousehold }), id);
      }
    }
    // One all of whose facts were annulled is known by its number alone.
    for (const { household_id, kind, id_household } of await findHouseholdNumbers(this.#directory.db, bare))
      this.householdNumbers.set(keyOf({ kind, id: id_household }), household_id);
    this.#register.hold([], states);
  }
}
