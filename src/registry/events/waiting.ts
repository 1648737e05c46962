/**
 * Events that waited for a subject set aside (SIP-210) are "tried again, in order, when the subject is mended" (tracciato.md
 * 3, Waiting): here by a later full supply, within its transaction. What still does not apply goes on waiting.
 */
import type { Finding } from '../../kernel/findings.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import type { Rename } from '../claims/renames.ts';
import type { SupplyNumbers } from '../supplies/supply-record.ts';
import { writeRows } from '../tables/state.sql.ts';
import type { Row } from '../tables/tables.ts';
import { closeMended } from './closing.sql.ts';
import { corrector } from './corrector.ts';
import { Directory } from './directory.ts';
import { blockNumbering, EventEngine, type GivenNumbers } from './engine.ts';
import type { EventLine } from './event-line.ts';
import { EventLog } from './event-log.ts';
import { findSetAsideEvents, noteFallen } from './events.sql.ts';
import { spreadTouch } from './lay-out-changes.ts';
import { type Describe, leftBehind } from './left-behind.ts';
import { mention, nothingMentioned, subjectsNamed } from './mentioned.ts';
import { RegisterLoader } from './register-loader.ts';
import { CodeIndex, type RowContext } from './row-warnings.ts';
import { eventRow } from './stored-event.ts';
import { subjectsSetAside } from './subjects-set-aside.ts';
import { WorkingRegister } from './working-register.ts';
import { writeChanges } from './write-changes.ts';

export interface WaitingRequest {
  readonly db: Database;
  readonly client: Client;
  readonly comune: string;
  /** Of the full supply: room for what waits was kept after its own (findWaitingRoom), so that a replay gives the same. */
  readonly numbers: SupplyNumbers;
  readonly progressivo: number;
  readonly instant: string;
  readonly renames: readonly Rename[];
  /** Reads a line kept raw again. */
  readonly reread: (raw: string, riga: number) => EventLine;
  readonly describe: Describe;
  /** What was tried before, within the same supply, and applied. */
  readonly earlier: Earlier;
}

/** Numbers given already of the room that was kept. */
export interface Earlier {
  readonly events: number;
  readonly given: GivenNumbers;
}

/** What the events that are applied now came to. */
export interface Retried {
  /** How many were applied. */
  readonly events: number;
  readonly entries: readonly number[];
  readonly households: readonly number[];
  /** Subjects whom they touched themselves. */
  readonly touched: readonly number[];
  /** What is said of them: their rows are in earlier supplies, so on no row of this one. */
  readonly findings: readonly Finding[];
}

const NOTHING: Retried = { events: 0, entries: [], households: [], touched: [], findings: [] };

export async function retryWaiting(request: WaitingRequest): Promise<Retried> {
  const { db, client, comune, numbers, instant, renames } = request;
  const { supplyId } = numbers;
  // Of what was sent again under one id the last waits.
  const last = new Map((await findSetAsideEvents(client, comune, [])).map((s) => [s.id_evento, s]));
  const waiting = [...last.values()].map((stored) => ({
    stored,
    line: request.reread(stored.raw, stored.riga),
  }));
  if (waiting.length === 0) return NOTHING;
  const register = new WorkingRegister(comune);
  const directory = new Directory(client, comune);
  const loader = new RegisterLoader(directory, register, null);
  const mentioned = nothingMentioned();
  for (const { line } of waiting) if (line.event !== null) mention(mentioned, line.event);
  await loader.loadMentioned(mentioned);
  const setAsideSubjects = await subjectsSetAside(client, register, subjectsNamed(mentioned));
  const known = await loader.knownNumbers(mentioned.references);
  const codes = new CodeIndex();
  for (const entry of register.entries) codes.add(entry);
  const rows: RowContext = {
    register,
    codes,
    isKnown: (id) => register.entry(id) !== undefined || known.has(id) || setAsideSubjects.has(id),
  };
  const engine = new EventEngine({
    register,
    numbering: blockNumbering(
      { entry: numbers.entryBase + numbers.entries, household: numbers.householdBase + numbers.households },
      { entries: loader.entryNumbers, households: loader.householdNumbers },
      request.earlier.given,
    ),
    known: { applied: new Map(), setAside: new Map() },
    setAsideSubjects,
    eventBase: numbers.eventId + request.earlier.events,
    correct: corrector({
      directory,
      log: new EventLog(client, comune),
      loader,
      supplyId,
      progressivo: request.progressivo,
      aside: (idEvento) => {
        const waitsFor = last.get(idEvento)?.waits_for ?? [];
        return waitsFor.length === 0 ? null : { waitsFor, event: null };
      },
    }),
  });
  const done: typeof waiting = [];
  const findings: Finding[] = [];
  const restored: string[] = [];
  for (const one of waiting) {
    const result = await engine.retry(one.line, one.stored.supply_id);
    if (result.kind !== 'applied') continue;
    done.push(one);
    const left = leftBehind(one.line, null, result, rows, request.describe);
    findings.push(...left.findings);
    restored.push(...left.restored);
  }
  if (done.length === 0) return NOTHING;
  await spreadTouch(register, loader);
  await writeRows(
    db,
    client,
    'events',
    engine.applied.map((a) =>
      eventRow(a.event, {
        eventId: a.eventId,
        supplyId: a.supplyId ?? supplyId,
        comune,
        digest: a.line.digest,
        rank: a.rank,
        root: a.root,
      }),
    ),
  );
  await noteFallen(
    client,
    [...engine.fell].map(([eventId, by]) => ({ eventId, by })),
  );
  const changed = await writeChanges({ db, client, register, loader, renames, instant });
  const touches = (of: (a: (typeof engine.applied)[number]) => Iterable<number>): Row[] =>
    engine.applied.flatMap((a) => [...of(a)].map((id): Row => [a.eventId, id]));
  await writeRows(
    db,
    client,
    'event_entries',
    touches((a) => a.entries),
  );
  await writeRows(
    db,
    client,
    'event_households',
    touches((a) => a.households),
  );
  await closeMended(client, {
    comune,
    supplyId,
    events: done.map(({ stored }) => ({ supplyId: stored.supply_id, riga: stored.riga })),
    entries: changed.entries,
    ids: engine.applied.map((a) => a.line.idEvento),
    restored,
  });
  return {
    ...changed,
    events: engine.applied.length,
    touched: [...new Set(engine.applied.flatMap((a) => [...a.entries]))],
    findings,
  };
}
