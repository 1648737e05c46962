/** What the loader and its checking threads say to each other. */
import type { Day } from '../../kernel/day.ts';
import type { Finding } from '../../kernel/findings.ts';
import type { EventLine } from '../../registry/events/event-line.ts';
import type { Door, RegisterPosition, SupplyNumbers } from '../../registry/supplies/supply-record.ts';
import type { CopyFile } from '../../registry/tables/copy-files.ts';
import type { CheckedSupply, OpenedCounts } from './check-contract.ts';
import type { Declared } from './delivery.ts';

/** What a thread is started with. */
export interface ThreadData {
  /** Of the reference data (loadReference); null for those that come with the program. */
  readonly dataFolder: string | null;
}

/** One supply to check; its rows are laid out into COPY files under `folder`. */
export interface CheckJob {
  readonly archive: string;
  readonly fileName: string;
  readonly door: Door;
  readonly declared: Declared | null;
  readonly folder: string;
  readonly position: RegisterPosition | null;
  readonly allowedComuni: readonly string[] | null;
  readonly today: Day;
  readonly confirmTooMuch: boolean;
  readonly supplyId: number;
  /** From what is declared or the file name, '' where neither says: findings stand under it. */
  readonly comune: string;
}

/** An error on its way between threads: an expected refusal keeps its code and both sentences. */
export interface WorkerFailure {
  readonly code: string | null;
  readonly italian: string;
  readonly english: string;
  readonly stack: string;
}

export type ToWorker =
  | { readonly kind: 'check'; readonly job: CheckJob }
  | { readonly kind: 'numbers'; readonly numbers: SupplyNumbers };

export type FromWorker =
  | { readonly kind: 'opened'; readonly counts: OpenedCounts }
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | {
      readonly kind: 'checked';
      readonly supply: CheckedSupply;
      /** Of a full supply: its rows. */
      readonly files: readonly CopyFile[];
      /** Of a supply of changes: its lines, and what is said of the supply as a whole. */
      readonly lines: readonly EventLine[];
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'failed'; readonly failure: WorkerFailure };
