/**
 * A register of several provinces, multiplied out of the one that `load` left: generating and loading 7,000,000 persons takes most of an hour.
 *
 * Alike with a register that was loaded: every table that searches, persons and families read, with its keys and the indexes they use; how many facts,
 * namesakes and neighbours somebody has; each copy has comuni of other provinces, so that a comune has as many persons as before, while names are borne by
 * as many times more persons as there are copies; and rows of one comune lie together.
 *
 * Not alike: each copy has the same names and streets as the register (no name is new); birth dates are the register's, some days earlier; a codice fiscale
 * is borne once, but its check character is none; findings, archives and what was set aside are the register's alone, so that nobody of a copy is flagged
 * for correction; some indexes that only the intake reads are not there. The tables are unlogged: a crash of the server empties them, and they are
 * multiplied again. Reading them is the same.
 */
import { loadReference } from '../../src/reference/load-reference.ts';
import { type BenchDatabase, openNamed } from './bench-database.ts';
import { registerFolder } from './load.ts';
import {
  copyOnce,
  extentOf,
  finishTables,
  forgetAccess,
  isWhole,
  prepareTables,
  type Shift,
} from './multiply.sql.ts';
import type { BenchOptions } from './options.ts';

/** Comuni of today outside the provinces of `own`, in order of code. */
function otherComuni(own: readonly string[]): string[] {
  const provinces = new Set(own.map((code) => code.slice(0, 3)));
  const codes = loadReference()
    .presentComuni()
    .flatMap(({ istat }) => (istat === null || provinces.has(istat.slice(0, 3)) ? [] : [istat]));
  return [...new Set(codes)].sort();
}

/** The register `options.times` times over; made where it is not there yet, and kept. */
export async function openMultiplied(options: BenchOptions): Promise<BenchDatabase> {
  const folder = registerFolder(options);
  const name = `sipop_times_${options.times}`;
  const bench = await openNamed(folder, name, isWhole);
  const { owner } = bench;
  const tell = (what: string): boolean => process.stderr.write(`${name}: ${what}\n`);
  if (await isWhole(owner)) {
    await forgetAccess(owner);
    return bench;
  }
  try {
    tell('indexes taken off');
    const back = await prepareTables(owner);
    const extent = await extentOf(owner);
    const others = otherComuni(extent.comuni);
    for (let copy = 1; copy < options.times; copy++) {
      const first = (copy - 1) * extent.comuni.length;
      const shift: Shift = {
        copy,
        entries: copy * extent.entries,
        households: copy * extent.households,
        events: copy * extent.events,
        supplies: copy * extent.supplies,
        comuni: Object.fromEntries(extent.comuni.map((code, i) => [code, others[first + i]!])),
      };
      tell(`copy ${copy}`);
      await copyOnce(owner, extent, shift);
    }
    tell('indexes put back');
    await finishTables(owner, back, extent, options.times);
    return bench;
  } catch (error) {
    await bench.close();
    throw error;
  }
}
