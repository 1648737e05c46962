/**
 * Identifiers of a whole register, numbered from 0 in the order in which they came, off the heap: a million of them
 * take some 30 bytes each, where a Map of strings takes over 100. Exact: bytes are compared, never hashes alone.
 */
import { randomInt } from 'node:crypto';

const EMPTY_SLOTS = 1024;

/** FNV-1a, 32 bits, from a start of one's own. */
function hash(buffer: Buffer, start: number, end: number, seed: number): number {
  let h = seed;
  for (let i = start; i < end; i++) h = Math.imul(h ^ buffer[i]!, 0x01000193);
  return h ^ (h >>> 15);
}

export class IdTable {
  /** How many identifiers there are. */
  size = 0;
  /** Not to be guessed: identifiers chosen to fall into one slot would make every look-up a walk over all of them. */
  readonly #seed = randomInt(2 ** 32);
  #slots = new Int32Array(EMPTY_SLOTS);
  #hashes = new Int32Array(EMPTY_SLOTS);
  #ends = new Uint32Array(EMPTY_SLOTS);
  #bytes = Buffer.allocUnsafe(EMPTY_SLOTS * 12);
  #scratch = Buffer.allocUnsafe(1024);

  /** The number of the identifier in buffer[start, end), or -1. */
  find(buffer: Buffer, start: number, end: number): number {
    return this.#lookup(buffer, start, end, hash(buffer, start, end, this.#seed));
  }

  /** The same, taken in when it is new. */
  add(buffer: Buffer, start: number, end: number): number {
    const h = hash(buffer, start, end, this.#seed);
    const found = this.#lookup(buffer, start, end, h);
    if (found >= 0) return found;
    const index = this.size++;
    const used = index === 0 ? 0 : this.#ends[index - 1]!;
    const need = used + end - start;
    if (need > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(need, 2 * this.#bytes.length));
      this.#bytes.copy(larger, 0, 0, used);
      this.#bytes = larger;
    }
    buffer.copy(this.#bytes, used, start, end);
    if (index === this.#ends.length) {
      this.#ends = grown(this.#ends, new Uint32Array(2 * index));
      this.#hashes = grown(this.#hashes, new Int32Array(2 * index));
    }
    this.#ends[index] = need;
    this.#hashes[index] = h;
    if (2 * this.size > this.#slots.length) this.#rehash();
    else this.#place(h, index);
    return index;
  }

  findText(text: string): number {
    return this.find(this.#scratch, 0, this.#encode(text));
  }

  addText(text: string): number {
    return this.add(this.#scratch, 0, this.#encode(text));
  }

  /** The identifier of a number given out before. */
  text(index: number): string {
    return this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1]!, this.#ends[index]!);
  }

  #encode(text: string): number {
    if (3 * text.length > this.#scratch.length) this.#scratch = Buffer.allocUnsafe(4 * text.length);
    return this.#scratch.write(text);
  }

  #lookup(buffer: Buffer, start: number, end: number, h: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = h & mask; ; at = (at + 1) & mask) {
      const index = slots[at]! - 1;
      if (index < 0) return -1;
      if (this.#hashes[index] === h && this.#same(index, buffer, start, end)) return index;
    }
  }

  #same(index: number, buffer: Buffer, start: number, end: number): boolean {
    const from = index === 0 ? 0 : this.#ends[index - 1]!;
    const length = end - start;
    if (this.#ends[index]! - from !== length) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[from + i] !== buffer[start + i]) return false;
    return true;
  }

  #place(h: number, index: number): void {
    const mask = this.#slots.length - 1;
    let at = h & mask;
    while (this.#slots[at] !== 0) at = (at + 1) & mask;
    this.#slots[at] = index + 1;
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let i = 0; i < this.size; i++) this.#place(this.#hashes[i]!, i);
  }
}

function grown<T extends Int32Array | Uint32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
