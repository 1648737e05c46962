/** The configuration: the only place that reads the environment. */
import { join, resolve } from 'node:path';
import { AppError } from '../kernel/app-error.ts';
import { defaultDataFolder } from '../platform/db/server-user.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  /** DATABASE_URL: a PostgreSQL 18 of one's own; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** SIPOP_DATA: where the embedded database and the working files are; `.sipop` in the project where unset. */
  readonly dataFolder: string;
  /** SIPOP_BACKUP_PASSPHRASE: what backups are encrypted with, where no key file is. */
  readonly backupPassphrase: string | null;
  /** SIPOP_CONTACT_NAME, _URL, _EMAIL: whom the users of the API turn to. */
  readonly contact: { readonly name: string; readonly url: string; readonly email: string };
  /** SIPOP_AUDIT_KEYS: the file of the audit's secrets; `audit-keys.json` in the data folder where unset. */
  readonly auditKeys: string;
  /** SIPOP_ACCESS_KEY: the key under which second factors are kept; a file outside the database. */
  readonly accessKey: string;
  /** SIPOP_RECEIPT_KEYS: the file of the keys that sign receipts; `receipt-keys.json` in the data folder where unset. */
  readonly receiptKeys: string;
  /** SIPOP_PUBLIC_URL: where the public pages of this system are; receipts name the one that checks them. */
  readonly publicUrl: string;
  /** SIPOP_ACCESS_SETTINGS: the site, its ways of signing in and their numbers (access/settings.ts); `access.json` in the data folder where unset. */
  readonly accessSettings: string;
  /** SIPOP_PDND: a file of JSON with the national platform's issuer and keys, our audience and our signing key; null: no system may ask. */
  readonly pdnd: string | null;
  /** Where copies of the audit's checkpoints are kept, outside the database. */
  readonly auditCheckpoints: string;
  /** SIPOP_LINKAGE_MB: memory for linking the whole register; what needs more goes to the data folder meanwhile. */
  readonly linkageMegabytes: number;
  /** SIPOP_LINKAGE_AFTER_LOAD: "no", and what loads bring is linked by `linkage run` alone. */
  readonly linksAfterLoad: boolean;
  /** The migrations, which come with the program. */
  readonly migrationsFolder: string;
}

/** @param root the project's folder @throws AppError usage, for a DATABASE_URL that is no address */
export function readConfig(env: Environment, root: string): Config {
  const data = env.SIPOP_DATA ?? '';
  const dataFolder = data === '' ? defaultDataFolder(root) : resolve(data);
  return {
    databaseUrl: databaseUrl(env.DATABASE_URL ?? ''),
    dataFolder,
    accessKey: env.SIPOP_ACCESS_KEY ? resolve(env.SIPOP_ACCESS_KEY) : join(dataFolder, 'access.key'),
    accessSettings: env.SIPOP_ACCESS_SETTINGS
      ? resolve(env.SIPOP_ACCESS_SETTINGS)
      : join(dataFolder, 'access.json'),
    auditKeys: env.SIPOP_AUDIT_KEYS ? resolve(env.SIPOP_AUDIT_KEYS) : join(dataFolder, 'audit-keys.json'),
    receiptKeys: env.SIPOP_RECEIPT_KEYS
      ? resolve(env.SIPOP_RECEIPT_KEYS)
      : join(dataFolder, 'receipt-keys.json'),
    publicUrl: (env.SIPOP_PUBLIC_URL || 'https://sipop.example').replace(/\/+$/, ''),
    pdnd: env.SIPOP_PDND ? resolve(env.SIPOP_PDND) : null,
    auditCheckpoints: join(dataFolder, 'audit-checkpoints'),
    backupPassphrase: env.SIPOP_BACKUP_PASSPHRASE || null,
    contact: {
      name: env.SIPOP_CONTACT_NAME || 'SIPOP',
      url: env.SIPOP_CONTACT_URL || 'https://sipop.example',
      email: env.SIPOP_CONTACT_EMAIL || 'sipop@sipop.example',
    },
    linksAfterLoad: yesOrNo('SIPOP_LINKAGE_AFTER_LOAD', env.SIPOP_LINKAGE_AFTER_LOAD ?? '', true),
    linkageMegabytes: megabytes('SIPOP_LINKAGE_MB', env.SIPOP_LINKAGE_MB ?? '', 512),
    migrationsFolder: join(root, 'migrations'),
  };
}

function yesOrNo(name: string, text: string, otherwise: boolean): boolean {
  if (text === '') return otherwise;
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new AppError(
    'usage',
    `${name}: «${text}» non è né yes né no`,
    `${name}: "${text}" is neither yes nor no`,
  );
}

/** Less and DuckDB cannot hold a few blocks of rows a thread. */
const LEAST_MEGABYTES = 128;

function megabytes(name: string, text: string, otherwise: number): number {
  if (text === '') return otherwise;
  const number = Number(text);
  if (Number.isInteger(number) && number >= LEAST_MEGABYTES) return number;
  throw new AppError(
    'usage',
    `${name}: «${text}» non è un numero intero di megabyte, almeno ${LEAST_MEGABYTES}`,
    `${name}: "${text}" is not a whole number of megabytes, ${LEAST_MEGABYTES} at least`,
  );
}

/** The demo's register, beside the real one: `sipop --demo …` and `sipop demo` work on it, always embedded. */
export function demoEnvironment(env: Environment, root: string): Environment {
  return { ...env, DATABASE_URL: '', SIPOP_DATA: `${readConfig(env, root).dataFolder}-demo` };
}

function databaseUrl(text: string): string | null {
  if (text === '') return null;
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (protocol === 'postgres:' || protocol === 'postgresql:') return text;
  throw new AppError(
    'usage',
    'DATABASE_URL non è un indirizzo PostgreSQL: scriverlo come postgres://utente:password@host:5432/nome, o toglierlo per usare la base dati incorporata',
    'DATABASE_URL is no PostgreSQL address: write it as postgres://user:password@host:5432/name, or unset it to use the embedded database',
  );
}
