/** Linking the register: the whole of it, what some supplies touched, or two entries, with the reasons. */
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ColumnStore } from '../../platform/columns/column-store.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { withWorkFolder } from '../../platform/files/work-folders.ts';
import type { Reference } from '../../reference/load-reference.ts';
import { takeInstant } from '../supplies/supplies.sql.ts';
import { without } from '../tables/planner.sql.ts';
import { keysOf, ruleOf } from './block-keys.ts';
import { bestByEntries, type Candidate, candidateOf, changesOf, type RecordAt } from './candidates.ts';
import { writeKeys } from './columns.sql.ts';
import { type EntryRecord, EntryRecords } from './entry-record.ts';
import { comparePairs, type Linkage, type Scored, scorePairs } from './link.ts';
import { linkColumns, RecordsIn } from './link-columns.ts';
import {
  addKeys,
  countEntries,
  eachRecordRow,
  endCandidates,
  getModel,
  getReach,
  type HeldCandidate,
  insertCandidates,
  insertModel,
  insertRun,
  listBlocks,
  listEntriesOf,
  listHeld,
  listRecordRows,
  listTouched,
  lockLinkage,
  type Reach,
  replaceKeys,
} from './linkage.sql.ts';
import { type Model, Weigher } from './model.ts';
import { entryLinkage } from './policy.ts';
import type { RuleCount } from './rule-count.ts';
import { listSealedSince, loadSeals } from './seals.sql.ts';

/** What a run did. */
export interface LinkageReport {
  readonly modelId: number;
  /** Identities compared: of an increment, those touched and those that share a block with them. */
  readonly records: number;
  readonly pairs: number;
  /** Of a run over the whole. */
  readonly rules: readonly RuleCount[];
  readonly candidates: number;
  readonly begun: number;
  readonly ended: number;
}

const recordMaker = async (client: Client, reference: Reference): Promise<EntryRecords> =>
  new EntryRecords((istat) => reference.cadastralCodesOf(istat), await loadSeals(client, null));

/** Candidates of the pairs that reach the threshold. */
function candidatesOf(
  linkage: Linkage<EntryRecord>,
  model: Model,
  scored: readonly Scored[],
  recordAt: RecordAt,
): Candidate[] {
  const weigher = new Weigher(linkage.fields, model);
  return bestByEntries(scored, recordAt).map((pair) => candidateOf(pair, recordAt, weigher));
}

/** What linking the whole may use: columns lie in a file, and go there where they do not fit in memory. */
export interface LinkageRoom {
  /** Where working folders are made, for this run alone. */
  readonly workFolder: string;
  /** Memory for columns; MEGABYTES where absent. */
  readonly megabytes?: number;
}

/** A province of a million fits; a country goes to the disk (docs/bench.md). */
const MEGABYTES = 512;
/** Records read by one maker, which keeps each name, date and place that it has met. */
const MET_BY_ONE = 500_000;

/** Links every entry with every other, and estimates the model anew. Loads go on meanwhile: what they bring is a matter of the next run. */
export async function linkAll(db: Database, reference: Reference, room: LinkageRoom): Promise<LinkageReport> {
  return db.transaction(async (client) => {
    await lockLinkage(client);
    return linkAllIn(db, client, reference, room);
  });
}

/** The same in a transaction that holds the lock of linkage. */
export async function linkAllIn(
  db: Database,
  client: Client,
  reference: Reference,
  { workFolder, megabytes = MEGABYTES }: LinkageRoom,
): Promise<LinkageReport> {
  return withWorkFolder(workFolder, async (folder) => {
    const store = await ColumnStore.open({ folder, megabytes });
    try {
      return await linkInColumns(db, client, reference, store, join(folder, 'keys.csv'));
    } finally {
      store.close();
    }
  });
}

async function linkInColumns(
  db: Database,
  client: Client,
  reference: Reference,
  store: ColumnStore,
  keysFile: string,
): Promise<LinkageReport> {
  const linkage = entryLinkage();
  // Asked before the entries are read: of what comes in between the next run takes notice, at worst twice.
  const reach = await getReach(client);
  const entries = await countEntries(client);
  const into = await RecordsIn.begin(store, linkage);
  await eachRecord(client, reference, (record) => into.add(record));
  into.close();
  await writeKeys(store, linkage.rules, keysFile);
  await replaceKeys(db, client, createReadStream(keysFile));
  await rm(keysFile);
  const { model, counts: rules, pairs, scored, recordAt } = await linkColumns(store, linkage, into.length);
  const found = candidatesOf(linkage, model, scored, recordAt);
  const counts = { records: into.length, pairs, rules, candidates: found.length };
  // Under the clock: a decision that is being made is waited for, and found among what is held.
  await takeInstant(client);
  const held = await listHeld(client, null);
  const modelId = await insertModel(client, model);
  const written = await writeCandidates(client, { modelId, reach }, held, found);
  await insertRun(client, { modelId, since: null, upto: reach.instant, counts: { ...counts, entries } });
  return { ...counts, ...written, modelId };
}

