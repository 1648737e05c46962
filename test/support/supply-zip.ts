/**
 * Builds supplies for tests: a manifest that tells the truth about the given files, unless the test patches it.
 * Rows and totals are counted by a small reader of its own, so that a fault in the intake's is not agreed with.
 */
import { createHash } from 'node:crypto';
import { writeZip, type ZipEntry, type ZipShape } from './zip-writer.ts';

export interface SupplyParts {
  readonly tipo: 'COMPLETA' | 'VARIAZIONI';
  readonly comune: string;
  readonly progressivo: number;
  readonly situazione_al: string;
  readonly files: ReadonlyMap<string, Buffer>;
  /** Laid over the manifest that tells the truth: objects key by key, null takes a key away. */
  readonly manifest?: Json;
  /** The bytes of fornitura.json themselves; null: none in the archive. */
  readonly manifestText?: string | null;
  readonly shape?: ZipShape;
  /** Laid over single entries. */
  readonly entries?: Readonly<Record<string, Partial<ZipEntry>>>;
  readonly more?: readonly ZipEntry[];
}

export type Json = { readonly [key: string]: unknown };

export function supplyName({ comune, progressivo, tipo }: SupplyParts): string {
  return `SIPOP_${comune}_${String(progressivo).padStart(6, '0')}_${tipo}.zip`;
}

/** The archive of a supply. */
export function supplyZip(parts: SupplyParts): Buffer {
  const text = parts.manifestText === undefined ? JSON.stringify(manifestOf(parts)) : parts.manifestText;
  const entries: ZipEntry[] = text === null ? [] : [{ name: 'fornitura.json', data: Buffer.from(text) }];
  for (const [name, data] of parts.files) entries.push({ name, data });
  return writeZip(
    [
      ...entries.map((entry) => ({ ...entry, ...parts.entries?.[String(entry.name)] })),
      ...(parts.more ?? []),
    ],
    parts.shape,
  );
}

/** The manifest of the parts, patched. */
export function manifestOf(parts: SupplyParts): Json {
  const file: Record<string, { righe: number; sha256: string }> = {};
  for (const [name, data] of parts.files)
    file[name] = {
      righe: name.endsWith('.jsonl') ? countLines(data) : rowsOf(data).length,
      sha256: createHash('sha256').update(data).digest('hex'),
    };
  const truth: Json = {
    tracciato: 'SIPOP/1.0',
    tipo: parts.tipo,
    comune: parts.comune,
    progressivo: parts.progressivo,
    generata: '2025-01-02T08:15:00+01:00',
    situazione_al: parts.situazione_al,
    software: { nome: 'PROVA', versione: '1.0' },
    assenti: 'segnala',
    quadratura: parts.tipo === 'COMPLETA' ? totalsOf(parts.files) : { eventi: countFile(parts.files) },
    file,
  };
  return parts.manifest === undefined ? truth : patch(truth, parts.manifest);
}

function countFile(files: ReadonlyMap<string, Buffer>): number {
  const events = files.get('eventi.jsonl');
  return events === undefined ? 0 : countLines(events);
}

const countLines = (data: Buffer): number =>
  data
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '').length;

function totalsOf(files: ReadonlyMap<string, Buffer>): Json {
  const soggetti = rowsOf(files.get('soggetti.csv'));
  const residenti = soggetti.filter((row) => row.posizione === 'RESIDENTE');
  const open = (name: string): number =>
    rowsOf(files.get(name)).filter((row) => (row.al ?? '') === '').length;
  const italiani = residenti.filter((row) => row.cittadinanza === '100').length;
  return {
    soggetti: soggetti.length,
    residenti: residenti.length,
    maschi: residenti.filter((row) => row.sesso === 'M').length,
    femmine: residenti.filter((row) => row.sesso === 'F').length,
    italiani,
    stranieri: residenti.length - italiani,
    famiglie: open('famiglie.csv'),
    convivenze: open('convivenze.csv'),
  };
}

/** Rows by column, by a plain reading of RFC 4180, a character at a time (broken text gives what it gives). */
export function rowsOf(data: Buffer | undefined): Record<string, string>[] {
  const text = (data ?? Buffer.alloc(0)).toString('utf8').replace(/^\ufeff/, '');
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    row.push(cell.replace(/^ +| +$/g, ''));
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '"' && quoted && text.charAt(i + 1) === '"') cell += text.charAt(i++);
    else if (char === '"') quoted = !quoted;
    else if (quoted) cell += char;
    else if (char === ';') endCell();
    else if (char === '\n') endRow();
    else if (char !== '\r') cell += char;
  }
  if (row.length > 0 || cell !== '') endRow();
  const [header = [], ...body] = rows;
  return body.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])));
}

function patch(target: Json, over: Json): Json {
  const result: Record<string, unknown> = { ...target };
  for (const [key, value] of Object.entries(over)) {
    const old = result[key];
    if (value === null) delete result[key];
    else if (isObject(value) && isObject(old)) result[key] = patch(old, value);
    else result[key] = value;
  }
  return result;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
