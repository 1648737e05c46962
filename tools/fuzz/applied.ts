/**
 * Damaged supplies all the way into a register: checked, then applied to a database in the transaction that a load would use,
 * looked over before its end (the invariants of registry.md, and every line accounted for), and undone, so that one database
 * does for all of them. Full supplies go into an empty register, and once more, as later ones, onto the sound one; changes onto the sound one.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../src/kernel/app-error.ts';
import type { Day } from '../../src/kernel/day.ts';
import { ensureRunning } from '../../src/platform/db/embedded.ts';
import { migrate, readMigrations } from '../../src/platform/db/migrate.ts';
import { type Client, type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { writeEventSupply } from '../../src/registry/events/event-supply.service.ts';
import { ToldCopy } from '../../src/registry/realignment/told-copy.ts';
import { writeFullSupply } from '../../src/registry/supplies/full-supply.service.ts';
import { SupplyCopy } from '../../src/registry/supplies/supply-copy.ts';
import type { SupplyNumbers, SupplyRecord } from '../../src/registry/supplies/supply-record.ts';
import { findViolations } from '../../src/registry/tables/invariants.sql.ts';
import { checkSupply } from '../../src/services/intake/check-supply.ts';
import { EventCollector } from '../../src/services/intake/events/event-collector.ts';
import { rereadEvent } from '../../src/services/intake/events/event-form.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { describeFault } from '../../src/services/intake/messages/describe-fault.ts';
import { missing, tooMany } from '../../src/services/intake/messages/realigning.ts';
import { differences, dumpRegister, type RegisterDump } from '../../test/support/register-dump.ts';
import { projectRoot, type Scratch, scratch } from '../../test/support/scratch-server.ts';
import { type FuzzInput, soundInput } from './inputs.ts';

const REFERENCE = loadReference();
const NOW = new Date('2025-02-10T10:00:00Z');
const TODAY = '2025-02-10' as Day;
const BEYOND = Number.MAX_SAFE_INTEGER;

/** Carries what came of a transaction out of it, and undoes it. */
class Undone extends Error {
  readonly value: unknown;

  constructor(value: unknown) {
    super('undone');
    this.value = value;
  }
}

/** A database whose transactions are looked over at their end, and undone. */
function undoing(db: Database, lookOver: (client: Client) => Promise<void>): Database {
  return {
    query: (statement, values) => db.query(statement, values),
    withClient: (work) => db.withClient(work),
    copyFrom: (client, table, columns, source) => db.copyFrom(client, table, columns, source),
    copyTo: (client, select, take) => db.copyTo(client, select, take),
    close: () => db.close(),
    transaction: async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
      try {
        return await db.transaction(async (client): Promise<T> => {
          const value = await work(client);
          await lookOver(client);
          throw new Undone(value);
        });
      } catch (error) {
        if (error instanceof Undone) return error.value as T;
        throw error;
      }
    },
  };
}

/** How a supply comes into a register: as its first, as a later full one, as changes. */
export type Way = 'first' | 'later' | 'changes';

const SOUND = { situazioneAl: '2024-12-31' as Day, softwareNome: 'PROVA' };
/** What the check is told of the register. The bytes of a first supply are checked as the next one of a register that has none. */
const POSITIONS = {
  first: null,
  later: { ...SOUND, lastProgressivo: 0 },
  changes: { ...SOUND, lastProgressivo: 1 },
} as const;

/** More than the sound supply was given. */
const GIVEN = 1_000;

export interface AppliedOutcome {
  readonly way: Way;
  readonly esito: string;
  readonly applied: number;
  readonly setAside: number;
  readonly codes: readonly string[];
  /** What does not hold of the register that came of it. */
  readonly problems: readonly string[];
}

export class AppliedFuzz {
  readonly #place: Scratch;
  readonly #empty: Database;
  readonly #sound: Database;
  readonly #before: readonly RegisterDump[];

  private constructor(place: Scratch, empty: Database, sound: Database, before: readonly RegisterDump[]) {
    this.#place = place;
    this.#empty = empty;
    this.#sound = sound;
    this.#before = before;
  }

  /** A server of its own, an empty register and one that holds the sound full supply. */
  static async open(): Promise<AppliedFuzz> {
    const place = scratch();
    const server = await ensureRunning({ dataFolder: place.folder, durable: false });
    const open = (name: string): Promise<Database> =>
      openDatabase({
        url: server.url('sipop_owner', name),
        applicationName: 'fuzz',
        poolSize: 2,
        role: 'sipop_app',
      });
    const owner = await openDatabase({
      url: server.url('sipop_owner'),
      applicationName: 'fuzz',
      poolSize: 1,
    });
    await migrate(owner, readMigrations(join(projectRoot, 'migrations')));
    await owner.close();
    const admin = await openDatabase({
      url: server.url('sipop_owner', 'postgres'),
      applicationName: 'fuzz',
      poolSize: 1,
    });
    await admin.query('create database sound template sipop');
    await admin.close();
    const sound = await open('sound');
    const input = soundInput('COMPLETA');
    const archive = join(place.folder, input.fileName);
    writeFileSync(archive, input.archive);
    const [result] = await loadSupplies(sound, [archive], {
      workFolder: join(place.folder, 'work'),
      now: () => NOW,
      reference: REFERENCE,
    });
    if (result === undefined || 'error' in result) throw new Error('the sound supply was not taken');
    const empty = await open('sipop');
    return new AppliedFuzz(place, empty, sound, [await dumpRegister(empty), await dumpRegister(sound)]);
  }

