/** Verifications that run behind whoever asked for them (security.md, 28): one at a time in a process, how far they are kept in the database. */
import { randomUUID } from 'node:crypto';
import type { Database } from '../../platform/db/pool.ts';
import { getSize } from './audit.sql.ts';
import type { CheckReport } from './check.ts';
import { type CheckpointPlace, keptNotes, openNotes, type UnusableNote } from './checkpoint-log.ts';
import { endRun, insertRun, type KeptReport, markRun } from './verification-runs.sql.ts';
import { verifyStored } from './verify.service.ts';

export interface VerificationContext {
  readonly db: Database;
  readonly place: CheckpointPlace;
  now(): Date;
}

/** Leaves after which it is written down how far it is. */
const MARK_EVERY = 50_000;

const running = new WeakMap<Database, { readonly runId: string; readonly ended: Promise<void> }>();

/** Begins a verification, or gives the one that runs already. @returns its number, and a promise of its end */
export async function startVerification(
  context: VerificationContext,
  by: string,
): Promise<{ readonly runId: string; readonly ended: Promise<void> }> {
  const { db } = context;
  const under = running.get(db);
  if (under !== undefined) return under;
  const runId = randomUUID();
  await insertRun(db, { runId, by, total: await getSize(db) }, context.now());
  const ended = verify(context, runId).finally(() => running.delete(db));
  const started = { runId, ended };
  running.set(db, started);
  return started;
}

async function verify(context: VerificationContext, runId: string): Promise<void> {
  const { db, place, now } = context;
  let marked: Promise<unknown> = Promise.resolve();
  const onLeaf = (index: number): void => {
    if (index % MARK_EVERY === 0 && index > 0)
      marked = marked.then(() => markRun(db, runId, index, now())).catch(() => undefined);
  };
  try {
    const notes = openNotes(await keptNotes(place), place.keys.verifiers, place.keys.origin);
    const report = await verifyStored(db, place.keys.sealers, notes.checkpoints, undefined, onLeaf);
    await marked;
    await endRun(db, runId, keptReport(report, notes.unusable), now());
  } catch {
    // Told as broken off: who asked begins another; what broke it is told by the readiness of the service.
    await endRun(db, runId, null, now()).catch(() => undefined);
  }
}

function keptReport(report: CheckReport, unusable: readonly UnusableNote[]): KeptReport {
  return {
    integro: report.faults.length === 0 && unusable.every(({ kind }) => kind !== 'forged'),
    foglie: report.leaves,
    radice: report.root.toString('base64'),
    firmate: report.signed,
    checkpoint: report.checkpoints,
    sigilli: report.sealed,
    guasti: report.faults.map(({ kind, from, to }) => ({ genere: kind, da: from, a: to })),
    note_inutilizzabili: unusable.map(({ from, kind }, i) => ({
      da: from.startsWith('audit.') ? from : `copia ${i + 1}`,
      genere: kind,
    })),
  };
}
