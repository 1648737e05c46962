/**
 * Applies a supply of changes: one transaction under the register's clock. Each event is applied whole or not at all;
 * what is set aside is kept raw with its reason, and what waits is tried again when its subject is mended.
 */
import { AppError } from '../../kernel/app-error.ts';
import type { Finding } from '../../kernel/findings.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { renamePieces } from '../claims/renames.ts';
import { layOut } from '../claims/timeline.ts';
import { reconcile } from '../reconciliation/reconcile.ts';
import { findingRow, type SetAside, setAsideRow } from '../supplies/findings-rows.ts';
import { keepArchive } from '../supplies/keep-archive.ts';
import { closeRefusedOperation } from '../supplies/operations.sql.ts';
import {
  closeRefused,
  findAccepted,
  findPosition,
  insertSupply,
  nextReceipt,
  reserveNumbers,
  takeInstant,
} from '../supplies/supplies.sql.ts';
import type { Receipt, SupplyNumbers, SupplyRecord } from '../supplies/supply-record.ts';
import { refuseViolations } from '../tables/invariants.sql.ts';
import { relinkEntries } from '../tables/linking.sql.ts';
import { writeRows } from '../tables/state.sql.ts';
import type { Row } from '../tables/tables.ts';
import { closeHeaded, closeMended, closeMissing, findHeadlessTold } from './closing.sql.ts';
import { corrector } from './corrector.ts';
import { type AppliedEvent, blockNumbering, EventEngine } from './engine.ts';
import type { EventLine, LineOutcome } from './event-line.ts';
import {
  findAtAddress,
  findEventsById,
  findReached,
  findSetAsideEvents,
  findSetAsideSubjects,
  findStanding,
  findVersions,
  noteFallen,
  type SetAsideEvent,
} from './events.sql.ts';
import { type Heads, headsOf, leftHeadless, twiceHeaded } from './heads.ts';
import { type Describe, faultAt, leftBehind } from './left-behind.ts';
import { mention, nothingMentioned, roomFor, subjectsNamed } from './mentioned.ts';
import { currentEvent, currentEvents, knownOf } from './refold.ts';
import { RegisterLoader } from './register-loader.ts';
import { CodeIndex, type RowContext } from './row-warnings.ts';
import { cessionsInForce, renamesInForce } from './standing.ts';
import { eventRow, hasData } from './stored-event.ts';
import { cede } from './territory.ts';
import { type WaitingLine, WaitingLines } from './waiting-lines.ts';
import { WorkingRegister } from './working-register.ts';
import { spreadTouch, writeChanges } from './write-changes.ts';

const FILE = 'eventi.jsonl';

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

/** When what was said of the heads of a family holds no more. */
const MENDED_BY_HEADS = [
  ['EF008', ({ members, heads }: Heads) => members === 0 || heads > 0],
  ['EF009', ({ heads }: Heads) => heads < 2],
] as const;

/** What comes of the lines, gathered while they are applied. */
class Outcome {
  readonly findings: Finding[] = [];
  readonly setAside: SetAside[] = [];
  readonly events: Row[] = [];
  /** Ids of what stands again, and of what is told anew under the id of something that had fallen. */
  readonly restored: string[] = [];
  scartate = 0;
  applicate = 0;
}

/** The subjects for whom an event waits (SIP-210). */
const waitedFor = (result: LineOutcome): string[] =>
  result.kind === 'set-aside'
    ? result.faults.filter((f) => f.codice === 'SIP-210').flatMap((f) => f.id_soggetto ?? [])
    : [];

