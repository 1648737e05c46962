/**
 * Facts of one person that bear on nobody else and on nothing else of him: whether they apply depends only on his being
 * resident (status.ts). Most events are of these, and most corrections. Pure.
 */
import { DEPTH } from '../claims/entry-depth.ts';
import type { ClaimKind, EntryState } from '../claims/entry-state.ts';
import type { FactTable } from '../tables/tables.ts';
import type { Operazione } from './event-records.ts';

const KIND_OF = {
  DOCUMENTO: 'documents',
  SOGGIORNO: 'permits',
  RISERVATEZZA: 'protections',
  CITTADINANZA: 'citizenships',
} as const satisfies Readonly<Partial<Record<Operazione, ClaimKind>>>;

export const PLAIN_KINDS = Object.values(KIND_OF);

/** Residence, and the tables of the plain facts. */
export const PLAIN_DEPTH: ReadonlySet<FactTable> = DEPTH.resident.union(new Set<FactTable>(PLAIN_KINDS));

export const isPlain = (operazione: string): boolean => operazione in KIND_OF;

/** The entry with the plain facts of another state of it. */
export function withPlainFacts(entry: EntryState, other: EntryState): EntryState {
  const { documents, permits, protections, citizenships } = other;
  return { ...entry, documents, permits, protections, citizenships };
}
