/** The archive of a supply goes into the database in pieces, so that a replay needs nothing else. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import { insertContent } from './supplies.sql.ts';
import type { SupplyRecord } from './supply-record.ts';

const CHUNK = 1024 * 1024;

/**
 * @param path of the archive as it was sent
 * @throws AppError conflict where it is no longer what was checked: a replay of it would give another register
 */
export async function keepArchive(
  client: Client,
  supplyId: number,
  path: string,
  { fileName, sha256 }: Pick<SupplyRecord, 'fileName' | 'sha256'>,
): Promise<void> {
  const handle = await open(path, 'r');
  const hash = createHash('sha256');
  try {
    // Most archives are far smaller than a chunk: a month of a comune is some kilobytes.
    const size = Math.min(CHUNK, (await handle.stat()).size + 1);
    for (let chunk = 0; ; chunk++) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(size), 0, size);
      if (bytesRead === 0) break;
      const bytes = buffer.subarray(0, bytesRead);
      hash.update(bytes);
      await insertContent(client, supplyId, chunk, bytes);
    }
  } finally {
    await handle.close();
  }
  if (hash.digest('hex') === sha256) return;
  throw new AppError(
    'conflict',
    `${fileName}: il file è cambiato durante il caricamento, e nulla è stato registrato; ripetere.`,
    `${fileName}: the file changed while it was loaded, and nothing was recorded; load it again.`,
  );
}
