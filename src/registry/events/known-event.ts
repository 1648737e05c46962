/** Events of the past and of the supply that is being applied, in one shape. Pure. */
import type { Rank } from '../claims/timeline.ts';
import type { AppliedEvent, EventEngine } from './engine.ts';
import type { EventRecord } from './event-records.ts';
import type { StoredEvent } from './events.sql.ts';
import { type Root, rankOf, recordOf } from './stored-event.ts';
import type { Version } from './versions.ts';

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

export const rootKey = (root: Root | null): string => (root === null ? '' : `${root.eventId}/${root.fact}`);

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
