/** Events between the tables and the appliers: back into typed records, and out as rows. Pure. */

import type { Rank } from '../claims/timeline.ts';
import type { Cell, Row } from '../tables/tables.ts';
import type { EventWithData } from './appliers.ts';
import type { EventRecord, Riferimento } from './event-records.ts';
import type { StoredEvent } from './events.sql.ts';

/** The typed event of a stored row; only rows written by `eventRow` are read. */
export function recordOf(stored: StoredEvent): EventRecord {
  return {
    riga: stored.riga ?? 0,
    id_evento: stored.id_evento ?? '',
    operazione: stored.operazione,
    tipo: stored.tipo,
    data_evento: stored.data_evento,
    decorrenza: stored.decorrenza,
    registrazione: stored.registrazione,
    pratica: stored.pratica,
    riferimento: stored.riferimento,
    dati: stored.dati,
  } as EventRecord;
}

export const rankOf = (stored: StoredEvent): Rank => ({
  day: stored.rank_day ?? '',
  event: stored.rank_event ?? stored.event_id,
});

/** What an R or an A speaks of in the end. */
export interface Root {
  /** The event N, or the event that a full supply is. */
  readonly eventId: number;
  /** Which fact of a full supply; null for an event. */
  readonly fact: string | null;
}

/** The name of a fact of a full supply, under which its corrections are found. */
export function factName(riferimento: Riferimento): string | null {
  if ('id_evento' in riferimento) return null;
  return [riferimento.id_soggetto, riferimento.fatto, riferimento.dal ?? ''].join('|');
}

/** A row of `events`, in the order of `EVENT_COLUMNS`. */
export function eventRow(
  event: EventRecord,
  where: {
    readonly eventId: number;
    readonly supplyId: number;
    readonly comune: string;
    readonly digest: string;
    readonly rank: Rank;
    readonly root: Root | null;
  },
): Row {
  const json = (value: unknown): Cell => (value == null ? null : JSON.stringify(value));
  return [
    where.eventId,
    where.supplyId,
    where.comune,
    event.riga,
    event.id_evento,
    event.operazione,
    event.tipo,
    event.data_evento,
    event.decorrenza,
    event.registrazione,
    event.pratica,
    json(event.riferimento),
    event.tipo === 'A' ? null : json(event.dati),
    where.rank.day === '' ? null : where.rank.day,
    where.rank.event,
    where.root?.eventId ?? null,
    where.root?.fact ?? null,
    where.digest,
  ];
}

export const hasData = (event: EventRecord): event is EventWithData => event.tipo !== 'A';
