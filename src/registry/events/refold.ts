/**
 * The state as it should have been: from the register just before an event, every event since that touched the same people
 * and households is applied again, each with the content in force (docs/adr/0009).
 */
import { addDays } from '../../kernel/day.ts';
import { type ClaimKind, type EntryState, emptyEntry, type HouseholdState } from '../claims/entry-state.ts';
import type { SoggettoRecord } from '../claims/records.ts';
import { sourceRow } from '../claims/source-row.ts';
import type { Rank } from '../claims/timeline.ts';
import { realignAgain } from '../realignment/realigned-again.ts';
import type { EventFault } from './applier.ts';
import { applyEvent, type EventWithData } from './appliers.ts';
import type { Directory } from './directory.ts';
import { type AppliedEvent, type EventEngine, touchedBy } from './engine.ts';
import type { FallenEvent } from './event-line.ts';
import type { EventLog } from './event-log.ts';
import type { EventRecord } from './event-records.ts';
import { findStart, type StoredEvent } from './events.sql.ts';
import { LateSteps } from './late-steps.ts';
import { names, SURVIVOR, statusOn } from './leaving.ts';
import { type Mentioned, mention, nothingMentioned } from './mentioned.ts';
import { isPlain, PLAIN_DEPTH, PLAIN_KINDS, withPlainFacts } from './plain-facts.ts';
import { RegisterLoader } from './register-loader.ts';
import { factName, hasData, type Root, rankOf, recordOf } from './stored-event.ts';
import { correctSupplyFact, rowMended } from './supply-fact.ts';
import {
  endedFact,
  familiesMoved,
  familiesReopened,
  movingOn,
  survivorMoved,
  survivorTold,
} from './supply-fact-around.ts';
import { inForce, type Version } from './versions.ts';
import { strayFault, straying } from './within-life.ts';
import { type Changes, WorkingRegister } from './working-register.ts';

/** An event of the past or of this supply, in one shape. */
export interface Known {
  readonly eventId: number;
  readonly progressivo: number;
  /** Null for an event of this very supply. */
  readonly supplyId: number | null;
  /** The instant of the supply that brought it; null for this one's. */
  readonly recordedAt: string | null;
  readonly record: EventRecord;
  readonly rank: Rank;
  readonly root: Root | null;
  /** The event with which it fell; null where it stands. */
  readonly fallenBy: number | null;
}

export function knownOf(stored: StoredEvent): Known {
  return {
    eventId: stored.event_id,
    progressivo: stored.progressivo,
    supplyId: stored.supply_id,
    recordedAt: stored.recorded_at,
    record: recordOf(stored),
    rank: rankOf(stored),
    root: stored.root_event === null ? null : { eventId: stored.root_event, fact: stored.root_fact },
    fallenBy: stored.fallen_by,
  };
}

export function versionOf(known: Known): Version {
  const { riferimento } = known.record;
  return {
    eventId: known.eventId,
    tipo: known.record.tipo === 'A' ? 'A' : 'R',
    refersTo: riferimento !== null && 'id_evento' in riferimento ? riferimento.id_evento : null,
    idEvento: known.record.id_evento,
  };
}

export const sameRoot = (a: Root | null, b: Root): boolean =>
  a !== null && a.eventId === b.eventId && a.fact === b.fact;

const rootKey = (root: Root | null): string => (root === null ? '' : `${root.eventId}/${root.fact}`);

export interface RefoldRequest {
  readonly directory: Directory;
  readonly log: EventLog;
  readonly engine: EventEngine;
  readonly progressivo: number;
  /** The register just before the root (or just after the full supply that is the root); null: before this supply. */
  readonly before: string | null;
  /** The correction or annulment now made, not yet among the engine's events. */
  readonly now: Known;
  /** Whom and what the root and its versions touched, and the new content names. */
  readonly entries: Set<number>;
  readonly households: Set<number>;
  /**
   * Brings `entries` and `households`, as they have become, and whatever the events name into the engine's register: their
   * numbers must be known before an event that made them known is applied again.
   */
  readonly hold: (named: Mentioned) => Promise<void>;
  /** Of the entries no more than the plain facts (plain-facts.ts). */
  readonly holdPlain: () => Promise<void>;
}

