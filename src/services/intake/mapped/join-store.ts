/** The rows of another file by key, off the heap: a hundred thousand of them take what their text takes. */
import { IdTable } from '../register/id-table.ts';

/** Stands between fields: no file of texts has it. */
const UNIT = '\u001f';
const FIRST_BYTES = 64 * 1024;

export class JoinStore {
  readonly #ids = new IdTable();
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #ends = new Float64Array(1024);
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
    const used = index === 0 ? 0 : this.#ends[index - 1]!;
    const most = used + 3 * text.length;
    if (most > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(most, 2 * this.#bytes.length));
      this.#bytes.copy(larger, 0, 0, used);
      this.#bytes = larger;
    }
    if (index === this.#ends.length) {
      const larger = new Float64Array(2 * index);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#ends[index] = used + this.#bytes.write(text, used);
  }

  /** The fields of the row of that key, or null. */
  find(key: string): readonly string[] | null {
    // The members of a family come one after another.
    if (key === this.#lastKey) return this.#last;
    const index = this.#ids.findText(key);
    this.#lastKey = key;
    this.#last =
      index < 0
        ? null
        : this.#bytes
            .toString('utf8', index === 0 ? 0 : this.#ends[index - 1]!, this.#ends[index]!)
            .split(UNIT);
    return this.#last;
  }
}
