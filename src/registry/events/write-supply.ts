/** Writes what a supply of changes came to, within the transaction that holds the register's clock. */
import type { Client, Database } from '../../platform/db/pool.ts';
import { reconcile } from '../reconciliation/reconcile.ts';
import { findingRow, setAsideRow } from '../supplies/findings-rows.ts';
import { keepArchive } from '../supplies/keep-archive.ts';
import { closeRefusedOperation } from '../supplies/operations.sql.ts';
import { closeRefused, insertSupply, nextReceipt } from '../supplies/supplies.sql.ts';
import type { Receipt, SupplyRecord } from '../supplies/supply-record.ts';
import { refuseViolations } from '../tables/invariants.sql.ts';
import { relinkEntries } from '../tables/linking.sql.ts';
import { writeRows } from '../tables/state.sql.ts';
import type { Row } from '../tables/tables.ts';
import { closeMended, closeMissing } from './closing.sql.ts';
import { noteFallen } from './events.sql.ts';
import { eventRow } from './stored-event.ts';
import type { AppliedSupply, PreparedEvents } from './supply-applier.ts';
import { closeByHeads } from './told-heads.ts';
import { writeLaidOut } from './write-changes.ts';

export interface WrittenSupply {
  readonly receipt: Receipt;
  readonly supply: SupplyRecord;
}

export async function writeApplied(
  db: Database,
  client: Client,
  prepared: PreparedEvents,
  applied: AppliedSupply,
  times: { readonly receivedAt: Date; readonly recordedAt: string },
): Promise<WrittenSupply> {
  const { supplyId, manifest, archive } = prepared;
  const { engine, outcome, changed, lateTouches, numbered } = applied;
  const supply = outcome.finished(prepared.supply);
  const instant = times.recordedAt;
  const ricevuta = await nextReceipt(client, times.receivedAt);
  const numbers = {
    supplyId,
    eventId: numbered.base.event + 1,
    entryBase: numbered.base.entry,
    householdBase: numbered.base.household,
    entries: numbered.room.entry,
    households: numbered.room.household,
  };
  await insertSupply(client, supply, numbers, ricevuta, manifest, times);
  const put = (table: Parameters<typeof writeRows>[2], rows: readonly Row[]) =>
    writeRows(db, client, table, rows);
  await put(
    'events',
    engine.applied.map((a) =>
      eventRow(a.event, {
        eventId: a.eventId,
        supplyId: a.supplyId ?? supplyId,
        comune: supply.comune,
        digest: a.line.digest,
        rank: a.rank,
        root: a.root,
      }),
    ),
  );
  // One that fell, stood again and fell again in this supply did so with the last.
  await noteFallen(
    client,
    [...engine.fell].map(([eventId, by]) => ({ eventId, by })),
  );
  await writeLaidOut(db, client, changed, instant);
  await refuseViolations(client, supply.fileName, {
    kind: 'moved',
    cameIn: changed.came,
    tied: changed.tied,
  });
  await put('event_entries', [
    ...engine.applied.flatMap((a) => [...a.entries].map((id): Row => [a.eventId, id])),
    ...lateTouches
      .filter(({ eventId, entryId }) => !engine.appliedAs(eventId)?.entries.has(entryId))
      .map(({ eventId, entryId }): Row => [eventId, entryId]),
  ]);
  await put(
    'event_households',
    engine.applied.flatMap((a) => [...a.households].map((id): Row => [a.eventId, id])),
  );
  await put(
    'findings',
    outcome.findings.map((f, i) => findingRow(supplyId, i + 1, supply.comune, f)),
  );
  await put(
    'set_aside',
    outcome.setAside.map((row) => setAsideRow(supplyId, supply.comune, row)),
  );
  const relinked = await relinkEntries(client, engine.lastEventId, changed.identified);
  await closeMended(client, {
    comune: supply.comune,
    supplyId,
    events: outcome.mended,
    entries: changed.entries,
    ids: engine.applied.map((a) => a.line.idEvento),
    restored: outcome.restored,
  });
  await closeMissing(client, supply.comune, supplyId, changed.entries);
  await closeByHeads(client, engine.register, supplyId);
  await reconcile(client, {
    supplyId,
    comune: supply.comune,
    situazioneAl: supply.situazioneAl!,
    instant: instant,
    touched: { entries: changed.told, alongside: changed.alongside, above: 0, upTo: 0, halvesFrom: null },
    relinked,
    identified: changed.identified,
  });
  if (supply.operation === undefined) await closeRefused(client, supply.comune, supply.progressivo, supplyId);
  else await closeRefusedOperation(client, supply.comune, supply.operation.id, supplyId);
  await keepArchive(client, supplyId, archive, supply);

  return { receipt: { ricevuta, esito: supply.esito, repeated: false }, supply };
}