export async function writeEventSupply(
  db: Database,
  prepared: PreparedEvents,
  receivedAt: Date,
): Promise<{ receipt: Receipt; supply: SupplyRecord }> {
  const { supply } = prepared;
  return db.transaction(
    async (client) => {
      const instant = await takeInstant(client);
      if (supply.esito === 'RIFIUTATA') return refuse(db, client, prepared, receivedAt);
      const accepted = await findAccepted(client, supply.comune, supply.progressivo);
      if (accepted !== null && accepted.sha256 === supply.sha256)
        return { receipt: { ricevuta: accepted.ricevuta, esito: accepted.esito, repeated: true }, supply };
      const position = await findPosition(client, supply.comune);
      if ((position?.lastProgressivo ?? 0) + 1 !== supply.progressivo)
        throw new AppError(
          'conflict',
          `${supply.fileName}: nel frattempo è stata accettata un'altra fornitura del comune ${supply.comune}; ripetere il caricamento.`,
          `${supply.fileName}: another supply of comune ${supply.comune} was accepted in the meantime; load it again.`,
        );
      return new EventSupply(db, client, prepared, { receivedAt, recordedAt: instant }).apply();
    },
    { lookups: true },
  );
}

/**
 * Applies lines in a transaction that holds the register's clock, all of them or none: the first that does not apply stops them.
 * @returns what was written; or, where nothing was, the findings
 */
export function applyWhole(
  db: Database,
  client: Client,
  prepared: PreparedEvents,
  times: { readonly receivedAt: Date; readonly recordedAt: string },
): Promise<AppliedWhole> {
  return new EventSupply(db, client, prepared, times).applyWhole();
}

export type AppliedWhole =
  | { readonly receipt: Receipt; readonly supply: SupplyRecord; readonly findings: readonly Finding[] }
  | { readonly receipt: null; readonly findings: readonly Finding[] };

/** Of a refused supply only the outcome is kept. */
export async function refuse(
  db: Database,
  client: Client,
  { supply, supplyId, manifest, findings }: PreparedEvents,
  receivedAt: Date,
): Promise<{ receipt: Receipt; supply: SupplyRecord }> {
  const ricevuta = await nextReceipt(client, receivedAt);
  await insertSupply(client, supply, unnumbered(supplyId), ricevuta, manifest, {
    receivedAt,
    recordedAt: null,
  });
  await writeRows(
    db,
    client,
    'findings',
    findings.map((f, i) => findingRow(supplyId, i + 1, supply.comune, f)),
  );
  return { receipt: { ricevuta, esito: supply.esito, repeated: false }, supply };
}

/** The numbers of a supply that makes nothing known. */
const unnumbered = (supplyId: number): SupplyNumbers => ({
  supplyId,
  eventId: 0,
  entryBase: 0,
  householdBase: 0,
  entries: 0,
  households: 0,
});

/** The event by which it happened, where a correction in the same supply moved it. */
const rootIn = (engine: EventEngine, done: AppliedEvent): AppliedEvent =>
  (done.root === null ? undefined : engine.appliedAs(done.root.eventId)) ?? done;

class EventSupply {
  readonly #db: Database;
  readonly #client: Client;
  readonly #prepared: PreparedEvents;
  readonly #times: { readonly receivedAt: Date; readonly recordedAt: string };
  #numbers: SupplyNumbers;
  readonly #outcome = new Outcome();
  readonly #register: WorkingRegister;
  #loader: RegisterLoader;
  /** Raw lines that wait, of earlier supplies and of this one. */
  readonly #waiting = new WaitingLines();
  #rows: RowContext | null = null;
  readonly #mendedEvents: { readonly supplyId: number; readonly riga: number }[] = [];

  constructor(
    db: Database,
    client: Client,
    prepared: PreparedEvents,
    times: { readonly receivedAt: Date; readonly recordedAt: string },
  ) {
    this.#db = db;
    this.#client = client;
    this.#prepared = prepared;
    this.#times = times;
    this.#numbers = unnumbered(prepared.supplyId);
    this.#register = new WorkingRegister(prepared.supply.comune);
    this.#loader = new RegisterLoader(client, this.#register, null, true);
  }

