/** Lays out what a supply's events came to, and compares it with what is held: the rows that go, and those that come. */
import { TIE_KINDS, TOLD_KINDS, tablesOf } from '../claims/claim-tables.ts';
import type { Tables } from '../claims/entry-depth.ts';
import { entryKeyRows, entryRows } from '../claims/entry-rows.ts';
import type { ClaimKind, EntryState, HouseholdState } from '../claims/entry-state.ts';
import { householdKeyRows, householdRows } from '../claims/household-rows.ts';
import type { Rename } from '../claims/renames.ts';
import { type HeldRow, keyOf } from '../claims/state-rows.ts';
import { layOut } from '../claims/timeline.ts';
import { isRecord, recordText } from '../tables/record-text.ts';
import type { RowKey } from '../tables/state.sql.ts';
import { type CopyTable, FACT_TABLES, type FactTable, type Row } from '../tables/tables.ts';
import type { RegisterLoader } from './register-loader.ts';
import { emptiedOn, type WorkingRegister } from './working-register.ts';

const FACTS: ReadonlySet<CopyTable> = new Set(FACT_TABLES);
const isFact = (table: CopyTable): table is FactTable => FACTS.has(table);

class Difference {
  /** New entries, and those of whose identity something came or went: they alone may have become somebody else's. */
  readonly identified = new Set<number>();
  readonly gone = new Map<FactTable, RowKey[]>();
  readonly come = new Map<CopyTable, Row[]>();

  add(table: CopyTable, row: Row): void {
    const rows = this.come.get(table);
    if (rows === undefined) this.come.set(table, [row]);
    else rows.push(row);
  }

  /** Rows held and not laid out any more go; rows laid out and not held come. @param among the tables compared; null: all */
  compare(
    held: readonly HeldRow[],
    laid: ReadonlyMap<CopyTable, readonly Row[]>,
    closedBy: number,
    among: Tables | null = null,
  ): void {
    // Of one entry or household there are a few rows a table: looking through them is less work than a map of them.
    const left: { readonly row: HeldRow; stays: boolean }[] = [];
    for (const row of held) if (among === null || among.has(row.kind)) left.push({ row, stays: false });
    for (const [table, rows] of laid) {
      if (!isFact(table)) continue;
      for (const row of rows) {
        const text = recordText(row);
        const same = left.find((l) => !l.stays && l.row.kind === table && isRecord(l.row.text, text));
        if (same !== undefined) {
          same.stays = true;
          continue;
        }
        this.add(table, row);
        if (table === 'identities') this.identified.add(row[0] as number);
      }
    }
    for (const { row, stays } of left) {
      if (stays) continue;
      const { kind, owner, eventId } = row;
      if (kind === 'identities') this.identified.add(owner);
      const keys = this.gone.get(kind) ?? [];
      const { validFrom, sourceRow } = keyOf(row);
      keys.push({ owner, validFrom, eventId, sourceRow, closedBy });
      this.gone.set(kind, keys);
    }
  }
}

/** Rows by table, as a sink. */
function gather(): {
  readonly laid: Map<CopyTable, Row[]>;
  readonly out: (table: CopyTable, row: Row) => void;
} {
  const laid = new Map<CopyTable, Row[]>();
  return {
    laid,
    out: (table, row) => {
      const rows = laid.get(table);
      if (rows === undefined) laid.set(table, [row]);
      else rows.push(row);
    },
  };
}

/**
 * Everybody whose rows, or whose findings, may have moved: members of touched households too, and households of those whose
 * ties may be others. These are loaded whole first: who left last, and whether somebody heads them, is said of all that ever
 * were in them.
 */
export async function spreadTouch(register: WorkingRegister, loader: RegisterLoader): Promise<void> {
  const tied = [...register.dirtyEntries].filter(([e]) => !register.movedKinds(e).isDisjointFrom(TIE_KINDS));
  await loader.loadHouseholds(tied.flatMap(([entry]) => entry.memberships.map((m) => m.value.householdId)));
  for (const [entry, eventId] of tied)
    for (const tie of entry.memberships) {
      const household = register.householdById(tie.value.householdId);
      if (household !== undefined)
        register.touchHousehold(household, register.dirtyHouseholds.get(household) ?? eventId, [
          'attributes',
        ]);
    }
  await loader.loadWhole([...register.dirtyHouseholds.keys()].map((h) => h.householdId));
  for (const [household, eventId] of register.dirtyHouseholds) {
    const along = register.movedHome(household).has('addresses') ? DWELLINGS : [];
    for (const entry of register.everMembers(household.householdId))
      if (register.dirtyEntries.has(entry)) register.move(entry, along);
      else register.touch(entry, eventId, along);
  }
}

const DWELLINGS = ['dwellings'] as const;

