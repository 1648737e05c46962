/**
 * Reads a PDF as a strict reader does (ISO 32000-1, 7): every object where the cross-reference table says, every stream as long as it says and whole, no
 * reference to nothing. What pdfkit writes is enough: a table, no object streams. A test that has a real checker at hand uses that too.
 */
import { inflateSync } from 'node:zlib';

export type PdfDictionary = ReadonlyMap<string, PdfValue>;
export class PdfReference {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}
export class PdfName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
export type PdfValue =
  | PdfDictionary
  | readonly PdfValue[]
  | PdfReference
  | PdfName
  | string
  | number
  | boolean
  | null;

export interface PdfObject {
  readonly value: PdfValue;
  /** Of a stream, its bytes, inflated. */
  readonly stream: Buffer | null;
}

const WHITE = /[\0\t\n\f\r ]/;
const REGULAR = /[^\0\t\n\f\r ()<>[\]{}/%]/;

/** One value after another, from a place in the text on. @throws Error where the text breaks the syntax */
class Reader {
  readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  skip(): void {
    while (this.at < this.text.length && WHITE.test(this.text[this.at]!)) this.at++;
  }

  takes(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  must(word: string): void {
    if (!this.takes(word))
      throw new Error(`${word} expected at ${this.at}: ${this.text.slice(this.at, this.at + 20)}`);
  }

  #regular(): string {
    const from = this.at;
    while (this.at < this.text.length && REGULAR.test(this.text[this.at]!)) this.at++;
    return this.text.slice(from, this.at);
  }

  value(): PdfValue {
    this.skip();
    if (this.takes('<<')) return this.#dictionary();
    if (this.takes('[')) return this.#array();
    if (this.takes('/')) return new PdfName(this.#regular());
    if (this.takes('(')) return this.#literal();
    if (this.takes('<')) return this.#hexadecimal();
    const reference = /^(\d+) 0 R(?=[\0\t\n\f\r ()<>[\]{}/%])/.exec(this.text.slice(this.at, this.at + 20));
    if (reference !== null) {
      this.at += reference[0].length;
      return new PdfReference(Number(reference[1]));
    }
    const word = this.#regular();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)) return Number(word);
    throw new Error(`no value at ${this.at}: ${word}`);
  }

  #dictionary(): PdfDictionary {
    const held = new Map<string, PdfValue>();
    for (;;) {
      this.skip();
      if (this.takes('>>')) return held;
      this.must('/');
      const name = this.#regular();
      if (held.has(name)) throw new Error(`/${name} twice in a dictionary at ${this.at}`);
      held.set(name, this.value());
    }
  }

  #array(): readonly PdfValue[] {
    const held: PdfValue[] = [];
    for (;;) {
      this.skip();
      if (this.takes(']')) return held;
      held.push(this.value());
    }
  }

  #literal(): string {
    const from = this.at;
    for (let depth = 1; depth > 0; this.at++) {
      const c = this.text[this.at];
      if (c === undefined) throw new Error(`a string without an end at ${from}`);
      if (c === '\\') this.at++;
      else if (c === '(') depth++;
      else if (c === ')') depth--;
    }
    return this.text.slice(from, this.at - 1);
  }

  #hexadecimal(): string {
    const end = this.text.indexOf('>', this.at);
    const digits = this.text.slice(this.at, end);
    if (end < 0 || !/^[0-9a-fA-F\s]*$/.test(digits)) throw new Error(`no hexadecimal string at ${this.at}`);
    this.at = end + 1;
    return Buffer.from(digits, 'hex').toString('latin1');
  }
}

export class StrictPdf {
  readonly objects: ReadonlyMap<number, PdfObject>;
  readonly trailer: PdfDictionary;

  /** @throws Error where the file is not what it says */
  constructor(bytes: Buffer) {
    const text = bytes.toString('latin1');
    if (!/^%PDF-1\.7\n%[\x80-\xff]{4}/.test(text)) throw new Error('no header, or not marked as binary');
    const start = /startxref\n(\d+)\n%%EOF\n?$/.exec(text)?.[1];
    if (start === undefined) throw new Error('no end');
    const reader = new Reader(text, Number(start));
    const offsets = offsetsOf(reader);
    this.objects = new Map(
      [...offsets].map(([number, offset]) => [number, objectAt(bytes, text, number, offset, offsets)]),
    );
    reader.skip();
    reader.must('trailer');
    this.trailer = dictionary(reader.value());
    if (this.trailer.get('Size') !== offsets.size + 1) throw new Error('the trailer counts other objects');
    for (const { value } of [...this.objects.values(), { value: this.trailer }])
      for (const { number } of referencesOf(value))
        if (!this.objects.has(number)) throw new Error(`object ${number} is named and is not there`);
  }