  async apply(): Promise<{ receipt: Receipt; supply: SupplyRecord }> {
    this.#outcome.findings.push(...this.#prepared.findings);
    const engine = await this.#prepare();
    for (const line of this.#prepared.lines) await this.#takeAndRetry(engine, line);
    return this.#settle(engine);
  }

  async applyWhole(): Promise<AppliedWhole> {
    const { findings } = this.#outcome;
    findings.push(...this.#prepared.findings);
    const engine = await this.#prepare();
    for (const [i, line] of this.#prepared.lines.entries()) {
      await this.#takeAndRetry(engine, line);
      if (this.#outcome.applicate <= i) return { receipt: null, findings };
    }
    return { ...(await this.#settle(engine)), findings };
  }

  async #takeAndRetry(engine: EventEngine, line: EventLine): Promise<void> {
    const mended = engine.mended.length;
    await this.#take(engine, line);
    if (engine.mended.length > mended) await this.#retry(engine, mended);
  }

  /** Whatever follows from what was applied, and all of it written. */
  async #settle(engine: EventEngine): Promise<{ receipt: Receipt; supply: SupplyRecord }> {
    const { supply } = this.#prepared;
    const standing = await this.#finish(engine);
    await this.#reportHeads(engine);
    const finished: SupplyRecord = {
      ...supply,
      applicate: { [FILE]: this.#outcome.applicate },
      scartate: { [FILE]: this.#outcome.scartate },
      segnalate: { [FILE]: new Set(this.#outcome.findings.flatMap((f) => f.riga ?? [])).size },
      esito: this.#outcome.findings.length > 0 ? 'ACCETTATA_CON_SEGNALAZIONI' : 'ACCETTATA',
    };
    const ricevuta = await this.#write(engine, finished, standing);
    return { receipt: { ricevuta, esito: finished.esito, repeated: false }, supply: finished };
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
    for (const event of await findEventsById(this.#client, comune, ids))
      if (event.fallen_by !== null) aside(event.id_evento ?? '', event.digest ?? '');
      else applied.set(event.id_evento ?? '', event.digest ?? '');
    const waiting = new Map<string, SetAsideEvent>();
    for (const stored of await findSetAsideEvents(this.#client, comune, ids)) {
      aside(stored.id_evento, stored.digest);
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
      this.#loader = new RegisterLoader(this.#client, this.#register, null);
    const mentioned = nothingMentioned();
    for (const { event } of [...lines, ...waitingLines]) if (event !== null) mention(mentioned, event);
    await this.#loader.loadMentioned(mentioned);
    await this.#loadAddresses();
    const room = roomFor([...lines, ...waitingLines], mentioned);
    const eventBase = await reserveNumbers(this.#client, 'event', lines.length + waitingLines.length);
    this.#numbers = {
      supplyId: this.#prepared.supplyId,
      eventId: eventBase + 1,
      entryBase: await reserveNumbers(this.#client, 'entry', room.entries),
      householdBase: await reserveNumbers(this.#client, 'household', room.households),
      ...room,
    };
    const numbering = blockNumbering(
      { entry: this.#numbers.entryBase, household: this.#numbers.householdBase },
      { entries: this.#loader.entryNumbers, households: this.#loader.householdNumbers },
    );
    const setAsideSubjects = new Set(
      await findSetAsideSubjects(this.#client, comune, subjectsNamed(mentioned)),
    );
    const numbers = await this.#loader.knownNumbers(mentioned.references);
    const codes = new CodeIndex();
    for (const entry of this.#register.entries) codes.add(entry);
    this.#rows = {
      register: this.#register,
      codes,
      isKnown: (id) => this.#register.entry(id) !== undefined || numbers.has(id) || setAsideSubjects.has(id),
    };
    const correct = corrector({
      db: this.#client,
      loader: this.#loader,
      supplyId: this.#prepared.supplyId,
      progressivo: supply.progressivo,
      waitsFor: (idEvento) => this.#waiting.get(idEvento)?.waitsFor ?? null,
    });
    return new EventEngine({
      register: this.#register,
      numbering,
      known: { applied, setAside },
      setAsideSubjects,
      eventBase,
      correct,
    });
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
        this.#register.comune,
        renamed ? event.dati.da : {},
        given ? event.dati.sezioni : [],
      );
      await this.#loader.loadEntryIds(found.entries);
      await this.#loader.loadWhole(found.households);
    }
  }

  async #take(engine: EventEngine, line: EventLine): Promise<void> {
    const result = await engine.process(line);
    this.#report(line, result);
    const waitsFor = waitedFor(result);
    // Sent again with other content, it takes the place of what waited under its id.
    if (waitsFor.length > 0) this.#waiting.add(line, null, waitsFor);
    else if (result.kind === 'applied') this.#waiting.remove(line.idEvento);
    if (result.kind !== 'applied') return;
    this.#leave(line, line.riga, result);
    await this.#touchRenamed(engine);
  }

  #leave(
    line: EventLine,
    riga: number | null,
    result: Extract<LineOutcome, { readonly kind: 'applied' }>,
  ): void {
    const left = leftBehind(line, riga, result, this.#rows!, this.#prepared.describe);
    this.#outcome.findings.push(...left.findings);
    this.#outcome.restored.push(...left.restored);
  }

  /** A renaming touches whoever lives there; it changes no claim. Corrected or annulled, also whoever it had reached since. */
  async #touchRenamed(engine: EventEngine): Promise<void> {
    const last = engine.applied.at(-1)!;
    if (last.event.operazione !== 'TOPONOMASTICA') return;
    if (last.root !== null) await this.#touchReached(engine, last.root.eventId, last.eventId);
    if (!hasData(last.event)) return;
    const [rename] = renamesInForce([
      {
        ...currentEvent(engine, 0, last),
        root: null,
        record: { ...last.event, tipo: 'N', riferimento: null },
      },
    ]);
    if (rename === undefined) return;
    for (const household of this.#register.households) {
      const hit = layOut(household.addresses).some((s) => renamePieces(s, s.value, [rename]).length > 1);
      if (!hit) continue;
      last.households.add(household.householdId);
      this.#register.touchHousehold(household, last.eventId);
      for (const entry of this.#register.everMembers(household.householdId)) {
        last.entries.add(entry.entryId);
        this.#register.touch(entry, last.eventId, ['dwellings']);
      }
    }
    for (const entry of this.#register.entries) {
      const hit = layOut(entry.dwellings).some(
        (s) => s.value.address !== null && renamePieces(s, s.value.address, [rename]).length > 1,
      );
      if (!hit) continue;
      last.entries.add(entry.entryId);
      this.#register.touch(entry, last.eventId, ['dwellings']);
    }
  }

  /** Those whose addresses bear a renaming in one of its versions, learned of later too. */
  async #touchReached(engine: EventEngine, root: number, eventId: number): Promise<void> {
    const stored = await findVersions(this.#client, [root]);
    const reached = await findReached(this.#client, [
      root,
      ...stored.map((v) => v.event_id),
      ...engine.versionsOf(root).map((a) => a.eventId),
    ]);
    await this.#loader.loadEntryIds(reached.entries);
    await this.#loader.loadWhole(reached.households);
    for (const id of reached.households) {
      const household = this.#register.householdById(id);
      if (household !== undefined) this.#register.touchHousehold(household, eventId);
    }
    for (const id of reached.entries) {
      const entry = this.#register.entryById(id);
      if (entry !== undefined) this.#register.touch(entry, eventId, ['dwellings']);
    }
  }

  #report(line: EventLine, result: LineOutcome): void {
    const { describe } = this.#prepared;
    const place = { riga: line.riga, id_evento: line.idEvento };
    if (result.kind === 'repeated') {
      this.#outcome.findings.push(
        describe('SIP-209', { ...place, campo: 'id_evento', valore: line.idEvento }),
      );
      return;
    }
    const found: Finding[] = [];
    if (result.kind === 'clashing')
      found.push(describe('SIP-208', { ...place, campo: 'id_evento', valore: line.idEvento }));
    // Of what is set aside nothing more is said than why (tracciato.md 4: it counts for no later check).
    else found.push(...line.findings.filter((f) => f.gravita === 'E'));
    if (result.kind === 'set-aside')
      found.push(...result.faults.map((f) => describe(f.codice, faultAt(f, line, line.riga))));
    this.#outcome.findings.push(...found);
    if (result.kind !== 'applied') {
      const worst = found.find((f) => f.gravita === 'E');
      const waitsFor = waitedFor(result);
      this.#outcome.scartate++;
      this.#outcome.setAside.push({
        file: FILE,
        riga: line.riga,
        idSoggetto: worst?.id_soggetto ?? '',
        // An id that has been applied is not set aside: another content under it is no mend.
        idEvento: result.kind === 'clashing' || line.idEvento === '' ? null : line.idEvento,
        digest: line.digest,
        waitsFor: waitsFor.length === 0 ? null : waitsFor,
        codice: worst?.codice ?? '',
        raw: line.raw,
      });
      return;
    }
    this.#outcome.applicate++;
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
    this.#mendedEvents.push({ supplyId: stored?.supply_id ?? this.#prepared.supplyId, riga: line.riga });
    this.#leave(line, stored === null ? line.riga : null, result);
    await this.#touchRenamed(engine);
    return true;
  }

  /** Land given away finds those learned of later; then everybody whose rows may have moved is touched. */
  async #finish(engine: EventEngine) {
    const standing = [
      ...(await findStanding(this.#client, this.#register.comune))
        .map(knownOf)
        .map((e) => ({ ...e, fallenBy: engine.fallenBy(e.eventId, e.fallenBy) })),
      ...currentEvents(engine, this.#prepared.supply.progressivo),
    ];
    const cessions = cessionsInForce(standing);
    // Where somebody lives is asked of all that were touched.
    if (cessions.length > 0)
      await this.#loader.loadEntryIds([...this.#register.dirtyEntries.keys()].map((e) => e.entryId));
    for (const cession of cessions) {
      // One told in this supply, by a correction too, is asked of all who live on that land: #loadAddresses has read them.
      const told = engine.appliedAs(cession.eventId) !== undefined;
      const concerned = [...(told ? this.#register.entries : this.#register.dirtyEntries.keys())];
      const touched = cede(this.#register, concerned, cession);
      for (const entryId of touched) this.#lateTouches.push({ eventId: cession.eventId, entryId });
    }
    await spreadTouch(this.#register, this.#loader);
    return renamesInForce(standing);
  }

  readonly #lateTouches: { readonly eventId: number; readonly entryId: number }[] = [];

  /** EF008 once for each family, wherever the supply's events left it so, and EF009 on the last line that made it so. */
  async #reportHeads(engine: EventEngine): Promise<void> {
    const headless = new Map<string, { readonly done: AppliedEvent; readonly acting: string }>();
    const twice = new Map<string, AppliedEvent>();
    for (const done of engine.applied) {
      if (engine.fallenBy(done.eventId, null) !== null) continue;
      for (const { household, acting } of leftHeadless(this.#register, done))
        if (!headless.has(household.idHousehold))
          headless.set(household.idHousehold, { done: rootIn(engine, done), acting: acting.idSoggetto });
      for (const household of twiceHeaded(this.#register, done)) twice.set(household.idHousehold, done);
    }
    const told = await findHeadlessTold(this.#client, this.#register.comune, [...headless.keys()]);
    for (const [id, { done, acting }] of headless)
      if (!told.includes(id)) this.#tellOfFamily('EF008', done, id, { facente_funzione: acting });
    for (const [id, done] of twice) this.#tellOfFamily('EF009', done, id);
  }

  #tellOfFamily(codice: string, done: AppliedEvent, id: string, dettaglio?: Finding['dettaglio']): void {
    this.#outcome.findings.push(
      this.#prepared.describe(codice, {
        riga: done.supplyId === null ? done.line.riga : null,
        id_evento: done.line.idEvento,
        id_famiglia: id,
        ...(dettaglio === undefined ? {} : { dettaglio }),
      }),
    );
  }

  async #write(
    engine: EventEngine,
    supply: SupplyRecord,
    renames: ReturnType<typeof renamesInForce>,
  ): Promise<string> {
    const { supplyId, manifest, archive } = this.#prepared;
    const client = this.#client;
    const ricevuta = await nextReceipt(client, this.#times.receivedAt);
    await insertSupply(client, supply, this.#numbers, ricevuta, manifest, this.#times);
    const put = (table: Parameters<typeof writeRows>[2], rows: readonly Row[]) =>
      writeRows(this.#db, client, table, rows);
    await put(
      'events',
      engine.applied.map((a) =>
        eventRow(a.event, {
          eventId: a.eventId,
          supplyId: a.supplyId ?? supplyId,
          comune: supply.comune,
          digest: a.line.digest,
          rank: a.rank,
          root: a.root,
        }),
      ),
    );
    // One that fell, stood again and fell again in this supply did so with the last.
    await noteFallen(
      client,
      [...engine.fell].map(([eventId, by]) => ({ eventId, by })),
    );
    const changed = await writeChanges({
      db: this.#db,
      client,
      register: this.#register,
      loader: this.#loader,
      renames,
      instant: this.#times.recordedAt,
    });
    await refuseViolations(client, supply.fileName, {
      kind: 'moved',
      cameIn: changed.came,
      tied: changed.tied,
    });
    await put('event_entries', [
      ...engine.applied.flatMap((a) => [...a.entries].map((id): Row => [a.eventId, id])),
      ...this.#lateTouches
        .filter(({ eventId, entryId }) => !engine.appliedAs(eventId)?.entries.has(entryId))
        .map(({ eventId, entryId }): Row => [eventId, entryId]),
    ]);
    await put(
      'event_households',
      engine.applied.flatMap((a) => [...a.households].map((id): Row => [a.eventId, id])),
    );
    await put(
      'findings',
      this.#outcome.findings.map((f, i) => findingRow(supplyId, i + 1, supply.comune, f)),
    );
    await put(
      'set_aside',
      this.#outcome.setAside.map((row) => setAsideRow(supplyId, supply.comune, row)),
    );
    const relinked = await relinkEntries(client, engine.lastEventId, changed.identified);
    await closeMended(client, {
      comune: supply.comune,
      supplyId,
      events: this.#mendedEvents,
      entries: changed.entries,
      ids: engine.applied.map((a) => a.line.idEvento),
      restored: this.#outcome.restored,
    });
    await closeMissing(client, supply.comune, supplyId, changed.entries);
    const families = [...this.#register.dirtyHouseholds.keys()].filter((h) => h.kind === 'famiglia');
    for (const [codice, mended] of MENDED_BY_HEADS)
      await closeHeaded(
        client,
        supply.comune,
        supplyId,
        codice,
        families.filter((h) => mended(headsOf(this.#register, h))).map((h) => h.idHousehold),
      );
    await reconcile(client, {
      supplyId,
      comune: supply.comune,
      situazioneAl: supply.situazioneAl!,
      instant: this.#times.recordedAt,
      touched: { entries: changed.told, above: 0, upTo: 0, halvesFrom: null },
      relinked,
    });
    if (supply.operation === undefined)
      await closeRefused(client, supply.comune, supply.progressivo, supplyId);
    else await closeRefusedOperation(client, supply.comune, supply.operation.id, supplyId);
    await keepArchive(client, supplyId, archive, supply);
    return ricevuta;
  }
}
