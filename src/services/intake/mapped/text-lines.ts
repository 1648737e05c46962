/** Lines of a text file in a declared encoding. Synchronous, memory bounded by the longest line that is taken. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Words } from '../messages/message-rule.ts';
import { decoderOf, type EncodingName, fittingEncodings } from './encodings.ts';
import type { SourceFault } from './source-fault.ts';

const CHUNK = 256 * 1024;
/** Ten times the widest record that packages write. Policy: bounds the memory. */
export const MAX_LINE = 1024 * 1024;
const LF = 10;
const CR = 13;
/** What DOS put at the end of texts. */
const DOS_END = 26;

const LONG_LINE: Words = [
  'una riga supera 1 MB: il file non è un testo, o i suoi fine riga non sono LF né CR LF',
  'a line is over 1 MB: the file is no text, or its line ends are neither LF nor CR LF',
];
const HAS_NUL: Words = [
  'contiene un byte NUL: non è un testo (forse un foglio di calcolo o un archivio)',
  'it holds a NUL byte: it is no text (perhaps a workbook or an archive)',
];
const WIDE: Words = ['è in UTF-16: salvarlo in UTF-8', 'it is in UTF-16: save it as UTF-8'];
const LONE_CR: Words = ['un ritorno a capo (CR) senza LF', 'a carriage return (CR) without LF'];
const ZIP: Words = [
  'è uno ZIP o un foglio XLSX, non un testo: nella mappatura serve formato: xlsx',
  'it is a ZIP or an XLSX workbook, no text: the mapping needs formato: xlsx',
];

const badByte = (byte: number, encoding: EncodingName, line: Buffer): Words => {
  const hex = byte.toString(16).toUpperCase().padStart(2, '0');
  const others = fittingEncodings(line).filter((other) => other !== encoding);
  const [it, en] =
    others.length === 0
      ? ['', '']
      : [`; la riga è leggibile come ${others.join(', ')}`, `; the line can be read as ${others.join(', ')}`];
  return [
    `il byte ${hex} non è un carattere in ${encoding}, la codifica della mappatura${it}`,
    `the byte ${hex} is no character in ${encoding}, the encoding of the mapping${en}`,
  ];
};

/** Takes a line, its end left out. False stops the reading. */
export type OnLine = (text: string, line: number) => boolean | undefined;

/** @returns the first fault, or null. Lines before it have been seen. */
export function eachLine(path: string, encoding: EncodingName, onLine: OnLine): SourceFault | null {
  const fd = openSync(path, 'r');
  try {
    return new LineReader(fd, encoding, onLine).run();
  } finally {
    closeSync(fd);
  }
}

class LineReader {
  readonly #fd: number;
  readonly #encoding: EncodingName;
  readonly #onLine: OnLine;
  #buffer: Buffer;
  #line = 1;

  constructor(fd: number, encoding: EncodingName, onLine: OnLine) {
    this.#fd = fd;
    this.#encoding = encoding;
    this.#onLine = onLine;
    this.#buffer = Buffer.allocUnsafe(Math.min(CHUNK, fstatSync(fd).size + 1));
  }

  run(): SourceFault | null {
    let filled = 0;
    let first = true;
    for (;;) {
      if (filled === this.#buffer.length) {
        if (filled > MAX_LINE) return this.#fault('SIP-012', LONG_LINE);
        this.#buffer = Buffer.concat([this.#buffer], 2 * filled);
      }
      const read = readSync(this.#fd, this.#buffer, filled, this.#buffer.length - filled, null);
      const eof = read === 0;
      filled += read;
      let from = 0;
      if (first && (filled >= 4 || eof)) {
        first = false;
        const start = this.#start(filled);
        if (typeof start !== 'number') return start;
        from = start;
      } else if (first) continue;
      if (eof && filled > 0 && this.#buffer[filled - 1] === DOS_END) filled--;
      const whole = eof ? filled : this.#buffer.lastIndexOf(LF, filled - 1) + 1;
      if (whole > from) {
        const result = this.#take(this.#buffer.subarray(from, whole));
        if (result !== true) return result;
        from = whole;
      }
      if (eof) return null;
      if (from > 0) {
        this.#buffer.copy(this.#buffer, 0, from, filled);
        filled -= from;
      }
      if (filled > MAX_LINE) return this.#fault('SIP-012', LONG_LINE);
    }
  }

  /** Where the text begins, or why there is none. */
  #start(filled: number): number | SourceFault {
    const head = this.#buffer.toString('hex', 0, Math.min(4, filled));
    if (head.startsWith('efbbbf')) return 3;
    if (head.startsWith('fffe') || head.startsWith('feff')) return this.#fault('SIP-011', WIDE);
    if (head === '504b0304') return this.#fault('SIP-012', ZIP);
    return 0;
  }

  /** Whole lines. @returns true to go on, null where no more are wanted */
  #take(bytes: Buffer): true | null | SourceFault {
    if (bytes.includes(0)) {
      this.#line += linesBefore(bytes, bytes.indexOf(0));
      return this.#fault('SIP-011', HAS_NUL);
    }
    const decoded = decoderOf(this.#encoding)(bytes);
    if ('badByte' in decoded) {
      const at = decoded.badByte;
      const from = bytes.lastIndexOf(LF, at) + 1;
      const end = bytes.indexOf(LF, at);
      this.#line += linesBefore(bytes, at);
      const line = bytes.subarray(from, end < 0 ? bytes.length : end);
      return this.#fault('SIP-011', badByte(bytes[at]!, this.#encoding, line));
    }
    const { text } = decoded;
    for (let at = 0; at < text.length; ) {
      const found = text.indexOf('\n', at);
      const next = found < 0 ? text.length : found;
      const end = next > at && text.charCodeAt(next - 1) === CR ? next - 1 : next;
      const line = text.slice(at, end);
      if (line.length > MAX_LINE) return this.#fault('SIP-012', LONG_LINE);
      if (line.includes('\r')) return this.#fault('SIP-012', LONE_CR);
      if (this.#onLine(line, this.#line) === false) return null;
      this.#line++;
      at = next + 1;
    }
    return true;
  }

  #fault(codice: 'SIP-011' | 'SIP-012', perche: Words): SourceFault {
    return { codice, line: this.#line, perche, encoding: this.#encoding };
  }
}

function linesBefore(bytes: Buffer, at: number): number {
  let lines = 0;
  for (let i = bytes.indexOf(LF); i >= 0 && i < at; i = bytes.indexOf(LF, i + 1)) lines++;
  return lines;
}
