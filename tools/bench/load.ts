/** `load`: the supplies of a province through the real intake, and beside it a bare COPY of the very rows produced. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadReference } from '../../src/reference/load-reference.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { buildIndexes, copyIn, copyOut, dropClones, makeClones } from './bare-copy.sql.ts';
import { type BenchDatabase, openBenchDatabase } from './bench-database.ts';
import { peakMegabytes, timed } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { type Figure, type Report, report } from './report.ts';
import { oneComuneOf, suppliesOf } from './supplies.ts';

/** Where the loaded register is kept, for the benchmarks that ask and change it. */
export const registerFolder = (options: BenchOptions): string =>
  join(options.folder, `register-${options.persons}-${options.seed}${options.single ? '-single' : ''}`);

/** Loads archives; whatever is not accepted ends the benchmark. @returns rows read of the file */
export async function loadAll(
  bench: BenchDatabase,
  options: BenchOptions,
  paths: readonly string[],
  file: string,
): Promise<number> {
  const workFolder = join(options.folder, 'intake');
  mkdirSync(workFolder, { recursive: true });
  const results = await loadSupplies(bench.db, paths, {
    workFolder,
    now: () => new Date(),
    reference: loadReference({ dataFolder: options.folder }),
    threads: options.threads,
  });
  let read = 0;
  for (const result of results) {
    if ('error' in result) throw result.error;
    if (result.receipt.esito === 'RIFIUTATA') throw new Error(`${result.file} was refused`);
    read += result.supply?.lette[file] ?? 0;
  }
  return read;
}

export async function benchLoad(options: BenchOptions): Promise<Report> {
  const full = options.single ? [await oneComuneOf(options)] : suppliesOf(options, 0).full;
  const bench = await openBenchDatabase(registerFolder(options), true);
  try {
    const load = await timed(bench.server.pid, () => loadAll(bench, options, full, 'soggetti.csv'));
    // Before the peer, which uses this process too.
    const memory = peakMegabytes();
    const rows = await copyOut(bench.owner, bench.exchange);
    await makeClones(bench.owner, rows);
    await bench.owner.query('checkpoint');
    const copy = await timed(bench.server.pid, () => copyIn(bench.owner, bench.exchange, rows));
    const index = await timed(bench.server.pid, () => buildIndexes(bench.owner, rows));
    await dropClones(bench.owner);
    rmSync(bench.exchange, { recursive: true });
    const bare = copy.seconds + index.seconds;
    const server = (given: number | null, name: string): Figure[] =>
      given === null ? [] : [{ name, value: given, unit: 's' }];
    const bareServer =
      copy.serverSeconds === null || index.serverSeconds === null
        ? null
        : copy.serverSeconds + index.serverSeconds;
    return report(options.single ? 'load (one comune)' : 'load', options.persons, bench.version, [
      { name: 'persons read', value: load.value, unit: '' },
      { name: 'load', value: load.seconds, unit: 's' },
      { name: 'persons a second', value: load.value / load.seconds, unit: '/s', target: ['>=', 6000] },
      { name: 'peak memory of Node', value: memory, unit: 'MB', target: ['<=', 600] },
      { name: 'processor, Node and its threads', value: load.nodeSeconds, unit: 's' },
      ...server(load.serverSeconds, 'processor, PostgreSQL'),
      { name: 'rows produced', value: rows.rows, unit: '' },
      { name: 'bare COPY of them', value: copy.seconds, unit: 's' },
      { name: 'the same indexes and keys', value: index.seconds, unit: 's' },
      ...server(bareServer, 'processor of both, PostgreSQL'),
      {
        name: 'ratio of the load to COPY and indexes',
        value: load.seconds / bare,
        unit: 'times',
        target: ['<=', 4],
      },
    ]);
  } finally {
    await bench.close();
  }
}
