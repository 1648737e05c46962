/**
 * Checks a supply as far as its file alone tells, without a database: what a software house runs on its own machine before
 * it delivers. The same checks as those of a load (docs/adr/0003); what takes the register is left to it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Day } from '../../../kernel/day.ts';
import type { Severity } from '../../../kernel/findings.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type {
  Esito,
  FileCounts,
  RegisterPosition,
  TipoFornitura,
} from '../../../registry/supplies/supply-record.ts';
import { parseSupplyName } from '../archive/manifest-checks.ts';
import { checkSupply } from '../check-supply.ts';
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
function supposedPosition(fileName: string): RegisterPosition | null {
  const progressivo = parseSupplyName(fileName)?.progressivo ?? 1;
  return progressivo <= 1
    ? null
    : { lastProgressivo: progressivo - 1, situazioneAl: null, softwareNome: null };
}

/** @throws AppError not-found, where the file cannot be read; disk-full */
export async function checkFile(path: string, options: CheckFileOptions): Promise<FileReport> {
  const { reference, today, tempFolder, onProgress } = options;
  const file = basename(path);
  const counts = new FindingCounts(options.examples);
  const folder = await mkdtemp(join(tempFolder, 'sipop-check-'));
  try {
    const supply = await checkSupply(
      {
        archive: path,
        fileName: file,
        folder,
        position: supposedPosition(file),
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
      tipo: supply.tipo,
      comune: supply.comune,
      progressivo: supply.progressivo,
      // Of a supply of changes the findings come with its lines.
      esito: supply.esito === 'ACCETTATA' && worst !== null ? 'ACCETTATA_CON_SEGNALAZIONI' : supply.esito,
      gravita: worst,
      lette: supply.lette,
      scartate: withEvents(supply.scartate, counts.setAsideEvents),
      segnalate: withEvents(supply.segnalate, counts.reportedEvents),
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
