/**
 * What `sipop reference import` leaves in the data folder: one JSON file, with the lists as lines of text, which read
 * faster and take less room than objects; beside it the boundaries, as they came.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../kernel/app-error.ts';
import { type Day, day } from '../kernel/day.ts';
import type { TableName } from './code-tables.ts';
import type { CodeRow } from './codes.ts';
import type { ComuneSpell } from './comuni.ts';
import { parseStates, type State } from './states.ts';

const FORMAT = 'sipop-reference/1';

/** A file that was imported. */
export interface ReferenceSource {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The latest update the file tells of, or null. */
  readonly sourceDate: Day | null;
}

/** What has been imported; null for what has not, where the embedded data go on. */
export interface ImportedReference {
  readonly importedAt: string;
  readonly sources: readonly ReferenceSource[];
  readonly comuni: readonly ComuneSpell[] | null;
  readonly states: readonly State[] | null;
  readonly tables: Readonly<Partial<Record<TableName, readonly CodeRow[]>>>;
  readonly postcodes: ReadonlyMap<string, readonly string[]> | null;
  /** Path of a GeoJSON file (key com_istat_code). */
  readonly boundaries: string | null;
}

interface Stored {
  readonly format: string;
  readonly importedAt: string;
  readonly sources: readonly ReferenceSource[];
  readonly comuni: string | null;
  readonly states: string | null;
  readonly tables: Readonly<Partial<Record<TableName, readonly CodeRow[]>>>;
  readonly postcodes: Readonly<Record<string, readonly string[]>> | null;
  /** A file beside this one, or null. */
  readonly boundaries: string | null;
}

export const referenceFolder = (dataFolder: string): string => join(dataFolder, 'reference');
const referenceFile = (dataFolder: string): string => join(referenceFolder(dataFolder), 'reference.json');

const comuneLine = (spell: ComuneSpell): string =>
  [
    ...[spell.istat ?? '', spell.cadastral, spell.name, spell.otherName ?? '', spell.province],
    ...[spell.validFrom, spell.validTo ?? ''],
  ].join('|');

function comuneOf(line: string): ComuneSpell {
  const [istat = '', cadastral = '', name = '', other = '', province = '', from = '', to = ''] =
    line.split('|');
  return {
    istat: istat === '' ? null : istat,
    cadastral,
    name,
    otherName: other === '' ? null : other,
    province,
    validFrom: day(from),
    validTo: to === '' ? null : day(to),
  };
}

const stateLine = (state: State): string =>
  [
    ...[state.code ?? '', state.cadastral ?? '', state.iso3 ?? ''],
    `${state.citizenship ? 'C' : ''}${state.birth ? 'N' : ''}${state.residence ? 'R' : ''}`,
    state.name,
  ].join('|');

/** Writes aside, down to the disk, and renames, so that a reader finds the old content or the new one. */
function replaceFile(file: string, content: string | Buffer): void {
  const aside = `${file}.${process.pid}.new`;
  const handle = openSync(aside, 'w');
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(aside, file);
}

/** Keeps the boundaries under the name of their content, so that the ones in use are never written over. */
function keepBoundaries(folder: string, path: string): string {
  const bytes = readFileSync(path);
  const name = `comuni-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.geojson`;
  if (!existsSync(join(folder, name))) replaceFile(join(folder, name), bytes);
  return name;
}

/**
 * Puts what is imported in the place of what was. Every list counts from one rename on.
 */
export function writeReference(dataFolder: string, imported: ImportedReference): void {
  const folder = referenceFolder(dataFolder);
  mkdirSync(folder, { recursive: true });
  const boundaries = imported.boundaries === null ? null : keepBoundaries(folder, imported.boundaries);
  const stored: Stored = {
    format: FORMAT,
    importedAt: imported.importedAt,
    sources: imported.sources,
    comuni: imported.comuni?.map(comuneLine).join('\n') ?? null,
    states: imported.states?.map(stateLine).join('\n') ?? null,
    tables: imported.tables,
    postcodes: imported.postcodes === null ? null : Object.fromEntries(imported.postcodes),
    boundaries,
  };
  replaceFile(referenceFile(dataFolder), `${JSON.stringify(stored)}\n`);
  for (const name of readdirSync(folder))
    if (name.endsWith('.geojson') && name !== boundaries) rmSync(join(folder, name));
}

/**
 * What has been imported into the data folder, or null.
 * @throws AppError conflict, where the file is broken or of another version of the program
 */
export function readReference(dataFolder: string): ImportedReference | null {
  const file = referenceFile(dataFolder);
  if (!existsSync(file)) return null;
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Stored;
    if (stored.format !== FORMAT) throw new RangeError(`format ${stored.format}`);
    return {
      importedAt: stored.importedAt,
      sources: stored.sources,
      comuni: stored.comuni?.split('\n').map(comuneOf) ?? null,
      states: stored.states === null ? null : parseStates(stored.states),
      tables: stored.tables,
      postcodes: stored.postcodes === null ? null : new Map(Object.entries(stored.postcodes)),
      boundaries: stored.boundaries === null ? null : join(referenceFolder(dataFolder), stored.boundaries),
    };
  } catch (error) {
    throw new AppError(
      'conflict',
      `${file} non si legge: toglierlo, o rifarlo con ./sipop reference import CARTELLA`,
      `${file} cannot be read: remove it, or make it again with ./sipop reference import FOLDER`,
      error,
    );
  }
}
