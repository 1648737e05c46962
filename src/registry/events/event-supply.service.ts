/**
 * Applies a supply of changes: one transaction under the register's clock. Each event is applied whole or not at all;
 * what is set aside is kept raw with its reason, and what waits is tried again when its subject is mended.
 */
import { AppError } from '../../kernel/app-error.ts';
import type { Finding } from '../../kernel/findings.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { findingRow } from '../supplies/findings-rows.ts';
import {
  findAccepted,
  findLastRecorded,
  findNumbers,
  findPosition,
  insertSupply,
  type Numbers,
  nextReceipt,
  reserveRoom,
  takeInstant,
} from '../supplies/supplies.sql.ts';
import type { Receipt, SupplyRecord } from '../supplies/supply-record.ts';
import { writeRows } from '../tables/state.sql.ts';
import { type AppliedSupply, type PreparedEvents, SupplyApplier } from './supply-applier.ts';
import { type WrittenSupply, writeApplied } from './write-supply.ts';

/** A supply applied to the register before its turn to be written has come. */
export interface AppliedAhead {
  readonly applied: AppliedSupply;
  /** When something of the comune had last been recorded. */
  readonly lastRecorded: string | null;
}

/**
 * Reads and applies a supply without writing anything, while another is written: what it is applied to is its comune's alone.
 * @param base the numbers that will have been given by then; null: those given so far
 * @returns null where it is not the comune's next supply
 */
export async function applyAhead(
  db: Database,
  prepared: PreparedEvents,
  base: Numbers | null,
): Promise<AppliedAhead | null> {
  const { supply } = prepared;
  if (supply.esito === 'RIFIUTATA') return null;
  return db.transaction(
    async (client) => {
      const position = await findPosition(client, supply.comune);
      if ((position?.lastProgressivo ?? 0) + 1 !== supply.progressivo) return null;
      const given = base ?? (await findNumbers(client));
      const lastRecorded = await findLastRecorded(client, supply.comune);
      const applied = await new SupplyApplier(client, prepared, async () => given).apply();
      return { applied, lastRecorded };
    },
    { isolation: 'repeatable read', readOnly: true, lookups: true },
  );
}

/** The numbers that will have been given once a supply applied ahead is written. */
export function numbersAfter({ applied }: AppliedAhead): Numbers {
  const { base, room } = applied.numbered;
  return {
    event: base.event + room.event,
    entry: base.entry + room.entry,
    household: base.household + room.household,
  };
}

/** @param ahead what was applied ahead; it is applied again where the register has moved on since */
export async function writeEventSupply(
  db: Database,
  prepared: PreparedEvents,
  receivedAt: Date,
  ahead: AppliedAhead | null = null,
): Promise<WrittenSupply> {
  const { supply } = prepared;
  return db.transaction(
    async (client) => {
      const instant = await takeInstant(client);
      if (supply.esito === 'RIFIUTATA') return refuse(db, client, prepared, receivedAt);
      const accepted = await findAccepted(client, supply.comune, supply.progressivo);
      if (accepted !== null && accepted.sha256 === supply.sha256)
        return { receipt: { ricevuta: accepted.ricevuta, esito: accepted.esito, repeated: true }, supply };
      const position = await findPosition(client, supply.comune);
      if ((position?.lastProgressivo ?? 0) + 1 !== supply.progressivo)
        throw new AppError(
          'conflict',
          `${supply.fileName}: nel frattempo è stata accettata un'altra fornitura del comune ${supply.comune}; ripetere il caricamento.`,
          `${supply.fileName}: another supply of comune ${supply.comune} was accepted in the meantime; load it again.`,
        );
      const applied = await applyNow(client, prepared, ahead);
      return writeApplied(db, client, prepared, applied, { receivedAt, recordedAt: instant });
    },
    { lookups: true },
  );
}

/** What was applied ahead, where it still holds: nothing of the comune was recorded since, and the numbers are those foreseen. */
async function applyNow(
  client: Client,
  prepared: PreparedEvents,
  ahead: AppliedAhead | null,
): Promise<AppliedSupply> {
  const reserve = (room: Numbers): Promise<Numbers> => reserveRoom(client, room);
  if (ahead === null || (await findLastRecorded(client, prepared.supply.comune)) !== ahead.lastRecorded)
    return new SupplyApplier(client, prepared, reserve).apply();
  const { base, room } = ahead.applied.numbered;
  const given = await reserve(room);
  const foreseen =
    given.event === base.event && given.entry === base.entry && given.household === base.household;
  return foreseen ? ahead.applied : new SupplyApplier(client, prepared, async () => given).apply();
}

/**
 * Applies lines in a transaction that holds the register's clock, all of them or none: the first that does not apply stops them.
 * @returns what was written; or, where nothing was, the findings
 */
export async function applyWhole(
  db: Database,
  client: Client,
  prepared: PreparedEvents,
  times: { readonly receivedAt: Date; readonly recordedAt: string },
): Promise<AppliedWhole> {
  const applier = new SupplyApplier(client, prepared, (room) => reserveRoom(client, room));
  const applied = await applier.applyWhole();
  const { findings } = applier.outcome;
  if (applied === null) return { receipt: null, findings };
  return { ...(await writeApplied(db, client, prepared, applied, times)), findings };
}

export type AppliedWhole =
  | { readonly receipt: Receipt; readonly supply: SupplyRecord; readonly findings: readonly Finding[] }
  | { readonly receipt: null; readonly findings: readonly Finding[] };

/** Of a refused supply only the outcome is kept. */
export async function refuse(
  db: Database,
  client: Client,
  { supply, supplyId, manifest, findings }: PreparedEvents,
  receivedAt: Date,
): Promise<WrittenSupply> {
  const ricevuta = await nextReceipt(client, receivedAt);
  const unnumbered = { supplyId, eventId: 0, entryBase: 0, householdBase: 0, entries: 0, households: 0 };
  await insertSupply(client, supply, unnumbered, ricevuta, manifest, { receivedAt, recordedAt: null });
  await writeRows(
    db,
    client,
    'findings',
    findings.map((f, i) => findingRow(supplyId, i + 1, supply.comune, f)),
  );
  return { receipt: { ricevuta, esito: supply.esito, repeated: false }, supply };
}
