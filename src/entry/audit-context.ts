/** The audit as a command uses it: the log, its keys, a connection of its own, and who sits at the command line. */
import { userInfo } from 'node:os';
import { AuditLog } from '../access/audit/append.service.ts';
import { getSize } from '../access/audit/audit.sql.ts';
import { type AuditKeys, findAuditKeys, makeAuditKeys } from '../access/audit/audit-keys.ts';
import type { CheckpointPlace } from '../access/audit/checkpoint-log.ts';
import type { AccessKind, Caller } from '../access/audit/leaf.ts';
import { type AuditContext, type Look, type Released, withAudit } from '../access/audit/with-audit.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Client } from '../platform/db/pool.ts';
import type { CommandContext } from './command.ts';
import { type AppContext, openContext } from './context.ts';

export interface OpenAudit extends AuditContext {
  readonly audit: AuditLog;
  readonly keys: AuditKeys;
  readonly place: CheckpointPlace;
  close(): Promise<void>;
}

/** Opens the audit; the first time its keys are made. @throws AppError audit-unavailable */
export async function openAudit(app: AppContext): Promise<OpenAudit> {
  const db = await app.openDurable();
  try {
    const keys = findAuditKeys(app.config.auditKeys) ?? (await firstKeys(db, app.config.auditKeys));
    const audit = new AuditLog(db, keys);
    return {
      audit,
      keys,
      place: { db, keys, folder: app.config.auditCheckpoints },
      now: app.now,
      close: async () => {
        await audit.flush();
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Keys are made for an empty audit alone: leaves without their keys mean that somebody lost, or took, the file. */
async function firstKeys(db: Client, path: string): Promise<AuditKeys> {
  if ((await getSize(db)) === 0) return makeAuditKeys(path);
  throw new AppError(
    'audit-unavailable',
    `l’audit ha già delle foglie ma le sue chiavi non sono in ${path}: rimettere la copia conservata, o indicare dove sono con SIPOP_AUDIT_KEYS`,
    `the audit has leaves already but its keys are not in ${path}: put the kept copy back, or tell where they are with SIPOP_AUDIT_KEYS`,
  );
}

/** Who works at the command line is known by the login of the machine: an administrator, with no body of its own. */
export const commandLineCaller = (): Caller => ({
  user: `os:${userInfo().username}`,
  client: 'cli',
  body: null,
  from: 'cli',
});

/** Opens what the commands need, and closes it. */
export async function onAudit<T>(
  context: CommandContext,
  work: (app: AppContext, audit: OpenAudit) => Promise<T>,
): Promise<T> {
  const app = await openContext(context);
  try {
    const audit = await openAudit(app);
    try {
      return await work(app, audit);
    } finally {
      await audit.close();
    }
  } finally {
    await app.close();
  }
}

/** The audit is itself audited. @param file the file number of who looks at what others did */
export function recorded<A>(
  audit: OpenAudit,
  operation: string,
  kind: AccessKind,
  look: () => Promise<Look<A>>,
  file: string | null = null,
): Promise<Released<A>> {
  const caller = commandLineCaller();
  return withAudit(audit, { caller, operation, kind, purpose: 'controllo-audit', file, sought: [] }, look);
}

export const about = <A>(answer: A, count: number): Look<A> => ({ answer, subjects: [], fields: [], count });

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
