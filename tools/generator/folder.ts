/** The folder that a province is written to: what an earlier one left there gives way, anything else stays. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Supplies, lists and unfinished parts as the generator names them. */
const OWN =
  /^(SIPOP_\d{6}_\d{6}_(COMPLETA|VARIAZIONI)\.zip|SUBENTRO_\d{6}(_\d+di\d+)?\.xml|difetti\.csv|duplicati\.csv|popolazione\.csv|\.parti-\d{6}|\.eventi)$/;

/** Makes the folder and takes an earlier province out of it. @returns how many supplies were removed, and what else lies there */
export async function clearProvince(folder: string): Promise<{ removed: number; others: number }> {
  await mkdir(folder, { recursive: true });
  let removed = 0;
  let others = 0;
  for (const name of await readdir(folder)) {
    if (!OWN.test(name)) {
      others++;
      continue;
    }
    await rm(join(folder, name), { recursive: true });
    if (/\.(zip|xml)$/.test(name)) removed++;
  }
  return { removed, others };
}
