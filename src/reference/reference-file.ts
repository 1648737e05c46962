/**
 * What `sipop reference import` leaves in the data folder: one JSON file, with the lists as lines of text, which read
 * faster and take less room than objects; beside it the boundaries, as they came.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
}

interface Stored {
  readonly format: string;
  readonly importedAt: string;
  readonly sources: readonly ReferenceSource[];
  readonly comuni: string | null;
  readonly states: string | null;
  readonly tables: Readonly<Partial<Record<TableName, readonly CodeRow[]>>>;
  readonly postcodes: Readonly<Record<string, readonly string[]>> | null;
}

export const referenceFolder = (dataFolder: string): string => join(dataFolder, 'reference');
const referenceFile = (dataFolder: string): string => join(referenceFolder(dataFolder), 'reference.json');
/** Where the boundaries of the comuni are after an import (GeoJSON, key com_istat_code). */
export const boundariesFile = (dataFolder: string): string =>
  join(referenceFolder(dataFolder), 'comuni.geojson');

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

/** Writes it aside and renames it, so that a reader finds the old one or the new one. */
export function writeReference(dataFolder: string, imported: ImportedReference): string {
  const stored: Stored = {
    format: FORMAT,
    importedAt: imported.importedAt,
    sources: imported.sources,
    comuni: imported.comuni?.map(comuneLine).join('\n') ?? null,
    states: imported.states?.map(stateLine).join('\n') ?? null,
    tables: imported.tables,
    postcodes: imported.postcodes === null ? null : Object.fromEntries(imported.postcodes),
  };
  const file = referenceFile(dataFolder);
  mkdirSync(referenceFolder(dataFolder), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(stored)}\n`);
  renameSync(`${file}.new`, file);
  return file;
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
