/**
 * Writes a checked full supply: one transaction under the register's clock, so that a kill at any moment leaves all of it
 * or nothing (docs/adr/0003). One writer at a time cannot deadlock on people whom comuni share.
 */
import { createReadStream } from 'node:fs';
import { AppError } from '../../kernel/app-error.ts';
import { addDays } from '../../kernel/day.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { AGREED_DAYS } from '../answers/transfers.ts';
import { addNames, listNewNames } from '../names/names.sql.ts';
import {
  applyRealignment,
  type LaterSupply,
  planRealignment,
  type RealignmentInput,
  writePlanFindings,
} from '../realignment/realignment.ts';
import { createToldTables, indexToldTables } from '../realignment/told.sql.ts';
import { reconcile } from '../reconciliation/reconcile.ts';
import type { CopyFile } from '../tables/copy-files.ts';
import { refuseViolations } from '../tables/invariants.sql.ts';
import { insertOwnPersons, joinNewEntries } from '../tables/linking.sql.ts';
import { type CopyTable, columnsOf } from '../tables/tables.ts';
import { keepArchive } from './keep-archive.ts';
import {
  closeRefused,
  findAccepted,
  findPosition,
  forgetSetAside,
  insertSupply,
  insertSupplyEvent,
  nextReceipt,
  noteReported,
  takeInstant,
} from './supplies.sql.ts';
import type { Receipt, SupplyNumbers, SupplyRecord } from './supply-record.ts';

const CHUNK = 256 * 1024;

/** A supply checked and laid out, ready to be written. */
export interface PreparedSupply {
  readonly supply: SupplyRecord;
  readonly manifest: unknown;
  readonly numbers: SupplyNumbers;
  readonly files: readonly CopyFile[];
  /** Path of the archive as it was sent. */
  readonly archive: string;
  /** Of every full supply but the first of its comune; its rows are in told_subjects and told_households. */
  readonly later?: LaterSupply;
}

/** What was written: the receipt, and the supply as it came to be. */
export interface WrittenSupply {
  readonly receipt: Receipt;
  readonly supply: SupplyRecord;
}

/** The files that the checks left, each into its table; those of a table that is not wanted are left out. */
async function copyFiles(
  db: Database,
  client: Client,
  prepared: PreparedSupply,
  wanted: (table: CopyTable) => boolean = () => true,
): Promise<void> {
  for (const file of prepared.files) {
    if (!wanted(file.table)) continue;
    const source = createReadStream(file.path, { highWaterMark: CHUNK });
    await db.copyFrom(client, file.table, columnsOf(file.table), source);
  }
}

/** All that is kept of a refused supply beside its outcome: nothing of it enters the register or waits to be mended. */
const isFindings = (table: CopyTable): boolean => table === 'findings';

/** @returns the entries of other registers that became somebody else's */
async function applyRows(db: Database, client: Client, prepared: PreparedSupply): Promise<number[]> {
  const { supply, numbers } = prepared;
  const entries = [numbers.entryBase, numbers.entryBase + numbers.entries] as const;
  const households = [numbers.householdBase, numbers.householdBase + numbers.households] as const;
  await insertSupplyEvent(client, supply, numbers);
  await copyFiles(db, client, prepared);
  await addNames(client, await listNewNames(client, ...entries));
  await insertOwnPersons(client, numbers.eventId, ...entries);
  const relinked = await joinNewEntries(client, numbers.eventId, ...entries);
  await refuseViolations(client, supply.fileName, { kind: 'blocks', entries, households });
  return relinked;
}

