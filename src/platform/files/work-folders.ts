/** Private working folders of processes. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders left by a process that is no more. Their names hold its number. */
export async function clearStale(workFolder: string): Promise<void> {
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(workFolder)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? 0);
    if (pid === 0 || pid === process.pid) continue;
    try {
      process.kill(pid, 0);
    } catch {
      await rm(join(workFolder, name), { recursive: true, force: true });
    }
  }
}

/** A folder of this process alone, for `work`; it is gone when that has ended, and those that killed processes left are gone too. */
export async function withWorkFolder<T>(
  workFolder: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  await clearStale(workFolder);
  const folder = await mkdtemp(join(workFolder, `${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
