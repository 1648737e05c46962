/**
 * A column of byte offsets in a file, that grows, off the heap; places never written read 0. Whole to 2^53: tables may be of some
 * gigabytes, where 32 bits end at two.
 */
export class OffsetColumn {
  #data = new Float64Array(1024);

  get(index: number): number {
    return index < this.#data.length ? this.#data[index]! : 0;
  }

  set(index: number, value: number): void {
    if (index >= this.#data.length) {
      const larger = new Float64Array(Math.max(index + 1, 2 * this.#data.length));
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[index] = value;
  }
}
