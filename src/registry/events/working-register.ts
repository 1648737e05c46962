/**
 * The part of one register that a supply's events touch, held in memory while they are applied: claims of entries and
 * households, by the register's own numbers. The appliers read it; only `commit` of an event's changes writes it.
 */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import { CLAIM_KINDS } from '../claims/claim-tables.ts';
import type { ClaimKind, EntryState, HouseholdState, MembershipValue } from '../claims/entry-state.ts';
import { lifeSpells } from '../claims/household-rows.ts';
import { type Registration, registrationBound, registrationSpells } from '../claims/registration-spells.ts';
import { layOut, type Spell } from '../claims/timeline.ts';
import type { HouseholdKey } from './event-records.ts';

/** One claim more of one kind. */
export type EntryChange = {
  [K in ClaimKind]: { readonly entry: EntryState; readonly kind: K; readonly claim: EntryState[K][number] };
}[ClaimKind];

export type HouseholdChange =
  | {
      readonly household: HouseholdState;
      readonly kind: 'attributes';
      readonly claim: HouseholdState['attributes'][number];
    }
  | {
      readonly household: HouseholdState;
      readonly kind: 'addresses';
      readonly claim: HouseholdState['addresses'][number];
    };

/** What an event comes to: facts, and the entries and households that it makes known. Nothing is changed until committed. */
export interface Changes {
  readonly newEntries: readonly EntryState[];
  readonly newHouseholds: readonly HouseholdState[];
  readonly entries: readonly EntryChange[];
  readonly households: readonly HouseholdChange[];
  /** Touched without a claim more: what is said of them rests on this event too. */
  readonly touched?: readonly EntryState[];
  /** Whole replacements, by SCHEDA and realignment: the entry's or household's claims as they are from now on. */
  readonly replacedEntries?: readonly EntryState[];
  /** The kinds of claims in which those differ from what they replace; all where it is not said. */
  readonly replacedKinds?: readonly ClaimKind[];
  readonly replacedHouseholds?: readonly HouseholdState[];
}

/** Does a spell hold at the end of `day`? Partial dates are read by their first day (registry.md). */
export function holdsOn(spell: { readonly from: string; readonly to: string | null }, day: Day): boolean {
  return firstDay(spell.from as Day) <= day && (spell.to === null || day < firstDay(spell.to as Day));
}

const isEmpty = (entry: EntryState): boolean =>
  entry.registrations.length === 0 && entry.identities.length === 0;

export const keyOf = (key: HouseholdKey): string => `${key.kind}:${key.id}`;

const NOTHING_MOVED: ReadonlySet<never> = new Set();
const HOUSEHOLD_KINDS = ['attributes', 'addresses'] as const;

function note<K, V>(moved: Map<K, Set<V>>, key: K, kinds: Iterable<V>): void {
  let noted = moved.get(key);
  if (noted === undefined) {
    noted = new Set();
    moved.set(key, noted);
  }
  for (const kind of kinds) noted.add(kind);
}

export class WorkingRegister {
  readonly comune: string;
  readonly #entries = new Map<string, EntryState>();
  readonly #entriesById = new Map<number, EntryState>();
  readonly #households = new Map<string, HouseholdState>();
  readonly #householdsById = new Map<number, HouseholdState>();
  readonly #members = new Map<number, Set<EntryState>>();
  /** By codice fiscale, the numbers of the entries that were ever said to bear it. */
  readonly #bearers = new Map<string, Set<string>>();
  readonly #dirtyEntries = new Map<EntryState, number>();
  readonly #dirtyHouseholds = new Map<HouseholdState, number>();
  /** Of touched entries, the kinds of claims that may be others now. */
  readonly #moved = new Map<EntryState, Set<ClaimKind>>();
  /** Of touched households too. */
  readonly #movedHomes = new Map<HouseholdState, Set<HouseholdChange['kind']>>();

  constructor(comune: string) {
    this.comune = comune;
  }

