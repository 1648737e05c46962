/**
 * XML that strangers send, read as a stream: bytes in, elements out, memory bounded whatever comes. The parser below is
 * saxes, which holds a document to every rule of XML 1.0 and of its namespaces, and reads no DTD; what it has no limits for is
 * limited here, while the bytes come and not after they were gathered (security.md, "Input").
 */
import { isUtf8 } from 'node:buffer';
import { SaxesParser, type SaxesTagNS } from 'saxes';

/** What a document may hold. In characters, where nothing else is said. */
export interface XmlLimits {
  /** Elements within each other. */
  readonly depth: number;
  /** Of the name of an element or an attribute. */
  readonly name: number;
  /** Of the value of an attribute, and of the text of an element. */
  readonly text: number;
  /** Attributes of one element, declarations of namespaces among them. */
  readonly attributes: number;
  /** Of a tag, and of all that stands between two of them but is no text: comments, processing instructions, room. */
  readonly other: number;
}

/** Ten times what any layout of the national register asks for. */
export const XML_LIMITS: XmlLimits = { depth: 32, name: 128, text: 4096, attributes: 32, other: 16_384 };

/**
 * Why a document is refused. `encoding`: not UTF-8, or a NUL; `syntax`: not well-formed, cut short too; `forbidden`: a document
 * type, and with it any entity of its own, external or not; `limit`: over `XmlLimits`.
 */
export type XmlFaultKind = 'encoding' | 'syntax' | 'forbidden' | 'limit';

export interface XmlFault {
  readonly kind: XmlFaultKind;
  /** From 1. */
  readonly line: number;
  /** Characters of the line read so far. */
  readonly column: number;
  /** What is wrong, as the predicate of "the document": Italian, English. */
  readonly why: readonly [italian: string, english: string];
}

/** An element that opens. */
export interface XmlOpen {
  /** `local`, or `{namespace}local` for one that is in a namespace. */
  readonly name: string;
  /** By name, written like that of elements. Declarations of namespaces are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: number;
}

/** Takes what comes. `true` stops the reading where it is: the rest is not looked at, and the document is found without fault. */
export interface XmlHandler {
  open(element: XmlOpen): boolean | undefined;
  /** A piece of the text of the element that is open; entities resolved. Its elements and comments divide a text into several. */
  text(text: string): void;
  close(): boolean | undefined;
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const XMLNS = 'http://www.w3.org/2000/xmlns/';
/** Bytes given to the parser at a time: whatever has no end within `other` is noticed at this step. */
const STEP = 8192;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

class Fault extends Error {
  readonly kind: XmlFaultKind;
  readonly why: readonly [string, string];
  constructor(kind: XmlFaultKind, it: string, en: string) {
    super(en);
    this.kind = kind;
    this.why = [it, en];
  }
}

class Stop extends Error {}

const tooLong = (it: string, en: string, most: number): Fault =>
  new Fault('limit', `ha ${it} di oltre ${most} caratteri`, `has ${en} of more than ${most} characters`);

/** Some bytes as the parser has taken them, so that a place among characters can be told in bytes. */
interface Taken {
  readonly byte: number;
  readonly char: number;
  readonly text: string;
  readonly ascii: boolean;
}

/** Reads one document; to be used once. */
export class XmlReader {
  readonly #limits: XmlLimits;
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  #fault: XmlFault | null = null;
  #stopped = false;
  /** The declaration of the document has been looked at. */
  #declared = false;
  #depth = 0;
  /** Bytes of a character whose rest has not come. */
  #rest: Buffer = Buffer.alloc(0);
  #first = true;
  #bytes = 0;
  #chars = 0;
  /** Characters since the parser last told of anything. */
  #silent = 0;
  #told = false;
  #taken: Taken[] = [];
  #start = 0;
  /** Is the place of elements in the document wanted? To be switched off where it is not: it takes time. */
  places = true;

  constructor(handler: XmlHandler, limits: XmlLimits = XML_LIMITS) {
    this.#limits = limits;
    this.#listen(handler);
  }

  /** The document is refused, and why; null so far. */
  get fault(): XmlFault | null {
    return this.#fault;
  }

