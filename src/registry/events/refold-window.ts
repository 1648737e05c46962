/**
 * Which events are concerned by a correction, from how far back, and with which content each is applied again
 * (docs/adr/0009).
 */
import type { Rank } from '../claims/timeline.ts';
import type { Directory } from './directory.ts';
import type { EventEngine } from './engine.ts';
import type { EventLog } from './event-log.ts';
import { findStart } from './events.sql.ts';
import {
  currentEvent,
  currentVersions,
  type Known,
  knownOf,
  rootKey,
  sameRoot,
  versionOf,
} from './known-event.ts';
import type { Mentioned } from './mentioned.ts';
import type { Root } from './stored-event.ts';
import { inForce } from './versions.ts';

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

/** The event that a full supply is: no operation of the tracciato. */
export const isSupply = (event: { readonly operazione: string }): boolean => event.operazione === 'COMPLETA';

/**
 * Has what the event did to one nothing to do with what it did to another? So it is with a full supply, and with a renaming, which
 * changes no claim: of a street's thousand residents none is concerned by what is corrected of his neighbour.
 */
const concernsEachAlone = (event: { readonly operazione: string }): boolean =>
  isSupply(event) || event.operazione === 'TOPONOMASTICA';

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
    const spreading = stored.filter((e) => !concernsEachAlone(e));
    if (spreading.length > 0) {
      const touched = await log.touched(spreading.map((e) => e.event_id));
      for (const id of touched.entries) entries.add(id);
      for (const id of touched.households) households.add(id);
    }
    for (const applied of engine.applied) {
      if (found.has(applied.eventId)) continue;
      if (applied.entries.isDisjointFrom(entries) && applied.households.isDisjointFrom(households)) continue;
      found.set(applied.eventId, currentEvent(engine, request.progressivo, applied));
      if (concernsEachAlone(applied.event)) continue;
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
export async function windowOf(request: RefoldRequest): Promise<{ before: string | null; events: Known[] }> {
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

export interface Step {
  readonly order: number;
  readonly content: Known;
  readonly rank: Rank;
  /** Of a fact of a full supply: annulled rather than corrected. */
  readonly annuls: boolean;
}

/** What is to be applied, in order, each root with the content in force. */
export async function steps(request: RefoldRequest, events: readonly Known[]): Promise<Step[]> {
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
