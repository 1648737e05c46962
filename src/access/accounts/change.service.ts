/** Changes of access: one transaction each, one at a time, with who makes it and when. */
import { AppError } from '../../kernel/app-error.ts';
import { type Day, romeDay } from '../../kernel/day.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { lockAccess } from './accounts.sql.ts';
import { type Change, findNow, type HistoryTable } from './history.sql.ts';

/** Who administers, with what: the clock comes with it. */
export interface AccessContext {
  readonly db: Database;
  now(): Date;
  /** Who makes the change: a user, or the login of the command line. */
  readonly by: string;
  /** Called last in the transaction of a change: what it throws undoes it. The leaf of who administers is made durable here. */
  readonly beforeCommit?: () => Promise<void>;
}

export const changeOf = (context: AccessContext): Change => ({
  by: context.by,
  at: context.now().toISOString(),
});
export const today = (context: AccessContext): Day => romeDay(context.now());

/** One change at a time, so that what was read still holds when it is written. */
export function change<T>(context: AccessContext, work: (db: Client) => Promise<T>): Promise<T> {
  return context.db.transaction(async (db) => {
    await lockAccess(db);
    const changed = await work(db);
    await context.beforeCommit?.();
    return changed;
  });
}

export const unknown = (what: string, id: string): AppError =>
  new AppError('not-found', `${what} ${id} non c’è`, `there is no ${id}`);

export async function getNow<Row>(
  db: Client,
  table: HistoryTable<Row>,
  what: string,
  id: string,
): Promise<Row> {
  const row = await findNow(db, table, [id]);
  if (row === null) throw unknown(what, id);
  return row;
}

export const conflict = (italian: string, english: string): AppError =>
  new AppError('conflict', italian, english);
