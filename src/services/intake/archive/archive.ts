/**
 * Safe unpacking of a supply (tracciato.md 1, "Limits"; security.md, "Input"). Nothing the archive says of itself is
 * believed: sizes are counted, checksums computed, names never become paths. Constant memory.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromFd, type ZipFile } from 'yauzl';
import { AppError } from '../../../kernel/app-error.ts';
import type { Finding } from '../../../kernel/findings.ts';
import type { Words } from '../messages/message-rule.ts';
import { finding } from '../messages/messages.ts';

/** What an archive may hold (policy; tracciato.md 1). */
export interface Limits {
  readonly entries: number;
  readonly unpackedBytes: number;
  /** Unpacked to packed, for an entry of more than `ratioFromBytes` unpacked. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** Lines and bytes of eventi.jsonl: they lie in memory until they are applied (docs/adr/0003). */
  readonly events: number;
  readonly eventBytes: number;
  /** Are entries let through that are ZIPs themselves? They are for the door that reads workbooks (XLSX), within limits of their own. */
  readonly workbooks?: boolean;
}

export const LIMITS: Limits = {
  entries: 64,
  unpackedBytes: 8 * 1024 ** 3,
  ratio: 100,
  ratioFromBytes: 1024 ** 2,
  events: 500_000,
  eventBytes: 512 * 1024 ** 2,
};

/** One entry, unpacked. */
export interface UnpackedFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Of the unpacked bytes, lower-case hexadecimal. */
  readonly sha256: string;
}

export interface Unpacked {
  /** Of the archive as sent. */
  readonly sha256: string;
  readonly files: ReadonlyMap<string, UnpackedFile>;
  /** SIP-001 with its cause, or none. When there is one, nothing is left in the folder. */
  readonly refusals: readonly Finding[];
}

const CHUNK = 256 * 1024;
const LOCAL_HEADER = 30;
const ENCRYPTED = 0x1 | 0x40 | 0x2000;
const MODE_KIND = 0o170000;
const REGULAR = 0o100000;
const NESTED = /\.(?:zip|7z|rar|tar|t?gz|tgz|bz2|xz|zst|jar|cab|arj|lzh)$/i;
/** First bytes of the archives that people nest: ZIP (three kinds of record), gzip, 7z, RAR, xz, bzip2. */
const MAGIC = ['504b0304', '504b0506', '504b0708', '1f8b08', '377abcaf271c', '526172211a07', 'fd377a585a00'];

/** Why an archive is refused; caught below and made a finding. */
class Unsafe extends Error {
  readonly why: Words;
  constructor(it: string, en: string) {
    super(en);
    this.why = [it, en];
  }
}

/** The SHA-256 of a file, lower-case hexadecimal. @throws AppError 'not-found' when it cannot be read. */
export async function sha256OfFile(path: string): Promise<string> {
  const file = await openArchive(path);
  try {
    return await sha256Of(file);
  } finally {
    await file.close();
  }
}

/**
 * Unpacks an archive into `folder`, which is made (mode 0700) when missing.
 * @throws AppError 'not-found' (no such archive), 'disk-full'.
 */
export async function unpackArchive(archive: string, folder: string, limits: Limits): Promise<Unpacked> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await openArchive(archive);
  const written: string[] = [];
  try {
    const sha256 = await sha256Of(file);
    try {
      const files = await unpackEntries(file, folder, limits, written);
      return { sha256, files, refusals: [] };
    } catch (cause) {
      await Promise.all(written.map((path) => rm(path, { force: true })));
      const why = unsafeWords(cause);
      if (why === null) throw cause;
      return { sha256, files: new Map(), refusals: [finding('SIP-001', { perche: why })] };
    }
  } finally {
    await file.close();
  }
}

/** Room for a small file in one read, for a large one in chunks. */
const chunkFor = (bytes: number): number => Math.min(CHUNK, Math.max(1024, bytes + 1));

async function openArchive(path: string): Promise<FileHandle> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new AppError(
      'not-found',
      `non si riesce a leggere ${path}: controllare il nome e i permessi del file`,
      `cannot read ${path}: check its name and its permissions`,
      cause,
    );
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new AppError('not-found', `${path} non è un file`, `${path} is not a file`);
}

