/** `mapped`: the same persons, one row each, by the first door and as a package's CSV with its mapping, in one run. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { type Delivery, sipopDelivery } from '../../src/services/intake/delivery.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { findPackage } from '../../src/services/intake/mapped/packages.ts';
import { openBenchDatabase } from './bench-database.ts';
import { peakMegabytes, type Timed, timed } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { type Report, report } from './report.ts';
import { oneComuneOf } from './supplies.ts';

const COMUNE = '036023';
const SITUATION = day('2024-12-31');
const writer = resolve(import.meta.dirname, 'write-mapped.ts');

/** Written once, in a process of its own. */
async function filesOf(options: BenchOptions): Promise<{ archive: string; csv: string }> {
  const target = join(options.folder, `mapped-${options.persons}-${options.seed}`);
  if (!existsSync(target)) {
    const whole = await oneComuneOf({ ...options, single: true });
    const unfinished = `${target}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    const made = spawnSync(process.execPath, [writer, whole, unfinished, COMUNE], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (made.status !== 0) throw new Error(`the writer ended with status ${made.status}`);
    renameSync(unfinished, target);
  }
  return {
    archive: join(target, `SIPOP_${COMUNE}_000001_COMPLETA.zip`),
    csv: join(target, 'persone.csv'),
  };
}

/** Loads one supply into a register of its own. @returns rows of soggetti read, and the version of the server */
async function load(
  options: BenchOptions,
  supply: Delivery,
): Promise<{ readonly run: Timed<number>; readonly version: string }> {
  const bench = await openBenchDatabase(join(options.folder, 'register-mapped'), true);
  const workFolder = join(options.folder, 'intake');
  mkdirSync(workFolder, { recursive: true });
  try {
    const run = await timed(bench.server.pid, async () => {
      const [result] = await loadSupplies(bench.db, [supply], {
        workFolder,
        now: () => new Date(),
        reference: loadReference({ dataFolder: options.folder }),
        threads: options.threads,
      });
      if (result === undefined || 'error' in result) throw result?.error ?? new Error('nothing was loaded');
      if (result.receipt.esito === 'RIFIUTATA') throw new Error(`${result.file} was refused`);
      return result.supply?.lette['soggetti.csv'] ?? 0;
    });
    return { run, version: bench.version };
  } finally {
    await bench.close();
  }
}

export async function benchMapped(options: BenchOptions): Promise<Report> {
  const { archive, csv } = await filesOf(options);
  const first = await load(options, sipopDelivery(archive));
  const mapped = await load(options, {
    paths: [findPackage('csv-moderno')!, csv],
    door: 'MAPPATA',
    declared: { tipo: 'COMPLETA', comune: COMUNE, progressivo: 1, situazioneAl: SITUATION },
  });
  if (first.run.value !== mapped.run.value) throw new Error('the two doors read other numbers of persons');
  const rate = ({ run }: typeof first): number => run.value / run.seconds;
  return report('mapped', options.persons, first.version, [
    { name: 'persons read', value: mapped.run.value, unit: '' },
    { name: 'size of the CSV', value: statSync(csv).size / 1e6, unit: 'MB' },
    { name: 'first door, persons a second', value: rate(first), unit: '/s' },
    { name: 'mapped CSV, persons a second', value: rate(mapped), unit: '/s' },
    { name: 'mapped to first door', value: rate(mapped) / rate(first), unit: 'times', target: ['>=', 0.8] },
    { name: 'processor, Node, first door', value: first.run.nodeSeconds, unit: 's' },
    { name: 'processor, Node, mapped', value: mapped.run.nodeSeconds, unit: 's' },
    { name: 'peak memory of Node', value: peakMegabytes(), unit: 'MB', target: ['<=', 600] },
  ]);
}
