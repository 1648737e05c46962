/**
 * The supplies of a province as one supply of one comune with all its residents: the hardest file for the memory of
 * the intake. Identifiers are prefixed by the number of the supply they came from, so that they stay apart.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { FileSink } from '../generator/sink.ts';
import { supplyName } from '../generator/supply.ts';
import { writeZip } from '../generator/zip.ts';

/** The comune that they all become: the largest. */
const COMUNE = '036023';
/** Columns that hold an identifier of the register's own. */
const OWN = /^id_/;
/** A cell with what parts it from the one before, quoted or not. */
const CELL = /(?:^|;)(?:"(?:[^"]|"")*"|[^;]*)/g;

interface Manifest {
  readonly quadratura: Readonly<Record<string, number>>;
  readonly situazione_al: string;
  readonly [key: string]: unknown;
}

/** The row with its own identifiers prefixed. */
function prefixed(row: string, own: readonly number[], prefix: string): string {
  const cells = row.match(CELL)!;
  for (const i of own) {
    const cell = cells[i]!;
    const start = cell.startsWith(';') ? 1 : 0;
    if (cell.length > start) cells[i] = `${cell.slice(0, start)}${prefix}${cell.slice(start)}`;
  }
  return cells.join('');
}

/** @param paths full supplies, whose files have the same columns in the same order @returns the archive's path */
export async function mergeSupplies(paths: readonly string[], folder: string): Promise<string> {
  const parts = join(folder, '.parti');
  await mkdir(parts, { recursive: true });
  const sinks = new Map<string, FileSink>();
  const quadratura: Record<string, number> = {};
  let manifest: Manifest | null = null;
  for (const [i, path] of paths.entries()) {
    const zip = await openPromise(path, { autoClose: false });
    for await (const entry of zip.eachEntry()) {
      const stream = await zip.openReadStreamPromise(entry);
      if (entry.fileName === 'fornitura.json') {
        manifest = JSON.parse(await text(stream)) as Manifest;
        for (const [key, n] of Object.entries(manifest.quadratura))
          quadratura[key] = (quadratura[key] ?? 0) + n;
        continue;
      }
      let own: number[] | null = null;
      let sink = sinks.get(entry.fileName);
      for await (const line of createInterface({ input: stream })) {
        if (own === null) {
          own = line.split(';').flatMap((name, column) => (OWN.test(name) ? [column] : []));
          sink ??= new FileSink(entry.fileName, join(parts, entry.fileName), line);
          sinks.set(entry.fileName, sink);
          continue;
        }
        sink?.write(prefixed(line, own, `${i}-`));
        await sink?.drain();
      }
    }
    zip.close();
  }
  if (manifest === null) throw new Error('no supply to merge');
  const files = await Promise.all([...sinks.values()].map((sink) => sink.close()));
  const path = join(folder, supplyName(COMUNE, 1, 'COMPLETA'));
  const merged = {
    ...manifest,
    comune: COMUNE,
    quadratura,
    file: Object.fromEntries(files.map((part) => [part.name, { righe: part.rows, sha256: part.sha256 }])),
  };
  await writeZip(path, JSON.stringify(merged), files, manifest.situazione_al);
  await rm(parts, { recursive: true });
  return path;
}
