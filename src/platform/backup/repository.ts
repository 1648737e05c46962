/**
 * A backup repository: a folder that the operator keeps away from the database's disk.
 *
 *   repository.json             how its key is found
 *   base-20261124T031500Z/      manifest.json (readable, authenticated) and data.sealed
 *   wal/<segment>.sealed        one file for each WAL segment, and wal/shipments.json: up to which instant
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { databaseError, errorCode } from '../db/errors.ts';
import { withStartLock } from '../db/start-lock.ts';
import { type BackupSecret, type KeyCheck, mac, newKeyCheck, openKey } from './backup-key.ts';
import { backupError, opening, sealing } from './vault.ts';

const FORMAT = 1;
const LOCK_TIMEOUT_MS = 600_000;
/** zstd's fastest ordinary level: about 3 times smaller, as fast as the disk. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export interface Repository {
  readonly folder: string;
  /** Names the replication slot that keeps WAL for this repository. */
  readonly id: string;
  readonly master: Buffer;
}

export interface BaseManifest {
  readonly format: typeof FORMAT;
  readonly name: string;
  readonly systemIdentifier: string;
  readonly postgres: string;
  readonly startedAt: string;
  /** The earliest instant it can be restored to. */
  readonly stoppedAt: string;
  readonly startSegment: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** WAL brought over at one time: segments up to `lastSegment` hold every commit up to `until`. */
export interface Shipment {
  readonly systemIdentifier: string;
  readonly firstSegment: string;
  readonly lastSegment: string;
  readonly until: string;
}

interface RepositoryFile {
  readonly format: number;
  readonly id: string;
  readonly key: KeyCheck;
}

const repositoryFile = (folder: string) => join(folder, 'repository.json');

export const isRepository = (folder: string): boolean => existsSync(repositoryFile(folder));

/** Opens a repository, or makes a new one in an empty or absent folder. @throws AppError backup */
export function openRepository(folder: string, secret: BackupSecret, create: boolean): Repository {
  if (isRepository(folder)) {
    const stored = JSON.parse(readFileSync(repositoryFile(folder), 'utf8')) as RepositoryFile;
    if (stored.format !== FORMAT)
      throw backupError(
        `${folder} è di un'altra versione di SIPOP (formato ${stored.format}): usare quella`,
        `${folder} is of another version of SIPOP (format ${stored.format}): use that one`,
      );
    return { folder, id: stored.id, master: openKey(secret, stored.key) };
  }
  if (!create)
    throw backupError(`${folder} non contiene copie di SIPOP`, `${folder} holds no backups of SIPOP`);
  const own = new Set(['wal', 'repository.json.unfinished']);
  if (existsSync(folder) && readdirSync(folder).some((name) => !own.has(name)))
    throw backupError(
      `${folder} contiene altri file: indicare una cartella vuota o nuova`,
      `${folder} holds other files: name an empty or new folder`,
    );
  mkdirSync(join(folder, 'wal'), { recursive: true, mode: 0o700 });
  const { master, check } = newKeyCheck(secret);
  const id = randomBytes(4).toString('hex');
  writeDurably(repositoryFile(folder), `${JSON.stringify({ format: FORMAT, id, key: check }, null, 2)}\n`);
  return { folder, id, master };
}

function syncPath(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Gives a finished file its name, on the disk for good. */
function publish(unfinished: string, path: string): void {
  syncPath(unfinished);
  renameSync(unfinished, path);
  syncPath(dirname(path));
}

export function writeDurably(path: string, text: string): void {
  const unfinished = `${path}.unfinished`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  publish(unfinished, path);
}

/** Compresses, encrypts and writes a stream to a file, which appears when complete. */
export async function writeSealed(
  repository: Repository,
  name: string,
  source: AsyncIterable<Buffer>,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const path = join(repository.folder, name);
  const unfinished = `${path}.unfinished`;
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(
      source,
      createZstdCompress(ZSTD),
      sealing(repository.master, name),
      measure,
      createWriteStream(unfinished, { mode: 0o600 }),
    );
    publish(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw errorCode(error) === 'ENOSPC' ? databaseError(error, repository.folder) : error;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Reads such a file through `consume`, which must read to the end. @throws AppError backup where it is damaged */
export async function readSealed(
  repository: Repository,
  name: string,
  consume: (source: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  try {
    await pipeline(
      createReadStream(join(repository.folder, name)),
      opening(repository.master, name),
      createZstdDecompress(),
      consume,
    );
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      throw backupError(`nella copia manca ${name}`, `the backup lacks ${name}`, error);
    if (/^(ZSTD|Z)_/.test(errorCode(error)))
      throw backupError(`la copia è danneggiata (${name})`, `the backup is damaged (${name})`, error);
    throw error;
  }
}

/** A JSON text with a code that only the holder of the key can make. */
function signed(repository: Repository, value: unknown): string {
  const text = JSON.stringify(value);
  return `${JSON.stringify({ ...(value as object), mac: mac(repository.master, text) }, null, 2)}\n`;
}

function readSigned<T>(repository: Repository, path: string): T {
  let mismatch = true;
  let value: unknown;
  try {
    const { mac: found, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as { mac: string };
    const expected = Buffer.from(mac(repository.master, JSON.stringify(rest)));
    mismatch = found.length !== expected.length || !timingSafeEqual(expected, Buffer.from(found));
    value = rest;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw error;
  }
  if (mismatch)
    throw backupError(
      `la copia è danneggiata o alterata (${path})`,
      `the backup is damaged or was altered (${path})`,
    );
  return value as T;
}

export function writeManifest(repository: Repository, manifest: BaseManifest): void {
  writeDurably(join(repository.folder, manifest.name, 'manifest.json'), signed(repository, manifest));
}

/** The complete base backups, oldest first; one without a manifest was interrupted, and counts for nothing. */
export function listBases(repository: Repository): BaseManifest[] {
  return readdirSync(repository.folder)
    .filter((name) => name.startsWith('base-') && existsSync(join(repository.folder, name, 'manifest.json')))
    .map((name) => readSigned<BaseManifest>(repository, join(repository.folder, name, 'manifest.json')))
    .sort((a, b) => (a.stoppedAt < b.stoppedAt ? -1 : 1));
}

/** Removes what an interrupted backup left; for the holder of the repository's lock alone. */
function removeIncomplete(repository: Repository): void {
  for (const name of readdirSync(repository.folder))
    if (name.startsWith('base-') && !existsSync(join(repository.folder, name, 'manifest.json')))
      rmSync(join(repository.folder, name), { recursive: true });
  for (const name of readdirSync(join(repository.folder, 'wal')))
    if (name.endsWith('.unfinished')) rmSync(join(repository.folder, 'wal', name));
}

/** Runs `work` as the only one that writes to the repository. */
export function writing<T>(repository: Repository, work: () => Promise<T>): Promise<T> {
  return withStartLock(join(repository.folder, 'lock'), LOCK_TIMEOUT_MS, () => {
    removeIncomplete(repository);
    return work();
  });
}

const shipmentsFile = (repository: Repository) => join(repository.folder, 'wal', 'shipments.json');

export function listShipments(repository: Repository): Shipment[] {
  if (!existsSync(shipmentsFile(repository))) return [];
  return readSigned<{ readonly shipments: Shipment[] }>(repository, shipmentsFile(repository)).shipments;
}

export function rememberShipment(repository: Repository, shipment: Shipment): void {
  const shipments = [...listShipments(repository), shipment];
  writeDurably(shipmentsFile(repository), signed(repository, { shipments }));
}

export const walName = (segment: string): string => join('wal', `${segment}.sealed`);

export const hasSegment = (repository: Repository, segment: string): boolean =>
  existsSync(join(repository.folder, walName(segment)));
