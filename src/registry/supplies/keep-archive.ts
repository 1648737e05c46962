/** The archive of a supply goes into the database in pieces, so that a replay needs nothing else. */
import { open } from 'node:fs/promises';
import type { Client } from '../../platform/db/pool.ts';
import { insertContent } from './supplies.sql.ts';

const CHUNK = 1024 * 1024;

export async function keepArchive(client: Client, supplyId: number, path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    // Most archives are far smaller than a chunk: a month of a comune is some kilobytes.
    const size = Math.min(CHUNK, (await handle.stat()).size + 1);
    for (let chunk = 0; ; chunk++) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(size), 0, size);
      if (bytesRead === 0) return;
      await insertContent(client, supplyId, chunk, buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
