/** Tables of a full supply: header against the page, cells in the page's order (tracciato.md 1 and 2). */
import type { Finding } from '../../../kernel/findings.ts';
import { finding } from '../messages/messages.ts';
import { type Broken, eachRow, type RowBytes } from '../rows/csv-rows.ts';
import type { FileSpec } from '../rows/file-specs.ts';

/** What came of reading a table. With a refusal, `rows` counts those before it. */
export interface TableRead {
  /** Data rows, the header left out. */
  readonly rows: number;
  /** SIP-010, SIP-011, SIP-012. */
  readonly refusals: readonly Finding[];
  /** SIP-020, one for each unknown column. */
  readonly warnings: readonly Finding[];
}

/**
 * A row of cells in the order of the `FileSpec`; '' where the cell is empty or its column is not in the file.
 * The array is filled anew for each row: take the texts, keep not the array.
 */
export type OnCells = (cells: readonly string[], riga: number, raw: () => string) => boolean | undefined;

/** Reads every row of a table. Synchronous; constant memory. `onCells` stops the reading by returning false. */
export function readTable(path: string, spec: FileSpec, onCells: OnCells): TableRead {
  const cells: string[] = new Array<string>(spec.columns.length).fill('');
  let places: Int32Array = new Int32Array(0);
  let current: RowBytes | null = null;
  const raw = (): string => rowText(current!);
  return scanTable(path, spec, (row, header) => {
    if (header !== undefined) {
      places = header;
      return true;
    }
    current = row;
    const { starts, ends, doubled } = row;
    // One decoding a row: most rows are ASCII, where offsets in bytes are offsets in characters.
    const text = row.ascii ? row.buffer.toString('latin1', row.start, row.end) : '';
    for (let i = 0; i < places.length; i++) {
      const at = places[i]!;
      if (at < 0) continue;
      const begin = starts[at]!;
      const end = ends[at]!;
      if (begin === end) {
        cells[i] = '';
        continue;
      }
      const cell = row.ascii
        ? text.substring(begin - row.start, end - row.start)
        : row.buffer.toString('utf8', begin, end);
      cells[i] = doubled[at] === 1 ? cell.replaceAll('""', '"') : cell;
    }
    return onCells(cells, row.riga, raw);
  });
}

/** The row as it stood in the file. */
function rowText(row: RowBytes): string {
  return row.buffer.toString('utf8', row.start, row.end);
}

/** Takes a data row; or, once and first, the header: for each column of the spec its place in the file, or -1. */
export type OnRow = (row: RowBytes, header?: Int32Array) => boolean | undefined;

/** Reads a table as bytes, its header checked. The cheaper half of `readTable`, for totals. */
export function scanTable(path: string, spec: FileSpec, onRow: OnRow): TableRead {
  let rows = 0;
  let header: Header | null = null;
  const broken = eachRow(path, (row) => {
    if (row.riga === 0) {
      header = readHeader(row, spec);
      return header.refusals.length === 0 && onRow(row, header.places) !== false;
    }
    rows++;
    return onRow(row);
  });
  // A file without even a header lacks every mandatory column.
  header ??= checkColumns([], spec);
  if (broken === null) return { rows, refusals: header.refusals, warnings: header.warnings };
  return { rows, refusals: [brokenFinding(spec.name, broken)], warnings: header.warnings };
}

/** SIP-011 or SIP-012, on its row. */
export function brokenFinding(file: string, broken: Broken): Finding {
  return finding(broken.codice, {
    file,
    riga: broken.riga === 0 ? null : broken.riga,
    perche: broken.perche,
  });
}

interface Header {
  readonly places: Int32Array;
  readonly refusals: readonly Finding[];
  readonly warnings: readonly Finding[];
}

function readHeader(row: RowBytes, spec: FileSpec): Header {
  const names: string[] = [];
  for (let i = 0; i < row.width; i++) {
    const name = row.buffer.toString('utf8', row.starts[i]!, row.ends[i]!);
    names.push(row.doubled[i] === 1 ? name.replaceAll('""', '"') : name);
  }
  return checkColumns(names, spec);
}

function checkColumns(names: readonly string[], spec: FileSpec): Header {
  const refusals: Finding[] = [];
  const warnings: Finding[] = [];
  const places = new Int32Array(spec.columns.length).fill(-1);
  const known = new Map(spec.columns.map(({ name }, index) => [name, index]));
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const [at, name] of names.entries()) {
    // Columns without a name (a `;` at the end of every row) are one unknown column, not a name given twice.
    if (seen.has(name) && name !== '') twice.add(name);
    const index = known.get(name);
    if (index !== undefined) places[index] = at;
    else if (!seen.has(name)) warnings.push(finding('SIP-020', { file: spec.name, campo: name }));
    seen.add(name);
  }
  for (const campo of twice)
    refusals.push(
      finding('SIP-010', {
        file: spec.name,
        campo,
        perche: ['compare due volte', 'stands there twice'],
      }),
    );
  for (const { name, mandatory } of spec.columns)
    if (mandatory && !seen.has(name)) refusals.push(finding('SIP-010', { file: spec.name, campo: name }));
  if (spec.oneOf !== undefined && !spec.oneOf.some((name) => seen.has(name)))
    refusals.push(
      finding('SIP-010', {
        file: spec.name,
        campo: spec.oneOf[0]!,
        perche: [
          `manca (ci vuole almeno una colonna tra ${spec.oneOf.join(', ')})`,
          `is missing (one column at least of ${spec.oneOf.join(', ')} is needed)`,
        ],
      }),
    );
  return { places, refusals, warnings };
}
