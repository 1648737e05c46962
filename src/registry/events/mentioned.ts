/** Whom and what an event names, by the register's own numbers: what must be in memory before it is judged. Pure. */

import { baseForm } from '../../kernel/codice-fiscale.ts';
import type { EventLine } from './event-line.ts';
import type { EventRecord, HouseholdKey } from './event-records.ts';
import { isPlain } from './plain-facts.ts';
import { hasData } from './stored-event.ts';

export interface Mentioned {
  readonly soggetti: Set<string>;
  /** Those of whom one plain fact is told, that takes nothing to judge but whether they are resident. */
  readonly plainly: Set<string>;
  /** Of the subjects, those compared with everything that is held of them. */
  readonly wholly: Set<string>;
  /** Codici fiscali of spouses. */
  readonly codes: Set<string>;
  /** Parents: only whether they are known matters. */
  readonly references: Set<string>;
  /** Codici fiscali given to somebody, and their base forms: who else bears them. */
  readonly bearers: Set<string>;
  readonly famiglie: Set<string>;
  /** Of the families, those that move whole: where each member lives matters. */
  readonly moving: Set<string>;
  readonly convivenze: Set<string>;
}

export const nothingMentioned = (): Mentioned => ({
  soggetti: new Set(),
  plainly: new Set(),
  wholly: new Set(),
  codes: new Set(),
  references: new Set(),
  bearers: new Set(),
  famiglie: new Set(),
  moving: new Set(),
  convivenze: new Set(),
});

/** Keys that name one subject, wherever they stand in the data of an event. */
const SUBJECT_KEYS = new Set(['id_soggetto', 'id_coniuge', 'id_intestatario', 'id_responsabile']);

function household(into: Mentioned, key: HouseholdKey): void {
  (key.kind === 'famiglia' ? into.famiglie : into.convivenze).add(key.id);
}

function walk(into: Mentioned, key: string, value: unknown): void {
  if (typeof value === 'string') {
    if (SUBJECT_KEYS.has(key)) into.soggetti.add(value);
    else if (key === 'cf_coniuge') into.codes.add(value);
    else if (key === 'codice_fiscale') into.bearers.add(value).add(baseForm(value) ?? value);
    else if (key === 'id_padre' || key === 'id_madre') into.references.add(value);
    else if (key === 'id_famiglia') into.famiglie.add(value);
    else if (key === 'id_convivenza') into.convivenze.add(value);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item !== 'string') walk(into, key, item);
      else if (key === 'id_soggetti') into.soggetti.add(item);
      else if (key === 'id_famiglie') into.famiglie.add(item);
    }
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const record = value as Record<string, unknown>;
  if (typeof record['kind'] === 'string') {
    const id = record['id'] ?? record['id_household'];
    if (typeof id === 'string') household(into, { kind: record['kind'] as HouseholdKey['kind'], id });
  } else if ((key === 'famiglia' || key === 'famiglie') && typeof record['id'] === 'string')
    into.famiglie.add(record['id']);
  for (const [name, inner] of Object.entries(record)) walk(into, name, inner);
}

/** Adds what an event names. An annulment names nothing but the event it annuls. */
export function mention(into: Mentioned, event: EventRecord): void {
  if (event.tipo === 'N' && isPlain(event.operazione) && 'id_soggetto' in event.dati) {
    into.plainly.add(event.dati.id_soggetto);
    return;
  }
  if (event.operazione === 'SCHEDA' && event.tipo !== 'A') {
    const card = nothingMentioned();
    walk(card, 'dati', event.dati);
    for (const id of card.soggetti) into.wholly.add(id);
  }
  if (event.tipo !== 'A') walk(into, 'dati', event.dati);
  if (event.tipo !== 'A' && event.operazione === 'CAMBIO_ABITAZIONE' && event.dati.id_famiglia !== null)
    into.moving.add(event.dati.id_famiglia);
  if (event.riferimento !== null && 'id_soggetto' in event.riferimento)
    into.soggetti.add(event.riferimento.id_soggetto);
}

/** Every subject named, in whatever way. */
export const subjectsNamed = (mentioned: Mentioned): string[] => [
  ...mentioned.soggetti,
  ...mentioned.plainly,
  ...mentioned.references,
];

/** How many entries and households the lines can make known at most. */
export function roomFor(
  lines: readonly EventLine[],
  mentioned: Mentioned,
): { entries: number; households: number } {
  let entries = 0;
  for (const { event } of lines) {
    if (event === null || !hasData(event)) continue;
    if (event.operazione === 'NASCITA') entries++;
    else if ('soggetti' in event.dati) entries += event.dati.soggetti.length;
  }
  return { entries, households: mentioned.famiglie.size + mentioned.convivenze.size };
}
