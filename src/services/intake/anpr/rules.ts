/**
 * How elements of ANPR's XML become cells of the page's tables: rules as data, from which rows are read and the table of
 * correspondence is written (docs/generated/anpr-subentro.md). A cell that no element says is empty, and asserts nothing.
 */

import { childOf, textAt, type XmlElement } from '../../../platform/xml/xml-records.ts';
import type { Comuni } from '../../../reference/comuni.ts';
import type { Words } from '../messages/message-rule.ts';

/** One element that may say a cell. */
export interface Source {
  /** Names from within the record, `/` between them. */
  readonly path: string;
  /** Only where the civil status of the record (T1) is one of these. */
  readonly status?: readonly string[];
}

export interface Rule {
  readonly column: string;
  /** The first that says something is taken. */
  readonly from: readonly Source[];
  readonly by: Reading;
}

/** A cell that is the same for every record: what the kind of supply itself says. */
export interface Constant {
  readonly column: string;
  readonly value: string;
  readonly why: Words;
}

/** What the words of a record are read by, beside the record itself. */
export interface ReadingContext {
  /** ISTAT code of the comune that delivers. */
  readonly comune: string;
  readonly reference: Pick<Comuni, 'findComuniByName'>;
}

interface ReadingRule {
  /** For the table of correspondence, beside the element. */
  readonly words: Words;
  /** @param within the element that holds it */
  readonly read: (element: XmlElement, within: XmlElement, context: ReadingContext) => string;
}

/** A day of XML may carry its zone, which says nothing of a day of a register. */
const day = (text: string): string => text.replace(/(?<=^\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})$/, '');
const flag = (text: string): boolean => /^(?:1|s|si)$/i.test(text);
/** Codes are numbers in the XML, and may be written with zeros before them. */
export const plainCode = (text: string): string => text.replace(/^0+(?=\d)/, '');

function partialDay(element: XmlElement, within: XmlElement): string {
  const whole = day(element.text);
  if (flag(textAt(within, ['senzaGiornoMese']))) return whole.slice(0, 4);
  return flag(textAt(within, ['senzaGiorno'])) ? whole.slice(0, 7) : whole;
}

function comune(element: XmlElement, _within: XmlElement, { reference }: ReadingContext): string {
  const istat = textAt(element, ['codiceIstat']);
  if (istat !== '') return istat;
  const plate = textAt(element, ['siglaProvinciaIstat']).toUpperCase();
  const named = reference.findComuniByName(textAt(element, ['nomeComune']));
  const codes = new Set(named.filter((c) => plate === '' || c.province === plate).map((c) => c.istat));
  // Two comuni that had the name are no answer.
  const [only] = codes;
  return codes.size === 1 ? (only ?? '') : '';
}

/** comune/anno/parte/serie/numero (tracciato.md 2). */
function act(element: XmlElement, within: XmlElement, context: ReadingContext): string {
  const where = childOf(element, 'comuneRegistrazione');
  const parts = ['anno', 'parte', 'serie', 'numeroAtto'].map((name) => textAt(element, [name]));
  return [where === null ? '' : comune(where, within, context), ...parts].join('/');
}

/** The number tells: electronic ones are AA00000AA (before 2016, 0000000AA), those of paper AA0000000. */
function card(element: XmlElement): string {
  const number = element.text.replaceAll(' ', '').toUpperCase();
  if (/^[A-Z]{2}\d{5}[A-Z]{2}$|^\d{7}[A-Z]{2}$/.test(number)) return 'CIE';
  return /^[A-Z]{2}\d{7}$/.test(number) ? 'CI' : '';
}

export const READINGS = {
  text: { words: ['com’è scritto', 'as written'], read: (element) => element.text },
  upper: { words: ['in maiuscolo', 'in upper case'], read: (element) => element.text.toUpperCase() },
  code: {
    words: ['senza zeri iniziali', 'without zeros before it'],
    read: (element) => plainCode(element.text),
  },
  day: { words: ['il giorno', 'the day'], read: (element) => day(element.text) },
  partialDay: {
    words: [
      'con senzaGiorno solo anno e mese, con senzaGiornoMese solo l’anno',
      'with senzaGiorno year and month alone, with senzaGiornoMese the year',
    ],
    read: partialDay,
  },
  comune: {
    words: [
      'codiceIstat; se manca, il solo comune di quel nome e di quella sigla',
      'codiceIstat; where it is missing, the one comune of that name and plate',
    ],
    read: comune,
  },
  act: { words: ['comune/anno/parte/serie/numero', 'comune/anno/parte/serie/numero'], read: act },
  ownId: {
    words: [
      'idSchedaSoggetto, se idSchedaSoggettoComuneIstat è il comune che consegna',
      'idSchedaSoggetto, where idSchedaSoggettoComuneIstat is the comune that delivers',
    ],
    read: (element, _within, context) =>
      textAt(element, ['idSchedaSoggettoComuneIstat']) === context.comune
        ? textAt(element, ['idSchedaSoggetto'])
        : '',
  },
  card: {
    words: [
      'dalla forma del numero: CIE se AA00000AA o 0000000AA, CI se AA0000000',
      'by the form of the number: CIE if AA00000AA or 0000000AA, CI if AA0000000',
    ],
    read: card,
  },
  mark: { words: ['1 se S', '1 if S'], read: (element) => (flag(element.text) ? '1' : '') },
} as const satisfies Record<string, ReadingRule>;

export type Reading = keyof typeof READINGS;

interface CompiledSource {
  readonly names: readonly string[];
  readonly status: readonly string[] | null;
}

/** The rules of one row, made ready: path by path they are the same for every record. */
export class CellReader {
  readonly #cells: readonly {
    readonly at: number;
    readonly sources: readonly CompiledSource[];
    readonly read: ReadingRule['read'];
  }[];
  readonly #blank: readonly string[];

  /** @param columns those of the row, in order; a rule for another is a mistake in the rules */
  constructor(columns: readonly string[], rules: readonly Rule[], constants: readonly Constant[] = []) {
    const blank = columns.map(() => '');
    for (const { column, value } of constants) blank[placeOf(columns, column)] = value;
    this.#blank = blank;
    this.#cells = rules.map(({ column, from, by }) => ({
      at: placeOf(columns, column),
      sources: from.map(({ path, status = null }) => ({ names: path.split('/'), status })),
      read: READINGS[by].read,
    }));
  }

  /** The cells of the record; '' where nothing says one. @param status the civil status that sources may depend on */
  read(record: XmlElement, status: string, context: ReadingContext): string[] {
    const cells = [...this.#blank];
    for (const { at, sources, read } of this.#cells)
      for (const { names, status: only } of sources) {
        if (only !== null && !only.includes(status)) continue;
        const said = readAt(record, names, read, context);
        if (said === '') continue;
        cells[at] = said;
        break;
      }
    return cells;
  }
}

function placeOf(columns: readonly string[], column: string): number {
  const at = columns.indexOf(column);
  if (at < 0) throw new RangeError(`no column ${column}`);
  return at;
}

function readAt(
  record: XmlElement,
  names: readonly string[],
  read: ReadingRule['read'],
  context: ReadingContext,
): string {
  let within = record;
  let element = record;
  for (const name of names) {
    const child = childOf(element, name);
    if (child === null) return '';
    within = element;
    element = child;
  }
  return read(element, within, context);
}
