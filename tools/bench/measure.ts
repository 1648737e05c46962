/** What is measured: spread of durations, processor time of this process and of the database's, peak memory. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Ticks a second of /proc/PID/stat (USER_HZ, 100 on every Linux architecture Node runs on). */
const TICKS = 100;

/** Durations in milliseconds, as they are told. */
export interface Spread {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** @param durations milliseconds, at least one */
export function spreadOf(durations: readonly number[]): Spread {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1)! };
}

/** Seconds of processor that this process and its threads have used. */
export function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Fields of /proc/PID/stat after the command's name, which may hold spaces; null once the process is gone. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/**
 * Seconds of processor that a PostgreSQL server has used since it started: its own, its living children's, and those of
 * the children that have ended. Linux alone; null elsewhere.
 * @param pid of the postmaster
 */
export function serverSeconds(pid: number): number | null {
  const postmaster = statOf(pid);
  if (postmaster === null) return null;
  // From the state on: ppid is 1, utime 11, stime 12, cutime 13, cstime 14 (proc_pid_stat(5)).
  const sum = (stat: readonly string[], fields: readonly number[]): number =>
    fields.reduce((total, i) => total + Number(stat[i]), 0);
  let ticks = sum(postmaster, [11, 12, 13, 14]);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(Number(name));
    if (stat !== null && Number(stat[1]) === pid) ticks += sum(stat, [11, 12]);
  }
  return ticks / TICKS;
}

/** The most memory this process has held at once, threads included, in MB. */
export const peakMegabytes = (): number => process.resourceUsage().maxRSS / 1024;

/** Megabytes that a server's processes hold, what they share counted once (Pss, Linux alone); null elsewhere. @param pid of the postmaster */
export function serverMegabytes(pid: number): number | null {
  let kilobytes = 0;
  for (const name of existsSync('/proc') ? readdirSync('/proc') : []) {
    if (!/^\d+$/.test(name)) continue;
    const number = Number(name);
    if (number !== pid && Number(statOf(number)?.[1]) !== pid) continue;
    try {
      const text = readFileSync(`/proc/${name}/smaps_rollup`, 'utf8');
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    } catch {
      // It ended meanwhile, or is not ours to read.
      if (number === pid) return null;
    }
  }
  return kilobytes / 1024;
}

const LOOK_EVERY_MS = 1000;

/** The most that a server held while `work` ran, as far as a look a second tells. */
export async function watchingServer<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly megabytes: number | null }> {
  let most = serverMegabytes(pid);
  const timer = setInterval(() => {
    const now = serverMegabytes(pid);
    if (now !== null) most = Math.max(most ?? 0, now);
  }, LOOK_EVERY_MS);
  try {
    const value = await work();
    return { value, megabytes: most };
  } finally {
    clearInterval(timer);
  }
}

export interface Timed<T> {
  readonly value: T;
  readonly seconds: number;
  /** Processor time of this process meanwhile, threads included. */
  readonly nodeSeconds: number;
  /** Of the server; null where it cannot be told. */
  readonly serverSeconds: number | null;
}

/** Runs `work` and tells what it took. @param pid of the postmaster */
export async function timed<T>(pid: number, work: () => Promise<T>): Promise<Timed<T>> {
  const before = { at: performance.now(), node: ownSeconds(), server: serverSeconds(pid) };
  const value = await work();
  const server = serverSeconds(pid);
  return {
    value,
    seconds: (performance.now() - before.at) / 1000,
    nodeSeconds: ownSeconds() - before.node,
    serverSeconds: server === null || before.server === null ? null : server - before.server,
  };
}
