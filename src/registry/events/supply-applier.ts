/**
 * Applies the lines of a supply of changes to the register in memory, reading what it needs and writing nothing: each is applied
 * whole or not at all, and what waits is tried again when its subject is mended.
 */
import type { Finding } from '../../kernel/findings.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { Numbers } from '../supplies/supplies.sql.ts';
import type { SupplyRecord } from '../supplies/supply-record.ts';
import { AsideEvents } from './aside-events.ts';
import { type AsideEvent, corrector } from './corrector.ts';
import { Directory } from './directory.ts';
import { blockNumbering, EventEngine } from './engine.ts';
import type { AppliedLine, EventLine } from './event-line.ts';
import { EventLog } from './event-log.ts';
import { Outcome, waitedFor } from './event-outcome.ts';
import { findAtAddress, findSetAsideEvents, findStanding, type SetAsideEvent } from './events.sql.ts';
import { currentEvents, knownOf } from './known-event.ts';
import { type Changed, layOutChanges, spreadTouch } from './lay-out-changes.ts';
import { type Describe, leftBehind } from './left-behind.ts';
import { mention, nothingMentioned, roomFor, subjectsNamed } from './mentioned.ts';
import { RegisterLoader } from './register-loader.ts';
import { type Around, touchRenamed } from './renamed-homes.ts';
import { CodeIndex, type RowContext } from './row-warnings.ts';
import { cessionsInForce, renamesInForce } from './standing.ts';
import { hasData } from './stored-event.ts';
import { subjectsSetAside } from './subjects-set-aside.ts';
import { cede } from './territory.ts';
import { reportHeads } from './told-heads.ts';
import { type WaitingLine, WaitingLines } from './waiting-lines.ts';
import { WorkingRegister } from './working-register.ts';

/** A supply of changes, its form checked. */
export interface PreparedEvents {
  readonly supply: SupplyRecord;
  readonly manifest: unknown;
  readonly archive: string;
  readonly supplyId: number;
  readonly lines: readonly EventLine[];
  /** Of the supply as a whole (SIP-020, SIP-021). */
  readonly findings: readonly Finding[];
  readonly describe: Describe;
  /** Reads a line kept raw again. */
  readonly reread: (raw: string, riga: number) => EventLine;
}

/** Gives `room` numbers. @returns those after which they begin */
export type NumbersFor = (room: Numbers) => Promise<Numbers>;

/** What the lines of a supply come to, ready to be written. */
export interface AppliedSupply {
  readonly numbered: { readonly base: Numbers; readonly room: Numbers };
  readonly engine: EventEngine;
  readonly outcome: Outcome;
  readonly changed: Changed;
  /** Entries touched by events of earlier supplies. */
  readonly lateTouches: readonly { readonly eventId: number; readonly entryId: number }[];
}

/** The id_evento that a correction or an annulment speaks of. */
function referredTo(event: EventLine['event']): string | null {
  const riferimento = event?.riferimento;
  return riferimento != null && 'id_evento' in riferimento ? riferimento.id_evento : null;
}

export class SupplyApplier {
  readonly #client: Client;
  readonly #prepared: PreparedEvents;
  readonly #numbersFor: NumbersFor;
  readonly outcome = new Outcome();
  readonly register: WorkingRegister;
  readonly #directory: Directory;
  readonly #log: EventLog;
  #loader: RegisterLoader;
  #numbered: AppliedSupply['numbered'] | null = null;
  /** Raw lines that wait, of earlier supplies and of this one. */
  readonly #waiting = new WaitingLines();
  /** Of earlier supplies those that lines of this one speak of or send again. */
  readonly #aside = new AsideEvents();
  #rows: RowContext | null = null;

  constructor(client: Client, prepared: PreparedEvents, numbersFor: NumbersFor) {
    const { comune } = prepared.supply;
    this.#client = client;
    this.#prepared = prepared;
    this.#numbersFor = numbersFor;
    this.register = new WorkingRegister(comune);
    this.#directory = new Directory(client, comune);
    this.#log = new EventLog(client, comune);
    this.#loader = new RegisterLoader(this.#directory, this.register, null, true);
  }

  get #around(): Around {
    return { client: this.#client, log: this.#log, register: this.register, loader: this.#loader };
  }

