/** Rows of a sheet of a workbook, read as a stream: texts as they stand, days as AAAA-MM-GG, numbers as they are written. */
import { closeSync, openSync, readSync } from 'node:fs';
import { addDays, type Day } from '../../../kernel/day.ts';
import { XML_LIMITS, type XmlHandler, type XmlOpen, XmlReader } from '../../../platform/xml/xml-reader.ts';
import type { Words } from '../messages/message-rule.ts';
import type { SourceSpec } from './schema.ts';
import type { RowHandler, SourceFault } from './source-fault.ts';
import { TextStore } from './text-store.ts';
import { BadWorkbook, unpackWorkbook } from './workbook-parts.ts';

/** A cell holds at most 32,767 characters. */
const LIMITS = { ...XML_LIMITS, text: 65_536, attributes: 64 };
const CHUNK = 128 * 1024;
/** Ten times the widest file of the page. */
const MAX_COLUMNS = 1024;

const localName = (name: string): string => name.slice(name.indexOf('}') + 1);
function attribute(element: XmlOpen, wanted: string): string | undefined {
  for (const [name, value] of element.attributes) if (localName(name) === wanted) return value;
  return undefined;
}

/** Reads a part through. @throws BadWorkbook where it is not well-formed, or over the limits */
function readPart(path: string, part: string, handler: XmlHandler): void {
  const reader = new XmlReader(handler, LIMITS);
  reader.places = false;
  const fd = openSync(path, 'r');
  try {
    for (;;) {
      // The reader may keep what it was given until more comes.
      const buffer = Buffer.allocUnsafe(CHUNK);
      const read = readSync(fd, buffer, 0, CHUNK, null);
      if (read === 0 || !reader.push(buffer.subarray(0, read))) break;
    }
  } finally {
    closeSync(fd);
  }
  const fault = reader.end();
  if (fault !== null) throw new BadWorkbook(`${part} ${fault.why[0]}`, `${part} ${fault.why[1]}`);
}

/** A handler that hears of elements by their names without namespaces, and of the whole text of those asked for. */
abstract class Elements implements XmlHandler {
  readonly #open: string[] = [];

  open(element: XmlOpen): undefined {
    const name = localName(element.name);
    this.#open.push(name);
    this.began(name, element);
    return undefined;
  }

