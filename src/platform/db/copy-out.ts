/**
 * Reads COPY's binary format (PostgreSQL's manual, COPY, "Binary Format"): the fields of each row as bytes, where the driver received them. The server
 * sends each row as one message ("COPY Operations"), which the driver finds anyway; a stream between would look for both again.
 */
import type pg from 'pg';

/** 'PGCOPY\n\377\r\n\0', flags, and the length of an extension that is always empty; before the first row. */
const HEADER_BYTES = 19;
const TRAILER = -1;

/** Takes the fields of a row, null for NULL. They share memory that is used again: whoever keeps one copies it. */
export type TakeRow = (fields: readonly (Buffer | null)[]) => void | Promise<void>;

/** What a message holds: a row, or the trailer, which is null. */
function fieldsOf(message: Buffer, start: number): (Buffer | null)[] | null {
  const columns = message.readInt16BE(start);
  if (columns === TRAILER) return null;
  const fields: (Buffer | null)[] = [];
  let at = start + 2;
  for (let i = 0; i < columns; i++) {
    const length = message.readInt32BE(at);
    at += 4;
    fields.push(length < 0 ? null : message.subarray(at, at + length));
    at += Math.max(0, length);
  }
  return fields;
}

export class CopyOut implements pg.Submittable {
  /** How many rows there were. */
  readonly rows: Promise<number>;
  readonly #text: string;
  readonly #take: TakeRow;
  #count = 0;
  #headed = false;
  /** Promises of `take` that are not kept yet: nothing more is read meanwhile. */
  #waits = 0;
  /** The server has nothing more to say. */
  #ready = false;
  #error: { readonly thrown: unknown } | null = null;
  #resolve: (rows: number) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  /**
   * @param text the COPY … TO STDOUT (FORMAT BINARY)
   * @param take where it gives a promise, no more is read until it is kept, and the rows received already are still given
   */
  constructor(text: string, take: TakeRow) {
    this.#text = text;
    this.#take = take;
    this.rows = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#text);
  }

  // What the driver calls as the server answers.

  handleCopyData({ chunk }: { readonly chunk: Buffer }, connection: pg.Connection): void {
    const fields = fieldsOf(chunk, this.#headed ? 0 : HEADER_BYTES);
    this.#headed = true;
    // After an error the rest is passed over, so that the connection serves on.
    if (fields === null || this.#error !== null) return;
    this.#count++;
    try {
      const waits = this.#take(fields);
      if (waits !== undefined) this.#wait(waits, connection);
    } catch (thrown) {
      this.#error ??= { thrown };
    }
  }

  handleCommandComplete(): void {
    // What was sent was counted.
  }

  handleReadyForQuery(): void {
    this.#ready = true;
    this.#settle();
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }

  #settle(): void {
    if (!this.#ready || this.#waits > 0) return;
    if (this.#error === null) this.#resolve(this.#count);
    else this.#reject(this.#error.thrown);
  }

  #wait(waits: Promise<void>, { stream }: pg.Connection): void {
    if (this.#waits++ === 0) stream.pause();
    waits
      .catch((thrown: unknown) => {
        this.#error ??= { thrown };
      })
      .finally(() => {
        if (--this.#waits === 0) stream.resume();
        this.#settle();
      });
  }
}

/** A bigint column. */
export const int8 = (field: Buffer): number => Number(field.readBigInt64BE(0));
