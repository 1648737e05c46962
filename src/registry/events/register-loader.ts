/** Brings the touched part of a register into memory, as it is held now or as it was held just before an instant. */
import { baseForm } from '../../kernel/codice-fiscale.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { EntryState, HouseholdState } from '../claims/entry-state.ts';
import { type EntryHeader, entryFromRows, householdFromRows } from '../claims/state-rows.ts';
import type { Rank } from '../claims/timeline.ts';
import {
  findByCode,
  findEntries,
  findHouseholdNumbers,
  findHouseholds,
  findMembers,
  findOmocodicCodes,
  type KindRow,
  loadEntryRows,
  loadHeaders,
  loadHouseholdRows,
  loadRanks,
} from '../tables/state.sql.ts';
import type { Mentioned } from './mentioned.ts';
import { keyOf, type WorkingRegister } from './working-register.ts';

const FIRST: Rank = { day: '', event: 0 };

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

export class RegisterLoader {
  readonly #db: Client;
  readonly #register: WorkingRegister;
  readonly #before: string | null;
  readonly #headers = new Map<number, EntryHeader>();
  readonly #entryRows = new Map<number, readonly KindRow[]>();
  readonly #householdRows = new Map<number, readonly KindRow[]>();
  readonly #whole = new Set<number>();
  readonly #ranks = new Map<number, Rank>();
  /** Numbers of the register that are known, though nothing may be held of them any more. */
  readonly entryNumbers = new Map<string, number>();
  readonly householdNumbers = new Map<string, number>();

  /** @param before null: what is held now */
  constructor(db: Client, register: WorkingRegister, before: string | null) {
    this.#db = db;
    this.#register = register;
    this.#before = before;
  }

  /** The rows held of an entry when it was loaded; null where it was not. */
  entryRows(entryId: number): readonly KindRow[] {
    return this.#entryRows.get(entryId) ?? [];
  }

  householdRows(householdId: number): readonly KindRow[] {
    return this.#householdRows.get(householdId) ?? [];
  }