/** Makes the register what a later supply tells, or refuses it whole (SIP-014). */
async function realign(
  db: Database,
  client: Client,
  prepared: PreparedSupply,
  later: LaterSupply,
  times: { readonly receivedAt: Date; readonly recordedAt: string },
): Promise<WrittenSupply> {
  const { numbers, manifest, files } = prepared;
  await createToldTables(client);
  await copyFiles(db, client, prepared, (table) => table !== 'findings');
  await indexToldTables(client);
  const found = files.find((f) => f.table === 'findings')?.rows ?? 0;
  const input: RealignmentInput = {
    db,
    client,
    supply: prepared.supply,
    numbers,
    instant: times.recordedAt,
    later,
    found,
  };
  const plan = await planRealignment(input);
  let { supply } = plan;
  const refused = supply.esito === 'RIFIUTATA';
  if (refused) await forgetSetAside(client, numbers.supplyId);
  const ricevuta = await nextReceipt(client, times.receivedAt);
  await insertSupply(client, supply, numbers, ricevuta, manifest, {
    receivedAt: times.receivedAt,
    recordedAt: refused ? null : times.recordedAt,
  });
  await copyFiles(db, client, prepared, isFindings);
  await writePlanFindings(input, plan);
  if (!refused) {
    await insertSupplyEvent(client, supply, numbers);
    const { entries, relinked, reported } = await applyRealignment(input, plan);
    if (reported) {
      await noteReported(client, numbers.supplyId);
      supply = { ...supply, esito: 'ACCETTATA_CON_SEGNALAZIONI' };
    }
    await refuseViolations(client, supply.fileName, { kind: 'listed', entries });
    await reconcile(client, {
      supplyId: numbers.supplyId,
      comune: supply.comune,
      situazioneAl: supply.situazioneAl!,
      instant: times.recordedAt,
      touched: { entries, above: 0, upTo: 0, halvesFrom: null },
      relinked,
    });
    await closeRefused(client, supply.comune, supply.progressivo, numbers.supplyId);
    await keepArchive(client, numbers.supplyId, prepared.archive, supply);
  }
  return { receipt: { ricevuta, esito: supply.esito, repeated: false }, supply };
}

/**
 * Writes the supply, or its refusal, and gives the receipt. The same bytes under an accepted number change nothing and
 * get the first receipt again.
 * @throws AppError conflict when another supply of the comune was accepted since this one was checked, or its file changed
 */
export async function writeFullSupply(
  db: Database,
  prepared: PreparedSupply,
  receivedAt: Date,
): Promise<WrittenSupply> {
  const { supply, numbers, later } = prepared;
  return db.transaction(async (client) => {
    const instant = await takeInstant(client);
    if (supply.esito === 'RIFIUTATA') {
      const ricevuta = await nextReceipt(client, receivedAt);
      await insertSupply(client, supply, numbers, ricevuta, prepared.manifest, {
        receivedAt,
        recordedAt: null,
      });
      await copyFiles(db, client, prepared, isFindings);
      return { receipt: { ricevuta, esito: supply.esito, repeated: false }, supply };
    }
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
    if (supply.progressivo > 1 && later === undefined)
      throw new Error(`${supply.fileName} is not the first supply of its comune, and was laid out as one`);
    if (later !== undefined) return realign(db, client, prepared, later, { receivedAt, recordedAt: instant });
    const ricevuta = await nextReceipt(client, receivedAt);
    await insertSupply(client, supply, numbers, ricevuta, prepared.manifest, {
      receivedAt,
      recordedAt: instant,
    });
    const relinked = await applyRows(db, client, prepared);
    await reconcile(client, {
      supplyId: numbers.supplyId,
      comune: supply.comune,
      situazioneAl: supply.situazioneAl!,
      instant,
      touched: {
        entries: [],
        above: numbers.entryBase,
        upTo: numbers.entryBase + numbers.entries,
        halvesFrom: addDays(supply.situazioneAl!, -AGREED_DAYS),
      },
      relinked,
    });
    await closeRefused(client, supply.comune, supply.progressivo, numbers.supplyId);
    await keepArchive(client, numbers.supplyId, prepared.archive, supply);
    return { receipt: { ricevuta, esito: supply.esito, repeated: false }, supply };
  });
}
