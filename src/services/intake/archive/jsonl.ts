/**
 * eventi.jsonl, a line at a time with constant memory (tracciato.md 3): one JSON object a line, UTF-8, a BOM tolerated,
 * LF or CRLF. What a line means is event-form.ts.
 */
import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Words } from '../messages/message-rule.ts';
import type { Broken } from '../rows/csv-rows.ts';
import { MAX_FIELD } from '../rows/csv-rows.ts';

/** A JSON object as parsed; read its own keys only. */
export type Json = Readonly<Record<string, unknown>>;

const CHUNK = 256 * 1024;
/** The longest line: a SCHEDA or TERRITORIO of some thousands of rows. Bounds the memory. */
const MAX_LINE = 16 * 1024 * 1024;
/** More values than thousands of full rows hold. A line of empty lists would be many times its size once parsed. Policy. */
const MAX_VALUES = 1_000_000;
/** Deeper than anything on the page (an address in a movement in a list: 4). */
const MAX_DEPTH = 16;
const LF = 10;
const CR = 13;

const LONG_FIELD: Words = ['un campo supera 64 kB', 'a field is over 64 kB'];
const NUL: Words = ['il testo contiene un NUL', 'the text holds a NUL'];
const NOT_UTF8: Words = ['il testo non è in UTF-8', 'the text is not UTF-8'];

/** Takes a line: the object, its number from 1, and its text. Stops the reading by returning false. */
export type OnLine = (event: Json, riga: number, raw: string) => boolean | undefined;

export interface LinesRead {
  /** Lines, or those before the fault. */
  readonly lines: number;
  readonly broken: Broken | null;
}

/** Reads every line. Synchronous; constant memory. */
export function eachEvent(path: string, onLine: OnLine): LinesRead {
  let lines = 0;
  let broken: Broken | null = null;
  const fault = (codice: Broken['codice'], perche: Words): false => {
    broken = { codice, riga: lines + 1, perche };
    return false;
  };
  eachLine(path, (bytes) => {
    if (bytes === null)
      return fault('SIP-012', [`la riga supera ${MAX_LINE} byte`, `the line is over ${MAX_LINE} bytes`]);
    if (bytes.includes(0)) return fault('SIP-011', NUL);
    if (!isUtf8(bytes)) return fault('SIP-011', NOT_UTF8);
    if (bytes.length > MAX_VALUES && countValues(bytes) > MAX_VALUES) return fault('SIP-012', TOO_MANY);
    const raw = bytes.toString('utf8');
    let event: unknown;
    try {
      event = JSON.parse(raw);
    } catch (error) {
      const detail = error instanceof Error ? error.message : '';
      return fault('SIP-012', [`JSON non valido (${detail})`, `invalid JSON (${detail})`]);
    }
    if (typeof event !== 'object' || event === null || Array.isArray(event))
      return fault('SIP-012', ['la riga non è un oggetto JSON', 'the line is not a JSON object']);
    const bad = badValue(event, raw.includes('\\u'), MAX_DEPTH);
    if (bad !== null) return fault(bad === LONG_FIELD || bad === TOO_DEEP ? 'SIP-012' : 'SIP-011', bad);
    lines++;
    return onLine(event as Json, lines, raw);
  });
  return { lines, broken };
}

const TOO_DEEP: Words = [`più di ${MAX_DEPTH} livelli`, `more than ${MAX_DEPTH} levels`];

const TOO_MANY: Words = [
  `più di ${MAX_VALUES} valori in una riga`,
  `more than ${MAX_VALUES} values in a line`,
];

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const BRACKET = 91;
const BRACE = 123;

/** At least how many values the text of a line has, told before it is parsed: one for each comma, list or object in it. */
function countValues(bytes: Buffer): number {
  let count = 0;
  let inText = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === QUOTE) inText = !inText;
    else if (inText) {
      if (byte === BACKSLASH) i++;
    } else if (byte === COMMA || byte === BRACKET || byte === BRACE) count++;
  }
  return count;
}

/** What is wrong with the texts of a value. Escapes (\u0000, half a surrogate pair) can spell what UTF-8 cannot. */
function badValue(value: unknown, escapes: boolean, depth: number): Words | null {
  if (typeof value === 'string') {
    if (value.length > MAX_FIELD / 4 && Buffer.byteLength(value) > MAX_FIELD) return LONG_FIELD;
    if (escapes && value.includes('\0')) return NUL;
    return escapes && !value.isWellFormed() ? NOT_UTF8 : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth === 0) return TOO_DEEP;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const bad = badValue(value[i], escapes, depth - 1);
      if (bad !== null) return bad;
    }
    return null;
  }
  for (const key of Object.keys(value)) {
    const bad =
      badValue(key, escapes, depth) ?? badValue((value as Record<string, unknown>)[key], escapes, depth - 1);
    if (bad !== null) return bad;
  }
  return null;
}

/** Calls `onLine` with the bytes of each line, its end left out; with null for one that is too long, the last. */
function eachLine(path: string, onLine: (bytes: Buffer | null) => boolean | undefined): void {
  const fd = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(Math.min(CHUNK, fstatSync(fd).size + 1));
    let filled = 0;
    let start = true;
    for (;;) {
      if (filled === buffer.length) {
        if (filled >= MAX_LINE) {
          onLine(null);
          return;
        }
        const larger = Buffer.allocUnsafe(2 * filled);
        buffer.copy(larger);
        buffer = larger;
      }
      const read = readSync(fd, buffer, filled, buffer.length - filled, null);
      filled += read;
      if (start && read > 0 && filled < 3) continue;
      let from =
        start && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf && filled > 2 ? 3 : 0;
      start = false;
      for (;;) {
        const end = buffer.indexOf(LF, from);
        if (end < 0 || end >= filled) break;
        if (onLine(buffer.subarray(from, end > from && buffer[end - 1] === CR ? end - 1 : end)) === false)
          return;
        from = end + 1;
      }
      if (read === 0) {
        if (from < filled) onLine(buffer.subarray(from, filled));
        return;
      }
      buffer.copy(buffer, 0, from, filled);
      filled -= from;
    }
  } finally {
    closeSync(fd);
  }
}
