/**
 * Decisions of operators about pairs of entries (registry.md, Reconciliation; docs/adr/0015): what stands, and what would
 * contradict it. Pure.
 */
import type { Day } from '../../kernel/day.ts';
import type { Agreements } from './agreement.ts';

export const DECISION_KINDS = ['same', 'different', 'later'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** An act as it is recorded. */
export interface DecisionAct {
  readonly decision_id: number;
  readonly kind: DecisionKind | 'undo';
  readonly entry_id: number;
  readonly other_entry_id: number;
  readonly undoes: number | null;
  readonly operator: string;
  readonly reason: string;
  readonly until: Day | null;
  /** How the two agreed when it was decided. */
  readonly seen: Agreements;
  readonly recorded_from: string;
}

/** A decision about who is one person: to put off decides nothing. */
export interface Standing extends DecisionAct {
  readonly kind: 'same' | 'different';
}

/** That a pair is looked at another day. */
export interface PutOff extends DecisionAct {
  readonly kind: 'later';
}

export const isPutOff = (act: DecisionAct | undefined): act is PutOff => act?.kind === 'later';

/** The last of a pair's acts that nobody undid, a putting off too: where the pair is in the queue. */
export function lastOf(acts: readonly DecisionAct[]): DecisionAct | undefined {
  const undone = new Set(acts.flatMap((a) => a.undoes ?? []));
  return acts.filter((a) => a.kind !== 'undo' && !undone.has(a.decision_id)).at(-1);
}

/**
 * What of a pair's acts stands, for its links: the last "same" or "different" that nobody undid; undefined: nothing. To put off
 * takes no decision's place: one that the data contradict stands until it is looked at again.
 */
export function standingOf(acts: readonly DecisionAct[]): Standing | undefined {
  const undone = new Set(acts.flatMap((a) => a.undoes ?? []));
  return acts
    .filter((a): a is Standing => a.kind === 'same' || a.kind === 'different')
    .filter((a) => !undone.has(a.decision_id))
    .at(-1);
}

export interface NumberedPair {
  readonly decision_id: number;
  readonly entry_id: number;
  readonly other_entry_id: number;
}

/** Two people by one decision who are one person by others. */
export interface Contradiction {
  readonly different: NumberedPair;
  /** The decisions that join the two, in the order in which they lead from one to the other. */
  readonly same: readonly NumberedPair[];
}

/** The pairs that lead from one entry to another, in their order; null where none do. */
export function pathBetween<P extends Omit<NumberedPair, 'decision_id'>>(
  from: number,
  to: number,
  same: readonly P[],
): P[] | null {
  const came = new Map<number, { readonly by: P; readonly from: number } | null>([[from, null]]);
  const queue = [from];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (at === to) {
      const path: P[] = [];
      for (let step = came.get(at); step != null; step = came.get(step.from)) path.unshift(step.by);
      return path;
    }
    for (const pair of same) {
      if (pair.entry_id !== at && pair.other_entry_id !== at) continue;
      const next = pair.entry_id === at ? pair.other_entry_id : pair.entry_id;
      if (came.has(next)) continue;
      came.set(next, { by: pair, from: at });
      queue.push(next);
    }
  }
  return null;
}

/** The first contradiction among the decisions that stand; null where they agree. */
export function contradictionAmong(decided: {
  readonly same: readonly NumberedPair[];
  readonly different: readonly NumberedPair[];
}): Contradiction | null {
  for (const different of decided.different) {
    const same = pathBetween(different.entry_id, different.other_entry_id, decided.same);
    if (same !== null) return { different, same };
  }
  return null;
}

/** Who judges a pair: the comune of both entries; of two comuni neither can alone, and the coordination does. */
export const COORDINATION = 'coordinamento';
export const ownerOf = (comune: string, other: string): string => (comune === other ? comune : COORDINATION);
