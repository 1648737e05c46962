/** Brings the touched part of a register into memory, as it is held now or as it was held just before an instant. */
import { baseForm } from '../../kernel/codice-fiscale.ts';
import { DEPTH, type Tables } from '../claims/entry-depth.ts';
import type { EntryState } from '../claims/entry-state.ts';
import type { EntryHeader, HeldRow } from '../claims/state-rows.ts';
import { findOmocodicCodes } from '../tables/state.sql.ts';
import type { FactTable } from '../tables/tables.ts';
import type { Directory } from './directory.ts';
import { type EntryPart, HeldRows } from './held-rows.ts';
import type { Mentioned } from './mentioned.ts';
import { keyOf, type WorkingRegister } from './working-register.ts';

export class RegisterLoader {
  readonly #directory: Directory;
  readonly #register: WorkingRegister;
  readonly #rows: HeldRows;
  /** Nobody is read in part: where it cannot be told beforehand what will be looked at. */
  readonly #everything: boolean;
  /** Entries of which something was asked for. */
  readonly #known = new Map<number, EntryHeader>();
  readonly #whole = new Set<number>();
  readonly #around = new Set<number>();

  /**
   * @param before null: what is held now
   * @param inParts reads of each entry only what events look at; the rest follows before its rows are written (`complete`)
   */
  constructor(directory: Directory, register: WorkingRegister, before: string | null, inParts = false) {
    this.#directory = directory;
    this.#register = register;
    this.#rows = new HeldRows(directory, register, before);
    this.#everything = !inParts;
  }

  /** Numbers of the register that are known, though nothing may be held of them any more. */
  get entryNumbers(): ReadonlyMap<string, number> {
    return this.#rows.entryNumbers;
  }

  get householdNumbers(): Map<string, number> {
    return this.#rows.householdNumbers;
  }

  /** The rows held of an entry when it was loaded, as far as they were read; none where it was not. */
  entryRows(entryId: number): readonly HeldRow[] {
    return this.#rows.ofEntry(entryId);
  }

  householdRows(householdId: number): readonly HeldRow[] {
    return this.#rows.ofHousehold(householdId);
  }

  /** Was the household there when it was asked for? */
  knowsHousehold(householdId: number): boolean {
    return this.#rows.ofHousehold(householdId).length > 0;
  }