  /** Undefined too where everything that was said of it has been annulled. */
  entry(idSoggetto: string): EntryState | undefined {
    const entry = this.#entries.get(idSoggetto);
    return entry === undefined || isEmpty(entry) ? undefined : entry;
  }

  /** Also where everything that was said of it has been annulled. */
  entryById(entryId: number): EntryState | undefined {
    return this.#entriesById.get(entryId);
  }

  household(key: HouseholdKey): HouseholdState | undefined {
    const household = this.#households.get(keyOf(key));
    return household === undefined || household.attributes.length === 0 ? undefined : household;
  }

  householdById(householdId: number): HouseholdState | undefined {
    return this.#householdsById.get(householdId);
  }

  get households(): IterableIterator<HouseholdState> {
    return this.#householdsById.values();
  }

  get entries(): IterableIterator<EntryState> {
    return this.#entries.values();
  }

  /** Puts in what is known already. */
  hold(entries: Iterable<EntryState>, households: Iterable<HouseholdState>): void {
    for (const household of households) this.#holdHousehold(household);
    for (const entry of entries) this.#holdEntry(entry);
  }

  #holdEntry(entry: EntryState): void {
    const before = this.#entries.get(entry.idSoggetto);
    for (const { value } of before?.memberships ?? []) this.#members.get(value.householdId)?.delete(before!);
    this.#entries.set(entry.idSoggetto, entry);
    this.#entriesById.set(entry.entryId, entry);
    for (const { value } of entry.memberships) this.#join(value.householdId, entry);
    for (const { value } of entry.identities) this.#bear(value.codice_fiscale, entry);
  }

  #bear(code: string | null, entry: EntryState): void {
    if (code === null) return;
    const bearers = this.#bearers.get(code);
    if (bearers === undefined) this.#bearers.set(code, new Set([entry.idSoggetto]));
    else bearers.add(entry.idSoggetto);
  }

  /** Entries that were ever said to bear a codice fiscale; whether one does at present is for the caller to ask. */
  *everBearing(code: string): Iterable<EntryState> {
    for (const id of this.#bearers.get(code) ?? []) yield this.#entries.get(id)!;
  }

  #holdHousehold(household: HouseholdState): void {
    this.#households.set(keyOf({ kind: household.kind, id: household.idHousehold }), household);
    this.#householdsById.set(household.householdId, household);
  }

  #join(householdId: number, entry: EntryState): void {
    let members = this.#members.get(householdId);
    if (members === undefined) {
      members = new Set();
      this.#members.set(householdId, members);
    }
    members.add(entry);
  }

  /** Applies an event's changes, and notes whom they touched and which event did so last. */
  commit(changes: Changes, eventId: number): void {
    for (const household of changes.newHouseholds) {
      this.#holdHousehold(household);
      this.touchHousehold(household, eventId);
    }
    for (const entry of changes.newEntries) {
      this.#holdEntry(entry);
      this.touch(entry, eventId);
    }
    for (const entry of changes.replacedEntries ?? []) {
      const before = this.#entries.get(entry.idSoggetto);
      if (before !== undefined) this.#dirtyEntries.delete(before);
      this.#holdEntry(entry);
      this.touch(entry, eventId, changes.replacedKinds);
      if (before !== undefined) this.move(entry, this.movedKinds(before));
    }
    for (const household of changes.replacedHouseholds ?? []) {
      const before = this.#householdsById.get(household.householdId);
      if (before !== undefined) this.#dirtyHouseholds.delete(before);
      this.#holdHousehold(household);
      this.touchHousehold(household, eventId);
    }
    for (const entry of changes.touched ?? []) this.touch(entry, eventId, []);
    for (const change of changes.entries) {
      // Each variant pairs a list with claims of its own kind; the compiler cannot follow the pairing through the union.
      (change.entry[change.kind] as unknown[]).push(change.claim);
      if (change.kind === 'memberships') this.#join(change.claim.value.householdId, change.entry);
      if (change.kind === 'identities') this.#bear(change.claim.value.codice_fiscale, change.entry);
      this.touch(change.entry, eventId, [change.kind]);
    }
    for (const change of changes.households) {
      (change.household[change.kind] as unknown[]).push(change.claim);
      this.touchHousehold(change.household, eventId, [change.kind]);
    }
  }

  /** Marks an entry as touched, where a change elsewhere moves its rows. @param kinds of the claims whose rows may move */
  touch(entry: EntryState, eventId: number, kinds: Iterable<ClaimKind> = CLAIM_KINDS): void {
    this.#dirtyEntries.set(entry, eventId);
    this.move(entry, kinds);
  }

  /** Of an entry touched already: the rows of these kinds may move too. */
  move(entry: EntryState, kinds: Iterable<ClaimKind>): void {
    note(this.#moved, entry, kinds);
  }

  /** @param kinds of the claims whose rows may move, with those of whoever belongs to it or follows it */
  touchHousehold(
    household: HouseholdState,
    eventId: number,
    kinds: Iterable<HouseholdChange['kind']> = HOUSEHOLD_KINDS,
  ): void {
    this.#dirtyHouseholds.set(household, eventId);
    note(this.#movedHomes, household, kinds);
  }

  /** The kinds of claims of a touched entry whose rows may have moved. */
  movedKinds(entry: EntryState): ReadonlySet<ClaimKind> {
    return this.#moved.get(entry) ?? NOTHING_MOVED;
  }

  movedHome(household: HouseholdState): ReadonlySet<HouseholdChange['kind']> {
    return this.#movedHomes.get(household) ?? NOTHING_MOVED;
  }

  get dirtyEntries(): ReadonlyMap<EntryState, number> {
    return this.#dirtyEntries;
  }

  get dirtyHouseholds(): ReadonlyMap<HouseholdState, number> {
    return this.#dirtyHouseholds;
  }

  /** Everybody who ever belonged to a household, as far as is known. */
  everMembers(householdId: number): Iterable<EntryState> {
    return this.#members.get(householdId) ?? [];
  }

  /** Members at the end of `day`, with their tie. */
  membersOn(householdId: number, day: Day): { entry: EntryState; tie: Spell<MembershipValue> }[] {
    const found: { entry: EntryState; tie: Spell<MembershipValue> }[] = [];
    for (const entry of this.everMembers(householdId)) {
      const tie = membershipOn(entry, day);
      if (tie?.value.householdId === householdId) found.push({ entry, tie });
    }
    return found;
  }
}

/** Spells of membership, none outliving the registration it lies in. */
export function membershipSpells(entry: EntryState): Spell<MembershipValue>[] {
  return layOut(entry.memberships, registrationBound(registrationSpells(entry)));
}

export function membershipOn(entry: EntryState, day: Day): Spell<MembershipValue> | undefined {
  return membershipSpells(entry).find((spell) => holdsOn(spell, day));
}

export function registrationOn(entry: EntryState, day: Day): Registration | undefined {
  return registrationSpells(entry).find((r) => holdsOn(r.spell, day));
}

/**
 * The day on which a family was left with nobody: "closed on that day" (tracciato.md 3, What follows from an event). Null
 * while somebody is in it, where nobody ever was, and for a convivenza, which an event of its own closes.
 */
export function emptiedOn(register: WorkingRegister, household: HouseholdState): PartialDate | null {
  if (household.kind !== 'famiglia') return null;
  let last: PartialDate | null = null;
  for (const entry of register.everMembers(household.householdId))
    for (const spell of membershipSpells(entry)) {
      if (spell.value.householdId !== household.householdId) continue;
      if (spell.to === null) return null;
      if (last === null || firstDay(spell.to) > firstDay(last)) last = spell.to;
    }
  return last;
}

/**
 * Does the household take members on `day`? A family left with nobody does so to the very day on which it was: who comes in
 * on that day is in it at its end.
 */
export function isOpen(register: WorkingRegister, household: HouseholdState, day: Day): boolean {
  if (!lifeSpells(household, null).some((spell) => holdsOn(spell, day))) return false;
  const emptied = emptiedOn(register, household);
  return emptied === null || day <= firstDay(emptied);
}
