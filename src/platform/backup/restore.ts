/**
 * Restoring: a base backup unpacked beside its final place, the WAL replayed up to an instant by PostgreSQL's own
 * recovery, and the folder renamed when the server has come up with it. Until then nothing stands where the data belong.
 */
import { chownSync, createWriteStream, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  checkFreeSpace,
  type DataFolder,
  hasData,
  makeDataFolder,
  removeUnfinished,
  UNFINISHED,
} from '../db/data-folder.ts';
import { type ServerBinaries, serverBinaries } from '../db/server-binaries.ts';
import { launchServer, stopProcess } from '../db/server-launch.ts';
import { serverSettings } from '../db/server-settings.ts';
import { type ServerUser, serverUser } from '../db/server-user.ts';
import { withStartLock } from '../db/start-lock.ts';
import { unpackData } from './data-files.ts';
import {
  type BaseManifest,
  hasSegment,
  listBases,
  listShipments,
  type Repository,
  readSealed,
  type Shipment,
  walName,
} from './repository.ts';
import { segmentsOf } from './take-backup.ts';
import { backupError } from './vault.ts';

/** A replay may take long, and its length is no sign of trouble. */
const RECOVERY_TIMEOUT_MS = 24 * 3_600_000;
const LOCK_TIMEOUT_MS = 60_000;

export interface RestorePlan {
  readonly base: BaseManifest;
  readonly segments: readonly string[];
  /** The instant to restore to; null for everything the repository holds. */
  readonly at: string | null;
  /** The last instant that the repository covers. */
  readonly until: string;
}

/** "2026-03-01T10:00:00.5+01:00" → "2026-03-01T09:00:00.500000Z": instants so written compare as texts. */
export function plainInstant(text: string): string {
  const decimals = /\.(\d+)/.exec(text)?.[1] ?? '';
  return `${new Date(text.replace(/\.\d+/, '')).toISOString().slice(0, 19)}.${decimals.padEnd(6, '0').slice(0, 6)}Z`;
}

/**
 * Chooses what to restore: the last base that ended before `at`, and the WAL from it to the first shipment past `at`.
 * @param at as plainInstant gives it
 * @throws AppError backup, with the span that can be restored
 */
export function planRestore(repository: Repository, at: string | null): RestorePlan {
  const bases = listBases(repository);
  const base = bases.filter((candidate) => at === null || candidate.stoppedAt <= at).at(-1);
  const shipments = (of: BaseManifest) =>
    listShipments(repository).filter(
      (s) =>
        s.systemIdentifier === of.systemIdentifier &&
        // Of the same timeline: what came after a restore of the server itself is another history.
        s.lastSegment.slice(0, 8) === of.startSegment.slice(0, 8) &&
        s.until >= of.stoppedAt,
    );
  const last = base === undefined ? undefined : shipments(base).at(-1);
  const shipment: Shipment | undefined =
    base === undefined || at === null ? last : shipments(base).find((s) => s.until >= at);
  if (base === undefined || shipment === undefined) {
    const from = bases[0]?.stoppedAt ?? '…';
    const to = listShipments(repository).at(-1)?.until ?? '…';
    throw backupError(
      `a quell'istante non si può tornare: questa copia va da ${from} a ${to} (UTC)`,
      `that instant cannot be restored: this backup goes from ${from} to ${to} (UTC)`,
    );
  }
  const segments = segmentsOf({ firstSegment: base.startSegment, lastSegment: shipment.lastSegment });
  const missing = segments.find((segment) => !hasSegment(repository, segment));
  if (missing !== undefined)
    throw backupError(`nella copia manca il segmento ${missing}`, `the backup lacks segment ${missing}`);
  return { base, segments, at, until: shipment.until };
}

/**
 * Restores into a data folder that holds no data yet, and leaves the server stopped.
 * @throws AppError backup, for a damaged backup or a folder in use; disk-full
 */
export async function restore(repository: Repository, plan: RestorePlan, folder: string): Promise<void> {
  const final = makeDataFolder(folder);
  await withStartLock(final.lock, LOCK_TIMEOUT_MS, async () => {
    await removeUnfinished(final);
    if (hasData(final))
      throw backupError(
        `${final.data} contiene già una base dati: indicare un'altra cartella con --to, o spostarla`,
        `${final.data} already holds a database: name another folder with --to, or move it`,
      );
    const freeBytes = checkFreeSpace(final);
    const user = serverUser(final.data);
    const binaries = serverBinaries(user);
    // removeUnfinished knows the prefix: what an interrupted restore leaves goes away at the next start.
    const place: DataFolder = {
      ...final,
      data: join(final.folder, `${UNFINISHED}restore-${process.pid}`),
    };
    const wal = join(final.folder, `${UNFINISHED}wal-${process.pid}`);
    try {
      for (const path of [place.data, wal]) own(mkdirAt(path), user);
      await readSealed(repository, join(plan.base.name, 'data.sealed'), (source) =>
        unpackData(source, place.data, user),
      );
      for (const segment of plan.segments) await unsealSegment(repository, segment, join(wal, segment), user);
      await replay(place, wal, plan, binaries, user, freeBytes);
      rmSync(final.secrets, { force: true });
      renameSync(place.data, final.data);
    } finally {
      for (const path of [place.data, wal]) rmSync(path, { recursive: true, force: true });
    }
  });
}

function mkdirAt(path: string): string {
  mkdirSync(path, { mode: 0o700 });
  return path;
}

function own(path: string, user: ServerUser | null): void {
  if (user !== null) chownSync(path, user.uid, user.gid);
}

async function unsealSegment(repository: Repository, segment: string, path: string, user: ServerUser | null) {
  await readSealed(repository, walName(segment), (source) =>
    pipeline(source, createWriteStream(path, { mode: 0o600 })),
  );
  own(path, user);
}

async function replay(
  place: DataFolder,
  wal: string,
  plan: RestorePlan,
  binaries: ServerBinaries,
  user: ServerUser | null,
  freeBytes: number,
): Promise<void> {
  const signal = join(place.data, 'recovery.signal');
  writeFileSync(signal, '', { mode: 0o600 });
  own(signal, user);
  const quoted = `'${wal.replaceAll("'", `'\\''`).replaceAll('%', '%%')}'`;
  const server = await launchServer({
    place,
    binaries,
    user,
    timeoutMs: RECOVERY_TIMEOUT_MS,
    settings: (port) => ({
      ...serverSettings({ port, freeBytes, durable: true }),
      // Nobody reads before the chosen instant is reached.
      hot_standby: 'off',
      restore_command: `cp ${quoted}/%f "%p"`,
      recovery_target_action: 'promote',
      // A number for the zone: when this setting is read, the server knows no abbreviation yet, not even Z.
      ...(plan.at === null ? {} : { recovery_target_time: plan.at.replace('Z', '+00') }),
    }),
  });
  await stopProcess(place, server.pid);
}
