/**
 * Review of who is one person (registry.md, Reconciliation: "same person, different people, decide later; every decision is
 * itself a recorded, reversible fact"): decisions of a named operator with a reason, shown before and right after.
 */
import { AppError } from '../../kernel/app-error.ts';
import type { Day } from '../../kernel/day.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import type { KnownAt } from '../answers/known-at.ts';
import { listFindingRows, loadFindingPeople } from '../reconciliation/listing.sql.ts';
import { findingsAmong, type ListedFinding, listedFindings } from '../reconciliation/listing.ts';
import { takeInstant } from '../supplies/supplies.sql.ts';
import { type AppliedAct, applyAct } from './decide.ts';
import type { DecisionAct, DecisionKind } from './decisions.ts';
import { type DecisionEffects, effectsOf } from './effects.ts';
import {
  type EntryKey,
  findAct,
  findEntryId,
  instantBefore,
  listActsOfPair,
  type NewAct,
} from './review.sql.ts';
import { surveyAt } from './survey.ts';

/** Who decides, why, and how the effects are to be shown. */
export interface Deciding {
  readonly operator: string;
  readonly reason: string;
  /** As of which day the effects are told. */
  readonly al: Day;
  /** Tell what would change, and change nothing. */
  readonly dryRun: boolean;
  /** Called last in the transaction of a decision that is kept: what it throws undoes it (the leaf of who decides). */
  readonly beforeCommit?: (outcome: DecisionOutcome) => Promise<void>;
  /** The name of a comune, for the sentences. */
  readonly comuneName: (code: string) => string;
}

export interface DecisionOutcome {
  /** null: only tried. */
  readonly decisione: number | null;
  readonly effetti: DecisionEffects;
}

/** Ends the transaction of a preview, which leaves nothing behind. */
class Tried extends Error {
  readonly effects: DecisionEffects;
  constructor(effects: DecisionEffects) {
    super('a preview');
    this.effects = effects;
  }
}

/** The pair in the order in which it is kept. @throws AppError not-found; usage where both are one entry */
export async function resolvePair(
  db: Client,
  keys: readonly [EntryKey, EntryKey],
): Promise<readonly [number, number]> {
  const ids: number[] = [];
  for (const key of keys) {
    const id = await findEntryId(db, key);
    if (id === null)
      throw new AppError(
        'not-found',
        `nessuna scheda ${key.comune}:${key.id_soggetto}: la forma è COMUNE:ID_SOGGETTO, per esempio 036023:S4711`,
        `no entry ${key.comune}:${key.id_soggetto}: the form is COMUNE:ID_SOGGETTO, such as 036023:S4711`,
      );
    ids.push(id);
  }
  const [a, b] = [ids[0]!, ids[1]!];
  if (a === b)
    throw new AppError(
      'usage',
      'le due schede sono la stessa: indicarne due diverse',
      'the two entries are one and the same: name two',
    );
  return a < b ? [a, b] : [b, a];
}

/** The findings that a decision opened and closed, as a comune reads them. */
async function findingsOf(
  db: Client,
  decisionId: number,
  before: KnownAt,
  after: KnownAt,
  comuneName: (code: string) => string,
): Promise<ListedFinding[]> {
  const query = { comune: null, side: 'mine', state: 'tutte', kind: null, decision: decisionId } as const;
  const rows = findingsAmong(await listFindingRows(db, query, after));
  const entries = rows.flatMap((r) => [r.entry_id, ...(r.other_entry_id === null ? [] : [r.other_entry_id])]);
  const people = [await loadFindingPeople(db, entries, before), await loadFindingPeople(db, entries, after)];
  return listedFindings(
    rows,
    (row) => (row.closed_at === null ? people.toReversed() : people),
    after,
    comuneName,
  );
}

async function effectsAt(
  db: Client,
  pair: readonly [number, number],
  { decisionId, relinked }: AppliedAct,
  instant: string,
  { al, comuneName }: Deciding,
): Promise<DecisionEffects> {
  const after = instant as KnownAt;
  const before = (await instantBefore(db, instant)) as KnownAt;
  const entries = [...new Set([...pair, ...relinked])];
  return effectsOf(
    await surveyAt(db, entries, al, before),
    await surveyAt(db, entries, al, after),
    await findingsOf(db, decisionId, before, after, comuneName),
  );
}

async function act(
  db: Database,
  deciding: Deciding,
  prepare: (client: Client) => Promise<NewAct>,
): Promise<DecisionOutcome> {
  try {
    return await db.transaction(async (client) => {
      const instant = await takeInstant(client);
      const wanted = await prepare(client);
      const applied = await applyAct(client, wanted, instant);
      const effetti = await effectsAt(client, wanted.pair, applied, instant, deciding);
      if (deciding.dryRun) throw new Tried(effetti);
      const outcome = { decisione: applied.decisionId, effetti };
      await deciding.beforeCommit?.(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Tried) return { decisione: null, effetti: error.effects };
    throw error;
  }
}

/**
 * Decides of a pair: the same person, two people, or later.
 * @param until of what is put off: the day on which it is looked at again
 * @throws AppError conflict: see applyAct
 */
export async function decide(
  db: Database,
  kind: DecisionKind,
  pair: readonly [number, number],
  until: Day | null,
  deciding: Deciding,
): Promise<DecisionOutcome> {
  const { operator, reason } = deciding;
  return act(db, deciding, async () => ({ kind, pair, undoes: null, operator, reason, until }));
}

/** The pair of a decision. @throws AppError not-found */
export async function decidedPair(db: Client, decisionId: number): Promise<readonly [number, number]> {
  const { entry_id, other_entry_id } = await getDecision(db, decisionId);
  return [entry_id, other_entry_id];
}

async function getDecision(db: Client, decisionId: number): Promise<DecisionAct> {
  const found = await findAct(db, decisionId);
  if (found !== null && found.kind !== 'undo') return found;
  throw new AppError(
    'not-found',
    `nessuna decisione D${decisionId}: l’elenco è in linkage queue --stato decisa`,
    `no decision D${decisionId}: they are listed by linkage queue --stato decisa`,
  );
}

/**
 * Takes a decision back: what it had taken the place of stands again.
 * @throws AppError not-found; conflict where it was taken back already, or where what stands again contradicts another
 */
export async function undoDecision(
  db: Database,
  decisionId: number,
  deciding: Deciding,
): Promise<DecisionOutcome> {
  const { operator, reason } = deciding;
  return act(db, deciding, async (client) => {
    const found = await getDecision(client, decisionId);
    const acts = await listActsOfPair(client, [found.entry_id, found.other_entry_id], null);
    const undone = acts.find((a) => a.undoes === decisionId);
    if (undone !== undefined)
      throw new AppError(
        'conflict',
        `la decisione D${decisionId} è già stata annullata da ${undone.operator} (D${undone.decision_id})`,
        `decision D${decisionId} was already undone by ${undone.operator} (D${undone.decision_id})`,
      );
    return {
      kind: 'undo',
      pair: [found.entry_id, found.other_entry_id],
      undoes: decisionId,
      operator,
      reason,
      until: null,
    };
  });
}
