/** Which fact tables the claims of each kind are laid out in: all that must be laid out again when one of them changes. Pure. */
import type { FactTable } from '../tables/tables.ts';
import type { ClaimKind } from './entry-state.ts';

/** What the end of a registration bounds (entry-rows.ts). */
const RESIDENT = ['registrations', 'departures', 'dwellings', 'memberships'] as const;

const LAID_OUT_IN: Readonly<Record<ClaimKind, readonly FactTable[]>> = {
  registrations: RESIDENT,
  departures: RESIDENT,
  // A death ends status and citizenship too.
  deaths: [...RESIDENT, 'deaths', 'civil_statuses', 'citizenships'],
  identities: ['identities'],
  dwellings: ['dwellings'],
  memberships: ['memberships'],
  civilStatuses: ['civil_statuses'],
  citizenships: ['citizenships'],
  parents: ['parents'],
  documents: ['documents'],
  permits: ['permits'],
  declarations: ['declarations'],
  protections: ['protections'],
};

export const CLAIM_KINDS = Object.keys(LAID_OUT_IN) as readonly ClaimKind[];

/** The kinds that decide whether and when somebody is in a household. */
export const TIE_KINDS: ReadonlySet<ClaimKind> = new Set([
  'registrations',
  'departures',
  'deaths',
  'memberships',
]);

/** The kinds that other registers may know otherwise, beside ties (reconciliation/rules.ts). */
export const TOLD_KINDS: ReadonlySet<ClaimKind> = new Set([
  'identities',
  'civilStatuses',
  'citizenships',
  'parents',
]);

/** The tables whose rows may differ once claims of these kinds have changed. */
export function tablesOf(kinds: Iterable<ClaimKind>): Set<FactTable> {
  const tables = new Set<FactTable>();
  for (const kind of kinds) for (const table of LAID_OUT_IN[kind]) tables.add(table);
  return tables;
}
