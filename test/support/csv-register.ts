/** A register as the rows of a full supply's files, to be changed and delivered again by tests. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { LIMITS, unpackArchive } from '../../src/services/intake/archive/archive.ts';
import { supplyZip } from './supply-zip.ts';

export type CsvRow = Record<string, string>;

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: CsvRow[];
}

/** By file name. */
export type CsvRegister = Map<string, CsvTable>;

/** A plain reading: the generator quotes only names of convivenze. */
function parse(text: string): CsvTable {
  const cells = (line: string): string[] =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^;]*)(?:;|$)/g)].map((m) =>
      m[1]!.startsWith('"') ? m[1]!.slice(1, -1).replaceAll('""', '"') : m[1]!,
    );
  const [first = '', ...lines] = text.split('\n').filter((line) => line !== '');
  const header = first.split(';');
  return {
    header,
    rows: lines.map((line) => {
      const values = cells(line);
      return Object.fromEntries(header.map((name, i) => [name, values[i] ?? '']));
    }),
  };
}

const quoted = (cell: string): string => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const text = ({ header, rows }: CsvTable): string =>
  [header.join(';'), ...rows.map((row) => header.map((name) => quoted(row[name] ?? '')).join(';'))]
    .map((line) => `${line}\n`)
    .join('');

/** Unpacks a full supply. */
export async function readRegister(archive: string): Promise<CsvRegister> {
  const folder = mkdtempSync(join(tmpdir(), 'sipop-register-'));
  try {
    const { files } = await unpackArchive(archive, folder, LIMITS);
    const tables = [...files.values()].filter((f) => basename(f.name).endsWith('.csv'));
    return new Map(tables.map((f) => [f.name, parse(readFileSync(f.path, 'utf8'))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const copyOf = (register: CsvRegister): CsvRegister =>
  new Map(
    [...register].map(([name, { header, rows }]) => [name, { header, rows: rows.map((r) => ({ ...r })) }]),
  );

/** The register as the archive of a full supply. */
export function archiveOf(
  register: CsvRegister,
  comune: string,
  progressivo: number,
  situazioneAl: string,
  assenti: 'segnala' | 'cancella' = 'segnala',
): Buffer {
  return supplyZip({
    tipo: 'COMPLETA',
    comune,
    progressivo,
    situazione_al: situazioneAl,
    files: new Map([...register].map(([name, table]) => [name, Buffer.from(text(table))])),
    manifest: { assenti },
  });
}
