/**
 * Loads supplies: checked side by side by a few threads, written one at a time in the order given (docs/adr/0003).
 * Whatever is wrong with one is told in its own result, and the others go on.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResourceLimits } from 'node:worker_threads';
import { AppError } from '../../kernel/app-error.ts';
import { romeDay } from '../../kernel/day.ts';
import type { Finding } from '../../kernel/findings.ts';
import type { Database } from '../../platform/db/pool.ts';
import { clearStale } from '../../platform/files/work-folders.ts';
import type { Reference } from '../../reference/load-reference.ts';
import type { EventLine } from '../../registry/events/event-line.ts';
import { type AppliedAhead, writeEventSupply } from '../../registry/events/event-supply.service.ts';
import type { PreparedEvents } from '../../registry/events/supply-applier.ts';
import type { WrittenSupply } from '../../registry/events/write-supply.ts';
import { type PreparedSupply, writeFullSupply } from '../../registry/supplies/full-supply.service.ts';
import { findAccepted, findPosition } from '../../registry/supplies/supplies.sql.ts';
import type { Receipt, SupplyNumbers, SupplyRecord } from '../../registry/supplies/supply-record.ts';
import { takeOperation } from './anpr/operations/operations.service.ts';
import { ApplyAhead } from './apply-ahead.ts';
import { sha256OfFile } from './archive/archive.ts';
import { type Arrival, arriveNow } from './arrival.ts';
import { type CheckResult, CheckThreads } from './check-threads.ts';
import { type Delivery, deliveryName, sipopDelivery, supplyNamed } from './delivery.ts';
import { rereadEvent } from './events/event-form.ts';
import { describeFault } from './messages/describe-fault.ts';
import { missing, tooMany } from './messages/realigning.ts';
import { packParts } from './pack-parts.ts';
import { allTurns, type Turns } from './turns.ts';
import { folderFull, isDiskFull } from './worker-failure.ts';

export interface LoadOptions {
  /** Where private working folders are made. */
  readonly workFolder: string;
  /** What supplies are judged by; the checking threads load the same. */
  readonly reference: Reference;
  /** Threads that check; 2 where absent. */
  readonly threads?: number;
  /** Of the memory of each; what the largest supply needs where absent. */
  readonly threadLimits?: ResourceLimits;
  readonly allowedComuni?: readonly string[] | null;
  readonly onEvent?: (event: IntakeEvent) => void;
  /** Told each result as it comes, with what was given. */
  readonly onResult?: (delivery: Delivery, result: IntakeResult) => void;
}

export interface IntakeOptions extends LoadOptions {
  readonly now: () => Date;
  /** File names for which an operator confirmed that much is set aside or cancelled (SIP-014). */
  readonly confirmed?: ReadonlySet<string>;
}

/** What happens while supplies load, for whoever shows it. */
export type IntakeEvent =
  | { readonly kind: 'checking'; readonly file: string; readonly done: number; readonly total: number }
  | { readonly kind: 'writing'; readonly file: string }
  | { readonly kind: 'done'; readonly result: IntakeResult };

export type IntakeResult =
  | { readonly file: string; readonly receipt: Receipt; readonly supply: SupplyRecord | null }
  | { readonly file: string; readonly error: AppError };

/** The first of a comune's supplies in one load that came to nothing, not even to an outcome. */
interface Unloaded {
  readonly file: string;
  readonly progressivo: number;
  readonly error: AppError;
}

/** Why a supply is not even checked: its number would not be the next one, for want of the one before it. */
const behind = (file: string, { file: first, error }: Unloaded): AppError =>
  new AppError(
    error.code,
    `${file}: non caricata, perché non lo è stata ${first}, che viene prima (${error.italian}); ricaricarle nell’ordine`,
    `${file}: not loaded, because ${first}, which comes before it, was not (${error.english}); load them again in order`,
    error,
  );

/** Supplies that may be checked and wait for the writer, so that one large comune keeps nobody idle. */
const AHEAD = 4;

class Loader {
  readonly #db: Database;
  readonly #options: LoadOptions;
  readonly #arrivalOf: (delivery: Delivery) => Arrival;
  readonly #threads: CheckThreads;
  readonly #ahead: ApplyAhead;