  /** Nothing of all that was applied and undone is left. */
  async leftOver(): Promise<string[]> {
    const now = [await dumpRegister(this.#empty), await dumpRegister(this.#sound)];
    return now.flatMap((dump, i) => differences(this.#before[i]!, dump));
  }

  async close(): Promise<void> {
    await this.#empty.close();
    await this.#sound.close();
    await this.#place.remove();
  }

  /** A full supply comes first into the empty register, and again as a later one onto the sound register. */
  async apply(input: FuzzInput): Promise<readonly AppliedOutcome[]> {
    const ways: readonly Way[] = input.fileName.endsWith('_VARIAZIONI.zip')
      ? ['changes']
      : ['first', 'later'];
    const outcomes: AppliedOutcome[] = [];
    for (const way of ways) outcomes.push(await this.#applyAs(way, input));
    return outcomes;
  }

  async #applyAs(way: Way, input: FuzzInput): Promise<AppliedOutcome> {
    const folder = join(this.#place.folder, 'input');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, 'unpacked'), { recursive: true, mode: 0o700 });
    const archive = join(folder, 'supply.zip');
    writeFileSync(archive, input.archive);
    const Sink = way === 'later' ? ToldCopy : SupplyCopy;
    const copy = new Sink(join(folder, 'unpacked'), '036042', 2);
    const events = new EventCollector();
    // Numbers of the empty register begin with 1; the sound one has given some already.
    const base = way === 'first' ? 0 : GIVEN;
    let numbers: SupplyNumbers = {
      supplyId: 2,
      eventId: 0,
      entryBase: base,
      householdBase: base,
      entries: 0,
      households: 0,
    };
    const { manifest, ...checked } = await checkSupply(
      {
        archive,
        fileName: input.fileName,
        folder: join(folder, 'unpacked'),
        position: POSITIONS[way],
        allowedComuni: null,
        today: TODAY,
        reference: REFERENCE,
        confirmTooMuch: true,
        onOpened: async (counts) => {
          const households = counts.famiglie + counts.convivenze;
          numbers = { ...numbers, eventId: base + 1, entries: counts.soggetti, households };
          copy.number(numbers, counts.famiglie);
        },
      },
      way === 'changes' ? events : copy,
    );
    // The very bytes of a first supply are the second one here: its number is not looked at, but by who writes it.
    const supply = way === 'later' ? { ...checked, progressivo: 2 } : checked;
    const files = copy.close();
    const problems: string[] = [];
    const codes: string[] = [];
    const database = undoing(way === 'first' ? this.#empty : this.#sound, async (client) => {
      const all = [0, BEYOND] as const;
      for (const { rule, id } of await findViolations(client, {
        kind: 'blocks',
        entries: all,
        households: all,
      }))
        problems.push(`${rule} (${id})`);
      codes.push(...(await codesOf(client)));
    });
    const reread = (raw: string, riga: number) =>
      rereadEvent(raw, riga, { situazioneAl: supply.situazioneAl ?? TODAY, reference: REFERENCE });
    const later = { confirmed: true, tooMany, missing, reread, describe: describeFault };
    try {
      const written =
        way === 'changes'
          ? await writeEventSupply(
              database,
              {
                supply,
                manifest,
                archive,
                supplyId: numbers.supplyId,
                lines: events.lines,
                findings: events.findings,
                describe: describeFault,
                reread,
              },
              NOW,
            )
          : await writeFullSupply(
              database,
              { supply, manifest, numbers, files, archive, ...(way === 'later' ? { later } : {}) },
              NOW,
            );
      return outcomeOf(way, written.supply, codes, problems);
    } catch (error) {
      // An expected refusal says so; anything else is a crash.
      if (error instanceof AppError)
        return { way, esito: error.code, applied: 0, setAside: 0, codes, problems };
      throw error;
    }
  }
}

/** Of the supply that is looked over: it has the number 2. */
async function codesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ codice: string }>('select codice from findings where supply_id = 2');
  return rows.map((r) => r.codice);
}

/** Counts of what came of a supply: every row is applied, set aside, or told to be a repetition (SIP-209). */
function outcomeOf(way: Way, supply: SupplyRecord, codes: string[], problems: string[]): AppliedOutcome {
  const sum = (counts: SupplyRecord['lette']): number => Object.values(counts).reduce((a, b) => a + b, 0);
  const [applied, setAside, read] = [sum(supply.applicate), sum(supply.scartate), sum(supply.lette)];
  const repeated = codes.filter((code) => code === 'SIP-209').length;
  if (supply.esito !== 'RIFIUTATA' && applied + setAside + repeated !== read)
    problems.push(`${applied} applied, ${setAside} set aside and ${repeated} repeated of ${read}`);
  return { way, esito: supply.esito, applied, setAside, codes, problems };
}
