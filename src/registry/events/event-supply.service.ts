/**
 * Applies a supply of changes: one transaction under the register's clock. Each event is applied whole or not at all;
 * what is set aside is kept raw with its reason, and what waits is tried again when its subject is mended.
 */
import { AppError } from '../../kernel/app-error.ts';
import type { Finding } from '../../kernel/findings.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { findingRow, type SetAside, setAsideRow } from '../findings-rows.ts';
import { keepArchive } from '../keep-archive.ts';
import { relinkEntries } from '../linking.sql.ts';
import { reconcile } from '../reconciliation/reconcile.ts';
import { renamePieces } from '../renames.ts';
import { writeRows } from '../state.sql.ts';
import {
  findAccepted,
  findPosition,
  insertSupply,
  nextReceipt,
  reserveNumbers,
  takeInstant,
} from '../supplies.sql.ts';
import type { Receipt, SupplyNumbers, SupplyRecord } from '../supply-record.ts';
import type { Row } from '../tables.ts';
import { layOut } from '../timeline.ts';
import type { EventFault } from './applier.ts';
import { closeHeaded, closeMended } from './closing.sql.ts';
import { corrector } from './corrector.ts';
import { blockNumbering, EventEngine } from './engine.ts';
import type { EventLine, LineOutcome } from './event-line.ts';
import {
  findAtAddress,
  findEventsById,
  findSetAsideEvents,
  findSetAsideSubjects,
  findStanding,
  type SetAsideEvent,
} from './events.sql.ts';
import { isHeadedOrEmpty, leftHeadless } from './heads.ts';
import { mention, nothingMentioned, roomFor } from './mentioned.ts';
import { currentEvents, knownOf } from './refold.ts';
import { RegisterLoader } from './register-loader.ts';
import { cessionsInForce, renamesInForce } from './standing.ts';
import { eventRow, hasData } from './stored-event.ts';
import { ceded } from './territory.ts';
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
  /** Makes the finding of a fault, with its sentences. */
  readonly describe: (codice: string, where: FaultPlace) => Finding;
  /** Reads a line kept raw again. */
  readonly reread: (raw: string, riga: number) => EventLine;
}

export interface FaultPlace extends Omit<EventFault, 'codice'> {
  readonly riga: number;
  readonly id_evento: string;
  readonly dettaglio?: Finding['dettaglio'];
}

/** What comes of the lines, gathered while they are applied. */
class Outcome {
  readonly findings: Finding[] = [];
  readonly setAside: SetAside[] = [];
  readonly events: Row[] = [];
  readonly fallen: Row[] = [];
  scartate = 0;
  applicate = 0;
}

const faultOf = (fault: EventFault, line: EventLine): FaultPlace => {
  const { codice: _, ...place } = fault;
  return { ...place, riga: line.riga, id_evento: line.idEvento };
};

export async function writeEventSupply(
  db: Database,
  prepared: PreparedEvents,
  receivedAt: Date,
): Promise<{ receipt: Receipt; supply: SupplyRecord }> {
  const { supply } = prepared;
  return db.transaction(async (client) => {
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
  });
}