async function sha256Of(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(chunkFor((await file.stat()).size));
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

/** The words for an archive's fault, or null where the fault is not the archive's. */
function unsafeWords(cause: unknown): Words | null {
  if (cause instanceof Unsafe) return cause.why;
  if (!(cause instanceof Error) || cause instanceof AppError) return null;
  const code = 'code' in cause ? String(cause.code) : '';
  // System errors are ours; zlib's (Z_…), ranges that a false offset breaks (ERR_…) and yauzl's (no code) are the archive's.
  if (code !== '' && !/^Z_|^ERR_(?:OUT_OF_RANGE|INVALID_ARG|BUFFER)/.test(code)) return null;
  if (/encrypt/.test(cause.message)) return ['è protetto da password', 'it is encrypted'];
  if (/^End of central directory/.test(cause.message))
    return ['il file è troncato, o non è uno ZIP', 'the file is cut short, or no ZIP'];
  return ['non è uno ZIP intero e ben formato', `it is not a whole and well-formed ZIP (${cause.message})`];
}

function openZip(fd: number): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromFd(
      fd,
      { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false },
      (error, zip) => (error ? reject(error) : resolve(zip)),
    );
  });
}

/** An entry with the place of its data, its name checked. */
interface Located {
  readonly name: string;
  readonly entry: Entry;
  readonly start: number;
}

async function unpackEntries(
  file: FileHandle,
  folder: string,
  limits: Limits,
  written: string[],
): Promise<Map<string, UnpackedFile>> {
  const zip = await openZip(file.fd);
  const located = await locateEntries(zip, file, limits);
  const files = new Map<string, UnpackedFile>();
  let room = limits.unpackedBytes;
  for (const [index, place] of located.entries()) {
    // The name in the archive never becomes a path.
    const path = join(folder, `entry-${String(index + 1).padStart(2, '0')}`);
    written.push(path);
    const unpacked = await unpackEntry(file, place, path, limits, room);
    room -= unpacked.bytes;
    files.set(place.name, unpacked);
  }
  return files;
}

async function locateEntries(zip: ZipFile, file: FileHandle, limits: Limits): Promise<Located[]> {
  if (zip.entryCount > limits.entries)
    throw new Unsafe(
      `contiene ${zip.entryCount} file, il limite è ${limits.entries}`,
      `it holds ${zip.entryCount} files, the limit is ${limits.entries}`,
    );
  const located: Located[] = [];
  const names = new Set<string>();
  for await (const entry of zip.eachEntry()) {
    const raw: Buffer = entry.fileNameRaw;
    const name = safeName(entry, raw);
    // Two names that differ in case are one on half of the machines of the world.
    const key = name.normalize('NFC').toLowerCase();
    if (names.has(key)) throw new Unsafe(`il file «${name}» è doppio`, `the file «${name}» is there twice`);
    names.add(key);
    const local = await zip.readLocalFileHeaderPromise(entry);
    if (!local.fileName.equals(raw))
      throw new Unsafe(`il file «${name}» ha due nomi diversi`, `the file «${name}» has two different names`);
    located.push({ name, entry, start: local.fileDataStart });
  }
  await checkLayout(zip, file, located);
  return located;
}

function safeName(entry: Entry, raw: Buffer): string {
  const name = raw.toString('utf8');
  const shown = name.slice(0, 80).replace(/\p{C}/gu, '?');
  if (entry.generalPurposeBitFlag & ENCRYPTED)
    throw new Unsafe(`«${shown}» è protetto da password`, `«${shown}» is encrypted`);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw new Unsafe(
      `«${shown}» è compresso in un modo non ammesso (${entry.compressionMethod}; si ammette deflate)`,
      `«${shown}» is compressed in a way that is not accepted (${entry.compressionMethod}; deflate is)`,
    );
  const kind = (entry.externalFileAttributes >>> 16) & MODE_KIND;
  if (kind !== 0 && kind !== REGULAR)
    throw new Unsafe(`«${shown}» è un collegamento o una cartella`, `«${shown}» is a link or a folder`);
  if (name === '' || name.length > 255 || name === '.' || name === '..' || /[/\\:\p{C}\ufffd]/u.test(name))
    throw new Unsafe(
      `il nome «${shown}» esce dalla cartella o non è ammesso (i file stanno al primo livello, senza cartelle)`,
      `the name «${shown}» leaves the folder or is not accepted (files stand at the top level, without folders)`,
    );
  if (NESTED.test(name))
    throw new Unsafe(
      `«${shown}» è un archivio dentro l'archivio`,
      `«${shown}» is an archive within the archive`,
    );
  return name;
}

