/** The parts of a workbook (XLSX, ECMA-376) that its rows need, unpacked within limits: it is a ZIP that a stranger made. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise } from 'yauzl';
import type { Words } from '../messages/message-rule.ts';

/** Policy. A sheet of a million rows is some hundred MB of XML, twenty times what it takes packed. */
const MAX_ENTRIES = 2000;
const MAX_UNPACKED = 4 * 1024 ** 3;
const MAX_RATIO = 200;
const RATIO_FROM = 1024 ** 2;

const WANTED = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/sharedStrings.xml', 'xl/styles.xml'];

/** Why a workbook is refused; caught by its reader and told as SIP-001. */
export class BadWorkbook extends Error {
  readonly why: Words;
  constructor(it: string, en: string) {
    super(en);
    this.why = [it, en];
  }
}

const isWanted = (name: string): boolean =>
  WANTED.includes(name) || (name.startsWith('xl/worksheets/') && name.endsWith('.xml') && name.length < 200);

const tooLarge = (name: string): BadWorkbook =>
  new BadWorkbook(
    `«${name}» è troppo grande, o compresso più di ${MAX_RATIO} a 1`,
    `"${name}" is too large, or compressed more than ${MAX_RATIO} to 1`,
  );

/** What a file that is no workbook is told to be, by its first bytes. */
async function refuseOthers(path: string): Promise<void> {
  const file = await open(path, 'r');
  const head = Buffer.alloc(8);
  try {
    await file.read(head, 0, 8, 0);
  } finally {
    await file.close();
  }
  if (head.toString('hex').startsWith('d0cf11e0'))
    throw new BadWorkbook(
      'è un vecchio foglio .xls, o è protetto da password: salvarlo come .xlsx senza password',
      'it is an old .xls workbook, or is encrypted: save it as .xlsx without a password',
    );
  if (head.readUInt32LE(0) !== 0x04034b50)
    throw new BadWorkbook('non è un foglio di calcolo .xlsx', 'it is no .xlsx workbook');
}

/** Unpacks the wanted parts into the folder. @returns their paths by name @throws BadWorkbook, or what the disk says */
export async function unpackWorkbook(path: string, folder: string): Promise<Map<string, string>> {
  await refuseOthers(path);
  const parts = new Map<string, string>();
  const zip = await openPromise(path, { autoClose: false }).catch((cause: unknown) => {
    throw new BadWorkbook(
      'non è un foglio .xlsx intero',
      `it is no whole .xlsx workbook (${cause instanceof Error ? cause.message : ''})`,
    );
  });
  try {
    if (zip.entryCount > MAX_ENTRIES)
      throw new BadWorkbook(`contiene ${zip.entryCount} parti`, `it holds ${zip.entryCount} parts`);
    let room = MAX_UNPACKED;
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      const name = entry.fileName;
      if (!isWanted(name) || parts.has(name)) continue;
      // The name in the archive never becomes a path.
      const target = join(
        folder,
        `part-${createHash('sha256').update(`${path}\n${name}`).digest('hex').slice(0, 24)}`,
      );
      room -= await unpackPart(await zip.openReadStreamPromise(entry), target, entry, room);
      parts.set(name, target);
    }
  } catch (error) {
    // System errors are ours; those of the ZIP's structure have no code.
    if (
      error instanceof BadWorkbook ||
      (error instanceof Error && 'code' in error && !String(error.code).startsWith('Z_'))
    )
      throw error;
    throw new BadWorkbook(
      'non è un foglio .xlsx intero',
      `it is no whole .xlsx workbook (${error instanceof Error ? error.message : ''})`,
    );
  } finally {
    zip.close();
  }
  return parts;
}

async function unpackPart(
  source: NodeJS.ReadableStream,
  target: string,
  entry: Entry,
  room: number,
): Promise<number> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      const over = bytes > room || (bytes > RATIO_FROM && bytes > MAX_RATIO * entry.compressedSize);
      done(over ? tooLarge(entry.fileName) : null, chunk);
    },
  });
  await pipeline(source, counted, createWriteStream(target, { mode: 0o600, flags: 'wx' }));
  return bytes;
}
