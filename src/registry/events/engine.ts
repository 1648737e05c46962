/**
 * Applies the events of one supply, in order, to the register in memory. Corrections and annulments are refolded: the
 * state before the event they speak of, and every event since that touched the same people, applied again as they should
 * have been (docs/adr/0009).
 */

import type { EntryState } from '../claims/entry-state.ts';
import type { Rank } from '../claims/timeline.ts';
import type { EventFault, Numbering } from './applier.ts';
import { applyEvent, type EventWithData } from './appliers.ts';
import { broughtBy } from './brought.ts';
import type { AppliedLine, EventLine, FallenEvent, LineOutcome } from './event-line.ts';
import type { EventRecord, HouseholdKey } from './event-records.ts';
import type { Root } from './stored-event.ts';
import { hasData } from './stored-event.ts';
import type { Changes, WorkingRegister } from './working-register.ts';

/** An event applied in this very supply. */
export interface AppliedEvent {
  readonly eventId: number;
  readonly line: EventLine;
  readonly event: EventRecord;
  readonly rank: Rank;
  readonly root: Root | null;
  /** Whom and what it touched. */
  readonly entries: Set<number>;
  readonly households: Set<number>;
  /** The earlier supply that brought it, where it had to wait; null: this one. */
  readonly supplyId: number | null;
}

/** What corrects and annuls: needs the tables, and is given from outside. */
export type Corrector = (
  engine: EventEngine,
  line: EventLine,
  eventId: number,
) => Promise<
  | { readonly faults: readonly EventFault[] }
  | {
      readonly root: Root;
      readonly rank: Rank;
      readonly fell: readonly FallenEvent[];
      readonly restored: readonly FallenEvent[];
      readonly entries: Iterable<number>;
      readonly households: Iterable<number>;
    }
  /** An annulment of what stands set aside: it takes back what was never applied. */
  | { readonly withdrawn: string }
>;

const NOTHING_MOVED = { fell: [], restored: [] } as const;

/** What was known of ids before this supply. */
export interface KnownIds {
  /** Digest of the applied event that has an id. */
  readonly applied: ReadonlyMap<string, string>;
  /** Digests of what stands set aside under an id. */
  readonly setAside: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface EngineOptions {
  readonly register: WorkingRegister;
  readonly numbering: Numbering;
  readonly known: KnownIds;
  /** Whoever comes with an event that is set aside is added to them. */
  readonly setAsideSubjects: Set<string>;
  readonly eventBase: number;
  readonly correct: Corrector;
}

export function touchedBy(changes: Changes): { entries: Set<number>; households: Set<number> } {
  const entries = new Set<number>();
  const households = new Set<number>();
  for (const list of [changes.newEntries, changes.replacedEntries ?? [], changes.touched ?? []])
    for (const entry of list) entries.add(entry.entryId);
  for (const change of changes.entries) {
    entries.add(change.entry.entryId);
    if (change.kind === 'memberships') households.add(change.claim.value.householdId);
    if (change.kind === 'dwellings' && change.claim.value.follows !== null)
      households.add(change.claim.value.follows);
  }
  for (const entry of changes.newEntries)
    for (const tie of entry.memberships) households.add(tie.value.householdId);
  for (const list of [changes.newHouseholds, changes.replacedHouseholds ?? []])
    for (const household of list) households.add(household.householdId);
  for (const change of changes.households) households.add(change.household.householdId);
  return { entries, households };
}

export class EventEngine {
  readonly register: WorkingRegister;
  readonly applied: AppliedEvent[] = [];
  /** What fell in this supply, with the event with which it did. */
  readonly fell = new Map<number, number>();
  /** Corrections annulled in this supply: what had fallen with them is tried again. */
  readonly undone = new Set<number>();
  readonly #options: EngineOptions;
  readonly #digests = new Map<string, string>();
  readonly #asideDigests = new Map<string, Set<string>>();
  readonly #mended = new Set<string>();
  readonly #mendedInOrder: string[] = [];
  readonly #appliedByNumber = new Map<number, AppliedEvent>();
  /** Of what an id was given to again, once what bore it had fallen, the last. */
  readonly #appliedById = new Map<string, AppliedEvent>();
  /** Corrections and annulments, by the number of their root. */
  readonly #versions = new Map<number, AppliedEvent[]>();
  #next: number;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.register = options.register;
    this.#next = options.eventBase;
    for (const [id, digest] of options.known.applied) this.#digests.set(id, digest);
    for (const [id, digests] of options.known.setAside) this.#asideDigests.set(id, new Set(digests));
  }

  /** The event with which one fell, as things stand now. @param before as they stood before this supply */
  fallenBy(eventId: number, before: number | null): number | null {
    const by = this.fell.get(eventId) ?? before;
    return by === null || this.undone.has(by) ? null : by;
  }

  get numbering(): Numbering {
    return this.#options.numbering;
  }

  readonly isSetAside = (idSoggetto: string): boolean =>
    this.#options.setAsideSubjects.has(idSoggetto) && !this.#mended.has(idSoggetto);

  /** Subjects that stood set aside and are known now, in the order in which they became so. */
  get mended(): readonly string[] {
    return this.#mendedInOrder;
  }

  /** What was applied in this supply under a number. */
  appliedAs(eventId: number): AppliedEvent | undefined {
    return this.#appliedByNumber.get(eventId);
  }

  /** What was applied last in this supply under an id_evento. */
  appliedLast(idEvento: string): AppliedEvent | undefined {
    return this.#appliedById.get(idEvento);
  }

  /** The corrections and annulments of a root that were applied in this supply, in their order. */
  versionsOf(root: number): readonly AppliedEvent[] {
    return this.#versions.get(root) ?? [];
  }

