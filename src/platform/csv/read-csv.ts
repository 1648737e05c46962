/** CSV that others wrote: `;` or `,`, a BOM tolerated, RFC 4180 quotes; a line that is broken is told by its number and does not stop the rest. */
import { finished } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';

export interface CsvRow {
  /** Of the file, the header being line 1. */
  readonly line: number;
  /** Null where the line is no CSV. */
  readonly cells: readonly string[] | null;
}

const SLICE = 1 << 16;
/** Longest record, in characters: a quote never closed does not swallow the file. */
const LONGEST = 20_000;

function* slices(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += SLICE) yield text.slice(at, at + SLICE);
}

/** The separator of a file, by its first line. */
export function separatorOf(text: string): ';' | ',' {
  const end = text.search(/[\r\n]/);
  const header = end < 0 ? text.slice(0, LONGEST) : text.slice(0, Math.min(end, LONGEST));
  return header.includes(';') || !header.includes(',') ? ';' : ',';
}

/** Row by row, in slices of the event loop: a large file stops nobody else. */
export async function* readCsv(text: string): AsyncGenerator<CsvRow> {
  const ready: CsvRow[] = [];
  const brokenAt = (error: unknown): undefined => {
    if (!(error instanceof CsvError)) throw error;
    ready.push({ line: Number(error['lines'] ?? 0), cells: null });
  };
  const parser = parse({
    bom: true,
    delimiter: separatorOf(text),
    max_record_size: LONGEST,
    relax_column_count: true,
    // A quote within a cell is of the cell; refused, it would take the next line with it.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: brokenAt,
    // Taken as they are read: what stands in the stream when an error comes would be lost with it.
    on_record: (cells: string[], { lines }) => {
      ready.push({ line: lines, cells });
      return null;
    },
  });
  const ended = finished(parser.resume());
  // Waited for below; until then nobody must call it unheard.
  ended.catch(() => undefined);
  for (const slice of slices(text)) {
    parser.write(slice);
    yield* ready.splice(0);
    await setImmediate();
  }
  parser.end();
  // A quote that is never closed: found out at the end of the file.
  await ended.catch(brokenAt);
  yield* ready;
}

/** Text of a file as offices save it: UTF-8, or what Italian spreadsheets write (Windows-1252). */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