  /** Nothing more will be taken: a fault, or the handler's wish. */
  get ended(): boolean {
    return this.#stopped || this.#fault !== null;
  }

  /** In `open`, where `places` was on: the byte of the document at which the element begins. */
  get startByte(): number {
    return this.#start;
  }

  /** In `close`: the byte after the element. */
  get endByte(): number {
    return this.#byteOf(this.#parser.position);
  }

  /** The line that is being read, from 1. */
  get line(): number {
    return this.#parser.line;
  }

  /** Takes the next bytes. @returns false when no more are wanted (`ended`). */
  push(bytes: Uint8Array): boolean {
    let all: Buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#rest.length > 0) all = Buffer.concat([this.#rest, all]);
    if (this.#first) {
      if (all.length < 4) {
        this.#rest = Buffer.from(all);
        return true;
      }
      all = this.#begin(all);
    }
    let at = 0;
    while (!this.ended && all.length - at >= STEP) {
      const end = wholeUntil(all, at + STEP);
      this.#take(all.subarray(at, end));
      at = end;
    }
    const end = wholeUntil(all, all.length);
    if (!this.ended && end > at) this.#take(all.subarray(at, end));
    this.#rest = Buffer.from(all.subarray(Math.max(at, end)));
    return !this.ended;
  }

  /** No more bytes will come. @returns the fault of the document, or null where it is whole and well-formed, or was stopped */
  end(): XmlFault | null {
    if (!this.ended && this.#first) this.#rest = this.#begin(this.#rest);
    if (!this.ended && this.#rest.length > 0) this.#take(this.#rest);
    if (!this.ended) this.#guard(() => this.#parser.close());
    return this.#fault;
  }

  /** Leaves the mark of UTF-8 out; refuses those of others, which would be told as broken XML. */
  #begin(bytes: Buffer): Buffer {
    this.#first = false;
    const wide = /^(?:fffe|feff|00003c|3c00|003c)/.test(bytes.toString('hex', 0, 4));
    if (wide)
      this.#guard(() => {
        throw new Fault('encoding', 'è in UTF-16 o UTF-32, non in UTF-8', 'is UTF-16 or UTF-32, not UTF-8');
      });
    if (bytes.indexOf(BOM) !== 0) return bytes;
    this.#bytes = BOM.length;
    return bytes.subarray(BOM.length);
  }

