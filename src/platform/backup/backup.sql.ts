/** PostgreSQL's low-level backup functions (manual, 25.3.4 "Making a Base Backup Using the Low Level API"). */
import type { Client } from '../db/pool.ts';

/** The server's clock as ISO text in UTC with all six decimals, so that instants compare as texts. */
const CLOCK = `to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

export interface BackupStop {
  readonly startSegment: string;
  readonly label: string;
  /** After this instant the backup can be restored to. */
  readonly stoppedAt: string;
}

/** Begins a backup; the same connection must end it. A fast checkpoint, so that it begins now. */
export async function startBackup(client: Client, label: string): Promise<void> {
  await client.query('select pg_backup_start($1, fast => true)', [label]);
}

export async function stopBackup(client: Client): Promise<BackupStop> {
  // No archive_command to wait for: WAL is kept by a replication slot and copied by wal.ts.
  const { rows } = await client.query<{ labelfile: string; stopped_at: string }>(
    `select labelfile, ${CLOCK} as stopped_at from pg_backup_stop(wait_for_archive => false)`,
  );
  const { labelfile, stopped_at } = rows[0]!;
  const segment = /\(file ([0-9A-F]{24})\)/.exec(labelfile)?.[1];
  if (segment === undefined) throw new Error(`backup label without a WAL file: ${labelfile}`);
  return { startSegment: segment, label: labelfile, stoppedAt: stopped_at };
}

export interface Cluster {
  readonly systemIdentifier: string;
  readonly version: string;
  readonly dataDirectory: string;
  readonly tablespaces: number;
}

export async function getCluster(client: Client): Promise<Cluster> {
  const { rows } = await client.query<Cluster>(
    `select system_identifier::text as "systemIdentifier", current_setting('server_version') as version,
            current_setting('data_directory') as "dataDirectory",
            (select count(*)::int from pg_tablespace where spcname not in ('pg_default', 'pg_global')) as tablespaces
       from pg_control_system()`,
  );
  return rows[0]!;
}

/** 'reserved' and 'extended' keep their WAL; 'unreserved' and 'lost' no longer do; null: there is no such slot. */
export async function findSlot(client: Client, name: string): Promise<string | null> {
  const { rows } = await client.query<{ wal_status: string | null }>(
    'select wal_status from pg_replication_slots where slot_name = $1',
    [name],
  );
  return rows[0] === undefined ? null : (rows[0].wal_status ?? 'lost');
}

export async function createSlot(client: Client, name: string): Promise<void> {
  await client.query('select pg_create_physical_replication_slot($1, immediately_reserve => true)', [name]);
}

export async function dropSlot(client: Client, name: string): Promise<void> {
  await client.query('select pg_drop_replication_slot($1)', [name]);
}

/** Lets the server do away with WAL before `lsn`. */
export async function advanceSlot(client: Client, name: string, lsn: string): Promise<void> {
  await client.query(
    'select pg_replication_slot_advance($1, least($2::pg_lsn, pg_current_wal_flush_lsn()))',
    [name, lsn],
  );
}

export interface WalMark {
  /** Up to this instant every commit is in the segments closed now. */
  readonly until: string;
  readonly lastSegment: string;
  readonly lsn: string;
}

/**
 * Closes the current WAL segment, after a commit later than `until`: recovery to an instant ends at the first commit
 * after it, and would take a WAL that just ends for a WAL that is missing.
 */
export async function closeSegment(client: Client): Promise<WalMark> {
  const marked = await client.query<{ until: string }>(`select ${CLOCK} as until`);
  await client.query("select pg_logical_emit_message(true, 'sipop', 'backup')");
  const { rows } = await client.query<{ segment: string; lsn: string }>(
    'select pg_walfile_name(lsn) as segment, lsn::text from pg_switch_wal() as lsn',
  );
  return { until: marked.rows[0]!.until, lastSegment: rows[0]!.segment, lsn: rows[0]!.lsn };
}
