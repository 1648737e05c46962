/**
 * Loads that are killed again and again, and the register that comes of them against that of an undisturbed load: full supplies,
 * then a day's changes on top of them. On a durable server of its own. Used by the test (test/faults/kill.test.ts) and by the
 * long run (kill.ts).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedServer, ensureRunning } from '../../src/platform/db/embedded.ts';
import { type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { daysChanges, fullSupplies } from '../../test/support/kill-supplies.ts';
import { type KillTally, loadKilled, startLoad } from '../../test/support/killed-loads.ts';
import { differences, dumpRegister, type RegisterDump } from '../../test/support/register-dump.ts';
import { scratch, sipop } from '../../test/support/scratch-server.ts';
import { Random } from './random.ts';

export interface TrialOptions {
  /** At least so many kills of each kind of supply … */
  readonly kills: number;
  /** … and so many of them in the midst of a write. */
  readonly whileWriting: number;
  readonly seed: number;
  readonly persons: number;
  readonly comuni: number;
  readonly onProgress?: (words: string) => void;
}

export interface TrialReport extends KillTally {
  /** Loads brought to their end, each on a database of its own, and compared. */
  readonly loads: number;
  /** Milliseconds that an undisturbed load took. */
  readonly undisturbedMs: number;
  readonly rows: number;
  /** Where one of the registers differs from that of the undisturbed load. */
  readonly differences: readonly string[];
}

class Trial {
  readonly #server: EmbeddedServer;
  readonly #folder: string;
  readonly #random: Random;
  #next = 0;

  constructor(server: EmbeddedServer, folder: string, seed: number) {
    this.#server = server;
    this.#folder = folder;
    this.#random = new Random(seed);
  }

  open(name: string): Promise<Database> {
    return openDatabase({
      url: this.#server.url('sipop_owner', name),
      applicationName: 'kill trial',
      poolSize: 1,
    });
  }

  async clone(template: string): Promise<string> {
    const name = `kill_${++this.#next}`;
    const admin = await this.open('postgres');
    await admin.query(`create database ${name} template ${template}`);
    await admin.close();
    return name;
  }

  env(name: string): Record<string, string> {
    return { DATABASE_URL: this.#server.url('sipop_owner', name), SIPOP_DATA: join(this.#folder, 'work') };
  }

  async dump(name: string): Promise<RegisterDump> {
    const db = await this.open(name);
    try {
      return await dumpRegister(db);
    } finally {
      await db.close();
    }
  }

  /** Loads `files` into clones of `template`, killed and at last undisturbed, until there are kills enough. */
  async run(
    template: string,
    files: readonly string[],
    options: TrialOptions,
  ): Promise<TrialReport & { readonly loaded: string }> {
    const loaded = await this.clone(template);
    const began = performance.now();
    const run = startLoad(files, this.env(loaded));
    if ((await run.ended) !== 0) throw new Error(`the undisturbed load failed: ${run.output()}`);
    const undisturbedMs = Math.round(performance.now() - began);
    const expected = await this.dump(loaded);
    options.onProgress?.(`undisturbed: ${undisturbedMs} ms`);
    const report = { kills: 0, whileWriting: 0, ended: 0, loads: 0 };
    const found: string[] = [];
    while (report.kills < options.kills || report.whileWriting < options.whileWriting) {
      if (report.loads > 4 * options.kills) break;
      const name = await this.clone(template);
      const watcher = await this.open(name);
      const tally = await loadKilled({
        watcher,
        files,
        env: this.env(name),
        upTo: Math.max(4, options.kills - report.kills),
        loadMs: undisturbedMs,
        allAimed: report.kills >= options.kills,
        random: () => this.#random.next(),
      });
      await watcher.close();
      report.kills += tally.kills;
      report.whileWriting += tally.whileWriting;
      report.ended += tally.ended;
      report.loads++;
      options.onProgress?.(`${report.kills} kills, ${report.whileWriting} while writing`);
      found.push(...differences(expected, await this.dump(name)));
    }
    const rows = [...expected.values()].reduce((sum, table) => sum + table.length, 0);
    return { ...report, undisturbedMs, rows, differences: found, loaded };
  }
}

export async function killTrial(
  options: TrialOptions,
): Promise<{ readonly completa: TrialReport; readonly variazioni: TrialReport }> {
  const place = scratch();
  try {
    const started = await sipop(['db', 'start'], { SIPOP_DATA: place.folder });
    if (started.status !== 0) throw new Error(started.output);
    const server = await ensureRunning({ dataFolder: place.folder });
    const supplies = join(place.folder, 'supplies');
    mkdirSync(supplies);
    const trial = new Trial(server, place.folder, options.seed);
    const files = await fullSupplies(supplies, options.persons, options.comuni);
    const { loaded, ...completa } = await trial.run('sipop', files, options);
    const db = await trial.open(loaded);
    const changes = await daysChanges(db, join(place.folder, 'changes'), 120);
    await db.close();
    const { loaded: _, ...variazioni } = await trial.run(loaded, changes, options);
    return { completa, variazioni };
  } finally {
    await place.remove();
  }
}
