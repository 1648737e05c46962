/**
 * COPY of rows that are in memory: question, rows and end in one piece, without waiting for the server to ask for them. It takes what
 * comes after a COPY that it refused for what it is, and passes over it (manual, "COPY Operations").
 */
import type pg from 'pg';

const COPY_DATA = 'd'.charCodeAt(0);
const LENGTH_BYTES = 4;
const COPY_DONE = Buffer.from(['c'.charCodeAt(0), 0, 0, 0, LENGTH_BYTES]);

export class CopyIn implements pg.Submittable {
  /** How many rows went in. */
  readonly rows: Promise<number>;
  readonly #text: string;
  readonly #bytes: Buffer;
  #count = 0;
  #resolve: (rows: number) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  /** @param text the COPY … FROM STDIN @param bytes rows in the text format */
  constructor(text: string, bytes: Buffer) {
    this.#text = text;
    this.#bytes = bytes;
    this.rows = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: pg.Connection): void {
    const { stream } = connection;
    const head = Buffer.alloc(1 + LENGTH_BYTES);
    head[0] = COPY_DATA;
    head.writeUInt32BE(this.#bytes.length + LENGTH_BYTES, 1);
    stream.cork();
    connection.query(this.#text);
    stream.write(head);
    stream.write(this.#bytes);
    stream.write(COPY_DONE);
    stream.uncork();
  }

  // What the driver calls as the server answers.

  handleCopyInResponse(): void {
    // The rows are on their way.
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#count = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? 0);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#count);
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }
}
