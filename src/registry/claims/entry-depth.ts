/**
 * How much of an entry is read before its events are judged: of what no applier looks at nothing need be in memory until its
 * rows are written (docs/bench.md). What bounds the spells of everything else is always there. Pure.
 */
import type { FactTable } from '../tables/tables.ts';
import { ENTRY_FACT_TABLES } from './state-rows.ts';

export type Tables = ReadonlySet<FactTable>;

const RESIDENCE: readonly FactTable[] = ['registrations', 'departures', 'deaths'];

export const DEPTH = {
  /** Is somebody resident? All that a document or a permit needs (status.ts). */
  resident: new Set(RESIDENCE),
  /** With whom somebody lives: others of a household that is touched. */
  member: new Set<FactTable>([...RESIDENCE, 'memberships']),
  /** Where members of a household live that moves whole. */
  moving: new Set<FactTable>([...RESIDENCE, 'memberships', 'dwellings']),
  /** Who is the oldest? */
  aged: new Set<FactTable>(['identities']),
  /** Those whom an event names, and their spouses. */
  named: new Set<FactTable>([...RESIDENCE, 'memberships', 'identities', 'civil_statuses']),
  /** Everything that is held. */
  whole: new Set(ENTRY_FACT_TABLES),
} as const satisfies Readonly<Record<string, Tables>>;
