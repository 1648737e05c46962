/**
 * How much of an entry is read before its events are judged: of what no applier looks at nothing need be in memory until its
 * rows are written (docs/bench.md). What bounds the spells of everything else is always there. Pure.
 */
import type { FactTable } from '../tables/tables.ts';
import { ENTRY_FACT_TABLES } from './state-rows.ts';

export type Tables = ReadonlySet<FactTable>;

const RESIDENCE: readonly FactTable[] = ['registrations', 'departures', 'deaths'];
const TIES: readonly FactTable[] = [...RESIDENCE, 'identities', 'memberships', 'dwellings'];

export const DEPTH = {
  /** Is somebody resident? All that a document or a permit needs (status.ts). */
  resident: new Set(RESIDENCE),
  /** With whom and where somebody lives: others of the household, who move along and are looked at, and nothing else. */
  member: new Set(TIES),
  /** Those whom an event names, and their spouses. */
  named: new Set<FactTable>([...TIES, 'civil_statuses']),
  /** Everything that is held. */
  whole: new Set(ENTRY_FACT_TABLES),
} as const satisfies Readonly<Record<string, Tables>>;