  text(text: string): void {
    this.heard(text, this.#open.at(-1) ?? '');
  }

  close(): boolean | undefined {
    return this.ended(this.#open.pop() ?? '');
  }

  protected began(_name: string, _element: XmlOpen): void {}
  protected heard(_text: string, _within: string): void {}
  /** True stops the reading. */
  protected ended(_name: string): boolean | undefined {
    return undefined;
  }
}

class SheetNames extends Elements {
  readonly sheets: { readonly name: string; readonly id: string }[] = [];
  date1904 = false;

  protected override began(name: string, element: XmlOpen): void {
    if (name === 'workbookPr') this.date1904 = ['1', 'true'].includes(attribute(element, 'date1904') ?? '');
    if (name !== 'sheet') return;
    const id = [...element.attributes].find(([key]) => key.startsWith('{') && localName(key) === 'id')?.[1];
    this.sheets.push({ name: attribute(element, 'name') ?? '', id: id ?? '' });
  }
}

class Relations extends Elements {
  readonly targets = new Map<string, string>();

  protected override began(name: string, element: XmlOpen): void {
    if (name === 'Relationship')
      this.targets.set(attribute(element, 'Id') ?? '', attribute(element, 'Target') ?? '');
  }
}

/** Shared texts: the runs of one are one text, and how it is read aloud (rPh) is none of it. */
class SharedTexts extends Elements {
  readonly texts = new TextStore();
  #text = '';
  #aloud = 0;

  protected override began(name: string): void {
    if (name === 'si') this.#text = '';
    if (name === 'rPh') this.#aloud++;
  }

  protected override heard(text: string, within: string): void {
    if (within === 't' && this.#aloud === 0) this.#text += text;
  }

  protected override ended(name: string): undefined {
    if (name === 'rPh') this.#aloud--;
    if (name === 'si') this.texts.add(this.#text);
  }
}

/** Numbers of formats that show a day: of ECMA-376 18.8.30, those of other scripts too. */
const isDayFormat = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Does a format of the workbook's own show a day? What stands in quotes or brackets shows nothing. */
function showsDay(code: string): boolean {
  let plain = '';
  let until = '';
  for (const char of code.toLowerCase()) {
    if (until !== '') {
      if (char === until) until = '';
    } else if (char === '"') until = '"';
    else if (char === '[') until = ']';
    else plain += char;
  }
  return plain.includes('y') || (plain.includes('d') && plain.includes('m')) || plain.includes('a');
}

class Styles extends Elements {
  /** For each style of cells: does it show a day? */
  readonly days: boolean[] = [];
  readonly #own = new Map<number, boolean>();
  #cells = false;

  protected override began(name: string, element: XmlOpen): void {
    if (name === 'numFmt')
      this.#own.set(Number(attribute(element, 'numFmtId')), showsDay(attribute(element, 'formatCode') ?? ''));
    if (name === 'cellXfs') this.#cells = true;
    if (name !== 'xf' || !this.#cells) return;
    const id = Number(attribute(element, 'numFmtId') ?? '0');
    this.days.push(this.#own.get(id) ?? isDayFormat(id));
  }

  protected override ended(name: string): undefined {
    if (name === 'cellXfs') this.#cells = false;
  }
}

/** Day 60 of spreadsheets is a 29 February 1900 that never was: this is their day 0 from 1 March 1900 on. */
const DAY_ZERO = '1899-12-30' as Day;
const FROM_1904 = 1462;
const LAST_DAY = 2_958_465;

class SheetRows extends Elements {
  fault: SourceFault | null = null;
  readonly #book: Workbook;
  readonly #source: SourceSpec;
  readonly #handler: RowHandler;
  #fields: string[] = [];
  #row = 0;
  #column = -1;
  #type = '';
  #style = -1;
  #text = '';
  #width = -1;

  constructor(book: Workbook, source: SourceSpec, handler: RowHandler) {
    super();
    this.#book = book;
    this.#source = source;
    this.#handler = handler;
    if (!source.intestazione) this.#width = source.colonne?.length ?? 0;
  }

  protected override began(name: string, element: XmlOpen): void {
    if (name === 'row') {
      this.#row = Number(attribute(element, 'r') ?? this.#row + 1);
      this.#fields = [];
      this.#column = -1;
    } else if (name === 'c') {
      const place = attribute(element, 'r');
      this.#column = place === undefined ? this.#column + 1 : columnOf(place);
      this.#type = attribute(element, 't') ?? 'n';
      this.#style = Number(attribute(element, 's') ?? '-1');
      this.#text = '';
    }
  }

  protected override heard(text: string, within: string): void {
    if (within === 'v' || within === 't') this.#text += text;
  }

  protected override ended(name: string): boolean | undefined {
    if (name === 'c') return this.#cell();
    return name === 'row' ? this.#whole() : undefined;
  }

  #cell(): boolean | undefined {
    if (this.#text === '') return undefined;
    if (this.#column >= MAX_COLUMNS)
      return this.#stop([`più di ${MAX_COLUMNS} colonne`, `more than ${MAX_COLUMNS} columns`]);
    while (this.#fields.length < this.#column) this.#fields.push('');
    this.#fields[this.#column] = this.#value();
    return undefined;
  }

  #value(): string {
    const text = this.#text;
    const { shared, days, date1904 } = this.#book;
    switch (this.#type) {
      case 's':
        return shared?.get(Number(text)) ?? '';
      case 'n': {
        const number = Number(text);
        if (days[this.#style] === true && number >= 1 && number <= LAST_DAY)
          return addDays(DAY_ZERO, Math.floor(number) + (date1904 ? FROM_1904 : 0));
        // Spreadsheets know fifteen digits and write seventeen: 44.482046000000002 is 44.482046.
        return /[.eE]/.test(text) ? String(Number(number.toPrecision(15))) : text;
      }
      case 'd':
        return text.slice(0, 10);
      case 'e':
        return '';
      default:
        return text;
    }
  }

  #whole(): boolean | undefined {
    const fields = this.#fields;
    if (this.#row <= this.#source.salta || fields.every((field) => field.trim() === '')) return undefined;
    if (this.#width < 0) {
      this.#width = fields.length;
      this.fault = this.#handler.header(fields.map((field) => field.trim()));
      return this.fault !== null;
    }
    if (fields.length > this.#width)
      return this.#stop([
        `ha ${fields.length} celle, e le colonne con un nome sono ${this.#width}`,
        `it has ${fields.length} cells, and ${this.#width} columns have a name`,
      ]);
    while (fields.length < this.#width) fields.push('');
    return this.#handler.row(fields, this.#row, 0, false) === false;
  }

  #stop(perche: Words): true {
    this.fault = { codice: 'SIP-012', line: this.#row, perche };
    return true;
  }
}

/** "AB12": column 27, from 0. Something else is a column that no sheet has. */
function columnOf(place: string): number {
  let column = 0;
  for (let i = 0; i < place.length && i < 4; i++) {
    const letter = place.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column === 0 ? MAX_COLUMNS : column - 1;
}

interface Workbook {
  readonly sheet: string;
  readonly shared: TextStore | null;
  readonly days: readonly boolean[];
  readonly date1904: boolean;
}

/** @returns a reader of the sheet's rows, which finds the faults that there are */
export async function openWorkbook(
  path: string,
  folder: string,
  source: SourceSpec,
): Promise<(handler: RowHandler) => SourceFault | null> {
  let book: Workbook;
  try {
    book = workbookOf(await unpackWorkbook(path, folder), source.foglio);
  } catch (error) {
    if (!(error instanceof BadWorkbook)) throw error;
    const fault: SourceFault = { codice: 'SIP-001', line: null, perche: error.why };
    return () => fault;
  }
  return (handler) => {
    const rows = new SheetRows(book, source, handler);
    try {
      readPart(book.sheet, 'il foglio', rows);
    } catch (error) {
      if (error instanceof BadWorkbook) return { codice: 'SIP-001', line: null, perche: error.why };
      throw error;
    }
    return rows.fault;
  };
}

/** Finds the sheet, and reads what its cells refer to. @throws BadWorkbook */
function workbookOf(parts: ReadonlyMap<string, string>, wanted: string | undefined): Workbook {
  const [main, relations] = [parts.get('xl/workbook.xml'), parts.get('xl/_rels/workbook.xml.rels')];
  if (main === undefined || relations === undefined)
    throw new BadWorkbook(
      'non è un foglio .xlsx: manca xl/workbook.xml',
      'it is no .xlsx: xl/workbook.xml is missing',
    );
  const names = new SheetNames();
  readPart(main, 'xl/workbook.xml', names);
  const targets = new Relations();
  readPart(relations, 'xl/_rels/workbook.xml.rels', targets);
  const sheet = wanted === undefined ? names.sheets[0] : names.sheets.find(({ name }) => name === wanted);
  const told = names.sheets.map(({ name }) => name).join(', ');
  if (sheet === undefined)
    throw new BadWorkbook(
      `non ha il foglio «${wanted ?? ''}» (ci sono: ${told})`,
      `it has no sheet "${wanted ?? ''}" (there are: ${told})`,
    );
  const target = (targets.targets.get(sheet.id) ?? '').replace(/^\/xl\//, '');
  const path = parts.get(`xl/${target}`);
  if (path === undefined)
    throw new BadWorkbook(`il foglio «${sheet.name}» non c’è`, `the sheet "${sheet.name}" is not there`);
  const styles = new Styles();
  const stylePart = parts.get('xl/styles.xml');
  if (stylePart !== undefined) readPart(stylePart, 'xl/styles.xml', styles);
  const textPart = parts.get('xl/sharedStrings.xml');
  const shared = new SharedTexts();
  if (textPart !== undefined) readPart(textPart, 'xl/sharedStrings.xml', shared);
  return {
    sheet: path,
    shared: textPart === undefined ? null : shared.texts,
    days: styles.days,
    date1904: names.date1904,
  };
}
