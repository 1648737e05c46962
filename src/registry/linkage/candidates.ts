/** From weighed pairs of records to candidates of entries, and what changes of those held. Pure. */
import type { EntryRecord } from './entry-record.ts';
import type { Scored } from './link.ts';
import type { HeldCandidate, NewCandidate } from './linkage.sql.ts';
import { probabilityOf, type WeighedField, type Weigher } from './model.ts';

/** A pair of entries that may be one person. */
export interface Candidate {
  /** The lower number first. */
  readonly a: number;
  readonly b: number;
  readonly weight: number;
  readonly probability: number;
  readonly fields: readonly WeighedField[];
  readonly sealed: boolean;
}

const rounded = (weight: number): number => Math.round(weight * 100) / 100;

/** A record by its number. */
export type RecordAt = (number: number) => EntryRecord;

/**
 * Of the identities of two entries the pair that weighs most speaks, of those first that no seal hides: what the open identities show by
 * themselves is no secret. Where a hidden one alone brings the two together, the candidate is sealed.
 * @param scored pairs that reach the threshold
 */
export function bestByEntries(scored: readonly Scored[], recordAt: RecordAt): Scored[] {
  const best = new Map<string, Scored>();
  const isSealed = (pair: Scored): boolean => recordAt(pair.a).sealed || recordAt(pair.b).sealed;
  const isBetter = (pair: Scored, held: Scored): boolean =>
    isSealed(pair) === isSealed(held) ? pair.weight > held.weight : isSealed(held);
  for (const pair of scored) {
    const [x, y] = [recordAt(pair.a).entryId, recordAt(pair.b).entryId];
    const key = x < y ? `${x}|${y}` : `${y}|${x}`;
    const held = best.get(key);
    if (held === undefined || isBetter(pair, held)) best.set(key, pair);
  }
  return [...best.values()];
}

export function candidateOf(pair: Scored, recordAt: RecordAt, weigher: Weigher<EntryRecord>): Candidate {
  const [x, y] = [recordAt(pair.a), recordAt(pair.b)];
  const [one, other] = x.entryId < y.entryId ? [x, y] : [y, x];
  const fields = weigher
    .explain(x, y, pair.levels)
    .map(({ field, level, weight }) => ({ field, level, weight: rounded(weight) }));
  const weight = rounded(fields.reduce((sum, f) => sum + f.weight, 0));
  return {
    a: one.entryId,
    b: other.entryId,
    weight,
    probability: probabilityOf(weigher.model.prior, weight),
    fields,
    sealed: one.sealed || other.sealed,
  };
}

export interface CandidateChanges {
  /** Candidates whose spell ends. */
  readonly ended: readonly number[];
  readonly begun: readonly NewCandidate[];
}

const DECIDED: ReadonlySet<string> = new Set(['same', 'different']);
const saying = (c: Pick<Candidate, 'weight' | 'fields' | 'sealed'>): string =>
  JSON.stringify([c.weight, c.sealed, c.fields.map((f) => [f.field, f.level, f.weight])]);

/** What is held may stay as it is: it is shown or not as what was found, and is not waiting to be held against a seal. */
const isMarkedRight = (before: HeldCandidate, found: Candidate): boolean =>
  before.sealed === found.sealed && (found.sealed || !before.awaits_seal);

/**
 * What is to be written so that the candidates held become those found. What an operator decided stays as it was when they judged
 * it, marked as its data are now; one that waits goes on waiting with the new weight.
 */
export function changesOf(held: readonly HeldCandidate[], found: readonly Candidate[]): CandidateChanges {
  const byPair = new Map(held.map((c) => [`${c.entry_a}|${c.entry_b}`, c]));
  const ended: number[] = [];
  const begun: NewCandidate[] = [];
  for (const candidate of found) {
    const key = `${candidate.a}|${candidate.b}`;
    const before = byPair.get(key);
    byPair.delete(key);
    if (before === undefined) {
      begun.push({ ...candidate, state: 'open' });
      continue;
    }
    const isDecided = DECIDED.has(before.state);
    if (isMarkedRight(before, candidate) && (isDecided || saying(before) === saying(candidate))) continue;
    ended.push(before.candidate_id);
    const { weight, probability, fields } = isDecided ? before : candidate;
    begun.push({ ...candidate, weight, probability, fields, state: before.state });
  }
  for (const gone of byPair.values()) if (!DECIDED.has(gone.state)) ended.push(gone.candidate_id);
  return { ended, begun };
}