/** Every record of the register, as it is compared. */
export async function eachRecord(
  client: Client,
  reference: Reference,
  take: (record: EntryRecord) => void,
): Promise<void> {
  const hides = await loadSeals(client, null);
  const maker = (): EntryRecords => new EntryRecords((istat) => reference.cadastralCodesOf(istat), hides);
  let records = maker();
  let met = 0;
  await eachRecordRow(client, (rows) => {
    if (met >= MET_BY_ONE) {
      records = maker();
      met = 0;
    }
    met += rows.length;
    for (const row of rows) take(records.of(row));
  });
}

/**
 * Under the register's clock. What was sealed while the run was comparing it has not seen: such candidates are hidden, and the next
 * run, which takes notice of the seal, tells whether they need be.
 */
async function writeCandidates(
  client: Client,
  run: { readonly modelId: number; readonly reach: Reach },
  held: readonly HeldCandidate[],
  found: readonly Candidate[],
): Promise<{ begun: number; ended: number }> {
  const sealed = await listSealedSince(client, run.reach.instant);
  const marked = found.map((c) => (sealed.has(c.a) || sealed.has(c.b) ? { ...c, sealed: true } : c));
  const { ended, begun } = changesOf(held, marked);
  if (ended.length > 0) await endCandidates(client, ended);
  await insertCandidates(client, run.modelId, run.reach.supplyId, begun);
  return { begun: begun.length, ended: ended.length };
}

/** What is linked with everything else: what supplies and operators changed after an instant, or the entries of a comune. */
export type Share = { readonly since: string } | { readonly comune: string };

/** Entries of a share that are compared at once, with all that share a block with them: some ten times as many. */
const AT_ONCE = 10_000;

/**
 * Links a share of the entries with all others, by the model that is held.
 * @param atOnce entries compared at once
 * @throws AppError conflict, where the whole register was never linked
 */
export async function linkShare(
  db: Database,
  reference: Reference,
  share: Share,
  atOnce = AT_ONCE,
): Promise<LinkageReport> {
  return db.transaction(async (client) => {
    await lockLinkage(client);
    return linkShareIn(client, reference, share, atOnce);
  });
}

/** The same in a transaction that holds the lock of linkage. */
export async function linkShareIn(
  client: Client,
  reference: Reference,
  share: Share,
  atOnce = AT_ONCE,
): Promise<LinkageReport> {
  const linkage = entryLinkage();
  const { model, modelId } = await getModel(client);
  const reach = await getReach(client);
  const entries =
    'since' in share ? await listTouched(client, share.since) : await listEntriesOf(client, share.comune);
  const maker = await recordMaker(client, reference);
  const found = new Map<string, Candidate>();
  let [compared, pairs] = [0, 0];
  for (let from = 0; from < entries.length; from += atOnce) {
    const own = await recordsOf(client, maker, entries.slice(from, from + atOnce));
    const others = await sharingBlocks(client, linkage, own);
    const records = [...own, ...(await recordsOf(client, maker, [...others]))];
    const part = comparePairs(linkage, records, own.length);
    const scored = scorePairs(linkage, model, records, part.pairs);
    // Two of different parts meet in the later one, or in both, and weigh the same.
    for (const candidate of candidatesOf(linkage, model, scored, (number) => records[number]!))
      found.set(`${candidate.a}|${candidate.b}`, candidate);
    compared += records.length;
    pairs += part.pairs.length;
  }
  await takeInstant(client);
  const held = await listHeld(client, entries);
  const written = await writeCandidates(client, { modelId, reach }, held, [...found.values()]);
  const counts = { records: compared, pairs, rules: [], candidates: found.size };
  // Of a comune alone nothing can be said of what the others have brought since.
  if ('since' in share) {
    const { since } = share;
    await insertRun(client, { modelId, since, upto: reach.instant, counts });
  }
  return { ...counts, ...written, modelId };
}

/** By their keys, one after the other: 150,000 take half the time of reading the tables whole, and tables just loaded are no trap. */
const recordsOf = (
  client: Client,
  maker: EntryRecords,
  entryIds: readonly number[],
): Promise<EntryRecord[]> =>
  without(client, ['hashjoin', 'mergejoin', 'seqscan'], async () =>
    (await listRecordRows(client, entryIds)).map((row) => maker.of(row)),
  );

/** Writes the keys of the records down, and finds the other entries of their blocks. */
async function sharingBlocks(
  client: Client,
  { rules }: Linkage<EntryRecord>,
  own: readonly EntryRecord[],
): Promise<Set<number>> {
  const keys: number[] = [];
  const entries: number[] = [];
  for (const record of own)
    for (const key of keysOf(rules, record)) {
      keys.push(key);
      entries.push(record.entryId);
    }
  await addKeys(client, keys, entries);
  const asked = [...new Set(keys)];
  const blocks = await listBlocks(
    client,
    asked,
    asked.map((key) => rules[ruleOf(key)]!.most),
  );
  const found = new Set(blocks.flatMap((block) => block.entries));
  for (const record of own) found.delete(record.entryId);
  return found;
}