  /** The last event number given. */
  get lastEventId(): number {
    return this.#next;
  }

  /** Judges one event against the register and, where it applies, commits it. */
  attempt(
    event: EventWithData,
    eventId: number,
    rank: Rank,
  ): { faults: readonly EventFault[] } | { changes: Changes } {
    const result = applyEvent({
      register: this.register,
      event,
      eventId,
      rank,
      numbering: this.#options.numbering,
      isSetAside: this.isSetAside,
    });
    if ('faults' in result) return result;
    this.register.commit(result.changes, eventId);
    this.mend(result.changes.newEntries);
    return result;
  }

  /** Notes who of those that stood set aside is known now. */
  mend(entries: Iterable<EntryState>): void {
    for (const { idSoggetto } of entries)
      if (
        this.#options.setAsideSubjects.has(idSoggetto) &&
        !this.#mended.has(idSoggetto) &&
        this.register.entry(idSoggetto) !== undefined
      ) {
        this.#mended.add(idSoggetto);
        this.#mendedInOrder.push(idSoggetto);
      }
  }

  #setAside(line: EventLine, faults: readonly EventFault[]): LineOutcome {
    for (const id of broughtBy(line.raw))
      if (this.register.entry(id) === undefined) this.#options.setAsideSubjects.add(id);
    if (line.idEvento !== '') {
      const digests = this.#asideDigests.get(line.idEvento) ?? new Set();
      this.#asideDigests.set(line.idEvento, digests.add(line.digest));
    }
    return { kind: 'set-aside', faults };
  }

  /** What becomes of a line; the register is changed where it is applied. */
  async process(line: EventLine): Promise<LineOutcome> {
    const before = this.#digests.get(line.idEvento);
    if (line.idEvento !== '' && before !== undefined)
      return { kind: before === line.digest ? 'repeated' : 'clashing' };
    if (this.#asideDigests.get(line.idEvento)?.has(line.digest)) return { kind: 'repeated' };
    return this.#judge(line, null);
  }

  /**
   * Tries again what waited for a subject: applied, or left waiting as it was.
   * @param supplyId the earlier supply that brought it; null: this one
   */
  async retry(line: EventLine, supplyId: number | null): Promise<LineOutcome> {
    return this.#judge(line, supplyId);
  }

  async #judge(line: EventLine, supplyId: number | null): Promise<LineOutcome> {
    const { event } = line;
    if (event === null) return this.#setAside(line, []);
    const eventId = this.#next + 1;
    const rank: Rank = { day: event.registrazione, event: eventId };
    if (hasData(event) && event.tipo === 'N') {
      const result = this.attempt(event, eventId, rank);
      if ('faults' in result) return this.#setAside(line, result.faults);
      const { entries, households } = touchedBy(result.changes);
      return this.#record(
        line,
        { eventId, line, event, rank, root: null, entries, households, supplyId },
        NOTHING_MOVED,
      );
    }
    const corrected = await this.#options.correct(this, line, eventId);
    if ('faults' in corrected) return this.#setAside(line, corrected.faults);
    if ('withdrawn' in corrected) {
      this.#asideDigests.delete(corrected.withdrawn);
      const nobody = { entries: new Set<number>(), households: new Set<number>() };
      const done = { eventId, line, event, rank, root: null, ...nobody, supplyId };
      return { ...this.#record(line, done, NOTHING_MOVED), withdrawn: corrected.withdrawn };
    }
    return this.#record(
      line,
      {
        eventId,
        line,
        event,
        rank: corrected.rank,
        root: corrected.root,
        entries: new Set(corrected.entries),
        households: new Set(corrected.households),
        supplyId,
      },
      corrected,
    );
  }

  #record(line: EventLine, done: AppliedEvent, moved: Pick<AppliedLine, 'fell' | 'restored'>): AppliedLine {
    this.#next = done.eventId;
    this.applied.push(done);
    this.#appliedByNumber.set(done.eventId, done);
    this.#appliedById.set(line.idEvento, done);
    if (done.root !== null) {
      const versions = this.#versions.get(done.root.eventId);
      if (versions === undefined) this.#versions.set(done.root.eventId, [done]);
      else versions.push(done);
    }
    if (line.idEvento !== '') this.#digests.set(line.idEvento, line.digest);
    this.#asideDigests.delete(line.idEvento);
    return { kind: 'applied', eventId: done.eventId, fell: moved.fell, restored: moved.restored };
  }
}

/** What has been given its number from a block, by its name in the register. */
export interface GivenNumbers {
  readonly entries: Map<string, number>;
  readonly households: Map<string, number>;
}

/** A numbering from two blocks, which gives known numbers of the register the number they had. */
export function blockNumbering(
  bases: { readonly entry: number; readonly household: number },
  known: { readonly entries: ReadonlyMap<string, number>; readonly households: ReadonlyMap<string, number> },
  { entries, households }: GivenNumbers = { entries: new Map(), households: new Map() },
): Numbering & { readonly given: () => { readonly entries: number; readonly households: number } } {
  const take = (map: Map<string, number>, key: string, base: number): number => {
    const number = map.get(key) ?? base + map.size + 1;
    map.set(key, number);
    return number;
  };
  const keyOf = (key: HouseholdKey): string => `${key.kind}:${key.id}`;
  return {
    entry: (id) => known.entries.get(id) ?? take(entries, id, bases.entry),
    household: (key) => known.households.get(keyOf(key)) ?? take(households, keyOf(key), bases.household),
    given: () => ({ entries: entries.size, households: households.size }),
  };
}
