/**
 * Loads during which the database server is killed: the postmaster, or one of its backends (which the server answers by ending
 * all of them and recovering). The command says that the database is gone; the next one starts it again and goes on.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../src/kernel/app-error.ts';
import { ensureRunning } from '../../src/platform/db/embedded.ts';
import { type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { daysChanges, fullSupplies } from '../../test/support/kill-supplies.ts';
import { halfApplied, startLoad, type Writing, writingBackends } from '../../test/support/killed-loads.ts';
import { differences, dumpRegister, type RegisterDump } from '../../test/support/register-dump.ts';
import { scratch, sipop } from '../../test/support/scratch-server.ts';
import { Random } from './random.ts';

/** A load whose server is gone must say so within this time. */
const MUST_END_MS = 90_000;
/** A server that does not answer within this time is kept from it by the backend that was stopped. */
const MUST_ANSWER_MS = 2_000;

export interface ServerKillReport {
  readonly postmasters: number;
  readonly backends: number;
  /** Kills of a server whose writing process stood still in the midst of its transaction: it had written, and could not commit any more. */
  readonly whileWriting: number;
  readonly differences: readonly string[];
}

export interface ServerKillOptions {
  /** So many for each kind of supply. */
  readonly kills: number;
  readonly seed: number;
  readonly persons: number;
  readonly comuni: number;
}

/**
 * The supply that was being written is refused, and those after it go on: receipts are given in another order, and of two
 * registers that know one person the one that comes later is the one that tells it.
 */
const BY_ORDER = [
  'ricevuta',
  ...['basis', 'event_id', 'recorded_from'].map((column) => `person_entries.${column}`),
  ...['opened_at', 'opened_by'].map((column) => `reconciliation_findings.${column}`),
];
const dumped = (db: Database): Promise<RegisterDump> => dumpRegister(db, BY_ORDER);

/** @returns false where there is no such process any more */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

class ServerTrial {
  readonly #folder: string;
  readonly #random: Random;

  constructor(folder: string, seed: number) {
    this.#folder = folder;
    this.#random = new Random(seed);
  }

