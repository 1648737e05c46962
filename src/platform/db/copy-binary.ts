/** Reads COPY's binary format (PostgreSQL's manual, COPY, "Binary Format"): the fields of each row as bytes, as fast as they come. */
import type { Readable } from 'node:stream';

/** 'PGCOPY\n\377\r\n\0', flags, and the length of an extension that is always empty. */
const HEADER_BYTES = 19;
const TRAILER = -1;

/**
 * Gives each row to `take`. The fields share the memory of what was received: whoever keeps one copies it.
 * @param take one buffer a column, null for NULL
 * @returns how many rows there were
 */
export async function readBinaryRows(
  stream: Readable,
  take: (fields: readonly (Buffer | null)[]) => void | Promise<void>,
): Promise<number> {
  let rest: Buffer = Buffer.alloc(0);
  let headed = false;
  let rows = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    if (!headed) {
      if (bytes.length < HEADER_BYTES) {
        rest = bytes;
        continue;
      }
      headed = true;
      at = HEADER_BYTES;
    }
    for (;;) {
      const row = rowAt(bytes, at);
      if (row === null) break;
      const waits = take(row.fields);
      if (waits !== undefined) await waits;
      rows++;
      at = row.next;
    }
    rest = bytes.subarray(at);
  }
  return rows;
}

/** The row that begins at a place; null where it is not yet whole, or is the trailer. */
function rowAt(
  bytes: Buffer,
  start: number,
): { readonly fields: (Buffer | null)[]; readonly next: number } | null {
  if (bytes.length < start + 2) return null;
  const columns = bytes.readInt16BE(start);
  if (columns === TRAILER) return null;
  const fields: (Buffer | null)[] = [];
  let at = start + 2;
  for (let i = 0; i < columns; i++) {
    if (bytes.length < at + 4) return null;
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) {
      fields.push(null);
      continue;
    }
    if (bytes.length < at + length) return null;
    fields.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { fields, next: at };
}

/** A bigint column. */
export const int8 = (field: Buffer): number => Number(field.readBigInt64BE(0));