  /** Reads what is wanted and has not been read yet. */
  async #read(parts: readonly EntryPart[]): Promise<void> {
    for (const { header } of parts) this.#known.set(header.entry_id, header);
    await this.#rows.readEntries(
      this.#everything ? parts.map(({ header }) => ({ header, tables: DEPTH.whole })) : parts,
    );
  }

  async #loadEntries(headers: readonly EntryHeader[], tables: Tables): Promise<void> {
    await this.#read(headers.map((header) => ({ header, tables })));
  }

  #states(headers: readonly EntryHeader[]): EntryState[] {
    return headers.flatMap((h) => this.#register.entryById(h.entry_id) ?? []);
  }

  /** Households whole: with everybody who ever belonged to them. */
  async loadWhole(householdIds: Iterable<number>): Promise<void> {
    const wanted = [...new Set(householdIds)].filter((id) => !this.#whole.has(id));
    if (wanted.length === 0) return;
    for (const id of wanted) this.#whole.add(id);
    await this.#rows.readHouseholds(wanted);
    const members = await this.#directory.members(wanted);
    await this.#loadEntries(members, DEPTH.member);
    // Other households that these follow are asked for when their dwellings are written.
    if (this.#everything) await this.#rows.readHouseholds(householdsOf(this.#states(members)));
  }

  /** The households of entries, whole, and their spouses in the same register. */
  async #loadAround(headers: readonly EntryHeader[]): Promise<void> {
    const fresh = headers.filter((h) => !this.#around.has(h.entry_id));
    if (fresh.length === 0) return;
    for (const { entry_id } of fresh) this.#around.add(entry_id);
    const states = this.#states(fresh);
    await this.loadWhole(householdsOf(states));
    const numbers = new Set<string>();
    const codes = new Set<string>();
    for (const state of states)
      for (const { value } of state.civilStatuses) {
        if (value.id_coniuge !== null) numbers.add(value.id_coniuge);
        else if (value.cf_coniuge !== null) codes.add(value.cf_coniuge);
      }
    const spouses = [
      ...(await this.#directory.entriesByNumber(numbers)),
      ...(await this.#directory.entriesByCode(codes)),
    ];
    const unknown = spouses.filter((h) => !this.#known.has(h.entry_id));
    await this.#loadEntries(spouses, DEPTH.named);
    await this.loadWhole(householdsOf(this.#states(unknown)));
  }

  /** Entries with the households that they belong to or follow, and nobody else of those. */
  async loadAlone(entryIds: readonly number[]): Promise<void> {
    const headers = await this.#directory.entries(entryIds.filter((id) => !this.#known.has(id)));
    await this.#loadEntries(headers, DEPTH.whole);
    await this.#rows.readHouseholds(householdsOf(this.#states(headers)));
  }

  /** Households without their members. */
  async loadHouseholds(householdIds: Iterable<number>): Promise<void> {
    await this.#rows.readHouseholds(householdIds);
  }

  /** Entries in part, and nothing around them. */
  async loadPart(entryIds: Iterable<number>, tables: Tables): Promise<void> {
    await this.#loadEntries(await this.#directory.entries(entryIds), tables);
  }

  /** Entries with everything held of them, and what surrounds them. */
  async loadEntryIds(entryIds: readonly number[]): Promise<void> {
    const headers = await this.#directory.entries(entryIds);
    await this.#loadEntries(headers, DEPTH.whole);
    await this.#loadAround(headers);
  }

  /** Further tables of entries that were read in part, and the households that their dwellings follow. */
  async complete(wanted: ReadonlyMap<number, Tables>): Promise<void> {
    const parts = [...wanted].flatMap(([id, tables]) => {
      const header = this.#known.get(id);
      return header === undefined ? [] : [{ header, tables }];
    });
    await this.#rows.readEntries(parts);
    if (this.#everything) return;
    const laid: FactTable = 'dwellings';
    const homes = new Set<number>();
    for (const [id, tables] of wanted)
      if (tables.has(laid))
        for (const { value } of this.#register.entryById(id)?.dwellings ?? [])
          if (value.follows !== null) homes.add(value.follows);
    await this.#rows.readHouseholds(homes);
  }

  /** Which of the numbers the register has. */
  async knownNumbers(ids: Iterable<string>): Promise<Set<string>> {
    return new Set((await this.#directory.entriesByNumber(ids)).map((e) => e.id_soggetto));
  }

  /** Everything that events mention, and what surrounds it. */
  async loadMentioned(mentioned: Mentioned): Promise<void> {
    const { soggetti, plainly, wholly, codes } = mentioned;
    const found = await this.#directory.entriesByNumber([...soggetti, ...plainly]);
    const named = found.filter((h) => this.#everything || soggetti.has(h.id_soggetto));
    const spouses = await this.#directory.entriesByCode(codes);
    await this.#read([
      ...found.map((header) => ({
        header,
        tables: wholly.has(header.id_soggetto)
          ? DEPTH.whole
          : soggetti.has(header.id_soggetto)
            ? DEPTH.named
            : DEPTH.resident,
      })),
      ...spouses.map((header) => ({ header, tables: DEPTH.named })),
    ]);
    await this.#loadAround([...named, ...spouses]);
    if (mentioned.bearers.size > 0) {
      const others = await findOmocodicCodes(this.#directory.db, this.#register.comune);
      const borne = [...mentioned.bearers, ...others.filter((c) => mentioned.bearers.has(baseForm(c) ?? c))];
      await this.#loadEntries(await this.#directory.entriesByCode(borne), DEPTH.named);
    }
    for (const kind of ['famiglia', 'convivenza'] as const) {
      const ids = kind === 'famiglia' ? mentioned.famiglie : mentioned.convivenze;
      const households = await this.#directory.households(kind, ids);
      for (const [id, householdId] of households) this.householdNumbers.set(keyOf({ kind, id }), householdId);
      await this.loadWhole(households.values());
    }
    const moving = await this.#directory.households('famiglia', mentioned.moving);
    await this.#loadEntries(await this.#directory.members([...moving.values()]), DEPTH.moving);
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