  constructor(db: Database, arrivalOf: (delivery: Delivery) => Arrival, options: LoadOptions) {
    this.#db = db;
    this.#arrivalOf = arrivalOf;
    this.#options = options;
    this.#ahead = new ApplyAhead(db);
    this.#threads = new CheckThreads(
      options.threads ?? 2,
      options.reference.dataFolder,
      options.threadLimits,
    );
  }

  close(): Promise<void> {
    return this.#threads.close();
  }

  #tell(event: IntakeEvent): void {
    this.#options.onEvent?.(event);
  }

  /** Several files of one supply are one from here on. */
  async #arrive(delivery: Delivery, folder: string): Promise<Arrived> {
    const { paths, door, declared } = delivery;
    const path = paths.length === 1 ? paths[0]! : await packParts(paths, join(folder, 'parts.zip'));
    return { path, fileName: deliveryName(delivery), door, declared };
  }

  /** The first outcome, where these very bytes were accepted before (tracciato.md 1, progressivo). */
  async #accepted({ path, fileName, declared }: Arrived): Promise<Receipt | null> {
    const named = supplyNamed(fileName, declared);
    const accepted = await findAccepted(this.#db, named.comune, named.progressivo);
    if (accepted === null || (await sha256OfFile(path)) !== accepted.sha256) return null;
    return { ricevuta: accepted.ricevuta, esito: accepted.esito, repeated: true };
  }

  async #check(arrived: Arrived, folder: string, arrival: Arrival, turns: Turns): Promise<Checked> {
    const { path, fileName, door, declared } = arrived;
    const { comune } = supplyNamed(fileName, declared);
    const position = await findPosition(this.#db, comune);
    const { confirmed } = arrival;
    const supplyId = await arrival.supplyId();
    const numbers = { supplyId, eventId: 0, entryBase: 0, householdBase: 0, entries: 0, households: 0 };
    let given: SupplyNumbers = numbers;
    const result: CheckResult = await this.#threads.check(
      {
        archive: path,
        fileName,
        door,
        declared,
        folder,
        comune,
        supplyId,
        position,
        allowedComuni: this.#options.allowedComuni ?? null,
        today: romeDay(arrival.now()),
        confirmTooMuch: confirmed,
      },
      {
        taken: turns.started.done,
        number: async (counts) => {
          // Numbers are given in the order of the files, so that two loads of the same files give the same ones.
          await turns.numbered.wait;
          given = await arrival.numbers(supplyId, counts);
          turns.numbered.done();
          return given;
        },
        progress: (done, total) => this.#tell({ kind: 'checking', file: fileName, done, total }),
      },
    );
    const { manifest, ...supply } = result.supply;
    return {
      supply,
      manifest,
      numbers: given,
      files: result.files,
      archive: path,
      ofChanges: supplyNamed(fileName, declared).tipo === 'VARIAZIONI',
      lines: result.lines,
      findings: result.findings,
      ...(position === null
        ? {}
        : {
            later: {
              confirmed,
              tooMany,
              missing,
              reread: this.#reread(supply, arrival.now()),
              describe: describeFault,
            },
          }),
    };
  }

  #write(checked: Checked, arrival: Arrival, ahead: AppliedAhead | null): Promise<WrittenSupply> {
    return this.#ahead.whileWriting(ahead, async () => {
      const now = arrival.now();
      await arrival.beforeWrite();
      return checked.ofChanges
        ? writeEventSupply(this.#db, this.#events(checked, arrival), now, ahead)
        : writeFullSupply(this.#db, checked, now);
    });
  }

  #events(checked: Checked, arrival: Arrival): PreparedEvents {
    const { supply, manifest, archive, numbers, lines, findings } = checked;
    return {
      supply,
      manifest,
      archive,
      supplyId: numbers.supplyId,
      lines,
      findings,
      describe: describeFault,
      reread: this.#reread(supply, arrival.now()),
    };
  }

  /** Of a supply of changes: applied while what comes before it is written. */
  async #applyAhead(checked: Checked, arrival: Arrival, turns: Turns): Promise<AppliedAhead | null> {
    if (!checked.ofChanges || arrival.ahead !== true) return null;
    await turns.applied.wait;
    return this.#ahead.apply(this.#events(checked, arrival), turns.written.wait);
  }

  /** Reads again what was kept raw. */
  #reread(supply: SupplyRecord, now: Date): (raw: string, riga: number) => EventLine {
    const judged = { situazioneAl: supply.situazioneAl ?? romeDay(now), reference: this.#options.reference };
    return (raw, riga) => rereadEvent(raw, riga, judged);
  }

  /** Does it wait for one that came to nothing? SIP-006 would blame the comune for it. */
  async #isBehind({ fileName, declared }: Arrived, unloaded: Unloaded): Promise<boolean> {
    const { comune, progressivo } = supplyNamed(fileName, declared);
    const next = ((await findPosition(this.#db, comune))?.lastProgressivo ?? 0) + 1;
    return unloaded.progressivo === next && progressivo > next;
  }

  /** Checks at once, writes when its turn comes. @param before what came to nothing of the supplies of its comune before it */
  async load(delivery: Delivery, turns: Turns, before: Promise<Unloaded | null>): Promise<IntakeResult> {
    const { started, numbered, written } = turns;
    const file = deliveryName(delivery);
    let folder: string | null = null;
    try {
      const arrival = this.#arrivalOf(delivery);
      folder = await mkdtemp(join(this.#options.workFolder, `${process.pid}-`));
      // Threads are taken in order: a supply that waits for its number never holds the one that an earlier supply needs.
      await started.wait;
      const unloaded = await before;
      const arrived = await this.#arrive(delivery, folder);
      if (arrival.operation === true) {
        started.done();
        await written.wait;
        const { receipt } = await takeOperation(this.#db, arrived.path, arrival, this.#options);
        return { file, receipt, supply: null };
      }
      const repeated = await this.#accepted(arrived);
      if (repeated !== null) {
        await written.wait;
        return { file, receipt: repeated, supply: null };
      }
      if (unloaded !== null && (await this.#isBehind(arrived, unloaded)))
        return { file, error: behind(file, unloaded) };
      const prepared = await this.#check(arrived, folder, arrival, turns);
      numbered.done();
      const ahead = await this.#applyAhead(prepared, arrival, turns);
      if (this.#ahead.mayGoOn(ahead)) turns.applied.done();
      await written.wait;
      this.#tell({ kind: 'writing', file });
      const writing = this.#write(prepared, arrival, ahead);
      turns.applied.done();
      return { file, ...(await writing) };
    } catch (error) {
      if (error instanceof AppError) return { file, error };
      if (isDiskFull(error)) return { file, error: folderFull(this.#options.workFolder, error) };
      throw error;
    } finally {
      // Whatever happened, those after this one must not wait for it.
      started.done();
      void numbered.wait.then(numbered.done);
      void written.wait.then(turns.applied.done);
      void written.wait.then(written.done);
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    }
  }
}

/** A supply as one file. */
interface Arrived extends Pick<Delivery, 'door' | 'declared'> {
  readonly path: string;
  readonly fileName: string;
}

/** A supply of either kind, checked and ready to be written. */
interface Checked extends PreparedSupply {
  readonly ofChanges: boolean;
  readonly lines: readonly EventLine[];
  readonly findings: readonly Finding[];
}

/** Loads supplies that come now; a path alone is a ZIP of the tracciato SIPOP. @returns one result for each, in the same order */
export function loadSupplies(
  db: Database,
  supplies: readonly (string | Delivery)[],
  options: IntakeOptions,
): Promise<IntakeResult[]> {
  const confirmed = (delivery: Delivery): boolean => options.confirmed?.has(deliveryName(delivery)) ?? false;
  const deliveries = supplies.map((s) => (typeof s === 'string' ? sipopDelivery(s) : s));
  return loadArriving(db, deliveries, (d) => arriveNow(db, options.now, confirmed(d)), options);
}

/**
 * Loads the supplies in the order given. A comune's supplies wait for each other; those of different comuni are checked
 * side by side, a few ahead of the writer.
 * @returns one result for each, in the same order
 * @throws what was unforeseen in one (a defect), once the others have been tried
 */
export async function loadArriving(
  db: Database,
  deliveries: Iterable<Delivery> | AsyncIterable<Delivery>,
  arrivalOf: (delivery: Delivery) => Arrival,
  options: LoadOptions,
): Promise<IntakeResult[]> {
  await clearStale(options.workFolder);
  const loader = new Loader(db, arrivalOf, options);
  const turns = allTurns();
  const lastOf = new Map<string, Promise<Unloaded | null>>();
  const ahead = (options.threads ?? 2) + AHEAD;
  const running: Promise<IntakeResult>[] = [];
  try {
    for await (const delivery of deliveries) {
      const file = deliveryName(delivery);
      const { comune, progressivo } = supplyNamed(file, delivery.declared);
      const before = lastOf.get(comune) ?? Promise.resolve(null);
      const task = loader.load(delivery, turns(), before).then((result) => {
        options.onEvent?.({ kind: 'done', result });
        options.onResult?.(delivery, result);
        return result;
      });
      task.catch(() => undefined);
      lastOf.set(
        comune,
        task.then(
          async (result) =>
            'error' in result ? ((await before) ?? { file, progressivo, error: result.error }) : null,
          () => null,
        ),
      );
      running.push(task);
      // Files that wait for the writer lie on disk: no more of them than keeps the threads busy.
      // Something unforeseen in one is thrown at the end: those of other comuni do not wait for it to be mended.
      await running[running.length - ahead]?.catch(() => undefined);
    }
    await Promise.allSettled(running);
    return await Promise.all(running);
  } finally {
    await Promise.allSettled(running);
    await loader.close();
  }
}
