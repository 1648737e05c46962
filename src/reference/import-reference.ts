/**
 * `sipop reference import`: reads the official files of a folder, says what they change, and puts them in the place of
 * what is held now, list by list (docs/adr/0006-reference-data.md). All or nothing: everything is read before
 * anything is written, and one rename makes it count.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../kernel/app-error.ts';
import type { Day } from '../kernel/day.ts';
import { type CodeRow, type CodeTables, embeddedCodeTables } from './codes.ts';
import type { ComuneSpell } from './comuni.ts';
import { embeddedComuni, embeddedPostcodes, properNames } from './embedded-comuni.ts';
import {
  BOUNDARIES_FILE,
  COMUNI_FILE,
  POSTCODES_FILE,
  readBoundaries,
  readComuni,
  readPostcodes,
  readStates,
  readTables,
  STATES_FILE,
  TABLES_FOLDER,
} from './official-files.ts';
import { compareListings, isUnchanged, type ListChanges, type Listing } from './reference-changes.ts';
import {
  type ImportedReference,
  type ReferenceSource,
  readReference,
  writeReference,
} from './reference-file.ts';
import { embeddedStates, type State } from './states.ts';

/** What came of one official file. */
export interface FileReport extends ReferenceSource, ListChanges {
  /** Rows of ours that it gave. */
  readonly rows: number;
}

export interface ImportReport {
  /** False where the folder holds what was imported before. */
  readonly changed: boolean;
  readonly importedAt: string;
  readonly files: readonly FileReport[];
  /** Official files that the folder does not hold: what they gave before, or the embedded data, goes on. */
  readonly missing: readonly string[];
}

/** The lists at hand: imported before, else those of the program. */
interface Held {
  readonly comuni: readonly ComuneSpell[];
  readonly states: readonly State[];
  readonly tables: CodeTables;
  readonly postcodes: ReadonlyMap<string, readonly string[]>;
  readonly boundaries: ReadonlyMap<string, string>;
}

function heldNow(before: ImportedReference | null): Held {
  const boundaries = before?.boundaries ?? null;
  return {
    comuni: before?.comuni ?? embeddedComuni(),
    states: before?.states ?? embeddedStates(),
    tables: { ...embeddedCodeTables(), ...before?.tables },
    postcodes: new Map([...embeddedPostcodes(), ...(before?.postcodes ?? [])]),
    boundaries: boundaries !== null && existsSync(boundaries) ? readBoundaries(boundaries) : new Map(),
  };
}

function sourceOf(path: string, name: string, sourceDate: Day | null): ReferenceSource {
  const bytes = readFileSync(path);
  return {
    file: name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    sourceDate,
  };
}

const days = (from: Day, to: Day | null): string => (to === null ? `dal ${from}` : `dal ${from} al ${to}`);

function comuniListing(spells: readonly ComuneSpell[]): Listing {
  return new Map(
    spells.map((s) => [
      `${s.istat}|${s.cadastral}|${s.validFrom}`,
      [s.istat ?? '------', s.cadastral, s.name, ...(s.otherName === null ? [] : [`(${s.otherName})`])]
        .concat(s.province === '' ? [] : [s.province], days(s.validFrom, s.validTo))
        .join(' '),
    ]),
  );
}

const statesListing = (states: readonly State[]): Listing =>
  new Map(
    states.map((s) => {
      const uses = `${s.citizenship ? 'C' : ''}${s.birth ? 'N' : ''}${s.residence ? 'R' : ''}`;
      return [s.code!, [s.code, s.cadastral, s.iso3, s.name, uses].filter(Boolean).join(' ')];
    }),
  );

const codesListing = (rows: readonly CodeRow[]): Listing =>
  new Map(
    rows.map(({ code, description, lastDay }) => [
      code,
      `${code} ${description}${lastDay === null ? '' : ` (fino al ${lastDay})`}`,
    ]),
  );

const postcodesListing = (codes: ReadonlyMap<string, readonly string[]>): Listing =>
  new Map([...codes].map(([istat, caps]) => [istat, `${istat} ${caps.join(' ')}`]));

/** Borders as people read them: which comune, and how long their text is. */
const boundariesListing = (boundaries: ReadonlyMap<string, string>): Listing =>
  new Map(
    [...boundaries].map(([istat, geometry]) => {
      const mark = createHash('sha256').update(geometry).digest('hex').slice(0, 8);
      return [istat, `${istat} confini ${mark}`];
    }),
  );

