/**
 * Realigns a register to what a later full supply tells (tracciato.md 1; docs/adr/0009), block by block within the transaction
 * of the supply: households first, then subjects, then whatever these two move in others. Every household and every entry
 * is decided from what was held before the supply and what it tells, and written once.
 */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { type ClaimContext, entryClaims, householdClaims } from '../claims/bundle-claims.ts';
import type { EntryState, HouseholdState } from '../claims/entry-state.ts';
import type { HouseholdLookup, HouseholdRecord } from '../claims/records.ts';

import type { Rename } from '../claims/renames.ts';
import { sourceRow } from '../claims/source-row.ts';
import { type HeldRow, lifeOf } from '../claims/state-rows.ts';
import { Directory } from '../events/directory.ts';
import { spreadTouch } from '../events/lay-out-changes.ts';
import { RegisterLoader } from '../events/register-loader.ts';
import { type Cession, cede } from '../events/territory.ts';
import { keyOf, WorkingRegister } from '../events/working-register.ts';
import { writeChanges } from '../events/write-changes.ts';
import type { SupplyNumbers } from '../supplies/supply-record.ts';
import { OPEN } from '../tables/tables.ts';
import { boundTies, type Life, shortened } from './bounded-ties.ts';
import { historiesOf, ownDatesOf, realignEntry, realignHousehold } from './realign.ts';
import {
  findEndingLater,
  findToldHouseholds,
  findToldHouseholdsById,
  findToldSubjectsById,
  findUntoldHouseholds,
  findUntoldMembers,
  nextHouseholds,
  nextSubjects,
  type ToldHousehold,
  type ToldSubject,
} from './told.sql.ts';

/** Rows in memory at a time. Policy: some 15 rows of facts a subject, so a few MB. */
const HOUSEHOLDS = 1000;
const SUBJECTS = 500;

/** T15: cancelled because a later COMPLETA does not have them (tracciato.md 1, assenti). */
const ABSENT = '13';

export interface RealignRequest {
  readonly db: Database;
  readonly client: Client;
  readonly comune: string;
  readonly numbers: SupplyNumbers;
  readonly situazioneAl: Day;
  readonly instant: string;
  readonly renames: readonly Rename[];
}

/** What moved. */
export interface Realigned {
  readonly entries: ReadonlySet<number>;
  readonly households: ReadonlySet<number>;
  /** Entries whose identity changed, or that are new: they are joined again. */
  readonly identities: ReadonlySet<number>;
}

interface Block {
  readonly register: WorkingRegister;
  readonly loader: RegisterLoader;
}

export class Realigner {
  readonly #request: RealignRequest;
  readonly #context: Omit<ClaimContext, 'entryId' | 'householdId'>;
  readonly #entries = new Set<number>();
  readonly #households = new Set<number>();
  readonly #identities = new Set<number>();
  /** Households that members of theirs moved in or out of. */
  readonly #shaken = new Set<number>();
  /** Households whose address is another: whoever follows them moves along. */
  readonly #addressed = new Set<number>();
  /** Households that last shorter than was held: nobody is in them before or after (registry.md, invariant 2). */
  readonly #lives = new Map<number, Life>();