/** What a supply may have changed, and the rows that go and come with it. */
export interface Changed {
  readonly gone: ReadonlyMap<FactTable, readonly RowKey[]>;
  readonly come: ReadonlyMap<CopyTable, readonly Row[]>;
  readonly keys: { readonly person_keys: readonly Row[]; readonly household_members: readonly Row[] };
  readonly entries: number[];
  readonly households: number[];
  /** Of the entries, those that are new, or of whose identity a row came or went. */
  readonly identified: number[];
  /** Those whose ties may be others, and who is or was in a household with them. */
  readonly tied: number[];
  /** Those of whom something may have changed that other registers know too: ties, or who they are and whom they name. */
  readonly told: number[];
  /** Of the tied, those of whom nothing did: who is or was with them in a household may be another. */
  readonly alongside: number[];
  /** The entries of which rows of a table came. */
  readonly came: (table: FactTable) => number[];
}

/** Those of whom claims of one of these kinds may have moved. */
function movedIn(register: WorkingRegister, kinds: ReadonlySet<ClaimKind>): Set<EntryState> {
  const moved = new Set<EntryState>();
  for (const entry of register.dirtyEntries.keys())
    if (!register.movedKinds(entry).isDisjointFrom(kinds)) moved.add(entry);
  return moved;
}

const idsOf = (entries: Iterable<EntryState>): number[] => Array.from(entries, (e) => e.entryId);

/** Whose ties may be others: their own claims, or the life of a household that they are or were in. */
function tiedIn(register: WorkingRegister): Set<EntryState> {
  const tied = movedIn(register, TIE_KINDS);
  for (const household of register.dirtyHouseholds.keys())
    if (register.movedHome(household).has('attributes'))
      for (const entry of register.everMembers(household.householdId)) tied.add(entry);
  return tied;
}

export interface ChangeRequest {
  readonly register: WorkingRegister;
  readonly loader: RegisterLoader;
  readonly renames: readonly Rename[];
}

/** Compares what everybody touched has come to with what is held; reads what is still missing for that. */
export async function layOutChanges(request: ChangeRequest): Promise<Changed> {
  const { register, loader, renames } = request;
  const difference = new Difference();
  const keys = { person_keys: [] as Row[], household_members: [] as Row[] };
  const homesOf = new Map<number, ReturnType<typeof layOut<HouseholdState['addresses'][number]['value']>>>();
  const homes = (householdId: number) => {
    let spells = homesOf.get(householdId);
    if (spells === undefined) {
      spells = layOut(register.householdById(householdId)?.addresses ?? []);
      homesOf.set(householdId, spells);
    }
    return spells;
  };
  for (const [household, closedBy] of register.dirtyHouseholds) {
    const { laid, out } = gather();
    householdRows(household, emptiedOn(register, household), renames, out);
    difference.compare(loader.householdRows(household.householdId), laid, closedBy);
    if (isNewHousehold(loader, household)) householdKeyRows(household, (t, r) => difference.add(t, r));
  }
  const moved = new Map(
    [...register.dirtyEntries.keys()].map((e) => [e.entryId, tablesOf(register.movedKinds(e))]),
  );
  await loader.complete(moved);
  for (const [entry, closedBy] of register.dirtyEntries) {
    const tables = moved.get(entry.entryId)!;
    const { laid, out } = gather();
    entryRows(entry, { homes, renames }, out, tables);
    difference.compare(loader.entryRows(entry.entryId), laid, closedBy, tables);
    if (isNewEntry(loader, entry)) {
      entryKeyRows(entry, (t, r) => difference.add(t, r));
      // Somebody's, from the first: also who came and was annulled in one supply, of whom no row of identity is left.
      difference.identified.add(entry.entryId);
    }
    keys.person_keys.push(...(laid.get('person_keys') ?? []));
    keys.household_members.push(...(laid.get('household_members') ?? []));
  }
  const tied = tiedIn(register);
  const told = movedIn(register, TIE_KINDS.union(TOLD_KINDS));
  return {
    gone: difference.gone,
    come: difference.come,
    keys,
    entries: [...register.dirtyEntries.keys()].map((e) => e.entryId),
    households: [...register.dirtyHouseholds.keys()].map((h) => h.householdId),
    identified: [...difference.identified],
    tied: idsOf(tied),
    told: idsOf(told),
    alongside: idsOf(tied.difference(told)),
    came: (table) => [...new Set(difference.come.get(table)?.map((row) => row[0] as number))],
  };
}

const isNewEntry = (loader: RegisterLoader, entry: EntryState): boolean =>
  loader.entryNumbers.get(entry.idSoggetto) === undefined;
const isNewHousehold = (loader: RegisterLoader, household: HouseholdState): boolean =>
  !loader.knowsHousehold(household.householdId) &&
  loader.householdNumbers.get(`${household.kind}:${household.idHousehold}`) === undefined;
