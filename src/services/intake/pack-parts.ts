/** Several files of one supply become one archive, so that whatever came is hashed, kept and replayed as one thing. */
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { AppError } from '../../kernel/app-error.ts';

/** Any fixed day, and no zone of time beside it: the bytes of the archive must depend on nothing but its parts. */
const MTIME = new Date(1980, 0, 1);

/**
 * Packs the files into a ZIP at `target`, sorted by name and stored as they are: the same parts give the same bytes for ever,
 * whatever compresses, so that a supply sent again is known again (tracciato.md 1, progressivo).
 * @returns `target`
 * @throws AppError 'usage' for two files of one name, 'not-found' for one that cannot be read
 */
export async function packParts(paths: readonly string[], target: string): Promise<string> {
  const parts = paths.map((path) => ({ path, name: basename(path) }));
  parts.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const twice = parts.find(({ name }, i) => i > 0 && parts[i - 1]!.name === name);
  if (twice !== undefined)
    throw new AppError(
      'usage',
      `due file della fornitura hanno lo stesso nome, «${twice.name}»: darne uno diverso a ciascuno`,
      `two files of the supply have the same name, "${twice.name}": give each one of its own`,
    );
  const sizes: number[] = [];
  for (const { path } of parts) sizes.push(await sizeOf(path));
  const zip = new ZipFile();
  const out: Readable = Readable.from(zip.outputStream, { objectMode: false });
  zip.on('error', (error: Error) => out.destroy(error));
  for (const [i, { path, name }] of parts.entries())
    zip.addReadStreamLazy(
      name,
      { mtime: MTIME, forceDosTimestamp: true, mode: 0o100600, compress: false, size: sizes[i]! },
      (give) => give(null, createReadStream(path)),
    );
  zip.end();
  await pipeline(out, createWriteStream(target, { mode: 0o600 }));
  return target;
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() === true) return found.size;
  throw new AppError(
    'not-found',
    `non si riesce a leggere ${path}: controllare il nome e i permessi del file`,
    `cannot read ${path}: check its name and its permissions`,
  );
}
