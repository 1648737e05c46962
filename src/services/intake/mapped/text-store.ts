/** Many texts by number, off the heap. */
const FIRST_BYTES = 64 * 1024;

export class TextStore {
  size = 0;
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #ends = new Float64Array(1024);

  /** @returns its number, from 0 */
  add(text: string): number {
    const index = this.size++;
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
    return index;
  }

  /** The text of a number; '' for one that was never given. */
  get(index: number): string {
    if (!(index >= 0 && index < this.size)) return '';
    return this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1]!, this.#ends[index]!);
  }
}
