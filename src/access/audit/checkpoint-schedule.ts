/** Signed checkpoints by themselves (security.md, 27): after so many leaves, or so long after the last where anything was added. Witnesses fetch them. */
import { AppError } from '../../kernel/app-error.ts';
import { getSize } from './audit.sql.ts';
import { type CheckpointPlace, keptNotes, makeCheckpoint, openNotes } from './checkpoint-log.ts';

/** Defaults of the policy. */
export interface CheckpointPolicy {
  readonly leaves: number;
  /** Milliseconds. */
  readonly every: number;
}
export const CHECKPOINT_POLICY: CheckpointPolicy = { leaves: 10_000, every: 3_600_000 };

/** Is one due? @param last the largest that was signed; null: none was */
export function isDue(
  size: number,
  last: { readonly size: number; readonly at: string } | null,
  now: Date,
  policy: CheckpointPolicy = CHECKPOINT_POLICY,
): boolean {
  const added = size - (last?.size ?? 0);
  if (added <= 0) return false;
  return last === null || added >= policy.leaves || now.getTime() - Date.parse(last.at) >= policy.every;
}

/** Signs where one is due. @returns the note; null where none was @throws AppError audit-damaged where the tree is no longer the one signed last */
export async function checkpointWhenDue(
  place: CheckpointPlace,
  now: Date,
  policy: CheckpointPolicy = CHECKPOINT_POLICY,
): Promise<string | null> {
  const { verifiers, origin } = place.keys;
  const { checkpoints } = openNotes(await keptNotes(place), verifiers, origin);
  const last = checkpoints.toSorted((a, b) => b.size - a.size)[0] ?? null;
  return isDue(await getSize(place.db), last, now, policy) ? makeCheckpoint(place, now) : null;
}

/** Looks now and then. @returns what stops it */
export function keepCheckpoints(
  place: CheckpointPlace,
  now: () => Date,
  onFault: (error: unknown) => void,
  lookEvery = 60_000,
): () => void {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    checkpointWhenDue(place, now())
      .catch((error: unknown) => {
        // A tree that is not the one signed is told to who runs the service; the rest is tried again.
        onFault(error instanceof AppError ? error : new Error('checkpoint not made', { cause: error }));
      })
      .finally(() => {
        busy = false;
      });
  }, lookEvery);
  timer.unref();
  return () => clearInterval(timer);
}
