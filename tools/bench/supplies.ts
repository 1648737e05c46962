/** The supplies a benchmark loads, written once by the generator and kept. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mergeSupplies } from './one-comune.ts';
import type { BenchOptions } from './options.ts';

const cli = resolve(import.meta.dirname, '../../src/entry/cli.ts');

export interface Supplies {
  readonly full: readonly string[];
  readonly changes: readonly string[];
}

export const suppliesFolder = (options: BenchOptions, months: number, duplicates: number): string =>
  join(
    options.folder,
    `supplies-${options.persons}-${months}-${options.seed}${duplicates === 0 ? '' : `-${duplicates}`}`,
  );

/** In the order of their numbers, comune by comune within each. */
function inOrder(folder: string, kind: string): string[] {
  const number = (name: string): string => name.slice(13, 19) + name;
  return readdirSync(folder)
    .filter((name) => name.endsWith(`_${kind}.zip`))
    .sort((a, b) => (number(a) < number(b) ? -1 : 1))
    .map((name) => join(folder, name));
}

/**
 * In a process of its own, so that its memory is not taken for that of the load.
 * @param duplicates share of persons registered twice under different data
 */
export function suppliesOf(options: BenchOptions, months: number, duplicates = 0): Supplies {
  const folder = suppliesFolder(options, months, duplicates);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    const made = spawnSync(
      process.execPath,
      [
        cli,
        'generate',
        ...['--persons', String(options.persons), '--months', String(months)],
        ...['--duplicates', String(duplicates)],
        ...['--seed', String(options.seed), '--out', unfinished],
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    if (made.status !== 0) throw new Error(`the generator ended with status ${made.status}`);
    renameSync(unfinished, folder);
  }
  return { full: inOrder(folder, 'COMPLETA'), changes: inOrder(folder, 'VARIAZIONI') };
}

/** The same persons as residents of one comune. */
export async function oneComuneOf(options: BenchOptions): Promise<string> {
  const folder = join(options.folder, `single-${options.persons}-${options.seed}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    await mergeSupplies(suppliesOf(options, 0).full, unfinished);
    renameSync(unfinished, folder);
  }
  return inOrder(folder, 'COMPLETA')[0]!;
}