  /** Gives whole characters to the parser. */
  #take(bytes: Buffer): void {
    const sound = isUtf8(bytes) && !bytes.includes(0);
    const all = bytes.toString('utf8');
    // What comes before the wrong byte is read, so that the fault is told with its line.
    const text = sound ? all : all.slice(0, all.search(/[\0\ufffd]/));
    this.#taken.push({
      byte: this.#bytes,
      char: this.#chars,
      text,
      ascii: text.length === bytes.length,
    });
    // A tag may begin some steps before: as far as one can be long.
    while (this.#taken.length > 2 && this.#taken[1]!.char < this.#chars - this.#limits.other - STEP)
      this.#taken.shift();
    this.#bytes += bytes.length;
    this.#chars += text.length;
    this.#guard(() => {
      this.#told = false;
      this.#parser.write(text);
      if (!sound)
        throw bytes.includes(0)
          ? new Fault('encoding', 'contiene un byte NUL', 'holds a NUL byte')
          : new Fault('encoding', 'non è in UTF-8', 'is not UTF-8');
      this.#silent = this.#told ? 0 : this.#silent + text.length;
      if (this.#silent > this.#limits.other)
        throw tooLong(
          'un testo, un tag, un commento o una dichiarazione',
          'a text, a tag, a comment or a declaration',
          this.#limits.other,
        );
    });
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#stopped = true;
      if (error instanceof Stop) return;
      const { line, column } = this.#parser;
      if (error instanceof Fault) this.#fault = { kind: error.kind, line, column, why: error.why };
      else if (error instanceof SyntaxErrorOfXml) {
        const said = error.message;
        this.#fault = {
          kind: 'syntax',
          line,
          column,
          why: [`non è XML ben formato (${said})`, `is not well-formed XML (${said})`],
        };
      } else throw error;
    }
  }

  /** Six listeners: with a seventh V8 keeps the parser as a dictionary, and reading takes four times as long (Node 24, saxes 6.0.0). */
  #listen(handler: XmlHandler): void {
    const parser = this.#parser;
    const limits = this.#limits;
    parser.on('error', (error) => {
      // The parser would go on; it puts the place before what it says, and we tell it apart.
      throw new SyntaxErrorOfXml(error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, '').replace(/\.$/, ''));
    });
    parser.on('doctype', () => {
      throw new Fault(
        'forbidden',
        'dichiara un DOCTYPE: DTD ed entità non sono ammesse',
        'declares a DOCTYPE: DTDs and entities are not accepted',
      );
    });
    const text = (piece: string): void => {
      this.#told = true;
      if (piece.length > limits.text) throw tooLong('un testo', 'a text', limits.text);
      // Room between elements outside the root is no element's text.
      if (this.#depth > 0) handler.text(piece);
    };
    parser.on('text', text);
    parser.on('cdata', text);
    parser.on('opentag', (tag) => {
      this.#told = true;
      if (!this.#declared) this.#checkDeclaration();
      if (tag.name.length > limits.name) throw tooLong('un nome', 'a name', limits.name);
      if (++this.#depth > limits.depth)
        throw new Fault(
          'limit',
          `ha più di ${limits.depth} elementi uno dentro l'altro`,
          `has more than ${limits.depth} elements within each other`,
        );
      const attributes = this.#attributesOf(tag);
      if (this.places) this.#start = this.#byteOf(this.#openingOf(parser.position));
      if (handler.open({ name: qualified(tag.uri, tag.local), attributes, line: parser.line }) === true)
        throw new Stop();
    });
    parser.on('closetag', () => {
      this.#told = true;
      this.#depth--;
      if (handler.close() === true) throw new Stop();
    });
  }

  #checkDeclaration(): void {
    this.#declared = true;
    const { version = '1.0', encoding = 'UTF-8' } = this.#parser.xmlDecl;
    if (version !== '1.0')
      throw new Fault('syntax', `è XML ${version}, non 1.0`, `is XML ${version}, not 1.0`);
    if (encoding.toUpperCase() !== 'UTF-8')
      throw new Fault('encoding', `si dice in ${encoding}, non in UTF-8`, `says ${encoding}, not UTF-8`);
  }

  #attributesOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
    if (isEmpty(tag.attributes)) return NO_ATTRIBUTES;
    const { attributes, name, text } = this.#limits;
    const given = Object.values(tag.attributes);
    if (given.length > attributes)
      throw new Fault(
        'limit',
        `ha un elemento con più di ${attributes} attributi`,
        `has an element with more than ${attributes} attributes`,
      );
    for (const attribute of given) {
      if (attribute.name.length > name) throw tooLong('un nome', 'a name', name);
      if (attribute.value.length > text) throw tooLong('un attributo', 'an attribute', text);
    }
    const own = given.filter(({ uri }) => uri !== XMLNS);
    return new Map(own.map(({ uri, local, value }) => [qualified(uri, local), value]));
  }

  /** The character at which the tag that ends there begins: no other `<` stands in a tag. */
  #openingOf(end: number): number {
    for (const { char, text } of this.#taken.toReversed()) {
      const at = text.lastIndexOf('<', end - char - 1);
      if (end > char && at >= 0) return char + at;
    }
    throw new Error('a tag was longer than what is kept of the document');
  }

  #byteOf(char: number): number {
    const taken = this.#taken.findLast((step) => step.char <= char)!;
    const within = char - taken.char;
    return taken.byte + (taken.ascii ? within : Buffer.byteLength(taken.text.slice(0, within)));
  }
}

/** Most elements have no attribute, and a list of none takes time too. */
function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}

class SyntaxErrorOfXml extends Error {}

const qualified = (uri: string, local: string): string => (uri === '' ? local : `{${uri}}${local}`);

/** Where the last character that is whole ends, at most at `end`. */
function wholeUntil(bytes: Buffer, end: number): number {
  let from = end - 1;
  while (from > 0 && from > end - 4 && (bytes[from]! & 0xc0) === 0x80) from--;
  const first = bytes[from]!;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return from + length > end ? from : end;
}
