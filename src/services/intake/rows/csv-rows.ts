/**
 * RFC 4180 rows of a `;`-separated UTF-8 file, found by byte (tracciato.md 1, "CSV"). One pass, constant memory: the
 * buffer holds a chunk and grows only for a row that is longer than it. Cells are offsets; nobody pays for text
 * that is not read. Synchronous, because the readers run in worker threads and a promise per chunk buys nothing.
 */
import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Words } from '../messages/message-rule.ts';

/** A file that is not UTF-8 (SIP-011) or not well-formed CSV (SIP-012), and where. */
export interface Broken {
  readonly codice: 'SIP-011' | 'SIP-012';
  /** Data row from 1; 0 is the header. */
  readonly riga: number;
  readonly perche: Words;
}

/** One row as bytes. The object is the same at every call: read it, keep nothing of it. */
export interface RowBytes {
  buffer: Buffer;
  /** Data row from 1; 0 is the header. */
  riga: number;
  /** The row in `buffer`, line end left out. */
  start: number;
  end: number;
  /** How many cells it has. */
  width: number;
  /** For each cell, where its content begins and ends in `buffer`: quotes and outer spaces left out. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 where the cell holds doubled quotes. */
  readonly doubled: Uint8Array;
  /** No byte of the row is over 127: byte and character offsets are the same. */
  ascii: boolean;
}

const CHUNK = 256 * 1024;
/** A field over 64 kB is SIP-012. */
export const MAX_FIELD = 64 * 1024;
/** Ten times the widest file of the page: bounds the length of a row, and so the memory. */
const MAX_CELLS = 512;

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const SEMICOLON = 59;

/** 1 for a byte that can stand in a cell without quotes. */
const PLAIN = new Uint8Array(256).fill(1);
for (const special of [LF, CR, QUOTE, SEMICOLON]) PLAIN[special] = 0;

const MORE = -1;
const FAILED = -2;

const NOT_UTF8: Words = ['il testo non è in UTF-8', 'the text is not UTF-8'];
const HAS_NUL: Words = ['il testo contiene un byte NUL', 'the text holds a NUL byte'];
const LONG_FIELD: Words = ['un campo supera 64 kB', 'a field is over 64 kB'];
const MANY_CELLS: Words = [`più di ${MAX_CELLS} campi`, `more than ${MAX_CELLS} fields`];
const LONE_CR: Words = ['un ritorno a capo (CR) senza LF', 'a carriage return (CR) without LF'];
const STRAY_QUOTE: Words = ['virgolette in mezzo a un campo', 'a quote in the middle of a field'];
const AFTER_QUOTE: Words = ['testo dopo le virgolette di chiusura', 'text after the closing quote'];
const OPEN_QUOTE: Words = ['virgolette aperte e mai chiuse', 'a quote opened and never closed'];

class Scanner {
  readonly row: RowBytes;
  /** Bytes in the buffer; the byte after them is always LF, so that loops need no other bound. */
  filled = 0;
  eof = false;
  why: Words = OPEN_QUOTE;

  constructor(bytes: number) {
    this.row = {
      buffer: Buffer.allocUnsafe(bytes + 1),
      riga: 0,
      start: 0,
      end: 0,
      width: 0,
      starts: new Int32Array(MAX_CELLS),
      ends: new Int32Array(MAX_CELLS),
      doubled: new Uint8Array(MAX_CELLS),
      ascii: true,
    };
  }

  /** Finds the cells of the row that begins at `from`; the place after its line end, or MORE, or FAILED. */
  scan(from: number): number {
    const { row, filled } = this;
    const { buffer, starts, ends, doubled } = row;
    let or = 0;
    let width = 0;
    let at = from;
    row.start = from;
    for (;;) {
      let begin = at;
      let byte = buffer[at]!;
      while (PLAIN[byte] === 1) {
        or |= byte;
        byte = buffer[++at]!;
      }
      if (at - begin > MAX_FIELD) return this.fail(LONG_FIELD);
      let end = at;
      let twice = 0;
      if (byte === QUOTE) {
        // "spaces at both ends of a cell do not count": before an opening quote, too.
        while (begin < at && buffer[begin] === SPACE) begin++;
        if (begin < at) return this.fail(STRAY_QUOTE);
        begin = ++at;
        for (;;) {
          at = buffer.indexOf(QUOTE, at);
          if (at < 0 || at >= filled) {
            if (filled - begin > MAX_FIELD) return this.fail(LONG_FIELD);
            return this.eof ? this.fail(OPEN_QUOTE) : MORE;
          }
          if (at + 1 >= filled && !this.eof) return MORE;
          if (buffer[at + 1] !== QUOTE || at + 1 >= filled) break;
          twice = 1;
          at += 2;
        }
        end = at;
        if (end - begin > MAX_FIELD) return this.fail(LONG_FIELD);
        for (let i = begin; i < end; i++) or |= buffer[i]!;
        byte = buffer[++at]!;
        while (byte === SPACE) byte = buffer[++at]!;
        if (PLAIN[byte] === 1 || byte === QUOTE) return this.fail(AFTER_QUOTE);
      }
      if (width === MAX_CELLS) return this.fail(MANY_CELLS);
      while (begin < end && buffer[begin] === SPACE) begin++;
      while (begin < end && buffer[end - 1] === SPACE) end--;
      starts[width] = begin;
      ends[width] = end;
      doubled[width] = twice;
      width++;
      if (byte === SEMICOLON) {
        at++;
        continue;
      }
      row.end = at;
      if (byte === CR) {
        if (at + 1 >= filled) return this.eof ? this.fail(LONE_CR) : MORE;
        if (buffer[++at] !== LF) return this.fail(LONE_CR);
      }
      if (at >= filled && !this.eof) return MORE;
      row.width = width;
      row.ascii = or < 128;
      return at + 1;
    }
  }

