/**
 * Brings the findings of the reconciliation up to date, in the transaction of the supply that was just applied: reads whom
 * it concerns, asks the rules, writes the difference. The same over everybody is a refresh (reconciliation.service.ts).
 */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { findingKey, type WantedFinding } from './finding.ts';
import { loadOtherForms, loadWorld } from './load-world.ts';
import { eventThatPaired } from './moves.ts';
import {
  type Closing,
  closeFindings,
  type FindingCause,
  findConcernedPersons,
  findOverduePersons,
  findPersons,
  findRelinkedEntries,
  findSituationBefore,
  listOpenFindings,
  openFindings,
  setLookups,
  type Touched,
} from './reconcile.sql.ts';
import { findingsOf } from './rules.ts';
import { keepOmocodicCodes } from './world.sql.ts';
import type { OtherForms } from './world.ts';

/** Persons compared at once: their facts are in memory together. */
const BATCH = 5000;

/** The supply after which the findings are brought up to date. */
export interface Reconciled {
  readonly supplyId: number;
  readonly comune: string;
  readonly situazioneAl: Day;
  readonly instant: string;
  readonly touched: Touched;
  /** Entries of whatever register that became, or ceased to be, somebody's with this supply. */
  readonly relinked: readonly number[];
  /** Of the entries listed as touched, those that are new or of which rows of identity came or went; all of them where it is not said. */
  readonly identified?: readonly number[];
}

export interface Difference {
  readonly opened: number;
  readonly closed: number;
}

export async function reconcile(db: Client, supply: Reconciled): Promise<Difference> {
  const { comune, situazioneAl, instant, relinked } = supply;
  await setLookups(db, true);
  const before = await findSituationBefore(db, comune, supply.supplyId);
  const overdue = await findOverduePersons(db, comune, before, situazioneAl);
  const others = relinked.length === 0 ? [] : await findRelinkedEntries(db, relinked, instant);
  const touched: Touched = {
    ...supply.touched,
    entries: [...supply.touched.entries, ...others],
    ...(supply.identified === undefined ? {} : { identified: [...supply.identified, ...others] }),
  };
  await keepOmocodicCodes(db, supply.identified ?? touched.entries, touched.above, touched.upTo);
  const cause = { supplyId: supply.supplyId, decisionId: null };
  const difference = await compareTouched(db, touched, overdue, instant, cause);
  await setLookups(db, false);
  return difference;
}

/** The same after the decision of an operator, by which these entries became, or ceased to be, somebody's. */
export async function reconcileDecision(
  db: Client,
  decision: { readonly decisionId: number; readonly instant: string; readonly relinked: readonly number[] },
): Promise<Difference> {
  if (decision.relinked.length === 0) return { opened: 0, closed: 0 };
  await setLookups(db, true);
  const entries = await findRelinkedEntries(db, decision.relinked, decision.instant);
  const touched: Touched = { entries, above: 0, upTo: 0, halvesFrom: null };
  const cause = { supplyId: null, decisionId: decision.decisionId };
  const difference = await compareTouched(db, touched, [], decision.instant, cause);
  await setLookups(db, false);
  return difference;
}

async function compareTouched(
  db: Client,
  touched: Touched,
  overdue: readonly number[],
  instant: string,
  cause: FindingCause,
): Promise<Difference> {
  const forms = await loadOtherForms(db);
  const persons = new Set<number>([
    ...(await findConcernedPersons(db, touched)),
    ...overdue,
    ...(await findPersons(db, withOtherForms(forms, touched))),
  ]);
  return comparePersons(db, [...persons], forms, instant, cause);
}

/** Of the bearers of codes in two forms, those touched and those whose other form's bearer is. */
function withOtherForms(forms: ReadonlyMap<number, OtherForms>, touched: Touched): number[] {
  const named = new Set(touched.entries);
  const isTouched = (id: number): boolean => named.has(id) || (id > touched.above && id <= touched.upTo);
  return [...forms].flatMap(([entryId, { omocodic }]) =>
    isTouched(entryId) || omocodic.some((o) => isTouched(o.entryId)) ? [entryId] : [],
  );
}

/** Compares what the facts of these persons ask for with the findings that are open, and writes the difference. */
export async function comparePersons(
  db: Client,
  persons: readonly number[],
  forms: ReadonlyMap<number, OtherForms>,
  instant: string,
  cause: FindingCause,
): Promise<Difference> {
  let opened = 0;
  let closed = 0;
  for (let i = 0; i < persons.length; i += BATCH) {
    const batch = await compareBatch(db, persons.slice(i, i + BATCH), forms, instant, cause);
    opened += batch.opened;
    closed += batch.closed;
  }
  return { opened, closed };
}

async function compareBatch(
  db: Client,
  persons: readonly number[],
  forms: ReadonlyMap<number, OtherForms>,
  instant: string,
  cause: FindingCause,
): Promise<Difference> {
  const { subjects, world } = await loadWorld(db, persons, instant, forms);
  const personOf = new Map(subjects.flatMap((p) => p.entries.map((e) => [e.entryId, p])));
  const open = new Map(
    (await listOpenFindings(db, [...personOf.keys()])).map((f) => [`${f.entry_id} ${f.finding_key}`, f]),
  );
  const wanted = new Map<string, WantedFinding>();
  for (const person of subjects)
    for (const finding of findingsOf(person, world))
      wanted.set(`${finding.entryId} ${findingKey(finding)}`, finding);
  const news = [...wanted].filter(([key]) => !open.delete(key)).map(([, finding]) => finding);
  const closings = [...open.values()].map(
    (f): Closing => ({
      entryId: f.entry_id,
      findingKey: f.finding_key,
      eventId: eventThatPaired(personOf.get(f.entry_id)?.transfers ?? [], f),
    }),
  );
  await closeFindings(db, closings, cause);
  await openFindings(db, news, cause);
  return { opened: news.length, closed: closings.length };
}