  constructor(request: RealignRequest) {
    this.#request = request;
    const { comune, numbers, situazioneAl } = request;
    this.#context = {
      comune,
      eventId: numbers.eventId,
      rank: { day: situazioneAl, event: numbers.eventId },
    };
  }

  get moved(): Realigned {
    return { entries: this.#entries, households: this.#households, identities: this.#identities };
  }

  /** @param cancelled entries of residents who are absent, where the supply cancels those */
  async realign(cancelled: readonly number[]): Promise<void> {
    const { client, comune } = this.#request;
    for (let after = 0; ; ) {
      const told = await nextHouseholds(client, comune, after, HOUSEHOLDS);
      if (told.length === 0) break;
      await this.#realignHouseholds(told);
      after = told.at(-1)!.n;
    }
    for (let after = 0; ; ) {
      const told = await nextSubjects(client, comune, after, SUBJECTS);
      if (told.length === 0) break;
      await this.#realignSubjects(told);
      after = told.at(-1)!.riga;
    }
    await this.#realignOthers(cancelled);
  }

  /** The same for some whom events have touched since: what the supply tells of them holds. */
  async again(entryIds: readonly number[], householdIds: readonly number[]): Promise<void> {
    const { client, comune } = this.#request;
    this.#shaken.clear();
    this.#addressed.clear();
    for (const ids of blocks(householdIds, HOUSEHOLDS))
      await this.#realignHouseholds(await findToldHouseholdsById(client, comune, ids));
    for (const ids of blocks(entryIds, SUBJECTS))
      await this.#realignSubjects(await findToldSubjectsById(client, comune, ids));
    await this.#realignOthers([]);
  }

  /**
   * Land given away on a day after that of the supply takes along whom the supply makes known on it, too (tracciato.md 3,
   * TERRITORIO, "also those learned of later"). Of the days before, what the supply tells holds.
   * @returns who leaves with which cession
   */
  async cede(cessions: readonly Cession[], entryIds: readonly number[]): Promise<[number, number][]> {
    const left: [number, number][] = [];
    const ahead = cessions.filter((cession) => cession.day > this.#request.situazioneAl);
    if (ahead.length === 0) return left;
    for (const ids of blocks(entryIds, SUBJECTS)) {
      const block = this.#block();
      await block.loader.loadEntryIds(ids);
      for (const cession of ahead) {
        const told = ids.flatMap((id) => block.register.entryById(id) ?? []);
        for (const id of cede(block.register, told, cession)) left.push([cession.eventId, id]);
      }
      await spreadTouch(block.register, block.loader);
      await this.#write(block);
    }
    return left;
  }

  /** Those of whom the supply says nothing. */
  async #realignOthers(cancelled: readonly number[]): Promise<void> {
    const { client, comune } = this.#request;
    const gone = new Set(cancelled);
    const moved = new Set([...this.#addressed, ...this.#lives.keys()]);
    const others = [...new Set([...(await findUntoldMembers(client, [...moved])), ...gone])];
    for (const ids of blocks(others, SUBJECTS)) await this.#moveOthers(ids, gone);
    const shaken = [...this.#shaken];
    const left = new Set(await findUntoldHouseholds(client, comune, shaken));
    // Nor does it say that one told to last ends later: that follows from who is still to leave it.
    for (const id of await findEndingLater(client, shaken, this.#request.situazioneAl)) left.add(id);
    for (const ids of blocks([...left], HOUSEHOLDS)) await this.#closeEmptied(ids);
  }

  #block(): Block {
    const register = new WorkingRegister(this.#request.comune);
    const directory = new Directory(this.#request.client, register.comune);
    return { register, loader: new RegisterLoader(directory, register, null) };
  }

  async #write({ register, loader }: Block): Promise<void> {
    const { db, client, instant, renames } = this.#request;
    if (register.dirtyEntries.size === 0 && register.dirtyHouseholds.size === 0) return;
    const changed = await writeChanges({ db, client, register, loader, renames, instant });
    for (const id of changed.entries) this.#entries.add(id);
    for (const id of changed.households) this.#households.add(id);
  }

  async #realignHouseholds(told: readonly ToldHousehold[]): Promise<void> {
    const { numbers, renames, situazioneAl } = this.#request;
    const block = this.#block();
    await block.loader.loadHouseholds(told.flatMap((t) => t.householdId ?? []));
    const newHouseholds: HouseholdState[] = [];
    const replacedHouseholds: HouseholdState[] = [];
    for (const { n, householdId, record, homeFrom } of told) {
      const id = householdId ?? numbers.householdBase + n;
      if (householdId !== null) block.loader.householdNumbers.set(keyOf(record), householdId);
      const state = householdClaims(
        this.#claims(id, () => id),
        record,
      );
      const held = block.register.householdById(id);
      if (held === undefined) {
        newHouseholds.push(state);
        continue;
      }
      const closedOn = closing(block.loader.householdRows(id), situazioneAl);
      const next = realignHousehold(held, state, { closedOn, renames, asOf: situazioneAl, homeFrom });
      if (next === held) continue;
      replacedHouseholds.push(next);
      if (next.addresses !== held.addresses) this.#addressed.add(id);
      const life = shortened(held, next, state);
      if (life !== null) this.#lives.set(id, life);
    }
    block.register.commit({ ...NOTHING, newHouseholds, replacedHouseholds }, numbers.eventId);
    await this.#write(block);
  }

  #claims(entryId: number, householdId: ClaimContext['householdId']): ClaimContext {
    return { ...this.#context, entryId: () => entryId, householdId };
  }

  async #realignSubjects(told: readonly ToldSubject[]): Promise<void> {
    const { numbers, situazioneAl } = this.#request;
    const block = this.#block();
    await block.loader.loadAlone(told.flatMap((t) => t.entryId ?? []));
    const { lookup, ids } = await this.#toldHomes(told);
    await block.loader.loadHouseholds(ids.values());
    const newEntries: EntryState[] = [];
    const replacedEntries: EntryState[] = [];
    for (const { riga, entryId, bundle } of told) {
      const id = entryId ?? numbers.entryBase + riga;
      const state = entryClaims(
        this.#claims(id, (record) => ids.get(keyOf(record))!),
        bundle,
        lookup,
      );
      const held = block.register.entry(bundle.soggetto.id_soggetto);
      if (held === undefined) {
        newEntries.push(state);
        this.#identities.add(id);
        this.#shake(state);
        continue;
      }
      const histories = historiesOf(bundle);
      const next = boundTies(
        realignEntry(held, state, histories, ownDatesOf(bundle), situazioneAl),
        this.#lives,
        // Ties that are told were checked against the lives told; those kept were not.
        (tie) => !histories.legami || firstDay(tie.from) > situazioneAl,
      );
      if (next === held) {
        if (this.#follows(held)) block.register.touch(held, numbers.eventId);
        continue;
      }
      replacedEntries.push(next);
      if (next.identities !== held.identities) this.#identities.add(id);
      if (next.memberships === held.memberships && next.registrations === held.registrations) continue;
      this.#shake(held);
      this.#shake(next);
    }
    block.register.commit({ ...NOTHING, newEntries, replacedEntries }, numbers.eventId);
    await this.#write(block);
  }

  #shake(entry: EntryState): void {
    for (const { value } of entry.memberships) this.#shaken.add(value.householdId);
  }

  /** Does it live at an address that has just become another? */
  #follows(entry: EntryState): boolean {
    return entry.dwellings.some((d) => d.value.follows !== null && this.#addressed.has(d.value.follows));
  }

  /** The households that the subjects' rows name, with their numbers. */
  async #toldHomes(
    told: readonly ToldSubject[],
  ): Promise<{ readonly lookup: HouseholdLookup; readonly ids: ReadonlyMap<string, number> }> {
    const { client, comune } = this.#request;
    const records = new Map<string, HouseholdRecord>();
    const ids = new Map<string, number>();
    for (const kind of ['famiglia', 'convivenza'] as const) {
      const named = new Set<string>();
      for (const { bundle } of told)
        for (const l of bundle.legami) if (l.kind === kind) named.add(l.id_household);
      for (const { householdId, record } of await findToldHouseholds(client, comune, kind, [...named])) {
        records.set(keyOf(record), record);
        ids.set(keyOf(record), householdId!);
      }
    }
    return { lookup: { get: (kind, id) => records.get(keyOf({ kind, id })) }, ids };
  }

  /** Of whom the supply says nothing: cancelled, or moved along with a household, or in it no longer than it lasts. */
  async #moveOthers(entryIds: readonly number[], cancelled: ReadonlySet<number>): Promise<void> {
    const { situazioneAl, numbers } = this.#request;
    const block = this.#block();
    await block.loader.loadAlone(entryIds);
    for (const held of [...block.register.entries]) {
      const entry = boundTies(held, this.#lives);
      if (entry !== held) {
        block.register.commit({ ...NOTHING, replacedEntries: [entry] }, numbers.eventId);
        this.#shake(held);
      }
      if (cancelled.has(entry.entryId)) {
        const claim = {
          from: situazioneAl as PartialDate,
          statedTo: null,
          eventId: numbers.eventId,
          source: sourceRow('soggetti.csv', 0),
          rank: this.#context.rank,
          stated: null,
          value: { motivo_cancellazione: ABSENT, comune_destinazione: null, stato_destinazione: null },
        };
        block.register.commit(
          { ...NOTHING, entries: [{ entry, kind: 'departures', claim }] },
          numbers.eventId,
        );
        this.#shake(entry);
      } else if (this.#follows(entry)) block.register.touch(entry, numbers.eventId);
    }
    await this.#write(block);
  }

  /** A family left with nobody is closed on that day (tracciato.md 3), where the supply says nothing of it. */
  async #closeEmptied(householdIds: readonly number[]): Promise<void> {
    const block = this.#block();
    await block.loader.loadWhole(householdIds);
    for (const id of householdIds) {
      const household = block.register.householdById(id);
      if (household !== undefined) block.register.touchHousehold(household, this.#request.numbers.eventId);
    }
    await this.#write(block);
  }
}

const NOTHING = { newEntries: [], newHouseholds: [], entries: [], households: [] } as const;

function* blocks(ids: readonly number[], size: number): Generator<readonly number[]> {
  for (let at = 0; at < ids.length; at += size) yield ids.slice(at, at + size);
}

/** The day on which a household is held to have ended by `asOf`, whatever ended it; null while it lasts. */
function closing(rows: readonly HeldRow[], asOf: Day): PartialDate | null {
  const lives = rows.flatMap((row) => lifeOf(row) ?? []);
  // What was said of days after the end is a row of no day, and no end.
  const lived = lives.filter(({ from, to }) => from !== to);
  let last: (typeof lives)[number] | undefined;
  for (const life of lived.length > 0 ? lived : lives)
    if (last === undefined || life.from >= last.from) last = life;
  if (last === undefined || last.to === OPEN || last.to > asOf) return null;
  return (last.toText ?? last.to) as PartialDate;
}