/** No bytes before the first entry, no two entries on the same bytes, and no entry that the directory does not count. */
async function checkLayout(zip: ZipFile, file: FileHandle, located: readonly Located[]): Promise<void> {
  const tail = Buffer.alloc(4);
  const directoryEnd = Number(zip.readEntryCursor);
  await file.read(tail, 0, 4, directoryEnd);
  const signature = tail.readUInt32LE(0);
  if (signature !== 0x06054b50 && signature !== 0x06064b50)
    throw new Unsafe('il suo indice non torna', 'its directory is not consistent');
  let free = 0;
  const order = [...located].sort(
    (a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader,
  );
  for (const { name, entry, start } of order) {
    const at = entry.relativeOffsetOfLocalHeader;
    if (at < free || (free === 0 && at !== 0) || start < at + LOCAL_HEADER)
      throw new Unsafe(
        `i file si sovrappongono, o sono preceduti da altri dati («${name}»)`,
        `files overlap, or are preceded by other data («${name}»)`,
      );
    free = start + entry.compressedSize;
  }
  if (free > directoryEnd) throw new Unsafe('il suo indice non torna', 'its directory is not consistent');
}

async function unpackEntry(
  file: FileHandle,
  { name, entry, start }: Located,
  path: string,
  limits: Limits,
  room: number,
): Promise<UnpackedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  let crc = 0;
  const out = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of contents(file, start, entry)) {
      if (
        bytes === 0 &&
        limits.workbooks !== true &&
        MAGIC.some((magic) => chunk.toString('hex', 0, magic.length / 2) === magic)
      )
        throw new Unsafe(
          `«${name}» è un archivio dentro l'archivio`,
          `«${name}» is an archive within the archive`,
        );
      bytes += chunk.length;
      if (bytes > room)
        throw new Unsafe(
          `supera ${limits.unpackedBytes} byte una volta aperto`,
          `it is over ${limits.unpackedBytes} bytes once unpacked`,
        );
      if (bytes > limits.ratioFromBytes && bytes > limits.ratio * entry.compressedSize)
        throw new Unsafe(
          `«${name}» è compresso più di ${limits.ratio} a 1`,
          `«${name}» is compressed more than ${limits.ratio} to 1`,
        );
      hash.update(chunk);
      crc = crc32(chunk, crc);
      await out.writeFile(chunk);
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT'))
      throw new AppError(
        'disk-full',
        `spazio esaurito in ${path}: liberarne e ricaricare la fornitura`,
        `no space left at ${path}: make room and load the supply again`,
        cause,
      );
    throw cause;
  } finally {
    await out.close();
  }
  if (bytes !== entry.uncompressedSize)
    throw new Unsafe(
      `«${name}» non ha la dimensione dichiarata (è troncato?)`,
      `«${name}» is not of the declared size (is it cut short?)`,
    );
  if (crc !== entry.crc32)
    throw new Unsafe(`«${name}» è rovinato (CRC errato)`, `«${name}» is damaged (wrong CRC)`);
  return { name, path, bytes, sha256: hash.digest('hex') };
}

async function* packed(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; ) {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, length - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start + at);
    if (bytesRead === 0) throw new Unsafe('è troncato', 'it is cut short');
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* contents(file: FileHandle, start: number, entry: Entry): AsyncGenerator<Buffer> {
  const source = packed(file, start, entry.compressedSize);
  if (entry.compressionMethod === 0) {
    yield* source;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: chunkFor(entry.uncompressedSize) });
  const input = Readable.from(source, { objectMode: false });
  input.on('error', (error) => inflate.destroy(error));
  input.pipe(inflate);
  try {
    yield* inflate as AsyncIterable<Buffer>;
    // Bytes after the end of the compressed stream are hidden in the entry: its sizes lie.
    if (inflate.bytesWritten !== entry.compressedSize)
      throw new Unsafe('un file contiene dati estranei', 'a file holds foreign data');
  } finally {
    input.destroy();
    inflate.destroy();
  }
}
