/**
 * The official files, as ANPR and ISTAT publish them: archive of comuni, states, code tables, postcodes.
 * Each reader gives rows of ours and the date of the source; a file that is not what it should be is refused whole.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, type Day, parseDay } from '../kernel/day.ts';
import { nameKey } from '../kernel/text-keys.ts';
import { TABLE_NAMES, type TableName } from './code-tables.ts';
import type { CodeRow, CodeTables } from './codes.ts';
import type { ComuneSpell } from './comuni.ts';
import {
  type OfficialRow,
  readOfficialRows,
  readOfficialText,
  splitRecords,
  unfit,
} from './official-text.ts';
import type { State } from './states.ts';

export const COMUNI_FILE = 'ANPR_archivio_comuni.csv';
export const STATES_FILE = 'ANPR_stati_esteri.csv';
export const TABLES_FOLDER = 'anpr-tables';
export const POSTCODES_FILE = 'cap_popolazione2011_modena.csv';
export const BOUNDARIES_FILE = 'comuni_modena.geojson';

/** What a file gives, and how old it says to be. */
export interface Dated<T> {
  readonly rows: T;
  /** The latest update that its rows tell of, or null. */
  readonly sourceDate: Day | null;
}

const OPEN = '9999-12-31';

const latest = (days: readonly (Day | null)[]): Day | null =>
  days.reduce<Day | null>((max, item) => (item !== null && (max === null || item > max) ? item : max), null);

function dayIn(file: string, row: OfficialRow, column: string): Day {
  const value = parseDay(row.cells[column] ?? '');
  if (value === null) throw unfit(file, row.line, `${column} non è una data`, `${column} is not a date`);
  return value;
}

/** Adjacent rows that differ only by a change of borders are one spell to us. */
function joinAdjacent(spells: ComuneSpell[]): ComuneSpell[] {
  const identity = ({ istat, cadastral, name, otherName, province }: ComuneSpell): string =>
    [istat, cadastral, name, otherName, province].join('|');
  const joined: ComuneSpell[] = [];
  const byIdentity = [...spells].sort((a, b) => {
    const order = identity(a).localeCompare(identity(b), 'en');
    return order === 0 ? (a.validFrom < b.validFrom ? -1 : 1) : order;
  });
  for (const spell of byIdentity) {
    const before = joined.at(-1);
    if (before !== undefined && identity(before) === identity(spell) && before.validTo === spell.validFrom)
      joined[joined.length - 1] = { ...before, validTo: spell.validTo };
    else joined.push(spell);
  }
  return joined;
}

/**
 * The archive of comuni. Its last days are inclusive, ours are the first after; its names are in capitals, and take
 * the proper writing where `properNames` (by cadastral code) has the same name.
 */
export function readComuni(file: string, properNames: ReadonlyMap<string, string>): Dated<ComuneSpell[]> {
  const columns = ['DATAISTITUZIONE', 'DATACESSAZIONE', 'CODISTAT', 'CODCATASTALE', 'DENOMINAZIONE_IT'];
  const rows = readOfficialRows(file, [...columns, 'SIGLAPROVINCIA']);
  const spells = rows.map((row): ComuneSpell => {
    const { CODISTAT = '', DENOMINAZIONE_IT = '', SIGLAPROVINCIA = '' } = row.cells;
    // "ND": comuni of long ago that never had a cadastral code.
    const CODCATASTALE = row.cells.CODCATASTALE === 'ND' ? '' : (row.cells.CODCATASTALE ?? '');
    const other = row.cells.ALTRADENOMINAZIONE ?? '';
    const names = /^[^|\n]+$/.test(DENOMINAZIONE_IT) && /^[^|\n]*$/.test(other);
    if (!/^\d{6}$/.test(CODISTAT) || !/^([A-Z]\d{3})?$/.test(CODCATASTALE) || !names)
      throw unfit(file, row.line, 'codice o nome non valido', 'invalid code or name');
    const first = dayIn(file, row, 'DATAISTITUZIONE');
    const last = dayIn(file, row, 'DATACESSAZIONE');
    if (last < first) throw unfit(file, row.line, 'finisce prima di cominciare', 'ends before it begins');
    const proper = properNames.get(CODCATASTALE);
    return {
      istat: CODISTAT,
      cadastral: CODCATASTALE,
      name: proper !== undefined && nameKey(proper) === nameKey(DENOMINAZIONE_IT) ? proper : DENOMINAZIONE_IT,
      otherName: other === '' ? null : other,
      province: SIGLAPROVINCIA,
      validFrom: first,
      validTo: last === OPEN ? null : addDays(last, 1),
    };
  });
  const sourceDate = latest(rows.map((row) => parseDay(row.cells.DATAULTIMOAGG ?? '')));
  return { rows: joinAdjacent(spells), sourceDate };
}

/** "20/04/2017" → the day. */
const italianDay = (text: string): Day | null => parseDay(text.split('/').reverse().join('-'));

