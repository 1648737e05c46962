/** Applies the rules of retention, with a leaf each time (security.md, 36 and 26), and says what a rule is from now on. */
import type { Database } from '../../platform/db/pool.ts';
import { lockAccess } from '../accounts/accounts.sql.ts';
import { type AccessContext, change, changeOf } from '../accounts/change.service.ts';
import { listNow, putNow } from '../accounts/history.sql.ts';
import type { Caller } from '../audit/leaf.ts';
import { type About, type AuditContext, withAudit } from '../audit/with-audit.ts';
import { FORGET_OF_ACCESS, type ServiceKind } from './retention.sql.ts';
import { type Forget, RETENTION_RULES, type RetentionRow, termBegins } from './retention.ts';

export interface RetentionContext extends AuditContext {
  readonly db: Database;
  /** Who applies them: the server by itself, or whoever says so at the command line. */
  readonly caller: Caller;
  /** How the services forget what is theirs. */
  readonly forget: Readonly<Record<ServiceKind, Forget>>;
  /** Once all is committed: what lies outside the database. */
  afterwards(): Promise<void>;
}

export interface Applied {
  readonly rule: RetentionRow;
  /** ISO instant: what was older is gone. */
  readonly before: string;
  readonly removed: number;
}

export const BY_ITSELF: Caller = { user: 'sipop', client: 'retention', body: null, from: 'server' };

/** What of a leaf says what was taken away. */
function aboutOf(applied: readonly Applied[]): About {
  const removed = applied.filter((a) => a.removed > 0);
  return {
    subjects: [],
    fields: removed.map((a) => `${a.rule.rule_id}=${a.removed}`),
    count: removed.reduce((sum, a) => sum + a.removed, 0),
  };
}

/** Takes away what every active rule says, all of it or nothing. @throws AppError audit-unavailable: then nothing is taken away */
export async function applyRetention(context: RetentionContext): Promise<readonly Applied[]> {
  const forget = { ...FORGET_OF_ACCESS, ...context.forget };
  const released = await withAudit(
    context,
    {
      caller: context.caller,
      operation: 'retentionApply',
      kind: 'administered',
      purpose: 'amministrazione-accessi',
      file: null,
      sought: [],
    },
    async (record) => {
      const now = context.now();
      const applied = await context.db.transaction(async (db) => {
        await lockAccess(db);
        const done: Applied[] = [];
        for (const rule of await listNow(db, RETENTION_RULES)) {
          if (!rule.active) continue;
          const before = termBegins(rule, now);
          const removed = await forget[rule.rule_id](db, before, now);
          done.push({ rule, before: before.toISOString(), removed });
        }
        await record(aboutOf(done));
        return done;
      });
      await context.afterwards();
      return { answer: applied, ...aboutOf(applied) };
    },
  );
  return released.answer;
}

/** Says what a rule is from now on; what it was stays in its history. */
export function putRetentionRule(context: AccessContext, rule: RetentionRow): Promise<RetentionRow> {
  return change(context, async (db) => {
    await putNow(db, RETENTION_RULES, rule, changeOf(context));
    return rule;
  });
}

/** Applies them at once and then every so often. @returns what stops it, once a run under way is over */
export function keepRetention(
  context: RetentionContext,
  onFault: (error: unknown) => void,
  every = 3_600_000,
): () => Promise<void> {
  let running: Promise<void> | null = null;
  const run = () => {
    running ??= applyRetention(context)
      .then(() => undefined, onFault)
      .finally(() => {
        running = null;
      });
  };
  run();
  const timer = setInterval(run, every);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
