/**
 * Checks a supply as far as its file alone tells, without a database: what a software house runs on its own machine before
 * it delivers. The same checks as those of a load (docs/adr/0003); what takes the register is left to it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Day } from '../../../kernel/day.ts';
import type { Severity } from '../../../kernel/findings.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type {
  Esito,
  FileCounts,
  RegisterPosition,
  TipoFornitura,
} from '../../../registry/supplies/supply-record.ts';
import { checkSupply } from '../check-supply.ts';
import { type Delivery, deliveryName, sipopDelivery, supplyNamed } from '../delivery.ts';
import { packParts } from '../pack-parts.ts';
import { EVENTI } from '../rows/file-specs.ts';
import { folderFull, isDiskFull } from '../worker-failure.ts';
import { type CodeCount, FindingCounts } from './finding-counts.ts';

/** Codes that only the register, or the supplies before, can tell: tracciato.md 1 and 4. */
export const NEEDS_THE_REGISTER = [
  'SIP-005',
  'SIP-021',
  'SIP-040',
  'SIP-203',
  'SIP-204',
  'SIP-205',
  'SIP-206',
  'SIP-210',
] as const;

export interface CheckFileOptions {
  /** What rows are judged by. */
  readonly reference: Reference;
  readonly today: Day;
  /** Where a private folder is made, and removed. */
  readonly tempFolder: string;
  /** Findings told of each code. */
  readonly examples: number;
  /** Rows judged, of rows in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What the file alone tells. */
export interface FileReport {
  readonly file: string;
  readonly tipo: TipoFornitura;
  readonly comune: string;
  readonly progressivo: number;
  /** As it would be, were the register to find nothing more. */
  readonly esito: Esito;
  /** The gravest of the findings; null: none. */
  readonly gravita: Severity | null;
  readonly lette: FileCounts;
  readonly scartate: FileCounts;
  readonly segnalate: FileCounts;
  readonly codici: readonly CodeCount[];
}

/**
 * A supply that is not the first of its comune is judged as if those before it had been accepted; it is of a comune's
 * first number that it must be a COMPLETA (SIP-006).
 */
const supposedPosition = (progressivo: number): RegisterPosition | null =>
  progressivo <= 1 ? null : { lastProgressivo: progressivo - 1, situazioneAl: null, softwareNome: null };

/**
 * @param supply a ZIP of the tracciato SIPOP, or what comes by another door
 * @throws AppError not-found, where a file cannot be read; disk-full
 */
export async function checkFile(supply: string | Delivery, options: CheckFileOptions): Promise<FileReport> {
  const { reference, today, tempFolder, onProgress } = options;
  const delivery = typeof supply === 'string' ? sipopDelivery(supply) : supply;
  const { door, declared, paths } = delivery;
  const file = deliveryName(delivery);
  const counts = new FindingCounts(options.examples);
  const folder = await mkdtemp(join(tempFolder, 'sipop-check-'));
  try {
    const archive = paths.length === 1 ? paths[0]! : await packParts(paths, join(folder, 'parts.zip'));
    const checked = await checkSupply(
      {
        archive,
        fileName: file,
        door,
        declared,
        folder,
        position: supposedPosition(supplyNamed(file, declared).progressivo),
        allowedComuni: null,
        today,
        reference,
        confirmTooMuch: false,
        ...(onProgress === undefined ? {} : { onProgress }),
      },
      counts,
    );
    const { worst } = counts;
    return {
      file,
      tipo: checked.tipo,
      comune: checked.comune,
      progressivo: checked.progressivo,
      // Of a supply of changes the findings come with its lines.
      esito: checked.esito === 'ACCETTATA' && worst !== null ? 'ACCETTATA_CON_SEGNALAZIONI' : checked.esito,
      gravita: worst,
      lette: checked.lette,
      scartate: withEvents(checked.scartate, counts.setAsideEvents),
      segnalate: withEvents(checked.segnalate, counts.reportedEvents),
      codici: counts.byCode(),
    };
  } catch (error) {
    throw isDiskFull(error) ? folderFull(folder, error) : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const withEvents = (counted: FileCounts, events: number): FileCounts =>
  events === 0 ? counted : { ...counted, [EVENTI]: events };
