/**
 * Rows as PostgreSQL writes a composite value: `(7,2025-01-01,infinity,12,3,,"VIA EMILIA")` (manual, "Composite Type Input and Output
 * Syntax"). Read and compared so, a row costs the server half of what JSON does, and names no column. Pure.
 */
import type { Cell, Row } from './tables.ts';

/** The cells of a row as text; null is NULL. */
export type TextCells = readonly (string | null)[];

// The spaces of C's isspace alone: JavaScript's \s has others (U+00A0, U+2009, U+3000, U+FEFF), which the server does not quote for.
const QUOTED = /["\\(),\t\n\v\f\r ]/;
const DOUBLED = /["\\]/g;

function recordCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string')
    return cell === '' || QUOTED.test(cell) ? `"${cell.replace(DOUBLED, '$&$&')}"` : cell;
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  return String(cell);
}

/** A row as text. */
export const recordText = (row: Row): string => `(${row.map(recordCell).join(',')})`;

/** The cells of a row written so. */
export function recordCells(text: string): TextCells {
  const cells: (string | null)[] = [];
  const end = text.length - 1;
  let at = 1;
  for (;;) {
    if (text[at] === '"') {
      let cell = '';
      for (at++; ; ) {
        let run = at;
        while (text[run] !== '"' && text[run] !== '\\') run++;
        cell += text.slice(at, run);
        // A quote or a backslash is doubled; a quote alone ends the cell.
        if (text[run] === '"' && text[run + 1] !== '"') {
          at = run + 1;
          break;
        }
        cell += text[run];
        at = run + 2;
      }
      cells.push(cell);
    } else {
      let comma = text.indexOf(',', at);
      if (comma < 0) comma = end;
      cells.push(comma === at ? null : text.slice(at, comma));
      at = comma;
    }
    if (at >= end) return cells;
    at++;
  }
}

/** Is a text that the server wrote this very row (by `recordText`)? However it quotes: some count bytes beyond ASCII among the spaces. */
export const isRecord = (written: string, record: string): boolean =>
  written === record ||
  // Without a quote on either side there is one way to write a row.
  ((written.includes('"') || record.includes('"')) && recordText(recordCells(written)) === record);

/** Gives rows one by one that stand in one text, each on a line of its own but for the line breaks within its cells. */
export function* eachRecord(text: string): Generator<string> {
  let quote = text.indexOf('"');
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    let open = false;
    for (;;) {
      if (end < 0) end = text.length;
      // Within a cell quotes are doubled, so that an odd one is still open.
      while (quote >= 0 && quote < end) {
        open = !open;
        quote = text.indexOf('"', quote + 1);
      }
      if (!open || end === text.length) break;
      end = text.indexOf('\n', end + 1);
    }
    yield text.slice(start, end);
    start = end + 1;
  }
}
