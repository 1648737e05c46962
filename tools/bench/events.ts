/** `events`: months of a province's changes on top of its register, then persons with ten years of monthly events. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { day, fromEpochDays, toEpochDays } from '../../src/kernel/day.ts';
import { askFamily } from '../../src/registry/answers/ask-family.ts';
import { askHistory } from '../../src/registry/answers/ask-history.ts';
import { askPerson } from '../../src/registry/answers/ask-person.ts';
import { type Ask, askAll, instantAfter, type Question } from './ask.ts';
import { type BenchDatabase, openCopy } from './bench-database.ts';
import { loadAll, registerFolder } from './load.ts';
import { peakMegabytes, timed } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { randomFrom } from './random.ts';
import { type Figure, type Report, report, spreadFigures } from './report.ts';
import { countFacts, lastNumber, lastRecorded, listLongResidents, settle } from './sample.sql.ts';
import { suppliesOf } from './supplies.ts';
import { TEN_YEARS_FROM, writeTenYears } from './ten-years.ts';

/** The comune whose residents get ten years of events: the largest. */
const COMUNE = '036023';
const PERSONS = 200;
const FIRST = toEpochDays(day(TEN_YEARS_FROM));
const DAYS = 3650;

/** Questions about persons with ten years of events, at any day of them and any instant since they are known. */
async function askTenYears(bench: BenchDatabase, options: BenchOptions): Promise<Figure[]> {
  const persons = await listLongResidents(bench.db, COMUNE, TEN_YEARS_FROM, PERSONS);
  const folder = join(options.folder, 'ten-years');
  const paths = await writeTenYears(folder, COMUNE, await lastNumber(bench.db, COMUNE), persons);
  const told = await timed(bench.server.pid, () => loadAll(bench, options, paths, 'eventi.jsonl'));
  await settle(bench.owner);
  const known = await lastRecorded(bench.db);
  const random = randomFrom(options.seed);
  const ids = persons.map((p) => p.entry_id);
  const times = Array.from({ length: options.questions }, (_, i) => ({
    person: persons[i % persons.length]!,
    when: {
      al: fromEpochDays(FIRST + Math.floor(random() * DAYS)),
      notoAl: instantAfter(persons[i % persons.length]!.recorded_from, known, random()),
    },
  }));
  const by = (ask: (id: number) => Ask): Question[] =>
    times.map(({ person, when }) => ({ when, ask: ask(person.entry_id) }));
  const kinds: readonly (readonly [string, readonly Question[]])[] = [
    ['person', by((entryId) => (db, when) => askPerson(db, { kind: 'provincial', entryId }, when))],
    ['family', by((entryId) => (db, when) => askFamily(db, { kind: 'provincial', entryId }, when))],
    ['history', by((entryId) => (db, when) => askHistory(db, { kind: 'provincial', entryId }, when, false))],
  ];
  const figures: Figure[] = [
    { name: 'ten years: events about the same persons', value: told.value, unit: '' },
    { name: 'ten years: events a second', value: told.value / told.seconds, unit: '/s' },
    { name: 'ten years: facts a person', value: (await countFacts(bench.db, ids)) / ids.length, unit: '' },
  ];
  for (const [name, questions] of kinds)
    figures.push(...spreadFigures(`ten years: ${name}`, await askAll(bench.db, questions), 5));
  return figures;
}

export async function benchEvents(options: BenchOptions): Promise<Report> {
  const folder = registerFolder(options);
  if (!existsSync(folder))
    throw new Error(`nothing loaded in ${folder}: run load with the same options first`);
  const { changes } = suppliesOf(options, options.months);
  const bench = await openCopy(folder);
  try {
    const told = await timed(bench.server.pid, () => loadAll(bench, options, changes, 'eventi.jsonl'));
    const figures: Figure[] = [
      { name: 'supplies', value: changes.length, unit: '' },
      { name: 'events', value: told.value, unit: '' },
      { name: 'time', value: told.seconds, unit: 's' },
      { name: 'events a second', value: told.value / told.seconds, unit: '/s', target: ['>=', 3000] },
      {
        name: 'a year of 120,000 events',
        value: (120_000 * told.seconds) / told.value,
        unit: 's',
        target: ['<=', 60],
      },
      { name: 'processor, Node and its threads', value: told.nodeSeconds, unit: 's' },
      ...(told.serverSeconds === null
        ? []
        : [{ name: 'processor, PostgreSQL', value: told.serverSeconds, unit: 's' }]),
      { name: 'peak memory of Node', value: peakMegabytes(), unit: 'MB', target: ['<=', 600] },
      ...(await askTenYears(bench, options)),
    ];
    return report('events', options.persons, bench.version, figures);
  } finally {
    await bench.close();
  }
}
