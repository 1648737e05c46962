/**
 * The files of a running server's data folder as one stream, and back. For each: four bytes with the length of a JSON
 * header, the header ({path, mode, size}; a folder has no size), and exactly `size` bytes; four zero bytes end it.
 * What changes while it is copied, WAL makes whole; what is left out is as pg_basebackup leaves it out
 * (manual, 54.4 "Streaming Replication Protocol", BASE_BACKUP).
 */
import { chownSync, type Dirent, mkdirSync } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { errorCode } from '../db/errors.ts';
import type { ServerUser } from '../db/server-user.ts';
import { backupError } from './vault.ts';

const READ_BYTES = 2 ** 20;

interface Header {
  readonly path: string;
  readonly mode: number;
  /** Absent for a folder. */
  readonly size?: number;
}

/** Folders whose content the server makes anew; the folders themselves must be there. */
const EMPTIED = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const LEFT_OUT =
  /^(?:postmaster\.(?:pid|opts)|backup_label|tablespace_map|recovery\.signal|standby\.signal|pg_internal\.init.*|pgsql_tmp.*|t\d+_\d+(?:_\w+)?(?:\.\d+)?|current_logfiles.*|postgresql\.auto\.conf\.tmp)$/;
const CONTROL = join('global', 'pg_control');

function frame(header: Header): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const bytes = Buffer.alloc(4 + json.length);
  bytes.writeUInt32BE(json.length);
  json.copy(bytes, 4);
  return bytes;
}

/** Paths below `folder`, parents first; pg_control, which says where recovery begins, at the end. */
async function listFiles(data: string): Promise<string[]> {
  const paths: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await entriesOf(folder)) {
      const path = relative(data, join(folder, entry.name));
      if (LEFT_OUT.test(entry.name) || path === CONTROL) continue;
      if (entry.isSymbolicLink())
        throw backupError(
          `${path} è un collegamento simbolico: la copia incorporata non segue tablespace o cartelle spostate`,
          `${path} is a symbolic link: the embedded backup follows no tablespaces or moved folders`,
        );
      paths.push(path);
      if (entry.isDirectory() && !EMPTIED.has(path)) await walk(join(folder, entry.name));
    }
  };
  await walk(data);
  // Folders of WAL that must exist though their content is left out.
  paths.push(join('pg_wal', 'archive_status'), join('pg_wal', 'summaries'), CONTROL);
  return paths;
}

/** The entries of a folder; none of one dropped meanwhile, with its database. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function* readExactly(file: FileHandle, size: number): AsyncGenerator<Buffer> {
  let at = 0;
  while (at < size) {
    const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, size - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    // A table truncated meanwhile: zeros in the place of pages that replay will drop.
    if (bytesRead === 0) buffer.fill(0);
    const piece = bytesRead === 0 ? buffer : buffer.subarray(0, bytesRead);
    at += piece.length;
    yield piece;
  }
}

/**
 * Reads a data folder between pg_backup_start and pg_backup_stop.
 * @param finish called when all files are read: ends the backup and gives the text of `backup_label`
 */
export async function* packData(data: string, finish: () => Promise<string>): AsyncGenerator<Buffer> {
  for (const path of await listFiles(data)) {
    const full = join(data, path);
    const found = await stat(full).catch(() => null);
    if (found?.isDirectory() === true || (found === null && path.startsWith('pg_wal'))) {
      yield frame({ path, mode: 0o700 });
      continue;
    }
    let file: FileHandle;
    try {
      file = await open(full);
    } catch (error) {
      // A table dropped meanwhile.
      if (errorCode(error) === 'ENOENT') continue;
      throw error;
    }
    try {
      const { size } = await file.stat();
      yield frame({ path, mode: 0o600, size });
      yield* readExactly(file, size);
    } finally {
      await file.close();
    }
  }
  const label = Buffer.from(await finish());
  yield Buffer.concat([
    frame({ path: 'backup_label', mode: 0o600, size: label.length }),
    label,
    Buffer.alloc(4),
  ]);
}

/** Takes exact amounts out of a stream of buffers. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** At least one byte and at most `most`. */
  async some(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next();
      if (next.done === true) throw backupError('la copia finisce a metà', 'the backup ends half way');
      this.#rest = next.value;
    }
    const taken = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  async exactly(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = size; left > 0; ) {
      const part = await this.some(left);
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** Reads to the end, so that the last chunk is authenticated too. */
  async end(): Promise<void> {
    while ((await this.#source.next()).done !== true);
  }
}

/** Writes the files of a stream made by packData into an existing, empty folder, owned by the server's user. */
export async function unpackData(source: AsyncIterable<Buffer>, data: string, user: ServerUser | null) {
  const reader = new ByteReader(source);
  for (;;) {
    const length = (await reader.exactly(4)).readUInt32BE();
    if (length === 0) break;
    const header = JSON.parse((await reader.exactly(length)).toString()) as Header;
    const full = join(data, normalize(header.path));
    if (!full.startsWith(data + sep)) throw new Error(`path outside the data folder: ${header.path}`);
    if (header.size === undefined) {
      mkdirSync(full, { recursive: true, mode: header.mode });
    } else {
      mkdirSync(dirname(full), { recursive: true, mode: 0o700 });
      const file = await open(full, 'wx', header.mode);
      try {
        for (let left = header.size; left > 0; ) {
          const part = await reader.some(left);
          await file.writeFile(part);
          left -= part.length;
        }
      } finally {
        await file.close();
      }
    }
    if (user !== null) chownSync(full, user.uid, user.gid);
  }
  await reader.end();
}