  fail(why: Words): number {
    this.why = why;
    return FAILED;
  }
}

/** What is wrong with the bytes of a row, other than its structure. */
function badText(bytes: Buffer): Words | null {
  if (bytes.includes(0)) return HAS_NUL;
  return isUtf8(bytes) ? null : NOT_UTF8;
}

const wrongWidth = (found: number, expected: number): Words => [
  `ha ${found} campi invece di ${expected}`,
  `it has ${found} fields instead of ${expected}`,
];

/**
 * Calls `onRow` for the header and for each row, in order, until it returns false.
 * @returns the first fault of the file, or null. Rows before the fault have been seen.
 */
export function eachRow(path: string, onRow: (row: RowBytes) => boolean | undefined): Broken | null {
  const fd = openSync(path, 'r');
  const scanner = new Scanner(Math.min(CHUNK, fstatSync(fd).size + 1));
  const { row } = scanner;
  try {
    let from = 0;
    let width = -1;
    let first = true;
    for (;;) {
      // Keep the unfinished row, and read on behind it.
      if (from > 0) row.buffer.copy(row.buffer, 0, from, scanner.filled);
      scanner.filled -= from;
      from = 0;
      if (scanner.filled === row.buffer.length - 1) {
        const larger = Buffer.allocUnsafe(2 * scanner.filled + 1);
        row.buffer.copy(larger, 0, 0, scanner.filled);
        row.buffer = larger;
      }
      const room = row.buffer.length - 1 - scanner.filled;
      const read = readSync(fd, row.buffer, scanner.filled, room, null);
      scanner.eof = read === 0;
      scanner.filled += read;
      row.buffer[scanner.filled] = LF;
      if (first && read > 0) {
        if (scanner.filled < 3) continue;
        first = false;
        if (row.buffer[0] === 0xef && row.buffer[1] === 0xbb && row.buffer[2] === 0xbf) from = 3;
      }
      if (scanner.eof && first && scanner.filled === 0) return null;
      // Text is judged a chunk at a time; only a chunk that fails is looked at row by row.
      const wholeEnd = scanner.eof ? scanner.filled : row.buffer.lastIndexOf(LF, scanner.filled - 1) + 1;
      const sound = wholeEnd <= from || badText(row.buffer.subarray(from, wholeEnd)) === null;
      while (from < scanner.filled) {
        const next = scanner.scan(from);
        if (next === MORE) break;
        const end = next === FAILED ? lineEnd(row.buffer, from, scanner.filled) : row.end;
        const bad = sound && next !== FAILED ? null : badText(row.buffer.subarray(from, end));
        if (bad !== null) return { codice: 'SIP-011', riga: row.riga, perche: bad };
        if (next === FAILED) return { codice: 'SIP-012', riga: row.riga, perche: scanner.why };
        if (width < 0) width = row.width;
        else if (row.width !== width)
          return { codice: 'SIP-012', riga: row.riga, perche: wrongWidth(row.width, width) };
        if (onRow(row) === false) return null;
        row.riga++;
        from = Math.min(next, scanner.filled);
      }
      if (scanner.eof) return null;
    }
  } finally {
    closeSync(fd);
  }
}

/** The end of the line in which a row broke, so that a file in another encoding is told by its bytes, not by its quotes. */
function lineEnd(buffer: Buffer, from: number, filled: number): number {
  const at = buffer.indexOf(LF, from);
  return at < 0 || at > filled ? filled : at;
}
