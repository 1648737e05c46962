/** What subentro.xml can say of the tables of a full supply (tracciato.md 5), and the tables that say no more than that. */
import { ADDRESS_COLUMNS } from '../../src/services/intake/rows/file-specs.ts';
import type { Cells, PresentRegister } from './subentro-xml.ts';
import { rowsOf } from './supply-zip.ts';

/** Columns of which the XML has no element. */
const UNSAID: readonly string[] = [
  'comune_provenienza',
  'stato_provenienza',
  'cancellato_dal',
  'motivo_cancellazione',
  'comune_destinazione',
  'stato_destinazione',
  'data_morte',
  'comune_morte',
  'stato_morte',
  'riservatezza',
  'lat',
  'lon',
];
/** Dates that the XML has only whole: a partial one is written as its first day. */
const WHOLE: readonly string[] = ['iscritto_dal', 'dal', 'cittadinanza_dal'];

const PARTIAL = /^\d{4}(?:-\d{2})?$/;
const firstDay = (date: string): string => (PARTIAL.test(date) ? `${date}-01-01`.slice(0, 10) : date);
const said = (row: Cells): Cells =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (UNSAID.includes(column)) return [column, ''];
      return [column, WHOLE.includes(column) ? firstDay(value) : value];
    }),
  );

/** A spouse stands in the marriage or the union, a date in the act that the civil status goes back to: the others have neither. */
function withoutActs(soggetto: Cells): Cells {
  const status = soggetto['stato_civile'] ?? '';
  const bound = status === '2' || status === '6';
  const dated = ['2', '3', '4', '6', '7', '8'].includes(status);
  return {
    ...soggetto,
    ...(bound ? {} : { id_coniuge: '', cf_coniuge: '' }),
    ...(dated ? {} : { stato_civile_dal: '' }),
  };
}

/** Residents and the present alone; each resident has the first open tie of theirs that no row before took. */
export function presentRegister(files: ReadonlyMap<string, Buffer>): PresentRegister {
  const open = (name: string): Cells[] => rowsOf(files.get(name)).filter((row) => (row.al ?? '') === '');
  const famiglie = open('famiglie.csv').map(said);
  const convivenze = open('convivenze.csv').map(said);
  const ties = open('legami.csv').map(said);
  const dwellings = open('residenze.csv');
  const taken = new Set<Cells>();
  const residents = rowsOf(files.get('soggetti.csv'))
    .filter((row) => row.posizione === 'RESIDENTE')
    .map((row) => {
      const soggetto = withoutActs(said(row));
      const id = soggetto['id_soggetto'];
      const tie = ties.find((t) => t['id_soggetto'] === id && !taken.has(t)) ?? null;
      if (tie !== null) taken.add(tie);
      const home =
        (tie?.['id_famiglia'] ?? '') !== ''
          ? (famiglie.find((f) => f['id_famiglia'] === tie!['id_famiglia']) ?? null)
          : (convivenze.find((c) => c['id_convivenza'] === tie?.['id_convivenza']) ?? null);
      const dwelling = dwellings.find((d) => d['id_soggetto'] === id);
      return { soggetto, tie, home, since: firstDay(dwelling?.['dal'] ?? soggetto['iscritto_dal'] ?? '') };
    });
  return { residents, famiglie, convivenze };
}

const cell = (text: string): string => (/[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function table(rows: readonly Cells[]): Buffer {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => cell(row[column] ?? '')).join(';'));
  return Buffer.from(`${[columns.join(';'), ...lines].join('\n')}\n`);
}

/** The tables of the tracciato that say what a subentro of the register says, in the same order. */
export function presentTables({ residents, famiglie, convivenze }: PresentRegister): Map<string, Buffer> {
  const lived = new Set(residents.map(({ home }) => home));
  // A household without members has no address in the XML.
  const households = (rows: readonly Cells[]): Cells[] =>
    rows.map((row) => ({ ...row, ...(lived.has(row) ? {} : noAddress) }));
  const noAddress = Object.fromEntries(ADDRESS_COLUMNS.map((column) => [column, '']));
  const files = new Map<string, Buffer>();
  const put = (name: string, rows: readonly Cells[]): void => {
    if (rows.length > 0) files.set(name, table(rows));
  };
  put(
    'soggetti.csv',
    residents.map(({ soggetto }) => soggetto),
  );
  put('famiglie.csv', households(famiglie));
  put('convivenze.csv', households(convivenze));
  put(
    'legami.csv',
    residents.flatMap(({ tie }) => (tie === null ? [] : [tie])),
  );
  put(
    'residenze.csv',
    residents
      .filter(({ home }) => home !== null)
      .map(({ soggetto, home, since }) => ({
        id_soggetto: soggetto['id_soggetto'] ?? '',
        dal: since,
        al: '',
        ...Object.fromEntries(ADDRESS_COLUMNS.map((column) => [column, home?.[column] ?? ''])),
      })),
  );
  return files;
}
