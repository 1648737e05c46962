/** What the check of a supply is asked and what it answers: the contract between the worker threads and the loader. */
import type { Day } from '../../kernel/day.ts';
import type { Reference } from '../../reference/load-reference.ts';
import type { PresentFiles } from '../../registry/claims/records.ts';
import type { Door, RegisterPosition, SupplyRecord } from '../../registry/supplies/supply-record.ts';
import type { Limits } from './archive/archive.ts';
import type { Declared } from './delivery.ts';

/** How many rows the files hold, known once the supply has been opened and its totals agree. */
export interface OpenedCounts {
  readonly comune: string;
  readonly soggetti: number;
  readonly famiglie: number;
  readonly convivenze: number;
}

export interface CheckRequest {
  /** Path of the archive. */
  readonly archive: string;
  /** Its name as it was sent. */
  readonly fileName: string;
  /** By which door it came; the first where absent. */
  readonly door?: Door;
  /** What is said beside the files; null or absent at the first door. */
  readonly declared?: Declared | null;
  /** A private folder, existing and empty; removed by the caller. */
  readonly folder: string;
  /** Of the comune that the file name says; null before its first supply. */
  readonly position: RegisterPosition | null;
  /** The comuni the sender may deliver for; null: any of the province. */
  readonly allowedComuni: ReadonlySet<string> | null;
  readonly today: Day;
  /** Comuni, states and code tables that the rows are judged by. */
  readonly reference: Reference;
  /** An operator has confirmed by name that much will be set aside or cancelled (SIP-014). */
  readonly confirmTooMuch: boolean;
  /** Of the archive; those of the page where absent. */
  readonly limits?: Limits;
  /** Called once, before any row reaches the sink, unless the supply is refused on opening. */
  readonly onOpened?: (counts: OpenedCounts) => Promise<void>;
  /** Rows judged, of rows in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The outcome without its findings, which went to the sink. */
export interface CheckedSupply extends SupplyRecord {
  readonly manifest: unknown;
  readonly present: PresentFiles;
}
