/** A ZIP made of parts already compressed (PKWARE APPNOTE 4.3), with a fixed date: the same parts give the same bytes. */

import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { crc32, deflateRawSync } from 'node:zlib';
import type { Part } from './sink.ts';

const LIMIT = 0xffff_ffff;

interface Entry {
  readonly name: string;
  readonly crc: number;
  readonly size: number;
  readonly compressed: number;
}

/** Fields shared by the header before an entry and the one in the directory. */
function header(entry: Entry, stamp: number, signature: number, lead: number, tail: number): Buffer {
  const name = Buffer.from(entry.name, 'utf8');
  const bytes = Buffer.alloc(lead + 26 + tail + name.length);
  bytes.writeUInt32LE(signature, 0);
  let at = lead;
  if (lead === 6) bytes.writeUInt16LE(20, 4);
  bytes.writeUInt16LE(20, at);
  bytes.writeUInt16LE(0, at + 2);
  bytes.writeUInt16LE(8, at + 4);
  bytes.writeUInt32LE(stamp, at + 6);
  bytes.writeUInt32LE(entry.crc, at + 10);
  bytes.writeUInt32LE(entry.compressed, at + 14);
  bytes.writeUInt32LE(entry.size, at + 18);
  bytes.writeUInt16LE(name.length, at + 22);
  bytes.writeUInt16LE(0, at + 24);
  at += 26 + tail;
  name.copy(bytes, at);
  return bytes;
}

/** The DOS date and time of midday of a day written AAAA-MM-GG. */
function dosStamp(day: string): number {
  const [year, month, date] = day.split('-').map(Number);
  return ((((year! - 1980) << 9) | (month! << 5) | date!) << 16) | (12 << 11);
}

/** Writes the archive: the manifest first, then the parts. @throws RangeError past 4 GiB, which no comune reaches. */
export async function writeZip(
  path: string,
  manifest: string,
  parts: readonly Part[],
  day: string,
): Promise<void> {
  const file = createWriteStream(path);
  // A failure is met at the next wait; until then it must not count as unheard.
  const done = finished(file);
  done.catch(() => {});
  const stamp = dosStamp(day) >>> 0;
  const directory: Buffer[] = [];
  let offset = 0;
  const put = async (bytes: Buffer): Promise<void> => {
    offset += bytes.length;
    if (!file.write(bytes)) await Promise.race([once(file, 'drain'), done]);
  };
  const entry = async (item: Entry, data: AsyncIterable<Buffer> | readonly Buffer[]): Promise<void> => {
    const central = header(item, stamp, 0x0201_4b50, 6, 14);
    central.writeUInt32LE(offset, 42);
    directory.push(central);
    await put(header(item, stamp, 0x0403_4b50, 4, 0));
    for await (const chunk of data) await put(chunk);
  };

  const text = Buffer.from(manifest, 'utf8');
  const packed = deflateRawSync(text);
  await entry({ name: 'fornitura.json', crc: crc32(text), size: text.length, compressed: packed.length }, [
    packed,
  ]);
  for (const part of parts) {
    if (part.size > LIMIT) throw new RangeError(`${part.name} is over 4 GiB`);
    await entry(part, createReadStream(part.part));
  }
  const start = offset;
  for (const bytes of directory) await put(bytes);
  if (offset > LIMIT) throw new RangeError(`${path} is over 4 GiB`);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(offset - start, 12);
  end.writeUInt32LE(start, 16);
  await put(end);
  file.end();
  await done;
}
