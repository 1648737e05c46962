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

/** Of the identities of two entries the pair that weighs most speaks; where one of the two is sealed, so is the candidate. */
export function bestByEntries(scored: readonly Scored[], records: readonly EntryRecord[]): Scored[] {
  const best = new Map<string, Scored>();
  for (const pair of scored) {
    const [x, y] = [records[pair.a]!.entryId, records[pair.b]!.entryId];
    const key = x < y ? `${x}|${y}` : `${y}|${x}`;
    const held = best.get(key);
    if (held === undefined || held.weight < pair.weight) best.set(key, pair);
  }
  return [...best.values()];
}

export function candidateOf(
  pair: Scored,
  records: readonly EntryRecord[],
  weigher: Weigher<EntryRecord>,
): Candidate {
  const [x, y] = [records[pair.a]!, records[pair.b]!];
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

/**
 * What is to be written so that the candidates held become those found. What an operator decided stays as it was when they judged
 * it; one that waits goes on waiting with the new weight.
 */
export function changesOf(held: readonly HeldCandidate[], found: readonly Candidate[]): CandidateChanges {
  const byPair = new Map(held.map((c) => [`${c.entry_a}|${c.entry_b}`, c]));
  const ended: number[] = [];
  const begun: NewCandidate[] = [];
  for (const candidate of found) {
    const key = `${candidate.a}|${candidate.b}`;
    const before = byPair.get(key);
    byPair.delete(key);
    if (before !== undefined && (DECIDED.has(before.state) || saying(before) === saying(candidate))) continue;
    if (before !== undefined) ended.push(before.candidate_id);
    begun.push({
      ...candidate,
      state: before?.state ?? 'open',
    });
  }
  for (const gone of byPair.values()) if (!DECIDED.has(gone.state)) ended.push(gone.candidate_id);
  return { ended, begun };
}
