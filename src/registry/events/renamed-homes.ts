/** A renaming touches whoever lives there; it changes no claim (TOPONOMASTICA, tracciato.md 3). */
import type { Client } from '../../platform/db/pool.ts';
import { renamePieces } from '../claims/renames.ts';
import { layOut } from '../claims/timeline.ts';
import type { EventEngine } from './engine.ts';
import type { EventLog } from './event-log.ts';
import { findReached } from './events.sql.ts';
import { currentEvent } from './known-event.ts';
import type { RegisterLoader } from './register-loader.ts';
import { renamesInForce } from './standing.ts';
import { hasData } from './stored-event.ts';
import type { WorkingRegister } from './working-register.ts';

/** What a supply's events are applied to, and where it is read from. */
export interface Around {
  readonly client: Client;
  readonly log: EventLog;
  readonly register: WorkingRegister;
  readonly loader: RegisterLoader;
}

/** A renaming touches whoever lives there; it changes no claim. Corrected or annulled, also whoever it had reached since. */
export async function touchRenamed(around: Around, engine: EventEngine): Promise<void> {
  const { register } = around;
  const last = engine.applied.at(-1)!;
  if (last.event.operazione !== 'TOPONOMASTICA') return;
  if (last.root !== null) await touchReached(around, engine, last.root.eventId, last.eventId);
  if (!hasData(last.event)) return;
  const [rename] = renamesInForce([
    {
      ...currentEvent(engine, 0, last),
      root: null,
      record: { ...last.event, tipo: 'N', riferimento: null },
    },
  ]);
  if (rename === undefined) return;
  for (const household of register.households) {
    const hit = layOut(household.addresses).some((s) => renamePieces(s, s.value, [rename]).length > 1);
    if (!hit) continue;
    last.households.add(household.householdId);
    register.touchHousehold(household, last.eventId);
    for (const entry of register.everMembers(household.householdId)) {
      last.entries.add(entry.entryId);
      register.touch(entry, last.eventId, ['dwellings']);
    }
  }
  for (const entry of register.entries) {
    const hit = layOut(entry.dwellings).some(
      (s) => s.value.address !== null && renamePieces(s, s.value.address, [rename]).length > 1,
    );
    if (!hit) continue;
    last.entries.add(entry.entryId);
    register.touch(entry, last.eventId, ['dwellings']);
  }
}

/** Those whose addresses bear a renaming in one of its versions, learned of later too. */
async function touchReached(
  { client, log, register, loader }: Around,
  engine: EventEngine,
  root: number,
  eventId: number,
): Promise<void> {
  const stored = await log.versions([root]);
  const reached = await findReached(client, [
    root,
    ...stored.map((v) => v.event_id),
    ...engine.versionsOf(root).map((a) => a.eventId),
  ]);
  await loader.loadEntryIds(reached.entries);
  await loader.loadWhole(reached.households);
  for (const id of reached.households) {
    const household = register.householdById(id);
    if (household !== undefined) register.touchHousehold(household, eventId);
  }
  for (const id of reached.entries) {
    const entry = register.entryById(id);
    if (entry !== undefined) register.touch(entry, eventId, ['dwellings']);
  }
}