/** The table of states; what it does not say of one (`known`, by code) is kept: proper name, cadastral code. */
export function readStates(file: string, known: ReadonlyMap<string, State>): Dated<State[]> {
  const columns = ['CODISTAT', 'CODAT', 'DENOMINAZIONE', 'DENOMINAZIONEISTAT', 'CITTADINANZA', 'NASCITA'];
  const rows = readOfficialRows(file, [...columns, 'RESIDENZA', 'CODISO3166_1_ALPHA3']);
  const seen = new Set<string>();
  const states = rows.map((row): State => {
    const cell = (column: string): string => row.cells[column] ?? '';
    const code = cell('CODISTAT');
    if (!/^\d{3}$/.test(code) || !/^(Z\d{3})?$/.test(cell('CODAT')))
      throw unfit(file, row.line, 'codice non valido', 'invalid code');
    if (seen.has(code)) throw unfit(file, row.line, `codice ${code} ripetuto`, `code ${code} repeated`);
    seen.add(code);
    const before = known.get(code);
    const name = cell('DENOMINAZIONEISTAT') || cell('DENOMINAZIONE');
    const same = before !== undefined && nameKey(before.name) === nameKey(name);
    return {
      code,
      cadastral: cell('CODAT') || (before?.cadastral ?? null),
      iso3: cell('CODISO3166_1_ALPHA3') || null,
      // One row of the published file has its name behind the name of a column.
      name: same ? before.name : name.replace(/^- \w+: /, '').replace(/\*$/, ''),
      citizenship: cell('CITTADINANZA') === 'S',
      birth: cell('NASCITA') === 'S',
      residence: cell('RESIDENZA') === 'S',
      validTo: null,
      successors: [],
    };
  });
  return {
    rows: states.sort((a, b) => (a.code! < b.code! ? -1 : 1)),
    sourceDate: latest(rows.map((row) => italianDay(row.cells.DATAULTIMOAGG ?? ''))),
  };
}

/**
 * Codes whose meaning the tracciato gives otherwise than the table: any move between comuni, not only one from or to a
 * comune that has not joined ANPR (tracciato.md 1, "Codes").
 */
const MEANT_BY_THE_PAGE: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  T7: ['3', '8'],
  T15: ['3', '4'],
};

/** A code table: `# Tabella 05 - …`, a header, then code and description, with notes behind " - KEY: ". */
export interface OfficialTable {
  readonly file: string;
  readonly name: TableName;
  readonly rows: CodeRow[];
}

/** The tables of the folder that the tracciato names. */
export function readTables(folder: string, known: CodeTables): OfficialTable[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.tsv'));
  return files.toSorted().flatMap((name) => readTable(join(folder, name), known) ?? []);
}

function readTable(file: string, known: CodeTables): OfficialTable | null {
  const text = readOfficialText(file);
  const [title = ''] = text.split(/\r?\n/, 1);
  const number = /^# Tabella 0*(\d+)\b/.exec(title)?.[1];
  const name = TABLE_NAMES.find((table) => table === `T${number}`);
  if (name === undefined) return null;
  const records = splitRecords(file, text, '\t').slice(2);
  if (records.length === 0) throw unfit(file, null, 'non contiene righe', 'holds no rows');
  const kept = MEANT_BY_THE_PAGE[name] ?? [];
  const rows = records.map(({ line, cells }): CodeRow => {
    const [code = '', said = ''] = cells;
    if (!/^\w{1,3}$/.test(code) || said === '')
      throw unfit(file, line, 'codice o descrizione mancante', 'code or description missing');
    const ours = kept.includes(code) ? known[name].find((row) => row.code === code) : undefined;
    const last = /DATAFINEVALIDITA: (\d{4}-\d{2}-\d{2})/.exec(said)?.[1];
    return {
      code,
      description: ours?.description ?? descriptionOf(said),
      lastDay: last === undefined ? null : parseDay(last),
    };
  });
  return { file, name, rows };
}

/** The words before the notes (" - KEY: …"), spaces put right. */
const descriptionOf = (said: string): string =>
  said
    .replace(/ - (?:[A-Z]{5,}|Note|Solo) ?.*$/s, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?\/ ?/g, '/')
    .trim();

/** Postcodes by ISTAT code; several are separated by anything but digits. */
export function readPostcodes(file: string): Map<string, readonly string[]> {
  const rows = readOfficialRows(file, ['codice_istat', 'cap']);
  return new Map(
    rows.map(({ line, cells }) => {
      const { codice_istat: istat = '', cap = '' } = cells;
      const codes = cap.match(/\b\d{5}\b/g);
      if (!/^\d{6}$/.test(istat) || codes === null)
        throw unfit(file, line, 'codice ISTAT o CAP non valido', 'invalid ISTAT code or postcode');
      return [istat, codes];
    }),
  );
}

/** Boundaries by ISTAT code: the geometry of each, as text. */
export function readBoundaries(file: string): Map<string, string> {
  const text = readOfficialText(file);
  let collection: { features?: unknown };
  try {
    collection = JSON.parse(text) as { features?: unknown };
  } catch (error) {
    const line = /\(line (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw unfit(file, line === undefined ? null : Number(line), 'non è JSON valido', 'is not valid JSON');
  }
  const features = Array.isArray(collection?.features) ? (collection.features as unknown[]) : [];
  if (features.length === 0) throw unfit(file, null, 'non contiene confini', 'holds no boundaries');
  return new Map(
    features.map((item, i) => {
      const feature = item as { properties?: { com_istat_code?: unknown }; geometry?: unknown } | null;
      const istat = feature?.properties?.com_istat_code;
      if (typeof istat !== 'string' || !/^\d{6}$/.test(istat) || !feature?.geometry)
        throw unfit(
          file,
          null,
          `l'elemento ${i + 1} è senza com_istat_code o senza geometria`,
          `feature ${i + 1} lacks com_istat_code or geometry`,
        );
      return [istat, JSON.stringify(feature.geometry)];
    }),
  );
}
