/**
 * Rebuilds the register from the stored supplies into a second schema, by the very road of a load, and compares every table
 * row by row (registry.md, invariant 4; docs/adr/0011-replay.md).
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../kernel/app-error.ts';
import { compareTable, type TableComparison } from '../../platform/db/compare-tables.ts';
import {
  createMirror,
  dropMirror,
  listKeys,
  listTables,
  tryLockMirror,
  unlockMirror,
} from '../../platform/db/mirror-schema.sql.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { clearStale } from '../../platform/files/work-folders.ts';
import type { Reference } from '../../reference/load-reference.ts';
import { applyAct } from '../../registry/review/decide.ts';
import {
  carryPostponements,
  carryRefusal,
  eachContent,
  listRecorded,
  listRecordedActs,
  type RecordedAct,
  type RecordedSupply,
  STANDING_CLOCK,
  setBack,
  setClockBack,
} from '../../registry/supplies/replay.sql.ts';
import { takeInstant } from '../../registry/supplies/supplies.sql.ts';
import type { Arrival } from './arrival.ts';
import type { Delivery } from './delivery.ts';
import { type IntakeResult, loadArriving } from './intake.service.ts';

const REGISTER = 'registry';
export const REPLAY_SCHEMA = 'registry_replay';

/**
 * Counters: what was given out to a supply that never came to be written is missing from them, and nothing else is. And linkage,
 * which proposes and is computed again from the facts at will: no supply writes it (docs/adr/0012-linkage.md).
 */
const NOT_COMPARED: ReadonlySet<string> = new Set([
  'register_clock',
  'number_blocks',
  'receipt_numbers',
  'linkage_models',
  'linkage_runs',
  'linkage_keys',
  'linkage_candidates',
]);
/** Differences told one by one, of each table. */
const SHOWN = 5;

export interface ReplayOptions {
  /** The register, as the application. */
  readonly db: Database;
  /** A login that may act as sipop_migrator: it makes and removes the second schema. */
  readonly owner: Database;
  /** Opens the application's connections to the second schema. */
  readonly openReplica: (searchPath: string) => Promise<Database>;
  readonly workFolder: string;
  readonly reference: Reference;
  readonly threads?: number;
  /** Leave the second schema there, to be looked at. */
  readonly keep?: boolean;
  readonly onEvent?: (event: ReplayEvent) => void;
}

/** What happens during a replay, for whoever shows it. */
export type ReplayEvent =
  | { readonly kind: 'supply'; readonly file: string; readonly progress: ReplayProgress }
  | { readonly kind: 'table'; readonly table: string; readonly done: number; readonly total: number };

export interface ReplayProgress {
  /** Supplies. */
  readonly done: number;
  readonly total: number;
  /** Rows and lines of their files. */
  readonly rows: number;
  readonly allRows: number;
}

/** A supply that did not come out as it had. */
export interface ReplayedOtherwise {
  readonly file: string;
  readonly ricevuta: string;
  readonly italian: string;
  readonly english: string;
}

export interface ReplayReport {
  readonly equal: boolean;
  /** Accepted supplies applied again, and refusals carried over. */
  readonly supplies: number;
  readonly refusals: number;
  /** Decisions of operators about who is one person, applied again. */
  readonly decisions: number;
  readonly rows: number;
  readonly otherwise: readonly ReplayedOtherwise[];
  readonly tables: readonly TableComparison[];
}

/**
 * Replays everything recorded when it begins, and compares it with the register as it stood then, however much is loaded
 * meanwhile: one snapshot, held for as long as the replay lasts, locks nothing.
 * @throws AppError 'conflict' while another replay runs
 */
export async function replayRegister(options: ReplayOptions): Promise<ReplayReport> {
  return options.owner.withClient(async (owner) => {
    if (!(await tryLockMirror(owner)))
      throw new AppError(
        'conflict',
        'una ricostruzione è già in corso su questa base dati: attendere che finisca.',
        'a replay is already running on this database: wait until it ends.',
      );
    try {
      return await options.db.transaction((stored) => replayInto(stored, owner, options), {
        isolation: 'repeatable read',
        readOnly: true,
      });
    } finally {
      if (options.keep !== true) await dropMirror(owner, REPLAY_SCHEMA);
      await unlockMirror(owner);
    }
  });
}

