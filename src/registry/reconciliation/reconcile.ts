/**
 * Brings the findings of the reconciliation up to date, in the transaction of the supply that was just applied: reads whom
 * it concerns, asks the rules, writes the difference. The same over everybody is a refresh (reconciliation.service.ts).
 */
import { addDays, type Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { awaitedHalves } from '../residence.ts';
import { AGREED_DAYS } from '../transfers.ts';
import { findingKey, type WantedFinding } from './finding.ts';
import { eventThatPaired, moveFindings } from './moves.ts';
import {
  type Closing,
  closeFindings,
  findOverduePersons,
  findRelinkedPersons,
  findSituationBefore,
  findTouchedPersons,
  listOpenFindings,
  loadConcerned,
  loadEvidence,
  openFindings,
  type Touched,
} from './reconcile.sql.ts';

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
  /** A first full supply: of its halves only those within the agreed days count. */
  readonly first: boolean;
}

export interface Difference {
  readonly opened: number;
  readonly closed: number;
}

export async function reconcile(db: Client, supply: Reconciled): Promise<Difference> {
  const { comune, situazioneAl, instant, touched, relinked } = supply;
  const before = await findSituationBefore(db, comune, supply.supplyId);
  const halvesFrom = supply.first ? addDays(situazioneAl, -AGREED_DAYS) : null;
  const persons = new Set<number>([
    ...(await findTouchedPersons(db, touched, halvesFrom)),
    ...(relinked.length === 0 ? [] : await findRelinkedPersons(db, relinked, instant)),
    ...(await findOverduePersons(db, comune, before, situazioneAl)),
  ]);
  return comparePersons(db, [...persons], instant, supply.supplyId);
}

/** Compares what the facts of these persons ask for with the findings that are open, and writes the difference. */
export async function comparePersons(
  db: Client,
  persons: readonly number[],
  instant: string,
  supplyId: number | null,
): Promise<Difference> {
  let opened = 0;
  let closed = 0;
  for (let i = 0; i < persons.length; i += BATCH) {
    const batch = await compareBatch(db, persons.slice(i, i + BATCH), instant, supplyId);
    opened += batch.opened;
    closed += batch.closed;
  }
  return { opened, closed };
}

async function compareBatch(
  db: Client,
  persons: readonly number[],
  instant: string,
  supplyId: number | null,
): Promise<Difference> {
  const concerned = await loadConcerned(db, persons, instant);
  const entryIds = concerned.flatMap((p) => p.entries.map((e) => e.entryId));
  const evidence = await loadEvidence(db, [
    ...new Set(concerned.flatMap((p) => awaitedHalves(p.entries).eventIds)),
  ]);
  const open = new Map(
    (await listOpenFindings(db, entryIds)).map((f) => [`${f.entry_id} ${f.finding_key}`, f]),
  );
  const news: WantedFinding[] = [];
  for (const { entries } of concerned)
    for (const wanted of moveFindings(entries, evidence))
      if (!open.delete(`${wanted.entryId} ${findingKey(wanted)}`)) news.push(wanted);
  const personOf = new Map(concerned.flatMap((p) => p.entries.map((e) => [e.entryId, p.entries])));
  const closings = [...open.values()].map(
    (f): Closing => ({
      entryId: f.entry_id,
      findingKey: f.finding_key,
      eventId: eventThatPaired(personOf.get(f.entry_id) ?? [], f),
    }),
  );
  await closeFindings(db, closings, supplyId);
  await openFindings(db, news, supplyId);
  return { opened: news.length, closed: closings.length };
}
