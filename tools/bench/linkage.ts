/**
 * `linkage`: a province 1% of whose persons are registered twice under different data. The whole is linked, and then the last supply
 * as if it had just come; what is proposed is held against the generator's list of duplicates, which linkage never sees.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadReference } from '../../src/reference/load-reference.ts';
import { linkNew } from '../../src/registry/linkage/link-new.service.ts';
import { linkAll, linkShare } from '../../src/registry/linkage/linkage.service.ts';
import { openBenchDatabase } from './bench-database.ts';
import { blockingRecall } from './blocking-recall.ts';
import { forgetLastSupply, listProposed } from './linkage.sql.ts';
import { loadAll } from './load.ts';
import { peakMegabytes, timed, watchingServer } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { type Figure, type Report, report } from './report.ts';
import { settle } from './sample.sql.ts';
import { suppliesFolder, suppliesOf } from './supplies.ts';

const SHARE = 0.01;

const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

function duplicatesIn(folder: string): Set<string> {
  const [, ...lines] = readFileSync(join(folder, 'duplicati.csv'), 'utf8').trimEnd().split('\n');
  return new Set(
    lines.map((line) => {
      const [comune, id, otherComune, otherId] = line.split(';');
      return pairOf(`${comune}:${id}`, `${otherComune}:${otherId}`);
    }),
  );
}

/** Precision, recall and F1 of the pairs proposed. */
function accuracy(found: readonly string[], truth: ReadonlySet<string>): Figure[] {
  const right = found.filter((pair) => truth.has(pair)).length;
  return [
    { name: 'duplicates', value: truth.size, unit: '' },
    { name: 'candidates', value: found.length, unit: '' },
    { name: 'precision', value: right / found.length, unit: '' },
    { name: 'recall, missed blocks counted', value: right / truth.size, unit: '' },
    { name: 'F1', value: (2 * right) / (found.length + truth.size), unit: '', target: ['>=', 0.97] },
  ];
}

export async function benchLinkage(options: BenchOptions): Promise<Report> {
  const { full } = suppliesOf(options, 0, SHARE);
  const truth = duplicatesIn(suppliesFolder(options, 0, SHARE));
  const folder = join(options.folder, `register-linkage-${options.persons}-${options.seed}`);
  const loaded = existsSync(folder);
  const bench = await openBenchDatabase(folder, !loaded);
  try {
    if (!loaded) {
      await loadAll(bench, options, full, 'soggetti.csv');
      await settle(bench.owner);
    }
    const reference = loadReference({ dataFolder: options.folder });
    const room = { workFolder: join(options.folder, 'linkage') };
    const proposed = async (): Promise<string[]> =>
      (await listProposed(bench.db)).map(({ a, b }) => pairOf(a, b));
    const { value: whole, megabytes } = await watchingServer(bench.server.pid, () =>
      timed(bench.server.pid, () => linkAll(bench.db, reference, room)),
    );
    const all = await proposed();
    const blocked = await blockingRecall(bench.db, [...truth]);
    const last = await forgetLastSupply(bench.owner);
    const increment = await timed(bench.server.pid, () =>
      linkShare(bench.db, reference, { since: last.since }),
    );
    const again = new Set(await proposed());
    const nothing = await timed(bench.server.pid, () => linkNew(bench.db, reference, room));
    const server: Figure[] =
      megabytes === null
        ? []
        : [
            { name: 'peak memory of PostgreSQL', value: megabytes, unit: 'MB' },
            {
              name: 'peak memory of both',
              value: megabytes + peakMegabytes(),
              unit: 'MB',
              target: ['<=', 4096],
            },
          ];
    return report('linkage', options.persons, bench.version, [
      { name: 'records', value: whole.value.records, unit: '' },
      { name: 'pairs compared', value: whole.value.pairs, unit: '' },
      { name: 'whole', value: whole.seconds, unit: 's', target: ['<=', 180] },
      { name: 'processor, Node, DuckDB in it', value: whole.nodeSeconds, unit: 's' },
      ...(whole.serverSeconds === null
        ? []
        : [{ name: 'processor, PostgreSQL', value: whole.serverSeconds, unit: 's' }]),
      { name: 'peak memory of Node, DuckDB in it', value: peakMegabytes(), unit: 'MB' },
      ...server,
      ...accuracy(all, truth),
      { name: 'blocking recall', value: blocked, unit: '' },
      { name: 'entries of the last supply', value: last.entries, unit: '' },
      { name: 'linking them', value: increment.seconds, unit: 's', target: ['<=', 10] },
      {
        name: 'processor for it, Node and PostgreSQL',
        value: increment.nodeSeconds + (increment.serverSeconds ?? 0),
        unit: 's',
      },
      { name: 'finding that nothing is to be linked', value: nothing.seconds, unit: 's' },
      {
        name: 'candidates it did not give again',
        value: all.filter((pair) => !again.has(pair)).length,
        unit: '',
        target: ['<=', 0],
      },
    ]);
  } finally {
    await bench.close();
  }
}
