/** `sipop backup`, `sipop backup list`, `sipop restore`: the embedded database's way back from a disaster. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import { type BackupSecret, makeKeyFile, readKeyFile } from '../platform/backup/backup-key.ts';
import { isRepository, listBases, listShipments, openRepository } from '../platform/backup/repository.ts';
import { plainInstant, planRestore, restore } from '../platform/backup/restore.ts';
import { shipWal, takeBaseBackup } from '../platform/backup/take-backup.ts';
import { ensureRunning } from '../platform/db/embedded.ts';
import { openDatabase } from '../platform/db/pool.ts';
import { parseKnownAt } from '../registry/answers/known-at.ts';
import type { CommandContext } from './command.ts';
import { type Config, readConfig } from './config.ts';

const usage = (italian: string, english: string) => new AppError('usage', italian, english);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** An external database is backed up by its own tools. */
function refuseExternal(config: Config): void {
  if (config.databaseUrl !== null)
    throw usage(
      'DATABASE_URL indica un server esterno: la copia si fa con i suoi strumenti (pg_basebackup, pgBackRest…), vedi docs/runbooks/backup.md',
      'DATABASE_URL names an external server: back it up with its own tools (pg_basebackup, pgBackRest…), see docs/runbooks/backup.md',
    );
}

/** The key file named, else the passphrase, else the key kept in the data folder; null where there is none. */
function secretOf(config: Config, keyFile: string | undefined): BackupSecret | null {
  if (keyFile !== undefined) return readKeyFile(resolve(keyFile));
  if (config.backupPassphrase !== null) return { kind: 'passphrase', passphrase: config.backupPassphrase };
  const own = join(config.dataFolder, 'backup.key');
  return existsSync(own) ? readKeyFile(own) : null;
}

function needSecret(config: Config, keyFile: string | undefined): BackupSecret {
  const secret = secretOf(config, keyFile);
  if (secret !== null) return secret;
  throw usage(
    'serve la chiave della copia: --key FILE, o la frase segreta in SIPOP_BACKUP_PASSPHRASE',
    'the key of the backup is needed: --key FILE, or the passphrase in SIPOP_BACKUP_PASSPHRASE',
  );
}

export async function backupCommand(context: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: [...context.args],
    options: {
      out: { type: 'string' },
      key: { type: 'string' },
      wal: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const config = readConfig(context.env, context.root);
  refuseExternal(config);
  if (values.out === undefined)
    throw usage(
      'backup: indicare con --out la cartella delle copie, su un altro disco: ./sipop backup --out /mnt/copie',
      'backup: name the folder of the backups, on another disk, with --out: ./sipop backup --out /mnt/copies',
    );
  const folder = resolve(values.out);
  const server = await ensureRunning({ dataFolder: config.dataFolder });
  let secret = secretOf(config, values.key);
  if (secret === null && isRepository(folder)) secret = needSecret(config, values.key);
  if (secret === null) {
    const path = join(config.dataFolder, 'backup.key');
    secret = makeKeyFile(path);
    context.err.write(
      `Chiave delle copie creata in ${path}: conservarne una copia altrove, senza non si ripristina nulla.\nThe backups' key was made in ${path}: keep a copy elsewhere, nothing can be restored without it.\n`,
    );
  }
  const repository = openRepository(folder, secret, true);
  const db = await openDatabase({
    url: server.url('sipop_owner'),
    applicationName: 'sipop backup',
    poolSize: 1,
  });
  try {
    const base = values.wal ? null : await takeBaseBackup(db, repository);
    const shipment = base === null ? await shipWal(db, repository) : base.shipment;
    if (values.json)
      context.out.write(`${JSON.stringify({ base: base?.base ?? null, until: shipment.until })}\n`);
    else {
      if (base !== null)
        context.out.write(
          `copia intera / whole backup: ${join(folder, base.base.name)}, ${megabytes(base.base.bytes)}\n`,
        );
      context.out.write(`si può tornare fino a / can be restored up to: ${shipment.until}\n`);
    }
    return 0;
  } finally {
    await db.close();
  }
}

export async function listBackups(context: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: [...context.args],
    options: { from: { type: 'string' }, key: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (values.from === undefined)
    throw usage('backup list: indicare la cartella con --from', 'backup list: name the folder with --from');
  const config = readConfig(context.env, context.root);
  const repository = openRepository(resolve(values.from), needSecret(config, values.key), false);
  const bases = listBases(repository);
  const until = listShipments(repository).at(-1)?.until ?? null;
  if (values.json) context.out.write(`${JSON.stringify({ bases, until })}\n`);
  else {
    for (const base of bases)
      context.out.write(
        `${base.name}  ${megabytes(base.bytes)}  da / from ${base.stoppedAt}  PostgreSQL ${base.postgres}\n`,
      );
    context.out.write(`fino a / up to ${until ?? '—'}\n`);
  }
  return 0;
}

/** Exit status 0 when the data stand in the new folder, replayed and checked by PostgreSQL's recovery. */
export async function restoreCommand(context: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: [...context.args],
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      at: { type: 'string' },
      key: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.from === undefined || values.to === undefined)
    throw usage(
      'restore: indicare la copia con --from e la nuova cartella dei dati con --to',
      'restore: name the backup with --from and the new data folder with --to',
    );
  const at = values.at === undefined ? null : parseKnownAt(values.at);
  if (values.at !== undefined && at === null)
    throw usage(
      `--at ${values.at}: scrivere un giorno (2026-03-01: la sua fine), un'ora di Roma (2026-03-01T10:30) o un istante (2026-03-01T09:30:00Z)`,
      `--at ${values.at}: write a day (2026-03-01: its end), a time in Rome (2026-03-01T10:30) or an instant (2026-03-01T09:30:00Z)`,
    );
  const config = readConfig(context.env, context.root);
  const repository = openRepository(resolve(values.from), needSecret(config, values.key), false);
  const plan = planRestore(repository, at === null ? null : plainInstant(at));
  const to = resolve(values.to);
  if (!values.json)
    context.out.write(
      `ripristino / restoring: ${plan.base.name}, ${plan.segments.length} × WAL, ${plan.at ?? plan.until} …\n`,
    );
  await restore(repository, plan, to);
  if (values.json)
    context.out.write(`${JSON.stringify({ base: plan.base.name, at: plan.at ?? plan.until, to })}\n`);
  else
    context.out.write(
      `fatto / done. Per usarla / to use it: SIPOP_DATA=${to} ./sipop db start\nRimettere in ${to} anche audit-keys.json, che le copie non contengono (docs/runbooks/audit.md)\nPut audit-keys.json back into ${to} too, which backups do not hold\n`,
    );
  return 0;
}
