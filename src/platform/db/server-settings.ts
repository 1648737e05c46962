/** The settings the embedded server is started with, for the machine it is on. */
import { totalmem } from 'node:os';

const MB = 2 ** 20;

/** Memory this process may use: the machine's, or its container's where less. */
function memory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

export interface SettingsInput {
  readonly port: number;
  readonly freeBytes: number;
  /** False for tests alone: a crash may then lose everything. */
  readonly durable: boolean;
}

/** Names and values, as `postgres -c` takes them. */
export function serverSettings(input: SettingsInput): Record<string, string> {
  const buffers = Math.floor(clamp(memory() / 4, 64 * MB, 2048 * MB) / MB);
  const cache = Math.floor(clamp(memory() / 2, 128 * MB, 64 * 1024 * MB) / MB);
  // WAL kept between two checkpoints: the more, the fewer full pages written; never more than an eighth of what is free.
  const wal = Math.floor(clamp(input.freeBytes / 8, 256 * MB, 4096 * MB) / MB);
  return {
    port: String(input.port),
    // TCP on the loopback alone: a socket's path may not pass 107 characters, and a project's folder may.
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${cache}MB`,
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: `${wal}MB`,
    checkpoint_timeout: '15min',
    // A backup repository keeps WAL until it is copied (platform/backup): a forgotten one must not fill the disk.
    max_slot_wal_keep_size: `${Math.floor(clamp(input.freeBytes / 3, 1024 * MB, 64 * 1024 * MB) / MB)}MB`,
    // The npm binaries are built without lz4, and pglz costs more processor than the disk is worth here.
    wal_compression: 'off',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // No personal data in the log. ERROR and its STATEMENT, DETAIL and CONTEXT lines quote values, so none is written:
    // the application reports its own errors. FATAL and PANIC, and the server's own life (LOG), are.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_statement: 'none',
    log_line_prefix: '%m [%p] ',
    ...(input.durable
      ? { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }
      : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '128MB' }),
  };
}