  /** Was the household there when it was asked for? */
  knowsHousehold(householdId: number): boolean {
    return (this.#householdRows.get(householdId)?.length ?? 0) > 0;
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

  async #loadEntries(headers: readonly EntryHeader[]): Promise<EntryState[]> {
    const fresh = headers.filter((h) => !this.#headers.has(h.entry_id));
    if (fresh.length === 0) return [];
    for (const header of fresh) {
      this.#headers.set(header.entry_id, header);
      this.entryNumbers.set(header.id_soggetto, header.entry_id);
    }
    const rows = await loadEntryRows(
      this.#db,
      fresh.map((h) => h.entry_id),
      this.#before,
    );
    await this.#learnRanks(rows);
    const owned = byOwner(rows, 'entry_id');
    const states: EntryState[] = [];
    for (const header of fresh) {
      const mine = owned.get(header.entry_id) ?? [];
      this.#entryRows.set(header.entry_id, mine);
      // An entry all of whose facts were annulled is known by its number alone.
      if (mine.length > 0) states.push(entryFromRows(header, mine, this.#rank));
    }
    this.#register.hold(states, []);
    return states;
  }

  async #loadHouseholds(ids: Iterable<number>): Promise<HouseholdState[]> {
    const fresh = [...new Set(ids)].filter((id) => !this.#householdRows.has(id));
    if (fresh.length === 0) return [];
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
    // A household all of whose facts were annulled is known by its number alone.
    for (const { household_id, kind, id_household } of await findHouseholdNumbers(this.#db, bare))
      this.householdNumbers.set(keyOf({ kind, id: id_household }), household_id);
    this.#register.hold([], states);
    return states;
  }

  /** Households whole: with everybody who ever belonged to them, and the other households that these follow. */
  async loadWhole(householdIds: Iterable<number>): Promise<void> {
    const wanted = [...new Set(householdIds)].filter((id) => !this.#whole.has(id));
    if (wanted.length === 0) return;
    for (const id of wanted) this.#whole.add(id);
    await this.#loadHouseholds(wanted);
    const members = await findMembers(this.#db, wanted);
    const fresh = members.filter((id) => !this.#headers.has(id));
    if (fresh.length === 0) return;
    const states = await this.#loadEntries(await loadHeaders(this.#db, fresh));
    await this.#loadHouseholds(householdsOf(states));
  }

  /** Entries with their households, whole, and their spouses in the same register. */
  async #loadAround(states: readonly EntryState[]): Promise<void> {
    await this.loadWhole(householdsOf(states));
    const numbers = new Set<string>();
    const codes = new Set<string>();
    for (const state of states)
      for (const { value } of state.civilStatuses) {
        if (value.id_coniuge !== null) numbers.add(value.id_coniuge);
        else if (value.cf_coniuge !== null) codes.add(value.cf_coniuge);
      }
    const spouses = [
      ...(await findEntries(this.#db, this.#register.comune, [...numbers])),
      ...(codes.size === 0 ? [] : await findByCode(this.#db, this.#register.comune, [...codes])),
    ];
    await this.loadWhole(householdsOf(await this.#loadEntries(spouses)));
  }

  /** Entries with the households that they belong to or follow, and nobody else of those. */
  async loadAlone(entryIds: readonly number[]): Promise<void> {
    const fresh = entryIds.filter((id) => !this.#headers.has(id));
    if (fresh.length === 0) return;
    const states = await this.#loadEntries(await loadHeaders(this.#db, fresh));
    await this.#loadHouseholds(householdsOf(states));
  }

  /** Households without their members. */
  async loadHouseholds(householdIds: Iterable<number>): Promise<void> {
    await this.#loadHouseholds(householdIds);
  }

  async loadEntryIds(entryIds: readonly number[]): Promise<void> {
    const fresh = entryIds.filter((id) => !this.#headers.has(id));
    if (fresh.length === 0) return;
    await this.#loadAround(await this.#loadEntries(await loadHeaders(this.#db, fresh)));
  }

  /** Which of the numbers the register has. */
  async knownNumbers(ids: Iterable<string>): Promise<Set<string>> {
    const found = await findEntries(this.#db, this.#register.comune, [...ids]);
    return new Set(found.map((e) => e.id_soggetto));
  }

  /** Everything that events mention, and what surrounds it. */
  async loadMentioned(mentioned: Mentioned): Promise<void> {
    const { comune } = this.#register;
    const named = await findEntries(this.#db, comune, [...mentioned.soggetti]);
    const spouses =
      mentioned.codes.size === 0 ? [] : await findByCode(this.#db, comune, [...mentioned.codes]);
    await this.#loadAround(await this.#loadEntries([...named, ...spouses]));
    if (mentioned.bearers.size > 0) {
      const others = await findOmocodicCodes(this.#db, comune);
      const codes = [...mentioned.bearers, ...others.filter((c) => mentioned.bearers.has(baseForm(c) ?? c))];
      await this.#loadEntries(await findByCode(this.#db, comune, codes));
    }
    for (const kind of ['famiglia', 'convivenza'] as const) {
      const ids = kind === 'famiglia' ? mentioned.famiglie : mentioned.convivenze;
      if (ids.size === 0) continue;
      const found = await findHouseholds(this.#db, comune, kind, [...ids]);
      for (const f of found) this.householdNumbers.set(keyOf({ kind, id: f.id_household }), f.household_id);
      await this.loadWhole(found.map((f) => f.household_id));
    }
  }
}

function householdsOf(states: readonly EntryState[]): Set<number> {
  const ids = new Set<number>();
  for (const state of states) {
    for (const { value } of state.memberships) ids.add(value.householdId);
    for (const { value } of state.dwellings) if (value.follows !== null) ids.add(value.follows);
  }
  return ids;
}
