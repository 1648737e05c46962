/** `subentro`: one comune of that many residents, as the XML of ANPR, through the real intake: check, rows, transaction. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { COMUNI } from '../generator/comuni.ts';
import { subentroName } from '../generator/subentro.ts';
import { openBenchDatabase } from './bench-database.ts';
import { peakMegabytes, timed } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { type Figure, type Report, report } from './report.ts';

const cli = resolve(import.meta.dirname, '../../src/entry/cli.ts');
/** The largest comune: its share of the province gives it the residents asked for. */
const COMUNE = '036023';

/** Written once, in a process of its own. */
function subentroOf({ folder, persons, seed }: BenchOptions): string {
  const target = join(folder, `subentro-${persons}-${seed}`);
  if (!existsSync(target)) {
    const all = COMUNI.reduce((sum, { residents }) => sum + residents, 0);
    const own = COMUNI.find(({ code }) => code === COMUNE)!.residents;
    const unfinished = `${target}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    const made = spawnSync(
      process.execPath,
      [
        cli,
        'generate',
        ...['--persons', String(Math.ceil((persons * all) / own)), '--seed', String(seed)],
        ...['--door', 'subentro', '--comune', COMUNE, '--out', unfinished],
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    if (made.status !== 0) throw new Error(`the generator ended with status ${made.status}`);
    renameSync(unfinished, target);
  }
  return join(target, subentroName(COMUNE));
}

export async function benchSubentro(options: BenchOptions): Promise<Report> {
  const path = subentroOf(options);
  const bench = await openBenchDatabase(join(options.folder, 'register-subentro'), true);
  const workFolder = join(options.folder, 'intake');
  mkdirSync(workFolder, { recursive: true });
  try {
    const load = await timed(bench.server.pid, async () => {
      const declared = {
        tipo: 'COMPLETA',
        comune: COMUNE,
        progressivo: 1,
        situazioneAl: day('2024-12-31'),
      } as const;
      const [result] = await loadSupplies(bench.db, [{ paths: [path], door: 'ANPR', declared }], {
        workFolder,
        now: () => new Date(),
        reference: loadReference({ dataFolder: options.folder }),
        threads: options.threads,
      });
      if (result === undefined || 'error' in result) throw result?.error ?? new Error('nothing was loaded');
      if (result.receipt.esito === 'RIFIUTATA') throw new Error(`${result.file} was refused`);
      return result.supply?.lette['soggetti.csv'] ?? 0;
    });
    const server: Figure[] =
      load.serverSeconds === null
        ? []
        : [{ name: 'processor, PostgreSQL', value: load.serverSeconds, unit: 's' }];
    return report('subentro', options.persons, bench.version, [
      { name: 'persons read', value: load.value, unit: '' },
      { name: 'size of the XML', value: statSync(path).size / 1e6, unit: 'MB' },
      { name: 'load', value: load.seconds, unit: 's' },
      { name: 'persons a second', value: load.value / load.seconds, unit: '/s', target: ['>=', 4000] },
      { name: 'peak memory of Node', value: peakMegabytes(), unit: 'MB', target: ['<=', 600] },
      { name: 'processor, Node and its threads', value: load.nodeSeconds, unit: 's' },
      ...server,
    ]);
  } finally {
    await bench.close();
  }
}
