/** Objects of an event read as rows: each key a cell, what is not on the page noted once a supply (tracciato.md 3, SIP-020). */
import type { Reference } from '../../../reference/load-reference.ts';
import type { Json } from '../archive/jsonl.ts';
import type { FileSpec } from '../rows/file-specs.ts';
import type { Fault } from '../rows/row-form.ts';
import { RowForm } from '../rows/row-form.ts';

/** What a supply's events name that the page does not. */
export class UnknownKeys {
  readonly #seen = new Set<string>();

  note(key: string): void {
    this.#seen.add(key);
  }

  get keys(): readonly string[] {
    return [...this.#seen].sort();
  }
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of keys as a table of one row, so that the readers of rows read objects too. */
export function keysOf(names: readonly string[]): FileSpec {
  return { name: 'eventi.jsonl', columns: names.map((name) => ({ name, mandatory: false })) };
}

/** A fault of a row inside an event, with whom or what it is about where that is not the event's subject. */
export interface EventRowFault extends Fault {
  readonly id_soggetto?: string;
  readonly id_famiglia?: string;
}

/** Reads one event: its objects, and the faults and warnings they give. */
export class EventReader {
  readonly faults: EventRowFault[] = [];
  readonly warnings: EventRowFault[] = [];
  readonly riga: number;
  readonly reference: Reference;
  readonly #unknown: UnknownKeys;

  constructor(riga: number, unknown: UnknownKeys, reference: Reference) {
    this.riga = riga;
    this.reference = reference;
    this.#unknown = unknown;
  }

  fault(campo: string, valore: unknown, perche?: Fault['perche']): void {
    const text =
      valore === undefined || valore === null
        ? ''
        : typeof valore === 'string'
          ? valore
          : JSON.stringify(valore);
    this.faults.push({ codice: 'SIP-202', campo, valore: text, ...(perche === undefined ? {} : { perche }) });
  }

  /** Notes keys that are neither columns of `spec` nor among `others`. */
  checkKeys(object: Json, spec: FileSpec | null, others: readonly string[]): void {
    for (const key of Object.keys(object))
      if (!others.includes(key) && !(spec?.columns.some((c) => c.name === key) ?? false))
        this.#unknown.note(key);
  }

  /**
   * The object as a row of `spec`. Values are strings, as in CSV; null and absent are empty cells.
   * @param others keys of the object that are objects or lists, read elsewhere
   */
  row(spec: FileSpec, object: Json, others: readonly string[] = []): RowForm {
    this.checkKeys(object, spec, others);
    const form = new RowForm(spec, this.reference);
    const cells = spec.columns.map(({ name }) => {
      const value = Object.hasOwn(object, name) ? object[name] : undefined;
      if (value === undefined || value === null) return '';
      if (typeof value === 'string') return value.trim();
      this.fault(name, value, ['il valore deve essere un testo', 'the value must be a text']);
      return '';
    });
    form.begin(this.riga, cells);
    return form;
  }

  /** Takes over what a row gave: a fault of form is SIP-202; others keep the code of the row (tracciato.md 3, Rows inside events). */
  settle(form: RowForm, idSoggetto?: string): void {
    for (const fault of form.faults)
      this.faults.push(
        fault.codice === 'SIP-101' || fault.codice === 'SIP-102' ? { ...fault, codice: 'SIP-202' } : fault,
      );
    for (const warning of form.warnings)
      this.warnings.push(idSoggetto === undefined ? warning : { ...warning, id_soggetto: idSoggetto });
  }

  /** A mandatory object of the event. */
  object(parent: Json, key: string): Json | null {
    const value = parent[key];
    if (isObject(value)) return value;
    this.fault(key, value, ['serve un oggetto', 'an object is needed']);
    return null;
  }

  /** A list of objects; empty where it is absent and `required` is false. */
  objects(parent: Json, key: string, required: boolean): Json[] {
    const value = parent[key];
    if ((value === undefined || value === null) && !required) return [];
    if (Array.isArray(value) && value.every(isObject) && (value.length > 0 || !required)) return value;
    this.fault(key, value, ['serve una lista di oggetti', 'a list of objects is needed']);
    return [];
  }

  /** A list of identifiers. */
  texts(parent: Json, key: string, required: boolean): string[] {
    const value = parent[key];
    if ((value === undefined || value === null) && !required) return [];
    const fit = Array.isArray(value) && value.every((v) => typeof v === 'string' && v.trim() !== '');
    if (fit && (value.length > 0 || !required)) return [...new Set(value.map((v: string) => v.trim()))];
    this.fault(key, value, ['serve una lista di identificativi', 'a list of identifiers is needed']);
    return [];
  }

  /** Identifiers named twice in one event: from the second on (SIP-103). */
  checkRepeated(ids: readonly string[], campo: string): void {
    const seen = new Set<string>();
    for (const id of ids)
      if (seen.has(id)) this.faults.push({ codice: 'SIP-103', campo, valore: id });
      else seen.add(id);
  }

  /** A mandatory text among the keys of a row. */
  required(form: RowForm, column: number): string {
    form.require(column);
    return form.text(column) ?? '';
  }
}
