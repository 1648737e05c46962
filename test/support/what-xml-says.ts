/** A full supply of the tracciato cut down to what subentro.xml can say (tracciato.md 5): the peer that the ANPR door is held against. */
import { readFileSync } from 'node:fs';
import { LIMITS, unpackArchive } from '../../src/services/intake/archive/archive.ts';
import { rowsOf, supplyZip } from './supply-zip.ts';

type Cells = Record<string, string>;

/** Columns of which the XML has no element. */
const UNSAID: Readonly<Record<string, readonly string[]>> = {
  'soggetti.csv': ['comune_provenienza', 'stato_provenienza', 'riservatezza'],
  'famiglie.csv': ['lat', 'lon'],
  'convivenze.csv': ['lat', 'lon'],
  'residenze.csv': ['lat', 'lon'],
  'legami.csv': [],
};
/** Dates that the XML has only whole: a partial one is written as its first day. */
const WHOLE: readonly string[] = ['iscritto_dal', 'dal', 'cittadinanza_dal'];

const firstDay = (date: string): string => (date === '' ? '' : `${date}-01-01`.slice(0, 10));
const cell = (text: string): string => (/[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The archive of the same comune with residents and the present alone, as the XML would have them. */
export async function whatXmlSays(
  archive: string,
  folder: string,
  supply: { readonly comune: string; readonly situazione_al: string },
): Promise<Buffer> {
  const { files: unpacked } = await unpackArchive(archive, folder, LIMITS);
  const rows = (name: string): Cells[] => {
    const file = unpacked.get(name);
    return file === undefined ? [] : rowsOf(readFileSync(file.path));
  };
  const residents = rows('soggetti.csv').filter((row) => row.posizione === 'RESIDENTE');
  const ids = new Set(residents.map((row) => row.id_soggetto));
  const present = (row: Cells): boolean => row.al === '' && ids.has(row.id_soggetto);
  const open = (row: Cells): boolean => row.al === '';
  const tables: readonly (readonly [name: string, kept: Cells[]])[] = [
    ['soggetti.csv', residents],
    ['famiglie.csv', rows('famiglie.csv').filter(open)],
    ['convivenze.csv', rows('convivenze.csv').filter(open)],
    ['legami.csv', rows('legami.csv').filter(present)],
    ['residenze.csv', rows('residenze.csv').filter(present)],
  ];
  const files = new Map<string, Buffer>();
  for (const [name, kept] of tables) {
    const columns = Object.keys(rows(name)[0] ?? kept[0] ?? {});
    if (columns.length === 0) continue;
    const lines = kept.map((row) =>
      columns
        .map((column) => {
          if (UNSAID[name]!.includes(column)) return '';
          const value = row[column]!;
          return cell(WHOLE.includes(column) ? firstDay(value) : value);
        })
        .join(';'),
    );
    files.set(name, Buffer.from(`${[columns.join(';'), ...lines].join('\n')}\n`));
  }
  return supplyZip({ tipo: 'COMPLETA', progressivo: 1, files, ...supply });
}
