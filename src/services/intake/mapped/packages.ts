/** The mappings that come with the program, by the name of their file. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'packages');

/** Their names, in order. */
export const listPackages = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();

/** Where the mapping of a package is, or null where there is none of that name. */
export const findPackage = (name: string): string | null =>
  listPackages().includes(name) ? join(FOLDER, `${name}.yaml`) : null;
