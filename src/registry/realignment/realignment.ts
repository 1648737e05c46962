/**
 * A later full supply within its transaction (tracciato.md 1, "A later COMPLETA realigns"): whether it is too much, what it
 * reports, and the changes it comes to (docs/adr/0009).
 */
import type { Finding } from '../../kernel/findings.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import type { Rename } from '../claims/renames.ts';
import type { EventLine } from '../events/event-line.ts';
import { findStanding } from '../events/events.sql.ts';
import { knownOf } from '../events/known-event.ts';
import type { Describe } from '../events/left-behind.ts';
import { cessionsInForce, renamesInForce } from '../events/standing.ts';
import { retryWaiting } from '../events/waiting.ts';
import { findingRow } from '../supplies/findings-rows.ts';
import type { FileCounts, SupplyNumbers, SupplyRecord } from '../supplies/supply-record.ts';
import { relinkEntries } from '../tables/linking.sql.ts';
import { writeRows } from '../tables/state.sql.ts';
import type { Row } from '../tables/tables.ts';
import { closeRetoldFindings, closeRetoldRows } from './closing.sql.ts';
import { Realigner } from './realigner.ts';
import { countResidents, findAbsent } from './told.sql.ts';

/** SIP-014 of a later COMPLETA: more than 0.5% of the residents to be cancelled (tracciato.md 1, "Too much"). */
const TOO_LARGE_A_SHARE = 0.005;

/** What the register does not know of a later full supply: whether an operator confirmed it, and the sentences. */
export interface LaterSupply {
  /** An operator confirmed by name that much is to be cancelled (SIP-014). */
  readonly confirmed: boolean;
  readonly tooMany: (cancelled: number, residents: number) => Finding;
  readonly missing: (idSoggetto: string) => Finding;
  /** Reads the line of an event that waits, kept raw, again. */
  readonly reread: (raw: string, riga: number) => EventLine;
  readonly describe: Describe;
}

export interface RealignmentInput {
  readonly db: Database;
  readonly client: Client;
  readonly supply: SupplyRecord;
  readonly numbers: SupplyNumbers;
  readonly instant: string;
  readonly later: LaterSupply;
  /** Findings of the check, which come first. */
  readonly found: number;
}

/** What is decided before anything is written. */
export interface Plan {
  readonly supply: SupplyRecord;
  readonly findings: readonly Finding[];
  /** Entries to be cancelled. */
  readonly cancelled: readonly number[];
}

/** The counts of what is reported, by file, with findings more. */
function counting(segnalate: SupplyRecord['segnalate'], findings: readonly Finding[]): FileCounts {
  const counts: Record<string, number> = { ...segnalate };
  for (const { file } of findings) if (file !== null) counts[file] = (counts[file] ?? 0) + 1;
  return counts;
}

/** Who is absent, and what becomes of it. The told tables are filled; nothing of the register has moved. */
export async function planRealignment(input: RealignmentInput): Promise<Plan> {
  const { client, supply, numbers, later } = input;
  const on = supply.situazioneAl!;
  const absent = await findAbsent(client, supply.comune, on, numbers.supplyId);
  if (supply.assenti !== 'cancella') {
    const findings = absent.map((a) => later.missing(a.idSoggetto));
    if (findings.length === 0) return { supply, findings, cancelled: [] };
    const segnalate = counting(supply.segnalate, findings);
    return {
      supply: { ...supply, segnalate, esito: 'ACCETTATA_CON_SEGNALAZIONI' },
      findings,
      cancelled: [],
    };
  }
  const residents = await countResidents(client, supply.comune, on);
  if (!later.confirmed && absent.length > TOO_LARGE_A_SHARE * residents) {
    const applicate = Object.fromEntries(Object.keys(supply.applicate).map((file) => [file, 0]));
    return {
      supply: { ...supply, esito: 'RIFIUTATA', applicate },
      findings: [later.tooMany(absent.length, residents)],
      cancelled: [],
    };
  }
  return { supply, findings: [], cancelled: absent.map((a) => a.entryId) };
}

export async function writePlanFindings(input: RealignmentInput, plan: Plan): Promise<void> {
  const { db, client, numbers, supply, found } = input;
  const rows = plan.findings.map((f, i) => findingRow(numbers.supplyId, found + i + 1, supply.comune, f));
  await writeRows(db, client, 'findings', rows);
}

export interface Realigned {
  /** Entries of which rows moved. */
  readonly entries: readonly number[];
  /** Those of any register that became somebody else's. */
  readonly relinked: readonly number[];
  /** Is there something to say of events that had waited? */
  readonly reported: boolean;
}

/**
 * Makes the register what the supply tells. Its event, findings and set-aside rows are written already. */
export async function applyRealignment(input: RealignmentInput, plan: Plan): Promise<Realigned> {
  const { db, client, supply, numbers, instant } = input;
  const { comune } = supply;
  const renames = renamesInForce((await findStanding(client, comune)).map(knownOf));
  const realigner = new Realigner({
    db,
    client,
    comune,
    numbers,
    situazioneAl: supply.situazioneAl!,
    instant,
    renames,
  });
  await realigner.realign(plan.cancelled);
  await closeRetoldFindings(client, comune, numbers.supplyId);
  await closeRetoldRows(client, comune, numbers.supplyId);
  const retried = await applyWaiting(input, plan, realigner, renames);
  const cessions = cessionsInForce((await findStanding(client, comune)).map(knownOf));
  const left = await realigner.cede(cessions, [...realigner.moved.entries, ...retried.entries]);
  await writeRows(db, client, 'event_entries', left);
  const moved = realigner.moved;
  const touched = (ids: Iterable<number>): Row[] => [...ids].map((id) => [numbers.eventId, id]);
  await writeRows(db, client, 'event_entries', touched(moved.entries));
  await writeRows(db, client, 'event_households', touched(moved.households));
  const identities = [...new Set([...moved.identities, ...retried.entries])];
  const relinked = await relinkEntries(client, numbers.eventId, identities);
  return {
    entries: [...new Set([...moved.entries, ...retried.entries])],
    relinked,
    reported: retried.reported,
  };
}

/**
 * Tries again what waited, and lets the supply have its word on whomever that touched: what waited was registered before its day, so what it
 * tells of that day stands. Then again, while something applies: where the supply takes back what one had brought (a death), another may apply
 * that did not, and would at the next supply, which may tell nothing new and must then move nothing.
 */
async function applyWaiting(
  input: RealignmentInput,
  plan: Plan,
  realigner: Realigner,
  renames: readonly Rename[],
): Promise<{ readonly entries: ReadonlySet<number>; readonly reported: boolean }> {
  const { db, client, supply, numbers, instant, later } = input;
  const { comune, progressivo } = supply;
  const { reread, describe } = later;
  const given = { entries: new Map<string, number>(), households: new Map<string, number>() };
  const request = { db, client, comune, numbers, progressivo, instant, renames, reread, describe };
  const entries = new Set<number>();
  const before = input.found + plan.findings.length;
  let events = 0;
  let said = 0;
  for (;;) {
    const retried = await retryWaiting({ ...request, earlier: { events, given } });
    if (retried.events === 0) break;
    events += retried.events;
    const rows = retried.findings.map((f, i) =>
      findingRow(numbers.supplyId, before + said + i + 1, comune, f),
    );
    said += rows.length;
    await writeRows(db, client, 'findings', rows);
    await realigner.again(retried.entries, retried.households);
    for (const id of retried.entries) entries.add(id);
  }
  return { entries, reported: said > 0 };
}