/** What is to be written, filled file by file. */
interface Draft {
  comuni: readonly ComuneSpell[] | null;
  states: readonly State[] | null;
  tables: Partial<Record<keyof CodeTables, readonly CodeRow[]>>;
  postcodes: ReadonlyMap<string, readonly string[]> | null;
  boundaries: string | null;
}

/**
 * Imports the official files that `folder` holds.
 * @throws AppError not-found, where it holds none; usage, with file and line, where one is not as it should be
 */
export function importReference(folder: string, dataFolder: string, now: Date): ImportReport {
  const before = readReference(dataFolder);
  const held = heldNow(before);
  const draft: Draft = {
    comuni: before?.comuni ?? null,
    states: before?.states ?? null,
    tables: { ...before?.tables },
    postcodes: before?.postcodes ?? null,
    boundaries: before?.boundaries ?? null,
  };
  const files: FileReport[] = [];
  const missing: string[] = [];
  const whenThere = (name: string, read: (path: string) => void): void => {
    const path = join(folder, name);
    if (existsSync(path)) read(path);
    else missing.push(name);
  };
  const report = (source: ReferenceSource, changes: ListChanges, rows: number): void => {
    files.push({ ...source, rows, ...changes });
  };

  whenThere(COMUNI_FILE, (path) => {
    const { rows, sourceDate } = readComuni(path, properNames());
    draft.comuni = rows;
    const changes = compareListings(comuniListing(held.comuni), comuniListing(rows));
    report(sourceOf(path, COMUNI_FILE, sourceDate), changes, rows.length);
  });
  whenThere(STATES_FILE, (path) => {
    const known = new Map(held.states.map((state) => [state.code!, state]));
    const { rows, sourceDate } = readStates(path, known);
    draft.states = rows;
    const changes = compareListings(statesListing(held.states), statesListing(rows));
    report(sourceOf(path, STATES_FILE, sourceDate), changes, rows.length);
  });
  whenThere(TABLES_FOLDER, (path) => {
    for (const { file, name, rows } of readTables(path, embeddedCodeTables())) {
      draft.tables[name] = rows;
      const changes = compareListings(codesListing(held.tables[name]), codesListing(rows));
      report(sourceOf(file, `${TABLES_FOLDER}/${basename(file)}`, null), changes, rows.length);
    }
  });
  whenThere(POSTCODES_FILE, (path) => {
    const rows = readPostcodes(path);
    draft.postcodes = rows;
    // The file may speak of one province: of the others, what is held goes on.
    const earlier = new Map([...held.postcodes].filter(([istat]) => rows.has(istat)));
    report(
      sourceOf(path, POSTCODES_FILE, null),
      compareListings(postcodesListing(earlier), postcodesListing(rows)),
      rows.size,
    );
  });
  whenThere(BOUNDARIES_FILE, (path) => {
    const rows = readBoundaries(path);
    draft.boundaries = path;
    const changes = compareListings(boundariesListing(held.boundaries), boundariesListing(rows));
    report(sourceOf(path, BOUNDARIES_FILE, null), changes, rows.size);
  });

  if (files.length === 0) throw nothingThere(folder);
  const sources = [
    ...(before?.sources ?? []).filter((old) => !files.some(({ file }) => file === old.file)),
    ...files.map(({ file, sha256, bytes, sourceDate }) => ({ file, sha256, bytes, sourceDate })),
  ].sort((a, b) => (a.file < b.file ? -1 : 1));
  const same = (a: ReferenceSource): boolean =>
    before?.sources.some((b) => b.file === a.file && b.sha256 === a.sha256) === true;
  const changed = !files.every((file) => isUnchanged(file) && same(file));
  const importedAt = changed || before === null ? now.toISOString() : before.importedAt;
  if (changed) writeReference(dataFolder, { importedAt, sources, ...draft });
  return { changed, importedAt, files, missing };
}

function nothingThere(folder: string): AppError {
  const names = [COMUNI_FILE, STATES_FILE, `${TABLES_FOLDER}/`, POSTCODES_FILE, BOUNDARIES_FILE].join(', ');
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    return new AppError(
      'not-found',
      `${folder} non è una cartella: indicare la cartella dei file ufficiali (${names})`,
      `${folder} is not a folder: name the folder of the official files (${names})`,
    );
  return new AppError(
    'not-found',
    `in ${folder} non c'è nessuno dei file ufficiali: ${names}`,
    `${folder} holds none of the official files: ${names}`,
  );
}
