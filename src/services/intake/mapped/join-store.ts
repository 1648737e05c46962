/** The rows of another file by key, off the heap: a hundred thousand of them take what their text takes. */
import { IdTable } from '../register/id-table.ts';
import { TextStore } from './text-store.ts';

/** Stands between fields: no file of texts has it. */
const UNIT = '\u001f';

export class JoinStore {
  readonly #ids = new IdTable();
  readonly #rows = new TextStore();
  #lastKey: string | null = null;
  #last: readonly string[] | null = null;
  /** No field of any row can hold what CSV must quote. */
  plain = true;

  get size(): number {
    return this.#ids.size;
  }

  /** The key of some fields. */
  static key(parts: readonly string[]): string {
    return parts.length === 1 ? parts[0]! : parts.join(UNIT);
  }

  /** Keeps the row, unless one of that key is there: the first holds. */
  add(key: string, fields: readonly string[], plain: boolean): void {
    const before = this.#ids.size;
    const index = this.#ids.addText(key);
    if (index < before) return;
    if (!plain) this.plain = false;
    const text = (
      fields.some((f) => f.includes(UNIT)) ? fields.map((f) => f.replaceAll(UNIT, ' ')) : fields
    ).join(UNIT);
    this.#rows.add(text);
  }

  /** The fields of the row of that key, or null. */
  find(key: string): readonly string[] | null {
    // The members of a family come one after another.
    if (key === this.#lastKey) return this.#last;
    const index = this.#ids.findText(key);
    this.#lastKey = key;
    this.#last = index < 0 ? null : this.#rows.get(index).split(UNIT);
    return this.#last;
  }
}
