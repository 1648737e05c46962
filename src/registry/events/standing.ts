/** Renamings and cessions in force in a comune: facts of the comune, that also find who is learned of later. Pure. */

import type { Rename } from '../claims/renames.ts';
import { sourceRow } from '../claims/source-row.ts';
import type { Claim } from '../claims/timeline.ts';
import type { EventRecord } from './event-records.ts';
import { type Known, versionOf } from './known-event.ts';
import { hasData } from './stored-event.ts';
import { type Cession, cessionOf } from './territory.ts';
import { inForce } from './versions.ts';

/** The events of one operation in force among those of one comune, each with its latest content. */
function standing(events: readonly Known[], operazione: 'TOPONOMASTICA' | 'TERRITORIO'): Known[] {
  // A supply has many events of other operations: one pass over them (an R or an A has the operation of its root).
  const stand = events.filter((e) => e.record.operazione === operazione && e.fallenBy === null);
  const versionsOf = Map.groupBy(stand, (e) => e.root?.eventId);
  const roots = stand.filter((e) => e.root === null && e.record.tipo === 'N');
  return roots.flatMap((root) => {
    const versions = versionsOf.get(root.eventId) ?? [];
    const { correction, annulled } = inForce(versions.map(versionOf));
    if (annulled) return [];
    return [correction === null ? root : versions.find((v) => v.eventId === correction.eventId)!];
  });
}

const byDay = (a: { readonly day: string }, b: { readonly day: string }): number =>
  a.day < b.day ? -1 : a.day > b.day ? 1 : 0;

export function renamesInForce(events: readonly Known[]): Rename[] {
  return standing(events, 'TOPONOMASTICA')
    .flatMap(({ record, eventId }): Rename[] =>
      hasData(record) && record.operazione === 'TOPONOMASTICA'
        ? [
            {
              eventId,
              source: sourceRow('eventi.jsonl', record.riga),
              day: record.decorrenza,
              ...record.dati,
            },
          ]
        : [],
    )
    .sort(byDay);
}

function claimer(known: Known, record: EventRecord): Cession['claim'] {
  return <T>(value: T): Claim<T> => ({
    from: record.decorrenza,
    statedTo: null,
    eventId: known.eventId,
    source: sourceRow('eventi.jsonl', record.riga),
    rank: known.rank,
    stated: null,
    value,
  });
}

export function cessionsInForce(events: readonly Known[]): Cession[] {
  return standing(events, 'TERRITORIO')
    .flatMap((known): Cession[] => {
      const { record } = known;
      if (!hasData(record) || record.operazione !== 'TERRITORIO' || record.dati.a === null) return [];
      return [cessionOf(record.dati, known.eventId, record.decorrenza, claimer(known, record))];
    })
    .sort(byDay);
}