export interface Refolded {
  readonly entries: ReadonlySet<number>;
  readonly households: ReadonlySet<number>;
  readonly states: readonly EntryState[];
  /** The kinds of claims in which they may differ from what is held now; undefined: all. */
  readonly kinds?: readonly ClaimKind[];
  readonly householdStates: readonly HouseholdState[];
  readonly fell: readonly FallenEvent[];
  /** What had fallen with a correction and stands again, now that it is annulled. */
  readonly restored: readonly FallenEvent[];
}

/** An event of this supply in the same shape as stored ones. */
export const currentEvent = (engine: EventEngine, progressivo: number, applied: AppliedEvent): Known => ({
  eventId: applied.eventId,
  progressivo,
  supplyId: null,
  recordedAt: null,
  record: applied.event,
  rank: applied.rank,
  root: applied.root,
  fallenBy: engine.fallenBy(applied.eventId, null),
});

export const currentEvents = (engine: EventEngine, progressivo: number): Known[] =>
  engine.applied.map((applied) => currentEvent(engine, progressivo, applied));

/** Corrections and annulments of these roots that this supply brought. */
export const currentVersions = (engine: EventEngine, progressivo: number, roots: Iterable<number>): Known[] =>
  [...new Set(roots)].flatMap((root) =>
    engine.versionsOf(root).map((applied) => currentEvent(engine, progressivo, applied)),
  );

/** The event that a full supply is: no operation of the tracciato. */
const isSupply = (event: { readonly operazione: string }): boolean => event.operazione === 'COMPLETA';

/** Every event since that touched the same people, and everybody whom those touched, and so on. */
async function closure(request: RefoldRequest): Promise<Known[]> {
  const { log, engine, entries, households } = request;
  const found = new Map<number, Known>();
  const since = request.before ?? 'infinity';
  for (let size = -1; size !== entries.size + households.size; ) {
    size = entries.size + households.size;
    const stored = (await log.touching([...entries], [...households], since)).filter(
      (e) => !found.has(e.event_id),
    );
    for (const event of stored) found.set(event.event_id, knownOf(event));
    // What a full supply did to one has nothing to do with what it did to another.
    const spreading = stored.filter((e) => !isSupply(e));
    if (spreading.length > 0) {
      const touched = await log.touched(spreading.map((e) => e.event_id));
      for (const id of touched.entries) entries.add(id);
      for (const id of touched.households) households.add(id);
    }
    for (const applied of engine.applied) {
      if (found.has(applied.eventId)) continue;
      if (applied.entries.isDisjointFrom(entries) && applied.households.isDisjointFrom(households)) continue;
      found.set(applied.eventId, currentEvent(engine, request.progressivo, applied));
      for (const id of applied.entries) entries.add(id);
      for (const id of applied.households) households.add(id);
    }
  }
  return [...found.values()].sort((a, b) => a.eventId - b.eventId);
}

/**
 * The events concerned, from far enough back. What corrects or annuls something older than the window can only be applied
 * together with it: else the old content, which is in the state that the window begins with, would come back.
 */
async function windowOf(request: RefoldRequest): Promise<{ before: string | null; events: Known[] }> {
  let { before } = request;
  for (;;) {
    const events = await closure({ ...request, before });
    const inside = new Set([...events, request.now].map((e) => e.eventId));
    const roots = events.flatMap((e) => (e.root === null ? [] : [e.root]));
    const older = roots.filter((r) => r.fact === null && !inside.has(r.eventId));
    const facts = roots.filter((r) => r.fact !== null);
    const outside = (await request.log.versions(facts.map((r) => r.eventId)))
      .map(knownOf)
      .filter((v) => !inside.has(v.eventId) && facts.some((root) => sameRoot(v.root, root)));
    const start = await findStart(request.directory.db, {
      events: older.map((r) => r.eventId),
      supplies: outside.flatMap((v) => (v.root === null ? [] : [v.root.eventId])),
      before,
    });
    if (start === null) return { before, events };
    before = start;
  }
}

interface Step {
  readonly order: number;
  readonly content: Known;
  readonly rank: Rank;
  /** Of a fact of a full supply: annulled rather than corrected. */
  readonly annuls: boolean;
}