  async apply(): Promise<AppliedSupply> {
    this.outcome.findings.push(...this.#prepared.findings);
    const engine = await this.#prepare();
    for (const line of this.#prepared.lines) await this.#takeAndRetry(engine, line);
    return this.#settle(engine);
  }

  /** All of the lines or none: the first that does not apply stops them. @returns null where one did not */
  async applyWhole(): Promise<AppliedSupply | null> {
    this.outcome.findings.push(...this.#prepared.findings);
    const engine = await this.#prepare();
    for (const [i, line] of this.#prepared.lines.entries()) {
      await this.#takeAndRetry(engine, line);
      if (this.outcome.applicate <= i) return null;
    }
    return this.#settle(engine);
  }

  async #takeAndRetry(engine: EventEngine, line: EventLine): Promise<void> {
    const mended = engine.mended.length;
    await this.#take(engine, line);
    if (engine.mended.length > mended) await this.#retry(engine, mended);
  }

  /** Whatever follows from what was applied. */
  async #settle(engine: EventEngine): Promise<AppliedSupply> {
    const renames = await this.#finish(engine);
    this.outcome.findings.push(
      ...(await reportHeads(this.#client, engine, this.#loader, this.#prepared.describe)),
    );
    const changed = await layOutChanges({ register: this.register, loader: this.#loader, renames });
    const { outcome, lateTouches } = this;
    return { numbered: this.#numbered!, engine, outcome, changed, lateTouches };
  }

  /** Loads what the lines name, and numbers what they may make known. */
  async #prepare(): Promise<EventEngine> {
    const { lines, supply } = this.#prepared;
    const { comune } = supply;
    const ids = lines.map((l) => l.idEvento).filter((id) => id !== '');
    const applied = new Map<string, string>();
    const setAside = new Map<string, Set<string>>();
    const aside = (id: string, digest: string): void =>
      void setAside.set(id, (setAside.get(id) ?? new Set()).add(digest));
    // What fell is set aside (SIP-206): it may be sent again, mended, under its own id.
    for (const event of await this.#log.byId(ids))
      if (event.fallen_by !== null) aside(event.id_evento ?? '', event.digest ?? '');
      else applied.set(event.id_evento ?? '', event.digest ?? '');
    const waiting = new Map<string, SetAsideEvent>();
    const spokenOf = new Set([...ids, ...lines.flatMap(({ event }) => referredTo(event) ?? [])]);
    for (const stored of await findSetAsideEvents(this.#client, comune, [...spokenOf])) {
      aside(stored.id_evento, stored.digest);
      if (spokenOf.has(stored.id_evento))
        this.#aside.add(
          this.#prepared.reread(stored.raw, stored.riga),
          stored.supply_id,
          stored.waits_for ?? [],
        );
      // Of what was sent again under one id the last waits.
      if (stored.waits_for !== null) waiting.set(stored.id_evento, stored);
    }
    const waitingLines = [...waiting.values()].map((stored) => {
      const line = this.#prepared.reread(stored.raw, stored.riga);
      this.#waiting.add(line, stored, stored.waits_for ?? []);
      return line;
    });
    // Land given away asks of everybody in memory where they live.
    if ([...lines, ...waitingLines].some(({ event }) => event?.operazione === 'TERRITORIO'))
      this.#loader = new RegisterLoader(this.#directory, this.register, null);
    const mentioned = nothingMentioned();
    for (const { event } of [...lines, ...waitingLines]) if (event !== null) mention(mentioned, event);
    await this.#loader.loadMentioned(mentioned);
    await this.#loadAddresses();
    const most = roomFor([...lines, ...waitingLines], mentioned);
    const room = {
      event: lines.length + waitingLines.length,
      entry: most.entries,
      household: most.households,
    };
    const base = await this.#numbersFor(room);
    this.#numbered = { base, room };
    const numbering = blockNumbering(
      { entry: base.entry, household: base.household },
      { entries: this.#loader.entryNumbers, households: this.#loader.householdNumbers },
    );
    const setAsideSubjects = await subjectsSetAside(this.#client, this.register, subjectsNamed(mentioned));
    const numbers = await this.#loader.knownNumbers(mentioned.references);
    const codes = new CodeIndex();
    for (const entry of this.register.entries) codes.add(entry);
    this.#rows = {
      register: this.register,
      codes,
      isKnown: (id) => this.register.entry(id) !== undefined || numbers.has(id) || setAsideSubjects.has(id),
    };
    await this.#log.foresee([...lines, ...waitingLines].flatMap(({ event }) => referredTo(event) ?? []));
    const correct = corrector({
      directory: this.#directory,
      log: this.#log,
      loader: this.#loader,
      supplyId: this.#prepared.supplyId,
      progressivo: supply.progressivo,
      aside: (idEvento) => this.#standingAside(idEvento),
    });
    return new EventEngine({
      register: this.register,
      numbering,
      known: { applied, setAside },
      setAsideSubjects,
      eventBase: base.event,
      correct,
    });
  }

  /** What waits of earlier supplies may be spoken of by what waits, too. */
  #standingAside(idEvento: string): AsideEvent | null {
    const waits = this.#waiting.get(idEvento);
    return waits === undefined ? this.#aside.get(idEvento) : { ...waits, event: waits.line.event };
  }

  /** Everybody at an address that is renamed or given away. */
  async #loadAddresses(): Promise<void> {
    for (const { event } of this.#prepared.lines) {
      if (event === null || !hasData(event)) continue;
      const renamed = event.operazione === 'TOPONOMASTICA';
      const given = event.operazione === 'TERRITORIO' && event.dati.sezioni.length > 0;
      if (!renamed && !given) continue;
      const found = await findAtAddress(
        this.#client,
        this.register.comune,
        renamed ? event.dati.da : {},
        given ? event.dati.sezioni : [],
      );
      await this.#loader.loadEntryIds(found.entries);
      await this.#loader.loadWhole(found.households);
    }
  }

  async #take(engine: EventEngine, line: EventLine): Promise<void> {
    const result = await engine.process(line);
    this.outcome.report(line, result, this.#prepared.describe);
    const waitsFor = waitedFor(result);
    // Sent again with other content, it takes the place of what waited under its id.
    if (waitsFor.length > 0) this.#waiting.add(line, null, waitsFor);
    else if (result.kind === 'applied') this.#waiting.remove(line.idEvento);
    if (result.kind === 'set-aside' && line.idEvento !== '')
      this.#aside.add(line, this.#prepared.supplyId, waitsFor);
    if (result.kind !== 'applied') return;
    this.#aside.remove(line.idEvento);
    this.#leave(line, line.riga, result);
    await touchRenamed(this.#around, engine);
  }

  #leave(line: EventLine, riga: number | null, result: AppliedLine): void {
    if (result.withdrawn !== undefined) {
      this.outcome.mended.push(...this.#aside.rowsOf(result.withdrawn));
      this.#aside.remove(result.withdrawn);
    }
    const left = leftBehind(line, riga, result, this.#rows!, this.#prepared.describe);
    this.outcome.findings.push(...left.findings);
    this.outcome.restored.push(...left.restored);
  }

  /** What waited for a subject that is known now is tried again, in order. @param mended how many were known before */
  async #retry(engine: EventEngine, mended: number): Promise<void> {
    let known = mended;
    let applied: string[] = [];
    for (;;) {
      const concerned = this.#waiting.concernedBy(engine.mended.slice(known), applied);
      if (concerned.length === 0) return;
      known = engine.mended.length;
      applied = [];
      for (const waiting of concerned)
        if (await this.#retryOne(engine, waiting)) applied.push(waiting.line.idEvento);
    }
  }

  async #retryOne(engine: EventEngine, { line, stored }: WaitingLine): Promise<boolean> {
    const result = await engine.retry(line, stored?.supply_id ?? null);
    if (result.kind !== 'applied') return false;
    this.#waiting.remove(line.idEvento);
    this.outcome.mended.push({ supplyId: stored?.supply_id ?? this.#prepared.supplyId, riga: line.riga });
    this.#leave(line, stored === null ? line.riga : null, result);
    await touchRenamed(this.#around, engine);
    return true;
  }

  /** Land given away finds those learned of later; then everybody whose rows may have moved is touched. */
  async #finish(engine: EventEngine) {
    const standing = [
      ...(await findStanding(this.#client, this.register.comune))
        .map(knownOf)
        .map((e) => ({ ...e, fallenBy: engine.fallenBy(e.eventId, e.fallenBy) })),
      ...currentEvents(engine, this.#prepared.supply.progressivo),
    ];
    const cessions = cessionsInForce(standing);
    // Where somebody lives is asked of all that were touched.
    if (cessions.length > 0)
      await this.#loader.loadEntryIds([...this.register.dirtyEntries.keys()].map((e) => e.entryId));
    for (const cession of cessions) {
      // One told in this supply, by a correction too, is asked of all who live on that land: #loadAddresses has read them.
      const told = engine.appliedAs(cession.eventId) !== undefined;
      const concerned = [...(told ? this.register.entries : this.register.dirtyEntries.keys())];
      const touched = cede(this.register, concerned, cession);
      for (const entryId of touched) this.lateTouches.push({ eventId: cession.eventId, entryId });
    }
    await spreadTouch(this.register, this.#loader);
    return renamesInForce(standing);
  }

  readonly lateTouches: { readonly eventId: number; readonly entryId: number }[] = [];
}
