/** A look at what a mapping does: the first rows of its files before and after, and the fields that it does not read. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../kernel/app-error.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Finding } from '../../../kernel/findings.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import { readTable } from '../archive/csv.ts';
import { mapTables, type SourceFile } from './map-tables.ts';
import { declaredFields } from './mapping-references.ts';
import { type MappingProblem, readMapping } from './read-mapping.ts';
import type { SourceSpec } from './schema.ts';
import { assignSources } from './source-files.ts';
import type { TableFile } from './table-file.ts';
import { usedFields } from './used-fields.ts';

/** A row by the names of its fields; empty ones are left out. */
export interface ShownRow {
  /** As it was sent. */
  readonly file: string;
  /** Of the file, from 1. */
  readonly riga: number;
  readonly valori: Readonly<Record<string, string>>;
}

export interface Preview {
  /** What is wrong with the mapping; then there is nothing else. */
  readonly problemi: readonly MappingProblem[];
  /** Files that are not those of the mapping (SIP-007). */
  readonly rifiuti: readonly Finding[];
  readonly sorgenti: readonly {
    readonly nome: string;
    readonly righe: readonly ShownRow[];
    readonly non_letti: readonly string[];
  }[];
  readonly tabelle: readonly { readonly nome: string; readonly righe: readonly ShownRow[] }[];
}

export interface PreviewInput {
  /** Path of the mapping. */
  readonly mapping: string;
  readonly files: readonly string[];
  readonly situazioneAl: Day;
  readonly reference: Reference;
  readonly tempFolder: string;
  /** Rows shown of each source. */
  readonly rows: number;
}

const NOTHING: Preview = { problemi: [], rifiuti: [], sorgenti: [], tabelle: [] };

/** @throws AppError not-found, where a file cannot be read */
export async function previewMapping(input: PreviewInput): Promise<Preview> {
  const { mapping, problems } = readMapping(await readFile(input.mapping));
  if (mapping === null) return { ...NOTHING, problemi: problems };
  const folder = await mkdtemp(join(input.tempFolder, 'sipop-preview-'));
  try {
    const sent = await Promise.all(
      input.files.map(async (path) => ({
        name: basename(path),
        path,
        bytes: await sizeOf(path),
        sha256: '',
      })),
    );
    const { files, refusals } = await assignSources(mapping, sent, folder);
    if (refusals.length > 0) return { ...NOTHING, rifiuti: refusals };
    const looks = new Map<string, SourceLook>();
    const sources = new Map(
      [...files].map(([name, file]): [string, SourceFile] => {
        const look = new SourceLook(mapping.sorgenti[name]!, file, input.rows);
        looks.set(name, look);
        return [name, look.file];
      }),
    );
    const { tables } = mapTables({ ...input, mapping, sources, folder, most: input.rows });
    const used = usedFields(mapping);
    return {
      ...NOTHING,
      sorgenti: [...looks].map(([nome, look]) => ({
        nome,
        righe: look.rows,
        non_letti: look.fields.filter((field) => field !== '' && used.get(nome)?.has(field) !== true),
      })),
      tabelle: tables.map((table) => ({ nome: table.spec.name, righe: rowsOf(table, input.rows) })),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() === true) return found.size;
  throw new AppError(
    'not-found',
    `non si riesce a leggere ${path}: controllare il nome e i permessi del file`,
    `cannot read ${path}: check its name and its permissions`,
  );
}

/** Watches the rows of a source go by. */
class SourceLook {
  readonly rows: ShownRow[] = [];
  readonly file: SourceFile;
  readonly #spec: SourceSpec;
  readonly #most: number;
  #header: readonly string[] = [];

  constructor(spec: SourceSpec, file: SourceFile, most: number) {
    this.#spec = spec;
    this.#most = most;
    this.file = {
      name: file.name,
      read: (handler) =>
        file.read({
          header: (names) => {
            this.#header = names;
            return handler.header(names);
          },
          row: (fields, line, record, plain) => {
            this.#see(fields, line, record);
            return handler.row(fields, line, record, plain);
          },
        }),
    };
  }

  /** Every field of every type of row. */
  get fields(): readonly string[] {
    const records = Object.keys(this.#spec.record ?? {});
    if (records.length === 0) return this.#fieldsOf(0);
    return [...new Set(records.flatMap((_, i) => this.#fieldsOf(i)))];
  }

  #fieldsOf(record: number): readonly string[] {
    const name = Object.keys(this.#spec.record ?? {})[record] ?? null;
    return declaredFields(this.#spec, name) ?? this.#header;
  }

  #see(fields: readonly string[], riga: number, record: number): void {
    // A source that is joined too is read twice.
    if (this.rows.length >= this.#most || this.rows.some((row) => row.riga === riga)) return;
    const names = this.#fieldsOf(record);
    const valori = Object.fromEntries(
      names.map((name, i) => [name, (fields[i] ?? '').trim()]).filter(([, value]) => value !== ''),
    );
    this.rows.push({ file: this.file.name, riga, valori });
  }
}

function rowsOf(table: TableFile, most: number): ShownRow[] {
  const rows: ShownRow[] = [];
  readTable(table.path, table.spec, (cells, riga) => {
    const origin = table.origin(riga, '');
    const named = table.spec.columns.map(({ name }, i) => [name, cells[i]!] as const);
    const faults = (table.faults.get(riga) ?? []).map(
      ({ campo, valore, perche }) => [campo, `✗ ${valore}: ${perche?.[0] ?? ''}`] as const,
    );
    rows.push({
      file: origin?.file ?? '',
      riga: origin?.line ?? 0,
      valori: Object.fromEntries([...named.filter(([, value]) => value !== ''), ...faults]),
    });
    return rows.length < most;
  });
  return rows;
}