async function replayInto(stored: Client, owner: Client, options: ReplayOptions): Promise<ReplayReport> {
  const recorded = await listRecorded(stored);
  const acts = await listRecordedActs(stored);
  await createMirror(owner, REGISTER, REPLAY_SCHEMA, STANDING_CLOCK);
  const replica = await options.openReplica(`${REPLAY_SCHEMA},public`);
  await clearStale(options.workFolder);
  const folder = await mkdtemp(join(options.workFolder, `${process.pid}-`));
  try {
    const otherwise = await new Replay(stored, replica, { recorded, acts }, folder, options).run();
    const tables = await compareAll(stored, replica, options);
    const same = tables.every((t) => t.firstOnly === 0 && t.secondOnly === 0 && t.first === t.second);
    const refusals = recorded.filter((s) => s.recordedAt === null).length;
    return {
      equal: same && otherwise.length === 0,
      supplies: recorded.length - refusals,
      refusals,
      decisions: acts.length,
      rows: recorded.reduce((sum, s) => sum + (s.recordedAt === null ? 0 : s.rows), 0),
      otherwise,
      tables,
    };
  } finally {
    await replica.close();
    await rm(folder, { recursive: true, force: true });
  }
}

class Replay {
  readonly #stored: Client;
  readonly #replica: Database;
  readonly #folder: string;
  readonly #options: ReplayOptions;
  readonly #accepted: readonly RecordedSupply[];
  readonly #byDelivery = new Map<Delivery, RecordedSupply>();
  /** The refusals recorded just before an accepted supply; under null, those after the last. */
  readonly #refusalsBefore = new Map<number | null, readonly RecordedSupply[]>();
  readonly #actsBefore: ReadonlyMap<number | null, readonly RecordedAct[]>;
  readonly #otherwise: ReplayedOtherwise[] = [];
  #done = 0;
  #rows = 0;

  constructor(
    stored: Client,
    replica: Database,
    {
      recorded,
      acts,
    }: { readonly recorded: readonly RecordedSupply[]; readonly acts: readonly RecordedAct[] },
    folder: string,
    options: ReplayOptions,
  ) {
    this.#stored = stored;
    this.#replica = replica;
    this.#folder = folder;
    this.#options = options;
    this.#actsBefore = Map.groupBy(acts, (act) => act.beforeSupply);
    this.#accepted = recorded.filter((s) => s.recordedAt !== null);
    let refusals: RecordedSupply[] = [];
    for (const supply of recorded)
      if (supply.recordedAt === null) refusals.push(supply);
      else {
        this.#refusalsBefore.set(supply.supplyId, refusals);
        refusals = [];
      }
    this.#refusalsBefore.set(null, refusals);
  }

  async run(): Promise<readonly ReplayedOtherwise[]> {
    const arrivalOf = (delivery: Delivery): Arrival => this.#arrivalOf(this.#byDelivery.get(delivery)!);
    await loadArriving(this.#replica, this.#archives(), arrivalOf, {
      workFolder: join(this.#folder, 'intake'),
      reference: this.#options.reference,
      ...(this.#options.threads === undefined ? {} : { threads: this.#options.threads }),
      onResult: (delivery, result) => this.#take(delivery, result),
    });
    await this.#carry(null);
    await carryPostponements(this.#stored, this.#replica);
    return this.#otherwise;
  }

  /** Takes each archive out of the database when its turn comes. */
  async *#archives(): AsyncGenerator<Delivery> {
    for (const supply of this.#accepted) {
      const path = join(this.#folder, String(supply.supplyId), supply.fileName);
      await mkdir(dirname(path));
      await writeFile(path, eachContent(this.#stored, supply.supplyId), { mode: 0o600 });
      const delivery = deliveryOf(supply, path);
      this.#byDelivery.set(delivery, supply);
      yield delivery;
    }
  }

  #arrivalOf(supply: RecordedSupply): Arrival {
    return {
      now: () => new Date(supply.receivedAt),
      confirmed: supply.confirmed,
      operation: supply.tipo === 'OPERAZIONE',
      supplyId: async () => supply.supplyId,
      numbers: async (supplyId, counts) => ({
        supplyId,
        eventId: supply.eventBase + 1,
        entryBase: supply.entryBase,
        householdBase: supply.householdBase,
        entries: counts.soggetti,
        households: counts.famiglie + counts.convivenze,
      }),
      beforeWrite: async () => {
        await this.#carry(supply.supplyId);
        await setBack(this.#replica, supply);
      },
    };
  }

  async #carry(before: number | null): Promise<void> {
    for (const refusal of this.#refusalsBefore.get(before) ?? [])
      await carryRefusal(this.#replica, refusal.supplyId);
    for (const act of this.#actsBefore.get(before) ?? []) await this.#decide(act);
  }

  /** An act of an operator comes again between the supplies between which it came. */
  async #decide(act: RecordedAct): Promise<void> {
    const { kind, undoes, operator, reason, until } = act;
    const again = { kind, pair: [act.entryId, act.otherEntryId], undoes, operator, reason, until } as const;
    try {
      await this.#replica.transaction(async (client) => {
        await setClockBack(client, act.recordedAt);
        await applyAct(client, again, await takeInstant(client));
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#otherwise.push({
        file: `decisione / decision D${act.decisionId}`,
        ricevuta: '',
        italian: `non si è potuta rifare: ${error.italian}`,
        english: `could not be done again: ${error.english}`,
      });
    }
  }

  #take(delivery: Delivery, result: IntakeResult): void {
    const supply = this.#byDelivery.get(delivery)!;
    const other = otherwiseThan(supply, result);
    if (other !== null) this.#otherwise.push(other);
    this.#done++;
    this.#rows += supply.rows;
    this.#options.onEvent?.({
      kind: 'supply',
      file: supply.fileName,
      progress: {
        done: this.#done,
        total: this.#accepted.length,
        rows: this.#rows,
        allRows: this.#accepted.reduce((sum, s) => sum + s.rows, 0),
      },
    });
    void rm(dirname(delivery.paths[0]!), { recursive: true, force: true });
  }
}

