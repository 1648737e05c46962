/** The register that a window begins with, and what has become of those concerned at its end. */
import { type ClaimKind, type EntryState, emptyEntry, type HouseholdState } from '../claims/entry-state.ts';
import type { FallenEvent } from './event-line.ts';
import type { Known } from './known-event.ts';
import { mention, nothingMentioned } from './mentioned.ts';
import { isPlain, PLAIN_DEPTH, PLAIN_KINDS, withPlainFacts } from './plain-facts.ts';
import type { RefoldRequest, Step } from './refold-window.ts';
import { RegisterLoader } from './register-loader.ts';
import { WorkingRegister } from './working-register.ts';

/** What a window comes to. */
export interface Refolded {
  readonly entries: ReadonlySet<number>;
  readonly households: ReadonlySet<number>;
  readonly states: readonly EntryState[];
  /** The kinds of claims in which they may differ from what is held now; undefined: all. */
  readonly kinds?: readonly ClaimKind[];
  readonly householdStates: readonly HouseholdState[];
  readonly fell: readonly FallenEvent[];
  /** What had fallen with a correction and stands again, now that it is annulled. */
  readonly restored: readonly FallenEvent[];
}

/** Does everything that is concerned say plain facts, so that nothing else need be looked at? */
export const isAllPlain = ({ now, households }: RefoldRequest, events: readonly Known[]): boolean =>
  households.size === 0 &&
  [now, ...events].every((e) => isPlain(e.record.operazione) && e.root?.fact == null);

/** @returns false where somebody is not in the register any more, and is looked at whole */
export async function holdsAllPlain({ holdPlain, entries, engine }: RefoldRequest): Promise<boolean> {
  await holdPlain();
  return [...entries].every((id) => engine.register.entryById(id) !== undefined);
}

/** The register as the window begins, with everybody concerned and whatever the events name. */
export async function wholeBase(
  request: RefoldRequest,
  before: string | null,
  list: readonly Step[],
): Promise<WorkingRegister> {
  const named = nothingMentioned();
  for (const { content } of list) mention(named, content.record);
  await request.hold(named);
  const base = new WorkingRegister(request.engine.register.comune);
  const loader = new RegisterLoader(request.directory, base, before);
  await loader.loadEntryIds([...request.entries]);
  await loader.loadWhole(request.households);
  return base;
}

export async function plainBase(request: RefoldRequest, before: string | null): Promise<WorkingRegister> {
  const base = new WorkingRegister(request.engine.register.comune);
  await new RegisterLoader(request.directory, base, before, true).loadPart(request.entries, PLAIN_DEPTH);
  return base;
}

/** Those concerned as they are now, but for their plain facts. */
export function collectPlain(
  { entries, households, engine }: RefoldRequest,
  base: WorkingRegister,
  fell: readonly FallenEvent[],
): Omit<Refolded, 'restored'> {
  const states = [...entries].flatMap((id) => {
    const now = engine.register.entryById(id);
    const then = base.entryById(id);
    return now === undefined
      ? []
      : [withPlainFacts(now, then ?? emptyEntry(id, now.comune, now.idSoggetto, now.eventId))];
  });
  return { entries, households, states, kinds: PLAIN_KINDS, householdStates: [], fell };
}

/** The refolded states of everybody concerned; empty ones of those of whom nothing is left. */
export function collect(
  request: RefoldRequest,
  base: WorkingRegister,
  fell: readonly FallenEvent[],
): Omit<Refolded, 'restored'> {
  const { entries, households, engine } = request;
  const states: EntryState[] = [];
  const seen = new Set<number>();
  for (const entry of base.entries) {
    states.push(entry);
    seen.add(entry.entryId);
  }
  for (const entry of engine.register.entries)
    if (entries.has(entry.entryId) && !seen.has(entry.entryId))
      states.push(emptyEntry(entry.entryId, entry.comune, entry.idSoggetto, entry.eventId));
  const householdStates: HouseholdState[] = [];
  const known = new Set<number>();
  for (const household of base.households) {
    householdStates.push(household);
    known.add(household.householdId);
  }
  for (const household of engine.register.households)
    if (households.has(household.householdId) && !known.has(household.householdId))
      householdStates.push({ ...household, attributes: [], addresses: [] });
  return {
    entries,
    households,
    states: states.filter((s) => entries.has(s.entryId)),
    householdStates: householdStates.filter((h) => households.has(h.householdId)),
    fell,
  };
}
