/** Loads broken off by `kill -9`, at moments chosen at random, and what was seen of them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../../src/platform/db/pool.ts';
import { projectRoot } from './scratch-server.ts';

export interface LoadRun {
  readonly child: ChildProcess;
  /** Exit status; null where it was killed. */
  readonly ended: Promise<number | null>;
  output(): string;
}

/** `./sipop intake load`, in a process of its own. */
export function startLoad(files: readonly string[], env: Readonly<Record<string, string>>): LoadRun {
  const child = spawn(
    process.execPath,
    [join(projectRoot, 'src/entry/cli.ts'), 'intake', 'load', '--json', ...files],
    {
      cwd: '/',
      // What is to be broken off are loads: their linkage comes behind them.
      env: { PATH: '/usr/bin:/bin', SIPOP_LINKAGE_AFTER_LOAD: 'no', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
  const ended = new Promise<number | null>((done) => child.on('exit', (status) => done(status)));
  return { child, ended, output: () => output };
}

/**
 * Transactions of loads that have written something and are not committed: they alone have a number of their own. Not those of
 * one statement, which give numbers out, nor those that are committing: the server does so whatever becomes of the load.
 */
const WRITING = `select pid, backend_xid::text as xid from pg_stat_activity
  where datname = current_database() and application_name = 'sipop' and backend_xid is not null and xact_start < query_start
    and query !~* '^\\s*(commit|end)\\M'`;
const CONNECTED = `select pid from pg_stat_activity
  where datname = current_database() and application_name = 'sipop'`;

/** A server process in the midst of a write, and the number of its transaction. */
export interface Writing {
  readonly pid: number;
  readonly xid: string;
}

export const writingBackends = async (watcher: Database): Promise<Writing[]> =>
  (await watcher.query<Writing>(WRITING)).rows;

/**
 * Of these transactions, those of which nothing is left: the blow came before they had committed. To be asked before anything else is
 * written. A server that was killed may have lost their numbers with the rest; it then knows them not, or as not yet given.
 */
export async function undone(watcher: Database, struck: readonly Writing[]): Promise<Writing[]> {
  const left: Writing[] = [];
  for (const { pid, xid } of struck) {
    const { rows } = await watcher.query<{ status: string | null }>(
      `select case when $1::xid8 < pg_snapshot_xmax(pg_current_snapshot()) then pg_xact_status($1::xid8) end as status`,
      [xid],
    );
    if (rows[0]?.status === 'aborted' || rows[0]?.status === null) left.push({ pid, xid });
  }
  return left;
}

/** Until the server has noticed that the load is gone, and ended what it had begun. */
export async function untilGone(watcher: Database): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if ((await watcher.query(CONNECTED)).rowCount === 0) return;
    await wait(25);
  }
  throw new Error('the server still holds connections of a load that was killed');
}

async function acceptedOf(watcher: Database): Promise<number> {
  const { rows } = await watcher.query<{ n: number }>(
    "select count(*)::int as n from supplies where esito <> 'RIFIUTATA'",
  );
  return rows[0]!.n;
}

/** What must hold after every kill: a supply is there with all that is of it, or not at all. */
const HALVES = `
  select 'event without supply' as fault, count(*)::int as n from events e where not exists (select from supplies s where s.supply_id = e.supply_id)
  union all select 'supply without its bytes', count(*)::int from supplies s
    where s.esito <> 'RIFIUTATA' and not exists (select from supply_contents c where c.supply_id = s.supply_id)
  union all select 'entry without event', count(*)::int from entries x where not exists (select from events e where e.event_id = x.event_id)
  union all select 'identity without event', count(*)::int from identities x where not exists (select from events e where e.event_id = x.event_id)
  union all select 'full supply without its subjects', count(*)::int from supplies s
    where s.tipo = 'COMPLETA' and s.esito <> 'RIFIUTATA'
      and (s.applicate ->> 'soggetti.csv')::int <> (select count(*) from entries x join events e using (event_id) where e.supply_id = s.supply_id)
  union all select 'accepted twice', count(*)::int from (select 1 from supplies where esito <> 'RIFIUTATA' group by comune, progressivo, id_operazione having count(*) > 1) t`;

export async function halfApplied(watcher: Database): Promise<string[]> {
  const { rows } = await watcher.query<{ fault: string; n: number }>(HALVES);
  return rows.filter((r) => r.n > 0).map((r) => `${r.fault}: ${r.n}`);
}

/** Tries of a fiftieth of a second, after which a load that stands still is let go on. */
const MOST_TRIES = 250;

/**
 * Does the server wait for the next word, or for the next rows of a COPY, in one of these transactions, and go on waiting? Not: has a commit on
 * its way to it.
 */
async function waitsForLoad(watcher: Database, seen: readonly Writing[]): Promise<boolean> {
  const xids = seen.map(({ xid }) => xid);
  for (let quiet = 0, tries = 0; quiet < 3; tries++) {
    const { rows } = await watcher.query<{ waits: boolean }>(
      `select (state = 'idle in transaction' or wait_event in ('ClientRead', 'ClientWrite')) is true as waits
         from pg_stat_activity where datname = current_database() and backend_xid::text = any($1)`,
      [xids],
    );
    if (rows.length === 0 || tries === MOST_TRIES) return false;
    quiet = rows.some(({ waits }) => waits) ? quiet + 1 : 0;
    await wait(20);
  }
  return true;
}

/**
 * Waits until a load has written and not committed, and stops it there: a write takes some hundredths of a second.
 * @returns the transactions that are open while it is stopped; none where it ends before, or is not seen to write
 */
async function heldWriting(watcher: Database, load: ChildProcess): Promise<Writing[]> {
  while (load.exitCode === null && load.signalCode === null) {
    const seen = await writingBackends(watcher);
    if (seen.length === 0) continue;
    load.kill('SIGSTOP');
    if (await waitsForLoad(watcher, seen)) return seen;
    load.kill('SIGCONT');
  }
  return [];
}

/** Of the time that a load has left, the part in which kills that are not aimed come: one that ends first is another database to be loaded. */
const MIDST = 0.7;

/** Until so many supplies are accepted, or the load has ended. */
async function reaches(watcher: Database, load: ChildProcess, accepted: number): Promise<void> {
  while (load.exitCode === null && load.signalCode === null && (await acceptedOf(watcher)) < accepted)
    await wait(10);
}

export interface KillTally {
  kills: number;
  /** Of them, while a transaction of the load had written and not committed: what it wrote was gone afterwards. */
  whileWriting: number;
  /** Loads that ended before their moment came. */
  ended: number;
}

export interface KillOptions {
  readonly watcher: Database;
  readonly files: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** How many more kills, at most. */
  readonly upTo: number;
  /** How long an undisturbed load takes. */
  readonly loadMs: number;
  /** Aim every kill at a write, not every other. */
  readonly allAimed: boolean;
  /** 0 to 1. */
  readonly random: () => number;
}

/**
 * Loads the files and kills the load, over and over, until one of them comes to its end.
 * @throws Error where something is half applied, or a load fails by itself
 */
export async function loadKilled(options: KillOptions): Promise<KillTally> {
  const { watcher, files, env, upTo, loadMs, allAimed, random } = options;
  const tally: KillTally = { kills: 0, whileWriting: 0, ended: 0 };
  for (;;) {
    const before = await acceptedOf(watcher);
    const run = startLoad(files, env);
    // What is loaded already goes by fast: moments are chosen in what is left.
    const left = loadMs * (0.2 + 0.8 * (1 - before / files.length));
    const last = tally.kills >= upTo;
    // Every other kill is aimed: a time that was measured on a machine at rest tells little of a busy one, so it goes by what has been loaded.
    const aimed = allAimed || tally.kills % 2 === 1;
    const upon = Math.min(before + Math.floor(random() * 3), files.length - 1);
    const come = async (): Promise<void> =>
      aimed ? reaches(watcher, run.child, upon) : wait(random() * left * MIDST);
    const moment = last ? null : come();
    const status = await Promise.race([
      run.ended,
      ...(moment === null ? [] : [moment.then(() => undefined)]),
    ]);
    if (status !== undefined) {
      if (status !== 0) throw new Error(`a load failed by itself (${status}): ${run.output()}`);
      tally.ended++;
      if (aimed) await moment;
      return tally;
    }
    const writing = aimed ? await heldWriting(watcher, run.child) : await writingBackends(watcher);
    if (run.child.exitCode !== null) continue;
    run.child.kill('SIGKILL');
    await run.ended;
    tally.kills++;
    await untilGone(watcher);
    // What it was writing is not there: the kill came in the midst of it.
    if ((await undone(watcher, writing)).length > 0) tally.whileWriting++;
    const halves = await halfApplied(watcher);
    if (halves.length > 0) throw new Error(`after kill ${tally.kills}: ${halves.join(', ')}`);
  }
}
