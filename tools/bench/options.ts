/** The options of a benchmark, from the command line. */
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly scenario: string;
  /** Residents of the province; of the one comune with `single`. */
  readonly persons: number;
  readonly months: number;
  readonly seed: number;
  readonly threads: number;
  /** One comune alone, with all the residents. */
  readonly single: boolean;
  /** The register that load left, so many times over; for lookup and quality. */
  readonly times: number;
  /** Of the audit. */
  readonly leaves: number;
  /** How many times each question is asked. */
  readonly questions: number;
  /** Where supplies and databases are kept from one run to the next. */
  readonly folder: string;
  readonly json: string | null;
}

export const USAGE = `node tools/bench/run.ts load|ask|events|subentro|mapped|constraints|audit|linkage|http|lookup|quality|verification [options]

  load         load the supplies of a province, and copy the very rows it produced as a peer
  ask          ask person, family, history, address and population of what load left
  events       apply months of changes to what load left
  subentro     load one comune of that many residents from the XML of ANPR
  mapped       load one comune by the first door, then the same persons as a package's CSV
  constraints  what each way of holding an invariant costs a row
  audit        append leaves, check a whole audit, prove one leaf
  http         ask person, family and history of what load left over HTTP, rights and audit on
  lookup       search by name, address and similar names in what load left over HTTP (--times 10: in ten times as much)
  quality      mistype the names of what load left, and count how often the right person comes first
  verification check declarations one by one over HTTP, and a file of 100,000
  linkage      find the 1% of a province that is registered twice under different data

  --persons N     residents (20000; the real figure is 710000)
  --months M      of changes, for events (12)
  --seed S        of the province (1)
  --threads T     that check supplies (2)
  --single        one comune with all the residents, for load
  --times K       the register that load left so many times over, made once and kept (1), for lookup and quality
  --leaves L      of the audit (200000; the real figure is 10000000)
  --questions Q   of each kind, for ask (2000)
  --folder DIR    for supplies and databases (${join(tmpdir(), 'sipop-bench')})
  --json FILE     results for programs
`;

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least) throw new Error(`--${name}: a whole number from ${least}`);
  return value;
}

/** @throws Error for what is not understood */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      persons: { type: 'string', default: '20000' },
      months: { type: 'string', default: '12' },
      seed: { type: 'string', default: '1' },
      threads: { type: 'string', default: '2' },
      single: { type: 'boolean', default: false },
      times: { type: 'string', default: '1' },
      leaves: { type: 'string', default: '200000' },
      questions: { type: 'string', default: '2000' },
      folder: { type: 'string', default: join(tmpdir(), 'sipop-bench') },
      json: { type: 'string' },
    },
  });
  const [scenario] = positionals;
  if (scenario === undefined || positionals.length > 1) throw new Error('one scenario is needed');
  return {
    scenario,
    persons: whole('persons', values.persons, 1),
    months: whole('months', values.months, 1),
    seed: whole('seed', values.seed, 0),
    threads: whole('threads', values.threads, 1),
    single: values.single,
    times: whole('times', values.times, 1),
    leaves: whole('leaves', values.leaves, 1),
    questions: whole('questions', values.questions, 1),
    folder: resolve(values.folder),
    json: values.json === undefined ? null : resolve(values.json),
  };
}