  /** What a value is, or what it refers to. */
  of(value: PdfValue | undefined): PdfValue {
    return value instanceof PdfReference ? this.objects.get(value.number)!.value : (value ?? null);
  }

  /** @throws Error where there is no dictionary */
  dictionary(value: PdfValue | undefined): PdfDictionary {
    return dictionary(this.of(value));
  }

  stream(value: PdfValue | undefined): string {
    const stream = value instanceof PdfReference ? this.objects.get(value.number)?.stream : null;
    if (stream == null) throw new Error('no stream');
    return stream.toString('utf8');
  }

  get root(): PdfDictionary {
    return this.dictionary(this.trailer.get('Root'));
  }

  /** The pages in their order. @throws Error where the tree does not count what it holds, or a page names another parent */
  get pages(): readonly PdfDictionary[] {
    const tree = this.dictionary(this.root.get('Pages'));
    const kids = this.of(tree.get('Kids'));
    if (!Array.isArray(kids) || kids.length !== tree.get('Count')) throw new Error('pages counted wrong');
    return kids.map((kid: PdfValue) => {
      const page = this.dictionary(kid);
      if (this.of(page.get('Parent')) !== tree) throw new Error('a page of another tree');
      return page;
    });
  }

  ofType(type: string): readonly PdfDictionary[] {
    return [...this.objects.values()].flatMap(({ value }) =>
      value instanceof Map && nameOf(value.get('Type')) === type ? [value as PdfDictionary] : [],
    );
  }
}

export const nameOf = (value: PdfValue | undefined): string | null =>
  value instanceof PdfName ? value.name : null;

function dictionary(value: PdfValue): PdfDictionary {
  if (value instanceof Map) return value;
  throw new Error('no dictionary');
}

/** Where the table says that each object begins: lines of twenty bytes. */
function offsetsOf(reader: Reader): ReadonlyMap<number, number> {
  reader.must('xref\n');
  const count = Number(/^0 (\d+)\n/.exec(reader.text.slice(reader.at, reader.at + 20))?.[1]);
  reader.must(`0 ${count}\n`);
  const offsets = new Map<number, number>();
  for (let number = 0; number < count; number++) {
    const line = reader.text.slice(reader.at, reader.at + 20);
    const read = /^(\d{10}) (\d{5}) ([nf])(?: \n|\r\n| \r)$/.exec(line);
    if (read === null || (number === 0) !== (read[3] === 'f'))
      throw new Error(`cross-reference ${number}: ${line}`);
    if (number > 0) offsets.set(number, Number(read[1]));
    reader.at += 20;
  }
  return offsets;
}

function objectAt(
  bytes: Buffer,
  text: string,
  number: number,
  offset: number,
  offsets: ReadonlyMap<number, number>,
): PdfObject {
  const reader = new Reader(text, offset);
  reader.must(`${number} 0 obj`);
  const value = reader.value();
  reader.skip();
  let stream: Buffer | null = null;
  if (reader.takes('stream')) {
    if (!reader.takes('\r\n')) reader.must('\n');
    const held = dictionary(value);
    const length = lengthOf(text, held.get('Length'), offsets);
    stream = bytes.subarray(reader.at, reader.at + length);
    reader.at += length;
    reader.skip();
    reader.must('endstream');
    if (nameOf(held.get('Filter')) === 'FlateDecode') stream = inflateSync(stream);
  }
  reader.skip();
  reader.must('endobj');
  return { value, stream };
}

function lengthOf(text: string, length: PdfValue | undefined, offsets: ReadonlyMap<number, number>): number {
  if (typeof length === 'number') return length;
  if (length instanceof PdfReference) {
    const reader = new Reader(text, offsets.get(length.number) ?? -1);
    reader.must(`${length.number} 0 obj`);
    return lengthOf(text, reader.value(), offsets);
  }
  throw new Error('a stream without a length');
}

function* referencesOf(value: PdfValue): Generator<PdfReference> {
  if (value instanceof PdfReference) yield value;
  else if (value instanceof Map) for (const inner of value.values()) yield* referencesOf(inner);
  else if (Array.isArray(value)) for (const inner of value) yield* referencesOf(inner);
}
