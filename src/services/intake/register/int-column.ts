/** A column of whole numbers that grows, off the heap; places never written read 0. */
export class IntColumn {
  #data = new Int32Array(1024);

  get(index: number): number {
    return index < this.#data.length ? this.#data[index]! : 0;
  }

  set(index: number, value: number): void {
    if (index >= this.#data.length) {
      const larger = new Int32Array(Math.max(index + 1, 2 * this.#data.length));
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[index] = value;
  }

  add(index: number, by: number): void {
    this.set(index, this.get(index) + by);
  }
}