/** What is to be applied, in order, each root with the content in force. */
async function steps(request: RefoldRequest, events: readonly Known[]): Promise<Step[]> {
  const stands = (e: Known): boolean => request.engine.fallenBy(e.eventId, e.fallenBy) === null;
  const roots = events.filter((e) => e.root === null && e.record.tipo === 'N');
  const wanted = new Map<string, Root>();
  for (const e of [...events, request.now]) if (e.root !== null) wanted.set(rootKey(e.root), e.root);
  for (const e of roots) {
    const root = { eventId: e.eventId, fact: null };
    wanted.set(rootKey(root), root);
  }
  const stored = (await request.log.versions([...wanted.values()].map((r) => r.eventId))).map(knownOf);
  const rootIds = [...wanted.values()].map((r) => r.eventId);
  const all = [...stored, ...currentVersions(request.engine, request.progressivo, rootIds), request.now];
  const versionsOf = Map.groupBy(all.filter(stands), (e) => rootKey(e.root));
  const inEvents = new Set(events.map((e) => e.eventId));
  const rootNumbered = new Map(roots.map((e) => [e.eventId, e]));
  const list: Step[] = [];
  for (const [key, root] of wanted) {
    const versions = (versionsOf.get(key) ?? []).sort((a, b) => a.eventId - b.eventId);
    const { correction, annulled } = inForce(versions.map(versionOf));
    const content = correction === null ? null : versions.find((v) => v.eventId === correction.eventId)!;
    if (root.fact !== null) {
      const last = content ?? (annulled ? versions.at(-1)! : null);
      const since = last === request.now || (last !== null && inEvents.has(last.eventId));
      if (last !== null && since)
        list.push({ order: last.eventId, content: last, rank: last.rank, annuls: content === null });
      continue;
    }
    const own = rootNumbered.get(root.eventId);
    if (own === undefined || !stands(own) || annulled) continue;
    list.push({ order: own.eventId, content: content ?? own, rank: own.rank, annuls: false });
  }
  return list.sort((a, b) => a.order - b.order);
}

/** The deaths that are annulled: a survivor's own declaration of widowhood falls with them (What follows from an event). */
function annulledDeath(
  request: RefoldRequest,
  stepsLeft: readonly Step[],
  events: readonly Known[],
): string | null {
  const { now } = request;
  if (now.record.operazione !== 'MORTE' || now.root === null) return null;
  if (now.root.fact !== null) return now.record.tipo === 'A' ? (now.root.fact.split('|')[0] ?? null) : null;
  if (stepsLeft.some((s) => s.order === now.root!.eventId)) return null;
  const root = events.find((e) => e.eventId === now.root!.eventId);
  return root !== undefined && hasData(root.record) && root.record.operazione === 'MORTE'
    ? root.record.dati.id_soggetto
    : null;
}

function declaresWidowhoodOf(register: WorkingRegister, event: EventWithData, dead: string | null): boolean {
  if (dead === null || event.operazione !== 'STATO_CIVILE') return false;
  if (event.dati.stato_civile !== '3' && event.dati.stato_civile !== '7') return false;
  const subject = register.entry(event.dati.id_soggetto);
  const spouse = register.entry(dead);
  const status = subject === undefined ? undefined : statusOn(subject, addDays(event.decorrenza, -1));
  return status !== undefined && spouse !== undefined && names(status, spouse);
}

/** T1 codes that put an end to a marriage or a union. */
const ENDINGS: ReadonlySet<string> = new Set(['3', '4', '7', '8']);

/** Does the event end the very marriage that is annulled or corrected, and that no longer is? Then its ground is gone. */
function endsNoMarriage(
  request: RefoldRequest,
  events: readonly Known[],
  register: WorkingRegister,
  event: EventWithData,
): boolean {
  if (event.operazione !== 'STATO_CIVILE' || !ENDINGS.has(event.dati.stato_civile)) return false;
  const wedding = events.find((e) => e.eventId === request.now.root?.eventId)?.record;
  if (wedding === undefined || !hasData(wedding) || wedding.operazione !== 'STATO_CIVILE') return false;
  const id = event.dati.id_soggetto;
  if (wedding.dati.id_soggetto !== id && wedding.dati.id_coniuge !== id) return false;
  const subject = register.entry(id);
  const status = subject === undefined ? undefined : statusOn(subject, addDays(event.decorrenza, -1));
  return (
    SURVIVOR[wedding.dati.stato_civile] !== undefined && SURVIVOR[status?.stato_civile ?? ''] === undefined
  );
}

