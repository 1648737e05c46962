/**
 * Rows of the files that speak of subjects, brought together by subject (docs/adr/0003): written as they came into
 * buckets of bounded size, each for a range of subjects in the order of soggetti.csv. One bucket stays in memory;
 * more go to files in the supply's private folder, so that memory does not grow with the supply.
 */
import { appendFileSync, closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RowBytes } from '../rows/csv-rows.ts';

/** subject, riga, length of the row, file and whether it is all ASCII. */
const HEAD = 13;
const BUFFER = 64 * 1024;

interface Bucket {
  bytes: Buffer;
  used: number;
  spilled: boolean;
}

const EMPTY: Bucket = { bytes: Buffer.alloc(0), used: 0, spilled: false };

/** A row in the bucket at hand. The object is the same at every call. */
export interface StoredRow {
  file: number;
  riga: number;
  text: string;
}

export class SubjectRows {
  readonly #folder: string;
  readonly #perBucket: number;
  readonly #keepInMemory: boolean;
  readonly #buckets: Bucket[] = [];
  #whole: Buffer = EMPTY.bytes;

  /**
   * @param subjects how many there will be at most
   * @param bytes size of the files
   * @param bucketBytes wanted size of a bucket
   */
  constructor(folder: string, subjects: number, bytes: number, bucketBytes: number) {
    this.#folder = folder;
    const buckets = Math.max(1, Math.ceil(bytes / bucketBytes));
    this.#perBucket = Math.max(1, Math.ceil(subjects / buckets));
    this.#keepInMemory = buckets === 1;
  }

  put(subject: number, file: number, row: RowBytes): void {
    const number = Math.floor(subject / this.#perBucket);
    while (this.#buckets.length <= number)
      this.#buckets.push({ bytes: Buffer.allocUnsafe(BUFFER), used: 0, spilled: false });
    const bucket = this.#buckets[number]!;
    const length = row.end - row.start;
    if (bucket.used + HEAD + length > bucket.bytes.length) this.#makeRoom(number, bucket, HEAD + length);
    const { bytes, used } = bucket;
    bytes.writeUInt32LE(subject, used);
    bytes.writeUInt32LE(row.riga, used + 4);
    bytes.writeUInt32LE(length, used + 8);
    bytes[used + 12] = 2 * file + (row.ascii ? 1 : 0);
    row.buffer.copy(bytes, used + HEAD, row.start, row.end);
    bucket.used = used + HEAD + length;
  }

  #makeRoom(number: number, bucket: Bucket, need: number): void {
    if (!this.#keepInMemory && bucket.used > 0) {
      appendFileSync(this.#path(number), bucket.bytes.subarray(0, bucket.used));
      bucket.spilled = true;
      bucket.used = 0;
    }
    if (bucket.used + need <= bucket.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(bucket.used + need, 2 * bucket.bytes.length));
    bucket.bytes.copy(larger, 0, 0, bucket.used);
    bucket.bytes = larger;
  }

  #path(number: number): string {
    return join(this.#folder, `bucket-${number}.rows`);
  }

  /** Calls `onSubject` for each subject that has rows, in order; its rows come file by file, each in its order. */
  each(onSubject: (subject: number, rows: () => StoredRow | null) => void): void {
    const index = new RowIndex(this.#perBucket);
    for (let number = 0; number < this.#buckets.length; number++)
      index.each(this.#take(number), number * this.#perBucket, onSubject);
  }

  /** All bytes of a bucket, until the next is taken. */
  #take(number: number): Buffer {
    const { bytes, used, spilled } = this.#buckets[number]!;
    this.#buckets[number] = EMPTY;
    if (!spilled) return bytes.subarray(0, used);
    const path = this.#path(number);
    const size = statSync(path).size;
    if (this.#whole.length < size + used) this.#whole = Buffer.allocUnsafe(size + used);
    const whole = this.#whole;
    const file = openSync(path, 'r');
    try {
      for (let at = 0; at < size; ) at += readSync(file, whole, at, size - at, at);
    } finally {
      closeSync(file);
    }
    rmSync(path);
    bytes.copy(whole, size, 0, used);
    return whole.subarray(0, size + used);
  }
}

/** The rows of one bucket by subject, as lists through the bucket's bytes. Its columns serve all buckets. */
class RowIndex {
  readonly #count: number;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** Rows are numbered from 1; 0 ends a list. */
  #places = new Uint32Array(1024);
  #next = new Int32Array(1024);

  constructor(count: number) {
    this.#count = count;
    this.#first = new Int32Array(count);
    this.#last = new Int32Array(count);
  }

  each(
    bytes: Buffer,
    base: number,
    onSubject: (subject: number, rows: () => StoredRow | null) => void,
  ): void {
    this.#build(bytes, base);
    const row: StoredRow = { file: 0, riga: 0, text: '' };
    let at = 0;
    const rows = (): StoredRow | null => {
      if (at === 0) return null;
      const place = this.#places[at]!;
      at = this.#next[at]!;
      const end = place + HEAD + bytes.readUInt32LE(place + 8);
      const mark = bytes[place + 12]!;
      row.riga = bytes.readUInt32LE(place + 4);
      row.file = mark >> 1;
      row.text = bytes.toString((mark & 1) === 1 ? 'latin1' : 'utf8', place + HEAD, end);
      return row;
    };
    for (let i = 0; i < this.#count; i++) {
      at = this.#first[i]!;
      if (at !== 0) onSubject(base + i, rows);
    }
  }

  #build(bytes: Buffer, base: number): void {
    const first = this.#first.fill(0);
    const last = this.#last;
    let number = 0;
    for (let at = 0; at < bytes.length; at += HEAD + bytes.readUInt32LE(at + 8)) {
      if (++number === this.#places.length) {
        this.#places = larger(this.#places, new Uint32Array(2 * number));
        this.#next = larger(this.#next, new Int32Array(2 * number));
      }
      this.#places[number] = at;
      this.#next[number] = 0;
      const subject = bytes.readUInt32LE(at) - base;
      if (first[subject] === 0) first[subject] = number;
      else this.#next[last[subject]!] = number;
      last[subject] = number;
    }
  }
}

function larger<T extends Int32Array | Uint32Array>(old: T, next: T): T {
  next.set(old);
  return next;
}