/** Of a refused supply only the outcome is kept. */
async function refuse(
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

class EventSupply {
  readonly #db: Database;
  readonly #client: Client;
  readonly #prepared: PreparedEvents;
  readonly #times: { readonly receivedAt: Date; readonly recordedAt: string };
  #numbers: SupplyNumbers;
  readonly #outcome = new Outcome();
  readonly #register: WorkingRegister;
  readonly #loader: RegisterLoader;
  /** Raw lines that wait, of earlier supplies and of this one. */
  readonly #waiting: { readonly line: EventLine; readonly stored: SetAsideEvent | null; done: boolean }[] =
    [];
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
    this.#loader = new RegisterLoader(client, this.#register, null);
  }

  async apply(): Promise<{ receipt: Receipt; supply: SupplyRecord }> {
    const { lines, supply } = this.#prepared;
    this.#outcome.findings.push(...this.#prepared.findings);
    const engine = await this.#prepare();
    for (const line of lines) {
      await this.#take(engine, line);
      if (this.#waiting.length > 0 && engine.mended.size > 0) await this.#retry(engine);
    }
    const standing = await this.#finish(engine);
    this.#reportHeads(engine);
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
    const applied = new Map(
      (await findEventsById(this.#client, comune, ids)).map((e) => [e.id_evento ?? '', e.digest ?? '']),
    );
    const aside = await findSetAsideEvents(this.#client, comune, ids);
    const setAside = new Map<string, Set<string>>();
    for (const stored of aside) {
      setAside.set(stored.id_evento, (setAside.get(stored.id_evento) ?? new Set()).add(stored.digest));
      if (stored.waits_for !== null)
        this.#waiting.push({ line: this.#prepared.reread(stored.raw, stored.riga), stored, done: false });
    }
    const mentioned = nothingMentioned();
    for (const { event } of [...lines, ...this.#waiting.map((w) => w.line)])
      if (event !== null) mention(mentioned, event);
    await this.#loader.loadMentioned(mentioned);
    await this.#loadAddresses();
    const room = roomFor([...lines, ...this.#waiting.map((w) => w.line)], mentioned);
    const eventBase = await reserveNumbers(this.#client, 'event', lines.length + this.#waiting.length);
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
    const correct = corrector({
      db: this.#client,
      loader: this.#loader,
      supplyId: this.#prepared.supplyId,
      progressivo: supply.progressivo,
    });
    return new EventEngine({
      register: this.#register,
      numbering,
      known: { applied, setAside },
      setAsideSubjects: new Set(await findSetAsideSubjects(this.#client, comune, [...mentioned.soggetti])),
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
    if (result.kind === 'set-aside' && result.faults.some((f) => f.codice === 'SIP-210'))
      this.#waiting.push({ line, stored: null, done: false });
    if (result.kind === 'applied') this.#touchRenamed(engine);
  }

  /** A renaming touches whoever lives there; it changes no claim. */
  #touchRenamed(engine: EventEngine): void {
    const last = engine.applied.at(-1)!;
    if (last.event.operazione !== 'TOPONOMASTICA' || !hasData(last.event)) return;
    const [rename] = renamesInForce([
      {
        ...currentEvents(engine, 0).at(-1)!,
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
        this.#register.touch(entry, last.eventId);
      }
    }
    for (const entry of this.#register.entries) {
      const hit = layOut(entry.dwellings).some(
        (s) => s.value.address !== null && renamePieces(s, s.value.address, [rename]).length > 1,
      );
      if (!hit) continue;
      last.entries.add(entry.entryId);
      this.#register.touch(entry, last.eventId);
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
    else {
      // Of what is set aside nothing more is said than why (tracciato.md 4: it counts for no later check).
      const loaded = result.kind === 'applied';
      found.push(...line.findings.filter((f) => loaded || f.gravita === 'E'));
    }
    if (result.kind === 'set-aside')
      found.push(...result.faults.map((f) => describe(f.codice, faultOf(f, line))));
    this.#outcome.findings.push(...found);
    if (result.kind !== 'applied') {
      const worst = found.find((f) => f.gravita === 'E');
      const waitsFor =
        result.kind === 'set-aside'
          ? result.faults.filter((f) => f.codice === 'SIP-210').flatMap((f) => f.id_soggetto ?? [])
          : [];
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
    for (const fallen of result.fell) {
      this.#outcome.fallen.push([fallen.eventId, result.eventId]);
      this.#outcome.findings.push(
        describe('SIP-206', {
          ...place,
          id_soggetto: fallen.idSoggetto,
          dettaglio: { id_evento_dipendente: fallen.idEvento, progressivo_dipendente: fallen.progressivo },
        }),
      );
    }
  }

  /** What waited for a subject that is known now is tried again, in order. */
  async #retry(engine: EventEngine): Promise<void> {
    for (const waiting of this.#waiting) {
      if (waiting.done || waiting.line.event === null) continue;
      const event = waiting.line.event;
      if (!hasData(event)) continue;
      const rank = { day: event.registrazione, event: engine.lastEventId + 1 };
      const done = engine.retry(waiting.line, event, rank, waiting.stored?.supply_id ?? null);
      if (!done) continue;
      waiting.done = true;
      this.#mendedEvents.push({
        supplyId: waiting.stored?.supply_id ?? this.#prepared.supplyId,
        riga: waiting.line.riga,
      });
    }
  }

  /** Land given away finds those learned of later; then everybody whose rows may have moved is touched. */
  async #finish(engine: EventEngine) {
    const standing = [
      ...(await findStanding(this.#client, this.#register.comune)).map(knownOf),
      ...currentEvents(engine, this.#prepared.supply.progressivo),
    ];
    for (const cession of cessionsInForce(standing)) {
      const changes = ceded(this.#register, [...this.#register.dirtyEntries.keys()], cession);
      if (changes.length === 0) continue;
      this.#register.commit(
        { newEntries: [], newHouseholds: [], households: [], entries: changes },
        cession.eventId,
      );
      for (const { entry } of changes) this.#lateTouches.push([cession.eventId, entry.entryId]);
    }
    await spreadTouch(this.#register, this.#loader);
    return renamesInForce(standing);
  }

  readonly #lateTouches: Row[] = [];

  #reportHeads(engine: EventEngine): void {
    const reported = new Set<number>();
    for (const done of engine.applied)
      for (const { household, acting } of leftHeadless(this.#register, done)) {
        if (reported.has(household.householdId)) continue;
        reported.add(household.householdId);
        this.#outcome.findings.push(
          this.#prepared.describe('EF008', {
            riga: done.line.riga,
            id_evento: done.line.idEvento,
            id_famiglia: household.idHousehold,
            dettaglio: { facente_funzione: acting.idSoggetto },
          }),
        );
      }
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
    await put('fallen_events', this.#outcome.fallen);
    const changed = await writeChanges({
      db: this.#db,
      client,
      register: this.#register,
      loader: this.#loader,
      renames,
      instant: this.#times.recordedAt,
    });
    await put('event_entries', [
      ...engine.applied.flatMap((a) => [...a.entries].map((id): Row => [a.eventId, id])),
      ...this.#lateTouches.filter(
        ([event, entry]) =>
          !engine.applied.some((a) => a.eventId === event && a.entries.has(entry as number)),
      ),
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
    const relinked = await relinkEntries(client, engine.lastEventId, changed.entries);
    await closeMended(client, {
      comune: supply.comune,
      supplyId,
      events: this.#mendedEvents,
      entries: changed.entries,
      ids: engine.applied.map((a) => a.line.idEvento),
    });
    await closeHeaded(
      client,
      supply.comune,
      supplyId,
      [...this.#register.dirtyHouseholds.keys()]
        .filter((h) => h.kind === 'famiglia' && isHeadedOrEmpty(this.#register, h))
        .map((h) => h.idHousehold),
    );
    await reconcile(client, {
      supplyId,
      comune: supply.comune,
      situazioneAl: supply.situazioneAl!,
      instant: this.#times.recordedAt,
      touched: { entries: changed.entries, above: 0, upTo: 0, halvesFrom: null },
      relinked,
    });
    await keepArchive(client, supplyId, archive);
    return ricevuta;
  }
}
