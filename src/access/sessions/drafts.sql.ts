/** Drafts: statements. The content is sealed; only names and times are read here. */
import type { Client } from '../../platform/db/pool.ts';

export interface DraftRow {
  readonly name: string;
  readonly box: Buffer;
  readonly written_at: string;
}

/** Most drafts of a user: the oldest go. */
const MOST = 100;

export async function putDraft(
  db: Client,
  userId: string,
  name: string,
  box: Buffer,
  now: Date,
): Promise<void> {
  await db.query(
    `insert into access.drafts (user_id, name, box, written_at) values ($1, $2, $3, $4)
     on conflict (user_id, name) do update set box = excluded.box, written_at = excluded.written_at`,
    [userId, name, box, now],
  );
  await db.query(
    `delete from access.drafts where user_id = $1 and name in
       (select name from access.drafts where user_id = $1 order by written_at desc, name offset $2)`,
    [userId, MOST],
  );
}

export async function deleteDraft(db: Client, userId: string, name: string): Promise<void> {
  await db.query('delete from access.drafts where user_id = $1 and name = $2', [userId, name]);
}

/** Those of the names given that there are, written since. */
export async function listDrafts(
  db: Client,
  userId: string,
  names: readonly string[],
  since: Date,
): Promise<readonly DraftRow[]> {
  const { rows } = await db.query<DraftRow>(
    `select name, box, written_at from access.drafts
      where user_id = $1 and name = any ($2::text[]) and written_at > $3 order by name`,
    [userId, names, since],
  );
  return rows;
}

export async function forgetDrafts(db: Client, since: Date): Promise<void> {
  await db.query('delete from access.drafts where written_at <= $1', [since]);
}