/** The row of the subject in the event that would have brought him. */
function rowTold(event: EventWithData, idSoggetto: string): SoggettoRecord | undefined {
  if (event.operazione === 'NASCITA') return event.dati.soggetto;
  if (event.operazione !== 'ISCRIZIONE') return undefined;
  return event.dati.soggetti.find((s) => s.soggetto.id_soggetto === idSoggetto)?.soggetto;
}

/** The columns of a registration that a row gives. */
const registered = (row: SoggettoRecord): object => ({
  motivo_iscrizione: row.motivo_iscrizione,
  ...(row.comune_provenienza === null && row.stato_provenienza === null
    ? {}
    : { comune_provenienza: row.comune_provenienza, stato_provenienza: row.stato_provenienza }),
});

/** The values that a correction gives to a fact of a full supply, under the register's names. */
function correctedValue(event: EventWithData, idSoggetto: string): object {
  switch (event.operazione) {
    case 'MORTE':
      return { comune_morte: event.dati.comune_morte, stato_morte: event.dati.stato_morte };
    case 'CANCELLAZIONE':
      return {
        motivo_cancellazione: event.dati.motivo,
        comune_destinazione: event.dati.destinazione?.comune ?? null,
        stato_destinazione: event.dati.destinazione?.stato ?? null,
      };
    case 'STATO_CIVILE': {
      const { stato_civile, id_coniuge, cf_coniuge, atto } = event.dati;
      return { stato_civile, id_coniuge, cf_coniuge, atto };
    }
    case 'CITTADINANZA': {
      const { cittadinanza, altra_cittadinanza } = event.dati;
      return {
        stato: cittadinanza,
        ...(altra_cittadinanza === undefined ? {} : { altra: altra_cittadinanza }),
      };
    }
    case 'NASCITA':
    case 'ISCRIZIONE': {
      const row = rowTold(event, idSoggetto);
      return row === undefined ? {} : registered(row);
    }
    case 'GENERALITA':
    case 'GENITORI':
      return event.dati.columns;
    case 'DOCUMENTO':
    case 'SOGGIORNO':
      return Object.fromEntries(
        Object.entries(event.dati.columns).map(([k, v]) => [k.replace(/^(documento|soggiorno)_/, ''), v]),
      );
    case 'RISERVATEZZA':
      return { protetto: event.dati.riservatezza };
    case 'CAMBIO_ABITAZIONE':
      return event.dati.famiglia.indirizzo === null
        ? {}
        : { follows: null, address: event.dati.famiglia.indirizzo };
    default:
      return {};
  }
}

/** @returns why it does not apply: nothing (SIP-205) where there is no such fact any more */
function correctFact(register: WorkingRegister, step: Step): readonly EventFault[] | null {
  const { record, root, eventId } = step.content;
  const { riferimento } = record;
  if (root === null || riferimento === null || 'id_evento' in riferimento) return [];
  const entry = register.entry(riferimento.id_soggetto);
  if (entry === undefined) return [];
  const corrected = hasData(record)
    ? {
        eventId,
        source: sourceRow('eventi.jsonl', record.riga),
        from: record.operazione === 'MORTE' ? record.dati.data_morte : record.decorrenza,
        value: correctedValue(record, riferimento.id_soggetto),
      }
    : null;
  const next = correctSupplyFact(
    entry,
    root.eventId,
    riferimento.fatto,
    riferimento.dal,
    step.annuls ? null : corrected,
  );
  if (next === undefined) return [];
  const row = hasData(record) && !step.annuls ? rowTold(record, riferimento.id_soggetto) : undefined;
  const mended =
    row !== undefined && corrected !== null
      ? rowMended(next, row, root.eventId, corrected)
      : riferimento.fatto === 'CAMBIO_ABITAZIONE'
        ? movingOn(register, entry, next, root.eventId, riferimento.dal)
        : next;
  const ended = endedFact(entry, root.eventId, riferimento.fatto, riferimento.dal);
  const survivor = ended === undefined ? undefined : survivorTold(register, ended);
  const to = step.annuls || corrected === null ? null : corrected.from;
  const changes: Changes = {
    newEntries: [],
    newHouseholds: [],
    entries: [],
    households: [],
    replacedEntries: [
      mended,
      ...(ended === undefined || survivor === undefined ? [] : [survivorMoved(survivor, ended, to)]),
    ],
    replacedHouseholds:
      ended === undefined ? familiesMoved(register, entry, mended) : familiesReopened(register, ended),
  };
  const strays = straying(register, changes);
  if (strays.length > 0) return strays.map((stray) => strayFault('SIP-204', stray));
  register.commit(changes, eventId);
  return null;
}

