/**
 * A later full supply between an event and its correction: the differences that it recorded are made again on the state as it
 * should have been (docs/adr/0009). They are read off the tables: the claims held just before it and just after it.
 */
import { CLAIM_KINDS } from '../claims/claim-tables.ts';
import { type EntryState, emptyEntry, type HouseholdState } from '../claims/entry-state.ts';
import type { Claim } from '../claims/timeline.ts';
import type { Directory } from '../events/directory.ts';
import { aroundSupply } from '../events/events.sql.ts';
import { RegisterLoader } from '../events/register-loader.ts';
import { WorkingRegister } from '../events/working-register.ts';

const isSame = (a: Claim<object>, b: Claim<object>): boolean =>
  a.eventId === b.eventId && a.source === b.source && a.from === b.from;

/** The claims with those taken away that the supply took away, and those added that it made. */
function remade(
  claims: readonly Claim<object>[],
  was: readonly Claim<object>[],
  became: readonly Claim<object>[],
  supplyEvent: number,
): Claim<object>[] {
  const gone = was.filter((c) => !became.some((b) => isSame(b, c)));
  const kept = claims.filter((c) => !gone.some((g) => isSame(g, c)) && c.eventId !== supplyEvent);
  return [...kept, ...became.filter((c) => c.eventId === supplyEvent)];
}

async function loadAt(
  directory: Directory,
  instant: string,
  entries: readonly number[],
  households: readonly number[],
): Promise<WorkingRegister> {
  const register = new WorkingRegister(directory.comune);
  const loader = new RegisterLoader(directory, register, instant);
  await loader.loadAlone(entries);
  await loader.loadHouseholds(households);
  return register;
}

/** Makes the differences of a full supply again, for the entries and households concerned. */
export async function realignAgain(
  directory: Directory,
  base: WorkingRegister,
  supply: { readonly eventId: number; readonly supplyId: number },
  entries: readonly number[],
  households: readonly number[],
): Promise<void> {
  const { eventId, supplyId } = supply;
  const { before, after } = await aroundSupply(directory.db, supplyId);
  const was = await loadAt(directory, before, entries, households);
  const became = await loadAt(directory, after, entries, households);
  const wanted = new Set(entries);
  const replacedEntries: EntryState[] = [];
  for (const now of became.entries) {
    if (!wanted.has(now.entryId)) continue;
    const held = base.entry(now.idSoggetto);
    const then = was.entry(now.idSoggetto);
    const from = held ?? emptyEntry(now.entryId, now.comune, now.idSoggetto, now.eventId);
    const lists = CLAIM_KINDS.map((kind) => [
      kind,
      remade(from[kind], then?.[kind] ?? [], now[kind], eventId),
    ]);
    replacedEntries.push({ ...from, ...Object.fromEntries(lists) } as EntryState);
  }
  const replacedHouseholds: HouseholdState[] = [];
  const named = new Set(households);
  for (const now of became.households) {
    if (!named.has(now.householdId)) continue;
    const held = base.householdById(now.householdId);
    const then = was.householdById(now.householdId);
    const from = held ?? { ...now, attributes: [], addresses: [] };
    replacedHouseholds.push({
      ...from,
      attributes: remade(from.attributes, then?.attributes ?? [], now.attributes, eventId),
      addresses: remade(from.addresses, then?.addresses ?? [], now.addresses, eventId),
    } as HouseholdState);
  }
  base.commit(
    { newEntries: [], newHouseholds: [], entries: [], households: [], replacedEntries, replacedHouseholds },
    eventId,
  );
}
