/** Sessions, second factors and failures: statements. Of a session's word only the digest is kept. */
import type { Client } from '../../platform/db/pool.ts';

export type KeyKind = 'password' | 'passkey' | 'certificate' | 'oidc';

export interface SessionRow {
  readonly holder_id: string;
  readonly key_kind: KeyKind;
  readonly second_factor: boolean;
  readonly certificate: boolean;
  /** SHA-256 of the certificate that it was opened with; null where it was not. */
  readonly certificate_digest: Buffer | null;
  readonly must_change: boolean;
  readonly csrf: string;
  readonly address: string;
  readonly made_at: string;
  readonly seen_at: string;
}

export interface NewSession extends Omit<SessionRow, 'seen_at'> {
  readonly digest: Buffer;
}

/** Adds a session and ends the others of its holder: one session a key (control 14). */
export async function putSession(db: Client, s: NewSession): Promise<void> {
  await db.query('delete from access.sessions where holder_id = $1', [s.holder_id]);
  await db.query(
    `insert into access.sessions (digest, holder_id, key_kind, second_factor, certificate, must_change, csrf, address, made_at, seen_at, certificate_digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)`,
    [
      s.digest,
      s.holder_id,
      s.key_kind,
      s.second_factor,
      s.certificate,
      s.must_change,
      s.csrf,
      s.address,
      s.made_at,
      s.certificate_digest,
    ],
  );
}

/** Within so many milliseconds of the last mark a session is not marked again: a write at each request would cost a commit. */
const MARK_AFTER = 20_000;

/** What is kept of who may what holds as long as this number does (migrations, access_epoch). */
export interface FoundSessions {
  readonly epoch: number;
  /** By digest, in hexadecimal. */
  readonly sessions: ReadonlyMap<string, SessionRow>;
}

/** Sessions of digests that are neither idle nor too old, and the number of the state of access under which they were found: one look at one moment. */
export async function findSessions(
  db: Client,
  digests: readonly Buffer[],
  idleSince: Date,
  madeSince: Date,
): Promise<FoundSessions> {
  const { rows } = await db.query<SessionRow & { readonly epoch: number; readonly digest: string | null }>({
    name: 'find-sessions',
    text: `select e.n as epoch, encode(s.digest, 'hex') as digest, s.holder_id, s.key_kind, s.second_factor, s.certificate,
                  s.certificate_digest, s.must_change, s.csrf, s.address, s.made_at, s.seen_at
             from access.epoch e
             left join access.sessions s on s.digest = any(array(select unnest($1::bytea[]))) and s.seen_at > $2 and s.made_at > $3`,
    values: [digests, idleSince, madeSince],
  });
  const sessions = new Map<string, SessionRow>();
  for (const { epoch: _, digest, ...session } of rows) if (digest !== null) sessions.set(digest, session);
  return { epoch: rows[0]?.epoch ?? 0, sessions };
}

/** Marks a session as seen, where the last mark is old enough. */
export async function markSeen(db: Client, digest: Buffer, session: SessionRow, now: Date): Promise<void> {
  if (now.getTime() - Date.parse(session.seen_at) <= MARK_AFTER) return;
  await db.query({
    name: 'mark-session',
    text: 'update access.sessions set seen_at = $2 where digest = $1 and seen_at < $2',
    values: [digest, now],
  });
}

export async function endSession(db: Client, digest: Buffer): Promise<string | null> {
  const { rows } = await db.query<{ holder_id: string }>(
    'delete from access.sessions where digest = $1 returning holder_id',
    [digest],
  );
  return rows[0]?.holder_id ?? null;
}

export async function endSessionsOf(db: Client, holderId: string): Promise<void> {
  await db.query('delete from access.sessions where holder_id = $1', [holderId]);
}

/** Takes away sessions that nobody can use any more. */
export async function forgetSessions(db: Client, idleSince: Date, madeSince: Date): Promise<void> {
  await db.query('delete from access.sessions where seen_at <= $1 or made_at <= $2', [idleSince, madeSince]);
}

export interface PasswordRow {
  readonly hash: string;
  readonly must_change: boolean;
  readonly set_at: string;
}

export async function findPassword(db: Client, userId: string): Promise<PasswordRow | null> {
  const { rows } = await db.query<PasswordRow>(
    'select hash, must_change, set_at from access.passwords where user_id = $1',
    [userId],
  );
  return rows[0] ?? null;
}

/** Puts a hash of the same password in the place of one that was made with weaker settings. */
export async function replaceHash(db: Client, userId: string, held: string, hash: string): Promise<void> {
  await db.query('update access.passwords set hash = $3 where user_id = $1 and hash = $2', [
    userId,
    held,
    hash,
  ]);
}

export interface TotpRow {
  readonly box: Buffer;
  readonly last_step: number | null;
  readonly confirmed: boolean;
}

export async function findTotp(db: Client, userId: string): Promise<TotpRow | null> {
  const { rows } = await db.query<TotpRow>(
    'select box, last_step, confirmed from access.second_factors where user_id = $1',
    [userId],
  );
  return rows[0] ?? null;
}

/** A new secret, to be confirmed by a first code; takes the place of one that was not. */
export async function putTotp(db: Client, userId: string, box: Buffer, now: Date): Promise<void> {
  await db.query(
    `insert into access.second_factors (user_id, box, confirmed, made_at) values ($1, $2, false, $3)
     on conflict (user_id) do update set box = excluded.box, confirmed = false, last_step = null, made_at = excluded.made_at`,
    [userId, box, now],
  );
}

/** Keeps the step of a code taken. @returns false where another request took that step, or a later one, first */
export async function useTotpStep(db: Client, userId: string, step: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `update access.second_factors set last_step = $2, confirmed = true
      where user_id = $1 and (last_step is null or last_step < $2)`,
    [userId, step],
  );
  return rowCount === 1;
}

export async function deleteTotp(db: Client, userId: string): Promise<void> {
  await db.query('delete from access.second_factors where user_id = $1', [userId]);
}

export async function countFailures(
  db: Client,
  digests: readonly Buffer[],
  since: Date,
): Promise<readonly number[]> {
  const { rows } = await db.query<{ n: number }>(
    `select count(f.at)::int as n from unnest($1::bytea[]) with ordinality as d (digest, place)
       left join access.sign_in_failures f on f.digest = d.digest and f.at > $2 group by d.place order by d.place`,
    [digests, since],
  );
  return rows.map(({ n }) => n);
}

export async function addFailures(
  db: Client,
  digests: readonly Buffer[],
  now: Date,
  since: Date,
): Promise<void> {
  await db.query('delete from access.sign_in_failures where at <= $1', [since]);
  await db.query(
    'insert into access.sign_in_failures (digest, at) select d, $2 from unnest($1::bytea[]) as d',
    [digests, now],
  );
}

export async function clearFailures(db: Client, digest: Buffer): Promise<void> {
  await db.query('delete from access.sign_in_failures where digest = $1', [digest]);
}
