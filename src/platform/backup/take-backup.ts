/**
 * Backing up the embedded server while it works: a base backup now and then, the WAL as often as one likes. A
 * replication slot of the repository's own makes the server keep its WAL until it has been copied, so that nothing is
 * lost between two copies; the server's max_slot_wal_keep_size keeps a forgotten repository from filling the disk.
 */
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, Database } from '../db/pool.ts';
import {
  advanceSlot,
  type Cluster,
  closeSegment,
  createSlot,
  dropSlot,
  findSlot,
  getCluster,
  startBackup,
  stopBackup,
} from './backup.sql.ts';
import { packData } from './data-files.ts';
import {
  type BaseManifest,
  hasSegment,
  listShipments,
  type Repository,
  rememberShipment,
  type Shipment,
  walName,
  writeManifest,
  writeSealed,
  writing,
} from './repository.ts';
import { backupError } from './vault.ts';

const slotOf = (repository: Repository) => `sipop_backup_${repository.id}`;
const SEGMENT = /^[0-9A-F]{24}$/;

/** One backup at a time in a repository, on one connection: pg_backup_stop must come from where pg_backup_start did. */
function onServer<T>(
  database: Database,
  repository: Repository,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  return writing(repository, () => database.withClient(work));
}

/**
 * Takes a base backup and the WAL it needs.
 * @param database opened as the superuser of the embedded server
 */
export async function takeBaseBackup(
  database: Database,
  repository: Repository,
): Promise<{ readonly base: BaseManifest; readonly shipment: Shipment }> {
  return onServer(database, repository, async (client) => {
    const cluster = await getCluster(client);
    await reserveWal(client, slotOf(repository));
    const startedAt = new Date().toISOString();
    const name = `base-${startedAt.replace(/[-:]|\.\d+/g, '')}`;
    mkdirSync(join(repository.folder, name), { mode: 0o700 });
    try {
      await startBackup(client, name);
      let stop: Awaited<ReturnType<typeof stopBackup>> | undefined;
      const files = packData(cluster.dataDirectory, async () => {
        stop = await stopBackup(client);
        return stop.label;
      });
      const written = await writeSealed(repository, join(name, 'data.sealed'), files);
      if (stop === undefined) throw new Error('the base backup ended before pg_backup_stop');
      const shipment = await ship(client, repository, cluster, stop.startSegment);
      const base: BaseManifest = {
        format: 1,
        name,
        systemIdentifier: cluster.systemIdentifier,
        postgres: cluster.version,
        startedAt,
        stoppedAt: stop.stoppedAt,
        startSegment: stop.startSegment,
        ...written,
      };
      // Last of all: a base without its manifest counts for nothing.
      writeManifest(repository, base);
      return { base, shipment };
    } catch (error) {
      rmSync(join(repository.folder, name), { recursive: true, force: true });
      throw error;
    }
  });
}

/** Brings over the WAL written since the last time. @throws AppError backup where some of it is gone: take a base backup */
export async function shipWal(database: Database, repository: Repository): Promise<Shipment> {
  return onServer(database, repository, async (client) => {
    const cluster = await getCluster(client);
    const status = await findSlot(client, slotOf(repository));
    const last = listShipments(repository).at(-1);
    if (last === undefined || last.systemIdentifier !== cluster.systemIdentifier || !keepsWal(status))
      throw backupError(
        'le modifiche dall’ultima copia non sono più tutte nel server, o la copia è di un’altra base dati: farne una intera (./sipop backup senza --wal)',
        'the changes since the last backup are no longer all in the server, or the backup is of another database: take a whole one (./sipop backup without --wal)',
      );
    return ship(client, repository, cluster, last.lastSegment);
  });
}

const keepsWal = (status: string | null) => status === 'reserved' || status === 'extended';

async function reserveWal(client: Client, slot: string): Promise<void> {
  const status = await findSlot(client, slot);
  if (keepsWal(status)) return;
  if (status !== null) await dropSlot(client, slot);
  await createSlot(client, slot);
}

/** Copies the closed segments from `first` on that the repository lacks, then lets the server do away with them. */
async function ship(
  client: Client,
  repository: Repository,
  cluster: Cluster,
  first: string,
): Promise<Shipment> {
  const mark = await closeSegment(client);
  const folder = join(cluster.dataDirectory, 'pg_wal');
  const closed = readdirSync(folder).filter(
    (name) => SEGMENT.test(name) && name >= first && name <= mark.lastSegment,
  );
  for (const name of closed.sort())
    if (!hasSegment(repository, name))
      await writeSealed(repository, walName(name), createReadStream(join(folder, name)));
  const shipment: Shipment = {
    systemIdentifier: cluster.systemIdentifier,
    firstSegment: first,
    lastSegment: mark.lastSegment,
    until: mark.until,
  };
  checkContinuous(repository, shipment);
  rememberShipment(repository, shipment);
  await advanceSlot(client, slotOf(repository), mark.lsn);
  return shipment;
}

/** The segments from the first to the last of a shipment, in one timeline; 256 of 16 MB make a "log". */
export function segmentsOf(shipment: Pick<Shipment, 'firstSegment' | 'lastSegment'>): string[] {
  const number = (name: string) =>
    Number.parseInt(name.slice(8, 16), 16) * 256 + Number.parseInt(name.slice(16), 16);
  const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, '0');
  const timeline = shipment.lastSegment.slice(0, 8);
  const names: string[] = [];
  for (let n = number(shipment.firstSegment); n <= number(shipment.lastSegment); n++)
    names.push(`${timeline}${hex(Math.floor(n / 256))}${hex(n % 256)}`);
  return names;
}

function checkContinuous(repository: Repository, shipment: Shipment): void {
  const missing = segmentsOf(shipment).find((name) => !hasSegment(repository, name));
  if (missing !== undefined)
    throw backupError(
      `manca il segmento ${missing}: fare una copia intera (./sipop backup senza --wal)`,
      `segment ${missing} is missing: take a whole backup (./sipop backup without --wal)`,
    );
}
