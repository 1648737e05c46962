/** What a first full supply brings into the register: claims of each subject and household, laid out as rows. Pure. */

import type { RowSink } from '../tables/tables.ts';
import { type ClaimContext, entryClaims, householdClaims } from './bundle-claims.ts';
import { entryKeyRows, entryRows } from './entry-rows.ts';
import { householdKeyRows, householdRows } from './household-rows.ts';
import type { EntryBundle, HouseholdLookup, HouseholdRecord } from './records.ts';
import { layOut } from './timeline.ts';

export type FactContext = Omit<ClaimContext, 'rank'>;

/** A first full supply comes before whatever is registered afterwards. */
const ranked = (ctx: FactContext): ClaimContext => ({ ...ctx, rank: { day: '', event: ctx.eventId } });

/** Every row that a subject of a first full supply brings. */
export function entryFacts(
  ctx: FactContext,
  bundle: EntryBundle,
  households: HouseholdLookup,
  out: RowSink,
): void {
  const claims = ranked(ctx);
  const homes = new Map<number, ReturnType<typeof addressesOf>>();
  const addressesOf = (household: HouseholdRecord) => layOut(householdClaims(claims, household).addresses);
  for (const legame of bundle.legami) {
    const household = households.get(legame.kind, legame.id_household);
    if (household !== undefined) homes.set(ctx.householdId(household), addressesOf(household));
  }
  const state = entryClaims(claims, bundle, households);
  entryKeyRows(state, out);
  entryRows(state, { homes: (householdId) => homes.get(householdId) ?? [], renames: [] }, out);
}

/** Every row that a household of a first full supply brings. */
export function householdFacts(ctx: FactContext, household: HouseholdRecord, out: RowSink): void {
  const state = householdClaims(ranked(ctx), household);
  householdKeyRows(state, out);
  householdRows(state, null, [], out);
}
