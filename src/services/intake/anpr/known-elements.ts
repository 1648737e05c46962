/** Elements that the layout does not have: reported once a supply and passed over, like columns (SIP-020, tracciato.md 1). */
import type { XmlElement } from '../../../platform/xml/xml-records.ts';
import type { READINGS } from './rules.ts';
import { NOT_READ, SUBENTRO } from './subentro-mapping.ts';

interface Known {
  readonly within: Map<string, Known>;
  /** Whatever it holds is of the layout, or is passed over without a word. */
  all: boolean;
}

/** Different ones told; a file of nothing else must not fill the memory. */
const MOST = 200;
/** An element read whole holds others of the layout. */
const WHOLE: ReadonlySet<keyof typeof READINGS> = new Set(['act', 'comune', 'ownId', 'partialDay']);

function knownOf(record: string): Known {
  const root: Known = { within: new Map(), all: false };
  const learn = (path: string, all: boolean): void => {
    let at = root;
    for (const name of path.split('/')) {
      let next = at.within.get(name);
      if (next === undefined) {
        next = { within: new Map(), all: false };
        at.within.set(name, next);
      }
      at = next;
    }
    at.all ||= all;
  };
  for (const row of SUBENTRO)
    if (row.record === record)
      for (const { from, by } of row.rules) for (const { path } of from) learn(path, WHOLE.has(by));
  for (const [path] of NOT_READ[record] ?? []) learn(path, true);
  // The flags of a date stand beside it.
  for (const flag of ['senzaGiorno', 'senzaGiornoMese']) learn(`generalitaSubIscr/${flag}`, true);
  return root;
}

/** Collects the elements of records that the layout does not have. */
export class UnknownElements {
  readonly #known = new Map<string, Known>();
  /** Path from the record to the file where it came first. */
  readonly found = new Map<string, string>();

  /** @param record path of the record's kind */
  look(record: string, element: XmlElement, file: string): void {
    let known = this.#known.get(record);
    if (known === undefined) {
      known = knownOf(record);
      this.#known.set(record, known);
    }
    this.#look(element, known, element.name, file);
  }

  /** An element outside every record. */
  note(path: string, file: string): void {
    if (this.found.size < MOST && !this.found.has(path)) this.found.set(path, file);
  }

  #look(element: XmlElement, known: Known, path: string, file: string): void {
    for (const child of element.children) {
      const next = known.within.get(child.name);
      if (next === undefined) this.note(`${path}/${child.name}`, file);
      else if (!next.all && child.children.length > 0) this.#look(child, next, `${path}/${child.name}`, file);
    }
  }
}