const subjectOf = (event: EventRecord): string =>
  hasData(event) && 'id_soggetto' in event.dati
    ? event.dati.id_soggetto
    : hasData(event) && event.operazione === 'NASCITA'
      ? event.dati.soggetto.id_soggetto
      : '';

const toldAs = ({ order, content }: Step): FallenEvent => ({
  eventId: order,
  idEvento: content.record.id_evento,
  progressivo: content.progressivo,
  idSoggetto: subjectOf(content.record),
});

/**
 * Computes the state as it should have been. Nothing of the engine's register is changed.
 * @returns the states, or why the correction itself does not apply
 */
export async function refold(request: RefoldRequest): Promise<{ faults: readonly EventFault[] } | Refolded> {
  for (;;) {
    const refolded = await refoldWithin(request);
    if (refolded !== 'spread') return refolded;
  }
}

/**
 * Notes whom and what changes touch beyond those concerned so far: another content may say something of others than the old one did.
 * @returns is there anybody among them of whom other events may speak?
 */
function spreads(request: RefoldRequest, changes: Changes): boolean {
  const touched = touchedBy(changes);
  const fresh = new Set([
    ...changes.newEntries.map((e) => e.entryId),
    ...changes.newHouseholds.map((h) => h.householdId),
  ]);
  let spread = false;
  const note = (into: Set<number>, ids: ReadonlySet<number>): void => {
    for (const id of ids) {
      if (into.has(id)) continue;
      into.add(id);
      if (!fresh.has(id)) spread = true;
    }
  };
  note(request.entries, touched.entries);
  note(request.households, touched.households);
  return spread;
}

/** @returns 'spread' where others are concerned too, who have been noted: it is to be computed again with them */
async function refoldWithin(
  request: RefoldRequest,
): Promise<{ faults: readonly EventFault[] } | Refolded | 'spread'> {
  const { before, events } = await windowOf(request);
  const list = await steps(request, events);
  const plain = isAllPlain(request, events) && (await holdsAllPlain(request));
  const base = plain ? await plainBase(request, before) : await wholeBase(request, before, list);
  const dead = annulledDeath(request, list, events);
  const fell: FallenEvent[] = [];
  const restored: FallenEvent[] = [];
  let spread = false;
  let refused: readonly EventFault[] | null = null;
  const attempt = (step: Step): readonly EventFault[] | null => {
    const { content } = step;
    const event = content.record;
    if (!hasData(event)) return null;
    if (declaresWidowhoodOf(base, event, dead) || endsNoMarriage(request, events, base, event)) return [];
    const result = applyEvent({
      register: base,
      event,
      eventId: content.eventId,
      rank: step.rank,
      numbering: request.engine.numbering,
      isSetAside: request.engine.isSetAside,
    });
    if ('faults' in result) return result.faults;
    if (spreads(request, result.changes)) spread = true;
    base.commit(result.changes, content.eventId);
    return null;
  };
  const late = new LateSteps<Step>({
    attempt,
    applied: (step) => {
      if (events.some((e) => e.eventId === step.order && e.fallenBy !== null)) restored.push(toldAs(step));
    },
    failed: (step, faults) => {
      if (step.content === request.now) refused = faults;
      else fell.push(toldAs(step));
    },
  });
  for (const step of list) {
    const { content } = step;
    late.reach(step.order);
    if (isSupply(content.record)) {
      const supply = { eventId: content.eventId, supplyId: content.supplyId! };
      await realignAgain(request.directory, base, supply, [...request.entries], [...request.households]);
      late.again();
    } else if (content.root?.fact == null) late.take(step);
    else {
      const faults = correctFact(base, step);
      if (faults === null) continue;
      if (content === request.now) {
        const valore = factName(content.record.riferimento!) ?? '';
        return { faults: faults.length > 0 ? faults : [{ codice: 'SIP-205', campo: 'riferimento', valore }] };
      }
      if (faults.length > 0) fell.push(toldAs(step));
    }
    if (refused !== null) break;
  }
  late.reach(Number.POSITIVE_INFINITY);
  if (spread) return 'spread';
  if (refused !== null) return { faults: refused };
  return { ...(plain ? collectPlain(request, base, fell) : collect(request, base, fell)), restored };
}