  /** Waits for a server that has just been killed: it is up again when it has recovered. */
  async on<T>(name: string, work: (db: Database) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        const server = await ensureRunning({ dataFolder: this.#folder });
        const url = server.url('sipop_owner', name);
        const db = await openDatabase({ url, applicationName: 'kill trial', poolSize: 1 });
        try {
          return await work(db);
        } finally {
          await db.close();
        }
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'database-unavailable' || tries === 60)
          throw error;
        await wait(500);
      }
    }
  }

  /** Starts a load and kills the server under it. @returns what was seen of it; null where the load had ended before */
  async #killUnder(files: readonly string[], postmaster: boolean, withinMs: number): Promise<Writing | null> {
    const run = startLoad(files, { SIPOP_DATA: this.#folder });
    const { pid } = await ensureRunning({ dataFolder: this.#folder });
    const moment = this.#random.next() * withinMs;
    const struck = await this.#watching(async (db) => {
      // From the moment at which the load has reached the server.
      const connected = "select from pg_stat_activity where application_name = 'sipop'";
      while (run.child.exitCode === null && (await db.query(connected)).rowCount === 0) await wait(20);
      await Promise.race([run.ended, wait(moment)]);
      // A write takes some hundredths of a second: it is waited for, and held where it is before the blow.
      while (run.child.exitCode === null) {
        const [target] = await writingBackends(db);
        if (target === undefined || !signal(target.pid, 'SIGSTOP')) continue;
        if (!(await this.#held(db, target))) {
          signal(target.pid, 'SIGCONT');
          continue;
        }
        if (postmaster) process.kill(pid, 'SIGKILL');
        signal(target.pid, 'SIGKILL');
        return target;
      }
      return null;
    });
    if (struck === null) {
      await run.ended;
      return null;
    }
    const status = await Promise.race([run.ended, wait(MUST_END_MS, 'hangs' as const)]);
    if (status === 'hangs') {
      run.child.kill('SIGKILL');
      throw new Error(`a load hangs after its server was killed: ${run.output()}`);
    }
    return struck;
  }

  /**
   * Does the backend that has been stopped still stand in its transaction? Where it was stopped with a lock of the server in its hand (the one of
   * the list of transactions, say) nobody is told anything any more, the trial's own question included: then it is let go, and the answer is no.
   */
  async #held(db: Database, target: Writing): Promise<boolean> {
    const asked = writingBackends(db).then((backends) => backends.some(({ xid }) => xid === target.xid));
    const answer = await Promise.race([asked, wait(MUST_ANSWER_MS, 'silent' as const)]);
    if (answer !== 'silent') return answer;
    signal(target.pid, 'SIGCONT');
    await asked;
    return false;
  }

  /** Works with a connection of which the server may be killed. */
  async #watching<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const server = await ensureRunning({ dataFolder: this.#folder });
    const url = server.url('sipop_owner', 'sipop');
    const db = await openDatabase({ url, applicationName: 'kill trial', poolSize: 1 });
    try {
      return await work(db);
    } finally {
      await db.close().catch(() => undefined);
    }
  }

  async run(
    files: readonly string[],
    expected: RegisterDump,
    kills: number,
    loadMs: number,
  ): Promise<ServerKillReport> {
    const report = { postmasters: 0, backends: 0, whileWriting: 0 };
    for (let tries = 0; report.postmasters + report.backends < kills && tries < 4 * kills; tries++) {
      const postmaster = report.postmasters <= report.backends;
      // A share of the load each, so that it does not come to its end before the last of them.
      const struck = await this.#killUnder(files, postmaster, loadMs / kills);
      if (struck === null) continue;
      if (postmaster) report.postmasters++;
      else report.backends++;
      // It stood still with its transaction open, and never moved again. The server cannot be asked what became of the number: one that it lost
      // with a crash is given again.
      report.whileWriting++;
      const halves = await this.on('sipop', halfApplied);
      if (halves.length > 0) throw new Error(`half applied: ${halves.join(', ')}`);
    }
    const last = startLoad(files, { SIPOP_DATA: this.#folder });
    if ((await last.ended) !== 0) throw new Error(`the last load failed: ${last.output()}`);
    return { ...report, differences: differences(expected, await this.on('sipop', dumped)) };
  }
}

export async function serverKillTrial(
  options: ServerKillOptions,
): Promise<{ readonly completa: ServerKillReport; readonly variazioni: ServerKillReport }> {
  const place = scratch();
  try {
    const supplies = join(place.folder, 'supplies');
    mkdirSync(supplies);
    const files = await fullSupplies(supplies, options.persons, options.comuni);
    const started = await sipop(['db', 'start'], { SIPOP_DATA: place.folder });
    if (started.status !== 0) throw new Error(started.output);
    const trial = new ServerTrial(place.folder, options.seed);
    await trial.on('postgres', (db) => db.query('create database undisturbed template sipop'));
    const { url } = await ensureRunning({ dataFolder: place.folder });
    const env = { DATABASE_URL: url('sipop_owner', 'undisturbed'), SIPOP_DATA: join(place.folder, 'work') };
    const load = async (paths: readonly string[]): Promise<{ dump: RegisterDump; ms: number }> => {
      const began = performance.now();
      const run = startLoad(paths, env);
      if ((await run.ended) !== 0) throw new Error(run.output());
      const ms = performance.now() - began;
      return { dump: await trial.on('undisturbed', dumped), ms };
    };
    const full = await load(files);
    const changes = await trial.on('undisturbed', (db) => daysChanges(db, join(place.folder, 'changes'), 60));
    const changed = await load(changes);
    return {
      completa: await trial.run(files, full.dump, options.kills, full.ms),
      variazioni: await trial.run(changes, changed.dump, options.kills, changed.ms),
    };
  } finally {
    await place.remove();
  }
}