/** The supply as it was handed over: what was kept is one file, and what was said beside it stands in its record. */
function deliveryOf(supply: RecordedSupply, path: string): Delivery {
  const { door, fileName, comune, progressivo, tipo, situazioneAl } = supply;
  // An operation is known for one by its arrival, and says all of itself.
  if (door === 'OPERAZIONI' || tipo === 'OPERAZIONE')
    return { paths: [path], door: 'SIPOP', declared: null, fileName };
  if (door === 'SIPOP') return { paths: [path], door, declared: null };
  if (tipo === 'SCONOSCIUTA' || situazioneAl === null)
    throw new Error(`${fileName} was accepted without its head`);
  return { paths: [path], door, declared: { tipo, comune, progressivo, situazioneAl }, fileName };
}

/** What is said of a supply whose outcome is another than it was; null where it is the same. */
function otherwiseThan(supply: RecordedSupply, result: IntakeResult): ReplayedOtherwise | null {
  const where = { file: supply.fileName, ricevuta: supply.ricevuta };
  if ('error' in result)
    return {
      ...where,
      italian: `non si è potuta rifare: ${result.error.italian}`,
      english: `could not be done again: ${result.error.english}`,
    };
  if (result.receipt.esito === supply.esito && result.receipt.ricevuta === supply.ricevuta) return null;
  return {
    ...where,
    italian: `era ${supply.esito} con ricevuta ${supply.ricevuta}, rifatta è ${result.receipt.esito} con ricevuta ${result.receipt.ricevuta}`,
    english: `was ${supply.esito} with receipt ${supply.ricevuta}, done again it is ${result.receipt.esito} with receipt ${result.receipt.ricevuta}`,
  };
}

/** Every table of the register, whatever is in it. */
async function compareAll(
  stored: Client,
  replica: Database,
  options: ReplayOptions,
): Promise<TableComparison[]> {
  const tables = (await listTables(stored, REGISTER)).filter((table) => !NOT_COMPARED.has(table));
  const keys = await listKeys(stored, REGISTER);
  const found: TableComparison[] = [];
  for (const [i, table] of tables.entries()) {
    options.onEvent?.({ kind: 'table', table, done: i, total: tables.length });
    found.push(
      await replica.withClient((client) =>
        compareTable(
          { client: stored, schema: REGISTER },
          { client, schema: REPLAY_SCHEMA },
          table,
          keyOf(table, keys),
          SHOWN,
        ),
      ),
    );
  }
  return found;
}

/** Rows of the past have no key of their own: the key they had, and when they came to be held. */
function keyOf(table: string, keys: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const own = keys.get(table);
  if (own !== undefined) return own;
  const present = keys.get(table.replace(/_past$/, ''));
  return present === undefined ? [] : [...present, 'recorded_from'];
}