/** Does everything that is concerned say plain facts, so that nothing else need be looked at? */
const isAllPlain = ({ now, households }: RefoldRequest, events: readonly Known[]): boolean =>
  households.size === 0 &&
  [now, ...events].every((e) => isPlain(e.record.operazione) && e.root?.fact == null);

/** @returns false where somebody is not in the register any more, and is looked at whole */
async function holdsAllPlain({ holdPlain, entries, engine }: RefoldRequest): Promise<boolean> {
  await holdPlain();
  return [...entries].every((id) => engine.register.entryById(id) !== undefined);
}

/** The register as the window begins, with everybody concerned and whatever the events name. */
async function wholeBase(
  request: RefoldRequest,
  before: string | null,
  list: readonly Step[],
): Promise<WorkingRegister> {
  const named = nothingMentioned();
  for (const { content } of list) mention(named, content.record);
  await request.hold(named);
  const base = new WorkingRegister(request.engine.register.comune);
  const loader = new RegisterLoader(request.directory, base, before);
  await loader.loadEntryIds([...request.entries]);
  await loader.loadWhole(request.households);
  return base;
}

async function plainBase(request: RefoldRequest, before: string | null): Promise<WorkingRegister> {
  const base = new WorkingRegister(request.engine.register.comune);
  await new RegisterLoader(request.directory, base, before, true).loadPart(request.entries, PLAIN_DEPTH);
  return base;
}

/** Those concerned as they are now, but for their plain facts. */
function collectPlain(
  { entries, households, engine }: RefoldRequest,
  base: WorkingRegister,
  fell: readonly FallenEvent[],
): Omit<Refolded, 'restored'> {
  const states = [...entries].flatMap((id) => {
    const now = engine.register.entryById(id);
    const then = base.entryById(id);
    return now === undefined
      ? []
      : [withPlainFacts(now, then ?? emptyEntry(id, now.comune, now.idSoggetto, now.eventId))];
  });
  return { entries, households, states, kinds: PLAIN_KINDS, householdStates: [], fell };
}

/** The refolded states of everybody concerned; empty ones of those of whom nothing is left. */
function collect(
  request: RefoldRequest,
  base: WorkingRegister,
  fell: readonly FallenEvent[],
): Omit<Refolded, 'restored'> {
  const { entries, households, engine } = request;
  const states: EntryState[] = [];
  const seen = new Set<number>();
  for (const entry of base.entries) {
    states.push(entry);
    seen.add(entry.entryId);
  }
  for (const entry of engine.register.entries)
    if (entries.has(entry.entryId) && !seen.has(entry.entryId))
      states.push(emptyEntry(entry.entryId, entry.comune, entry.idSoggetto, entry.eventId));
  const householdStates: HouseholdState[] = [];
  const known = new Set<number>();
  for (const household of base.households) {
    householdStates.push(household);
    known.add(household.householdId);
  }
  for (const household of engine.register.households)
    if (households.has(household.householdId) && !known.has(household.householdId))
      householdStates.push({ ...household, attributes: [], addresses: [] });
  return {
    entries,
    households,
    states: states.filter((s) => entries.has(s.entryId)),
    householdStates: householdStates.filter((h) => households.has(h.householdId)),
    fell,
  };
}
