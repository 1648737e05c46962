/**
 * The records of an XML document, one at a time: small trees, handed over when they close and then forgotten, so that memory is
 * that of one record. For a document that is itself one record (a request), name its root.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { XML_LIMITS, type XmlFault, type XmlLimits, XmlReader } from './xml-reader.ts';

/** One element of a record, with what it holds. */
export interface XmlElement {
  /** `local`, or `{namespace}local` for one that is in a namespace. */
  readonly name: string;
  /** Line of its opening tag, from 1. */
  readonly line: number;
  readonly attributes: ReadonlyMap<string, string>;
  /** Its own text, entities resolved, spaces at both ends left out. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** Where a record stands in the document. */
export interface XmlPlace {
  /** From 1, among the records of its path. */
  readonly ordinal: number;
  readonly line: number;
  /** The bytes of the document that are the record, as they were sent. */
  readonly startByte: number;
  readonly endByte: number;
}

/** Takes a record. `true` stops the reading, without fault. */
export type OnXmlRecord = (record: XmlElement, place: XmlPlace) => boolean | undefined;

export interface XmlRecordsOptions {
  /**
   * By path from the root, `/` between names written as `XmlElement.name`: `{urn:x}orders/order`. No path leads through
   * the record of another.
   */
  readonly records: Readonly<Record<string, OnXmlRecord>>;
  /**
   * An element that is in no record and on the way to none: told once, with what it holds left out. `true` stops the reading.
   */
  readonly onOther?: (path: string, line: number) => boolean | undefined;
  readonly limits?: XmlLimits;
  /** Elements of one record: with the limit of a text, what bounds its memory. */
  readonly elements?: number;
}

const ELEMENTS = 2048;
const CHUNK = 64 * 1024;

interface OpenElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: ReadonlyMap<string, string>;
  text: string;
  readonly children: XmlElement[];
}

/** Reads the records of a file. Synchronous; constant memory. @returns the fault of the document, or null */
export function readXmlFile(path: string, options: XmlRecordsOptions): XmlFault | null {
  const file = openSync(path, 'r');
  try {
    return readXmlRecords(chunksOf(file), options);
  } finally {
    closeSync(file);
  }
}

function* chunksOf(file: number): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (;;) {
    const read = readSync(file, buffer, 0, CHUNK, null);
    if (read === 0) return;
    yield buffer.subarray(0, read);
  }
}

/**
 * Reads the records of a document that comes in pieces (of one in memory: `[bytes]`). Records before a fault have been
 * handed over: who must not act on half a document keeps them until null comes back.
 * @returns the fault of the document, or null where it is whole, or the reading was stopped
 */
export function readXmlRecords(pieces: Iterable<Uint8Array>, options: XmlRecordsOptions): XmlFault | null {
  const { limits = XML_LIMITS, elements: most = ELEMENTS } = options;
  const ways = waysTo(Object.keys(options.records));
  const ordinals = new Map<string, number>();
  const path: string[] = [];
  const open: OpenElement[] = [];
  let record: { readonly take: OnXmlRecord; readonly path: string; readonly startByte: number } | null = null;
  let elements = 0;
  /** Depth of an element that leads nowhere; what it holds is passed over. */
  let astray = 0;
  let tooMany: XmlFault | null = null;

  const reader = new XmlReader(
    {
      open({ name, attributes, line }) {
        path.push(name);
        if (astray > 0) return false;
        if (record === null) {
          const here = path.join('/');
          const take = Object.hasOwn(options.records, here) ? options.records[here] : undefined;
          if (take === undefined) {
            if (ways.has(here)) return false;
            astray = path.length;
            return options.onOther?.(here, line);
          }
          record = { take, path: here, startByte: reader.startByte };
          elements = 0;
          reader.places = false;
        }
        if (++elements > most) {
          tooMany = {
            kind: 'limit',
            line,
            column: 0,
            why: [`ha un record con più di ${most} elementi`, `has a record of more than ${most} elements`],
          };
          return true;
        }
        open.push({ name, line, attributes, text: '', children: [] });
        return false;
      },
      text(text) {
        const element = open.at(-1);
        if (element === undefined || astray > 0) return;
        // Several pieces, parted by comments, are one text: the limit is that of all of it.
        if (element.text.length + text.length > limits.text) {
          tooMany ??= {
            kind: 'limit',
            line: reader.line,
            column: 0,
            why: [
              `ha un testo di oltre ${limits.text} caratteri`,
              `has a text of more than ${limits.text} characters`,
            ],
          };
          return;
        }
        element.text += text;
      },
      close() {
        const depth = path.length;
        path.pop();
        if (tooMany !== null) return true;
        if (astray > 0) {
          if (astray === depth) astray = 0;
          return false;
        }
        const closed = open.pop();
        if (closed === undefined) return false;
        closed.text = closed.text.trim();
        const parent = open.at(-1);
        if (parent !== undefined) {
          parent.children.push(closed);
          return false;
        }
        const { take, path: of, startByte } = record!;
        record = null;
        reader.places = true;
        const ordinal = (ordinals.get(of) ?? 0) + 1;
        ordinals.set(of, ordinal);
        return take(closed, { ordinal, line: closed.line, startByte, endByte: reader.endByte });
      },
    },
    limits,
  );
  for (const piece of pieces) if (!reader.push(piece)) break;
  return reader.end() ?? tooMany;
}

/** Every path that leads to a record. */
function waysTo(paths: readonly string[]): ReadonlySet<string> {
  const ways = new Set<string>();
  for (const path of paths) {
    // A namespace has slashes of its own.
    const names = path.match(/(?:\{[^}]*\})?[^/]+/g) ?? [];
    for (let i = 1; i < names.length; i++) ways.add(names.slice(0, i).join('/'));
  }
  return ways;
}

/** The first element of that name within, or null. */
export function childOf(element: XmlElement, name: string): XmlElement | null {
  for (const child of element.children) if (child.name === name) return child;
  return null;
}

/** The first element at the path of names, from within the element, or null. */
export function elementAt(element: XmlElement, path: readonly string[]): XmlElement | null {
  let at: XmlElement | null = element;
  for (const name of path) {
    at = childOf(at, name);
    if (at === null) return null;
  }
  return at;
}

/** The text of the element at the path, '' where there is none: absent and empty are one. */
export function textAt(element: XmlElement, path: readonly string[]): string {
  return elementAt(element, path)?.text ?? '';
}
