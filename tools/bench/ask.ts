/** `ask`: questions about persons taken at random, on days and as known at instants taken at random. */
import { existsSync } from 'node:fs';
import { AppError } from '../../src/kernel/app-error.ts';
import { type Day, day, fromEpochDays, parsePartialDate, toEpochDays } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { askAddress } from '../../src/registry/answers/ask-address.ts';
import { askFamily } from '../../src/registry/answers/ask-family.ts';
import { askHistory } from '../../src/registry/answers/ask-history.ts';
import { askPerson, type When } from '../../src/registry/answers/ask-person.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import type { PersonKey } from '../../src/registry/answers/person-key.ts';
import { askPopulation } from '../../src/registry/answers/population.ts';
import { openBenchDatabase } from './bench-database.ts';
import { registerFolder } from './load.ts';
import { peakMegabytes, type Spread, spreadOf, timed } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { randomFrom } from './random.ts';
import { type Figure, type Report, report, spreadFigures } from './report.ts';
import {
  highestEntry,
  lastRecorded,
  listSampledAddresses,
  listSampledPersons,
  type SampledPerson,
  settle,
} from './sample.sql.ts';

/** Days asked about: from 2000 to the end of 2025. */
const FIRST = toEpochDays(day('2000-01-01'));
const LAST = toEpochDays(day('2025-12-31'));
/** p95 of each question (issue 2, "Figures to reach"), in milliseconds. */
const LIMIT = 5;

export type Ask = (db: Database, when: When) => Promise<unknown>;

/** Refusals are answers too: an entry may be known by then, and its person of another name. */
async function refusalsAside(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** An instant at or after which the person is known. */
export function instantAfter(from: string, to: string, share: number): KnownAt {
  const [a, b] = [Date.parse(from), Date.parse(to)];
  return new Date(Math.min(b, a + 1 + (b - a) * share)).toISOString() as KnownAt;
}

export interface Question {
  readonly ask: Ask;
  readonly when: When;
}

/** The time of each question, in milliseconds, one after the other as one client asks them. */
export async function askAll(db: Database, questions: readonly Question[]): Promise<Spread> {
  const durations: number[] = [];
  // The first of a connection prepares its statements.
  for (const { ask, when } of questions.slice(0, 20)) await refusalsAside(ask(db, when));
  for (const { ask, when } of questions) {
    const began = performance.now();
    await refusalsAside(ask(db, when));
    durations.push(performance.now() - began);
  }
  return spreadOf(durations);
}

/** The key a person is asked by: code, register's number and identifier in turn. */
export function keyOf(person: SampledPerson, turn: number): PersonKey {
  if (turn % 3 === 0 && person.codice_fiscale !== null)
    return { kind: 'code', codice_fiscale: person.codice_fiscale };
  if (turn % 3 === 1) return { kind: 'number', comune: person.comune, id_soggetto: person.id_soggetto };
  return { kind: 'provincial', entryId: person.entry_id };
}

export interface Sampled {
  readonly person: SampledPerson;
  readonly when: When;
}

/** Persons with a time to ask about; every other one as known now. */
export async function samplePersons(db: Database, count: number, random: () => number): Promise<Sampled[]> {
  const highest = await highestEntry(db);
  const ids = Array.from({ length: count * 2 }, () => 1 + Math.floor(random() * highest));
  const known = await lastRecorded(db);
  const persons = (await listSampledPersons(db, ids)).slice(0, count);
  return persons.map((person, i) => ({
    person,
    when: {
      al: fromEpochDays(FIRST + Math.floor(random() * (LAST - FIRST))) as Day,
      notoAl: i % 2 === 0 ? null : instantAfter(person.recorded_from, known, random()),
    },
  }));
}

export async function benchAsk(options: BenchOptions): Promise<Report> {
  const folder = registerFolder(options);
  if (!existsSync(folder))
    throw new Error(`nothing loaded in ${folder}: run load with the same options first`);
  const bench = await openBenchDatabase(folder, false);
  try {
    await settle(bench.owner);
    const random = randomFrom(options.seed);
    const sampled = await samplePersons(bench.db, options.questions, random);
    const addresses = await listSampledAddresses(
      bench.db,
      sampled.map((s) => s.person.entry_id),
    );
    const by = (ask: (db: Database, key: PersonKey, when: When) => Promise<unknown>): Question[] =>
      sampled.map(({ person, when }, i) => ({ when, ask: (db) => ask(db, keyOf(person, i), when) }));
    const named = sampled.flatMap(({ person, when }): Question[] => {
      if (person.cognome === null || person.nome === null) return [];
      const key: PersonKey = {
        kind: 'name',
        surname: person.cognome,
        given: person.nome,
        birth: parsePartialDate(person.birth_text),
      };
      return [{ when, ask: (db) => askPerson(db, key, when) }];
    });
    const kinds: readonly (readonly [string, readonly Question[]])[] = [
      ['person', by(askPerson)],
      ['person by name and birth', named],
      ['family', by(askFamily)],
      ['history', by((db, key, when) => askHistory(db, key, when, false))],
      ['history, superseded too', by((db, key, when) => askHistory(db, key, when, true))],
      [
        'address',
        addresses.map((a, i) => ({
          when: sampled[i]!.when,
          ask: (db, when) =>
            askAddress(db, {
              comune: a.comune,
              street: a.street_key,
              number: a.civico_key,
              span: { on: when.al },
              notoAl: when.notoAl,
            }),
        })),
      ],
    ];
    const figures: Figure[] = [];
    const all = await timed(bench.server.pid, async () => {
      for (const [name, questions] of kinds)
        figures.push(...spreadFigures(name, await askAll(bench.db, questions), LIMIT));
    });
    const comuni = [...new Set(sampled.map((s) => s.person.comune))].slice(0, 20);
    const population = (comune: string | null, i: number): Question => ({
      when: sampled[i]!.when,
      ask: (db, when) => askPopulation(db, comune, when.al, when.notoAl),
    });
    figures.push(...spreadFigures('population of a comune', await askAll(bench.db, comuni.map(population))));
    const province = [null, null, null].map(population);
    figures.push(...spreadFigures('population of the province', await askAll(bench.db, province)));
    figures.push({ name: 'processor, Node', value: all.nodeSeconds, unit: 's' });
    if (all.serverSeconds !== null)
      figures.push({ name: 'processor, PostgreSQL', value: all.serverSeconds, unit: 's' });
    figures.push({ name: 'peak memory of Node', value: peakMegabytes(), unit: 'MB' });
    return report('ask', options.persons, bench.version, figures);
  } finally {
    await bench.close();
  }
}
